//! Everybody's card, small, whole, sorted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Card;
use super::fold::{fold, split_note};
use crate::calendar::read_date;
use crate::diag::suggest;
use crate::kind::Scope;
use crate::record::{Record, RecordId};
use crate::text::{Fingerprint, Fingerprinter};

/// What a dossier asked the directory. Kept with the dossier: as long as the answers are the same, it need not be laid
/// out again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Who is called that, seen from a customer's folder?
    Name {
        /// First scope to look in.
        scope: Scope,
        /// The asking record's customer.
        home: Option<Arc<str>>,
        /// The name as written (`陈晨`, `陈晨（处长）`, `华东院/王建国`, `华东院/2026-11-20`, a file's stem, a path).
        name: Arc<str>,
    },
    /// Which names are close to that? (for «是否想写 …»)
    Near {
        /// Scope to look in.
        scope: Scope,
        /// The asking record's customer.
        home: Option<Arc<str>>,
        /// The name as written.
        name: Arc<str>,
    },
    /// Which record stands in the file at this path of the archive; else, is there such a file at all?
    Path(Arc<str>),
}

/// What the directory answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// That one.
    One(Arc<Card>),
    /// Several, in order of id: ambiguous, or suggestions.
    Several(Vec<Arc<Card>>),
    /// A file that is no record.
    File,
    /// Nobody.
    Nobody,
}

impl Answer {
    /// The card, if it is one.
    pub fn one(&self) -> Option<&Arc<Card>> {
        match self {
            Answer::One(card) => Some(card),
            _ => None,
        }
    }

    fn of(mut cards: Vec<Arc<Card>>) -> Answer {
        cards.sort_by(|a, b| a.id.cmp(&b.id));
        cards.dedup_by(|a, b| a.id == b.id);
        match cards.len() {
            0 => Answer::Nobody,
            1 => Answer::One(cards.remove(0)),
            _ => Answer::Several(cards),
        }
    }
}

/// All cards.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(super) cards: BTreeMap<RecordId, Arc<Card>>,
    /// Folded name → those called so, of the kinds people speak of by name, in order of id.
    pub(super) names: BTreeMap<Arc<str>, Vec<Arc<Card>>>,
    /// Path → the first record of the file.
    pub(super) paths: BTreeMap<Arc<str>, Arc<Card>>,
    /// 所属机构 of persons: tells those of one name apart.
    pub(super) units: BTreeMap<RecordId, Arc<str>>,
    /// Staff, customers and competitors in order of id: who is known everywhere.
    pub(super) public: Vec<Arc<Card>>,
    pub(super) print: Fingerprint,
}

/// Those below a customer's folder, out of cards in order of id: a common name has hundreds of bearers elsewhere.
fn of_folder<'a>(cards: &'a [Arc<Card>], home: &str) -> &'a [Arc<Card>] {
    let folder = format!("customers/{home}/");
    let start = cards.partition_point(|card| *card.id.0 < *folder);
    let length = cards[start..].iter().take_while(|card| card.id.0.starts_with(&folder)).count();
    &cards[start..start + length]
}

/// Whether a path of the archive is a file that is no record (image, attachment).
pub type FilesThere<'a> = dyn Fn(&str) -> bool + Sync + 'a;

impl Directory {
    /// Answers a question about records; other files are not known.
    pub fn ask(&self, question: &Question) -> Answer {
        self.answer(question, &|_| false)
    }

    /// Answers a question. `files` says which other files there are.
    pub fn answer(&self, question: &Question, files: &FilesThere<'_>) -> Answer {
        match question {
            Question::Name { scope, home, name } => self.called(*scope, home.as_deref(), name),
            Question::Near { scope, home, name } => self.near(*scope, home.as_deref(), name),
            Question::Path(path) => match self.paths.get(path) {
                Some(card) => Answer::One(card.clone()),
                None if files(path) => Answer::File,
                None => Answer::Nobody,
            },
        }
    }

    /// Fingerprint of the answers to these questions.
    pub fn answers(&self, questions: &[Question], files: &FilesThere<'_>) -> Fingerprint {
        let mut print = Fingerprinter::new();
        for question in questions {
            print.hash(&self.answer(question, files));
        }
        print.finish()
    }

