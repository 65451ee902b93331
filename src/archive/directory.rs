//! Everybody's card, small, whole, sorted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Card;
use crate::kind::Scope;
use crate::record::RecordId;
use crate::text::Fingerprint;

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
    /// The card of this record.
    Id(RecordId),
    /// Which names are close to that? (for «是否想写 …»)
    Near {
        /// Scope to look in.
        scope: Scope,
        /// The asking record's customer.
        home: Option<Arc<str>>,
        /// The name as written.
        name: Arc<str>,
    },
}

/// What the directory answers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// That one.
    One(Arc<Card>),
    /// Several, in order of id: ambiguous, or suggestions.
    Several(Vec<Arc<Card>>),
    /// Nobody.
    Nobody,
}

/// All cards.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub(super) cards: BTreeMap<RecordId, Arc<Card>>,
    /// (folded name) → cards; private index, in order of id.
    pub(super) names: BTreeMap<Arc<str>, Vec<Arc<Card>>>,
    pub(super) print: Fingerprint,
}

impl Directory {
    /// Answers a question.
    pub fn ask(&self, question: &Question) -> Answer {
        let _ = question;
        todo!("helper: archive")
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
}
