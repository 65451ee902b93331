//! Facts about one dossier that several pages need, computed once: status of pairs, last contacts, open items.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::linker::tone_of_relation;
use super::{CustomerRow, Duty, Link, Linker, PersonRow, RelationLight, ViewContext};
use crate::archive::{ContactPair, ContactStatus, DirectoryEntry, Dossier, DueState, Event, ItemKind, OpenItem, Party, Person};
use crate::calendar::Date;
use crate::i18n::Message;
use crate::record::{RecordId, key};
use crate::rule::{Finding, open_items};

/// A dossier as of a day.
pub(super) struct DossierSummary<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Status of each pair, in order. Pairs with a person who left, and all pairs while duties are suspended, owe
    /// nothing.
    pub standings: Vec<ContactStatus>,
    /// The last event with each person, up to the as-of date.
    pub last_with: BTreeMap<&'a RecordId, &'a Event>,
    /// The next contact due with each person.
    pub next_with: BTreeMap<&'a RecordId, Date>,
    /// The last event, up to the as-of date.
    pub last: Option<&'a Event>,
    /// The next contact due: index of the pair, day.
    pub next: Option<(usize, Date)>,
    /// Open items with their due dates, the most urgent first.
    pub open: Vec<(&'a OpenItem, Option<Date>)>,
    /// Its findings.
    pub findings: &'a [Finding],
}

impl<'a> DossierSummary<'a> {
    /// Computes the summary of a dossier.
    pub fn of(view_context: &ViewContext<'a>, dossier: &'a Dossier) -> Self {
        let context = view_context.rule_context;
        let mut next_with: BTreeMap<&RecordId, Date> = BTreeMap::new();
        let mut next: Option<(usize, Date)> = None;
        let mut standings = Vec::with_capacity(dossier.pairs.len());
        for (at, pair) in dossier.pairs.iter().enumerate() {
            let standing = context.contact_owed(dossier, pair);
            if let Some(day) = standing.next {
                let first = next_with.entry(&pair.theirs.id).or_insert(day);
                *first = (*first).min(day);
                if next.is_none_or(|(_, earliest)| day < earliest) {
                    next = Some((at, day));
                }
            }
            standings.push(standing);
        }
        let mut last_with: BTreeMap<&RecordId, &Event> = BTreeMap::new();
        let mut last = None;
        for event in &dossier.events {
            if event.date.is_some_and(|date| context.has_happened(date)) {
                last = last.or(Some(event));
                for entry in event.theirs.iter().filter_map(Party::entry) {
                    last_with.entry(&entry.id).or_insert(event);
                }
            }
        }
        let mut open: Vec<(&OpenItem, Option<Date>)> = dossier
            .items
            .iter()
            .filter(|item| item.done.is_none())
            .map(|item| (item, open_items::due(item, context).map(|due| due.day)))
            .collect();
        open.sort_by(|(a, due_a), (b, due_b)| {
            (due_a.is_none(), due_a, a.sort, &a.number).cmp(&(due_b.is_none(), due_b, b.sort, &b.number))
        });
        let findings = view_context.findings.get(&dossier.id).map_or(&[][..], |found| found);
        DossierSummary { dossier, standings, last_with, next_with, last, next, open, findings }
    }

    /// Number of open promises.
    pub fn promises(&self) -> usize {
        self.open.iter().filter(|(item, _)| item.sort == ItemKind::Promise).count()
    }

    /// Number of overdue duties.
    pub fn overdue(&self) -> usize {
        self.findings.iter().filter(|finding| finding.state == Some(DueState::Overdue)).count()
    }

    /// Pairs with their status.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a ContactPair, &ContactStatus)> {
        self.dossier.pairs.iter().zip(&self.standings)
    }

    /// Pairs that are maintained or met more than once. The others are in the timeline only.
    pub fn regular(&self) -> impl Iterator<Item = (&'a ContactPair, &ContactStatus)> {
        self.pairs().filter(|(pair, _)| self.dossier.is_regular(pair))
    }
}

