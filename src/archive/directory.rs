//! The directory: every record's entry, indexed by id, name and path.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::DirectoryEntry;
use super::normalize::{normalize, split_note};
use crate::calendar::read_date;
use crate::diag::suggest;
use crate::kind::Scope;
use crate::record::{Record, RecordId};
use crate::text::{Fingerprint, Fingerprinter};

/// A question to the directory, kept with the dossier that asked: while the answers stay the same, it need not be
/// assembled again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Who is called that, as seen from a customer's folder?
    Name {
        /// First scope to look in.
        scope: Scope,
        /// Customer of the asking record.
        home: Option<Arc<str>>,
        /// The name as written (`陈晨`, `陈晨（处长）`, `华东院/王建国`, `华东院/2026-11-20`, a file's stem, a path).
        name: Arc<str>,
    },
    /// Which names are close to that? (for «是否想写 …»)
    Near {
        /// Scope to look in.
        scope: Scope,
        /// Customer of the asking record.
        home: Option<Arc<str>>,
        /// The name as written.
        name: Arc<str>,
    },
    /// Which record is in the file at this path? If none, does the file exist?
    Path(Arc<str>),
}

/// An answer of the directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Exactly one record.
    One(Arc<DirectoryEntry>),
    /// Several: ambiguous (in order of id) or suggestions (closest first).
    Several(Vec<Arc<DirectoryEntry>>),
    /// A file that is not a record.
    File,
    /// No match.
    Nobody,
}

impl Answer {
    /// The entry, if there is exactly one.
    pub fn single(&self) -> Option<&Arc<DirectoryEntry>> {
        match self {
            Answer::One(card) => Some(card),
            _ => None,
        }
    }

    fn of(mut cards: Vec<Arc<DirectoryEntry>>) -> Answer {
        cards.sort_by(|a, b| a.id.cmp(&b.id));
        cards.dedup_by(|a, b| a.id == b.id);
        match cards.len() {
            0 => Answer::Nobody,
            1 => Answer::One(cards.remove(0)),
            _ => Answer::Several(cards),
        }
    }
}

/// All directory entries.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(super) cards: BTreeMap<RecordId, Arc<DirectoryEntry>>,
    /// Normalized name → its entries, of kinds referred to by name, in order of id.
    pub(super) names: BTreeMap<Arc<str>, Vec<Arc<DirectoryEntry>>>,
    /// Path → the first record of the file.
    pub(super) paths: BTreeMap<Arc<str>, Arc<DirectoryEntry>>,
    /// 所属机构 of persons; tells persons of one name apart.
    pub(super) units: BTreeMap<RecordId, Arc<str>>,
    /// Staff, customers and competitors in order of id: known in every folder.
    pub(super) public: Vec<Arc<DirectoryEntry>>,
    pub(super) fingerprint: Fingerprint,
}

/// Those of `cards` (sorted by id) below a customer's folder. A common name has hundreds of bearers elsewhere.
fn of_folder<'a>(cards: &'a [Arc<DirectoryEntry>], home: &str) -> &'a [Arc<DirectoryEntry>] {
    let folder = format!("customers/{home}/");
    let start = cards.partition_point(|card| *card.id.0 < *folder);
    let length = cards[start..].iter().take_while(|card| card.id.0.starts_with(&folder)).count();
    &cards[start..start + length]
}

/// Whether a path of the archive is a file that is not a record (image, attachment).
pub type IsFile<'a> = dyn Fn(&str) -> bool + Sync + 'a;

impl Directory {
    /// Answers a question about records; treats all other files as absent.
    pub fn answer_records(&self, question: &Question) -> Answer {
        self.answer(question, &|_| false)
    }

    /// Answers a question. `files` tells which other files exist.
    pub fn answer(&self, question: &Question, files: &IsFile<'_>) -> Answer {
        match question {
            Question::Name { scope, home, name } => self.entries_named(*scope, home.as_deref(), name),
            Question::Near { scope, home, name } => self.suggestions(*scope, home.as_deref(), name),
            Question::Path(path) => match self.paths.get(path) {
                Some(card) => Answer::One(card.clone()),
                None if files(path) => Answer::File,
                None => Answer::Nobody,
            },
        }
    }

    /// Fingerprint of the answers to `questions`.
    pub fn answers_fingerprint(&self, questions: &[Question], files: &IsFile<'_>) -> Fingerprint {
        let mut fingerprint = Fingerprinter::new();
        for question in questions {
            fingerprint.hash(&self.answer(question, files));
        }
        fingerprint.finish()
    }

    /// The entry of a record.
    pub fn card(&self, id: &RecordId) -> Option<&Arc<DirectoryEntry>> {
        self.cards.get(id)
    }

