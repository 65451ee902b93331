//! Renders a sheet as text, for terminals and tests.

use std::fmt::Write as _;

use super::{Cell, Content, Row, Sheet};
use crate::record::Record;

/// A sheet as text. `prose`: plain text of a record's prose.
pub fn text(sheet: &Sheet, prose: &dyn Fn(&Record) -> String) -> String {
    let mut out = String::new();
    let title = format!("{} {}", sheet.number(), sheet.title);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", title.trim());
    for (label, content) in &sheet.above {
        let _ = writeln!(out, "{label}：{}", texts(content, prose).join("／"));
    }
    for row in sheet.heads.iter().chain(&sheet.rows) {
        let _ = writeln!(out, "{}", line(row, prose));
    }
    for note in &sheet.notes {
        let _ = writeln!(out, "{}：{}", note.about, note.text);
    }
    let _ = writeln!(out, "{}", sheet.signs.iter().map(|sign| format!("{sign}：")).collect::<Vec<_>>().join("　"));
    out
}

fn line(row: &Row, prose: &dyn Fn(&Record) -> String) -> String {
    let cells = row.cells.iter().map(|cell| shown(cell, prose));
    format!("| {} |", cells.collect::<Vec<_>>().join(" | ")).replace("|  |", "| |").replace("|  |", "| |")
}

fn shown(cell: &Cell, prose: &dyn Fn(&Record) -> String) -> String {
    let printed: String = cell.printed.iter().map(|line| &**line).collect();
    let filled = texts(&cell.content, prose).join("／");
    match (printed.is_empty(), filled.is_empty()) {
        (false, false) if printed.ends_with('。') => format!("{printed}／{filled}"),
        (false, false) => format!("{printed}：{filled}"),
        _ => printed + &filled,
    }
}

/// The content of a field, line by line.
pub fn texts(content: &Content, prose: &dyn Fn(&Record) -> String) -> Vec<String> {
    match content {
        Content::Blank => Vec::new(),
        Content::Lines(lines) => lines.iter().map(|line| line.0.to_string()).collect(),
        Content::Amount(money) => vec![money.to_string()],
        Content::Choices(choices) => vec![choices.iter().map(super::Choice::shown).collect::<Vec<_>>().join("　")],
        Content::Prose(passages) => {
            let mut all = Vec::new();
            for passage in passages {
                all.extend((!passage.head.is_empty()).then(|| passage.head.to_string()));
                all.extend(prose(&passage.record).lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
            }
            all
        }
    }
}