impl Linker<'_> {
    /// Relation light: green if a 决策者 is 积极的, yellow if anybody else is, else red. People who left do not count.
    pub fn light(&self, dossier: &Dossier) -> Option<RelationLight> {
        if !self.view_context.shows_light() {
            return None;
        }
        let here = || dossier.people.iter().filter(|person| !self.view_context.rule_context.has_left(&person.entry));
        let positive =
            |person: &&Person| person.relation.as_ref().is_some_and(|relation| tone_of_relation(&relation.state) == "good");
        let decides = |person: &&Person| person.roles.iter().any(|role| &*role.role == "决策者");
        let (tone, word, reason) = if let Some(person) = here().filter(positive).find(decides) {
            ("good", "light_good", self.interface_sentence("light_good_say", &[("who", &person.entry.name)]))
        } else {
            match here().filter(positive).count() {
                0 if dossier.people.is_empty() => ("bad", "light_bad", self.interface_word("light_bad_none").to_string()),
                0 => ("bad", "light_bad", self.interface_word("light_bad_say").to_string()),
                count => ("mid", "light_mid", self.interface_sentence("light_mid_say", &[("count", &count.to_string())])),
            }
        };
        Some(RelationLight { tone, word: self.interface_word(word), reason })
    }

    /// A finding as shown on a page.
    pub fn duty_row(&self, finding: &Finding) -> Duty {
        let about = finding.subject.is("person");
        let mut evidence: Vec<Link> = Vec::new();
        let facts = finding.evidence.iter().map(|fact| &fact.record);
        // A finding without customer is about a department record or a staff member, who is named as responsible.
        let home = &finding.customer;
        let is_named = home.is("customer") || finding.staff.iter().any(|entry| entry.id == home.id);
        let own = (!about && (finding.subject.id != home.id || !is_named)).then_some(&finding.subject);
        let is_shown =
            |entry: &&Arc<DirectoryEntry>| is_named && entry.id == home.id || about && entry.id == finding.subject.id;
        for entry in facts.chain(own).filter(|entry| !is_shown(entry)) {
            let link = self.display_text(entry);
            if !evidence.contains(&link) {
                evidence.push(link);
            }
        }
        Duty {
            rule: Arc::from(self.view_context.words.get(&format!("rule.{}", finding.rule.code))),
            severity: finding.severity.word(),
            say: self.view_context.words.format(&finding.message),
            due: finding.due.map(|date| {
                let due = match finding.state {
                    Some(state) => self.due_as(date, state),
                    None => self.due(date),
                };
                self.postponed_from(due, finding.postponed_from, finding.staff.first())
            }),
            customer: if home.is("customer") { self.customer_name(home) } else { Link::default() },
            subject: about.then(|| self.entry_name(&finding.subject)),
            staff: self.join_links(finding.staff.iter().map(|entry| self.entry_name(entry))),
            clause: finding.rule.clauses.first().copied().unwrap_or_default(),
            clauses: finding.rule.clauses.join(self.comma),
            evidence: self.join_links(evidence),
        }
    }

    /// A key person as a table row. `wide`: name the customer.
    pub fn person_row(&self, summary: &DossierSummary<'_>, person: &Person, wide: bool) -> PersonRow {
        let (trend, trend_words) = self.trend(person);
        PersonRow {
            name: self.entry_name(&person.entry),
            customer: wide.then(|| self.customer_name(&summary.dossier.entry)),
            call: person.entry.short.clone().unwrap_or_default(),
            title: person.title.clone().unwrap_or_default(),
            unit: person.unit.clone().unwrap_or_default(),
            roles: roles(person),
            relation: person.relation.as_ref().map(|relation| self.relation(&relation.state)),
            trend,
            trend_words,
            ours: self.join_links(person.ours.iter().map(|(who, _)| self.party_name(who))),
            last: summary.last_with.get(&person.record.id).map(|event| self.display_text(&event.entry)),
            next: summary.next_with.get(&person.record.id).map(|date| self.due(*date)),
            phones: person.phones.iter().map(|(_, number)| number.clone()).collect(),
            concern: person.concerns.first().cloned().unwrap_or_default(),
            core: person.core,
            left: person.left.map(|date| self.date(date)),
        }
    }

    /// Direction of the last change of 关系状况, and that change in words.
    fn trend(&self, person: &Person) -> (&'static str, String) {
        let [.., before, after] = &person.history[..] else { return ("", String::new()) };
        let rank = |state: &str| match tone_of_relation(state) {
            "good" => 3,
            "mid" => 2,
            "none" => 1,
            _ => 0,
        };
        let trend = match rank(&after.state).cmp(&rank(&before.state)) {
            std::cmp::Ordering::Greater => "up",
            std::cmp::Ordering::Less => "down",
            std::cmp::Ordering::Equal => "same",
        };
        let mut words = format!("{} → {}", before.state, after.state);
        if let Some(date) = after.date {
            words.push_str(&format!("（{}）", self.date(date)));
        }
        (trend, words)
    }

    /// A customer as a row of a list.
    pub fn customer_row(&self, summary: &DossierSummary<'_>) -> CustomerRow {
        let dossier = summary.dossier;
        let customer = dossier.customer.as_ref();
        let own = |value: Option<&Arc<str>>| value.cloned().unwrap_or_default();
        CustomerRow {
            name: self.entry_name(&dossier.entry),
            short: own(dossier.entry.short.as_ref().filter(|short| **short != dossier.entry.name)),
            number: customer
                .and_then(|customer| customer.record.fields.text(key::NUMBER))
                .map_or_else(Arc::default, |text| text.value.clone()),
            level: own(customer.and_then(|customer| customer.level.as_ref())),
            industry: own(customer.and_then(|customer| customer.industry.as_ref())),
            region: own(customer.and_then(|customer| customer.region.as_ref())),
            owner: customer.and_then(|customer| customer.owner.as_ref()).map(|who| self.party_name(who)),
            people: dossier.people.len(),
            light: self.light(dossier),
            last: summary.last.and_then(|event| event.date).map(|date| self.date(date)),
            next: summary.next.map(|(_, date)| self.due(date)),
            promises: summary.promises(),
            overdue: summary.overdue(),
            resting: customer.and_then(|customer| customer.suspended.clone()),
        }
    }

    /// A message of another catalogue section.
    pub fn sentence(&self, say: &Message) -> String {
        self.view_context.words.format(say)
    }
}

/// The roles of a person without duplicates, with their projects.
pub(super) fn roles(person: &Person) -> Vec<Arc<str>> {
    let mut roles: Vec<Arc<str>> = Vec::new();
    for role in &person.roles {
        let shown = match &role.project {
            Some(project) => Arc::from(format!("{}（{project}）", role.role)),
            None => role.role.clone(),
        };
        if !roles.contains(&shown) {
            roles.push(shown);
        }
    }
    roles
}