    /// Whether this record, not another with its id, is registered.
    pub(super) fn is_registered(&self, record: &Record) -> bool {
        self.paths.get(&record.path.0).is_some_and(|card| card.id == record.id)
    }

    /// All entries in order of id.
    pub fn cards(&self) -> impl Iterator<Item = &Arc<DirectoryEntry>> {
        self.cards.values()
    }

    /// Fingerprint of all entries.
    pub fn print(&self) -> Fingerprint {
        self.fingerprint
    }

    fn entries_named(&self, scope: Scope, home: Option<&str>, written: &str) -> Answer {
        if let Some((unit, inner)) = written.split_once('/') {
            return self.resolve_qualified(home, unit.trim(), inner.trim(), written);
        }
        // The first scope with a match wins (`decisions.md` 21).
        for tier in search_scopes(scope) {
            // Inside a customer's folder, persons of other customers match only as `客户/姓名`.
            if *tier == SearchScope::People && home.is_some() {
                continue;
            }
            let found = self.in_scope(*tier, home, written);
            if !matches!(found, Answer::Nobody) {
                return found;
            }
        }
        Answer::Nobody
    }

    fn in_scope(&self, tier: SearchScope, home: Option<&str>, written: &str) -> Answer {
        let here = |card: &Arc<DirectoryEntry>| match tier {
            SearchScope::Own => card.is("person") && home.is_some() && card.customer.as_deref() == home,
            SearchScope::Projects => card.is("project") && home.is_some() && card.customer.as_deref() == home,
            SearchScope::Staff => card.is("staff"),
            SearchScope::Customers => card.is("customer"),
            SearchScope::Competitors => card.is("competitor"),
            SearchScope::Pages => card.is("page"),
            SearchScope::People => card.is("person"),
            SearchScope::Events => false,
        };
        if tier == SearchScope::Events {
            return home.map_or(Answer::Nobody, |home| Answer::of(self.records_of_customer(home, written)));
        }
        let cards = |name: &str| -> Vec<Arc<DirectoryEntry>> {
            let called = self.names.get(&*normalize(name)).map_or(&[][..], Vec::as_slice);
            let called = match (tier, home) {
                (SearchScope::Own | SearchScope::Projects, Some(home)) => of_folder(called, home),
                _ => called,
            };
            called.iter().filter(|card| here(card)).cloned().collect()
        };
        // The whole may be a file's stem (`王磊（处长）`); else the bracket selects among entries of that name.
        let whole = cards(written);
        if !whole.is_empty() {
            return Answer::of(whole);
        }
        let (name, Some(note)) = split_note(written) else { return Answer::Nobody };
        let found = cards(name);
        let noted: Vec<Arc<DirectoryEntry>> = found.iter().filter(|card| self.note_matches(card, note)).cloned().collect();
        Answer::of(if noted.is_empty() { found } else { noted })
    }

    /// Whether a bracket matches this entry: its title, unit, an alias, or part of its file's name.
    fn note_matches(&self, card: &DirectoryEntry, note: &str) -> bool {
        let note = normalize(note);
        let is = |text: &Arc<str>| *normalize(text) == *note;
        card.title.as_ref().is_some_and(|title| is(title) || normalize(title).ends_with(&*note))
            || self.units.get(&card.id).is_some_and(is)
            || card.aliases.iter().any(is)
            || normalize(card.id.stem()).contains(&*note)
    }

    /// Resolves `客户/姓名`, `客户/日期`, `客户/拜访/日期` or a path; within a customer also `拜访/日期`.
    fn resolve_qualified(&self, home: Option<&str>, unit: &str, inner: &str, written: &str) -> Answer {
        let path = written.strip_suffix(".md").unwrap_or(written);
        let at = |path: &str| {
            let card = self.cards.get(&RecordId::from(path)).or_else(|| self.paths.get(format!("{path}.md").as_str()));
            card.cloned().map(Answer::One)
        };
        if let Some(found) = at(path) {
            return found;
        }
        let folders: Vec<Arc<str>> = match self.in_scope(SearchScope::Customers, None, unit) {
            Answer::One(card) => card.customer.iter().cloned().collect(),
            Answer::Several(cards) => cards.iter().filter_map(|card| card.customer.clone()).collect(),
            Answer::File | Answer::Nobody => Vec::new(),
        };
        let mut found = Vec::new();
        for folder in &folders {
            match self.in_scope(SearchScope::Own, Some(folder), inner) {
                Answer::One(card) => found.push(card),
                Answer::Several(cards) => found.extend(cards),
                Answer::File | Answer::Nobody => match self.in_scope(SearchScope::Projects, Some(folder), inner) {
                    Answer::One(card) => found.push(card),
                    Answer::Several(cards) => found.extend(cards),
                    Answer::File | Answer::Nobody => found.extend(self.records_of_customer(folder, inner)),
                },
            }
        }
        if found.is_empty()
            && let Some(home) = home
        {
            found.extend(self.records_of_customer(home, written));
        }
        Answer::of(found)
    }

