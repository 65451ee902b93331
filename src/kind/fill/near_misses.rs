//! Reports lines meant as a field's heading that are not one. The text below them would silently become prose.

use super::FieldFiller;
use crate::diag::{Code, Diagnostic, Severity};
use crate::i18n::Message;
use crate::kind::FieldType;
use crate::kind::normalize::{is_one_char_apart, normalize_heading};
use crate::markdown::Section;
use crate::text::Span;

impl FieldFiller<'_, '_> {
    /// Hints at the label if a heading is one character away from it. The section stays prose.
    pub(super) fn hint_similar_label(&mut self, section: &Section, name: &str) {
        let mut labels = self.kind.fields.iter().map(|field| &*field.label).filter(|label| is_one_char_apart(name, label));
        if let Some(label) = labels.next() {
            let heading = &section.heading.text;
            let mut diagnostics =
                Diagnostic::new(Code::UnknownKey, heading.span).variant("heading").with("key", heading.value.trim());
            diagnostics.severity = Severity::Info;
            self.reader.diagnostics.push(diagnostics.help(Message::new("help.field-suggest").with("name", label)));
        }
    }

    /// Reports lines that look like a field's heading but are no Markdown heading: `##承诺`, `＃＃ 承诺`, `**承诺**`.
    pub(super) fn report_heading_like_lines(&mut self) {
        let body = self.source.outline.lead.start.index();
        let text = self.source.text;
        let Some(body_text) = text.get(body..).filter(|body| body.contains(['#', '＃', '*', '_'])) else { return };
        let mut fence: Option<&str> = None;
        let mut at = body;
        for line in body_text.split_inclusive(['\n', '\r']) {
            let start = at;
            at += line.len();
            let bare = line.trim_start_matches(' ');
            let indent = line.len() - bare.len();
            let bare = bare.trim_end();
            let mark = ["```", "~~~"].into_iter().find(|mark| bare.starts_with(mark));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                _ => {}
            }
            if fence.is_some() || mark.is_some() || indent > 3 {
                continue;
            }
            let Some((depth, name)) = heading_like(bare) else { continue };
            let folded = normalize_heading(name);
            let known = match self.kind.index_by_normalized_name(&folded) {
                // Bold text also marks ordinary paragraphs, so it counts only for fields with rows or lists of texts.
                Some(index) => depth > 0 || matches!(self.kind.field(index).ty, FieldType::Rows(_) | FieldType::Texts),
                None => depth > 0 && self.kind.prose_names.iter().any(|prose| **prose == *folded),
            };
            if known {
                let name = name.trim_end_matches(['：', ':']);
                let span = Span::new(self.source.file, start + indent, start + indent + bare.len());
                let diagnostics = Diagnostic::new(Code::UnknownKey, span).variant("no-heading").with("field", name);
                let right = format!("{} {name}", "#".repeat(if depth == 0 { 2 } else { depth }));
                self.reader.diagnostics.push(diagnostics.help(Message::new("help.heading").with("heading", right)));
            }
        }
    }
}

/// The name and level of a line that resembles a heading without being one; level 0 is bold text.
fn heading_like(line: &str) -> Option<(usize, &str)> {
    let signs = |c: char| matches!(c, '#' | '＃');
    let rest = line.trim_start_matches(signs);
    let depth = line.chars().take_while(|c| signs(*c)).count();
    if depth > 0 {
        let heading = line.starts_with(&"#".repeat(depth)) && rest.starts_with([' ', '\t']);
        let name = rest.trim().trim_end_matches(signs).trim().trim_matches('*').trim();
        return (depth <= 6 && !heading && !name.is_empty()).then_some((depth, name));
    }
    let bold = ["**", "__"].into_iter().find_map(|mark| {
        let inner = line.trim_end_matches(['：', ':']).strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.contains(['*', '_'])).then_some(inner.trim())
    })?;
    (!bold.is_empty()).then_some((0, bold))
}

#[cfg(test)]
mod tests {
    use super::super::tests::VISIT;
    use crate::kind::test_fields::{diagnostics, fill_file};

    #[test]
    fn malformed_heading_is_reported_at_its_line() {
        let head = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n---\n\n## 提出的方案\n\n- 双机热备\n\n";
        for (line, said) in [
            ("##未处理问题", "## 未处理问题"),
            ("＃＃ 未处理问题", "## 未处理问题"),
            ("##　未处理问题", "## 未处理问题"),
            ("###未处理问题：", "### 未处理问题"),
            ("#一、承诺##", "# 一、承诺"),
            ("**未处理问题**", "## 未处理问题"),
            ("**未处理问题**：", "## 未处理问题"),
            ("__承诺：__", "## 承诺"),
            ("##面谈概要", "## 面谈概要"),
        ] {
            let text = format!("{head}{line}\n\n- [ ] 谁算（周岚，12-4）\n");
            let filled = fill_file(VISIT, &text);
            assert_eq!(diagnostics(&text, &filled), [format!("11:1 unknown-key.no-heading {line}")]);
            assert_eq!(filled.diagnostics[0].help[0].args[0].1, said);
            assert_eq!(filled.diagnostics[0].severity, crate::diag::Severity::Warning);
        }
        for line in [
            "## 未处理问题",
            "##\t未处理问题",
            "**面谈概要**",
            "**实际结果**",
            "**重点**",
            "##二期的事",
            "#3号线",
            "## ",
            "**",
            "****",
            "```\n##未处理问题\n```",
            "    ##未处理问题",
            "> ##未处理问题",
            "见 **未处理问题**",
        ] {
            let text = format!("{head}{line}\n\n- [ ] 谁算（周岚，12-4）\n");
            assert_eq!(diagnostics(&text, &fill_file(VISIT, &text)), [""; 0], "{line}");
        }
    }

    #[test]
    fn misspelled_nested_heading_is_reported() {
        let text =
            "---\n制订人: 周岚\n---\n\n## 计划摘要\n\n二期。\n\n## 客户计划\n\n### 行动计画\n\n- [ ] 承诺书（周岚，3-31）\n";
        let filled = fill_file("客户/东澜水务/客户计划/2026.md", text);
        assert!(
            diagnostics(text, &filled).contains(&"11:5 unknown-key.heading 行动计画".to_owned()),
            "{:?}",
            diagnostics(text, &filled)
        );
    }
}
