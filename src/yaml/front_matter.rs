//! Splits front matter into entries and reads each according to its kind.

use std::borrow::Cow;
use std::ops::Range;

use super::block::{self, BlockError};
use super::entry_head;
use super::event_reader::{self, ValueSource};
use super::flow::{self, FlowScan, scan_flow};
use super::simple_values::FlowToken;
use super::text_fixes::TextFixes;
use super::{Entry, EntryValue, FrontMatter, KeyKind, YamlNode, is_blank, trimmed};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::{FileId, PatchedText, Span, Spanned};

/// Maximum size of front matter: 64 KB.
pub const MAX_FRONT: usize = 64 * 1024;

/// Reads the front matter at `within` (between the fences) of the decoded `text`. `known`: how the file's kind treats a
/// key, given as typed and trimmed.
pub fn read<'t>(text: &'t str, within: Span, known: &dyn Fn(&str) -> KeyKind) -> FrontMatter<'t> {
    let mut front = FrontMatter { complete: true, ..FrontMatter::default() };
    if within.range().len() > MAX_FRONT {
        front.diagnostics.push(
            Diagnostic::new(Code::FrontMatterTooLarge, within.at_start()).with("size", within.range().len().div_ceil(1024)),
        );
        front.complete = false;
        return front;
    }
    let mut cutter = EntryReader {
        source: text,
        file: within.file,
        known,
        front,
        mends: TextFixes::default(),
        margin: margin(text, within.range()),
        open: None,
        stray: false,
    };
    for line in lines(text, within.range()) {
        cutter.line(line);
    }
    cutter.finish_entry();
    let EntryReader { mut front, mends, .. } = cutter;
    super::duplicate_keys::report_duplicate_keys(&mut front);
    front.slips = mends.edits(within.file);
    front
}

/// The lines of a range, without line ends.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[..range.end];
    let mut at = range.start;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |length| at + length);
        let line = at..end;
        at = end + if matches!(bytes[end..], [b'\r', b'\n', ..]) { 2 } else { 1 };
        Some(line)
    })
}

/// The indentation of the whole block, taken from its first non-blank line.
fn margin(text: &str, range: Range<usize>) -> &str {
    lines(text, range)
        .map(|line| &text[line])
        .find(|line| !line.trim_matches(is_blank).is_empty() && !line.starts_with('#'))
        .map_or("", |line| &line[..line.len() - line.trim_start_matches([' ', '\t', '\u{3000}']).len()])
}

/// An entry whose end is not known yet.
struct OpenEntry {
    key: Range<usize>,
    /// The trimmed text beside the key.
    head: Range<usize>,
    /// Start of the value.
    start: usize,
    /// The lines below, without blank ones.
    below: Vec<Range<usize>>,
    /// The flow collection on its line, if the value starts with a bracket.
    flow: Option<FlowScan>,
}

impl OpenEntry {
    /// Whether the value starts with a bracket that its line does not close.
    fn has_open_bracket(&self) -> bool {
        self.flow.as_ref().is_some_and(|flow| flow.end.is_none())
    }
}

struct EntryReader<'t, 'k> {
    source: &'t str,
    file: FileId,
    known: &'k dyn Fn(&str) -> KeyKind,
    front: FrontMatter<'t>,
    mends: TextFixes,
    margin: &'t str,
    open: Option<OpenEntry>,
    /// Whether the previous line was not an entry either: one report is enough.
    stray: bool,
}