    /// Records of a customer by file stem, by path below its folder, or, for visits and contacts, by day.
    fn records_of_customer(&self, folder: &str, written: &str) -> Vec<Arc<DirectoryEntry>> {
        let below = |path: &str| {
            let own = |room: &str| self.paths.get(format!("{room}/{folder}/{path}.md").as_str());
            let twin = self.cards.get(&RecordId::from(format!("customers/{folder}/{path}").as_str()));
            twin.or_else(|| own("客户")).or_else(|| own("customers")).cloned()
        };
        if written.contains('/') {
            return below(written.strip_suffix(".md").unwrap_or(written)).into_iter().collect();
        }
        let exact = ["visits", "contacts", "contact-plans", "people", "projects", "plans"]
            .map(|room| below(&format!("{room}/{written}")));
        let exact: Vec<Arc<DirectoryEntry>> = exact.into_iter().flatten().collect();
        if !exact.is_empty() {
            return exact;
        }
        let Some(day) = read_date(written, None).ok() else { return Vec::new() };
        let on_day = |room: &str| -> Vec<Arc<DirectoryEntry>> {
            let from = format!("customers/{folder}/{room}/");
            let cards = self.cards.range(RecordId::from(from.as_str())..);
            let own = cards.take_while(|(id, _)| id.as_str().starts_with(&from)).map(|(_, card)| card);
            own.filter(|card| card.date == Some(day)).cloned().collect()
        };
        ["visits", "contacts"].into_iter().flat_map(on_day).collect()
    }

    fn suggestions(&self, scope: Scope, home: Option<&str>, written: &str) -> Answer {
        // A typo behind `客户/` is searched for in that customer, one before it among customers.
        if let Some((unit, inner)) = written.split_once('/') {
            return match self.in_scope(SearchScope::Customers, None, unit.trim()) {
                Answer::One(card) => self.suggestions(scope, card.customer.as_deref(), inner.trim()),
                _ => self.suggestions(Scope::Customer, None, unit.trim()),
            };
        }
        let (name, _) = split_note(written);
        let folded = normalize(name);
        for tier in search_scopes(scope) {
            let here: Vec<(&Arc<str>, &Arc<DirectoryEntry>)> = match tier {
                SearchScope::Own | SearchScope::Projects => {
                    let Some(home) = home else { continue };
                    let room = if *tier == SearchScope::Own { "people" } else { "projects" };
                    let from = format!("customers/{home}/{room}/");
                    let cards = self.cards.range(RecordId::from(from.as_str())..);
                    cards
                        .take_while(|(id, _)| id.as_str().starts_with(&from))
                        .flat_map(|(_, card)| card.aliases.iter().chain([&card.name]).map(move |name| (name, card)))
                        .collect()
                }
                SearchScope::Staff | SearchScope::Customers | SearchScope::Competitors => {
                    let kind = match tier {
                        SearchScope::Staff => "staff",
                        SearchScope::Customers => "customer",
                        _ => "competitor",
                    };
                    let cards = self.public.iter().filter(|card| card.is(kind));
                    cards.flat_map(|card| card.aliases.iter().chain([&card.name]).map(move |name| (name, card))).collect()
                }
                SearchScope::Pages | SearchScope::People | SearchScope::Events => continue,
            };
            let close = suggest(&folded, here.iter().map(|(name, _)| &***name));
            let mut cards: Vec<Arc<DirectoryEntry>> = Vec::new();
            for name in close {
                for (_, card) in here.iter().filter(|(one, _)| &***one == name) {
                    if !cards.iter().any(|one| one.id == card.id) {
                        cards.push((*card).clone());
                    }
                }
            }
            if !cards.is_empty() {
                // Closest first, not by id: these are suggestions.
                return Answer::Several(cards);
            }
        }
        Answer::Nobody
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SearchScope {
    Own,
    Projects,
    Staff,
    Customers,
    Competitors,
    Events,
    Pages,
    People,
}

fn search_scopes(scope: Scope) -> &'static [SearchScope] {
    match scope {
        Scope::Staff => &[SearchScope::Staff],
        Scope::Person => &[SearchScope::Own],
        Scope::Customer => &[SearchScope::Customers],
        Scope::Company => &[SearchScope::Customers, SearchScope::Competitors],
        Scope::Competitor => &[SearchScope::Competitors],
        Scope::Project => &[SearchScope::Projects],
        Scope::Unit => &[],
        Scope::Anyone => &[
            SearchScope::Own,
            SearchScope::Projects,
            SearchScope::Staff,
            SearchScope::Customers,
            SearchScope::Competitors,
            SearchScope::Events,
            SearchScope::Pages,
            SearchScope::People,
        ],
    }
}
