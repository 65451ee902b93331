//! From a heading and what stands below it to the bytes of a file.

use encoding_rs::{BIG5, GB18030, GBK};

/// A file of a test archive.
pub struct FileSpec {
    /// Path below the root; blanks may stand in it.
    pub path: String,
    /// What is there instead of a file.
    pub odd: Option<&'static str>,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Understands `path word word…`: `encoding=gbk|gb18030|big5|utf-16le|utf-16be`, `bom`, `crlf`, `raw` (`\xNN` is a byte and
/// `{3×字}` three times 字), `odd=link|special|folder`.
pub fn parse_file(heading: &str, body: &str) -> FileSpec {
    let (mut path, mut encoding, mut odd) = (heading, "utf-8", None);
    let (mut bom, mut crlf, mut raw) = (false, false, false);
    while let Some((before, word)) = path.rsplit_once(' ') {
        match word.split_once('=').unwrap_or((word, "")) {
            ("encoding", name) => encoding = name,
            ("odd", "link") => odd = Some("link"),
            ("odd", "special") => odd = Some("special"),
            ("odd", "folder") => odd = Some("folder"),
            ("bom", "") => bom = true,
            ("crlf", "") => crlf = true,
            ("raw", "") => raw = true,
            _ => break,
        }
        path = before;
    }
    let text = if raw { expand_repeats(body) } else { body.to_owned() };
    let text = if crlf { text.replace('\n', "\r\n") } else { text };
    let text = if bom { format!("\u{FEFF}{text}") } else { text };
    let bytes = match encoding {
        "utf-8" => text.into_bytes(),
        "gbk" => GBK.encode(&text).0.into_owned(),
        "gb18030" => GB18030.encode(&text).0.into_owned(),
        "big5" => BIG5.encode(&text).0.into_owned(),
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        other => panic!("{heading}: encoding {other}"),
    };
    FileSpec { path: path.to_owned(), odd, bytes: if raw { expand_escapes(&bytes) } else { bytes } }
}

/// `{3×字}` as 字字字; a line break inside is written `⏎`.
fn expand_repeats(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let inner = after.split_once('}').and_then(|(inner, tail)| {
            let (times, what) = inner.split_once('×')?;
            Some((times.parse::<usize>().ok()?, what, tail))
        });
        let Some((times, what, tail)) = inner else {
            out.push('{');
            rest = after;
            continue;
        };
        out.push_str(&what.replace('⏎', "\n").repeat(times));
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// `\xNN` as that byte.
fn expand_escapes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].strip_prefix(b"\\x").and_then(|rest| rest.get(..2));
        let byte = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 4 } else { 1 };
    }
    out
}
