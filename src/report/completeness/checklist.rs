//! What the regulation requires in a dossier, and what is missing.
//!
//! The nine contents are those of article 9 (S-09.1), the seven forms those of S-09.2 and S-12.4. Counted is what they
//! require: form 2 and lines of form 4 only for people with a buying role, form 7 for every visit. Used by the report
//! and by the customer's page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::{DirectoryEntry, Dossier, Event, EventKind, Information, Party, Person};
use crate::calendar::Date;
use crate::form::PERSONAL;
use crate::i18n::Message;
use crate::record::key;
use crate::rule::RuleContext;

/// The contents of article 9, in order: 行业和市场信息 … 对客户信息的分析.
pub const CONTENTS: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/// 附表1–7.
pub const FORMS: [&str; 7] = ["1", "2", "3", "4", "5", "6", "7"];

/// Rows of 附表5, in order.
const TOPICS: [&str; 4] = ["行业与市场状况", "客户近期与远期计划", "组织结构与管理体系", "投资规划"];

/// A filled share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilledShare {
    /// Number of filled items.
    pub filled: u32,
    /// Number of required items.
    pub of: u32,
}

impl FilledShare {
    /// In percent, rounded down: 100 only if nothing is missing.
    pub fn percent(self) -> u32 {
        (self.filled * 100).checked_div(self.of).unwrap_or(100)
    }

    fn count(&mut self, is_there: bool) {
        self.of += 1;
        self.filled += u32::from(is_there);
    }

    fn add(&mut self, other: FilledShare) {
        self.filled += other.filled;
        self.of += other.of;
    }
}

/// Missing fields of one record, or a required item that is missing entirely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The form it belongs to: `1`–`7`; `0` for none.
    pub form: &'static str,
    /// The record to write it in.
    pub at: Option<Arc<DirectoryEntry>>,
    /// What is missing.
    pub what: Message,
}

/// Completeness of a dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// The nine contents, in order of [`CONTENTS`].
    pub contents: [FilledShare; 9],
    /// The seven forms, in order of [`FORMS`].
    pub forms: [FilledShare; 7],
    /// The latest date in each form (S-09.2d); `None` if nothing of it is filled.
    pub latest: [Option<Date>; 7],
    /// Missing items, by form.
    pub gaps: Vec<Gap>,
}

impl Completeness {
    /// The mean of the seven forms in percent, rounded down: a customer with many people is not rated by form 2 alone.
    pub fn percent(&self) -> u32 {
        let sum: u32 = self.forms.iter().map(|form| form.percent()).sum();
        sum / self.forms.len() as u32
    }

    /// Number of the nine contents that are complete.
    pub fn contents_there(&self) -> usize {
        self.contents.iter().filter(|share| share.filled == share.of).count()
    }
}

/// Whether anything is required: not without a customer record, nor while duties are suspended.
pub fn is_wanted(dossier: &Dossier) -> bool {
    dossier.customer.is_some() && !dossier.is_resting()
}

/// Completeness of a dossier on a day.
pub fn completeness(dossier: &Dossier, context: &RuleContext<'_>) -> Completeness {
    let mut hand = CompletenessContext { dossier, context, found: Completeness::default() };
    hand.basics();
    hand.people();
    hand.roles();
    hand.meaning();
    hand.contact_plan();
    hand.visits();
    hand.contents();
    for (share, latest) in hand.found.forms.iter().zip(&mut hand.found.latest) {
        *latest = latest.filter(|_| share.filled > 0);
    }
    hand.found
}

struct CompletenessContext<'a> {
    dossier: &'a Dossier,
    context: &'a RuleContext<'a>,
    found: Completeness,
}

/// What one record has and lacks on one form.
#[derive(Default)]
struct ChecklistLine {
    share: FilledShare,
    lacks: Vec<Arc<str>>,
}

impl ChecklistLine {
    fn count_field(&mut self, label: impl FnOnce() -> Arc<str>, is_there: bool) {
        self.share.count(is_there);
        if !is_there {
            self.lacks.push(label());
        }
    }
}

impl<'a> CompletenessContext<'a> {
    /// People who have not left.
    fn link_here(&self) -> impl Iterator<Item = &'a Person> + use<'a> {
        let context = self.context;
        self.dossier.people.iter().filter(move |person| !context.has_left(&person.entry))
    }

    /// People with a buying role.
    fn buyers(&self) -> impl Iterator<Item = &'a Person> + use<'a> {
        self.link_here().filter(|person| !person.roles.is_empty())
    }

    fn has_value(&self) -> impl Iterator<Item = &'a Information> + use<'a> {
        let context = self.context;
        self.dossier.information.iter().filter(move |row| row.date.is_none_or(|date| context.has_happened(date)))
    }

    /// Adds a line to a form.
    fn line(&mut self, form: usize, whose: &Arc<str>, at: Option<&Arc<DirectoryEntry>>, line: ChecklistLine) {
        self.found.forms[form - 1].add(line.share);
        if !line.lacks.is_empty() {
            let what = Message::new("report.completeness.lacking").with("whose", whose).with("fields", line.lacks.join("、"));
            self.found.gaps.push(Gap { form: FORMS[form - 1], at: at.cloned(), what });
        }
    }

