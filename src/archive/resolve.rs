//! Who each name of a record is (`decisions.md` 3, 21).
//!
//! A name in a field is looked for where the field says. A name of a typed tail is placed by who it is; nobody by that
//! name is text. What is unknown or fits two is told once a record, with what would be right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::asker::Asker;
use super::fold::fold;
use super::links::resolve_links;
use super::telling::telling;
use super::{Answer, Card, Placed, Target, Who};
use crate::diag::{Code, Diagnostic, suggest};
use crate::i18n::Message;
use crate::kind::{Field, FieldType, Name, NameId, NameMark, Need, Row, Rows, Scope, Value};
use crate::record::Record;
use crate::text::Span;

/// All that was resolved in one record.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Who each name token is.
    pub names: Placed,
    /// Where each target leads.
    pub links: BTreeMap<Arc<str>, Target>,
}

/// Resolves every name and link of a record. `units` are the names of the customer's units, for checking 所属机构 and the like.
pub fn resolve(record: &Record, units: &[Arc<str>], asker: &mut Asker<'_>, news: &mut Vec<Diagnostic>) -> Resolved {
    let home = record.customer.clone();
    let mut reading = Reading { record, home, units, asker, news, names: Vec::new(), told: BTreeSet::new() };
    if reading.home.is_none() {
        let said = record.sheet.values.iter().map(|(index, value)| (record.kind.field(*index), value));
        reading.home = reading.home_of(said);
    }
    for (index, value) in &record.sheet.values {
        let field = record.kind.field(*index);
        let at = At { field, cell: field, level: record.secrecy.max(field.secrecy) };
        reading.value(value, at);
    }
    let names = reading.names.into_iter().collect();
    Resolved { names, links: resolve_links(record, asker, news) }
}

/// Where a name stands: in which field, in which cell of its rows (else the field again), and at which level of secrecy.
#[derive(Clone, Copy)]
struct At<'a> {
    field: &'a Field,
    cell: &'a Field,
    level: u8,
}

/// Sub-fields of rows that name the customer's people.
const THEIRS: [&str; 2] = ["people", "theirs"];
/// And ours.
const OURS: [&str; 2] = ["staff", "ours"];

/// Whom a row names in no column.
#[derive(Clone, Copy)]
struct Lacking<'a> {
    theirs: Option<&'a Field>,
    ours: Option<&'a Field>,
    /// Whether the row brings ours and theirs together and cannot do without either.
    is_pair: bool,
}

impl<'a> Lacking<'a> {
    fn of(shape: &'a Rows, row: &Row) -> Self {
        let column = |keys: [&str; 2]| keys.iter().find_map(|key| shape.index_of(key));
        let open = |keys| column(keys).filter(|cell| row.cell(*cell).is_none()).map(|cell| shape.field(cell));
        let needed = |keys| column(keys).is_some_and(|cell| shape.field(cell).need == Need::Required);
        let is_pair = shape.bare && needed(THEIRS) && needed(OURS);
        Lacking { theirs: open(THEIRS), ours: open(OURS).filter(|_| shape.bare), is_pair }
    }

    fn takes(&mut self, card: &Card) {
        if card.is("person") {
            self.theirs = None;
        } else if card.is("staff") {
            self.ours = None;
        }
    }
}

/// One record being read.
struct Reading<'a, 'd> {
    record: &'a Record,
    /// The folder of the customer whose people are spoken of: the record's own, or the one that a record or row outside
    /// customer folders names.
    home: Option<Arc<str>>,
    units: &'a [Arc<str>],
    asker: &'a mut Asker<'d>,
    news: &'a mut Vec<Diagnostic>,
    names: Vec<(NameId, Who)>,
    /// What was told already: once a record and name is enough.
    told: BTreeSet<(Code, String)>,
}

impl Reading<'_, '_> {
    fn value(&mut self, value: &Value, at: At<'_>) {
        match (&at.cell.ty, value) {
            (FieldType::Names { scope, .. }, Value::Names(names)) => {
                for name in names {
                    let who = self.place(*scope, name, at);
                    self.names.push((name.id, who));
                }
            }
            (FieldType::Rows(shape), Value::Rows(rows)) => {
                for row in rows {
                    self.row(shape, row, at);
                }
            }
            _ => {}
        }
    }

