//! 关键人物: one key person.

use std::sync::Arc;

use serde::Serialize;

use super::dossier_summary::{DossierSummary, roles};
use super::record::Under;
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
    /// What is around it.
    pub page: Frame,
    /// As in tables.
    pub row: PersonRow,
    /// The customer.
    pub customer: Link,
    /// 汇报对象.
    pub reports_to: Option<Link>,
    /// Who reports to this person.
    pub reports: Names,
    /// Roles, with the project they hold in.
    pub roles: Vec<Arc<str>>,
    /// The projects this person is on.
    pub projects: Vec<ProjectInvolvement>,
    /// 关系变化, newest first.
    pub history: Vec<RelationRow>,
    /// 关心的事务.
    pub concerns: Vec<TextRuns>,
    /// 偏爱的竞争对手.
    pub favours: Option<Link>,
    /// Ours and this person: planned, made, last, next.
    pub pairs: Vec<PairRow>,
    /// How many of ours met this person once without keeping it up.
    pub pairs_once: usize,
    /// Open promises to this person.
    pub items: Vec<Item>,
    /// Duties about this person.
    pub duties: Vec<Duty>,
    /// Visits and contacts with this person, newest first.
    pub timeline: Vec<EventRow>,
    /// How many in all.
    pub timeline_count: usize,
    /// Information that came from this person.
    pub information: Vec<InformationRow>,
    /// 附表2 of this person, ready to be printed.
    pub form: Option<Arc<str>>,
    /// The record.
    pub record: RecordPart,
}

/// A statement of the state of relations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationRow {
    /// When.
    pub date: Option<String>,
    /// What.
    pub state: StateTag,
    /// 评定人.
    pub by: Option<Link>,
    /// 原因, possibly empty.
    pub why: Arc<str>,
}

/// Fields the head and the sections of the page show.
const SHOWN: &[&str] = &["name", "call", "unit", "relation", "concerns", "verified"];
/// So many lines of the timeline stand on the page.
const TIMELINE: usize = 12;

impl Person {
    /// The page of a key person.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        digest: &DossierSummary<'_>,
        person: &archive::Person,
        here: Url,
    ) -> PlannedPage {
        let dossier = digest.dossier;
        let id = &person.record.id;
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let mut page = linker.frame(&*person.entry.name, "people", linker.level_of(&person.record));
        page = linker.dated_frame(page, &person.record);
        page.crumbs = linker.crumbs_below(dossier, person.entry.name.clone());
        let met: Vec<&archive::Event> = dossier.events_with(id).collect();
        let mut without = SHOWN.to_vec();
        // The head shows the title that their history ends with.
        if person.record.fields.text(key::TITLE).map(|title| &title.value) == person.title.as_ref() {
            without.push("title");
        }
        let record = linker.record(&person.record, "", &without, Under::SECTIONS);
        let concerns = match person.record.fields.get(key::CONCERNS) {
            Some(_) => person.concerns.iter().map(|text| linker.text(id, text)).collect(),
            None => Vec::new(),
        };
        let view = Person {
            page,
            row: linker.person_row(digest, person, false),
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
            projects: linker.engagements(digest, person),
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
            pairs_once: digest.pairs().filter(|(pair, _)| pair.theirs.id == *id).count()
                - digest.regular().filter(|(pair, _)| pair.theirs.id == *id).count(),
            pairs: digest
                .regular()
                .filter(|(pair, _)| pair.theirs.id == *id)
                .map(|(pair, standing)| linker.pair(dossier, pair, standing, None))
                .collect(),
            items: digest
                .open
                .iter()
                .filter(|(item, _)| item.to.as_ref().is_some_and(|who| who.is(id)))
                .map(|(item, _)| linker.item(item, dossier, false))
                .collect(),
            duties: digest
                .findings
                .iter()
                .filter(|finding| finding.subject.id == *id)
                .map(|finding| linker.duty(finding))
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
