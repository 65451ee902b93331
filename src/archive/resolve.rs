//! Who a name is, where a link leads.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::directory::FilesThere;
use super::{Answer, Card, Directory, Question, Target, Who};
use crate::diag::{Code, Diagnostic};
use crate::kind::{Field, FieldType, Mark, Name, NameId, Row, Scope, Value};
use crate::prose::{Link, LinkKind};
use crate::record::Record;
use crate::text::{Fingerprint, Fingerprinter};
use crate::words::Say;

/// Asks the directory and remembers what was asked.
pub struct Asker<'a> {
    directory: &'a Directory,
    files: &'a FilesThere<'a>,
    known: BTreeMap<Question, Answer>,
}

impl<'a> Asker<'a> {
    /// Nothing asked yet.
    pub fn new(directory: &'a Directory, files: &'a FilesThere<'a>) -> Self {
        Asker { directory, files, known: BTreeMap::new() }
    }

    /// Asks once, answers from memory afterwards.
    pub fn ask(&mut self, question: Question) -> Answer {
        if let Some(answer) = self.known.get(&question) {
            return answer.clone();
        }
        let answer = self.directory.answer(&question, self.files);
        self.known.insert(question, answer.clone());
        answer
    }

    /// Who is called that?
    pub fn name(&mut self, scope: Scope, home: Option<&Arc<str>>, name: &str) -> Answer {
        self.ask(Question::Name { scope, home: home.cloned(), name: name.into() })
    }

    /// «是否想写 …», spoken with the names as they should be written.
    pub fn near(&mut self, scope: Scope, home: Option<&Arc<str>>, name: &str) -> Option<Say> {
        match self.ask(Question::Near { scope, home: home.cloned(), name: name.into() }) {
            Answer::Several(cards) => {
                let names: Vec<String> = cards.iter().map(|card| spelled(card)).collect();
                Some(Say::new("help.did-you-mean").with("names", names.join("、")))
            }
            _ => None,
        }
    }

    /// What was asked, in order, and the fingerprint of the answers.
    pub fn finish(self) -> (Vec<Question>, Fingerprint) {
        let mut print = Fingerprinter::new();
        let mut questions = Vec::with_capacity(self.known.len());
        for (question, answer) in self.known {
            print.print(Fingerprint::of_hash(&answer));
            questions.push(question);
        }
        (questions, print.finish())
    }
}

/// How a card is written so that nobody else is meant.
fn spelled(card: &Card) -> String {
    match &card.title {
        Some(title) if card.is("person") => format!("{}（{title}）", card.name),
        _ => card.name.to_string(),
    }
}

/// All that was resolved in one record.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Who each name token is.
    pub names: BTreeMap<NameId, Who>,
    /// Where each target leads.
    pub links: BTreeMap<Arc<str>, Target>,
}

/// Resolves every name and link of a record. `units` are the names of the customer's units, for checking 所属机构 and the like.
pub fn resolve(record: &Record, units: &[Arc<str>], asker: &mut Asker<'_>, news: &mut Vec<Diagnostic>) -> Resolved {
    let mut resolved = Resolved::default();
    for (index, value) in &record.sheet.values {
        let field = record.kind.field(*index);
        walk(record, field, field.secrecy, value, units, asker, &mut resolved.names, news);
    }
    resolved.links = resolve_links(record, asker, news);
    resolved
}

/// Resolves every link of a record, by its target as written.
pub fn resolve_links(record: &Record, asker: &mut Asker<'_>, news: &mut Vec<Diagnostic>) -> BTreeMap<Arc<str>, Target> {
    let mut links = BTreeMap::new();
    for leveled in &record.links {
        let link = &leveled.link;
        if links.contains_key(link.target.as_str()) {
            continue;
        }
        let target = target(record, link, asker, news);
        if let Target::Card(card, _) = &target {
            hidden(card, leveled.level.max(record.secrecy), link.span, news);
        }
        links.insert(Arc::from(link.target.as_str()), target);
    }
    links
}

