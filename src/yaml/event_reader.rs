//! Builds nodes from the events of the YAML parser; the only file that uses the parser.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use super::simple_values::{FlowToken, tokenize};
use super::{YamlNode, trimmed};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::text::{FileId, PatchedText, Span, Spanned};

/// Maximum nesting depth.
pub const MAX_DEPTH: usize = 32;

/// The value of one entry.
pub(super) struct ValueSource<'a, 't> {
    /// The author's whole text.
    pub source: &'t str,
    /// Its file.
    pub file: FileId,
    /// The key, for messages.
    pub key: &'a str,
    /// The text given to the parser.
    pub mended: &'a PatchedText<'t>,
}

/// Parses one value. `Err` is the reason why it could not be parsed; duplicate keys go to `diagnostics`.
pub(super) fn parse<'t>(
    value: &ValueSource<'_, 't>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<YamlNode<'t>, Box<Diagnostic>> {
    match tokenize(&value.mended.text) {
        Some(pieces) => build_from_tokens(value, pieces, diagnostics),
        None => parse_by_parser(value, diagnostics),
    }
}

/// Builds the nodes of a value that was split without the parser.
pub(super) fn build_from_tokens<'t>(
    value: &ValueSource<'_, 't>,
    pieces: Vec<FlowToken>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<YamlNode<'t>, Box<Diagnostic>> {
    let mut tree = TreeBuilder { value, open: Vec::with_capacity(4), root: None };
    for piece in pieces {
        match piece {
            FlowToken::List(at) => tree.begin(YamlNode::List(Vec::new(), value.original_span(at)))?,
            FlowToken::Map(at) => tree.begin(YamlNode::Map(Vec::new(), value.original_span(at)))?,
            FlowToken::Text(at, style) => {
                let inner = if style == ScalarStyle::Plain { at.clone() } else { at.start + 1..at.end - 1 };
                let text = value.mended.slice(inner);
                tree.push_value(value.scalar(text, style, value.original_span(at)), diagnostics)?;
            }
            FlowToken::End(at) => tree.end(value.original_span(at), diagnostics)?,
        }
    }
    Ok(tree.finish())
}

/// Parses any YAML.
fn parse_by_parser<'t>(
    value: &ValueSource<'_, 't>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<YamlNode<'t>, Box<Diagnostic>> {
    let options = granit_parser::options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut tree = TreeBuilder { value, open: Vec::new(), root: None };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(&value.mended.text, options) {
        let (event, place) = event.map_err(|error| value.parse_error(&error))?;
        if let Some(feature) = rejected_feature(&event) {
            let place = value.span(&place.tag_span().unwrap_or(place));
            let place = if feature == "anchor" { value.anchor_span(place) } else { place };
            return Err(value.diagnostic(Code::YamlFeature, place, feature));
        }
        let span = value.span(&place);
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    return Err(value.diagnostic(Code::YamlFeature, span, "second-document"));
                }
            }
            Event::Scalar(text, style, ..) => {
                tree.push_value(value.scalar(Cow::Owned(text.into_owned()), style, span), diagnostics)?
            }
            Event::SequenceStart(..) => tree.begin(YamlNode::List(Vec::new(), span))?,
            Event::MappingStart(..) => tree.begin(YamlNode::Map(Vec::new(), span))?,
            Event::SequenceEnd | Event::MappingEnd => tree.end(span, diagnostics)?,
            _ => {}
        }
    }
    Ok(tree.finish())
}

/// YAML features that are rejected, because one place would then define the meaning of another.
fn rejected_feature(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Alias(_) | Event::UnresolvedAlias(_) => Some("alias"),
        Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _)
            if *anchor != 0 =>
        {
            Some("anchor")
        }
        Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, _, Some(_)) | Event::MappingStart(_, _, Some(_)) => {
            Some("tag")
        }
        _ => None,
    }
}

/// A tree under construction, without recursion.
struct TreeBuilder<'a, 't> {
    value: &'a ValueSource<'a, 't>,
    /// Open collections; for a map with the key whose value is missing.
    open: Vec<(YamlNode<'t>, Option<Spanned<Cow<'t, str>>>)>,
    root: Option<YamlNode<'t>>,
}

