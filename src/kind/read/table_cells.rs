//! Handles table rows with more or fewer cells than the header.

use std::sync::Arc;

use super::scalar::number;
use super::{TextPiece, ValueReader, is_nothing, yes_or_no};
use crate::calendar::{YearHint, parse_birthday, parse_date, parse_loose_date, parse_month, parse_period};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::{Field, FieldIndex, FieldType, Money, Need, Rows};
use crate::markdown::Cell;
use crate::text::Span;

impl ValueReader<'_> {
    /// Whether it is certain which column each cell of a row belongs to. Markdown allows a row to end early; that is
    /// accepted only if, with any other cell left out, a later cell would not fit its column.
    pub(super) fn align_cells(&self, rows: &Rows, columns: &[Option<FieldIndex>], line: &[Cell], written: usize) -> bool {
        let Some(missing) = columns.len().checked_sub(written) else { return false };
        if missing == 0 {
            return true;
        }
        let sub = |at: usize| columns.get(at).copied().flatten().map(|index| rows.field(index));
        let suits = |cell: usize, at: usize| sub(at).is_none_or(|sub| self.cell_fits(sub, line[cell].value.trim()));
        let may_lack = |at: usize| sub(at).is_none_or(|sub| sub.need != Need::Required);
        // Cells from `gap` on are shifted by `missing` columns.
        let possible = |gap: usize| {
            (gap..gap + missing).all(may_lack)
                && (0..written.min(line.len())).all(|cell| suits(cell, if cell < gap { cell } else { cell + missing }))
        };
        possible(written) && !(0..written).any(possible)
    }

    /// Whether a cell's text could be a value of its column.
    fn cell_fits(&self, sub: &Field, text: &str) -> bool {
        if text.is_empty() {
            return sub.need != Need::Required;
        }
        if is_nothing(text) {
            return true;
        }
        let near = self.year_context(YearHint::Nearest);
        match &sub.ty {
            FieldType::Date { .. } => parse_date(super::scalar::without_weekday(text), near).is_ok(),
            FieldType::Loose => parse_loose_date(text, near.map(|near| near.day)).is_ok(),
            FieldType::Month => parse_month(text).is_ok(),
            FieldType::Period => parse_period(text).is_ok(),
            FieldType::Birthday => parse_birthday(text).is_ok(),
            FieldType::Money => Money::read(text).is_some(),
            FieldType::Number { .. } => number(text).is_some(),
            FieldType::YesNo => yes_or_no(text).is_some(),
            FieldType::Code { of, .. } => self.kinds.codes(of).is_some_and(|list| list.read(text).is_some()),
            FieldType::Names { .. } => !text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(char::is_alphabetic),
            FieldType::Text | FieldType::Texts | FieldType::Words | FieldType::Prose | FieldType::Rows(_) => true,
        }
    }

    /// Reports such a row and keeps its text.
    pub(super) fn report_misaligned(&mut self, field: &Field, cells: usize, columns: usize, span: Span) {
        let diagnostics =
            Diagnostic::new(Code::WrongShape, span).variant("cells").with("cells", cells).with("columns", columns);
        let help = if cells < columns { "help.cells-few" } else { "help.cells-many" };
        let piece = TextPiece::at(self.source, span, true);
        self.unknown.push(crate::kind::UnknownKey {
            key: crate::text::Spanned::new(field.label.clone(), span),
            text: Arc::from(piece.text),
        });
        self.diagnostics.push(diagnostics.help(Message::new(help)));
    }
}

#[cfg(test)]
mod tests {
    use crate::kind::test_fields::{diagnostics, field, fields_text, fill_file};

    const PLAN: &str = "拜访计划书/2026-12/宋佳.md";
    const HEAD: &str = "---\n提交日期: 2026-11-23\n---\n\n| 日期 | 单位 | 对象 | 目的 | 目标 | 同行人 | 费用预计 |\n|---|---|---|---|---|---|---|\n";

    #[test]
    fn cell_count_mismatch_is_reported_once() {
        for (row, wrong) in [
            ("| 12-2 | 北部供水 | 韩松 | 3B | 停池顺序表签字 | 100 |", "12-2 | 北部供水 | 韩松 | 3B | 停池顺序表签字 | 100 |"),
            ("| 12-2 | 北部供水 | 韩松 | 3B | 白璐 | 100 |", "12-2 | 北部供水 | 韩松 | 3B | 白璐 | 100 |"),
            (
                "| 12-2 | 北部供水 | 韩松 | 3B | 签字 | 白璐 | 100 | 多 |",
                "12-2 | 北部供水 | 韩松 | 3B | 签字 | 白璐 | 100 | 多",
            ),
            ("| 12-2 | 北部供水 | 韩松 | 3B | 签|字 | 白璐 | 100 |", "12-2 | 北部供水 | 韩松 | 3B | 签|字 | 白璐 | 100"),
        ] {
            let text = format!("{HEAD}{row}\n| 12-8 | 澜江水务 | 邵东平 | 3A | 再碰一次 | | 100 |\n");
            let filled = fill_file(PLAN, &text);
            assert_eq!(diagnostics(&text, &filled), [format!("7:3 wrong-shape.cells {wrong}")]);
            assert!(fields_text(&filled).contains(&format!("? 安排: {wrong}")), "{}", fields_text(&filled));
            assert_eq!(field(&filled, "visits").matches('[').count(), 1);
        }
        let text = format!("{HEAD}| 12-2 | 北部供水 | 韩松 | 3B | 签字 | 100 |\n");
        let one = fill_file(PLAN, &text);
        assert_eq!(
            diagnostics(&text, &one),
            ["7:3 wrong-shape.cells 12-2 | 北部供水 | 韩松 | 3B | 签字 | 100 |"],
            "and none is missing"
        );
        let said: Vec<&str> = one.diagnostics[0].message.args.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(said, ["6", "7"]);
    }

    #[test]
    fn unambiguous_short_row_is_accepted() {
        for row in [
            "| 12-2 | 北部供水 | 韩松 | 3B | 签字 | 白璐 |",
            "| 12-2 | 北部供水 | 韩松 | 3B | 签字",
            "| 12-2 | 北部供水 | 韩松 | 3B | 签字 | 白璐 | 100 | |",
            "| 12-2 | [[北部供水|北供]] | 韩松 | 3B | 签\\|字 | 白璐 | 100 |",
        ] {
            let text = format!("{HEAD}{row}\n");
            let filled = fill_file(PLAN, &text);
            assert_eq!(diagnostics(&text, &filled), [""; 0], "{row}");
            assert!(field(&filled, "visits").contains("goal 签"), "{row}");
        }
        // Either of two columns of names may be the omitted one.
        let customer = "---\n单位名称: 北部供水\n负责人: 宋佳\n---\n\n## 机构\n\n| 机构 | 类别 | 所处地点 | 主要联系人 | 负责人 |\n|---|---|---|---|---|\n| 一厂 | 分公司 | 韩松 | 宋佳 |\n";
        let said = diagnostics(customer, &fill_file("客户/北部供水/客户.md", customer));
        assert_eq!(said, ["10:3 wrong-shape.cells 一厂 | 分公司 | 韩松 | 宋佳 |"]);
    }
}