#[allow(
    clippy::too_many_arguments,
    reason = "a walk over one value with all it reads and writes; a struct would only rename them"
)]
fn walk(
    record: &Record,
    field: &Field,
    level: u8,
    value: &Value,
    units: &[Arc<str>],
    asker: &mut Asker<'_>,
    found: &mut BTreeMap<NameId, Who>,
    news: &mut Vec<Diagnostic>,
) {
    match (value, &field.ty) {
        (Value::Names(names), FieldType::Names { scope, .. }) => {
            for name in names {
                let who = who(record, field, *scope, name, units, asker, news);
                if let Who::Filed(card) = &who {
                    hidden(card, level.max(record.secrecy), name.span, news);
                }
                found.insert(name.id, who);
            }
        }
        (Value::Rows(rows), FieldType::Rows(shape)) => {
            for row in rows {
                for (index, cell) in &row.cells {
                    let inner = &shape.fields[usize::from(index.0)];
                    walk(record, inner, level.max(inner.secrecy), cell, units, asker, found, news);
                }
                tail(record, row, asker, found, news);
            }
        }
        _ => {}
    }
}

/// Names of a typed tail say by who they are what they are for; one that is nobody stays text and is no fault.
fn tail(record: &Record, row: &Row, asker: &mut Asker<'_>, found: &mut BTreeMap<NameId, Who>, news: &mut Vec<Diagnostic>) {
    for name in &row.tail {
        let scope = if name.mark == Mark::To { Scope::Person } else { Scope::Anyone };
        let who = match asker.name(scope, record.customer.as_ref(), &written(name)) {
            Answer::One(card) => Who::Filed(card),
            Answer::Several(cards) => {
                ambiguous(name, &cards, news);
                unfiled(name)
            }
            Answer::File | Answer::Nobody => unfiled(name),
        };
        found.insert(name.id, who);
    }
}

fn who(
    record: &Record,
    field: &Field,
    scope: Scope,
    name: &Name,
    units: &[Arc<str>],
    asker: &mut Asker<'_>,
    news: &mut Vec<Diagnostic>,
) -> Who {
    let home = record.customer.as_ref();
    match scope {
        Scope::Unit => {
            if !units.is_empty() && !units.iter().any(|unit| **unit == *name.text) {
                let mut wrong = Diagnostic::new(Code::UnknownUnit, name.span).with("name", &name.text);
                let close = crate::diag::suggest(&name.text, units.iter().map(|unit| &**unit));
                if !close.is_empty() {
                    wrong = wrong.help(Say::new("help.did-you-mean").with("names", close.join("、")));
                }
                news.push(wrong);
            }
            return unfiled(name);
        }
        Scope::Project => return unfiled(name),
        _ => {}
    }
    let spelling = written(name);
    match asker.name(scope, home, &spelling) {
        Answer::One(card) => Who::Filed(card),
        Answer::Several(cards) => {
            ambiguous(name, &cards, news);
            unfiled(name)
        }
        Answer::File | Answer::Nobody => {
            let code = match scope {
                Scope::Staff => Some(Code::UnknownStaff),
                Scope::Customer => Some(Code::UnknownCustomer),
                // A unit's contact with title and telephone in brackets needs no file (`kinds.md`, units).
                Scope::Person if name.note.is_some() && &*field.key == "contacts" => None,
                Scope::Person => Some(Code::UnfiledPerson),
                Scope::Competitor | Scope::Anyone | Scope::Project | Scope::Unit => None,
            };
            if let Some(code) = code {
                let mut wrong = Diagnostic::new(code, name.span).with("name", &name.text).with("label", &field.label);
                wrong.help.extend(asker.near(scope, home, &name.text));
                if code == Code::UnfiledPerson {
                    let unit = home.map_or("", |home| home);
                    wrong = wrong.help(Say::new("help.new-person").with("customer", unit).with("name", &name.text));
                }
                news.push(wrong);
            }
            unfiled(name)
        }
    }
}

/// The name as it was written, bracket included.
fn written(name: &Name) -> String {
    match &name.note {
        Some(note) => format!("{}（{note}）", name.text),
        None => name.text.to_string(),
    }
}

fn unfiled(name: &Name) -> Who {
    Who::Unfiled { name: name.text.clone(), note: name.note.clone() }
}

fn ambiguous(name: &Name, cards: &[Arc<Card>], news: &mut Vec<Diagnostic>) {
    let names: Vec<String> = cards.iter().map(|card| spelled(card)).collect();
    let mut wrong = Diagnostic::new(Code::AmbiguousName, name.span).with("name", &name.text).with("count", cards.len());
    wrong = wrong.help(Say::new("help.ambiguous").with("names", names.join("、")));
    let stems: Vec<&str> = cards.iter().map(|card| card.id.stem()).collect();
    news.push(wrong.help(Say::new("help.ambiguous-stems").with("stems", stems.join("、"))));
}

