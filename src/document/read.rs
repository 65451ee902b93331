//! Parses the bytes of a file into a document.

use std::sync::Arc;

use super::decode_diagnostics::decode_diagnostics;
use super::secrecy_levels::{contains, level_at};
use super::split::split;
use super::{Document, LeveledLink};
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{ArchivePath, DocumentSource, FieldType, FieldValues, FillResult, Kind, Need, PathMatch, fill};
use crate::markdown::{self, Outline, Section};
use crate::text::{DecodeFault, Decoded, FileId, Fingerprint, Fingerprinter, Span, decode};
use crate::yaml::{self, KeyKind};

/// Maximum size of a content file: 1 MB. A larger one becomes a document with a diagnostic and no content.
pub const MAX_FILE: usize = 1024 * 1024;

/// Secrecy level of a record whose own level is unknown (`decisions.md` 4).
const UNKNOWN_SECRECY: u8 = 3;
/// Maximum length of an excerpt in characters.
const EXCERPT: usize = 160;
/// Bytes of prose from which an excerpt is taken, up to the end of their paragraph: Chinese text takes three bytes a
/// character, and some of it is markup.
const EXCERPT_SOURCE: usize = 4 * EXCERPT;

/// Parses one file. `place`: what its path matches.
pub fn read(path: &ArchivePath, place: PathMatch, file: FileId, bytes: &[u8], config: &Config) -> Document {
    let kind = config.kinds.get(&place.kind).cloned();
    let content = Fingerprint::of(bytes);
    let Some(kind) = kind.filter(|_| bytes.len() <= MAX_FILE) else {
        let too_large = Diagnostic::new(Code::FileTooLarge, Span::new(file, 0, 0));
        let kind = config.kinds.get(&place.kind).or(config.kinds.all().first()).cloned();
        return unreadable_document(path, place, file, content, kind, too_large.help(Message::new("help.split-file")));
    };
    let decoded = decode(bytes, config.fixed_encoding(path.as_str()));
    let text = &*decoded.text;
    let mut diagnostics = decode_diagnostics(&decoded, file);

    let split = split(text, file, &|key| kind.names(key).is_some());
    let mut complete = split.diagnostics.is_none();
    let mut slips = split.slips;
    diagnostics.extend(split.diagnostics);
    let mut entries = Vec::new();
    let fenced = split.front.is_some();
    let mut unread = false;
    if let Some(front) = split.front {
        let known = |key: &str| match kind.names(key) {
            Some(index) if kind.field(index).takes_line() => KeyKind::Line,
            Some(_) => KeyKind::Yaml,
            None => KeyKind::No,
        };
        let front = yaml::read(text, Span::new(file, front.start, front.end), &known);
        complete &= front.complete;
        unread = front.diagnostics.iter().any(|diagnostics| diagnostics.code == Code::FrontMatterTooLarge);
        entries = front.entries;
        diagnostics.extend(front.diagnostics);
        slips.extend(front.slips);
        slips.sort_by_key(|edit| edit.span.start);
    }
    // The damaged bytes may have been the secrecy field.
    complete &= !decoded.faults.iter().any(|fault| match fault {
        DecodeFault::Byte { at, .. } => at.index() < split.body.start,
        DecodeFault::Mixed { .. } => true,
        DecodeFault::Nul { .. } => false,
    });
    diagnostics.extend(yaml::slips_diagnostic(text, slips));

    let outline = markdown::outline(text, Span::new(file, split.body.start, split.body.end));
    let source = DocumentSource { text, file, place: &place, stem: path.stem(), entries: &entries, outline: &outline };
    let FillResult { fields, secrecy, prose, links, diagnostics: field_diagnostics } = fill(&config.kinds, &kind, &source);
    let fenceless = !fenced && is_missing_field(&fields);
    // A field in front matter that was not read is not missing; a file without front matter is reported once.
    let (missing, wrong): (Vec<_>, Vec<_>) =
        field_diagnostics.into_iter().partition(|diagnostic| diagnostic.code == Code::MissingRequired);
    // A name with undecodable bytes is reported as such; the name is unknown.
    let is_damaged =
        |diagnostics: &Diagnostic| diagnostics.code == Code::UnknownKey && has_undecodable_byte(&decoded, diagnostics.span);
    let (garbled, wrong): (Vec<_>, Vec<_>) = wrong.into_iter().partition(is_damaged);
    diagnostics.extend(wrong);
    if !unread && !fenceless && garbled.is_empty() {
        diagnostics.extend(missing.iter().cloned());
    }
    if fenceless {
        complete = false;
    }
    // With NULs between the characters no fence can be recognised.
    if fenceless && diagnostics.iter().all(|diagnostics| diagnostics.code != Code::NulCharacter) {
        let said = Diagnostic::new(Code::NoFrontMatter, Span::new(file, 0, 0)).with("kind", &kind.label);
        let fields: Vec<&str> = missing
            .iter()
            .filter_map(|diagnostics| diagnostics.message.args.iter().find(|(name, _)| name == "field"))
            .map(|(_, field)| &**field)
            .collect();
        let needed = Message::new("help.fields-needed").with("fields", fields.join("、"));
        diagnostics.push(said.help(Message::new("help.fences")).help(needed));
    }
    let mut document = Document {
        secrecy: if complete { secrecy.unwrap_or(kind.secrecy) } else { UNKNOWN_SECRECY },
        prose_level: kind.prose_secrecy,
        body: prose_fingerprint(text, &prose),
        excerpt: excerpt(text, &prose),
        anchors: anchors(&outline, &prose),
        links: links_with_levels(&outline, &prose, kind.prose_secrecy, &fields, links),
        path: path.clone(),
        file,
        place,
        encoding: decoded.encoding,
        content,
        text: String::new(),
        fields,
        prose,
        diagnostics: Vec::new(),
    };
    diagnostics.extend(outline.diagnostics);
    diagnostics.sort_by_key(|diagnostics| diagnostics.span.start);
    if !complete && let Some(first) = diagnostics.iter_mut().find(|diagnostics| may_hide_secrecy(diagnostics.code)) {
        first.help.push(Message::new("help.sealed"));
    }
    document.diagnostics = diagnostics;
    document.text = decoded.text;
    document
}