impl<'t> TreeBuilder<'_, 't> {
    fn begin(&mut self, node: YamlNode<'t>) -> Result<(), Box<Diagnostic>> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.value.diagnostic(Code::YamlTooDeep, node.span(), ""));
        }
        if let Some((YamlNode::Map(..), None)) = self.open.last() {
            return Err(self.value.diagnostic(Code::YamlFeature, node.span(), "complex-key"));
        }
        self.open.push((node, None));
        Ok(())
    }

    fn push_value(&mut self, node: YamlNode<'t>, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Box<Diagnostic>> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some((YamlNode::List(items, _), _)) => items.push(node),
            Some((YamlNode::Map(pairs, _), key)) => match key.take() {
                Some(key) => pairs.push((key, node)),
                None => {
                    let YamlNode::Scalar(text) = node else {
                        return Err(self.value.diagnostic(Code::YamlFeature, node.span(), "complex-key"));
                    };
                    if let Some((first, _)) =
                        pairs.iter().find(|(other, _)| super::duplicate_keys::same_key(&other.value, &text.value))
                    {
                        diagnostics.push(super::duplicate_keys::duplicate_key_diagnostic(&text.value, text.span, first.span));
                    }
                    *key = Some(text);
                }
            },
            Some(_) => {}
        }
        Ok(())
    }

    fn end(&mut self, last: Span, diagnostics: &mut Vec<Diagnostic>) -> Result<(), Box<Diagnostic>> {
        let Some((mut node, _)) = self.open.pop() else { return Ok(()) };
        if let YamlNode::List(_, span) | YamlNode::Map(_, span) = &mut node {
            let whole = trimmed(self.value.source, span.start.index()..last.end.max(span.end).index());
            *span = Span::new(span.file, whole.start.max(span.start.index()), whole.end);
        }
        self.push_value(self.value.wikilink(node), diagnostics)
    }

    fn finish(self) -> YamlNode<'t> {
        self.root.unwrap_or_else(|| YamlNode::Empty(self.value.value_span().at_start()))
    }
}

