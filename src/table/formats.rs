//! Renders a table as CSV, JSON or terminal text.

use unicode_width::UnicodeWidthStr;

use super::{Cell, Table};
use crate::archive::DueState;
use crate::calendar::{AsOf, Date};
use crate::i18n::{Catalog, Message};

/// Renders CSV: UTF-8 with a byte order mark, CRLF, a guard before cells that look like a spreadsheet formula. A due
/// date is followed by a column with the days left at `as_of` (negative when overdue).
pub fn to_csv(table: &Table, as_of: AsOf, words: &Catalog) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let due = due_columns(table);
    let mut record = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        record.push(escape_formula(words.format(&column.label)));
        if due[at] {
            record.push(words.get("table.days-left").to_owned());
        }
    }
    // Writing to memory cannot fail.
    let _ = writer.write_record(&record);
    for row in &table.rows {
        record.clear();
        for (at, cell) in row.cells.iter().enumerate() {
            record.push(escape_formula(cell_text(cell, words)));
            if due[at] {
                record.push(due_date(cell).map_or(String::new(), |(day, _)| days_left(day, as_of).to_string()));
            }
        }
        let _ = writer.write_record(&record);
    }
    writer.into_inner().unwrap_or_default()
}

/// Renders JSON: `{name, title, as_of, columns: [{key, label}], rows: [{key: value, …}]}`, indented by two, with a
/// newline at the end. Dates are `YYYY-MM-DD`, people are lists, a due date is `{date, state, days_left}`.
pub fn to_json(table: &Table, as_of: AsOf, words: &Catalog) -> String {
    let mut columns = Vec::new();
    for column in &table.columns {
        let mut object = serde_json::Map::new();
        object.insert("key".to_owned(), column.key.into());
        object.insert("label".to_owned(), words.format(&column.label).into());
        columns.push(serde_json::Value::Object(object));
    }
    let rows: Vec<serde_json::Value> = table
        .rows
        .iter()
        .map(|row| {
            let cells = table.columns.iter().zip(&row.cells);
            serde_json::Value::Object(cells.map(|(column, cell)| (column.key.to_owned(), value(cell, as_of, words))).collect())
        })
        .collect();
    let mut whole = serde_json::Map::new();
    whole.insert("name".to_owned(), table.name.into());
    whole.insert("title".to_owned(), words.format(&table.title).into());
    whole.insert("as_of".to_owned(), as_of.0.to_string().into());
    whole.insert("columns".to_owned(), columns.into());
    whole.insert("rows".to_owned(), rows.into());
    let mut out = serde_json::to_string_pretty(&serde_json::Value::Object(whole)).unwrap_or_default();
    out.push('\n');
    out
}

/// Renders a table for a terminal of `width` columns (`None`: unlimited), counting Han characters as two. Cells that do
/// not fit are truncated with `…`, the widest columns first.
pub fn to_terminal(table: &Table, as_of: AsOf, words: &Catalog, width: Option<usize>) -> String {
    let mut lines: Vec<Vec<String>> = vec![table.columns.iter().map(|column| words.format(&column.label)).collect()];
    for row in &table.rows {
        lines.push(row.cells.iter().map(|cell| terminal_text(cell, as_of, words)).collect());
    }
    let count = table.columns.len();
    let mut widths: Vec<usize> =
        (0..count).map(|at| lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.width()).max().unwrap_or(0)).collect();
    if let Some(width) = width {
        let gaps = 2 * count.saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > width {
            let Some(widest) = widths.iter_mut().max_by_key(|width| **width) else { break };
            if *widest <= 6 {
                break;
            }
            *widest -= 1;
        }
    }
    let mut out = words.format(&table.title);
    out.push_str(&format!("  {}\n\n", words.format(&Message::new("table.as-of").with("date", as_of.0))));
    for (number, line) in lines.iter().enumerate() {
        let mut drawn = String::new();
        for (at, cell) in line.iter().enumerate() {
            let cell = truncate(cell, widths[at]);
            let pad = " ".repeat(widths[at].saturating_sub(cell.width()));
            let (before, after) = if table.columns[at].number { (pad.as_str(), "") } else { ("", pad.as_str()) };
            drawn.push_str(before);
            drawn.push_str(&cell);
            drawn.push_str(after);
            drawn.push_str("  ");
        }
        out.push_str(drawn.trim_end());
        out.push('\n');
        if number == 0 {
            out.push_str(&"─".repeat(widths.iter().sum::<usize>() + 2 * count.saturating_sub(1)));
            out.push('\n');
        }
    }
    if table.rows.is_empty() {
        out.push_str(words.get("table.empty"));
        out.push('\n');
    }
    out
}

/// A cell as plain text, without days left.
pub fn cell_text(cell: &Cell, words: &Catalog) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Message(say) => words.format(say),
        Cell::Date(day) | Cell::Due(day, _) => day.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Record(entry) => entry.name.to_string(),
        Cell::People(people) => people.iter().map(|who| who.name()).collect::<Vec<_>>().join("、"),
        Cell::List(cells) => {
            cells.iter().map(|cell| cell_text(cell, words)).collect::<Vec<_>>().join(words.get("table.between"))
        }
        Cell::Evidence(inner, _) => cell_text(inner, words),
    }
}

