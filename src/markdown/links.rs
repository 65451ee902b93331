//! Links, as written in bodies and in text fields.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{LinkType, RefDefs, Tag};
use serde::{Deserialize, Serialize};

use super::link_target::{self, TargetClass};
use super::markdown_source::{MarkdownSource, trimmed};
use super::plain_text::TextFlow;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::Span;

/// Syntax of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[[名]]`, `[[华东院/王建国|王总]]`.
    Wiki,
    /// `![[图.jpg]]`.
    WikiEmbed,
    /// `[…](…)`.
    Link,
    /// `![…](…)`.
    Image,
}

/// A link in a body or in a text field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link {
    /// Syntax.
    pub kind: LinkKind,
    /// The target as written, trimmed, without label. Percent-decoded for [`LinkKind::Link`] and [`LinkKind::Image`]
    /// unless it is an external URL. May contain a `#fragment`.
    pub target: String,
    /// The label as plain text (alt text of an image); the target for a wikilink without label.
    pub label: String,
    /// Span of the target.
    pub span: Span,
}

/// A text with wikilinks replaced by their labels.
pub fn strip_links(text: &str) -> Cow<'_, str> {
    replace_links(text, |_| None)
}

/// As [`strip_links`], with a link without label replaced by the name of its target, or left as written if `name`
/// returns `None`.
pub fn replace_links(text: &str, name: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    if !text.contains("[[") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut from = 0;
    for link in inline_links(text, Span::default()) {
        // The span is that of the target; the link includes the brackets around it.
        let target = link.span.range();
        let Some(open) = text[from..target.start].rfind("[[").map(|at| from + at) else { continue };
        let Some(close) = text[target.end..].find("]]").map(|at| target.end + at + 2) else { continue };
        let open = if text[from..open].ends_with('!') { open - 1 } else { open };
        plain.push_str(&text[from..open]);
        let called = if link.label == link.target { name(&link.target) } else { None };
        plain.push_str(called.as_deref().unwrap_or(&link.label));
        from = close;
    }
    plain.push_str(&text[from..]);
    Cow::Owned(plain)
}

/// The wikilinks of a one-line text field, in order. `base`: span of the text's first byte.
pub fn inline_links(text: &str, base: Span) -> Vec<Link> {
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(open) = memchr::memmem::find(&text.as_bytes()[from..], b"[[").map(|at| from + at) {
        // In `[[[甲]]` the innermost two brackets open.
        let inner = open + 2 + text[open + 2..].bytes().take_while(|b| *b == b'[').count();
        let Some(close) = text[inner..].find(['[', ']', '\n']).map(|at| inner + at) else { break };
        from = close;
        if !text[close..].starts_with("]]") {
            continue;
        }
        from = close + 2;
        let parts = wiki_parts(text, inner..close, '|');
        if parts.target.is_empty() {
            continue;
        }
        let target = text[parts.target.clone()].to_owned();
        let embed = text[..inner - 2].ends_with('!');
        let label = parts.label.map(|label| text[label].to_owned()).unwrap_or_else(|| target.clone());
        let start = base.start.index();
        links.push(Link {
            kind: if embed { LinkKind::WikiEmbed } else { LinkKind::Wiki },
            target,
            label,
            span: Span::new(base.file, start + parts.target.start, start + parts.target.end),
        });
    }
    links
}

/// The parts of the text between `[[` and `]]`.
struct WikiParts {
    target: Range<usize>,
    label: Option<Range<usize>>,
}

/// The separator may be full-width, `bar` (a marker for one in a table row), or `\|`, as other programs write it in
/// tables.
fn wiki_parts(text: &str, body: Range<usize>, bar: char) -> WikiParts {
    let inside = &text[body.clone()];
    let (target, label) = match inside.char_indices().find(|(_, c)| matches!(c, '|' | '｜') || *c == bar) {
        Some((at, sign)) => {
            let target = inside[..at].strip_suffix('\\').unwrap_or(&inside[..at]);
            (body.start..body.start + target.len(), Some(body.start + at + sign.len_utf8()..body.end))
        }
        None => (body, None),
    };
    let label = label.map(|label| trimmed(text, label)).filter(|label| !label.is_empty());
    WikiParts { target: trimmed(text, target), label }
}

/// A link whose end has not been reached.
struct OpenLink {
    kind: LinkKind,
    how: LinkType,
    dest: String,
    id: String,
    range: Range<usize>,
    /// End of the last event inside it, and so of its label.
    inner_end: usize,
    /// Start of its label in the collected text.
    label_from: usize,
    /// Start of its content in the caller's output.
    out_from: usize,
}