impl<'t> ValueSource<'_, 't> {
    /// Span of the whole value in the author's text.
    fn value_span(&self) -> Span {
        Span::new(self.file, self.mended.original(0), self.mended.original(self.mended.text.len()))
    }

    /// Maps a span of the parser to the author's text.
    fn span(&self, place: &granit_parser::Span) -> Span {
        let end = self.mended.text.len();
        self.original_span(place.byte_range().unwrap_or(end..end))
    }

    /// Maps a range of the fixed text to the author's text.
    fn original_span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.mended.original(range.start), self.mended.original(range.end))
    }

    /// The `&name` before the anchored node.
    fn anchor_span(&self, named: Span) -> Span {
        let before = &self.source[self.value_span().start.index()..named.start.index()];
        match before.rfind('&') {
            Some(at) => {
                let start = self.value_span().start.index() + at;
                let length = before[at..].find(char::is_whitespace).unwrap_or(before.len() - at);
                Span::new(self.file, start, start + length)
            }
            None => named,
        }
    }

    /// A scalar. A plain empty one is [`YamlNode::Empty`]. A quoted one without escapes has the span inside its quotes.
    fn scalar(&self, text: Cow<'t, str>, style: ScalarStyle, span: Span) -> YamlNode<'t> {
        if style == ScalarStyle::Plain {
            let bare = text.trim_matches(super::is_blank);
            if matches!(bare, "" | "~" | "null" | "Null" | "NULL") {
                return YamlNode::Empty(span);
            }
            let inner = trimmed(self.source, span.range());
            let bare = if bare.len() == text.len() { text } else { Cow::Owned(bare.to_owned()) };
            return YamlNode::Scalar(Spanned::new(bare, Span::new(self.file, inner.start, inner.end)));
        }
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            let bare = text.trim_end_matches('\n').to_owned();
            return YamlNode::Scalar(Spanned::new(Cow::Owned(bare), self.block_scalar_span(span, &text)));
        }
        let (start, end) = (span.start.index() + 1, span.end.index().saturating_sub(1));
        let inner = if self.source.get(start..end) == Some(&*text) { Span::new(self.file, start, end) } else { span };
        YamlNode::Scalar(Spanned::new(text, inner))
    }

    /// Span of a block scalar without its header, from the first character of its text.
    fn block_scalar_span(&self, span: Span, text: &str) -> Span {
        let first = text.lines().find(|line| !line.trim().is_empty()).map_or("", str::trim);
        let source = &self.source[span.range()];
        let header = source.find(['\n', '\r']).unwrap_or(0);
        match source[header..].find(first).filter(|_| !first.is_empty()) {
            Some(at) => {
                let whole = trimmed(self.source, span.start.index() + header + at..span.end.index());
                Span::new(self.file, whole.start, whole.end)
            }
            None => span,
        }
    }

    /// Turns `[[邱志远]]`, which YAML parses as a list in a list, into the text of a wikilink.
    fn wikilink(&self, node: YamlNode<'t>) -> YamlNode<'t> {
        let span = node.span();
        let source = self.source.get(span.range()).unwrap_or("");
        match super::flow::wikilink_len(source) {
            Some(length) if length == source.len() && matches!(node, YamlNode::List(..)) => {
                YamlNode::Scalar(Spanned::new(Cow::Borrowed(source), span))
            }
            _ => node,
        }
    }

    fn diagnostic(&self, code: Code, span: Span, variant: &str) -> Box<Diagnostic> {
        let diagnostics = Diagnostic::new(code, span);
        let diagnostics = if variant.is_empty() { diagnostics } else { diagnostics.variant(variant) };
        Box::new(diagnostics.with("key", self.key))
    }

    /// Turns a parser error into a diagnostic.
    fn parse_error(&self, error: &ScanError) -> Box<Diagnostic> {
        let end = self.mended.text.len();
        let at = error.marker().byte_offset().unwrap_or(end).min(end);
        let here = self.char_span(self.mended.original(at));
        let variant = match error.kind() {
            ErrorKind::RecursionLimitExceeded => return self.diagnostic(Code::YamlTooDeep, here, ""),
            ErrorKind::DirectiveDisallowed => return self.diagnostic(Code::YamlFeature, here, "directive"),
            ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::UndeclaredTagHandle
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte => return self.diagnostic(Code::YamlFeature, here, "tag"),
            ErrorKind::MissingAnchorOrAliasName => {
                let variant = if self.source[here.range()].starts_with('&') { "anchor" } else { "alias" };
                return self.diagnostic(Code::YamlFeature, here, variant);
            }
            ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => "unclosed-quote",
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => "after-quote",
            ErrorKind::UnclosedFlowCollection { .. }
            | ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping => "unclosed-bracket",
            ErrorKind::ExpectedFlowSequenceSeparator | ErrorKind::ExpectedFlowMappingSeparator => "comma",
            ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => "wrong-bracket",
            ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar => "tab",
            ErrorKind::InvalidIndentation
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::InvalidBlockScalarIndent
            | ErrorKind::InvalidQuotedScalarIndent => "indent",
            ErrorKind::MappingValueNotAllowed
            | ErrorKind::MappingKeyNotAllowed
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey => "colon",
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidUnicodeEscape
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate => "escape",
            ErrorKind::UnexpectedCharacter { character } => {
                return Box::new(self.diagnostic(Code::YamlSyntax, here, "character").with("character", character));
            }
            _ => "",
        };
        let help = match variant {
            "escape" => "help.single-quotes",
            "tab" | "indent" => "help.indent-two",
            _ => "help.move-to-section",
        };
        let diagnostics = self.diagnostic(Code::YamlSyntax, here, variant);
        let diagnostics = if variant == "unclosed-bracket" {
            Box::new(diagnostics.help(Message::new("help.close-bracket")))
        } else {
            diagnostics
        };
        Box::new(diagnostics.help(Message::new(help).with("key", self.key)))
    }

    /// The character at a position, or the last one before it at the end of text or line.
    fn char_span(&self, at: usize) -> Span {
        let whole = trimmed(self.source, self.value_span().range());
        let at = at.clamp(whole.start, whole.end);
        match self.source[at..whole.end].chars().next() {
            Some(c) => Span::new(self.file, at, at + c.len_utf8()),
            None => {
                let last = self.source[whole].chars().next_back().map_or(0, char::len_utf8);
                Span::new(self.file, at - last, at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::flow::{scan_flow, wikilink_len};
    use super::super::simple_values::tokenize_without_slips;
    use super::super::text_fixes::TextFixes;
    use super::*;

    const PIECES: [&str; 32] = [
        "[",
        "[",
        "]",
        "]",
        "{",
        "}",
        "}",
        ",",
        ", ",
        ",",
        ": ",
        ": ",
        ":",
        " ",
        "\"甲乙\"",
        "\"期限\"",
        "\"期限\"",
        "'丙'",
        "备件、培训",
        "12-10",
        "3",
        "-5",
        "null",
        "~",
        "\"a\\n\"",
        "''",
        "[[华东院]]",
        "甲（乙",
        "工程师）",
        "培训。",
        "，",
        "# 注",
    ];

    type ParseResult<'t> = (Result<YamlNode<'t>, Box<Diagnostic>>, Vec<Diagnostic>);

    /// The result with and without the parser.
    fn both(text: &str) -> (ParseResult<'_>, Option<ParseResult<'_>>) {
        let mended = PatchedText::new(text, 0..text.len(), []);
        let value = ValueSource { source: text, file: FileId(0), key: "承诺", mended: &mended };
        let (mut diagnostics, mut quick) = (Vec::new(), Vec::new());
        let parsed = parse_by_parser(&value, &mut diagnostics);
        let without = tokenize(text).map(|pieces| build_from_tokens(&value, pieces, &mut quick));
        ((parsed, diagnostics), without.map(|without| (without, quick)))
    }

    #[test]
    fn generated_yaml_needs_no_parser() {
        for text in [
            "[\"朱宇桂\", \"许凯俊\"]",
            "[{\"对象\": \"朱宇桂\", \"联系次数\": 12, \"下次联系\": \"2027-01-12\"}]",
            "{事项: 操作工、班长培训, 期限: 12-10 }",
            "[[\"甲\", 乙], {丙: null, '丁': [] }, ]",
            "[\"[[华东院]]\"]",
            "[{期限: 12-10, \"期限\": 12-11}]",
            "{}",
        ] {
            let (parsed, without) = both(text);
            assert_eq!(Some(parsed), without, "{text}");
        }
        for text in [
            "\"甲\"",
            "[甲: 乙]",
            "[\"a\\n\"]",
            "['丙''丁']",
            "[甲,,乙]",
            "{甲}",
            "{甲:乙}",
            "[*甲]",
            "[甲 # 注]",
            "[甲]乙",
            "[甲",
            "",
        ] {
            assert_eq!(both(text).1, None, "{text}");
        }
    }

    /// Checks that a value split without the parser contains no slips and is a collection for the parser too.
    fn assert_simple_value_has_no_slips(text: &str) {
        let Some(settled) = tokenize_without_slips(text) else { return };
        assert_eq!(Some(settled), tokenize(text));
        let flow = scan_flow(text, 0..text.len());
        assert_eq!((flow.end, flow.mends, flow.words), (Some(text.trim_end().len()), TextFixes::default(), None), "{text}");
        assert_eq!(wikilink_len(text), None);
    }

    /// Valid collections of all depths.
    fn collection() -> impl Strategy<Value = String> {
        let scalar =
            prop::sample::select(&["\"甲 乙\"", "'丙'", "\"\"", "备件、培训", "12-10", "3 台", "null", "\"期限\"", "期限"][..]);
        let comma = || prop::sample::select(&[",", ", ", " ,  "][..]);
        let ends = || (prop::sample::select(&["", " "][..]), prop::sample::select(&["", " ", ", "][..]));
        let deeper = scalar.prop_map(str::to_owned).prop_recursive(4, 24, 4, move |inner| {
            let of = prop::collection::vec((inner.clone(), comma(), inner), 0..4);
            (of, ends(), any::<bool>()).prop_map(|(items, (first, last), map)| {
                let items: Vec<_> = items
                    .iter()
                    .map(|(key, _, item)| if map { format!("{key}: {item}") } else { item.clone() })
                    .zip(items.iter().map(|(_, comma, _)| *comma))
                    .collect();
                let count = items.len();
                let text =
                    items.into_iter().enumerate().map(|(at, (item, comma))| if at + 1 < count { item + comma } else { item });
                let (open, close) = if map { ('{', '}') } else { ('[', ']') };
                format!("{open}{first}{}{}{close}", text.collect::<String>(), if count > 0 { last } else { "" })
            })
        });
        deeper.prop_map(|inner| format!("[{inner}]"))
    }

    proptest! {
        #![proptest_config(crate::testing::cases(4000))]

        #[test]
        fn fast_reader_equals_parser(words in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..14), map: bool) {
            let text = if map { format!("{{{}}}", words.concat()) } else { format!("[{}]", words.concat()) };
            let (parsed, without) = both(&text);
            if let Some(without) = without {
                prop_assert_eq!(parsed, without);
            }
            assert_simple_value_has_no_slips(&text);
        }

        #[test]
        fn fast_reader_at_any_depth(text in collection()) {
            assert_simple_value_has_no_slips(&text);
            let (parsed, without) = both(&text);
            match without {
                Some(without) => prop_assert_eq!(parsed, without),
                // A collection as a key is the one case here that the parser must refuse.
                None => prop_assert!(parsed.0.is_err(), "{} needs no parser", text),
            }
        }
    }
}
