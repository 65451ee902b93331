//! The index page of each kind of department record.

use std::collections::BTreeMap;

use super::{Section, SectionCell};
use crate::archive::{Archive, DueState, MarketReport, Party, issued};
use crate::calendar::{AsOf, Month};
use crate::record::key;
use crate::route;
use crate::rule::market_report_late;
use crate::view::{Link, Linker, StateTag, TextRuns};

/// The tables of an index.
pub(super) fn sections(linker: &Linker<'_>, archive: &Archive, kind: &str) -> Vec<Section> {
    match kind {
        "market-report" => market(linker, archive),
        "inbound" => vec![inbound(linker, archive)],
        "directive" => vec![directives(linker, archive)],
        "review" => vec![reviews(linker, archive)],
        "inspection" => vec![inspections(linker, archive)],
        "regulation" => regulation(linker, archive),
        _ => Vec::new(),
    }
}

/// Market reports by month, newest first: who delivered when (S-11.1a).
fn market(linker: &Linker<'_>, archive: &Archive) -> Vec<Section> {
    let context = linker.view_context.rule_context;
    let reports = archive.market_reports();
    let mut months: BTreeMap<Option<Month>, Vec<&MarketReport<'_>>> = BTreeMap::new();
    for report in &reports {
        months.entry(report.month).or_default().push(report);
    }
    for month in market_report_late::judged(&reports, context) {
        months.entry(Some(month)).or_default();
    }
    let mut sections = Vec::with_capacity(months.len());
    for (month, reports) in months.iter().rev() {
        let name = month.map_or_else(|| linker.interface_word("undated").to_string(), |month| month.to_string());
        let mut columns = linker.heads("market-report", &["staff", "kind", "submitted"]);
        columns.extend([
            linker.interface_word("state"),
            linker.field_head("market-report", "received"),
            linker.field_head("market-report", "information"),
        ]);
        let mut section = Section::new(&format!("m-{name}"), name.as_str().into(), columns);
        for report in reports {
            let received = report.received.iter().flat_map(|(who, day)| {
                let who = who.as_ref().map(|who| linker.party_name(who));
                let gap = (who.is_some() && day.is_some()).then(|| Link::plain(" "));
                who.into_iter().chain(gap).chain(day.map(|day| Link::plain(linker.date(day))))
            });
            let kind = if report.regular { "report_regular" } else { "report_special" };
            section.push(vec![
                Link {
                    text: report.staff.as_ref().map_or_else(Default::default, |who| who.name().into()),
                    ..linker.entry_name(&report.loose.entry)
                }
                .into(),
                Link::plain(linker.interface_word(kind)).into(),
                linker.day_cell(report.received_on()),
                linker.punctuality_cell(report),
                received.collect::<TextRuns>().into(),
                Link::plain(report.information.len().to_string()).into(),
            ]);
        }
        if let Some(month) = month {
            for member in market_report_late::owing(archive, *month, context) {
                let is_theirs = |report: &&&MarketReport<'_>| {
                    report.regular && report.staff.as_ref().is_some_and(|who| who.is(&member.entry.id))
                };
                if reports.iter().any(|report| is_theirs(&report)) {
                    continue;
                }
                let due = market_report_late::due_of(&member.entry, *month, context);
                let is_over = DueState::of(due.day, context.as_of, 0) == DueState::Overdue;
                let tag = is_over.then(|| StateTag { text: linker.interface_word("report_missing"), tone: "bad" });
                let state = SectionCell {
                    tag,
                    due: Some(linker.postponed_from(linker.due(due.day), due.postponed_from, Some(&member.entry))),
                    text: TextRuns::default(),
                };
                let mut cells =
                    vec![linker.entry_name(&member.entry).into(), Link::plain(linker.interface_word("report_regular")).into()];
                cells.extend([SectionCell::default(), state, SectionCell::default(), SectionCell::default()]);
                section.push(cells);
            }
        }
        sections.push(section);
    }
    sections
}

