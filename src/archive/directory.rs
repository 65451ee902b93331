//! The directory: every record's entry, indexed by id, name and path.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::DirectoryEntry;
use super::normalize::{normalize, split_note};
use crate::calendar::parse_date;
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
            Answer::One(entry) => Some(entry),
            _ => None,
        }
    }

    fn of(mut entries: Vec<Arc<DirectoryEntry>>) -> Answer {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        entries.dedup_by(|a, b| a.id == b.id);
        match entries.len() {
            0 => Answer::Nobody,
            1 => Answer::One(entries.remove(0)),
            _ => Answer::Several(entries),
        }
    }
}

/// All directory entries.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(super) entries: BTreeMap<RecordId, Arc<DirectoryEntry>>,
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
fn of_folder<'a>(entries: &'a [Arc<DirectoryEntry>], home: &str) -> &'a [Arc<DirectoryEntry>] {
    let folder = format!("customers/{home}/");
    let start = entries.partition_point(|entry| *entry.id.0 < *folder);
    let length = entries[start..].iter().take_while(|entry| entry.id.0.starts_with(&folder)).count();
    &entries[start..start + length]
}

/// Whether a path of the archive is a file that is not a record (image, attachment).
pub type IsFile<'a> = dyn Fn(&str) -> bool + Sync + 'a;

impl Directory {
    /// Folders of all registered customers, in order.
    pub(super) fn customer_folders(&self) -> impl Iterator<Item = &Arc<str>> {
        self.public.iter().filter(|entry| entry.is("customer")).filter_map(|entry| entry.customer.as_ref())
    }

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
                Some(entry) => Answer::One(entry.clone()),
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
    pub fn entry(&self, id: &RecordId) -> Option<&Arc<DirectoryEntry>> {
        self.entries.get(id)
    }

    /// Whether this record, not another with its id, is registered.
    pub(super) fn is_registered(&self, record: &Record) -> bool {
        self.paths.get(&record.path.0).is_some_and(|entry| entry.id == record.id)
    }

    /// All entries in order of id.
    pub fn entries(&self) -> impl Iterator<Item = &Arc<DirectoryEntry>> {
        self.entries.values()
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
        let here = |entry: &Arc<DirectoryEntry>| match tier {
            SearchScope::Own => entry.is("person") && home.is_some() && entry.customer.as_deref() == home,
            SearchScope::Projects => entry.is("project") && home.is_some() && entry.customer.as_deref() == home,
            SearchScope::Staff => entry.is("staff"),
            SearchScope::Customers => entry.is("customer"),
            SearchScope::Competitors => entry.is("competitor"),
            SearchScope::Pages => entry.is("page"),
            SearchScope::People => entry.is("person"),
            SearchScope::Events => false,
        };
        if tier == SearchScope::Events {
            return home.map_or(Answer::Nobody, |home| Answer::of(self.records_of_customer(home, written)));
        }
        let entries = |name: &str| -> Vec<Arc<DirectoryEntry>> {
            let called = self.names.get(&*normalize(name)).map_or(&[][..], Vec::as_slice);
            let called = match (tier, home) {
                (SearchScope::Own | SearchScope::Projects, Some(home)) => of_folder(called, home),
                _ => called,
            };
            called.iter().filter(|entry| here(entry)).cloned().collect()
        };
        // The whole may be a file's stem (`王磊（处长）`); else the bracket selects among entries of that name.
        let whole = entries(written);
        if !whole.is_empty() {
            return Answer::of(whole);
        }
        let (name, Some(note)) = split_note(written) else { return Answer::Nobody };
        let found = entries(name);
        let noted: Vec<Arc<DirectoryEntry>> = found.iter().filter(|entry| self.note_matches(entry, note)).cloned().collect();
        Answer::of(if noted.is_empty() { found } else { noted })
    }

    /// Whether a bracket matches this entry: its title, unit, an alias, or part of its file's name.
    fn note_matches(&self, entry: &DirectoryEntry, note: &str) -> bool {
        let note = normalize(note);
        let is = |text: &Arc<str>| *normalize(text) == *note;
        entry.title.as_ref().is_some_and(|title| is(title) || normalize(title).ends_with(&*note))
            || self.units.get(&entry.id).is_some_and(is)
            || entry.aliases.iter().any(is)
            || normalize(entry.id.stem()).contains(&*note)
    }