/// Whether the error may have hidden the secrecy field.
fn may_hide_secrecy(code: Code) -> bool {
    matches!(
        code,
        Code::NoFrontMatter
            | Code::UnclosedFrontMatter
            | Code::FrontMatterTooLarge
            | Code::YamlSyntax
            | Code::YamlTooDeep
            | Code::YamlFeature
            | Code::DuplicateKey
            | Code::UndecodableByte
            | Code::NulCharacter
            | Code::MixedEncoding
    )
}

/// Whether a range contains a byte that could not be decoded.
fn has_undecodable_byte(decoded: &Decoded, span: Span) -> bool {
    let within =
        |fault: &DecodeFault| matches!(fault, DecodeFault::Byte { .. }) && (span.start..span.end).contains(&fault.at());
    decoded.faults.iter().any(within)
}

/// A document of which only the path is known.
fn unreadable_document(
    path: &ArchivePath,
    place: PathMatch,
    file: FileId,
    content: Fingerprint,
    kind: Option<Arc<Kind>>,
    diagnostics: Diagnostic,
) -> Document {
    // Path matches are made from kinds, so there always is one.
    let kind = kind.unwrap_or_else(|| crate::kind::Kinds::official().all()[0].clone());
    Document {
        path: path.clone(),
        file,
        encoding: Default::default(),
        content,
        secrecy: UNKNOWN_SECRECY,
        prose: Vec::new(),
        prose_level: kind.prose_secrecy,
        text: String::new(),
        fields: FieldValues::new(kind),
        place,
        body: Fingerprint::default(),
        excerpt: String::new(),
        anchors: Vec::new(),
        links: Vec::new(),
        diagnostics: vec![diagnostics],
    }
}

