//! Where the dossiers speak of competitors, found out in one pass for all of their pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ViewContext;
use super::archive_summary::ArchiveSummary;
use crate::archive::{Archive, DevelopmentPlan, DirectoryEntry, Information, MarketReport, Party, Person, Project, Rival};
use crate::calendar::Date;
use crate::record::RecordId;

/// Everything that is said of competitors.
#[derive(Default)]
pub(super) struct CompetitorIndex<'a> {
    /// Of those with a file, newest first.
    filed: BTreeMap<&'a RecordId, Vec<CompetitorStatement<'a>>>,
    /// Of those without one, by name.
    pub unfiled: BTreeMap<&'a str, Vec<CompetitorStatement<'a>>>,
}

/// A place that speaks of a competitor.
#[derive(Clone, Copy)]
pub(super) struct CompetitorStatement<'a> {
    /// Of which customer: the place of its digest; none where it is said of no customer.
    pub at: Option<usize>,
    /// When.
    pub date: Option<Date>,
    /// What.
    pub what: StatementKind<'a>,
}

/// What speaks of a competitor.
#[derive(Clone, Copy)]
pub(super) enum StatementKind<'a> {
    /// It is after a project.
    Project(&'a Project),
    /// It won one.
    Won(&'a Project),
    /// Somebody favours it.
    Favours(&'a Person),
    /// A development plan has a row of it.
    Plan(&'a DevelopmentPlan, &'a Rival),
    /// A statement about competitors names it.
    News(&'a Information),
    /// A record links to it.
    Link(&'a Arc<DirectoryEntry>),
}

impl StatementKind<'_> {
    /// The record that speaks.
    fn record(&self) -> &RecordId {
        match self {
            StatementKind::Project(project) | StatementKind::Won(project) => &project.record.id,
            StatementKind::Favours(person) => &person.record.id,
            StatementKind::Plan(plan, _) => &plan.record.id,
            StatementKind::News(row) => &row.record.id,
            StatementKind::Link(entry) => &entry.id,
        }
    }

    /// Its place among those of one record.
    fn rank(&self) -> u8 {
        match self {
            StatementKind::Project(_) => 0,
            StatementKind::Won(_) => 1,
            StatementKind::Favours(_) => 2,
            StatementKind::Plan(..) => 3,
            StatementKind::News(_) => 4,
            StatementKind::Link(_) => 5,
        }
    }
}

/// The topic of statements about competitors (附表5, S-10).
const TOPIC: &str = "竞争对手";

impl<'a> CompetitorIndex<'a> {
    /// Looks through all dossiers, and what the market reports say of no customer.
    pub fn of(
        view_context: &ViewContext<'a>,
        archive: &'a Archive,
        survey: &ArchiveSummary<'a>,
        reports: &'a [MarketReport<'a>],
    ) -> Self {
        let mut rivals = CompetitorIndex::default();
        let known: Vec<(&'a RecordId, Vec<&'a str>)> =
            archive.of_kind("competitor").map(|loose| called(&loose.entry)).collect();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, digest) in survey.summaries.iter().enumerate() {
            let dossier = digest.dossier;
            places.insert(&dossier.id, at);
            let at = Some(at);
            for project in &dossier.projects {
                let date = project.stages.iter().filter_map(|step| step.date).next_back().or(project.record.latest());
                for who in &project.competitors {
                    rivals.add(who, CompetitorStatement { at, date, what: StatementKind::Project(project) });
                }
                if let Some(who) = &project.lost_to {
                    rivals.add(who, CompetitorStatement { at, date, what: StatementKind::Won(project) });
                }
            }
            for person in &dossier.people {
                if let Some(who) = &person.favours {
                    rivals.add(
                        who,
                        CompetitorStatement { at, date: person.record.latest(), what: StatementKind::Favours(person) },
                    );
                }
            }
            for plan in &dossier.development_plans {
                let date = plan.record.latest().or(plan.year.map(|year| year.first()));
                for rival in &plan.rivals {
                    rivals.add(&rival.name, CompetitorStatement { at, date, what: StatementKind::Plan(plan, rival) });
                }
            }
            for row in dossier.information.iter().filter(|row| row.topic.as_deref() == Some(TOPIC)) {
                for (id, _) in known.iter().filter(|(_, called)| mentions(row, called)) {
                    rivals.filed.entry(id).or_default().push(CompetitorStatement {
                        at,
                        date: row.date,
                        what: StatementKind::News(row),
                    });
                }
            }
        }
        for row in reports.iter().flat_map(|report| &report.information) {
            let news = &row.information;
            let said = CompetitorStatement { at: None, date: news.date, what: StatementKind::News(news) };
            let is_topic = news.topic.as_deref() == Some(TOPIC);
            match &row.customer {
                // That stands in its dossier.
                Some(Party::Registered(entry)) if entry.is("customer") => continue,
                Some(who) if is_topic || who.entry().is_some() => rivals.add(who, said),
                _ => {}
            }
            let is_whose = |id: &RecordId| row.customer.as_ref().is_some_and(|who| who.is(id));
            for (id, called) in known.iter().filter(|_| is_topic) {
                if mentions(news, called) && !is_whose(id) {
                    rivals.filed.entry(id).or_default().push(said);
                }
            }
        }
        for (id, _) in &known {
            let linked = archive.mentions.get(*id).map_or(&[][..], Vec::as_slice);
            for entry in linked {
                let at = entry.customer.as_deref().and_then(|folder| places.get(folder)).copied();
                let said = rivals.filed.entry(id).or_default();
                // What speaks of it in a field of its own is not said to mention it besides.
                if !said.iter().any(|said| *said.what.record() == entry.id) {
                    said.push(CompetitorStatement { at, date: entry.date, what: StatementKind::Link(entry) });
                }
            }
        }
        let seen = |said: &CompetitorStatement<'_>| said.date.is_none_or(|date| view_context.rule_context.has_happened(date));
        for all in rivals.filed.values_mut().chain(rivals.unfiled.values_mut()) {
            // What is dated later than today has not been said yet, but stands in the archive: it comes last.
            all.sort_by(|a, b| {
                (seen(b), b.date)
                    .cmp(&(seen(a), a.date))
                    .then_with(|| (a.at, a.what.rank(), a.what.record()).cmp(&(b.at, b.what.rank(), b.what.record())))
            });
        }
        rivals
    }

    fn add(&mut self, who: &'a Party, said: CompetitorStatement<'a>) {
        match who {
            Party::Registered(entry) => self.filed.entry(&entry.id).or_default().push(said),
            Party::Unregistered { name, .. } => self.unfiled.entry(name).or_default().push(said),
        }
    }

    /// What is said of one.
    pub fn of_one(&self, id: &RecordId) -> &[CompetitorStatement<'a>] {
        self.filed.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Whether a statement speaks of one of these names.
fn mentions(row: &Information, called: &[&str]) -> bool {
    called.iter().any(|name| row.fact.contains(name) || row.meaning.as_ref().is_some_and(|text| text.contains(name)))
}

/// The names of a competitor by which a text may speak of it. One character says too little.
fn called(entry: &DirectoryEntry) -> (&RecordId, Vec<&str>) {
    let all = entry.aliases.iter().chain([&entry.name]).map(|name| &**name);
    (&entry.id, all.filter(|name| name.chars().count() > 1).collect())
}