    /// Resolves `客户/姓名`, `客户/日期`, `客户/拜访/日期` or a path; within a customer also `拜访/日期`.
    fn resolve_qualified(&self, home: Option<&str>, unit: &str, inner: &str, written: &str) -> Answer {
        let path = written.strip_suffix(".md").unwrap_or(written);
        let at = |path: &str| {
            let entry = self.entries.get(&RecordId::from(path)).or_else(|| self.paths.get(format!("{path}.md").as_str()));
            entry.cloned().map(Answer::One)
        };
        if let Some(found) = at(path) {
            return found;
        }
        let folders: Vec<Arc<str>> = match self.in_scope(SearchScope::Customers, None, unit) {
            Answer::One(entry) => entry.customer.iter().cloned().collect(),
            Answer::Several(entries) => entries.iter().filter_map(|entry| entry.customer.clone()).collect(),
            Answer::File | Answer::Nobody => Vec::new(),
        };
        let mut found = Vec::new();
        for folder in &folders {
            match self.in_scope(SearchScope::Own, Some(folder), inner) {
                Answer::One(entry) => found.push(entry),
                Answer::Several(entries) => found.extend(entries),
                Answer::File | Answer::Nobody => match self.in_scope(SearchScope::Projects, Some(folder), inner) {
                    Answer::One(entry) => found.push(entry),
                    Answer::Several(entries) => found.extend(entries),
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
            let own = |subfolder: &str| self.paths.get(format!("{subfolder}/{folder}/{path}.md").as_str());
            let twin = self.entries.get(&RecordId::from(format!("customers/{folder}/{path}").as_str()));
            twin.or_else(|| own("客户")).or_else(|| own("customers")).cloned()
        };
        if written.contains('/') {
            return below(written.strip_suffix(".md").unwrap_or(written)).into_iter().collect();
        }
        let exact = ["visits", "contacts", "contact-plans", "people", "projects", "plans"]
            .map(|subfolder| below(&format!("{subfolder}/{written}")));
        let exact: Vec<Arc<DirectoryEntry>> = exact.into_iter().flatten().collect();
        if !exact.is_empty() {
            return exact;
        }
        let Some(day) = parse_date(written, None).ok() else { return Vec::new() };
        let on_day = |subfolder: &str| -> Vec<Arc<DirectoryEntry>> {
            let from = format!("customers/{folder}/{subfolder}/");
            let entries = self.entries.range(RecordId::from(from.as_str())..);
            let own = entries.take_while(|(id, _)| id.as_str().starts_with(&from)).map(|(_, entry)| entry);
            own.filter(|entry| entry.date == Some(day)).cloned().collect()
        };
        ["visits", "contacts"].into_iter().flat_map(on_day).collect()
    }

    fn suggestions(&self, scope: Scope, home: Option<&str>, written: &str) -> Answer {
        // A typo behind `客户/` is searched for in that customer, one before it among customers.
        if let Some((unit, inner)) = written.split_once('/') {
            return match self.in_scope(SearchScope::Customers, None, unit.trim()) {
                Answer::One(entry) => self.suggestions(scope, entry.customer.as_deref(), inner.trim()),
                _ => self.suggestions(Scope::Customer, None, unit.trim()),
            };
        }
        let (name, _) = split_note(written);
        let folded = normalize(name);
        for tier in search_scopes(scope) {
            let here: Vec<(&Arc<str>, &Arc<DirectoryEntry>)> = match tier {
                SearchScope::Own | SearchScope::Projects => {
                    let Some(home) = home else { continue };
                    let subfolder = if *tier == SearchScope::Own { "people" } else { "projects" };
                    let from = format!("customers/{home}/{subfolder}/");
                    let entries = self.entries.range(RecordId::from(from.as_str())..);
                    entries
                        .take_while(|(id, _)| id.as_str().starts_with(&from))
                        .flat_map(|(_, entry)| entry.aliases.iter().chain([&entry.name]).map(move |name| (name, entry)))
                        .collect()
                }
                SearchScope::Staff | SearchScope::Customers | SearchScope::Competitors => {
                    let kind = match tier {
                        SearchScope::Staff => "staff",
                        SearchScope::Customers => "customer",
                        _ => "competitor",
                    };
                    let entries = self.public.iter().filter(|entry| entry.is(kind));
                    entries.flat_map(|entry| entry.aliases.iter().chain([&entry.name]).map(move |name| (name, entry))).collect()
                }
                SearchScope::Pages | SearchScope::People | SearchScope::Events => continue,
            };
            let close = suggest(&folded, here.iter().map(|(name, _)| &***name));
            let mut entries: Vec<Arc<DirectoryEntry>> = Vec::new();
            for name in close {
                for (_, entry) in here.iter().filter(|(one, _)| &***one == name) {
                    if !entries.iter().any(|one| one.id == entry.id) {
                        entries.push((*entry).clone());
                    }
                }
            }
            if !entries.is_empty() {
                // Closest first, not by id: these are suggestions.
                return Answer::Several(entries);
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
