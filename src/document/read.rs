//! From bytes to a document.

use std::sync::Arc;

use super::faults::faults;
use super::levels::{holds, level_at};
use super::split::split;
use super::{Document, LeveledLink};
use crate::diag::{Code, Diagnostic};
use crate::kind::{ArchivePath, FieldType, Filled, Kind, Need, Place, Sheet, Source, fill};
use crate::policy::Policy;
use crate::prose::{self, Outline, Section};
use crate::text::{DecodeFault, FileId, Fingerprint, Fingerprinter, Span, decode};
use crate::words::Say;
use crate::yaml::{self, Known};

/// A content file larger than this is not read: 1 MB. It still is a document, with a diagnostic.
pub const MAX_FILE: usize = 1024 * 1024;

/// The level of a record that says none, 内部; its fields and prose have their own.
const DEFAULT_SECRECY: u8 = 1;
/// The level of a record whose own cannot be known (`decisions.md` 4).
const UNKNOWN_SECRECY: u8 = 3;
/// Characters of an excerpt, at most.
const EXCERPT: usize = 160;
/// Bytes of prose an excerpt is taken from, up to the end of their paragraph: Chinese text takes three a character, and
/// some of it is marks.
const EXCERPT_SOURCE: usize = 4 * EXCERPT;

/// Reads one file. `place` is what its path makes of it.
pub fn read(path: &ArchivePath, place: Place, file: FileId, bytes: &[u8], policy: &Policy) -> Document {
    let kind = policy.kinds.get(&place.kind).cloned();
    let content = Fingerprint::of(bytes);
    let Some(kind) = kind.filter(|_| bytes.len() <= MAX_FILE) else {
        let too_large = Diagnostic::new(Code::FileTooLarge, Span::new(file, 0, 0)).with("size", bytes.len().div_ceil(1024));
        let kind = policy.kinds.get(&place.kind).or(policy.kinds.all().first()).cloned();
        return unread(path, place, file, content, kind, too_large.help(Say::new("help.split-file")));
    };
    let decoded = decode(bytes, policy.pinned(path.as_str()));
    let text = &*decoded.text;
    let mut news = faults(&decoded, file);

    let split = split(text, file, &|key| kind.called(key).is_some());
    let mut complete = split.news.is_none();
    let mut slips = split.slips;
    news.extend(split.news);
    let mut entries = Vec::new();
    let fenced = split.front.is_some();
    if let Some(front) = split.front {
        let known = |key: &str| match kind.called(key) {
            Some(index) if kind.field(index).takes_line() => Known::Line,
            Some(_) => Known::Yaml,
            None => Known::No,
        };
        let front = yaml::read(text, Span::new(file, front.start, front.end), &known);
        complete &= front.complete;
        entries = front.entries;
        news.extend(front.news);
        slips.extend(front.slips);
        slips.sort_by_key(|edit| edit.span.start);
    }
    // The damaged words may have been the secrecy.
    complete &= !decoded.faults.iter().any(|fault| match fault {
        DecodeFault::Byte { at, .. } => at.index() < split.body.start,
        DecodeFault::Mixed { .. } => true,
        DecodeFault::Nul { .. } => false,
    });
    news.extend(yaml::slips(text, slips));

    let outline = prose::outline(text, Span::new(file, split.body.start, split.body.end));
    let source = Source { text, file, place: &place, stem: path.stem(), entries: &entries, outline: &outline };
    let Filled { sheet, secrecy, prose, links, news: field_news } = fill(&policy.kinds, &kind, &source);
    news.extend(field_news);
    if !fenced && lacks_a_field(&sheet) {
        complete = false;
        let said = Diagnostic::new(Code::NoFrontMatter, Span::new(file, 0, 0)).with("kind", &kind.label);
        news.push(said.help(Say::new("help.fences")));
    }
    let mut document = Document {
        secrecy: if complete { secrecy.unwrap_or(DEFAULT_SECRECY) } else { UNKNOWN_SECRECY },
        prose_level: kind.prose_secrecy,
        body: body(text, &prose),
        excerpt: excerpt(text, &prose),
        anchors: anchors(&outline, &prose),
        links: leveled(&outline, &prose, kind.prose_secrecy, &sheet, links),
        path: path.clone(),
        file,
        place,
        encoding: decoded.encoding,
        content,
        sheet,
        prose,
        news: Vec::new(),
    };
    news.extend(outline.news);
    news.sort_by_key(|news| news.span.start);
    document.news = news;
    document
}

