//! Lookups for a draft.

use std::sync::Arc;

use super::Request;
use crate::archive::{Answer, Archive, DirectoryEntry, Dossier, Party, Question};
use crate::calendar::{AsOf, Date, Month, parse_month};
use crate::config::Config;
use crate::i18n::Message;
use crate::kind::{ArchivePath, Kind, Scope};
use crate::record::RecordId;

/// Default secrecy level of a record.
const USUAL_SECRECY: u8 = 1;

/// Everything a draft is made from.
#[derive(Clone, Copy)]
pub(super) struct DraftContext<'a> {
    pub request: &'a Request,
    pub archive: &'a Archive,
    pub config: &'a Config,
    pub as_of: AsOf,
    pub kind: &'a Kind,
}

impl<'a> DraftContext<'a> {
    /// The record's date.
    pub fn day(&self) -> Date {
        self.request.date.unwrap_or(self.as_of.0)
    }

    /// The dossier with this folder, name or short name.
    pub fn dossier(&self, written: &str) -> Result<&'a Dossier, Message> {
        if let Some(dossier) = self.archive.dossiers.get(written) {
            return Ok(dossier);
        }
        let entry = self.single_match(Scope::Customer, None, written, "customer")?;
        let dossier = entry.customer.as_deref().and_then(|id| self.archive.dossiers.get(id));
        dossier.map(|dossier| &**dossier).ok_or_else(|| unknown("customer", written))
    }

    /// The name of a staff member as written in records.
    pub fn staff(&self, written: &str) -> Result<String, Message> {
        self.single_match(Scope::Staff, None, written, "staff").map(|entry| self.staff_name(&entry))
    }

    /// The staff of an event: those given, else the customer's owner.
    pub fn ours(&self, dossier: &Dossier) -> Result<Vec<String>, Message> {
        if !self.request.staff.is_empty() {
            return self.request.staff.iter().map(|name| self.staff(name)).collect();
        }
        let owner = dossier.customer.as_ref().and_then(|customer| customer.owner.as_ref()).map(|who| self.our_name(who));
        owner
            .map(|owner| vec![owner])
            .ok_or_else(|| Message::new("scaffold.new.no-owner").with("customer", &dossier.entry.name))
    }

    /// A staff member's name as written in records.
    pub fn our_name(&self, who: &Party) -> String {
        who.entry().map_or_else(|| who.name().to_owned(), |entry| self.staff_name(entry))
    }

    /// An unambiguous name of a staff member.
    pub fn staff_name(&self, entry: &DirectoryEntry) -> String {
        let namesakes = self.archive.staff.iter().filter(|member| member.entry.name == entry.name).count();
        if namesakes > 1 { entry.id.stem().to_owned() } else { entry.name.to_string() }
    }

    /// A person of the customer as written in records; a person without record stays as typed.
    pub fn person(&self, dossier: &Dossier, written: &str) -> Result<String, Message> {
        let asked = name_question(Scope::Person, Some(&dossier.id), written);
        match self.archive.directory.answer_records(&asked) {
            Answer::One(entry) if entry.is("person") && entry.customer.as_ref() == Some(&dossier.id) => {
                Ok(person_name(dossier, &entry))
            }
            Answer::Several(entries) if entries.iter().all(|entry| entry.is("person")) => Err(several(written, &entries)),
            _ => Ok(written.to_owned()),
        }
    }

    /// Whether somebody may be named in a field of this draft: not if the field's level is below that of their record.
    pub fn may_name(&self, entry: &DirectoryEntry, key: &str) -> bool {
        let field = self.kind.index_of(key).map_or(0, |index| self.kind.field(index).secrecy);
        entry.secrecy <= field.max(USUAL_SECRECY)
    }

    /// The directory entry of the record at a path.
    pub fn entry(&self, path: &ArchivePath) -> Option<&'a Arc<DirectoryEntry>> {
        let place = self.config.kinds.match_path(path)?;
        self.archive.directory.entry(&RecordId(place.id))
    }

    /// The path of a new record in a customer's folder, in the language of its folders.
    pub fn path_in(&self, dossier: &Dossier, stem: &str) -> ArchivePath {
        let english = self.kind.files.first().map_or("", |pattern| &**pattern);
        let root = dossier.records().find_map(|record| customer_folder(record.path.as_str()));
        let chinese = root.map_or(self.writes_chinese(), |root| root.starts_with("客户/"));
        let root = root.map_or_else(|| format!("{}/{}", if chinese { "客户" } else { "customers" }, dossier.id), str::to_owned);
        // `customers/*/visits/*.md`: the part below the customer's folder.
        let below: Vec<&str> = english.split('/').skip(2).collect();
        let alike = dossier.records().find(|record| record.kind.key == self.kind.key).map(|record| record.path.folder());
        let twin = |name: &str| if chinese { self.chinese_twin(name) } else { name.to_owned() };
        match below.as_slice() {
            [folder, _] => match alike {
                Some(folder) => format!("{folder}/{stem}.md").as_str().into(),
                None => format!("{root}/{}/{stem}.md", twin(folder)).as_str().into(),
            },
            [file] => format!("{root}/{}", twin(file)).as_str().into(),
            _ => format!("{root}/{stem}.md").as_str().into(),
        }
    }

    /// The target as a name with an optional month after a slash; `usual` by default.
    pub fn of_month(&self, usual: Month) -> Result<(&'a str, Month), Message> {
        match self.request.target.rsplit_once(['/', '／']) {
            None => Ok((self.request.target.trim(), usual)),
            Some((name, written)) => match parse_month(written.trim()) {
                Ok(month) => Ok((name.trim(), month)),
                Err(_) => Err(Message::new("scaffold.new.month").with("month", written)),
            },
        }
    }

    /// A customer's name as written outside its folder: the short name if it is unambiguous.
    pub fn unit_name(&self, dossier: &Dossier) -> String {
        let names = dossier.entry.short.iter().chain([&dossier.entry.name]);
        let is_his = |name: &&Arc<str>| match self.archive.directory.answer_records(&name_question(Scope::Company, None, name))
        {
            Answer::One(entry) => entry.id == dossier.entry.id,
            _ => false,
        };
        names.into_iter().find(is_his).map_or_else(|| dossier.id.to_string(), |name| name.to_string())
    }

    /// The first holder of one of these posts, else a deputy.
    pub fn holder(&self, posts: &[&str]) -> Option<String> {
        let holds = |post: &str| {
            let active = self.archive.staff.iter().filter(|member| member.active);
            active.into_iter().find(|member| member.post.as_deref() == Some(post)).map(|member| self.staff_name(&member.entry))
        };
        let stand_ins = &self.archive.deputies;
        let stands_in = |post: &str| stand_ins.of_post(post)?.entry().filter(|entry| entry.left.is_none());
        let stand_in = || posts.iter().find_map(|post| Some(self.staff_name(stands_in(post)?)));
        posts.iter().find_map(|post| holds(post)).or_else(stand_in)
    }

    /// The given name, else the holder of one of these posts.
    pub fn named_or_holder(&self, posts: &[&str]) -> Result<String, Message> {
        match self.request.staff.first() {
            Some(name) => self.staff(name),
            None => self.holder(posts).ok_or_else(|| Message::new("scaffold.new.no-staff").with("kind", &self.kind.label)),
        }
    }

    /// The record that a link target refers to.
    pub fn record(&self, written: &str) -> Result<Arc<DirectoryEntry>, Message> {
        match self.archive.directory.answer_records(&name_question(Scope::Anyone, None, written)) {
            Answer::One(entry) => Ok(entry),
            Answer::Several(entries) => Err(several(written, &entries)),
            _ => Err(unknown("record", written)),
        }
    }

    /// The path of a department record below its folder, in the language of that folder.
    pub fn path_below(&self, english: &str, below: &str) -> ArchivePath {
        let alike = self.archive.of_kind(&self.kind.key).next();
        let there = alike.and_then(|loose| loose.record.path.as_str().split('/').next()).map(str::to_owned);
        let folder =
            there.unwrap_or_else(|| if self.writes_chinese() { self.chinese_twin(english) } else { english.to_owned() });
        format!("{folder}/{below}.md").as_str().into()
    }

    /// The first of `stem`, `stem-2` … without a record.
    pub fn free_below(&self, english: &str, stem: &str) -> ArchivePath {
        let mut path = self.path_below(english, stem);
        let mut nth = 2_u32;
        while self.entry(&path).is_some() {
            path = self.path_below(english, &format!("{stem}-{nth}"));
            nth += 1;
        }
        path
    }

    /// The path of a record outside customer folders.
    pub fn path_outside(&self, english: &str, alike: Option<&ArchivePath>, stem: &str) -> ArchivePath {
        let folder = match alike.map(ArchivePath::folder) {
            Some(folder) if !folder.is_empty() => folder.to_owned(),
            _ if self.writes_chinese() => self.chinese_twin(english),
            _ => english.to_owned(),
        };
        format!("{folder}/{stem}.md").as_str().into()
    }

    /// Whether folders have Chinese names, as those of most customers. True for an empty archive.
    pub fn writes_chinese(&self) -> bool {
        let mut records = self.archive.dossiers.values().filter_map(|dossier| dossier.records().next()).peekable();
        if records.peek().is_none() {
            return self.archive.staff.first().is_none_or(|member| member.record.path.as_str().starts_with("我方人员/"));
        }
        let (mut chinese, mut all) = (0, 0);
        for record in records {
            chinese += usize::from(record.path.as_str().starts_with("客户/"));
            all += 1;
        }
        chinese * 2 >= all
    }

    /// The Chinese name of a folder or fixed file.
    pub fn chinese_twin(&self, english: &str) -> String {
        self.config.kinds.chinese_name(english).unwrap_or(english).to_owned()
    }

    fn single_match(
        &self,
        scope: Scope,
        home: Option<&Arc<str>>,
        written: &str,
        what: &str,
    ) -> Result<Arc<DirectoryEntry>, Message> {
        match self.archive.directory.answer_records(&name_question(scope, home, written)) {
            Answer::One(entry) if entry.is(what) => Ok(entry),
            Answer::Several(entries) => Err(several(written, &entries)),
            _ => {
                let near = Question::Near { scope, home: home.cloned(), name: written.into() };
                let near = match self.archive.directory.answer_records(&near) {
                    Answer::One(entry) => vec![entry],
                    Answer::Several(entries) => entries,
                    Answer::Nobody | Answer::File => Vec::new(),
                };
                let names: Vec<&str> = near.iter().filter(|entry| entry.is(what)).map(|entry| &*entry.name).collect();
                if names.is_empty() {
                    return Err(unknown(what, written));
                }
                let key = format!("scaffold.new.unknown-{what}-near");
                Err(Message::new(key).with("name", written).with("near", names.join("、")))
            }
        }
    }
}

