//! Recovers list rows whose `- ` is missing: Markdown treats such a line as a continuation of the previous item.

use super::ValueReader;
use super::scalar::without_weekday;
use crate::calendar::{DateError, parse_date};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Rows;
use crate::markdown::{Item, join_lines, parse_checkbox};
use crate::text::{Span, Spanned};

/// One row within a list item.
pub(super) struct RowPart {
    /// The state of its checkbox.
    pub tick: Option<bool>,
    /// Its text.
    pub text: Spanned<String>,
}

impl ValueReader<'_> {
    /// Splits an item with missing list marks into its rows; `None` if it is one row, the usual case. A line starts a
    /// row if it is not indented and starts like the item: with a checkbox, or a date in the same notation.
    pub(super) fn unmarked_rows(&mut self, rows: &Rows, item: &Item) -> Option<Vec<RowPart>> {
        let source = self.source;
        let raw = source.get(item.text.span.range()).filter(|raw| raw.contains('\n'))?;
        let day = rows.index_of("date").and_then(|_| day_of(raw));
        // For each row: start offset, checkbox, length of the checkbox.
        let mut begins = vec![(0, item.tick, 0)];
        let mut at = 0;
        for line in raw.split_inclusive('\n') {
            let boxed = parse_checkbox(line).filter(|_| item.tick.is_some());
            let is_dated = day.is_some() && day_of(line) == day;
            if at > 0 && (boxed.is_some() || is_dated) {
                let (ticked, length) = boxed.map_or((None, 0), |(ticked, length)| (Some(ticked), length));
                begins.push((at, ticked, length));
            }
            at += line.len();
        }
        if begins.len() < 2 {
            return None;
        }
        let (file, start) = (item.text.span.file, item.text.span.start.index());
        let ends = begins.iter().skip(1).map(|(at, ..)| *at).chain([raw.len()]);
        let part = |((from, tick, boxed), to): (&(usize, Option<bool>, usize), usize)| {
            let written = raw[*from..to].trim_end();
            let place = Span::new(file, start + from, start + from + written.len());
            RowPart { tick: *tick, text: Spanned::new(join_lines(written[*boxed..].lines()), place) }
        };
        let parts: Vec<RowPart> = begins.iter().zip(ends).map(part).collect();
        for part in &parts[1..] {
            let begin = part.text.span.start.index();
            let line = source[part.text.span.range()].lines().next().unwrap_or_default();
            let diagnostics = Diagnostic::new(Code::KeyboardSlip, Span::new(file, begin, begin + line.len())).variant("dash");
            let help = [Message::new("help.write-line").with("line", format!("- {line}")), Message::new("help.fix")];
            self.diagnostics
                .push(help.into_iter().fold(diagnostics.fix(Span::new(file, begin, begin), "- "), Diagnostic::help));
        }
        Some(parts)
    }
}

/// The notation of the date at the start of a line, as the set of its marks; `None` if there is no date.
fn day_of(line: &str) -> Option<Vec<char>> {
    let (head, _) = line.split_once([' ', '\u{3000}'])?;
    let day = without_weekday(head);
    if !day.starts_with(|c: char| c.is_ascii_digit()) || matches!(parse_date(day, None), Err(DateError::NotADate)) {
        return None;
    }
    let mut signs: Vec<char> = day.chars().filter(|c| !c.is_numeric()).collect();
    signs.sort_unstable();
    signs.dedup();
    Some(signs)
}

#[cfg(test)]
mod tests {
    use crate::kind::test_fields::{diagnostics, field, fill_file};

    fn visit(body: &str) -> String {
        format!("---\n日期: 2026-11-20\n拜访人: 周岚\n拜访对象: 邱志远\n目的: 3A\n成果: C\n商谈计划: b\n---\n{body}")
    }

    #[test]
    fn leading_date_or_checkbox_starts_row() {
        let text = visit(
            "## 承诺\n\n- [ ] 备件承诺书（对邱志远，周岚，\n12-1）\n[x] 补业绩（对沈丽萍，何俊，11-25）\n  差一个章\n[ ]寄样本（对邱志远，周岚，12-8）\n",
        );
        let visit = fill_file("customers/dl/visits/2026-11-20.md", &text);
        assert_eq!(
            field(&visit, "promises"),
            "[_ | #1 | what 备件承诺书 | to 邱志远 | owner 周岚 | due 2026-12-01] \
             [x | #2 | what 补业绩（对沈丽萍，何俊，11-25）差一个章] \
             [_ | #3 | what 寄样本 | to 邱志远 | owner 周岚 | due 2026-12-08]"
        );
        assert_eq!(
            diagnostics(&text, &visit),
            [
                "13:1 keyboard-slip.dash [x] 补业绩（对沈丽萍，何俊，11-25）",
                "15:1 keyboard-slip.dash [ ]寄样本（对邱志远，周岚，12-8）"
            ]
        );
    }

    #[test]
    fn other_leading_numbers_continue_row() {
        let text = visit(
            "## 信息\n\n- 11-18 年底招标（邱志远，1级）\n11-19 推到明年（沈丽萍，2级）\n3.5 万元是含税价\n11-20起停产\n  11-21 开会再说\n",
        );
        let visit = fill_file("customers/dl/visits/2026-11-20.md", &text);
        assert_eq!(
            field(&visit, "information"),
            "[fact 年底招标 | level 1 客户企业公开资料 | person 邱志远 | date 2026-11-18] \
             [fact 推到明年（沈丽萍，2级） 3.5 万元是含税价 11-20起停产 11-21 开会再说 | date 2026-11-19]"
        );
        assert_eq!(diagnostics(&text, &visit), ["12:1 keyboard-slip.dash 11-19 推到明年（沈丽萍，2级）"]);
    }
}