/// A document of which nothing but its place is known.
fn unread(
    path: &ArchivePath,
    place: Place,
    file: FileId,
    content: Fingerprint,
    kind: Option<Arc<Kind>>,
    news: Diagnostic,
) -> Document {
    // Places are made from kinds, so there always is one.
    let kind = kind.unwrap_or_else(|| crate::kind::Kinds::official().all()[0].clone());
    Document {
        path: path.clone(),
        file,
        encoding: Default::default(),
        content,
        secrecy: UNKNOWN_SECRECY,
        prose: Vec::new(),
        prose_level: kind.prose_secrecy,
        sheet: Sheet::new(kind),
        place,
        body: Fingerprint::default(),
        excerpt: String::new(),
        anchors: Vec::new(),
        links: Vec::new(),
        news: vec![news],
    }
}

/// Whether a required field is missing that front matter would have said; rows and prose belong to the body.
fn lacks_a_field(sheet: &Sheet) -> bool {
    sheet.kind.fields.iter().any(|field| {
        let in_body = matches!(field.ty, FieldType::Prose | FieldType::Rows(_));
        field.need == Need::Required && !field.from_stem && !in_body && sheet.get(&field.key).is_none()
    })
}

/// The fingerprint of what is left of a body.
fn body(text: &str, prose: &[Span]) -> Fingerprint {
    if prose.is_empty() {
        return Fingerprint::default();
    }
    let mut print = Fingerprinter::new();
    for range in prose {
        print.text(&text[range.range()]);
    }
    print.finish()
}

fn excerpt(text: &str, prose: &[Span]) -> String {
    let mut plain = String::new();
    for range in prose {
        let markdown = &text[range.range()];
        let enough = markdown.ceil_char_boundary(EXCERPT_SOURCE);
        let cut = markdown[enough..].find("\n\n").map_or(markdown.len(), |at| enough + at);
        if !plain.is_empty() {
            plain.push('\n');
        }
        plain.push_str(&prose::plain(&markdown[..cut]));
        if plain.len() > 3 * EXCERPT {
            break;
        }
    }
    prose::excerpt(&plain, EXCERPT)
}

/// Ids of the headings that were left in the prose.
fn anchors(outline: &Outline, prose: &[Span]) -> Vec<String> {
    fn collect(sections: &[Section], prose: &[Span], anchors: &mut Vec<String>) {
        for section in sections {
            if prose.iter().any(|range| holds(*range, section.heading.text.span)) {
                anchors.push(section.heading.id.clone());
            }
            collect(&section.inner, prose, anchors);
        }
    }
    let mut anchors = Vec::new();
    collect(&outline.sections, prose, &mut anchors);
    anchors
}

/// Every link with the level of the text it stands in. A link that no field and no prose holds is as secret as can be.
fn leveled(
    outline: &Outline,
    prose: &[Span],
    prose_level: u8,
    sheet: &Sheet,
    fields: Vec<(prose::Link, u8)>,
) -> Vec<LeveledLink> {
    if outline.links.is_empty() && fields.is_empty() {
        return Vec::new();
    }
    let mut links: Vec<LeveledLink> = Vec::with_capacity(outline.links.len() + fields.len());
    for (link, level) in fields {
        let level = level_at(sheet, link.span).map_or(level, |own| own.max(level));
        links.push(LeveledLink { link, level });
    }
    for link in &outline.links {
        if links.iter().any(|known| known.link.span == link.span) {
            continue;
        }
        let in_prose = prose.iter().any(|range| holds(*range, link.span)).then_some(prose_level);
        let level = in_prose.max(level_at(sheet, link.span)).unwrap_or(UNKNOWN_SECRECY);
        links.push(LeveledLink { link: link.clone(), level });
    }
    links.sort_by_key(|link| link.link.span.start);
    links
}
