//! Resolution of the names in a record (`decisions.md` 3, 21).
//!
//! A name in a field is looked up in the field's scope. A name in a typed tail is assigned by the kind of its record;
//! if nobody has that name, it is plain text. Unknown and ambiguous names are reported once per record, with
//! suggestions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::disambiguate::{ambiguous, report_hidden_name};
use super::links::resolve_links;
use super::lookup_cache::LookupCache;
use super::normalize::normalize;
use super::{Answer, DirectoryEntry, Party, ResolvedNames, Target};
use crate::diag::{Code, Diagnostic, suggest};
use crate::i18n::Message;
use crate::kind::{Field, FieldType, Name, NameId, NameMark, Need, Row, Rows, Scope, Value};
use crate::record::{Record, key};

/// All resolved references of one record.
#[derive(Debug, Default)]
pub struct ResolvedFields {
    /// The party of each name token.
    pub names: ResolvedNames,
    /// The target of each link.
    pub links: BTreeMap<Arc<str>, Target>,
}

/// Resolves every name and link of a record. `units` are the customer's units, to check 所属机构 and similar fields.
pub fn resolve(
    record: &Record,
    units: &[Arc<str>],
    lookups: &mut LookupCache<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> ResolvedFields {
    let home = record.customer.clone();
    let mut reading = FieldResolver { record, home, units, lookups, diagnostics, names: Vec::new(), told: BTreeSet::new() };
    if reading.home.is_none() {
        let said = record.fields.values.iter().map(|(index, value)| (record.kind.field(*index), value));
        reading.home = reading.home_of(said);
    }
    for (index, value) in &record.fields.values {
        let field = record.kind.field(*index);
        let at = NamePosition { field, cell: field, level: record.secrecy.max(field.secrecy) };
        reading.value(value, at);
    }
    let names = reading.names.into_iter().collect();
    ResolvedFields { names, links: resolve_links(record, lookups, diagnostics) }
}

/// Position of a name: its field, its cell (the field itself outside rows), and the secrecy level there.
#[derive(Clone, Copy)]
struct NamePosition<'a> {
    field: &'a Field,
    cell: &'a Field,
    level: u8,
}

/// Sub-fields that name the customer's people.
const THEIRS: [&str; 2] = ["people", "theirs"];
/// Sub-fields that name our people.
const OURS: [&str; 2] = ["staff", "ours"];

/// The people columns that a row leaves empty.
#[derive(Clone, Copy)]
struct MissingColumns<'a> {
    theirs: Option<&'a Field>,
    ours: Option<&'a Field>,
    /// Whether the row is a pair that requires both columns.
    is_pair: bool,
}

impl<'a> MissingColumns<'a> {
    fn of(shape: &'a Rows, row: &Row) -> Self {
        let column = |keys: [&str; 2]| keys.iter().find_map(|key| shape.index_of(key));
        let open = |keys| column(keys).filter(|cell| row.cell(*cell).is_none()).map(|cell| shape.field(cell));
        let needed = |keys| column(keys).is_some_and(|cell| shape.field(cell).need == Need::Required);
        let is_pair = shape.bare && needed(THEIRS) && needed(OURS);
        MissingColumns { theirs: open(THEIRS), ours: open(OURS).filter(|_| shape.bare), is_pair }
    }

    fn fill(&mut self, entry: &DirectoryEntry) {
        if entry.is("person") {
            self.theirs = None;
        } else if entry.is("staff") {
            self.ours = None;
        }
    }
}

/// Resolves the names of one record.
struct FieldResolver<'a, 'd> {
    record: &'a Record,
    /// Folder of the customer whose people are meant: the record's own, or the one named by a record or row outside
    /// customer folders.
    home: Option<Arc<str>>,
    units: &'a [Arc<str>],
    lookups: &'a mut LookupCache<'d>,
    diagnostics: &'a mut Vec<Diagnostic>,
    names: Vec<(NameId, Party)>,
    /// Reported already, by code and name.
    told: BTreeSet<(Code, String)>,
}

