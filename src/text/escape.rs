//! Escapes text for HTML.

use std::io::{self, Write};

/// Appends escaped text, for content and quoted attributes.
pub fn escape(out: &mut String, text: &str) {
    for_each_piece(text, |piece| out.push_str(piece));
}

/// Writes escaped text, as [`escape`] does.
///
/// # Errors
///
/// Those of the writer.
pub fn escape_to(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut written = Ok(());
    for_each_piece(text, |piece| {
        if written.is_ok() {
            written = out.write_all(piece.as_bytes());
        }
    });
    written
}

/// Passes on the text in pieces: ranges without special characters, and the replacements of these.
#[inline]
fn for_each_piece(text: &str, mut put: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if let Some(eight) = bytes[at..].first_chunk() {
            if none_special(*eight) {
                at += 8;
                continue;
            }
        } else if let Some(eight) = bytes.last_chunk()
            && none_special(*eight)
        {
            // The rest, including some bytes checked before.
            break;
        }
        let entity = match bytes[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // A lone CR would be read as a line end, and NUL as a replacement character.
            b'\r' => "",
            b'\0' => "\u{FFFD}",
            _ => {
                at += 1;
                continue;
            }
        };
        if from < at {
            put(&text[from..at]);
        }
        put(entity);
        at += 1;
        from = at;
    }
    put(&text[from..]);
}

/// Whether eight bytes contain no special character, all checked at once: bytes below a space, `"` and `&` (which
/// differ in one bit), `<` and `>` (likewise). Bytes with a tab or line end are checked one by one.
fn none_special(eight: [u8; 8]) -> bool {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    // Sets the highest bit of a byte that is smaller: there the subtraction borrows. A borrow may also reach the byte
    // above, which does not change whether there is one.
    const fn smaller(bytes: u64, than: u8) -> u64 {
        bytes.wrapping_sub(all(than)) & !bytes
    }
    let bytes = u64::from_ne_bytes(eight);
    // Only Chinese, the usual case.
    if bytes & all(0x80) == all(0x80) {
        return true;
    }
    let angle = (bytes | all(b'<' ^ b'>')) ^ all(b'>');
    let quote = (bytes | all(b'"' ^ b'&')) ^ all(b'&');
    (smaller(angle, 1) | smaller(quote, 1) | smaller(bytes, b' ')) & all(0x80) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_html_round_trips() {
        let mut out = String::from("—");
        escape(&mut out, "张伟 <img src=\"x\"> & 子\r\n\0");
        assert_eq!(out, "—张伟 &lt;img src=&quot;x&quot;&gt; &amp; 子\n\u{FFFD}");
    }

    #[test]
    fn special_character_is_found_at_every_offset() {
        for sign in ["&", "<", ">", "\"", "\r", "\0"] {
            for before in 0..20 {
                let (head, tail) = ("市".repeat(before / 3) + &"Z"[..before.min(1)], "政水务集团有限公司".repeat(2));
                let (mut found, mut alone) = (String::new(), String::new());
                escape(&mut found, &format!("{head}{sign}{tail}"));
                escape(&mut alone, sign);
                let mut written = Vec::new();
                escape_to(&format!("{head}{sign}{tail}"), &mut written).expect("memory takes everything");
                assert_eq!(written, found.as_bytes());
                assert_eq!(found, format!("{head}{alone}{tail}"), "{sign:?} after {head}");
            }
        }
    }

    #[test]
    fn word_scan_equals_byte_scan() {
        let means = |byte: u8| byte < b' ' || b"\"&<>".contains(&byte);
        for byte in 0..=255_u8 {
            for at in 0..8 {
                for other in [b'0', b'z', b'-', 0xe5, 0xff, 0x80, b'!', b'=', b'$', b' '] {
                    let mut eight = [other; 8];
                    eight[at] = byte;
                    assert_eq!(none_special(eight), !means(byte), "{byte:#x} among {other:#x}");
                }
            }
        }
    }
}
