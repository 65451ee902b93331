//! What records and people are called where they are spoken of, and where that leads.

use std::sync::Arc;

use super::known::Manner;
use super::{Link, Names, Pen};
use crate::archive::{Card, Who};
use crate::kind::Name;
use crate::record::Record;

impl<'a> Pen<'a> {
    /// A record by its name.
    pub fn card(&self, card: &Card) -> Link {
        self.link(card, Manner::Name, || self.name_of(card))
    }

    /// A customer by its shortest name.
    pub fn customer(&self, card: &Card) -> Link {
        self.link(card, Manner::Customer, || card.short.clone().unwrap_or_else(|| card.name.clone()))
    }

    /// A record as the place where something was said: `2026-11-20 拜访`.
    pub fn said(&self, card: &Card) -> Link {
        self.link(card, Manner::Said, || self.said_text(card))
    }

    pub(super) fn said_text(&self, card: &Card) -> Arc<str> {
        match &*card.kind {
            "visit" => self.dated(card, "visit"),
            "contact" => self.dated(card, "contact"),
            _ => self.name_of(card),
        }
    }

    fn dated(&self, card: &Card, word: &'static str) -> Arc<str> {
        let word = self.word(word);
        let date = card.date.map(|date| self.date(date));
        [date.as_deref().unwrap_or(&card.name), " ", &*word].concat().into()
    }

    /// What a record is called where any record may stand.
    fn name_of(&self, card: &Card) -> Arc<str> {
        match &*card.kind {
            "contact-plan" => Arc::from(self.say("title_plan", &[("period", card.id.stem())])),
            "information" => self.word("title_information"),
            "visit-plan" | "market-report" => {
                let folder = card.id.as_str().rsplit('/').nth(1).unwrap_or_default();
                Arc::from(format!("{folder} {} {}", card.name, self.kind_label(&card.kind)))
            }
            "inbound" => self.kind_dated(card),
            "loans" => self.kind_label(&card.kind),
            "development-plan" | "directive" | "review" | "inspection" | "regulation" | "inbound-month" => {
                Arc::from(format!("{} {}", card.name, self.kind_label(&card.kind)))
            }
            _ => card.name.clone(),
        }
    }

    /// A call or a letter by its day.
    fn kind_dated(&self, card: &Card) -> Arc<str> {
        let name = card.date.map_or_else(|| card.name.to_string(), |date| self.date(date));
        Arc::from(format!("{name} {}", self.kind_label(&card.kind)))
    }

    /// The month whose file a record is a row of, with the label of its kind.
    pub fn month_of(&self, card: &Card) -> Arc<str> {
        let stem = card.id.stem();
        let month = stem.split('#').next().unwrap_or(stem);
        Arc::from(format!("{month} {}", self.kind_label(&card.kind)))
    }

    /// What a kind of record is called.
    pub fn kind_label(&self, key: &str) -> Arc<str> {
        self.scene.policy().kinds.get(key).map_or_else(Arc::default, |kind| self.label(&kind.label, &kind.english))
    }

    /// A record as others see it from afar: with its customer, when that is another one.
    pub fn mention(&self, card: &Card) -> Link {
        let mut link = self.said(card);
        let foreign = card.customer.as_ref().filter(|id| self.dossier.is_none_or(|dossier| dossier.id != **id));
        if let Some(home) = foreign.and_then(|id| self.scene.order.card(id))
            && !card.is("customer")
        {
            let name = home.short.as_ref().unwrap_or(&home.name);
            link.text = Arc::from(format!("{name} {}", link.text));
        }
        link
    }

    /// Somebody, filed or not.
    pub fn who(&self, who: &Who) -> Link {
        match who {
            Who::Filed(card) => self.card(card),
            Who::Unfiled { name, note: None } => Link::plain(name.clone()),
            Who::Unfiled { name, note: Some(note) } => Link::plain(format!("{name}（{note}）")),
        }
    }

    /// Several people.
    pub fn whos(&self, all: &[Who]) -> Names {
        self.in_a_row(all.iter().map(|who| self.who(who)))
    }

    /// Who a name token of a record is, where that was found out.
    pub fn who_of(&self, record: &Record, name: &Name) -> Option<&'a Who> {
        let inner = self.dossier.and_then(|dossier| dossier.names.get(&record.id));
        inner.or_else(|| self.outer.and_then(|archive| archive.names.get(&record.id)))?.get(&name.id)
    }

    /// A name token of a record.
    pub fn name(&self, record: &Record, name: &Name) -> Link {
        match self.who_of(record, name) {
            Some(Who::Filed(card)) => self.card(card),
            // What stood in brackets is kept as it was written, whoever it turned out to be.
            _ => match &name.note {
                Some(note) => Link::plain(format!("{}（{note}）", name.text)),
                None => Link::plain(name.text.clone()),
            },
        }
    }
}