fn name_question(scope: Scope, home: Option<&Arc<str>>, written: &str) -> Question {
    Question::Name { scope, home: home.cloned(), name: written.into() }
}

fn unknown(what: &str, written: &str) -> Message {
    Message::new(format!("scaffold.new.unknown-{what}")).with("name", written)
}

fn several(written: &str, entries: &[Arc<DirectoryEntry>]) -> Message {
    // Name and folder of a customer, to tell two of one name apart.
    let names = entries.iter().map(|entry| match entry.customer.as_deref() {
        Some(folder) if entry.is("customer") => format!("{}（{folder}）", entry.name),
        _ => entry.id.to_string(),
    });
    let names: Vec<String> = names.collect();
    Message::new("scaffold.new.ambiguous").with("name", written).with("names", names.join("、"))
}

/// A key person as written in records: by file name if another person of the customer has the same name.
pub(super) fn person_name(dossier: &Dossier, entry: &DirectoryEntry) -> String {
    let namesakes = dossier.people.iter().filter(|person| person.entry.name == entry.name).count();
    if namesakes > 1 { entry.id.stem().to_owned() } else { entry.name.to_string() }
}

/// One of their people as written in records, with the note if there is no record.
pub(super) fn their_name(dossier: &Dossier, who: &Party) -> String {
    match who {
        Party::Registered(entry) => person_name(dossier, entry),
        Party::Unregistered { name, note: Some(note) } => format!("{name}（{note}）"),
        Party::Unregistered { name, note: None } => name.to_string(),
    }
}

/// `客户/东澜水务` for a path below it.
fn customer_folder(path: &str) -> Option<&str> {
    let first = path.find('/')?;
    let second = first + 1 + path[first + 1..].find('/')?;
    Some(&path[..second])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customer_folder_is_first_two_components() {
        assert_eq!(customer_folder("客户/东澜水务/拜访/2026-11-20.md"), Some("客户/东澜水务"));
        assert_eq!(customer_folder("客户/东澜水务.md"), None);
    }
}