/// The message for a due date relative to `as_of`: `逾期 6 天`, `今天到期`, `还有 3 天`.
pub fn due_message(day: Date, as_of: AsOf) -> Message {
    match days_left(day, as_of) {
        0 => Message::new("table.due-today"),
        left if left < 0 => Message::new("table.days-over").with("days", -left),
        left => Message::new("table.days-ahead").with("days", left),
    }
}

fn terminal_text(cell: &Cell, as_of: AsOf, words: &Catalog) -> String {
    match due_date(cell) {
        Some((day, _)) => format!("{day} {}", words.format(&due_message(day, as_of))),
        None => cell_text(cell, words).replace(['\n', '\r', '\t'], " "),
    }
}

fn value(cell: &Cell, as_of: AsOf, words: &Catalog) -> serde_json::Value {
    match cell {
        Cell::Empty => serde_json::Value::Null,
        Cell::Number(number) => (*number).into(),
        Cell::People(people) => people.iter().map(|who| who.name().to_owned()).collect::<Vec<_>>().into(),
        Cell::Due(day, state) => {
            let mut object = serde_json::Map::new();
            object.insert("date".to_owned(), day.to_string().into());
            object.insert("state".to_owned(), due_state_key(*state).into());
            object.insert("days_left".to_owned(), days_left(*day, as_of).into());
            serde_json::Value::Object(object)
        }
        Cell::List(cells) => cells.iter().map(|cell| value(cell, as_of, words)).collect::<Vec<_>>().into(),
        Cell::Evidence(inner, _) => value(inner, as_of, words),
        other => cell_text(other, words).into(),
    }
}

/// `overdue`, `soon` or `ahead`, for JSON, CSS classes and catalogue keys.
pub fn due_state_key(state: DueState) -> &'static str {
    match state {
        DueState::Overdue => "overdue",
        DueState::Soon => "soon",
        DueState::Ahead => "ahead",
    }
}

fn due_columns(table: &Table) -> Vec<bool> {
    (0..table.columns.len())
        .map(|at| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| due_date(cell).is_some())))
        .collect()
}

fn due_date(cell: &Cell) -> Option<(Date, DueState)> {
    match cell {
        Cell::Due(day, state) => Some((*day, *state)),
        Cell::Evidence(inner, _) => due_date(inner),
        _ => None,
    }
}

fn days_left(day: Date, as_of: AsOf) -> i32 {
    -as_of.days_since(day)
}

/// A spreadsheet reads a cell with such a first character as a formula; an apostrophe makes it text again.
fn escape_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) { format!("'{cell}") } else { cell }
}

fn truncate(cell: &str, width: usize) -> String {
    if cell.width() <= width {
        return cell.to_owned();
    }
    let mut kept = String::new();
    for character in cell.chars() {
        let mut longer = kept.clone();
        longer.push(character);
        if longer.width() + 1 > width {
            break;
        }
        kept = longer;
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::table::{Column, Row};

    fn table() -> Table {
        let column = |key, label: &str, number| Column { key, label: Message::new(label), number };
        let row = |name: &str, day: Cell, count| Row {
            cells: vec![Cell::Text(name.to_owned()), day, Cell::Number(count)],
            staff: Vec::new(),
            customer: None,
        };
        Table {
            name: "due",
            title: Message::new("逾期"),
            note: None,
            columns: vec![column("who", "对象", false), column("next", "下次", false), column("times", "次数", true)],
            rows: vec![
                row("沈丽萍", Cell::Due(jiff::civil::date(2026, 11, 18), DueState::Overdue), 3),
                row("=1+1", Cell::Empty, 12),
            ],
        }
    }

    const TODAY: AsOf = AsOf(jiff::civil::date(2026, 11, 24));

    #[test]
    fn csv_formulas_are_neutralized() {
        let bytes = to_csv(&table(), TODAY, Catalog::of(Lang::Zh));
        let text = String::from_utf8(bytes).expect("utf-8");
        assert_eq!(text, "\u{feff}对象,下次,天数,次数\r\n沈丽萍,2026-11-18,-6,3\r\n'=1+1,,,12\r\n");
    }

    #[test]
    fn json_contains_dates_and_states() {
        let text = to_json(&table(), TODAY, Catalog::of(Lang::Zh));
        let value: serde_json::Value = serde_json::from_str(&text).expect("json");
        assert_eq!(value["rows"][0]["next"]["days_left"], -6);
        assert_eq!(value["rows"][0]["next"]["state"], "overdue");
        assert_eq!(value["rows"][1]["next"], serde_json::Value::Null);
        assert_eq!(value["as_of"], "2026-11-24");
    }

    #[test]
    fn han_characters_are_two_columns_wide() {
        let text = to_terminal(&table(), TODAY, Catalog::of(Lang::Zh), None);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[2], "对象    下次                  次数");
        assert_eq!(lines[4], "沈丽萍  2026-11-18 逾期 6 天     3");
    }

    #[test]
    fn narrow_terminal_truncates_widest_column() {
        let text = to_terminal(&table(), TODAY, Catalog::of(Lang::Zh), Some(30));
        assert!(text.lines().skip(2).all(|line| line.width() <= 30), "{text}");
        assert!(text.contains('…'));
    }
}