    /// The card of a record.
    pub fn card(&self, id: &RecordId) -> Option<&Arc<Card>> {
        self.cards.get(id)
    }

    /// Whether a record is the one that has the card of its identity.
    pub(super) fn is_enrolled(&self, record: &Record) -> bool {
        self.paths.get(&record.path.0).is_some_and(|card| card.id == record.id)
    }

    /// All cards in order of id.
    pub fn cards(&self) -> impl Iterator<Item = &Arc<Card>> {
        self.cards.values()
    }

    /// Changes whenever any card does.
    pub fn print(&self) -> Fingerprint {
        self.print
    }

    fn called(&self, scope: Scope, home: Option<&str>, written: &str) -> Answer {
        if let Some((unit, inner)) = written.split_once('/') {
            return self.inside(home, unit.trim(), inner.trim(), written);
        }
        // The first scope with a hit decides (`decisions.md` 21).
        for tier in tiers(scope) {
            // Among one's own customer, somebody of that name elsewhere is a stranger: `客户/姓名` says who.
            if *tier == Tier::People && home.is_some() {
                continue;
            }
            let found = self.in_tier(*tier, home, written);
            if !matches!(found, Answer::Nobody) {
                return found;
            }
        }
        Answer::Nobody
    }

    fn in_tier(&self, tier: Tier, home: Option<&str>, written: &str) -> Answer {
        let here = |card: &Arc<Card>| match tier {
            Tier::Own => card.is("person") && home.is_some() && card.customer.as_deref() == home,
            Tier::Projects => card.is("project") && home.is_some() && card.customer.as_deref() == home,
            Tier::Staff => card.is("staff"),
            Tier::Customers => card.is("customer"),
            Tier::Competitors => card.is("competitor"),
            Tier::Pages => card.is("page"),
            Tier::People => card.is("person"),
            Tier::Events => false,
        };
        if tier == Tier::Events {
            return home.map_or(Answer::Nobody, |home| Answer::of(self.of_customer(home, written)));
        }
        let cards = |name: &str| -> Vec<Arc<Card>> {
            let called = self.names.get(&*fold(name)).map_or(&[][..], Vec::as_slice);
            let called = match (tier, home) {
                (Tier::Own | Tier::Projects, Some(home)) => of_folder(called, home),
                _ => called,
            };
            called.iter().filter(|card| here(card)).cloned().collect()
        };
        // The whole of it may be a file's stem (`王磊（处长）`); else the bracket tells those of one name apart.
        let whole = cards(written);
        if !whole.is_empty() {
            return Answer::of(whole);
        }
        let (name, Some(note)) = split_note(written) else { return Answer::Nobody };
        let found = cards(name);
        let noted: Vec<Arc<Card>> = found.iter().filter(|card| self.is_noted(card, note)).cloned().collect();
        Answer::of(if noted.is_empty() { found } else { noted })
    }

    /// Whether a bracket behind the name fits this one: its title, its unit, how it is called, or part of its file's name.
    fn is_noted(&self, card: &Card, note: &str) -> bool {
        let note = fold(note);
        let is = |text: &Arc<str>| *fold(text) == *note;
        card.title.as_ref().is_some_and(|title| is(title) || fold(title).ends_with(&*note))
            || self.units.get(&card.id).is_some_and(is)
            || card.aliases.iter().any(is)
            || fold(card.id.stem()).contains(&*note)
    }

    /// `客户/姓名`, `客户/日期`, `客户/拜访/日期`, or a path; within a customer also `拜访/日期`.
    fn inside(&self, home: Option<&str>, unit: &str, inner: &str, written: &str) -> Answer {
        let path = written.strip_suffix(".md").unwrap_or(written);
        let at = |path: &str| {
            let card = self.cards.get(&RecordId::from(path)).or_else(|| self.paths.get(format!("{path}.md").as_str()));
            card.cloned().map(Answer::One)
        };
        if let Some(found) = at(path) {
            return found;
        }
        let folders: Vec<Arc<str>> = match self.in_tier(Tier::Customers, None, unit) {
            Answer::One(card) => card.customer.iter().cloned().collect(),
            Answer::Several(cards) => cards.iter().filter_map(|card| card.customer.clone()).collect(),
            Answer::File | Answer::Nobody => Vec::new(),
        };
        let mut found = Vec::new();
        for folder in &folders {
            match self.in_tier(Tier::Own, Some(folder), inner) {
                Answer::One(card) => found.push(card),
                Answer::Several(cards) => found.extend(cards),
                Answer::File | Answer::Nobody => match self.in_tier(Tier::Projects, Some(folder), inner) {
                    Answer::One(card) => found.push(card),
                    Answer::Several(cards) => found.extend(cards),
                    Answer::File | Answer::Nobody => found.extend(self.of_customer(folder, inner)),
                },
            }
        }
        if found.is_empty()
            && let Some(home) = home
        {
            found.extend(self.of_customer(home, written));
        }
        Answer::of(found)
    }