impl<'t> EntryReader<'t, '_> {
    fn line(&mut self, line: Range<usize>) {
        let source = self.source;
        let own = &source[line.clone()];
        let start = line.start + if own.starts_with(self.margin) { self.margin.len() } else { 0 };
        let content = &source[start..line.end];
        // A letter or common Han character can only begin an entry, unless a bracket is open.
        let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, 0xE4..=0xE9);
        if content.as_bytes().first().is_some_and(is_letter) && !self.open.as_ref().is_some_and(OpenEntry::has_open_bracket) {
            return self.read_at_margin(start, line);
        }
        let Some(first) = content.chars().find(|&c| !is_blank(c)) else { return };
        if content.starts_with([' ', '\t', '\u{3000}', '\u{A0}']) {
            self.read_indented(start, line);
        } else if first == '#' {
            self.stray = false;
        } else if self.continues_entry(content) {
            self.push_below(line);
        } else {
            self.read_at_margin(start, line);
        }
    }

    /// Whether a line at column 0 continues the entry above: list items, the closing bracket, and everything inside an
    /// open bracket.
    fn continues_entry(&self, content: &str) -> bool {
        let Some(open) = &self.open else { return false };
        let mut chars = content.chars();
        let item = matches!(chars.next(), Some('-' | '－')) && chars.next().is_none_or(is_blank);
        if item {
            return open.head.is_empty() || self.source[open.head.clone()].starts_with('#');
        }
        open.has_open_bracket() && (content.starts_with([']', '}', '】', '］', '｝']) || !entry_head::looks_like_entry(content))
    }

    fn push_below(&mut self, line: Range<usize>) {
        if let Some(open) = &mut self.open {
            open.below.push(line.start..trimmed(self.source, line).end);
        }
    }

    /// An indented line: part of the entry above, unless a space slipped in before a key.
    fn read_indented(&mut self, start: usize, line: Range<usize>) {
        let content = trimmed(self.source, start..line.end);
        let slipped = match &self.open {
            None => true,
            Some(open) => {
                let head = &self.source[open.head.clone()];
                !head.is_empty()
                    && open.below.is_empty()
                    && !open.has_open_bracket()
                    && !head.starts_with(['|', '>', '"', '\'', '#'])
            }
        };
        if slipped && !self.source[content.clone()].starts_with('#') {
            let mut mends = TextFixes::default();
            if let Some(head) = entry_head::parse_head(self.source, content.clone(), self.known, &mut mends)
                && (self.known)(&self.source[head.key.clone()]) != KeyKind::No
            {
                self.mends.replace(line.start..content.start, "");
                self.mends.append(mends);
                self.begin_entry(head, line.end);
                return;
            }
        }
        match &self.open {
            Some(_) => self.push_below(line),
            None if self.source[content.clone()].starts_with('#') => {}
            None => self.report_stray_line(content),
        }
    }

    fn read_at_margin(&mut self, start: usize, line: Range<usize>) {
        let before = line.start..start;
        if !before.is_empty() && self.source[before.clone()].contains(|c| c != ' ') {
            self.mends.replace(before, "");
        }
        let mut mends = TextFixes::default();
        match entry_head::parse_head(self.source, start..line.end, self.known, &mut mends) {
            Some(head) => {
                self.mends.append(mends);
                self.begin_entry(head, line.end);
            }
            None => {
                self.finish_entry();
                self.report_stray_line(trimmed(self.source, start..line.end));
            }
        }
    }

    fn begin_entry(&mut self, head: entry_head::EntryHead, end: usize) {
        self.finish_entry();
        self.stray = false;
        let value = trimmed(self.source, head.value..end);
        let flow = self.source[value.clone()]
            .starts_with(flow::is_opening_bracket)
            .then(|| flow::scan_value(self.source, value.clone()));
        self.open = Some(OpenEntry { key: head.key, head: value, start: head.value, below: Vec::new(), flow });
    }

    /// Reports a line that is not part of any entry.
    fn report_stray_line(&mut self, line: Range<usize>) {
        self.front.complete = false;
        if std::mem::replace(&mut self.stray, true) {
            return;
        }
        let text = &self.source[line.clone()];
        let span = self.span(line);
        let diagnostics = Diagnostic::new(Code::YamlSyntax, span);
        let word = text.split(is_blank).next().unwrap_or("");
        let rest = text[word.len()..].trim_matches(is_blank);
        self.front.diagnostics.push(if text == "..." || text.starts_with("--- ") {
            Diagnostic::new(Code::YamlFeature, span).variant("second-document").with("key", text)
        } else if text.starts_with(['-', '－']) {
            diagnostics.variant("stray-item").with("text", shorten(text))
        } else if (self.known)(word) != KeyKind::No {
            diagnostics
                .variant("no-colon")
                .with("key", word)
                .help(Message::new("help.write-line").with("line", format!("{word}: {rest}").trim_end()))
        } else {
            diagnostics.variant("no-key").with("text", shorten(text)).help(Message::new("help.key-value"))
        });
    }

    /// Reads the open entry.
    fn finish_entry(&mut self) {
        let Some(mut open) = self.open.take() else { return };
        let source = self.source;
        let key = Spanned::new(&source[open.key.clone()], self.span(open.key.clone()));
        let head = &source[open.head.clone()];
        let comments = open.below.iter().all(|line| source[line.clone()].trim_start_matches(is_blank).starts_with('#'));
        let told = if open.below.is_empty() || (comments && !block::is_block_header(head)) {
            if head.is_empty() || (open.below.is_empty() && block::is_block_header(head)) {
                Some(EntryValue::Empty)
            } else {
                self.one_line_value(key.value, open.head.clone(), open.flow.take())
            }
        } else {
            self.multi_line_value(key.value, &open)
        };
        let end = if comments { open.head.end } else { open.below.last().map_or(open.head.end, |line| line.end) };
        match told {
            Some(told) => {
                let span = self.span(open.key.start..end.max(open.key.end));
                self.front.entries.push(Entry { key, told, again: false, span });
            }
            None => {
                self.front.complete = false;
                self.mends.discard(&(open.start..end));
            }
        }
    }

    /// A value that is entirely beside its key.
    fn one_line_value(&mut self, key: &str, head: Range<usize>, flow: Option<FlowScan>) -> Option<EntryValue<'t>> {
        let text = &self.source[head.clone()];
        if let Some(quote @ (b'"' | b'\'')) = text.bytes().next() {
            // Fast path: without escapes the next quote closes.
            if memchr::memchr2(b'\\', quote, &text.as_bytes()[1..])
                .is_some_and(|at| text.ends_with(char::from(quote)) && at + 2 == text.len())
            {
                let inner = head.start + 1..head.end - 1;
                let value = Cow::Borrowed(&self.source[inner.clone()]);
                return Some(EntryValue::Node(YamlNode::Scalar(Spanned::new(value, self.span(inner)))));
            }
            if flow::quoted_len(text) == Some(text.len()) {
                return self.parse_yaml(key, head);
            }
        }
        if let Some(flow) = flow.filter(|flow| flow.end == Some(head.end) && flow::wikilink_len(text).is_none()) {
            if let Some(pieces) = flow.pieces {
                return self.build_or_parse(key, head, Some(pieces));
            }
            self.mends.append(flow.mends);
            return match flow.words {
                Some(words) => Some(EntryValue::Node(self.word_list(words, head))),
                None => self.parse_yaml(key, head),
            };
        }
        match (self.known)(key) {
            KeyKind::Yaml => self.parse_yaml(key, head),
            KeyKind::Line | KeyKind::No => Some(EntryValue::Line(Spanned::new(text, self.span(head)))),
        }
    }

    /// A list of plain words.
    fn word_list(&self, words: Vec<Range<usize>>, whole: Range<usize>) -> YamlNode<'t> {
        let items = words.into_iter().map(|word| {
            let span = self.span(word.clone());
            match &self.source[word] {
                "~" | "null" => YamlNode::Empty(span),
                text => YamlNode::Scalar(Spanned::new(Cow::Borrowed(text), span)),
            }
        });
        YamlNode::List(items.collect(), self.span(whole))
    }

    /// A value with lines below its key.
    fn multi_line_value(&mut self, key: &str, open: &OpenEntry) -> Option<EntryValue<'t>> {
        let head = &self.source[open.head.clone()];
        let end = open.below.last().map_or(open.head.end, |line| line.end);
        if open.has_open_bracket() {
            let found = scan_flow(self.source, open.head.start..end);
            self.mends.append(found.mends);
            if found.end.is_none() {
                let bracket = head.chars().next().map_or(0, char::len_utf8);
                let span = self.span(open.head.start..open.head.start + bracket);
                let diagnostics = Diagnostic::new(Code::YamlSyntax, span).variant("unclosed-bracket").with("key", key);
                let diagnostics = diagnostics.help(Message::new("help.close-bracket"));
                self.front.diagnostics.push(diagnostics.help(Message::new("help.move-to-section").with("key", key)));
                return None;
            }
            return self.parse_yaml(key, open.head.start..end);
        }
        if let Err(BlockError::MixedIndent(at)) = block::find_slips(self.source, head, &open.below, &mut self.mends) {
            let diagnostics = Diagnostic::new(Code::YamlSyntax, self.span(at)).variant("mixed-indent").with("key", key);
            self.front.diagnostics.push(diagnostics.help(Message::new("help.indent-two").with("key", key)));
            return None;
        }
        self.parse_yaml(key, open.start..end)
    }

    /// Parses a value as YAML.
    fn parse_yaml(&mut self, key: &str, range: Range<usize>) -> Option<EntryValue<'t>> {
        self.build_or_parse(key, range, None)
    }

    /// Builds a value from `pieces`, or parses it with slips fixed.
    fn build_or_parse(&mut self, key: &str, range: Range<usize>, pieces: Option<Vec<FlowToken>>) -> Option<EntryValue<'t>> {
        let before = self.front.diagnostics.len();
        let mended = match pieces {
            Some(_) => PatchedText::new(self.source, range, []),
            None => self.mends.apply(self.source, range),
        };
        let value = ValueSource { source: self.source, file: self.file, key, mended: &mended };
        let node = match pieces {
            Some(pieces) => event_reader::build_from_tokens(&value, pieces, &mut self.front.diagnostics),
            None => event_reader::parse(&value, &mut self.front.diagnostics),
        };
        self.front.complete &= self.front.diagnostics.len() == before;
        match node {
            Ok(YamlNode::Empty(_)) => Some(EntryValue::Empty),
            Ok(node) => Some(EntryValue::Node(node)),
            Err(diagnostics) => {
                self.front.diagnostics.push(*diagnostics);
                None
            }
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

/// The first characters of a line, for a message.
fn shorten(text: &str) -> String {
    let mut chars = text.chars();
    let mut shown: String = chars.by_ref().take(20).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests;