/// Whether a required field is missing that belongs to front matter; rows and prose belong to the body.
fn is_missing_field(fields: &FieldValues) -> bool {
    fields.kind.fields.iter().any(|field| {
        let in_body = matches!(field.ty, FieldType::Prose | FieldType::Rows(_));
        field.need == Need::Required && !field.from_stem && !field.from_folder && !in_body && fields.get(&field.key).is_none()
    })
}

/// Fingerprint of the remaining body.
fn prose_fingerprint(text: &str, prose: &[Span]) -> Fingerprint {
    if prose.is_empty() {
        return Fingerprint::default();
    }
    let mut fingerprint = Fingerprinter::new();
    for range in prose {
        fingerprint.text(&text[range.range()]);
    }
    fingerprint.finish()
}

fn excerpt(text: &str, prose: &[Span]) -> String {
    let mut plain = String::new();
    for range in prose {
        let markdown = &text[range.range()];
        let enough = markdown.ceil_char_boundary(EXCERPT_SOURCE);
        let bytes = markdown.as_bytes();
        let mut ends = memchr::memchr_iter(b'\n', &bytes[enough..]).map(|at| enough + at);
        let cut = ends.find(|at| bytes.get(at + 1) == Some(&b'\n')).unwrap_or(markdown.len());
        if !plain.is_empty() {
            plain.push('\n');
        }
        plain += &markdown::plain_keeping_links(&markdown[..cut]);
        if plain.len() > 3 * EXCERPT {
            break;
        }
    }
    let mut excerpt = markdown::excerpt(&plain, EXCERPT);
    // A truncated link is removed.
    if excerpt.ends_with('…')
        && let Some(open) = excerpt.rfind("[[").filter(|open| !excerpt[*open..].contains("]]"))
    {
        excerpt.truncate(open);
        excerpt.push('…');
    }
    excerpt
}

/// Ids of the headings in the prose.
fn anchors(outline: &Outline, prose: &[Span]) -> Vec<String> {
    fn collect(sections: &[Section], prose: &[Span], anchors: &mut Vec<String>) {
        for section in sections {
            if prose.iter().any(|range| contains(*range, section.heading.text.span)) {
                anchors.push(section.heading.id.clone());
            }
            collect(&section.inner, prose, anchors);
        }
    }
    let mut anchors = Vec::new();
    collect(&outline.sections, prose, &mut anchors);
    anchors
}