    /// Adds a required item that is missing entirely; it counts as so many fields.
    fn none(&mut self, form: usize, fields: u32, what: &'static str, at: Option<&Arc<DirectoryEntry>>) {
        self.found.forms[form - 1].add(FilledShare { filled: 0, of: fields });
        self.found.gaps.push(Gap { form: FORMS[form - 1], at: at.cloned(), what: Message::new(what) });
    }

    /// 附表1: name, and for each unit place, contact and number (S-F1.1, S-F1.3 … S-F1.9).
    fn basics(&mut self) {
        let dossier = self.dossier;
        let Some(customer) = &dossier.customer else {
            return self.found.forms[0].add(FilledShare { filled: 0, of: 4 });
        };
        let entry = &dossier.entry;
        self.found.latest[0] = customer.record.latest();
        let mut name = ChecklistLine::default();
        name.count_field(|| customer.record.kind.label("name"), customer.record.fields.text(key::NAME).is_some());
        self.line(1, &entry.name, Some(entry), name);
        if customer.units.is_empty() {
            self.none(1, 3, "report.completeness.no-units", Some(entry));
        }
        for unit in &customer.units {
            let mut line = ChecklistLine::default();
            line.count_field(|| customer.record.kind.label("units.place"), unit.place.is_some());
            line.count_field(|| customer.record.kind.label("units.contacts"), !unit.contacts.is_empty());
            let has_number = |who: &Party| match who {
                Party::Registered(entry) => dossier.person(&entry.id).is_some_and(|person| !person.phones.is_empty()),
                Party::Unregistered { note, .. } => {
                    note.as_ref().is_some_and(|note| note.bytes().filter(u8::is_ascii_digit).count() >= 7)
                }
            };
            self.line(1, &unit.name, Some(entry), line);
            let is_there = unit.contacts.iter().any(has_number);
            self.found.forms[0].count(is_there);
            if !is_there {
                let what = Message::new("report.completeness.no-number").with("unit", &unit.name);
                self.found.gaps.push(Gap { form: "1", at: Some(entry.clone()), what });
            }
        }
    }

    /// 附表2 for people with a buying role (S-09.2c, S-F2.z); 附表3 for all key persons (S-F3.2 … S-F3.7).
    fn people(&mut self) {
        let latest = self.link_here().filter_map(|person| person.record.latest()).max();
        self.found.latest[1..4].fill(latest);
        if self.buyers().next().is_none() {
            self.none(2, PERSONAL.len() as u32 + 2, "report.completeness.no-buyers", Some(&self.dossier.entry));
        }
        for person in self.buyers() {
            let record = &person.record;
            let mut line = ChecklistLine::default();
            line.share.count(true);
            line.count_field(|| record.kind.label("title"), person.title.is_some());
            for key in PERSONAL {
                line.count_field(|| record.kind.label(key), record.fields.get(key).is_some());
            }
            self.line(2, &person.entry.name, Some(&person.entry), line);
        }
        if self.link_here().next().is_none() {
            self.none(3, 4, "report.completeness.no-people", Some(&self.dossier.entry));
        }
        for person in self.link_here() {
            let record = &person.record;
            let mut line = ChecklistLine::default();
            line.count_field(|| record.kind.label("title"), person.title.is_some());
            line.count_field(|| record.kind.label("roles"), !person.roles.is_empty());
            line.count_field(|| record.kind.label("relation"), person.relation.is_some());
            let unmet = person.relation.as_ref().is_some_and(|relation| relation.state.starts_with("尚未"));
            line.count_field(|| record.kind.label("links"), unmet || !person.ours.is_empty());
            self.line(3, &person.entry.name, Some(&person.entry), line);
        }
    }

    /// 附表4: a 决策者 and a 支持者 exist, and everybody with a role has concerns (S-F4.1, S-F4.5, S-F4.6).
    fn roles(&mut self) {
        for (role, what) in [("决策者", "report.completeness.no-decider"), ("支持者", "report.completeness.no-supporter")]
        {
            if self.buyers().any(|person| person.roles.iter().any(|one| &*one.role == role)) {
                self.found.forms[3].count(true);
            } else {
                self.none(4, 1, what, Some(&self.dossier.entry));
            }
        }
        for person in self.buyers() {
            let mut line = ChecklistLine::default();
            line.count_field(|| person.record.kind.label("concerns"), !person.concerns.is_empty());
            self.line(4, &person.entry.name, Some(&person.entry), line);
        }
    }

