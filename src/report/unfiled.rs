//! 未建档人员: people who were met and have no record, with the command that creates one.

use super::{Findings, Report};
use crate::archive::Archive;
use crate::i18n::Message;
use crate::rule::RuleContext;
use crate::table::{Cell, Column, Row, Table};

/// The report.
pub const REPORT: Report = Report { name: "unfiled", reads: &["visit.people", "contact.people"], tabulate };

fn tabulate(archive: &Archive, _: &Findings, _: &RuleContext<'_>) -> Table {
    let mut rows = Vec::new();
    for dossier in archive.dossiers.values() {
        for (name, note, records) in &dossier.unregistered {
            let newest = records.first();
            let mut staff: Vec<_> = dossier.owner().cloned().into_iter().collect();
            if let Some(event) = newest.and_then(|entry| dossier.events.iter().find(|event| event.entry.id == entry.id)) {
                staff.extend(event.ours.iter().filter_map(|who| who.entry()).cloned());
            }
            let unit = dossier.entry.short.as_ref().unwrap_or(&dossier.entry.name);
            rows.push(Row {
                cells: vec![
                    Cell::Text(name.to_string()),
                    note.as_ref().map_or(Cell::Empty, |note| Cell::Text(note.to_string())),
                    Cell::Record(dossier.entry.clone()),
                    Cell::Number(records.len() as i64),
                    newest.map_or(Cell::Empty, |entry| Cell::Record(entry.clone())),
                    Cell::Text(format!("kedang new person {unit}/{name}")),
                ],
                staff,
                customer: Some(dossier.entry.clone()),
            });
        }
    }
    let column =
        |key: &'static str| Column { key, label: Message::new(format!("report.unfiled.{key}")), number: key == "times" };
    Table {
        name: REPORT.name,
        title: Message::new("report.unfiled"),
        note: Some(Message::new("report.unfiled.note")),
        columns: ["name", "bracket", "customer", "times", "last", "command"].map(column).into(),
        rows,
    }
}
