//! Decodes the bytes of a file. Tries in order: byte order mark, strict UTF-8, strict GB18030, then UTF-8 or GB18030
//! with located errors.

use std::borrow::Cow;

use super::lossy_decode::{legacy, substitute, utf8, utf16};
use super::{BytePos, Encoding};

/// A problem found while decoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeFault {
    /// An undecodable byte; the text has `〔0xFF〕` at this position.
    Byte {
        /// Position of the substitute in the decoded text.
        at: BytePos,
        /// Its offset in the file.
        offset: usize,
        /// The byte.
        byte: u8,
    },
    /// A NUL character, which no editor writes.
    Nul {
        /// Position in the decoded text.
        at: BytePos,
    },
    /// Bytes that are GB18030, completely or more so than UTF-8, with a line that is valid UTF-8 with Han characters:
    /// two encodings pasted together. Read as UTF-8; the bytes of the other lines are reported.
    Mixed {
        /// The first line that is valid UTF-8 by itself.
        at: BytePos,
    },
}

/// A decoded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Valid text without byte order mark.
    pub text: String,
    /// Detected encoding.
    pub encoding: Encoding,
    /// Problems found, in order of position.
    pub faults: Vec<DecodeFault>,
}

/// Decodes bytes. `pinned`: the encoding that `archive.yaml` sets for the folder; a byte order mark and strict UTF-8
/// take precedence.
pub fn decode(bytes: &[u8], pinned: Option<Encoding>) -> Decoded {
    let mut decoded = match Encoding::from_bom(bytes) {
        Some((Encoding::Utf8Bom, length)) => utf8(&bytes[length..], length, Encoding::Utf8Bom),
        Some((encoding @ (Encoding::Utf16Le | Encoding::Utf16Be), length)) => utf16(&bytes[length..], length, encoding),
        Some((encoding, length)) => legacy(&bytes[length..], length, encoding),
        None => detect(bytes, pinned),
    };
    let nuls = memchr::memchr_iter(0, decoded.text.as_bytes()).map(|at| DecodeFault::Nul { at: at.into() });
    let before = decoded.faults.len();
    decoded.faults.extend(nuls);
    if before > 0 && decoded.faults.len() > before {
        decoded.faults.sort_by_key(DecodeFault::at);
    }
    decoded
}

/// Decodes as UTF-8 and reports the line at `offset`, which is UTF-8 by itself.
fn decode_mixed(bytes: &[u8], offset: usize) -> Decoded {
    let mut decoded = utf8(bytes, 0, Encoding::Utf8);
    let at = decoded.decoded_position(offset);
    decoded.faults.insert(0, DecodeFault::Mixed { at });
    decoded.faults.sort_by_key(DecodeFault::at);
    decoded
}

/// Without byte order mark: strict UTF-8, the pinned encoding, strict GB18030, then whichever fits better.
fn detect(bytes: &[u8], pinned: Option<Encoding>) -> Decoded {
    let wide = matches!(pinned, Some(Encoding::Utf16Le | Encoding::Utf16Be));
    if let Some(text) = strict(bytes) {
        // UTF-16 of Latin text is valid UTF-8 with NULs: there the pinned encoding is right.
        if !(wide && memchr::memchr(0, bytes).is_some()) {
            return Decoded { text: text.into_owned(), encoding: Encoding::Utf8, faults: Vec::new() };
        }
    }
    match pinned {
        Some(encoding @ (Encoding::Utf16Le | Encoding::Utf16Be)) => return utf16(bytes, 0, encoding),
        Some(encoding @ (Encoding::Gb18030 | Encoding::Big5)) => return legacy(bytes, 0, encoding),
        Some(Encoding::Utf8 | Encoding::Utf8Bom) => return utf8(bytes, 0, Encoding::Utf8),
        None => {}
    }
    let utf8_line = first_utf8_line(bytes);
    let gb = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    match (gb, utf8_line) {
        (Some(text), None) => Decoded { text: text.into_owned(), encoding: Encoding::Gb18030, faults: Vec::new() },
        (Some(_), Some(offset)) => decode_mixed(bytes, offset),
        // Two encodings and a truncated character; a few invalid bytes in UTF-8 are not a second encoding.
        (None, Some(offset)) if !mostly_utf8(bytes) => decode_mixed(bytes, offset),
        (None, Some(_)) => utf8(bytes, 0, Encoding::Utf8),
        (None, None) if mostly_utf8(bytes) => utf8(bytes, 0, Encoding::Utf8),
        (None, None) => legacy(bytes, 0, Encoding::Gb18030),
    }
}

/// The text of bytes that are valid UTF-8. Equivalent to the standard library, which checks every byte; this checks
/// many at once, and Chinese text has three bytes a character.
pub(super) fn strict(bytes: &[u8]) -> Option<Cow<'_, str>> {
    encoding_rs::UTF_8.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Start of the first line that is not ASCII and is by itself valid UTF-8 with Han characters.