    /// Records of a customer by file stem, by path below its folder, or, for visits and contacts, by day.
    fn of_customer(&self, folder: &str, written: &str) -> Vec<Arc<Card>> {
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
        let exact: Vec<Arc<Card>> = exact.into_iter().flatten().collect();
        if !exact.is_empty() {
            return exact;
        }
        let Some(day) = read_date(written, None).ok() else { return Vec::new() };
        let on_day = |room: &str| -> Vec<Arc<Card>> {
            let from = format!("customers/{folder}/{room}/");
            let cards = self.cards.range(RecordId::from(from.as_str())..);
            let own = cards.take_while(|(id, _)| id.as_str().starts_with(&from)).map(|(_, card)| card);
            own.filter(|card| card.date == Some(day)).cloned().collect()
        };
        ["visits", "contacts"].into_iter().flat_map(on_day).collect()
    }

    fn near(&self, scope: Scope, home: Option<&str>, written: &str) -> Answer {
        // A slip behind `客户/` is looked for there, one before it among customers.
        if let Some((unit, inner)) = written.split_once('/') {
            return match self.in_tier(Tier::Customers, None, unit.trim()) {
                Answer::One(card) => self.near(scope, card.customer.as_deref(), inner.trim()),
                _ => self.near(Scope::Customer, None, unit.trim()),
            };
        }
        let (name, _) = split_note(written);
        let folded = fold(name);
        for tier in tiers(scope) {
            let here: Vec<(&Arc<str>, &Arc<Card>)> = match tier {
                Tier::Own | Tier::Projects => {
                    let Some(home) = home else { continue };
                    let room = if *tier == Tier::Own { "people" } else { "projects" };
                    let from = format!("customers/{home}/{room}/");
                    let cards = self.cards.range(RecordId::from(from.as_str())..);
                    cards
                        .take_while(|(id, _)| id.as_str().starts_with(&from))
                        .flat_map(|(_, card)| card.aliases.iter().chain([&card.name]).map(move |name| (name, card)))
                        .collect()
                }
                Tier::Staff | Tier::Customers | Tier::Competitors => {
                    let kind = match tier {
                        Tier::Staff => "staff",
                        Tier::Customers => "customer",
                        _ => "competitor",
                    };
                    let cards = self.public.iter().filter(|card| card.is(kind));
                    cards.flat_map(|card| card.aliases.iter().chain([&card.name]).map(move |name| (name, card))).collect()
                }
                Tier::Pages | Tier::People | Tier::Events => continue,
            };
            let close = suggest(&folded, here.iter().map(|(name, _)| &***name));
            let mut cards: Vec<Arc<Card>> = Vec::new();
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
enum Tier {
    Own,
    Projects,
    Staff,
    Customers,
    Competitors,
    Events,
    Pages,
    People,
}

fn tiers(scope: Scope) -> &'static [Tier] {
    match scope {
        Scope::Staff => &[Tier::Staff],
        Scope::Person => &[Tier::Own],
        Scope::Customer => &[Tier::Customers],
        Scope::Company => &[Tier::Customers, Tier::Competitors],
        Scope::Competitor => &[Tier::Competitors],
        Scope::Project => &[Tier::Projects],
        Scope::Unit => &[],
        Scope::Anyone => &[
            Tier::Own,
            Tier::Projects,
            Tier::Staff,
            Tier::Customers,
            Tier::Competitors,
            Tier::Events,
            Tier::Pages,
            Tier::People,
        ],
    }
}