/// What stands in a visible field is visible (`decisions.md` 5): a record kept more secret than the text that names it.
fn hidden(card: &Card, level: u8, span: crate::text::Span, news: &mut Vec<Diagnostic>) {
    if card.secrecy > level {
        news.push(
            Diagnostic::new(Code::HiddenNameInVisibleText, span)
                .with("name", &card.name)
                .with("level", card.secrecy)
                .with("here", level),
        );
    }
}

fn target(record: &Record, link: &Link, asker: &mut Asker<'_>, news: &mut Vec<Diagnostic>) -> Target {
    let (address, fragment) = match link.target.split_once('#') {
        Some((address, fragment)) => (address.trim(), Some(fragment.trim())),
        None => (link.target.trim(), None),
    };
    let wrong = |code: Code| Diagnostic::new(code, link.span).with("target", &link.target);
    if address.is_empty() {
        let fragment = fragment.unwrap_or("");
        return match anchor(&record.anchors, fragment) {
            Some(id) => Target::Here(id),
            None => {
                news.push(wrong(Code::BrokenAnchor));
                Target::Nothing
            }
        };
    }
    if matches!(link.kind, LinkKind::Link | LinkKind::Image) && has_scheme(address) {
        return Target::Outside(link.target.as_str().into());
    }
    match link.kind {
        LinkKind::Wiki => match asker.name(Scope::Anyone, record.customer.as_ref(), address) {
            Answer::One(card) => to_card(card, fragment, link, news),
            Answer::Several(cards) => {
                let names: Vec<String> = cards.iter().map(|card| card.id.to_string()).collect();
                news.push(
                    Diagnostic::new(Code::AmbiguousName, link.span)
                        .with("name", address)
                        .with("count", cards.len())
                        .help(Say::new("help.ambiguous-link").with("ids", names.join("、"))),
                );
                Target::Nothing
            }
            Answer::File | Answer::Nobody => match file(record, address, asker) {
                Answer::File => Target::File(joined(record, address).unwrap_or_default().into()),
                Answer::One(card) => to_card(card, fragment, link, news),
                _ => {
                    let mut news_item = wrong(Code::BrokenWikilink);
                    news_item.help.extend(asker.near(Scope::Anyone, record.customer.as_ref(), address));
                    news.push(news_item);
                    Target::Nothing
                }
            },
        },
        LinkKind::Link | LinkKind::Image | LinkKind::WikiEmbed => {
            let code = if link.kind == LinkKind::Link { Code::BrokenLink } else { Code::BrokenImage };
            match file(record, address, asker) {
                Answer::One(card) if link.kind == LinkKind::Link => to_card(card, fragment, link, news),
                Answer::File => Target::File(joined(record, address).unwrap_or_default().into()),
                _ => {
                    news.push(wrong(code));
                    Target::Nothing
                }
            }
        }
    }
}

fn to_card(card: Arc<Card>, fragment: Option<&str>, link: &Link, news: &mut Vec<Diagnostic>) -> Target {
    let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else { return Target::Card(card, None) };
    match anchor(&card.anchors, fragment) {
        Some(id) => Target::Card(card, Some(id)),
        None => {
            news.push(Diagnostic::new(Code::BrokenAnchor, link.span).with("target", &link.target));
            Target::Card(card, None)
        }
    }
}

/// A heading is named by its id or by its text.
fn anchor(anchors: &[String], fragment: &str) -> Option<String> {
    let gist = super::fold::gist(fragment);
    anchors.iter().find(|id| *id == fragment || super::fold::gist(id) == gist).cloned()
}

fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    !scheme.is_empty() && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+.-".contains(character))
}

fn file(record: &Record, address: &str, asker: &mut Asker<'_>) -> Answer {
    match joined(record, address) {
        Some(path) => asker.ask(Question::Path(path.into())),
        None => Answer::Nobody,
    }
}

/// A relative address seen from a record's file; `None` when it leaves the archive.
fn joined(record: &Record, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = record.path.folder().split('/').filter(|part| !part.is_empty()).collect();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