/// A finished link.
pub(super) struct ClosedLink {
    /// The link; `None` if it is none after all (empty brackets, or nested too deep).
    pub link: Option<Link>,
    /// Why it must not be followed.
    pub forbidden: Option<Diagnostic>,
    /// Whether it is an image or an embedded file.
    pub image: bool,
    /// For a wikilink: the text to show instead of its content; `None` to show the content.
    pub shown: Option<String>,
    /// Whether it has a label.
    pub labelled: bool,
    /// The caller's value from the start of the link.
    pub out_from: usize,
}

/// Maximum nesting of links and images; of deeper ones only the text is kept.
const MAX_OPEN: usize = 8;

/// Collects links and the plain text around them from a stream of events.
#[derive(Default)]
pub(super) struct LinkReader {
    open: Vec<OpenLink>,
    images: usize,
    /// Plain text since it was last cleared.
    pub flow: TextFlow,
}

impl LinkReader {
    /// Whether a link or image is open, so that its text has to be collected.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether an image is open: its content is the alt text.
    pub fn in_image(&self) -> bool {
        self.images > 0
    }

    /// Whether a link other than an image is open.
    pub fn in_link(&self) -> bool {
        self.open.len() > self.images
    }

    /// Must be called for every event, to know the end of a label.
    pub fn on_event(&mut self, range: &Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            // The link's own end is an event too.
            if range.end < open.range.end {
                open.inner_end = open.inner_end.max(range.end);
            }
        }
    }

    /// Handles the start of a link or image; ignores other tags.
    pub fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, out_from: usize) {
        let (Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. }) = tag else { return };
        let image = matches!(tag, Tag::Image { .. });
        let kind = match (image, matches!(link_type, LinkType::WikiLink { .. })) {
            (false, false) => LinkKind::Link,
            (false, true) => LinkKind::Wiki,
            (true, false) => LinkKind::Image,
            (true, true) => LinkKind::WikiEmbed,
        };
        self.images += usize::from(image);
        self.open.push(OpenLink {
            kind,
            how: *link_type,
            dest: dest_url.to_string(),
            id: id.to_string(),
            range: range.clone(),
            inner_end: range.start + 1 + usize::from(image),
            label_from: self.flow.len(),
            out_from,
        });
    }

    /// Handles the end of the innermost link.
    pub fn end(&mut self, source: &MarkdownSource<'_>, definitions: &RefDefs<'_>) -> Option<ClosedLink> {
        let open = self.open.pop()?;
        self.on_event(&open.range);
        let image = matches!(open.kind, LinkKind::Image | LinkKind::WikiEmbed);
        self.images -= usize::from(image);
        let mut closed =
            ClosedLink { link: None, forbidden: None, image, shown: None, labelled: true, out_from: open.out_from };
        if self.open.len() >= MAX_OPEN {
            return Some(closed);
        }
        if matches!(open.kind, LinkKind::Wiki | LinkKind::WikiEmbed) {
            self.end_wiki(open, source, &mut closed);
        } else {
            let label = self.flow.since(open.label_from).trim().to_owned();
            let target = link_target::decode(source.restore(&open.dest).trim()).trim().to_owned();
            let span = source.span(&open.target_range(source.parser_text(), definitions));
            let target = if open.how == LinkType::Email { format!("mailto:{target}") } else { target };
            closed.forbidden = forbidden_target(&target, open.kind, span);
            closed.link = Some(Link { kind: open.kind, target, label, span });
        }
        Some(closed)
    }

    fn end_wiki(&mut self, open: OpenLink, source: &MarkdownSource<'_>, closed: &mut ClosedLink) {
        let read = source.parser_text();
        let before = 2 + usize::from(closed.image);
        let body = open.range.start + before..open.range.end.saturating_sub(2).max(open.range.start + before);
        let parts = wiki_parts(read, body, source.bar());
        // The target on one line without markers; it may contain a line break.
        let one_line = |range: Range<usize>| {
            let mut flow = TextFlow::default();
            for line in source.restore(&read[range]).lines() {
                flow.text(line.trim());
                flow.soft_break();
            }
            flow.take()
        };
        if parts.target.is_empty() {
            return;
        }
        let target = one_line(parts.target.clone());
        // `![[图.jpg|300]]` has a width, not a label.
        let label = parts
            .label
            .map(&one_line)
            .filter(|label| !(closed.image && label.bytes().all(|b| b.is_ascii_digit() || b == b'x')));
        closed.labelled = label.is_some();
        let rich = matches!(open.how, LinkType::WikiLink { has_pothole: true });
        let label = match label {
            Some(_) if rich => self.flow.since(open.label_from).trim().to_owned(),
            Some(label) => label,
            None => target.clone(),
        };
        if !rich || !closed.labelled {
            self.flow.truncate(open.label_from);
            self.flow.text(&label);
            closed.shown = Some(label.clone());
        }
        let span = source.span(&parts.target);
        closed.link = Some(Link { kind: open.kind, target, label, span });
    }
}

