//! Lowering of a visible file to records.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Record, RecordId, key};
use crate::calendar::{Date, YearHint};
use crate::edition::Visible;
use crate::kind::{Field, FieldIndex, FieldType, FieldValues, Kind, Kinds, Name, Row, Rows, Value, number_names};
use crate::text::Fingerprint;

/// Returns the records of one file: one, or one per row for a month file.
pub fn lower(visible: Visible, kinds: &Kinds) -> Vec<Record> {
    let whole = whole_file(visible);
    let expanded = whole.kind.expands.as_ref().and_then(|(field, target)| expand(&whole, *field, kinds.get(target)?));
    expanded.unwrap_or_else(|| vec![whole]).into_iter().map(fingerprint_facts).collect()
}

/// The whole file as one record.
fn whole_file(visible: Visible) -> Record {
    let (path, file, content) = (visible.path().clone(), visible.file(), visible.content());
    let (secrecy, body, excerpt) = (visible.secrecy(), visible.body(), visible.excerpt().clone());
    let (id, customer) = (RecordId(visible.path_match().id.clone()), visible.path_match().customer.clone());
    let (fields, prose, anchors, links) = visible.into_parts();
    let (kind, date) = (fields.kind.clone(), record_date(&fields));
    let facts = Fingerprint::default();
    Record { id, kind, customer, date, fields, secrecy, prose, body, excerpt, anchors, links, path, file, content, facts }
}

/// Day of the record, for kinds that have a date field.
fn record_date(fields: &FieldValues) -> Option<Date> {
    let index = fields.kind.index_of(key::DATE)?;
    matches!(fields.kind.field(index).ty, FieldType::Date { .. }).then(|| fields.date(key::DATE))?.map(|date| date.value)
}

/// Makes a record of each row; `None` when there are no rows, so that the file itself is the record.
fn expand(whole: &Record, field: FieldIndex, target: &Arc<Kind>) -> Option<Vec<Record>> {
    let FieldType::Rows(shape) = &whole.kind.field(field).ty else { return None };
    let rows = whole.fields.rows(&whole.kind.field(field).key);
    let mut records: Vec<Record> = Vec::with_capacity(rows.len());
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for (nth, row) in rows.iter().enumerate() {
        let mut fields = row_fields(&whole.fields, shape, row, target);
        let mut id = row_id(&whole.id, &fields);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            id = format!("{id}-{count}");
        }
        let within = |at: crate::text::Span| row.span.start <= at.start && at.end <= row.span.end;
        let in_rows = |at: crate::text::Span| rows.iter().any(|row| row.span.start <= at.start && at.end <= row.span.end);
        // Content outside the rows goes to the first record, so that nothing is lost.
        let first = nth == 0;
        if first {
            fields.unknown.clone_from(&whole.fields.unknown);
        }
        let links = whole.links.iter().filter(|link| within(link.link.span) || (first && !in_rows(link.link.span)));
        records.push(Record {
            id: RecordId(id.into()),
            kind: target.clone(),
            date: record_date(&fields),
            links: links.cloned().collect(),
            fields,
            prose: if first { whole.prose.clone() } else { Vec::new() },
            body: if first { whole.body } else { Fingerprint::default() },
            excerpt: if first { whole.excerpt.clone() } else { "".into() },
            anchors: if first { whole.anchors.clone() } else { Vec::new() },
            ..whole.clone()
        });
    }
    (!records.is_empty()).then_some(records)
}

/// Converts a row's cells to fields of the target kind. Fields of the file (标签, 最后核实) apply to every row.
fn row_fields(file: &FieldValues, shape: &Rows, row: &Row, target: &Arc<Kind>) -> FieldValues {
    let mut values: Vec<(FieldIndex, Value)> = Vec::with_capacity(row.cells.len() + 2);
    for (index, value) in &row.cells {
        if let Some(index) = target.index_of(&shape.field(*index).key) {
            values.push((index, value.clone()));
        }
    }
    anchor_of_row(&mut values, &row.tail, target);
    for (index, value) in &file.values {
        let field = file.kind.field(*index);
        if let Some(there) = target.index_of(&field.key)
            && !values.iter().any(|(at, _)| *at == there)
            && target.field(there).ty == field.ty
        {
            values.push((there, value.clone()));
        }
    }
    values.sort_by_key(|(index, _)| *index);
    number_names(&mut values);
    FieldValues { kind: target.clone(), values, unknown: Vec::new() }
}

