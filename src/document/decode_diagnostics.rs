//! Diagnostics about bytes that could not be decoded.

use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::{DecodeFault, Decoded, FileId, Span, substitute};

/// Number of positions reported individually; the rest are counted.
const MAX_LISTED: usize = 10;

/// A text with more than one NUL per this many bytes is taken for UTF-16.
const MIN_BYTES_PER_NUL: usize = 16;

/// Diagnostics about the encoding of a file.
pub(super) fn decode_diagnostics(decoded: &Decoded, file: FileId) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let nuls = || decoded.faults.iter().filter(|fault| matches!(fault, DecodeFault::Nul { .. }));
    // In unmarked UTF-16 every space and line end has a NUL; how the rest was decoded does not matter.
    if let Some(first) = nuls().next().filter(|_| nuls().count() * MIN_BYTES_PER_NUL > decoded.text.len()) {
        let span = Span::new(file, first.at().index(), first.at().index() + 1);
        let said = Diagnostic::new(Code::NulCharacter, span).variant("wide").with("count", nuls().count());
        return vec![said.help(Message::new("help.save-as-utf8")).help(Message::new("help.pin-encoding"))];
    }
    if !decoded.encoding.is_utf8() {
        let whole = Span::new(file, 0, 0);
        let said = Diagnostic::new(Code::NotUtf8, whole).with("encoding", decoded.encoding.name());
        // `fix` does not touch a damaged file.
        let save = if decoded.faults.is_empty() { "help.save-utf8" } else { "help.save-as-utf8" };
        diagnostics.push(said.help(Message::new(save)).help(Message::new("help.pin-encoding")));
    }
    let mixed = decoded.faults.iter().find_map(|fault| matches!(fault, DecodeFault::Mixed { .. }).then(|| fault.at()));
    let bytes = || decoded.faults.iter().filter(|fault| matches!(fault, DecodeFault::Byte { .. }));
    match mixed {
        Some(at) => {
            let line = decoded.text[at.index()..].find(['\n', '\r']).map_or(decoded.text.len(), |end| at.index() + end);
            let said = Diagnostic::new(Code::MixedEncoding, Span::new(file, at.index(), line)).with("count", bytes().count());
            diagnostics.push(said.help(Message::new("help.paste-again")).help(Message::new("help.pin-encoding")));
        }
        None => report_undecodable(decoded, file, &mut diagnostics),
    }
    if let Some(first) = nuls().next() {
        let span = Span::new(file, first.at().index(), first.at().index() + 1);
        let said = Diagnostic::new(Code::NulCharacter, span).with("count", nuls().count());
        diagnostics.push(said.help(Message::new("help.save-as-utf8")));
    }
    diagnostics
}

/// One diagnostic for each run of consecutive undecodable bytes.
fn report_undecodable(decoded: &Decoded, file: FileId, diagnostics: &mut Vec<Diagnostic>) {
    let mut runs: Vec<(Span, usize, u8, usize)> = Vec::new();
    for fault in &decoded.faults {
        let DecodeFault::Byte { at, offset, byte } = *fault else { continue };
        let end = at.index() + substitute(byte).len();
        match runs.last_mut() {
            Some((span, first, _, count)) if *first + *count == offset => {
                *span = Span::new(file, span.start.index(), end);
                *count += 1;
            }
            _ => runs.push((Span::new(file, at.index(), end), offset, byte, 1)),
        }
    }
    for &(span, offset, byte, count) in runs.iter().take(MAX_LISTED) {
        let said = Diagnostic::new(Code::UndecodableByte, span);
        let said = if count > 1 { said.variant("many").with("count", count) } else { said };
        let said = said.with("offset", offset + 1).with("byte", format!("0x{byte:02X}"));
        let said = said.with("encoding", decoded.encoding.name()).with("shown", substitute(byte));
        diagnostics.push(said.help(Message::new("help.retype")));
    }
    if let Some((span, ..)) = runs.get(MAX_LISTED) {
        let said = Diagnostic::new(Code::UndecodableByte, *span).variant("more").with("count", runs.len() - MAX_LISTED);
        diagnostics.push(said.with("encoding", decoded.encoding.name()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode;

    fn keys(bytes: &[u8]) -> Vec<String> {
        let decoded = decode(bytes, None);
        let diagnostics = decode_diagnostics(&decoded, FileId(0));
        diagnostics.iter().map(|diagnostics| format!("{} {:?}", diagnostics.message.key, diagnostics.span.range())).collect()
    }

    #[test]
    fn every_run_of_bad_bytes_is_located() {
        let bytes = [b"\xEF\xBB\xBF".as_slice(), "客户\n".as_bytes(), b"\xFF\xFE", "行业\n".as_bytes(), b"\xE6"].concat();
        assert_eq!(keys(&bytes), ["diag.undecodable-byte.many 7..27", "diag.undecodable-byte 34..44"]);
        let many: Vec<u8> = "客".as_bytes().iter().chain(b"\xFF").copied().cycle().take(4 * 12).collect();
        let said = keys(&many);
        assert_eq!(said.len(), MAX_LISTED + 1);
        assert!(said[MAX_LISTED].starts_with("diag.undecodable-byte.more"), "{said:?}");
    }

    #[test]
    fn other_encoding_is_reported_once() {
        let gbk = encoding_rs::GB18030.encode("客户: 东澜水务\n行业: 供水").0;
        assert_eq!(keys(&gbk), ["diag.not-utf8 0..0"]);
        let mixed = [&gbk, "\n成果: 再度访问\n".as_bytes()].concat();
        assert_eq!(keys(&mixed).len(), 1);
        assert!(keys(&mixed)[0].starts_with("diag.mixed-encoding"));
        assert_eq!(keys("客户名称东澜水务集团\0有限公司".as_bytes()), ["diag.nul-character 30..31"]);
        let wide: Vec<u8> = "---\n客户: 东澜\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(keys(&wide), ["diag.nul-character.wide 1..2"]);
        assert_eq!(keys("\u{FEFF}客户".as_bytes()), Vec::<String>::new());
    }
}
