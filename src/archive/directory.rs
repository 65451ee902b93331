//! Everybody's card, small, whole, sorted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Card;
use super::fold::{fold, split_note};
use crate::diag::suggest;
use crate::kind::Scope;
use crate::record::RecordId;
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
        /// The name as written (`陈晨`, `陈晨（处长）`, `华东院/王建国`, a file's stem).
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
    /// Folded name → those called so, of the kinds people speak of by name.
    pub(super) names: BTreeMap<Arc<str>, Vec<Arc<Card>>>,
    /// Path → the first record of the file.
    pub(super) paths: BTreeMap<Arc<str>, Arc<Card>>,
    pub(super) print: Fingerprint,
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
            print.print(Fingerprint::of_hash(&self.answer(question, files)));
        }
        print.finish()
    }

    /// The card of a record.
    pub fn card(&self, id: &RecordId) -> Option<&Arc<Card>> {
        self.cards.get(id)
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
            return self.inside(unit.trim(), inner.trim(), written);
        }
        // The first scope with a hit decides (`decisions.md` 21).
        for tier in tiers(scope) {
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
            Tier::Staff => card.is("staff"),
            Tier::Customers => card.is("customer"),
            Tier::Competitors => card.is("competitor"),
            Tier::Pages => card.is("page"),
            Tier::People => card.is("person"),
            Tier::Events => false,
        };
        if tier == Tier::Events {
            return home.map_or(Answer::Nobody, |home| self.of_customer(home, written));
        }
        let cards = |name: &str| -> Vec<Arc<Card>> {
            self.names.get(&*fold(name)).into_iter().flatten().filter(|card| here(card)).cloned().collect()
        };
        // The whole of it may be a file's stem (`王磊（处长）`); else the bracket tells those of one name apart.
        let whole = cards(written);
        if !whole.is_empty() {
            return Answer::of(whole);
        }
        let (name, Some(note)) = split_note(written) else { return Answer::Nobody };
        let found = cards(name);
        let noted: Vec<Arc<Card>> = found.iter().filter(|card| is_noted(card, note)).cloned().collect();
        Answer::of(if noted.is_empty() { found } else { noted })
    }

    /// `客户/姓名`, `客户/日期`, or a path.
    fn inside(&self, unit: &str, inner: &str, written: &str) -> Answer {
        let path = written.trim_end_matches(".md");
        if let Some(card) = self.cards.get(&RecordId::from(path)) {
            return Answer::One(card.clone());
        }
        for ending in [written.to_owned(), format!("{path}.md")] {
            if let Some(card) = self.paths.get(ending.as_str()) {
                return Answer::One(card.clone());
            }
        }
        let Answer::One(customer) = self.in_tier(Tier::Customers, None, unit) else { return Answer::Nobody };
        let Some(folder) = customer.customer.as_deref() else { return Answer::Nobody };
        match self.in_tier(Tier::Own, Some(folder), inner) {
            Answer::Nobody => self.of_customer(folder, inner),
            found => found,
        }
    }

    /// Records of a customer by file stem or, for visits and contacts, by day.
    fn of_customer(&self, folder: &str, written: &str) -> Answer {
        let written = written.rsplit_once('/').map_or(written, |(_, stem)| stem);
        let mut exact = Vec::new();
        let mut dated = Vec::new();
        for rooms in ["visits", "contacts", "contact-plans", "people"] {
            let prefix = format!("customers/{folder}/{rooms}/{written}");
            if let Some(card) = self.cards.get(&RecordId::from(prefix.as_str())) {
                exact.push(card.clone());
            }
        }
        if exact.is_empty() && written.len() == 10 && written.as_bytes()[0].is_ascii_digit() {
            for rooms in ["visits", "contacts"] {
                let from = RecordId::from(
                    format!("customers/{folder}/{rooms}/{}", &written[..written.floor_char_boundary(7)]).as_str(),
                );
                let on = |card: &&Arc<Card>| card.date.is_some_and(|day| day.to_string() == written);
                dated.extend(
                    self.cards
                        .range(from.clone()..)
                        .take_while(|(id, _)| id.as_str().starts_with(from.as_str()))
                        .map(|(_, card)| card)
                        .filter(on)
                        .cloned(),
                );
            }
        }
        Answer::of(if exact.is_empty() { dated } else { exact })
    }

    fn near(&self, scope: Scope, home: Option<&str>, written: &str) -> Answer {
        let (name, _) = split_note(written);
        let folded = fold(name);
        for tier in tiers(scope) {
            let here: Vec<(&Arc<str>, &Arc<Card>)> = match tier {
                Tier::Own => {
                    let Some(home) = home else { continue };
                    let from = format!("customers/{home}/people/");
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
                    let cards = self.cards.values().filter(|card| card.is(kind));
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
        Scope::Competitor => &[Tier::Competitors],
        Scope::Project | Scope::Unit => &[],
        Scope::Anyone => &[Tier::Own, Tier::Staff, Tier::Customers, Tier::Competitors, Tier::Events, Tier::Pages, Tier::People],
    }
}

/// Whether a bracket behind the name fits this one: its title, how it is called, or part of its file's name.
fn is_noted(card: &Card, note: &str) -> bool {
    let note = fold(note);
    let is = |text: &Arc<str>| *fold(text) == *note;
    card.title.as_ref().is_some_and(|title| is(title) || fold(title).ends_with(&*note))
        || card.short.as_ref().is_some_and(is)
        || fold(card.id.stem()).contains(&*note)
}