impl OpenLink {
    /// Range of the target of a link other than a wikilink.
    fn target_range(&self, read: &str, definitions: &RefDefs<'_>) -> Range<usize> {
        match self.how {
            LinkType::Autolink | LinkType::Email => self.range.start + 1..self.range.end.max(self.range.start + 2) - 1,
            LinkType::Inline => destination(read, self.inner_end..self.range.end, "](").unwrap_or(self.range.clone()),
            _ => definitions
                .get(&self.id)
                .and_then(|definition| destination(read, definition.span.clone(), "]:"))
                .unwrap_or(self.range.clone()),
        }
    }
}

/// Range of the destination after `sign` in Markdown.
fn destination(read: &str, within: Range<usize>, sign: &str) -> Option<Range<usize>> {
    let slice = read.get(within.clone())?;
    let after = slice.find(sign)? + sign.len();
    // A definition may continue in the next line of a quotation.
    let start = after + slice[after..].find(|c: char| !c.is_whitespace() && (c != '>' || sign == "]("))?;
    let (start, quoted) = if slice[start..].starts_with('<') { (start + 1, true) } else { (start, false) };
    let mut depth = 0_usize;
    let mut escaped = false;
    let mut end = slice.len();
    for (at, c) in slice[start..].char_indices() {
        let closes = match c {
            _ if std::mem::take(&mut escaped) => false,
            '\\' => {
                escaped = true;
                false
            }
            '>' => quoted,
            '\n' | '\r' => true,
            _ if quoted => false,
            '(' => {
                depth += 1;
                false
            }
            ')' if depth > 0 => {
                depth -= 1;
                false
            }
            ')' => sign == "](",
            c => c.is_ascii_whitespace() || c.is_ascii_control(),
        };
        if closes {
            end = start + at;
            break;
        }
    }
    Some(within.start + start..within.start + end)
}

/// Diagnostic about a target that must not be followed.
fn forbidden_target(target: &str, kind: LinkKind, span: Span) -> Option<Diagnostic> {
    let diagnostics = |variant: &str, help: &str| {
        let diagnostics = Diagnostic::new(Code::ForbiddenLink, span).variant(variant).with("target", shorten(target));
        Some(diagnostics.help(Message::new(help)))
    };
    match link_target::classify_target(target) {
        TargetClass::Inside => None,
        TargetClass::Local => diagnostics("local", "help.link-inside"),
        _ if kind == LinkKind::Image => diagnostics("image", "help.image-inside"),
        TargetClass::Outside => None,
        TargetClass::Forbidden(scheme) => Some(
            Diagnostic::new(Code::ForbiddenLink, span)
                .with("target", shorten(target))
                .with("scheme", scheme)
                .help(Message::new("help.link-schemes")),
        ),
    }
}

/// A target, shortened for messages.
fn shorten(target: &str) -> String {
    match target.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &target[..at]),
        None => target.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::FileId;

    #[test]
    fn field_wikilinks_have_exact_spans() {
        let text = "和[[华东院/王建国|王总]]、[[沈丽萍]]谈，见![[ 图.jpg ]]，[[]] [[张伟｜小张]][[[李]]";
        let base = Span::new(FileId(2), 100, 100 + text.len());
        let links = inline_links(text, base);
        let said: Vec<_> = links.iter().map(|l| (l.kind, l.target.as_str(), l.label.as_str())).collect();
        assert_eq!(
            said,
            [
                (LinkKind::Wiki, "华东院/王建国", "王总"),
                (LinkKind::Wiki, "沈丽萍", "沈丽萍"),
                (LinkKind::WikiEmbed, "图.jpg", "图.jpg"),
                (LinkKind::Wiki, "张伟", "小张"),
                (LinkKind::Wiki, "李", "李"),
            ]
        );
        for link in links {
            assert_eq!(&text[link.span.start.index() - 100..link.span.end.index() - 100], link.target);
        }
    }

    #[test]
    fn unclosed_brackets_scan_in_linear_time() {
        inline_links(&"[[".repeat(300_000), Span::default());
        inline_links(&"[[甲 ".repeat(200_000), Span::default());
    }
}
