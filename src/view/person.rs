//! The page of one 关键人物 (key person).

use std::sync::Arc;

use serde::Serialize;

use super::dossier_summary::{DossierSummary, roles};
use super::record::HeadingLevels;
use super::{
    Duty, EventRow, Frame, InformationRow, Item, Link, Linker, Names, PairRow, PersonRow, PlannedPage, ProjectInvolvement,
    RecordPart, StateTag, TextRuns, ViewContext,
};
use crate::archive;
use crate::record::key;
use crate::route::Url;

/// A key person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The page frame.
    pub page: Frame,
    /// The person as a table row.
    pub row: PersonRow,
    /// The customer.
    pub customer: Link,
    /// 汇报对象.
    pub reports_to: Option<Link>,
    /// Persons who report to this person.
    pub reports: Names,
    /// Roles, each with its project if it is limited to one.
    pub roles: Vec<Arc<str>>,
    /// Projects this person is involved in.
    pub projects: Vec<ProjectInvolvement>,
    /// 关系变化, newest first.
    pub history: Vec<RelationRow>,
    /// 关心的事务.
    pub concerns: Vec<TextRuns>,
    /// 偏爱的竞争对手.
    pub favours: Option<Link>,
    /// Staff in regular contact with this person: planned, made, last, next.
    pub pairs: Vec<PairRow>,
    /// Number of staff who met this person once without keeping it up.
    pub pairs_once: usize,
    /// Open promises to this person.
    pub items: Vec<Item>,
    /// Duties about this person.
    pub duties: Vec<Duty>,
    /// Visits and contacts with this person, newest first.
    pub timeline: Vec<EventRow>,
    /// Number of them in all.
    pub timeline_count: usize,
    /// Statements that name this person as 信息提供人.
    pub information: Vec<InformationRow>,
    /// Address of this person's 附表2, ready to print.
    pub form: Option<Arc<str>>,
    /// The rest of the record.
    pub record: RecordPart,
}

/// A row of 关系变化.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationRow {
    /// 日期: `2026-09-01`.
    pub date: Option<String>,
    /// 关系状况.
    pub state: StateTag,
    /// 评定人.
    pub by: Option<Link>,
    /// 原因, possibly empty.
    pub why: Arc<str>,
}

/// Fields shown in the page header and the sections.
const SHOWN: &[&str] = &["name", "call", "unit", "relation", "concerns", "verified"];
/// Most timeline rows shown.
const TIMELINE: usize = 12;

impl Person {
    /// The page of a key person.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        summary: &DossierSummary<'_>,
        person: &archive::Person,
        here: Url,
    ) -> PlannedPage {
        let dossier = summary.dossier;
        let id = &person.record.id;
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let mut page = linker.frame(&*person.entry.name, "people", linker.secrecy_of(&person.record));
        page = linker.dated_frame(page, &person.record);
        page.crumbs = linker.crumbs_below(dossier, person.entry.name.clone());
        let met: Vec<&archive::Event> = dossier.events_with(id).collect();
        let mut without = SHOWN.to_vec();
        // The header shows the last title of the title history, so an equal field is not repeated.
        if person.record.fields.text(key::TITLE).map(|title| &title.value) == person.title.as_ref() {
            without.push("title");
        }
        let record = linker.record(&person.record, "", &without, HeadingLevels::SECTIONS);
        let concerns = match person.record.fields.get(key::CONCERNS) {
            Some(_) => person.concerns.iter().map(|text| linker.text(id, text)).collect(),
            None => Vec::new(),
        };
        let view = Person {
            page,
            row: linker.person_row(summary, person, false),
            customer: linker.dossier_link(dossier),
            reports_to: person.reports_to.as_ref().map(|entry| linker.entry_name(entry)),
            reports: linker.join_links(
                dossier
                    .people
                    .iter()
                    .filter(|other| other.reports_to.as_ref().is_some_and(|boss| boss.id == *id))
                    .map(|other| linker.entry_name(&other.entry)),
            ),
            roles: roles(person),
            projects: linker.engagements(summary, person),
            history: person
                .history
                .iter()
                .rev()
                .map(|step| RelationRow {
                    date: step.date.map(|date| linker.date(date)),
                    state: linker.relation(&step.state),
                    by: step.by.as_ref().map(|who| linker.party_name(who)),
                    why: step.why.clone().unwrap_or_default(),
                })
                .collect(),
            concerns,
            favours: person.favours.as_ref().map(|who| linker.party_name(who)),
            pairs_once: summary.pairs().filter(|(pair, _)| pair.theirs.id == *id).count()
                - summary.regular().filter(|(pair, _)| pair.theirs.id == *id).count(),
            pairs: summary
                .regular()
                .filter(|(pair, _)| pair.theirs.id == *id)
                .map(|(pair, standing)| linker.pair(dossier, pair, standing, None))
                .collect(),
            items: summary
                .open
                .iter()
                .filter(|(item, _)| item.to.as_ref().is_some_and(|who| who.is(id)))
                .map(|(item, _)| linker.item(item, dossier, false))
                .collect(),
            duties: summary
                .findings
                .iter()
                .filter(|finding| finding.subject.id == *id)
                .map(|finding| linker.duty_row(finding))
                .collect(),
            timeline: met.iter().take(TIMELINE).map(|event| linker.event_row(event, None)).collect(),
            timeline_count: met.len(),
            information: dossier
                .information
                .iter()
                .filter(|row| row.person.as_ref().is_some_and(|who| who.is(id)))
                .map(|row| linker.information(row))
                .collect(),
            form: linker.person_form(dossier, person),
            record,
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
