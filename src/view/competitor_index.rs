//! An index of everything the archive states about competitors, computed in one pass for all of their pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ViewContext;
use super::archive_summary::ArchiveSummary;
use crate::archive::{Archive, DevelopmentPlan, DirectoryEntry, Information, MarketReport, Party, Person, Project, Rival};
use crate::calendar::Date;
use crate::record::RecordId;

/// Statements about competitors.
#[derive(Default)]
pub(super) struct CompetitorIndex<'a> {
    /// Statements about competitors with a file, newest first.
    filed: BTreeMap<&'a RecordId, Vec<CompetitorStatement<'a>>>,
    /// Statements about competitors without a file, by name.
    pub unfiled: BTreeMap<&'a str, Vec<CompetitorStatement<'a>>>,
}

/// One statement about a competitor.
#[derive(Clone, Copy)]
pub(super) struct CompetitorStatement<'a> {
    /// The customer: index in [`ArchiveSummary::summaries`]; `None` if it is about no customer.
    pub at: Option<usize>,
    /// Date of the statement.
    pub date: Option<Date>,
    /// What it states.
    pub what: StatementKind<'a>,
}

/// Kind of statement about a competitor, with its source.
#[derive(Clone, Copy)]
pub(super) enum StatementKind<'a> {
    /// A project names it as a competitor.
    Project(&'a Project),
    /// It won a project.
    Won(&'a Project),
    /// A key person favours it.
    Favours(&'a Person),
    /// A development plan has a row about it.
    Plan(&'a DevelopmentPlan, &'a Rival),
    /// A 信息 row on the topic of competitors names it.
    News(&'a Information),
    /// A record links to it.
    Link(&'a Arc<DirectoryEntry>),
}

impl StatementKind<'_> {
    /// The record that makes the statement.
    fn record(&self) -> &RecordId {
        match self {
            StatementKind::Project(project) | StatementKind::Won(project) => &project.record.id,
            StatementKind::Favours(person) => &person.record.id,
            StatementKind::Plan(plan, _) => &plan.record.id,
            StatementKind::News(row) => &row.record.id,
            StatementKind::Link(entry) => &entry.id,
        }
    }

    /// Sort order among the statements of one record.
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

/// The 主题 of 信息 rows about competitors (附表5, S-10).
const TOPIC: &str = "竞争对手";

impl<'a> CompetitorIndex<'a> {
    /// Reads all dossiers, and the market report rows that are about no customer.
    pub fn of(
        view_context: &ViewContext<'a>,
        archive: &'a Archive,
        archive_summary: &ArchiveSummary<'a>,
        reports: &'a [MarketReport<'a>],
    ) -> Self {
        let mut rivals = CompetitorIndex::default();
        let known: Vec<(&'a RecordId, Vec<&'a str>)> =
            archive.of_kind("competitor").map(|loose| names_of(&loose.entry)).collect();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, summary) in archive_summary.summaries.iter().enumerate() {
            let dossier = summary.dossier;
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
                // The customer's dossier already contains it.
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
                // A record that names it in a field is not listed again as a mention.
                if !said.iter().any(|said| *said.what.record() == entry.id) {
                    said.push(CompetitorStatement { at, date: entry.date, what: StatementKind::Link(entry) });
                }
            }
        }
        let seen = |said: &CompetitorStatement<'_>| said.date.is_none_or(|date| view_context.rule_context.has_happened(date));
        for all in rivals.filed.values_mut().chain(rivals.unfiled.values_mut()) {
            // Statements dated after the as-of date come last.
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

    /// The statements about a competitor with a file.
    pub fn of_one(&self, id: &RecordId) -> &[CompetitorStatement<'a>] {
        self.filed.get(id).map_or(&[], Vec::as_slice)
    }
}

/// Whether a 信息 row contains one of these names.
fn mentions(row: &Information, called: &[&str]) -> bool {
    called.iter().any(|name| row.fact.contains(name) || row.meaning.as_ref().is_some_and(|text| text.contains(name)))
}

/// The names by which a text may refer to a competitor. Names of one character are too ambiguous and left out.
fn names_of(entry: &DirectoryEntry) -> (&RecordId, Vec<&str>) {
    let all = entry.aliases.iter().chain([&entry.name]).map(|name| &**name);
    (&entry.id, all.filter(|name| name.chars().count() > 1).collect())
}