impl Linker<'_> {
    /// 按时 or 迟交 N 天; empty for a special report, which has no due date.
    pub(super) fn punctuality_cell(&self, report: &MarketReport<'_>) -> SectionCell {
        let (true, Some(month)) = (report.regular, report.month) else { return SectionCell::default() };
        let due = match report.staff.as_ref().and_then(Party::entry) {
            Some(entry) => market_report_late::due_of(entry, month, self.view_context.rule_context).day,
            None => market_report_late::due(month, self.view_context.config()),
        };
        match report.received_on() {
            Some(came) if came > due => {
                let days = AsOf(came).days_since(due).to_string();
                StateTag { text: self.interface_sentence("report_late", &[("days", &days)]).into(), tone: "bad" }.into()
            }
            Some(_) => self.tag_cell("good", "report_on_time"),
            None => self.tag_cell("mid", "report_undated"),
        }
    }
}

fn inbound(linker: &Linker<'_>, archive: &Archive) -> Section {
    let mut pages: BTreeMap<&str, (Link, usize, usize)> = BTreeMap::new();
    for call in archive.incoming() {
        let entry = &call.loose.entry;
        let file = entry.id.as_str().split('#').next().unwrap_or_default();
        let shared = file.len() < entry.id.as_str().len();
        let entry = pages.entry(file).or_insert_with(|| {
            let mut link = linker.entry_name(entry);
            if shared {
                link.text = linker.month_of(entry);
                // Link to the page, not to one of its rows.
                link.href = link.href.map(|href| href.split('#').next().unwrap_or_default().into());
            }
            (link, 0, 0)
        });
        entry.1 += 1;
        entry.2 += usize::from(!call.is_passed_on(linker.view_context.rule_context.as_of));
    }
    let columns =
        vec![linker.interface_word("register"), linker.interface_word("records"), linker.interface_word("not_passed_on")];
    let mut section = Section::new("list", linker.interface_word("all"), columns);
    for (link, count, left) in pages.into_values().rev() {
        let left = match left {
            0 => SectionCell::default(),
            left => StateTag { text: left.to_string().into(), tone: "bad" }.into(),
        };
        section.push(vec![link.into(), Link::plain(count.to_string()).into(), left]);
    }
    section
}

fn directives(linker: &Linker<'_>, archive: &Archive) -> Section {
    let mut columns = linker.heads("directive", &["date", "by"]);
    columns.extend([linker.field_head("directive", "items"), linker.interface_word("open_still")]);
    let mut section = Section::new("list", linker.interface_word("all"), columns);
    for loose in archive.of_kind("directive").collect::<Vec<_>>().into_iter().rev() {
        let rows = archive.directives_of(loose);
        let open = rows.iter().filter(|row| row.is_open(linker.view_context.rule_context.as_of)).count();
        let by = loose.record.fields.names(key::BY).first().map(|name| linker.resolved_name(&loose.record, name));
        let count = |count: usize| SectionCell::from((count > 0).then(|| Link::plain(count.to_string())));
        section.push(vec![linker.entry_name(&loose.entry).into(), by.into(), count(rows.len()), count(open)]);
    }
    section
}

fn reviews(linker: &Linker<'_>, archive: &Archive) -> Section {
    let mut columns = linker.heads("review", &["quarter", "by", "date", "suggestions"]);
    columns.extend([linker.interface_word("open_still"), linker.field_head("review", "submitted_on")]);
    let mut section = Section::new("list", linker.interface_word("all"), columns);
    for loose in archive.of_kind("review").collect::<Vec<_>>().into_iter().rev() {
        let sheet = &loose.record.fields;
        let suggestions = archive.suggestions_of(loose);
        let open = suggestions.iter().filter(|one| one.is_open(linker.view_context.rule_context.as_of)).count();
        let by = sheet.names(key::BY).first().map(|name| linker.resolved_name(&loose.record, name));
        let count = |count: usize| SectionCell::from((count > 0).then(|| Link::plain(count.to_string())));
        section.push(vec![
            linker.entry_name(&loose.entry).into(),
            by.into(),
            linker.day_cell(sheet.date(key::DATE).map(|day| day.value)),
            count(suggestions.len()),
            count(open),
            linker.day_cell(sheet.date(key::SUBMITTED_ON).map(|day| day.value)),
        ]);
    }
    section
}

