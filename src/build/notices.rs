//! Diagnostics and findings in one form and order, for `check`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ReadArchive, SourceTexts};
use crate::archive::Archive;
use crate::diag::Notice;
use crate::i18n::Message;
use crate::kind::Value;
use crate::record::{Record, RecordId};
use crate::rule::{Evidence, Finding};
use crate::text::Span;

/// All diagnostics and findings, in order of path and position. A finding is placed at its first evidence
/// (`decisions.md` 14); further evidence becomes labels.
pub fn notices(read: &ReadArchive, texts: &SourceTexts<'_>) -> Vec<Notice> {
    let records = by_id(&read.archive);
    let findings = read.findings.values().flat_map(|found| found.iter()).map(|finding| notice(finding, &records));
    let mut all: Vec<Notice> = read.diagnostics.iter().map(Notice::from).chain(findings).collect();
    all.sort_by_cached_key(|notice| {
        let span = notice.span.unwrap_or_default();
        let path: Option<Arc<str>> = notice.span.and_then(|span| texts.path(span.file).cloned());
        (path, span.start, span.end, notice.word == FINDING, notice.code.clone())
    });
    all
}

/// Marks a finding among the facts.
const FINDING: &str = "finding";

/// A finding as a notice. `records`: where its evidence is looked up.
pub(super) fn notice(finding: &Finding, records: &BTreeMap<&RecordId, &Record>) -> Notice {
    let mut places = finding.evidence.iter().filter_map(|evidence| Some((place(evidence, records)?, &evidence.record)));
    let first = places.next().map(|(span, _)| span).or_else(|| {
        let subject = Evidence { record: finding.subject.clone(), field: None, row: None };
        place(&subject, records)
    });
    let mut facts = vec![(FINDING.to_owned(), "true".to_owned())];
    facts.push(("customer".to_owned(), finding.customer.id.to_string()));
    facts.push(("subject".to_owned(), finding.subject.id.to_string()));
    if !finding.staff.is_empty() {
        let staff: Vec<&str> = finding.staff.iter().map(|entry| &*entry.name).collect();
        facts.push(("staff".to_owned(), staff.join("、")));
    }
    if let Some(due) = finding.due {
        facts.push(("due".to_owned(), due.to_string()));
    }
    if !finding.rule.clauses.is_empty() {
        facts.push(("clauses".to_owned(), finding.rule.clauses.join("、")));
    }
    Notice {
        code: finding.rule.code.to_owned(),
        word: finding.severity.word(),
        severity: finding.severity,
        span: first,
        message: finding.message.clone(),
        labels: places
            .filter(|(span, _)| first.is_none_or(|first| first != *span))
            .map(|(span, entry)| (span, Message::new("cli.check.evidence").with("name", &entry.name)))
            .collect(),
        help: Vec::new(),
        facts,
    }
}

/// Span of a piece of evidence: the row, else the field, else the start of the record.
fn place(evidence: &Evidence, records: &BTreeMap<&RecordId, &Record>) -> Option<Span> {
    let record = records.get(&evidence.record.id)?;
    let value = evidence.field.and_then(|field| record.fields.get(field));
    let row = evidence.row.and_then(|row| match value? {
        Value::Rows(rows) => rows.get(row as usize).map(|row| row.span),
        Value::Names(names) => names.get(row as usize).map(|name| name.span),
        Value::Texts(texts) => texts.get(row as usize).map(|text| text.span),
        _ => None,
    });
    row.or_else(|| value.and_then(Value::span)).or_else(|| Some(span_of_file(record)))
}

/// Start of a record: the start of its file or, if it is one of several rows, its first field.
fn span_of_file(record: &Record) -> Span {
    let is_row = record.id.as_str().contains('#');
    let said = record.fields.values.iter().filter_map(|(_, value)| value.span()).filter(|span| is_row && span.start < span.end);
    said.min_by_key(|span| span.start).unwrap_or(Span::new(record.file, 0, 0))
}

fn by_id(archive: &Archive) -> BTreeMap<&RecordId, &Record> {
    let inner = archive.dossiers.values().flat_map(|dossier| dossier.records());
    inner.chain(archive.shared_and_staff_records()).map(|record| (&record.id, &**record)).collect()
}