    /// 附表5: each row has a fact and its meaning (S-F5.1 … S-F5.6).
    fn meaning(&mut self) {
        let record = self.dossier.information_record.as_ref();
        let home = record.and_then(|record| self.dossier.information.iter().find(|row| row.record.id == record.id));
        let home = home.map_or(&self.dossier.entry, |row| &row.record);
        self.found.latest[4] = self.has_value().filter_map(|row| row.date).max();
        for topic in TOPICS {
            let rows: Vec<&Information> = self.has_value().filter(|row| row.topic.as_deref() == Some(topic)).collect();
            let means = rows.iter().any(|row| row.meaning.is_some());
            self.found.forms[4].count(!rows.is_empty());
            self.found.forms[4].count(means);
            let what = match (rows.is_empty(), means) {
                (true, _) => Message::new("report.completeness.no-topic").with("topic", topic),
                (false, false) => Message::new("report.completeness.no-meaning").with("topic", topic),
                (false, true) => continue,
            };
            let at = rows.first().map_or(home, |row| &row.record).clone();
            self.found.gaps.push(Gap { form: "5", at: Some(at), what });
        }
    }

    /// 附表6: a current plan with a goal; everybody with a buying role has a staff member, a number and a next day
    /// (S-F6.2 … S-F6.7).
    fn contact_plan(&mut self) {
        let dossier = self.dossier;
        let today = self.context.as_of.0;
        let plan = dossier.plans.iter().find(|plan| plan.period.is_some_and(|period| period.contains(today)));
        let Some(plan) = plan else {
            return self.none(6, 3, "report.completeness.no-contact-plan", Some(&dossier.entry));
        };
        self.found.latest[5] = plan.record.latest();
        let mut line = ChecklistLine::default();
        line.share.count(true);
        line.count_field(|| plan.record.kind.label("goal"), plan.goal.is_some());
        self.line(6, &plan.entry.name, Some(&plan.entry), line);
        let mut planned = BTreeMap::new();
        for pair in &dossier.pairs {
            for row in pair.planned.iter().filter(|row| row.record.id == plan.entry.id) {
                let next = dossier.standing(pair, self.context.as_of, self.context.config).next.is_some();
                let known = planned.entry(&pair.theirs.id).or_insert((false, false));
                *known = (known.0 || row.times.is_some(), known.1 || next);
            }
        }
        for person in self.buyers() {
            let mut line = ChecklistLine::default();
            match planned.get(&person.entry.id) {
                None => line.count_field(|| plan.record.kind.label("pairs"), false),
                Some((times, next)) => {
                    line.share.count(true);
                    line.count_field(|| plan.record.kind.label("pairs.times"), *times);
                    line.count_field(|| plan.record.kind.label("pairs.next"), *next);
                }
            }
            self.line(6, &person.entry.name, Some(&plan.entry), line);
        }
    }

    /// 附表7 for every visit that counts (S-F7.4 … S-F7.7).
    fn visits(&mut self) {
        let (dossier, context) = (self.dossier, self.context);
        let judged = |event: &&Event| {
            event.sort == EventKind::Visit
                && event.date.is_none_or(|day| context.has_happened(day) && context.applies_to(dossier, day))
        };
        let visits: Vec<&Event> = dossier.events.iter().filter(judged).collect();
        if visits.is_empty() {
            self.none(7, 1, "report.completeness.no-visit", Some(&dossier.entry));
        }
        self.found.latest[6] = visits.iter().filter_map(|event| event.date).max();
        for event in visits {
            let record = &event.record;
            let mut line = ChecklistLine::default();
            line.count_field(|| record.kind.label("people"), !event.theirs.is_empty());
            line.count_field(|| record.kind.prose_label.clone().unwrap_or_default(), event.reported);
            line.count_field(|| record.kind.label("plan"), event.plan.is_some());
            line.count_field(|| record.kind.label("result"), event.result.is_some());
            self.line(7, &event.entry.name, Some(&event.entry), line);
        }
    }

    /// The nine contents of article 9.
    fn contents(&mut self) {
        let knows = |topic: &str| self.has_value().any(|row| row.topic.as_deref() == Some(topic));
        let whole = |is_there: bool| FilledShare { filled: u32::from(is_there), of: 1 };
        let procurement = self.dossier.customer.as_ref().is_some_and(|it| !it.record.fields.texts(key::PROCUREMENT).is_empty());
        let rows = self.has_value().count() as u32;
        let meant = self.has_value().filter(|row| row.meaning.is_some()).count() as u32;
        self.found.contents = [
            whole(knows(TOPICS[0])),
            whole(knows(TOPICS[1])),
            whole(knows(TOPICS[2])),
            self.found.forms[2],
            self.found.forms[0],
            self.found.forms[1],
            whole(procurement),
            whole(knows(TOPICS[3])),
            FilledShare { filled: meant, of: rows.max(1) },
        ];
        if !procurement && let Some(customer) = &self.dossier.customer {
            let fields = customer.record.kind.label("procurement");
            let whose = &self.dossier.entry.name;
            let what = Message::new("report.completeness.lacking").with("whose", whose).with("fields", fields);
            self.found.gaps.push(Gap { form: "0", at: Some(self.dossier.entry.clone()), what });
        }
    }
}