/// Assigns the remaining names by order, first theirs, then ours, as in `11-03 电话 沈丽萍 周岚`.
fn anchor_of_row(values: &mut Vec<(FieldIndex, Value)>, tail: &[Name], target: &Kind) {
    let mut names = tail.iter().cloned();
    for key in [key::PEOPLE, key::STAFF] {
        let Some(index) = target.index_of(key) else { continue };
        if values.iter().any(|(at, _)| *at == index) {
            continue;
        }
        if let Some(name) = names.next() {
            values.push((index, Value::Names(vec![name])));
        }
    }
    let rest: Vec<Name> = names.collect();
    if let (false, Some(index)) = (rest.is_empty(), target.index_of(key::PEOPLE)) {
        match values.iter_mut().find(|(at, _)| *at == index) {
            Some((_, Value::Names(there))) => there.extend(rest),
            _ => values.push((index, Value::Names(rest))),
        }
    }
}

/// Id of a row: `<id>#<date>-<first name>` (`decisions.md` 22).
fn row_id(file: &RecordId, fields: &FieldValues) -> String {
    let day = record_date(fields).map_or_else(|| "undated".to_owned(), |day| day.to_string());
    let named = |key: &str| fields.names(key).first();
    let first = named(key::PEOPLE).or_else(|| named(key::STAFF));
    let first = first.or_else(|| named(key::FROM)).or_else(|| named(key::CUSTOMER));
    // A linked name is a path; the last segment is the name.
    match first.map(|name| name.text.rsplit('/').next().unwrap_or(&name.text)) {
        Some(name) => format!("{file}#{day}-{name}"),
        None => format!("{file}#{day}"),
    }
}

/// Sets the fingerprint of the record's facts: everything except bytes, spans and prose text. Whether there is prose is
/// a fact (a contact without a report is a finding), its wording is not.
fn fingerprint_facts(mut record: Record) -> Record {
    let links: Vec<_> =
        record.links.iter().map(|link| (link.link.kind, &link.link.target, &link.link.label, link.level)).collect();
    record.facts = Fingerprint::of_hash(&(
        (&record.id, &record.kind.key, &record.customer, record.date),
        (&record.fields, record.secrecy, record.prose.is_empty()),
        (&record.anchors, links, &record.path.0),
    ));
    record
}

/// The latest stated day in the fields, at any depth. Skips due and next dates, and fields about appointments or
/// intentions.
pub(super) fn latest(fields: &FieldValues) -> Option<Date> {
    let values = fields.values.iter().map(|(index, value)| (fields.kind.field(*index), value));
    values.filter_map(|(field, value)| latest_of(field, value)).max()
}

