//! Decoding with errors: an undecodable byte becomes `〔0xFF〕`, never U+FFFD, and nothing is dropped.

use super::decode::{DecodeFault, Decoded, strict};
use super::encoding::Encoding;

/// Text under construction, with a substitute for every undecodable byte.
struct LossyDecoder {
    text: String,
    faults: Vec<DecodeFault>,
}

impl LossyDecoder {
    fn new(capacity: usize) -> Self {
        LossyDecoder { text: String::with_capacity(capacity), faults: Vec::new() }
    }

    fn push_invalid(&mut self, bytes: &[u8], offset: usize) {
        for (index, &byte) in bytes.iter().enumerate() {
            self.faults.push(DecodeFault::Byte { at: self.text.len().into(), offset: offset + index, byte });
            self.text.push_str(&substitute(byte));
        }
    }

    fn finish(self, encoding: Encoding) -> Decoded {
        Decoded { text: self.text, encoding, faults: self.faults }
    }
}

/// Substitute of an undecodable byte: `〔0xFF〕`.
pub fn substitute(byte: u8) -> String {
    format!("〔0x{byte:02X}〕")
}

/// Decodes UTF-8 with errors. `offset`: position of `bytes` in the file.
pub(super) fn utf8(bytes: &[u8], mut offset: usize, encoding: Encoding) -> Decoded {
    if let Some(text) = strict(bytes) {
        return Decoded { text: text.into_owned(), encoding, faults: Vec::new() };
    }
    let mut lossy = LossyDecoder::new(bytes.len());
    for chunk in bytes.utf8_chunks() {
        lossy.text.push_str(chunk.valid());
        offset += chunk.valid().len();
        lossy.push_invalid(chunk.invalid(), offset);
        offset += chunk.invalid().len();
    }
    lossy.finish(encoding)
}

/// Decodes UTF-16 with errors: lone surrogates (two bytes) and an odd last byte.
pub(super) fn utf16(bytes: &[u8], offset: usize, encoding: Encoding) -> Decoded {
    let mut lossy = LossyDecoder::new(bytes.len() / 2 * 3);
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs
        .iter()
        .map(|&pair| if encoding == Encoding::Utf16Be { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) });
    let mut at = 0;
    for unit in char::decode_utf16(units) {
        match unit {
            Ok(c) => {
                lossy.text.push(c);
                at += 2 * c.len_utf16();
            }
            Err(_) => {
                lossy.push_invalid(&bytes[at..at + 2], offset + at);
                at += 2;
            }
        }
    }
    lossy.push_invalid(odd, offset + at);
    lossy.finish(encoding)
}

/// Decodes GB18030 or Big5 with errors.
pub(super) fn legacy(bytes: &[u8], offset: usize, encoding: Encoding) -> Decoded {
    let table = if encoding == Encoding::Big5 { encoding_rs::BIG5 } else { encoding_rs::GB18030 };
    let mut decoder = table.new_decoder_without_bom_handling();
    let mut lossy = LossyDecoder::new(bytes.len() * 3 / 2 + 16);
    let mut read = 0;
    loop {
        let (result, used) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut lossy.text, true);
        read += used;
        match result {
            encoding_rs::DecoderResult::InputEmpty => return lossy.finish(encoding),
            encoding_rs::DecoderResult::OutputFull => lossy.text.reserve(bytes.len() - read + 64),
            encoding_rs::DecoderResult::Malformed(length, beyond) => {
                let end = read.saturating_sub(usize::from(beyond));
                let start = end.saturating_sub(usize::from(length));
                lossy.push_invalid(&bytes[start..end], offset + start);
            }
        }
    }
}