impl FieldResolver<'_, '_> {
    fn value(&mut self, value: &Value, at: NamePosition<'_>) {
        match (&at.cell.ty, value) {
            (FieldType::Names { scope, .. }, Value::Names(names)) => {
                for name in names {
                    let who = self.resolve_name(*scope, name, at);
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

    /// The folder of the customer that a record or row names; its people are meant.
    fn home_of<'f>(&mut self, said: impl Iterator<Item = (&'f Field, &'f Value)>) -> Option<Arc<str>> {
        let mut firms = said.filter_map(|(field, value)| match (&field.ty, value) {
            (FieldType::Names { scope: Scope::Customer | Scope::Company, many: false }, Value::Names(names)) => names.first(),
            _ => None,
        });
        let name = firms.next()?;
        self.ask(Scope::Customer, name).single()?.customer.clone()
    }

    fn row(&mut self, shape: &Rows, row: &Row, at: NamePosition<'_>) {
        let outer = self.home.clone();
        if self.record.customer.is_none() {
            let said = row.cells.iter().filter_map(|(index, value)| Some((shape.fields.get(usize::from(index.0))?, value)));
            self.home = self.home_of(said).or(outer.clone());
        }
        for (index, value) in &row.cells {
            let Some(cell) = shape.fields.get(usize::from(index.0)) else { continue };
            let at = NamePosition { cell, level: at.level.max(cell.secrecy), ..at };
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

    /// Resolves the owner of an item. The bracket may also hold a person of the customer, without 对: the one it was
    /// promised to or who raised it.
    fn owner(&mut self, shape: &Rows, row: &Row, names: &[Name], at: NamePosition<'_>) {
        for name in names {
            let theirs = match self.ask(Scope::Staff, name) {
                Answer::File | Answer::Nobody => self.ask(Scope::Person, name).single().cloned(),
                Answer::One(_) | Answer::Several(_) => None,
            };
            let who = match theirs {
                None => self.resolve_name(Scope::Staff, name, at),
                Some(entry) => {
                    let is_to = shape.index_of(key::TO).is_some_and(|to| row.cell(to).is_none());
                    if !is_to && self.is_first(Code::TailNotUnderstood, name) {
                        let hint = Diagnostic::new(Code::TailNotUnderstood, name.span).variant("theirs");
                        self.diagnostics.push(hint.with("name", &name.text));
                    }
                    self.registered(entry, name, at)
                }
            };
            self.names.push((name.id, who));
        }
    }

    /// Resolves the names of a typed tail. Registered ones are assigned by kind; the remaining ones are then looked up
    /// in the scope of the columns still empty.
    fn tail(&mut self, shape: &Rows, row: &Row, at: NamePosition<'_>) {
        let mut lacking = MissingColumns::of(shape, row);
        // A required owner: a customer in the bracket does not count as one.
        let owner = shape.index_of(key::OWNER).filter(|cell| row.cell(*cell).is_none()).map(|cell| shape.field(cell));
        let owner = owner.filter(|owner| owner.need == Need::Required);
        let mut is_owned = false;
        let mut unknown = Vec::new();
        for name in &row.tail {
            let who = match name.mark {
                NameMark::To => self.resolve_name(Scope::Person, name, at),
                NameMark::None => match self.ask(Scope::Anyone, name) {
                    Answer::One(entry) => {
                        lacking.fill(&entry);
                        is_owned |= entry.is("staff");
                        if lacking.is_pair && !entry.is("staff") && !entry.is("person") {
                            let hint = Diagnostic::new(Code::TailNotUnderstood, name.span).variant("nobody");
                            self.diagnostics.push(with_position(hint, name, at));
                        }
                        self.registered(entry, name, at)
                    }
                    Answer::Several(entries) => {
                        // Suppresses follow-up diagnostics until the name is unambiguous.
                        lacking = MissingColumns { theirs: None, ours: None, ..lacking };
                        is_owned = true;
                        self.ambiguous(name, &entries)
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
            let who = match self.scope_of_unregistered(&lacking, shape, row, name) {
                Some(scope) => {
                    match scope {
                        Scope::Staff => lacking.ours = None,
                        _ => lacking.theirs = None,
                    }
                    self.resolve_name(scope, name, at)
                }
                // Anything else is text, with a hint where an owner could be meant.
                None => {
                    if shape.items && self.is_first(Code::TailNotUnderstood, name) {
                        let hint = Diagnostic::new(Code::TailNotUnderstood, name.span).variant("name").with("name", &name.text);
                        self.report(hint, Scope::Anyone, name);
                    }
                    unregistered(name)
                }
            };
            self.names.push((name.id, who));
        }
        if let Some(owner) = owner.filter(|_| !is_owned) {
            self.report_missing(row, owner, at);
        }
        if lacking.is_pair {
            for column in [lacking.theirs, lacking.ours].into_iter().flatten() {
                self.report_missing(row, column, at);
            }
        }
    }

    fn report_missing(&mut self, row: &Row, column: &Field, at: NamePosition<'_>) {
        let wrong = Diagnostic::new(Code::MissingRequired, row.span).variant("row");
        self.diagnostics.push(wrong.with("field", &at.field.label).with("column", &column.label));
    }

    /// Scope in which to look up an unregistered name, from the columns the row leaves empty.
    fn scope_of_unregistered(&mut self, lacking: &MissingColumns<'_>, shape: &Rows, row: &Row, name: &Name) -> Option<Scope> {
        match (lacking.theirs, lacking.ours) {
            // All our staff are registered, so a name close to one of theirs is a typo.
            (Some(_), Some(_)) => {
                let mut is_near = |scope| self.lookups.suggest(scope, self.home.as_ref(), &name.text).is_some();
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

    fn resolve_name(&mut self, scope: Scope, name: &Name, at: NamePosition<'_>) -> Party {
        match scope {
            Scope::Unit => self.unit(name),
            _ => match self.ask(scope, name) {
                Answer::One(entry) => self.registered(entry, name, at),
                Answer::Several(entries) => self.ambiguous(name, &entries),
                Answer::File | Answer::Nobody => match scope {
                    Scope::Staff => self.unknown_staff(name, at),
                    Scope::Person => self.unregistered_person(name, at),
                    Scope::Customer => self.unknown_customer(name, at),
                    Scope::Project => self.unregistered_name("project", scope, name, at),
                    Scope::Competitor => self.unregistered_name("competitor", scope, name, at),
                    Scope::Company => self.unregistered_company(name, at),
                    Scope::Unit | Scope::Anyone => unregistered(name),
                },
            },
        }
    }

    /// Asks with the bracket only if the name alone is not decisive: fewer questions mean fewer answers that can
    /// change.
    fn ask(&mut self, scope: Scope, name: &Name) -> Answer {
        let home = self.home.as_ref();
        let answer = self.lookups.lookup_name(scope, home, &name.text);
        match (&answer, &name.note) {
            (Answer::One(_), _) | (_, None) => answer,
            (_, Some(note)) => self.lookups.lookup_name(scope, home, &format!("{}（{note}）", name.text).into()),
        }
    }

    fn registered(&mut self, entry: Arc<DirectoryEntry>, name: &Name, at: NamePosition<'_>) -> Party {
        report_hidden_name(&entry, at.level, name.span, self.diagnostics);
        Party::Registered(entry)
    }

    fn ambiguous(&mut self, name: &Name, entries: &[Arc<DirectoryEntry>]) -> Party {
        if self.is_first(Code::AmbiguousName, name) {
            self.diagnostics.push(ambiguous(&name.text, entries, name.span));
        }
        unregistered(name)
    }

    fn unknown_staff(&mut self, name: &Name, at: NamePosition<'_>) -> Party {
        if self.is_first(Code::UnknownStaff, name) {
            let wrong = Diagnostic::new(Code::UnknownStaff, name.span);
            if self.home.is_some() && matches!(self.ask(Scope::Person, name), Answer::One(_)) {
                self.diagnostics.push(with_position(wrong.variant("person"), name, at));
            } else {
                self.report(with_position(wrong, name, at), Scope::Staff, name);
                if let Some(told) = self.diagnostics.last_mut().filter(|told| told.help.is_empty()) {
                    told.help.push(Message::new("help.new-staff").with("name", &name.text));
                }
            }
        }
        unregistered(name)
    }

    /// Reports a project or competitor without a record.
    fn unregistered_name(&mut self, what: &'static str, scope: Scope, name: &Name, at: NamePosition<'_>) -> Party {
        if self.is_first(Code::UnfiledName, name) {
            self.report(with_position(Diagnostic::new(Code::UnfiledName, name.span).variant(what), name, at), scope, name);
        }
        unregistered(name)
    }

    /// First-time callers and new prospects have no record yet, so only a name close to a known one is reported.
    fn unregistered_company(&mut self, name: &Name, at: NamePosition<'_>) -> Party {
        if let Some(near) = self.lookups.suggest(Scope::Company, None, &name.text)
            && self.is_first(Code::UnfiledName, name)
        {
            let wrong = with_position(Diagnostic::new(Code::UnfiledName, name.span).variant("company"), name, at);
            self.diagnostics.push(wrong.help(near));
        }
        unregistered(name)
    }

    fn unregistered_person(&mut self, name: &Name, at: NamePosition<'_>) -> Party {
        // Nobody at an unregistered company can be registered.
        if self.home.is_none() && !name.text.contains('/') {
            return unregistered(name);
        }
        let ours = self.ask(Scope::Staff, name);
        // 下次联系 may name our staff.
        if let (Answer::One(entry), "next") = (&ours, &*at.field.key) {
            return Party::Registered(entry.clone());
        }
        // A unit's contact with title and telephone in brackets needs no record (`kinds.md`, units).
        let is_complete = &*at.field.key == "units" && name.note.is_some();
        if is_complete || !self.is_first(Code::UnfiledPerson, name) {
            return unregistered(name);
        }
        let wrong = Diagnostic::new(Code::UnfiledPerson, name.span);
        if ours != Answer::Nobody {
            self.diagnostics.push(with_position(wrong.variant("ours"), name, at));
        } else if let Some((customer, _)) = name.text.split_once('/') {
            let known = matches!(self.lookups.lookup_name(Scope::Customer, None, &customer.trim().into()), Answer::One(_));
            let wrong = with_position(wrong, name, at);
            self.report(if known { wrong } else { wrong.help(Message::new("help.several-names")) }, Scope::Person, name);
        } else {
            self.report(with_position(wrong, name, at), Scope::Person, name);
            if let (Some(told), Some(home)) = (self.diagnostics.last_mut(), &self.home) {
                told.help.push(Message::new("help.new-person").with("customer", home).with("name", &name.text));
            }
        }
        unregistered(name)
    }

    fn unknown_customer(&mut self, name: &Name, at: NamePosition<'_>) -> Party {
        if self.is_first(Code::UnknownCustomer, name) {
            self.report(with_position(Diagnostic::new(Code::UnknownCustomer, name.span), name, at), Scope::Customer, name);
        }
        unregistered(name)
    }

    /// A customer without any 机构 is incomplete; that is not reported at every mention of a unit.
    fn unit(&mut self, name: &Name) -> Party {
        let written = normalize(&name.text);
        let is_known = self.units.is_empty() || self.units.iter().any(|unit| *normalize(unit) == written);
        if !is_known && self.is_first(Code::UnknownUnit, name) {
            let near = suggest(&name.text, self.units.iter().map(|unit| &**unit));
            let help = match near.is_empty() {
                true => Message::new("help.units-are").with("names", self.units.join("、")),
                false => Message::new("help.names-near").with("names", near.join("、")),
            };
            self.diagnostics.push(Diagnostic::new(Code::UnknownUnit, name.span).with("name", &name.text).help(help));
        }
        unregistered(name)
    }

    /// Adds a diagnostic with the names that are close.
    fn report(&mut self, mut wrong: Diagnostic, scope: Scope, name: &Name) {
        wrong.help.extend(self.lookups.suggest(scope, self.home.as_ref(), &name.text));
        self.diagnostics.push(wrong);
    }

    fn is_first(&mut self, code: Code, name: &Name) -> bool {
        self.told.insert((code, normalize(&name.text).into_owned()))
    }
}

/// Adds name and field label to a diagnostic.
fn with_position(wrong: Diagnostic, name: &Name, at: NamePosition<'_>) -> Diagnostic {
    wrong.with("name", &name.text).with("label", &at.field.label)
}

fn unregistered(name: &Name) -> Party {
    Party::Unregistered { name: name.text.clone(), note: name.note.clone() }
}