fn latest_of(field: &Field, value: &Value) -> Option<Date> {
    match (&field.ty, value) {
        _ if field.ahead => None,
        (FieldType::Date { year_hint }, Value::Date(date)) => (*year_hint != YearHint::OnOrAfter).then_some(date.value),
        (FieldType::Rows(shape), Value::Rows(rows)) => {
            let cells = rows.iter().flat_map(|row| &row.cells);
            cells.filter_map(|(index, value)| latest_of(shape.field(*index), value)).max()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, Edition};
    use crate::document;
    use crate::edition::redact;
    use crate::text::FileId;

    fn lowered(path: &str, text: &str) -> Vec<Record> {
        let (config, diagnostics) = config::read("company: 远川自动化工程股份有限公司\n", FileId(0));
        let config = config.unwrap_or_else(|| panic!("a policy of one line: {diagnostics:?}"));
        let path = path.into();
        let place = config.kinds.match_path(&path).expect("a path of the archive");
        let document = document::read(&path, place, FileId(1), text.as_bytes(), &config);
        let full = Edition { key: "full".to_owned(), label: "全本".to_owned(), ceiling: 3 };
        lower(redact(document, &full).expect("the full edition shows all"), &config.kinds)
    }

    const VISIT: &str =
        "---\n拜访人: 周岚\n拜访对象: 沈丽萍\n商谈计划: b\n成果: C\n填写日期: 11-21\n下次联系: 12-1\n---\n\n见面谈了备件。\n";

    #[test]
    fn file_lowers_to_one_record() {
        let records = lowered("客户/东澜水务/拜访/2026-11-20.md", VISIT);
        let [record] = &records[..] else { panic!("one record") };
        assert_eq!(record.id.as_str(), "customers/东澜水务/visits/2026-11-20");
        assert_eq!((record.customer.as_deref(), &*record.kind.key), (Some("东澜水务"), "visit"));
        assert_eq!(record.date, Some(jiff::civil::date(2026, 11, 20)));
        assert_eq!(record.latest(), Some(jiff::civil::date(2026, 11, 21)), "the next contact is not yet stated fact");
        assert_eq!(&*record.excerpt, "见面谈了备件。");
    }

    #[test]
    fn appointment_dates_do_not_count_as_latest() {
        let project = "---\n阶段变化:\n  - 2026-10-30 跟踪\n招标日期: 2026-12-15\n合同:\n  质保到期: 2028-12-20\n---\n";
        let records = lowered("客户/东澜水务/项目/扩建.md", project);
        assert_eq!(records[0].latest(), Some(jiff::civil::date(2026, 10, 30)));
    }

    #[test]
    fn planned_dates_do_not_count_as_latest() {
        let plan =
            "---\n提交日期: 2026-10-30\n---\n| 日期 | 单位 | 变动 |\n|---|---|---|\n| 11-24 | 华东院 | 改 11-30，开会 |\n";
        let records = lowered("拜访计划书/2026-11/周岚.md", plan);
        assert_eq!(records[0].latest(), Some(jiff::civil::date(2026, 10, 30)));
    }

    #[test]
    fn facts_fingerprint_ignores_prose() {
        let facts = |text: &str| lowered("客户/东澜水务/拜访/2026-11-20.md", text)[0].facts;
        let there = facts(VISIT);
        assert_eq!(there, facts(&VISIT.replace("见面谈了备件", "见面谈了备件和付款")), "prose");
        assert_eq!(there, facts(&VISIT.replace("拜访人: 周岚\n", "拜访人:   周岚\n")), "place");
        assert_ne!(there, facts(&VISIT.replace("成果: C", "成果: B")));
        assert_ne!(there, facts(&VISIT.replace("见面谈了备件。\n", "")), "a report is there or not");
        assert_ne!(there, facts(&VISIT.replace("见面", "见面 [[邱志远]] ")), "a link may be resolved otherwise");
    }

    const MONTH: &str = "\
---
标签: 短接触
---

这个月去得少。

- 11-03 电话 沈丽萍：问[[备件]]到货（周岚，下次 11-20）
- 11-03 微信 沈丽萍：又问（周岚）
- 11-05 电话 [[集团/邱志远|邱总]] 周岚
";

    #[test]
    fn month_rows_lower_to_contacts() {
        let records = lowered("客户/东澜水务/接触/2026-11.md", MONTH);
        let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
        let month = "customers/东澜水务/contacts/2026-11";
        let expected = [
            format!("{month}#2026-11-03-沈丽萍"),
            format!("{month}#2026-11-03-沈丽萍-2"),
            format!("{month}#2026-11-05-邱志远"),
        ];
        assert_eq!(ids, expected);
        for record in &records {
            assert_eq!(&*record.kind.key, "contact");
            assert_eq!(&*record.fields.texts("tags")[0].value, "短接触");
            assert_eq!(&*record.fields.names("staff")[0].text, "周岚");
            assert_eq!(record.fields.names("people")[0].id.0 + record.fields.names("staff")[0].id.0, 1, "numbered by record");
        }
        assert_eq!(records[0].fields.rows("next").len(), 1);
        assert_eq!(records[0].links.iter().map(|link| &*link.link.target).collect::<Vec<_>>(), ["备件"]);
        assert_eq!(records[1].links, []);
        assert_eq!((records[0].prose.len(), records[1].prose.len()), (1, 0), "words beside the rows stay with the first");
    }

    #[test]
    fn empty_month_lowers_to_one_record() {
        let records = lowered("客户/东澜水务/接触/2026-11.md", "---\n标签: 短接触\n---\n");
        assert_eq!(records.iter().map(|record| &*record.kind.key).collect::<Vec<_>>(), ["contact-month"]);
    }
}