fn inspections(linker: &Linker<'_>, archive: &Archive) -> Section {
    let mut columns = linker.heads("inspection", &["date", "by", "scope", "findings"]);
    columns.push(linker.interface_word("open_still"));
    let mut section = Section::new("list", linker.interface_word("all"), columns);
    for loose in archive.of_kind("inspection").collect::<Vec<_>>().into_iter().rev() {
        let sheet = &loose.record.fields;
        let found = archive.suggestions_of(loose);
        let open = found.iter().filter(|one| one.is_open(linker.view_context.rule_context.as_of)).count();
        let by = sheet.names(key::BY).iter().map(|name| linker.resolved_name(&loose.record, name));
        let count = |count: usize| SectionCell::from((count > 0).then(|| Link::plain(count.to_string())));
        section.push(vec![
            linker.entry_name(&loose.entry).into(),
            TextRuns::from(linker.join_links(by)).into(),
            sheet.text(key::SCOPE).map_or_else(TextRuns::default, |text| linker.text(&loose.record.id, &text.value)).into(),
            count(found.len()),
            count(open),
        ]);
    }
    section
}

/// The versions of the regulation, and the yearly reviews.
pub(super) fn regulation(linker: &Linker<'_>, archive: &Archive) -> Vec<Section> {
    let mut columns = linker.heads("regulation", &["version", "issued", "approved_by", "approved_on", "interpreter"]);
    columns.push(linker.interface_word("state"));
    let mut versions = Section::new("versions", linker.interface_word("versions"), columns);
    let current = archive.regulation_in_force(linker.view_context.rule_context.as_of).map(|loose| &loose.entry.id);
    for loose in archive.regulations() {
        let sheet = &loose.record.fields;
        let text = |key: &str| linker.text_cell(sheet.text(key).map(|text| &text.value));
        let state = match issued(loose) {
            _ if current == Some(&loose.entry.id) => linker.tag_cell("good", "in_force"),
            Some(day) if !linker.view_context.rule_context.has_happened(day) => linker.tag_cell("mid", "not_yet_in_force"),
            _ => Link::plain(linker.interface_word("superseded")).into(),
        };
        versions.push(vec![
            linker.entry_name(&loose.entry).into(),
            linker.day_cell(issued(loose)),
            text(key::APPROVED_BY),
            linker.day_cell(sheet.date(key::APPROVED_ON).map(|day| day.value)),
            text(key::INTERPRETER),
            state,
        ]);
    }
    let columns = linker.heads("regulation", &["reviews.year", "reviews.date", "reviews.verdict", "reviews.change", "version"]);
    let mut yearly = Section::new("reviews", linker.field_head("regulation", "reviews"), columns);
    let mut rows: Vec<_> = archive.yearly_reviews();
    rows.sort_by(|a, b| (b.year, b.date, &b.record.id, b.row).cmp(&(a.year, a.date, &a.record.id, a.row)));
    for row in rows {
        yearly.push(vec![
            Link::plain(row.year.map_or_else(String::new, |year| year.to_string())).into(),
            linker.day_cell(row.date),
            linker.text_cell(row.verdict.as_ref()),
            linker.text_cell(row.change.as_ref()),
            linker.entry_name(&row.record).into(),
        ]);
    }
    vec![versions, yearly]
}

/// The existing indexes for the list of pages: link, number of records, latest date.
pub(in crate::view) fn links(linker: &Linker<'_>, archive: &Archive) -> Vec<(Link, usize, Option<crate::calendar::Date>)> {
    let mut links = Vec::new();
    for (kind, folder) in super::INDEXED {
        let count = archive.of_kind(kind).count();
        if count > 0 {
            let latest = archive.of_kind(kind).filter_map(|loose| loose.record.latest()).max();
            links.push((linker.page(linker.kind_label(kind), &route::Page::DepartmentIndex(folder)), count, latest));
        }
    }
    for loose in archive.of_kind(super::LOANS) {
        links.push((linker.entry_name(&loose.entry), archive.loans().len(), loose.record.latest()));
    }
    links
}
