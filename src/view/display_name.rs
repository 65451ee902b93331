//! Display names of records and people, with links.

use std::sync::Arc;

use super::link_cache::LinkStyle;
use super::{Link, Linker, Names};
use crate::archive::{DirectoryEntry, Party};
use crate::kind::Name;
use crate::record::Record;

impl<'a> Linker<'a> {
    /// A link with the record's name.
    pub fn entry_name(&self, entry: &DirectoryEntry) -> Link {
        self.link(entry, LinkStyle::Name, || self.name_of(entry))
    }

    /// A link with the customer's 简称, else its full name.
    pub fn customer_name(&self, entry: &DirectoryEntry) -> Link {
        self.link(entry, LinkStyle::Customer, || entry.short.clone().unwrap_or_else(|| entry.name.clone()))
    }

    /// A record as a source: `2026-11-20 拜访`.
    pub fn display_text(&self, entry: &DirectoryEntry) -> Link {
        self.link(entry, LinkStyle::Said, || self.display_plain(entry))
    }

    pub(super) fn display_plain(&self, entry: &DirectoryEntry) -> Arc<str> {
        match &*entry.kind {
            "visit" => self.dated_name(entry, "visit"),
            "contact" => self.dated_name(entry, "contact"),
            _ => self.name_of(entry),
        }
    }

    fn dated_name(&self, entry: &DirectoryEntry, word: &'static str) -> Arc<str> {
        let word = self.interface_word(word);
        let date = entry.date.map(|date| self.date(date));
        [date.as_deref().unwrap_or(&entry.name), " ", &*word].concat().into()
    }

    /// Display name of a record of any kind.
    fn name_of(&self, entry: &DirectoryEntry) -> Arc<str> {
        match &*entry.kind {
            "contact-plan" => Arc::from(self.interface_sentence("title_plan", &[("period", entry.id.stem())])),
            "information" => self.interface_word("title_information"),
            "visit-plan" | "market-report" => {
                let folder = entry.id.as_str().rsplit('/').nth(1).unwrap_or_default();
                Arc::from(format!("{folder} {} {}", entry.name, self.kind_label(&entry.kind)))
            }
            "inbound" => self.dated_kind_name(entry),
            "loans" => self.kind_label(&entry.kind),
            "development-plan" | "directive" | "review" | "inspection" | "regulation" | "inbound-month" => {
                Arc::from(format!("{} {}", entry.name, self.kind_label(&entry.kind)))
            }
            _ => entry.name.clone(),
        }
    }

    /// A call or letter by date.
    fn dated_kind_name(&self, entry: &DirectoryEntry) -> Arc<str> {
        let name = entry.date.map_or_else(|| entry.name.to_string(), |date| self.date(date));
        Arc::from(format!("{name} {}", self.kind_label(&entry.kind)))
    }

    /// The month of a row of a month file, with the label of its kind.
    pub fn month_of(&self, entry: &DirectoryEntry) -> Arc<str> {
        let stem = entry.id.stem();
        let month = stem.split('#').next().unwrap_or(stem);
        Arc::from(format!("{month} {}", self.kind_label(&entry.kind)))
    }

    /// Label of a kind.
    pub fn kind_label(&self, key: &str) -> Arc<str> {
        self.view_context.config().kinds.get(key).map_or_else(Arc::default, |kind| self.label(&kind.label, &kind.english))
    }

    /// A record as mentioned elsewhere: with its customer, if that is another one.
    pub fn mention_name(&self, entry: &DirectoryEntry) -> Link {
        let mut link = self.display_text(entry);
        let foreign = entry.customer.as_ref().filter(|id| self.dossier.is_none_or(|dossier| dossier.id != **id));
        if let Some(home) = foreign.and_then(|id| self.view_context.order.entry(id))
            && !entry.is("customer")
        {
            let name = home.short.as_ref().unwrap_or(&home.name);
            link.text = Arc::from(format!("{name} {}", link.text));
        }
        link
    }

    /// A person, registered or not.
    pub fn party_name(&self, who: &Party) -> Link {
        match who {
            Party::Registered(entry) => self.entry_name(entry),
            Party::Unregistered { name, note: None } => Link::plain(name.clone()),
            Party::Unregistered { name, note: Some(note) } => Link::plain(format!("{name}（{note}）")),
        }
    }

    /// Several people, with or without records.
    pub fn party_names(&self, all: &[Party]) -> Names {
        self.join_links(all.iter().map(|who| self.party_name(who)))
    }

    /// The party of a name token, if resolved.
    pub fn party_name_of(&self, record: &Record, name: &Name) -> Option<&'a Party> {
        let inner = self.dossier.and_then(|dossier| dossier.names.get(&record.id));
        inner.or_else(|| self.outer.and_then(|archive| archive.names.get(&record.id)))?.get(&name.id)
    }

    /// The display name of a name token.
    pub fn resolved_name(&self, record: &Record, name: &Name) -> Link {
        match self.party_name_of(record, name) {
            Some(Party::Registered(entry)) => self.entry_name(entry),
            // A note in brackets is kept as written.
            _ => match &name.note {
                Some(note) => Link::plain(format!("{}（{note}）", name.text)),
                None => Link::plain(name.text.clone()),
            },
        }
    }
}
