//! Who can be linked from elsewhere.

use std::sync::Arc;

use crate::calendar::Date;
use crate::kind::Kind;
use crate::record::RecordId;

/// All that a record may know of another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Card {
    /// Which record.
    pub id: RecordId,
    /// Its kind.
    pub kind: Arc<str>,
    /// The name it is shown by: a person's or customer's name, a visit's date.
    pub name: Arc<str>,
    /// A customer's 简称 (first one) or a person's 称呼, for tight places.
    pub short: Option<Arc<str>>,
    /// 职务 of a person or staff member, to tell two of one name apart.
    pub title: Option<Arc<str>>,
    /// Other names that find it.
    pub aliases: Vec<Arc<str>>,
    /// Reading given by the author (`拼音`).
    pub pinyin: Option<Arc<str>>,
    /// The customer folder it lies in.
    pub customer: Option<Arc<str>>,
    /// Its day, for records on year pages.
    pub date: Option<Date>,
    /// Which of the records with that customer, kind and year it is, in order of date and id, from 0: decides the part of
    /// a split year page.
    pub nth: u32,
    /// Left the company or the post.
    pub left: Option<Date>,
    /// 出勤 of our staff, in order: what falls due meanwhile is excused.
    pub away: Vec<Away>,
    /// Level of the whole record (`密级`); 0 unless raised.
    pub secrecy: u8,
    /// Ids of headings in it that links may name.
    pub anchors: Arc<[String]>,
}

impl Card {
    /// Whether it is of this kind.
    pub fn is(&self, kind: &str) -> bool {
        &*self.kind == kind
    }

    /// Whether it is of that kind.
    pub fn is_of(&self, kind: &Kind) -> bool {
        *self.kind == *kind.key
    }
}

/// Days on which one of ours is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Away {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// 出差: visits are made meanwhile, but nothing is written at a desk.
    pub travelling: bool,
}

/// Somebody named in a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// Has a file.
    Filed(Arc<Card>),
    /// Has none: the name and what stood in brackets behind it, as written.
    Unfiled {
        /// The name.
        name: Arc<str>,
        /// The bracket.
        note: Option<Arc<str>>,
    },
}

impl Who {
    /// The name to show.
    pub fn name(&self) -> &str {
        match self {
            Who::Filed(card) => &card.name,
            Who::Unfiled { name, .. } => name,
        }
    }

    /// The card, if filed.
    pub fn card(&self) -> Option<&Arc<Card>> {
        match self {
            Who::Filed(card) => Some(card),
            Who::Unfiled { .. } => None,
        }
    }

    /// Whether it is that record.
    pub fn is(&self, id: &RecordId) -> bool {
        self.card().is_some_and(|card| card.id == *id)
    }
}