/// All links with the secrecy level of their text. A link in no field and no prose gets the highest level.
fn links_with_levels(
    outline: &Outline,
    prose: &[Span],
    prose_level: u8,
    fields: &FieldValues,
    field_links: Vec<(markdown::Link, u8)>,
) -> Vec<LeveledLink> {
    if outline.links.is_empty() && field_links.is_empty() {
        return Vec::new();
    }
    let mut links: Vec<LeveledLink> = Vec::with_capacity(outline.links.len() + field_links.len());
    for (link, level) in field_links {
        let level = level_at(fields, link.span).map_or(level, |own| own.max(level));
        links.push(LeveledLink { link, level });
    }
    for link in &outline.links {
        if links.iter().any(|known| known.link.span == link.span) {
            continue;
        }
        let in_prose = prose.iter().any(|range| contains(*range, link.span)).then_some(prose_level);
        let level = in_prose.max(level_at(fields, link.span)).unwrap_or(UNKNOWN_SECRECY);
        links.push(LeveledLink { link: link.clone(), level });
    }
    links.sort_by_key(|link| link.link.span.start);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::apply_fixes;
    use crate::text::{Encoding, Lines};

    fn config() -> Config {
        crate::config::read("company: 甲公司\n", FileId(9)).0.expect("a valid configuration")
    }

    fn read_at(path: &str, bytes: &[u8]) -> Document {
        let config = config();
        let path = ArchivePath::from(path);
        let place = config.kinds.match_path(&path).expect("a kind matches");
        read(&path, place, FileId(1), bytes, &config)
    }

    fn visit(text: &str) -> Document {
        read_at("customers/hd/visits/2026-11-20.md", text.as_bytes())
    }

    /// `line:column code.variant` of every diagnostic except missing fields.
    fn diagnostic(document: &Document, text: &str) -> Vec<String> {
        let lines = Lines::new(text);
        let wrong = document.diagnostics.iter().filter(|diagnostics| diagnostics.code != Code::MissingRequired);
        let said = wrong.map(|diagnostics| {
            let place = lines.line_column(diagnostics.span.start);
            format!("{}:{} {}", place.line, place.column, diagnostics.message.key.trim_start_matches("diag."))
        });
        said.collect()
    }

    const HEAD: &str = "---\n日期: 2026-11-20\n拜访人: 周岚\n";

    #[test]
    fn fields_come_from_front_matter_and_sections() {
        let text = format!(
            "{HEAD}成果: C 再度访问\n---\n\n## 面谈概要\n\n下午两点到厂，见 [[沈丽萍]]。\n\n### 会后\n\n吃饭。\n\n## 承诺\n\n- [ ] 备件承诺书给 [[邱志远]]（周岚，12-1）\n"
        );
        let document = visit(&text);
        assert_eq!(document.fields.code("result").map(|code| code.shown()).as_deref(), Some("C 再度访问"));
        assert_eq!(document.fields.rows("promises").len(), 1);
        assert_eq!((document.secrecy, document.prose_level), (1, 2));
        let prose: String = document.prose.iter().map(|range| &text[range.range()]).collect();
        assert!(prose.contains("下午两点到厂") && !prose.contains("备件承诺书"), "{prose}");
        assert!(document.excerpt.starts_with("下午两点到厂"), "{}", document.excerpt);
        assert_eq!(document.anchors, ["会后"]);
        let links: Vec<_> = document.links.iter().map(|link| (&*link.link.target, link.level)).collect();
        assert_eq!(links, [("沈丽萍", 2), ("邱志远", 1)]);
    }

    #[test]
    fn links_inherit_row_secrecy() {
        let text = format!(
            "{HEAD}---\n\n## 信息\n\n- 投资规划：控制价见 [[甲]] → 可投（4级）\n- 投资规划：公告见 [[乙]] → 可投（1级）\n- 投资规划：见 [[丙]]\n"
        );
        let links: Vec<_> = visit(&text).links.iter().map(|link| (link.link.target.clone(), link.level)).collect();
        assert_eq!(links, [("甲".to_owned(), 3), ("乙".to_owned(), 1), ("丙".to_owned(), 3)]);
    }

    #[test]
    fn unclear_secrecy_is_level_three() {
        for (text, secrecy) in [
            (format!("{HEAD}---\n"), 1),
            (format!("{HEAD}密级: 2\n---\n"), 2),
            (format!("{HEAD}密级: 秘密\n---\n"), 2),
            (format!("{HEAD}密级：2\n---\n"), 2),
            (format!("{HEAD}密级: 绝顶\n---\n"), 3),
            (format!("{HEAD}密级: 1\n密级: 2\n---\n"), 3),
            (format!("{HEAD}承诺:\n  - \"备件\n---\n"), 3),
            (format!("{HEAD}密级 2\n---\n"), 3),
            (format!("{HEAD}密级: 1\n\n## 面谈概要\n"), 3),
            ("## 面谈概要\n\n下午。\n".to_owned(), 3),
        ] {
            assert_eq!(visit(&text).secrecy, secrecy, "{text}");
        }
    }

    #[test]
    fn damaged_bytes_raise_secrecy_only_near_its_key() {
        let head = [HEAD.as_bytes(), b"\xFF\xFE: 3\n---\n\xE6\x9E"].concat();
        assert_eq!(read_at("customers/hd/visits/2026-11-20.md", &head).secrecy, 3);
        let body = [HEAD.as_bytes(), "---\n下午两点".as_bytes(), b"\xFF"].concat();
        let document = read_at("customers/hd/visits/2026-11-20.md", &body);
        assert_eq!(document.secrecy, 1);
        assert!(document.excerpt.contains("下午两点〔0xFF〕"), "{}", document.excerpt);
    }

    #[test]
    fn fence_and_field_slips_are_reported_together() {
        let text = "———\n日期：2026-11-20\n拜访人：【周岚、吕明】\n———\n下午。\n";
        let document = visit(text);
        assert_eq!(diagnostic(&document, text), ["1:1 keyboard-slip.many"]);
        let right = apply_fixes(&decode(text.as_bytes(), None), &document.diagnostics).expect("something to fix").text;
        assert_eq!(right, "---\n日期: 2026-11-20\n拜访人: [周岚, 吕明]\n---\n下午。\n");
        let again = visit(&right);
        assert_eq!(again.fields, document.fields);
        assert_eq!(again.body, document.body, "a mend above moves the prose and does not change it");
        assert_eq!(diagnostic(&again, &right), Vec::<String>::new());
    }

    #[test]
    fn encoding_does_not_change_fields() {
        let text = format!("{HEAD}成果: C\n---\n\n下午两点到厂。\n");
        let gbk = encoding_rs::GB18030.encode(&text).0;
        let (one, two) = (visit(&text), read_at("customers/hd/visits/2026-11-20.md", &gbk));
        assert_eq!((&one.fields, one.body, &one.excerpt), (&two.fields, two.body, &two.excerpt));
        assert_eq!(diagnostic(&two, &text), ["1:1 not-utf8"]);
        let right = apply_fixes(&decode(&gbk, None), &two.diagnostics).expect("another encoding");
        assert_eq!((two.secrecy, right.text, right.from), (1, text, Some(Encoding::Gb18030)));
    }

    #[test]
    fn missing_front_matter_is_reported() {
        assert_eq!(diagnostic(&visit("下午两点到厂。\n"), ""), ["1:1 no-front-matter"]);
        let page = read_at("pages/须知.md", "# 须知\n\n每月第一个周一。\n".as_bytes());
        assert_eq!((diagnostic(&page, ""), page.secrecy), (Vec::new(), 1));
        let month = "| 日期 | 方式 | 对象 | 我方 | 报告 |\n|---|---|---|---|---|\n| 11-3 | 电话 | 沈丽萍 | 周岚 | 问进度 |\n";
        assert_eq!(diagnostic(&read_at("customers/hd/contacts/2026-11.md", month.as_bytes()), month), Vec::<String>::new());
    }

    #[test]
    fn limits() {
        let long = |size: usize| {
            let head = format!("{HEAD}---\n");
            head.clone() + &"a\n".repeat((size - head.len()) / 2) + if (size - head.len()) % 2 == 1 { "\n" } else { "" }
        };
        let (at, above) = (visit(&long(MAX_FILE)), visit(&long(MAX_FILE + 1)));
        assert_eq!((diagnostic(&at, ""), at.secrecy), (Vec::new(), 1));
        assert_eq!((diagnostic(&above, ""), above.secrecy), (vec!["1:1 file-too-large".to_owned()], 3));
        assert!(above.fields.values.is_empty() && above.prose.is_empty());
        let front = format!("---\n{}---\n", "说明: 甲\n".repeat(yaml::MAX_FRONT / 12 + 1));
        let document = visit(&front);
        assert!(diagnostic(&document, &front).contains(&"2:1 front-matter-too-large".to_owned()));
        assert_eq!(document.secrecy, 3);
    }

    proptest::proptest! {
        #![proptest_config(crate::testing::cases(64))]
        #[test]
        fn any_bytes_parse_without_panic(noise: Vec<u8>, text in "(---\n|日期: |承诺:|\n|  - |## 承诺\n|\\| 甲 \\|\n|\\[\\[甲\\]\\]|（3级，周岚）|[甲乙：、a \"*#]){0,30}") {
            let mut bytes = text.into_bytes();
            for document in [read_at("customers/hd/visits/2026-11-20.md", &bytes), { bytes.extend(noise); read_at("pages/甲.md", &bytes) }] {
                let decoded = decode(&bytes, None).text;
                let length = decoded.len();
                assert!(document.prose.iter().all(|range| range.end.index() <= length));
                assert!(document.diagnostics.iter().all(|diagnostics| diagnostics.span.end.index() <= length));
            }
        }
    }
}