fn first_utf8_line(bytes: &[u8]) -> Option<usize> {
    let mut start = 0;
    for line in bytes.split(|&byte| byte == b'\n' || byte == b'\r') {
        if !line.is_ascii() && std::str::from_utf8(line).is_ok_and(|line| line.chars().any(is_han)) {
            return Some(start);
        }
        start += line.len() + 1;
    }
    None
}

/// Whether more bytes belong to UTF-8 Han characters than not. Chinese text in GBK contains such sequences by chance,
/// but far fewer.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut han, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        han += chunk.valid().chars().filter(|&c| is_han(c)).count();
        bad += chunk.invalid().len();
    }
    han * 3 > bad
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

impl DecodeFault {
    /// Its position in the decoded text.
    pub fn at(&self) -> BytePos {
        match *self {
            DecodeFault::Byte { at, .. } | DecodeFault::Nul { at } | DecodeFault::Mixed { at } => at,
        }
    }
}

impl Decoded {
    /// Position in the decoded text of the byte at `offset` of a file without byte order mark, read as UTF-8: every
    /// error before it replaced one byte by a substitute.
    fn decoded_position(&self, offset: usize) -> BytePos {
        let grown = substitute(0).len() - 1;
        let before = self.faults.iter().filter(|fault| matches!(fault, DecodeFault::Byte { offset: at, .. } if *at < offset));
        (offset + grown * before.count()).into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy;

    use super::*;

    const VISIT: &str = "---\r\n拜访人: 周岚、吕明\r\n成果: C 再度访问\r\n---\r\n下午两点到厂，沈主任在。\r\n";

    fn gbk(text: &str) -> Vec<u8> {
        encoding_rs::GB18030.encode(text).0.into_owned()
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    }

    #[test]
    fn supported_encodings_decode_equally() {
        let marked = [b"\xEF\xBB\xBF", VISIT.as_bytes()].concat();
        let marked_gb = [b"\x84\x31\x95\x33".as_slice(), &gbk(VISIT)].concat();
        let big5 = encoding_rs::BIG5.encode("拜訪人: 周嵐").0.into_owned();
        for (bytes, pinned, encoding) in [
            (VISIT.as_bytes().to_vec(), None, Encoding::Utf8),
            (VISIT.as_bytes().to_vec(), Some(Encoding::Big5), Encoding::Utf8),
            (marked, Some(Encoding::Gb18030), Encoding::Utf8Bom),
            (utf16(VISIT, true), None, Encoding::Utf16Le),
            (utf16(VISIT, false), None, Encoding::Utf16Be),
            (utf16(VISIT, false)[2..].to_vec(), Some(Encoding::Utf16Be), Encoding::Utf16Be),
            (gbk(VISIT), None, Encoding::Gb18030),
            (marked_gb, None, Encoding::Gb18030),
        ] {
            let decoded = decode(&bytes, pinned);
            assert_eq!(decoded, Decoded { text: VISIT.to_owned(), encoding, faults: Vec::new() });
        }
        assert_eq!(decode(&big5, Some(Encoding::Big5)).text, "拜訪人: 周嵐");
        assert_eq!(decode(&utf16("a: 1", true)[2..], Some(Encoding::Utf16Le)).text, "a: 1");
        assert_eq!(decode("𠮷".as_bytes(), None).text, "𠮷");
        assert_eq!(decode(&gbk("𠮷田㐂"), None).text, "𠮷田㐂", "four-byte GB18030");
    }

    #[test]
    fn bad_byte_is_substituted_in_place() {
        let mut bytes = "成果: C\n行业: 供水\n".as_bytes().to_vec();
        bytes.insert(9, 0xFF);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, "成果: C〔0xFF〕\n行业: 供水\n");
        assert_eq!(decoded.faults, [DecodeFault::Byte { at: BytePos(9), offset: 9, byte: 0xFF }]);

        let mut bytes = [b"\xEF\xBB\xBF", "成果".as_bytes()].concat();
        bytes.truncate(8);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.text, "成〔0xE6〕〔0x9E〕");
        assert_eq!(decoded.faults[1], DecodeFault::Byte { at: BytePos(3 + "〔0xE6〕".len() as u32), offset: 7, byte: 0x9E });
    }

    #[test]
    fn damaged_gbk_stays_gbk() {
        let mut bytes = gbk(VISIT);
        let at = bytes.len() - 2;
        bytes.insert(at, 0xFF);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, Encoding::Gb18030);
        assert_eq!(decoded.text, VISIT.replace("在。\r\n", "在。〔0xFF〕\r\n"));
        let place = decoded.text.find('〔').expect("the substitute");
        assert_eq!(decoded.faults, [DecodeFault::Byte { at: place.into(), offset: at, byte: 0xFF }]);

        // A lead byte that lost its second byte does not swallow the line break.
        let decoded = decode(b"\xB3\xC9\xB9\n", Some(Encoding::Gb18030));
        assert_eq!(decoded.text, "成〔0xB9〕\n");
        // At the end of the file.
        let decoded = decode(b"\xB3\xC9\xB9", Some(Encoding::Gb18030));
        assert_eq!(decoded.faults, [DecodeFault::Byte { at: BytePos(3), offset: 2, byte: 0xB9 }]);
    }

    #[test]
    fn mixed_encodings_are_decoded_by_line() {
        let mut bytes = gbk("客户: 东澜水务\n");
        bytes.extend("成果: 再度访问\n".as_bytes());
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.encoding, Encoding::Utf8);
        assert!(decoded.text.ends_with("〕\n成果: 再度访问\n"), "{}", decoded.text);
        let line = decoded.text.find("成果").expect("the UTF-8 line");
        assert!(decoded.faults.contains(&DecodeFault::Mixed { at: line.into() }), "{:?}", decoded.faults);
        // The pinned encoding takes precedence over the detection of mixed encodings.
        assert_eq!(decode(&bytes, Some(Encoding::Gb18030)).encoding, Encoding::Gb18030);
    }

    #[test]
    fn mixed_encodings_with_bad_byte() {
        let bytes = [&gbk("客户: 东澜水务\n负责人: 周岚\n"), "成果: 再度\n".as_bytes(), b"\xB1"].concat();
        let decoded = decode(&bytes, None);
        let line = decoded.text.find("成果").expect("the UTF-8 line");
        assert!(decoded.faults.contains(&DecodeFault::Mixed { at: line.into() }), "{:?}", decoded.faults);
        let few = ["成果: 再度访问\n".as_bytes(), b"\xB1\xB8\xFF\n"].concat();
        assert!(!decode(&few, None).faults.iter().any(|fault| matches!(fault, DecodeFault::Mixed { .. })));
    }

    #[test]
    fn nul_is_reported_and_kept_in_text() {
        let decoded = decode("客\0户".as_bytes(), None);
        assert_eq!(decoded.faults, [DecodeFault::Nul { at: BytePos(3) }]);
        assert_eq!(decoded.text, "客\0户");
    }

    #[test]
    fn lone_surrogate_is_two_bytes() {
        let decoded = decode(b"\xFF\xFEA\0\x00\xD8B\0C", None);
        assert_eq!(decoded.text, "A〔0x00〕〔0xD8〕B〔0x43〕");
        assert_eq!(decoded.faults[2], DecodeFault::Byte { at: BytePos(1 + 2 * 10 + 1), offset: 8, byte: b'C' });
    }

    #[test]
    fn utf8_check_rejects_other_bytes() {
        // Overlong forms, surrogates, beyond the last character, truncated, a stray continuation byte; at every offset
        // of the blocks that are checked at once, and beside a byte order mark.
        let bad: [&[u8]; 9] = [
            b"\xC0\x80",
            b"\xE0\x80\xAF",
            b"\xED\xA0\x80",
            b"\xF4\x90\x80\x80",
            b"\xF8\x88\x80\x80\x80",
            b"\xE6\x9D",
            b"\xF0\xA0\xAE",
            b"\x80",
            b"\xFF",
        ];
        for length in [0, 1, 20, 21, 22, 42, 43, 60, 90] {
            let text = "\u{FEFF}客𠮷é\0\r\n".chars().cycle().take(length).collect::<String>();
            assert_eq!(strict(text.as_bytes()).as_deref(), Some(&*text));
            for bad in bad {
                for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                    let bytes = [&text.as_bytes()[..at], bad, &text.as_bytes()[at..]].concat();
                    assert_eq!(strict(&bytes), None, "{bad:?} at {at} of {length}");
                }
            }
        }
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(256))]
        #[test]
        fn utf8_check_equals_std(parts in proptest::collection::vec(
            proptest::prelude::prop_oneof![
                8 => proptest::prelude::any::<char>().prop_map(|c| c.to_string().into_bytes()),
                8 => proptest::sample::select(vec!["东澜水务集团有限公司", "a", "\r\n"]).prop_map(|text| text.as_bytes().to_vec()),
                1 => proptest::prelude::any::<u8>().prop_map(|byte| vec![byte]),
            ],
            0..60,
        )) {
            let bytes = parts.concat();
            assert_eq!(strict(&bytes).as_deref(), std::str::from_utf8(&bytes).ok());
        }

        #[test]
        fn any_bytes_decode_with_positions(bytes: Vec<u8>) {
            let decoded = decode(&bytes, None);
            for fault in &decoded.faults {
                match *fault {
                    DecodeFault::Byte { at, offset, byte } => {
                        assert_eq!(bytes[offset], byte);
                        assert!(decoded.text[at.index()..].starts_with(&substitute(byte)));
                    }
                    DecodeFault::Nul { at } => assert!(decoded.text[at.index()..].starts_with('\0')),
                    DecodeFault::Mixed { at } => assert!(decoded.text.is_char_boundary(at.index())),
                }
            }
        }
    }
}