    /// The customer that a record or a row names: its people are spoken of.
    fn home_of<'f>(&mut self, said: impl Iterator<Item = (&'f Field, &'f Value)>) -> Option<Arc<str>> {
        let mut firms = said.filter_map(|(field, value)| match (&field.ty, value) {
            (FieldType::Names { scope: Scope::Customer | Scope::Company, many: false }, Value::Names(names)) => names.first(),
            _ => None,
        });
        let name = firms.next()?;
        self.ask(Scope::Customer, name).one()?.customer.clone()
    }

    fn row(&mut self, shape: &Rows, row: &Row, at: At<'_>) {
        let outer = self.home.clone();
        if self.record.customer.is_none() {
            let said = row.cells.iter().filter_map(|(index, value)| Some((shape.fields.get(usize::from(index.0))?, value)));
            self.home = self.home_of(said).or(outer.clone());
        }
        for (index, value) in &row.cells {
            let Some(cell) = shape.fields.get(usize::from(index.0)) else { continue };
            let at = At { cell, level: at.level.max(cell.secrecy), ..at };
            match value {
                Value::Names(names) if shape.items && &*cell.key == "owner" => self.owner(shape, row, names, at),
                _ => self.value(value, at),
            }
        }
        if !row.tail.is_empty() {
            self.tail(shape, row, at);
        }
        self.home = outer;
    }

    /// Who is responsible for an item. In brackets stands a person of the customer as well, without 对: who it was promised
    /// to, or who raised it.
    fn owner(&mut self, shape: &Rows, row: &Row, names: &[Name], at: At<'_>) {
        for name in names {
            let theirs = match self.ask(Scope::Staff, name) {
                Answer::File | Answer::Nobody => self.ask(Scope::Person, name).one().cloned(),
                Answer::One(_) | Answer::Several(_) => None,
            };
            let who = match theirs {
                None => self.place(Scope::Staff, name, at),
                Some(card) => {
                    let is_to = shape.index_of("to").is_some_and(|to| row.cell(to).is_none());
                    if !is_to && self.is_first(Code::TailNotUnderstood, name) {
                        let hint = Diagnostic::new(Code::TailNotUnderstood, name.span).variant("theirs");
                        self.news.push(hint.with("name", &name.text));
                    }
                    self.filed(card, name, at)
                }
            };
            self.names.push((name.id, who));
        }
    }

    /// The people of a typed tail. Who has a file is placed by what he is; then it is known whom the row still lacks, and the
    /// others are looked for there.
    fn tail(&mut self, shape: &Rows, row: &Row, at: At<'_>) {
        let mut lacking = Lacking::of(shape, row);
        // Who is responsible, where the row cannot do without: a customer alone in the brackets is nobody.
        let owner = shape.index_of("owner").filter(|cell| row.cell(*cell).is_none()).map(|cell| shape.field(cell));
        let owner = owner.filter(|owner| owner.need == Need::Required);
        let mut is_owned = false;
        let mut unknown = Vec::new();
        for name in &row.tail {
            let who = match name.mark {
                NameMark::To => self.place(Scope::Person, name, at),
                NameMark::None => match self.ask(Scope::Anyone, name) {
                    Answer::One(card) => {
                        lacking.takes(&card);
                        is_owned |= card.is("staff");
                        if lacking.is_pair && !card.is("staff") && !card.is("person") {
                            let hint = Diagnostic::new(Code::TailNotUnderstood, name.span).variant("nobody");
                            self.news.push(about(hint, name, at));
                        }
                        self.filed(card, name, at)
                    }
                    Answer::Several(cards) => {
                        // Whoever it is: what it lacks is told when that is settled.
                        lacking = Lacking { theirs: None, ours: None, ..lacking };
                        is_owned = true;
                        self.ambiguous(name, &cards)
                    }
                    Answer::File | Answer::Nobody => {
                        unknown.push(name);
                        continue;
                    }
                },
            };
            self.names.push((name.id, who));
        }
        for name in unknown {
            let who = match self.side(&lacking, shape, row, name) {
                Some(scope) => {
                    match scope {
                        Scope::Staff => lacking.ours = None,
                        _ => lacking.theirs = None,
                    }
                    self.place(scope, name, at)
                }
                // Elsewhere the word is text, with a hint where it might have been who is responsible.
                None => {
                    if shape.items && self.is_first(Code::TailNotUnderstood, name) {
                        let hint = Diagnostic::new(Code::TailNotUnderstood, name.span).variant("name").with("name", &name.text);
                        self.tell(hint, Scope::Anyone, name);
                    }
                    unfiled(name)
                }
            };
            self.names.push((name.id, who));
        }
        if let Some(owner) = owner.filter(|_| !is_owned) {
            self.lacks(row, owner, at);
        }
        if lacking.is_pair {
            for column in [lacking.theirs, lacking.ours].into_iter().flatten() {
                self.lacks(row, column, at);
            }
        }
    }

    fn lacks(&mut self, row: &Row, column: &Field, at: At<'_>) {
        let wrong = Diagnostic::new(Code::MissingRequired, row.span).variant("row");
        self.news.push(wrong.with("field", &at.field.label).with("column", &column.label));
    }

    /// Where somebody without a file is looked for: a row that cannot do without somebody says so.
    fn side(&mut self, lacking: &Lacking<'_>, shape: &Rows, row: &Row, name: &Name) -> Option<Scope> {
        match (lacking.theirs, lacking.ours) {
            // Nobody of ours goes without a file, so a name close to one of theirs is a slip in it.
            (Some(_), Some(_)) => {
                let mut is_near = |scope| self.asker.near(scope, self.home.as_ref(), &name.text).is_some();
                Some(if is_near(Scope::Staff) && !is_near(Scope::Person) { Scope::Staff } else { Scope::Person })
            }
            (None, Some(_)) => Some(Scope::Staff),
            (Some(_), None) => Some(Scope::Person),
            (None, None) => {
                let open = |key: &&str| shape.index_of(key).is_some_and(|cell| row.cell(cell).is_none());
                THEIRS.iter().any(open).then_some(Scope::Person)
            }
        }
    }

    fn place(&mut self, scope: Scope, name: &Name, at: At<'_>) -> Who {
        match scope {
            Scope::Unit => self.unit(name),
            _ => match self.ask(scope, name) {
                Answer::One(card) => self.filed(card, name, at),
                Answer::Several(cards) => self.ambiguous(name, &cards),
                Answer::File | Answer::Nobody => match scope {
                    Scope::Staff => self.unknown_staff(name, at),
                    Scope::Person => self.unfiled_person(name, at),
                    Scope::Customer => self.unknown_customer(name, at),
                    Scope::Project => self.unfiled_name("project", scope, name, at),
                    Scope::Competitor => self.unfiled_name("competitor", scope, name, at),
                    Scope::Company => self.unfiled_company(name, at),
                    Scope::Unit | Scope::Anyone => unfiled(name),
                },
            },
        }
    }

    /// The bracket is asked about only when the name alone does not decide: fewer questions, fewer answers that change.
    fn ask(&mut self, scope: Scope, name: &Name) -> Answer {
        let home = self.home.as_ref();
        let answer = self.asker.name(scope, home, &name.text);
        match (&answer, &name.note) {
            (Answer::One(_), _) | (_, None) => answer,
            (_, Some(note)) => self.asker.name(scope, home, &format!("{}（{note}）", name.text).into()),
        }
    }

    fn filed(&mut self, card: Arc<Card>, name: &Name, at: At<'_>) -> Who {
        hidden(&card, at.level, name.span, self.news);
        Who::Filed(card)
    }

    fn ambiguous(&mut self, name: &Name, cards: &[Arc<Card>]) -> Who {
        if self.is_first(Code::AmbiguousName, name) {
            self.news.push(ambiguous(&name.text, cards, name.span));
        }
        unfiled(name)
    }

    fn unknown_staff(&mut self, name: &Name, at: At<'_>) -> Who {
        if self.is_first(Code::UnknownStaff, name) {
            let wrong = Diagnostic::new(Code::UnknownStaff, name.span);
            if self.home.is_some() && matches!(self.ask(Scope::Person, name), Answer::One(_)) {
                self.news.push(about(wrong.variant("person"), name, at));
            } else {
                self.tell(about(wrong, name, at), Scope::Staff, name);
                if let Some(told) = self.news.last_mut().filter(|told| told.help.is_empty()) {
                    told.help.push(Message::new("help.new-staff").with("name", &name.text));
                }
            }
        }
        unfiled(name)
    }

    /// A project or competitor without a file.
    fn unfiled_name(&mut self, what: &'static str, scope: Scope, name: &Name, at: At<'_>) -> Who {
        if self.is_first(Code::UnfiledName, name) {
            self.tell(about(Diagnostic::new(Code::UnfiledName, name.span).variant(what), name, at), scope, name);
        }
        unfiled(name)
    }

    /// Who calls or is to be visited for the first time has no file yet; only a name that is close to one may be a slip.
    fn unfiled_company(&mut self, name: &Name, at: At<'_>) -> Who {
        if let Some(near) = self.asker.near(Scope::Company, None, &name.text)
            && self.is_first(Code::UnfiledName, name)
        {
            let wrong = about(Diagnostic::new(Code::UnfiledName, name.span).variant("company"), name, at);
            self.news.push(wrong.help(near));
        }
        unfiled(name)
    }

    fn unfiled_person(&mut self, name: &Name, at: At<'_>) -> Who {
        // Of a unit without a file nobody can have one.
        if self.home.is_none() && !name.text.contains('/') {
            return unfiled(name);
        }
        let ours = self.ask(Scope::Staff, name);
        // 下次联系 may say who of ours will go.
        if let (Answer::One(card), "next") = (&ours, &*at.field.key) {
            return Who::Filed(card.clone());
        }
        // A unit's contact with title and telephone in brackets needs no file (`kinds.md`, units).
        let is_complete = &*at.field.key == "units" && name.note.is_some();
        if is_complete || !self.is_first(Code::UnfiledPerson, name) {
            return unfiled(name);
        }
        let wrong = Diagnostic::new(Code::UnfiledPerson, name.span);
        if ours != Answer::Nobody {
            self.news.push(about(wrong.variant("ours"), name, at));
        } else if let Some((customer, _)) = name.text.split_once('/') {
            let known = matches!(self.asker.name(Scope::Customer, None, &customer.trim().into()), Answer::One(_));
            let wrong = about(wrong, name, at);
            self.tell(if known { wrong } else { wrong.help(Message::new("help.several-names")) }, Scope::Person, name);
        } else {
            self.tell(about(wrong, name, at), Scope::Person, name);
            if let (Some(told), Some(home)) = (self.news.last_mut(), &self.home) {
                told.help.push(Message::new("help.new-person").with("customer", home).with("name", &name.text));
            }
        }
        unfiled(name)
    }

    fn unknown_customer(&mut self, name: &Name, at: At<'_>) -> Who {
        if self.is_first(Code::UnknownCustomer, name) {
            self.tell(about(Diagnostic::new(Code::UnknownCustomer, name.span), name, at), Scope::Customer, name);
        }
        unfiled(name)
    }

    /// A customer whose 机构 were never listed is incomplete, not wrong at every mention.
    fn unit(&mut self, name: &Name) -> Who {
        let written = fold(&name.text);
        let is_known = self.units.is_empty() || self.units.iter().any(|unit| *fold(unit) == written);
        if !is_known && self.is_first(Code::UnknownUnit, name) {
            let near = suggest(&name.text, self.units.iter().map(|unit| &**unit));
            let help = match near.is_empty() {
                true => Message::new("help.units-are").with("names", self.units.join("、")),
                false => Message::new("help.names-near").with("names", near.join("、")),
            };
            self.news.push(Diagnostic::new(Code::UnknownUnit, name.span).with("name", &name.text).help(help));
        }
        unfiled(name)
    }

    /// Reports, with the names that are close.
    fn tell(&mut self, mut wrong: Diagnostic, scope: Scope, name: &Name) {
        wrong.help.extend(self.asker.near(scope, self.home.as_ref(), &name.text));
        self.news.push(wrong);
    }

    fn is_first(&mut self, code: Code, name: &Name) -> bool {
        self.told.insert((code, fold(&name.text).into_owned()))
    }
}

/// Says which name in which field.
fn about(wrong: Diagnostic, name: &Name, at: At<'_>) -> Diagnostic {
    wrong.with("name", &name.text).with("label", &at.field.label)
}

fn unfiled(name: &Name) -> Who {
    Who::Unfiled { name: name.text.clone(), note: name.note.clone() }
}

/// A name that fits several, with the spellings that tell them apart.
pub(super) fn ambiguous(written: &str, cards: &[Arc<Card>], span: Span) -> Diagnostic {
    let spellings: Vec<String> = cards.iter().map(|card| telling(written, card, cards)).collect();
    Diagnostic::new(Code::AmbiguousName, span)
        .with("name", written)
        .with("count", cards.len())
        .help(Message::new("help.ambiguous").with("names", spellings.join("、")))
}

/// What stands in a visible field is visible (`decisions.md` 5): a record kept more secret than the text that names it.
pub(super) fn hidden(card: &Card, level: u8, span: Span, news: &mut Vec<Diagnostic>) {
    if card.secrecy > level {
        news.push(
            Diagnostic::new(Code::HiddenNameInVisibleText, span)
                .with("name", &card.name)
                .with("level", card.secrecy)
                .with("here", level),
        );
    }
}
