//! Values of each form: seven functions over a dossier.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::daily_report::daily_report_values;
use super::data::Form;
use super::{Content, FormContext, FormSubject};
use crate::archive::{
    ContactPair, Dossier, Event, EventKind, MemberSource, Party, Person, PlannedContacts, Project, ProjectMember,
};
use crate::calendar::Date;
use crate::kind::{CodeValue, Value};
use crate::markdown::strip_links;
use crate::record::{Record, key};

/// Fields of 附表2 in a person's record, besides 姓名 and 职务 (S-F2.3 … S-F2.12).
pub const PERSONAL: [&str; 10] = [
    "hobbies",
    "birthplace",
    "birthday",
    "journals",
    "native_place",
    "education",
    "family",
    "schools",
    "associations",
    "career",
];

/// Key in `form_wording` that adds the number of contacts made to 附表6.
const MADE_SO_FAR: &str = "已联系次数";

/// Values by name.
#[derive(Default)]
pub(super) struct RowValues {
    /// Few, so a list suffices.
    all: Vec<(&'static str, Content)>,
    /// Chosen codes, with the number of the visit from 1.
    codes: BTreeMap<&'static str, Vec<(usize, CodeValue)>>,
    /// Whether there are several visits.
    pub several: bool,
}

impl RowValues {
    /// A value; blank if missing.
    pub fn get(&self, of: &str) -> Content {
        self.all.iter().find(|(name, _)| *name == of).map_or(Content::Blank, |(_, content)| content.clone())
    }

    /// The chosen codes of a list.
    pub fn chosen(&self, of: &str) -> &[(usize, CodeValue)] {
        self.codes.get(of).map_or(&[], Vec::as_slice)
    }

    /// Adds a code chosen by a visit.
    pub fn choose(&mut self, of: &'static str, chosen: Option<(usize, CodeValue)>) {
        self.codes.entry(of).or_default().extend(chosen);
    }

    /// Sets a value.
    pub fn put(&mut self, of: &'static str, content: Content) {
        self.all.retain(|(name, _)| *name != of);
        self.all.push((of, content));
    }

    /// A set of these values.
    pub fn with<const N: usize>(values: [(&'static str, Content); N]) -> RowValues {
        RowValues { all: values.into(), ..RowValues::default() }
    }
}

/// Which group of the form a [`Group`] fills.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum FieldName {
    /// None of them.
    #[default]
    None,
    /// The next of the series.
    Series,
    /// The one with this name.
    Fixed(Arc<str>),
}

/// Rows that belong together.
#[derive(Default)]
pub(super) struct Group {
    pub name: FieldName,
    pub values: RowValues,
    pub lines: Vec<RowValues>,
}

/// All values of a form.
#[derive(Default)]
pub(super) struct FilledRows {
    pub about: Arc<str>,
    pub values: RowValues,
    pub groups: Vec<Group>,
}

/// Names of a form's values.
#[cfg(test)]
pub(super) fn known(form: u8) -> Vec<&'static str> {
    let known: &[&str] = match form {
        1 => &["unit-name", "unit", "place", "name", "title", "phones"],
        2 => return ["unit-name", "name", "title"].into_iter().chain(PERSONAL).collect(),
        3 => &["unit-name", "name", "title", "roles", "relation", "ours"],
        4 => &["unit-name", "project", "people", "concerns"],
        5 => &["unit-name", "fact", "meaning"],
        6 => &["unit-name", "period", "goal", "ours", "theirs", "title", "times", "next"],
        7 => &[
            "date",
            "visitor",
            "companions",
            "visited",
            "summary",
            "plan",
            "result",
            "item",
            "amount",
            "note",
            "total",
            "handled",
            "open",
        ],
        _ => &[],
    };
    known.to_vec()
}

/// Collects the values of a form for a subject.
pub(super) fn of(form: &Form, about: FormSubject<'_>, context: FormContext<'_>) -> FilledRows {
    let mut filled = match (form.form, about) {
        (1, FormSubject::Customer(dossier)) => situation(dossier),
        (2, FormSubject::Person(_, person)) => entry(person),
        (3, FormSubject::Customer(dossier)) => relations(dossier, context),
        (4, FormSubject::Customer(dossier)) => roles(dossier, context),
        (4, FormSubject::Project(dossier, project)) => project_roles(dossier, project, context),
        (5, FormSubject::Customer(dossier)) => meaning(dossier, context),
        (6, FormSubject::Customer(dossier)) => contact_plan(dossier, context),
        (7, FormSubject::Day(who, day, visits)) => daily_report_values(who, day, visits),
        _ => return FilledRows::default(),
    };
    if let FormSubject::Customer(dossier) | FormSubject::Project(dossier, _) | FormSubject::Person(dossier, _) = about {
        filled.values.put("unit-name", Content::text(&dossier.entry.name));
    }
    filled
}

/// 附表1: units with their contacts.
fn situation(dossier: &Dossier) -> FilledRows {
    let units = dossier.customer.iter().flat_map(|customer| &customer.units);
    let groups = units.map(|unit| {
        let name = match unit.class.as_deref() {
            Some("公司总部") => FieldName::Fixed("公司总部".into()),
            Some(_) => FieldName::Series,
            // The class is not stated.
            None => FieldName::None,
        };
        let lines = unit.contacts.iter().map(|who| {
            let person = who.entry().and_then(|entry| dossier.person(&entry.id));
            let (title, called) = match who {
                Party::Unregistered { note: Some(note), .. } => title_and_phone(note),
                _ => (title(dossier, who), None),
            };
            let phones = person.map_or_else(Vec::new, phones).into_iter().chain(called);
            RowValues::with([("name", Content::text(who.name())), ("title", title), ("phones", Content::lines(phones))])
        });
        let values = RowValues::with([("unit", Content::text(&unit.name)), ("place", said_text(unit.place.as_ref()))]);
        Group { name, values, lines: lines.collect() }
    });
    FilledRows { groups: groups.collect(), ..FilledRows::default() }
}

/// Splits the text in brackets after a name into title and number: `厂长 0399-20031001`.
fn title_and_phone(note: &str) -> (Content, Option<String>) {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '(' | ')');
    let title = note.trim_end_matches(of_number);
    let number = note[title.len()..].trim();
    if number.chars().filter(char::is_ascii_digit).count() < 7 {
        return (Content::text(note), None);
    }
    (Content::text(title.trim_end_matches(['，', '、', ',', '：'])), Some(number.to_owned()))
}

/// The visible phone numbers of a person with their types.
fn phones(person: &Person) -> Vec<String> {
    let label = |key: &str| {
        let kind = &person.record.kind;
        kind.index_of(key).map_or_else(String::new, |index| format!("{} ", kind.field(index).label))
    };
    person.phones.iter().map(|(key, number)| format!("{}{number}", label(key))).collect()
}

/// 附表2: personal details.
fn entry(person: &Person) -> FilledRows {
    let record = &*person.record;
    let mut values =
        RowValues::with([("name", Content::text(&person.entry.name)), ("title", said_text(person.title.as_ref()))]);
    for key in PERSONAL {
        values.put(key, said(record, key));
    }
    FilledRows { about: person.entry.name.clone(), values, groups: Vec::new() }
}

/// 附表3: key persons and who of our staff knows them.
fn relations(dossier: &Dossier, context: FormContext<'_>) -> FilledRows {
    let line = |person: &Person| {
        let mut roles: Vec<String> = Vec::new();
        for role in &person.roles {
            let shown = with_project(&role.role, role.project.as_deref());
            if !roles.contains(&shown) {
                roles.push(shown);
            }
        }
        let ours = person.ours.iter().map(|(who, _)| match who.entry().and_then(|entry| entry.title.as_deref()) {
            Some(title) => format!("{}，{title}", who.name()),
            None => who.name().to_owned(),
        });
        let relation = person.relation.as_ref().map(|relation| relation.state.clone());
        RowValues::with([
            ("name", Content::text(&person.entry.name)),
            ("title", said_text(person.title.as_ref())),
            ("roles", Content::lines(roles)),
            ("relation", said_text(relation.as_ref())),
            ("ours", Content::lines(ours)),
        ])
    };
    let groups = here(dossier, context).map(|person| Group { lines: vec![line(person)], ..Group::default() });
    FilledRows { groups: groups.collect(), ..FilledRows::default() }
}

/// The roles of 附表4, in order.
const ROLES: [&str; 5] = ["决策者", "顾问人员", "使用者", "阻拦者", "支持者"];

/// A person with a role.
struct RoleHolder<'a> {
    who: &'a str,
    /// Name with additions.
    shown: String,
    person: Option<&'a Person>,
    concerns: &'a [Arc<str>],
}

/// 附表4: roles in the buying decision, and concerns.
fn roles(dossier: &Dossier, context: FormContext<'_>) -> FilledRows {
    let group = |role: &str| {
        let players = here(dossier, context).filter_map(|person| {
            let said = person.roles.iter().find(|said| &*said.role == role)?;
            Some(RoleHolder {
                who: &person.entry.name,
                shown: with_project(&with_title(dossier, &Party::Registered(person.entry.clone())), said.project.as_deref()),
                person: Some(person),
                concerns: &person.concerns,
            })
        });
        in_role(role, players)
    };
    FilledRows { groups: ROLES.map(group).into(), ..FilledRows::default() }
}

/// 附表4 of a project.
fn project_roles(dossier: &Dossier, project: &Project, context: FormContext<'_>) -> FilledRows {
    let group = |role: &str| {
        let players = members(project, context).filter(|member| member.roles.iter().any(|said| &**said == role));
        let players = players.map(|member| RoleHolder {
            who: member.who.name(),
            shown: with_title(dossier, &member.who),
            person: member.who.entry().and_then(|entry| dossier.person(&entry.id)),
            concerns: &member.concerns,
        });
        in_role(role, players)
    };
    let mut filled = FilledRows { about: project.entry.name.clone(), groups: ROLES.map(group).into(), ..FilledRows::default() };
    filled.values.put("project", Content::text(&project.entry.name));
    filled
}

/// Members of a project who have not left, without those known only from a visit after today.
pub(super) fn members<'a>(project: &'a Project, context: FormContext<'_>) -> impl Iterator<Item = &'a ProjectMember> {
    let today = context.as_of.0;
    project.members.iter().filter(move |member| {
        let is_here = member.who.entry().and_then(|entry| entry.left).is_none_or(|left| left > today);
        is_here && !matches!(&member.source, MemberSource::Met(_, Some(day)) if *day > today)
    })
}

fn in_role<'a>(role: &str, players: impl Iterator<Item = RoleHolder<'a>>) -> Group {
    let (mut people, mut concerns) = (Vec::new(), Vec::new());
    for player in players {
        let influence = player.person.and_then(|person| person.record.fields.text(key::INFLUENCE));
        people.push(match influence {
            Some(influence) => format!("{}：{}", player.shown, strip_links(&influence.value)),
            None => player.shown,
        });
        if !player.concerns.is_empty() {
            let all: Vec<_> =
                player.concerns.iter().map(|text| strip_links(text).trim_end_matches(['；', '。']).to_owned()).collect();
            concerns.push(format!("{}：{}", player.who, all.join("；")));
        }
    }
    let line = RowValues::with([("people", Content::lines(people)), ("concerns", Content::lines(concerns))]);
    Group { name: FieldName::Fixed(role.into()), lines: vec![line], ..Group::default() }
}

/// 附表5: information and its meaning, in chronological order.
fn meaning(dossier: &Dossier, context: FormContext<'_>) -> FilledRows {
    let mut topics: BTreeMap<Option<&str>, Vec<RowValues>> = BTreeMap::new();
    for row in dossier.information.iter().rev().filter(|row| row.date.is_none_or(|date| date <= context.as_of.0)) {
        let topic = match row.topic.as_deref() {
            // In the customer's market these are competitors.
            Some("竞争对手") => Some("行业与市场状况"),
            topic => topic,
        };
        let tail = [row.date.map(|date| date.to_string()), row.level.map(|level| format!("{level}级"))];
        let tail: Vec<String> = tail.into_iter().flatten().collect();
        let mut fact = strip_links(&row.fact).into_owned();
        if !tail.is_empty() {
            fact = format!("{fact}（{}）", tail.join("，"));
        }
        let line = RowValues::with([("fact", Content::text(fact)), ("meaning", said_text(row.meaning.as_ref()))]);
        topics.entry(topic).or_default().push(line);
    }
    let group = |(topic, lines): (Option<&str>, Vec<RowValues>)| {
        let name = topic.map_or(FieldName::None, |topic| FieldName::Fixed(topic.into()));
        Group { name, lines, ..Group::default() }
    };
    FilledRows { groups: topics.into_iter().map(group).collect(), ..FilledRows::default() }
}

/// 附表6: the current contact plan, else the newest. 联系次数 is the planned number; a company may add the number made so far
/// (S-F6.6).
fn contact_plan(dossier: &Dossier, context: FormContext<'_>) -> FilledRows {
    let today = context.as_of.0;
    let plans = || dossier.plans.iter();
    let holds = plans().find(|plan| plan.period.is_some_and(|period| period.contains(today)));
    let begun = || plans().find(|plan| plan.period.is_some_and(|period| period.first() <= today));
    let Some(plan) = holds.or_else(begun).or_else(|| plans().next()) else { return FilledRows::default() };
    let mut pairs: Vec<(&ContactPair, &PlannedContacts)> = dossier
        .pairs
        .iter()
        .filter_map(|pair| Some((pair, pair.planned.iter().find(|planned| planned.record.id == plan.record.id)?)))
        .collect();
    pairs.sort_by_key(|(_, planned)| planned.row);
    let counts = context.wants_row(MADE_SO_FAR);
    let mut groups: Vec<(&ContactPair, Group)> = Vec::new();
    for (pair, planned) in pairs {
        let next = dossier.contact_owed(pair, context.as_of, context.config).next;
        let made = counts.then(|| format!("已 {}", pair.made_in(planned.period, context.as_of)));
        let times = planned.times.map(|times| times.to_string()).into_iter().chain(made);
        let line = RowValues::with([
            ("theirs", Content::text(&pair.theirs.name)),
            ("title", said_text(dossier.person(&pair.theirs.id).and_then(|person| person.title.as_ref()))),
            ("times", Content::lines(times)),
            ("next", Content::text(next.map_or_else(String::new, |date| date.to_string()))),
        ]);
        match groups.iter_mut().find(|(of, _)| of.ours.id == pair.ours.id) {
            Some((_, group)) => group.lines.push(line),
            None => {
                let values = RowValues::with([("ours", Content::text(&pair.ours.name))]);
                groups.push((pair, Group { name: FieldName::Series, values, lines: vec![line] }));
            }
        }
    }
    let values = RowValues::with([
        ("period", Content::text(plan.period.map_or_else(String::new, |period| period.to_string()))),
        ("goal", said_text(plan.goal.as_ref())),
    ]);
    FilledRows { values, groups: groups.into_iter().map(|(_, group)| group).collect(), ..FilledRows::default() }
}

/// Key persons who have not left, in order.
pub(super) fn here<'a>(dossier: &'a Dossier, context: FormContext<'_>) -> impl Iterator<Item = &'a Person> {
    dossier.people.iter().filter(move |person| person.left.is_none_or(|left| left > context.as_of.0))
}

/// The first key person who has not left.
pub fn first_person<'a>(dossier: &'a Dossier, context: FormContext<'_>) -> Option<&'a Person> {
    here(dossier, context).next()
}

/// The visits of a dossier with a date up to today and an author, newest first.
pub(super) fn visits<'a>(dossier: &'a Dossier, context: FormContext<'_>) -> impl Iterator<Item = (Date, &'a Party, &'a Event)> {
    let visits = dossier.events.iter().filter(|event| event.sort == EventKind::Visit);
    visits.filter_map(move |event| Some((event.date.filter(|date| *date <= context.as_of.0)?, event.ours.first()?, event)))
}

fn title(dossier: &Dossier, who: &Party) -> Content {
    match who {
        Party::Registered(entry) => {
            said_text(dossier.person(&entry.id).and_then(|person| person.title.as_ref()).or(entry.title.as_ref()))
        }
        Party::Unregistered { note, .. } => said_text(note.as_ref()),
    }
}

pub(super) fn with_title(dossier: &Dossier, who: &Party) -> String {
    let title = match who {
        Party::Registered(entry) => {
            dossier.person(&entry.id).and_then(|person| person.title.as_deref()).or(entry.title.as_deref())
        }
        Party::Unregistered { note, .. } => note.as_deref(),
    };
    match title {
        Some(title) => format!("{}（{title}）", who.name()),
        None => who.name().to_owned(),
    }
}

fn with_project(text: &str, project: Option<&str>) -> String {
    project.map_or_else(|| text.to_owned(), |project| format!("{text}〔{project}〕"))
}

fn said_text(text: Option<&Arc<str>>) -> Content {
    text.map_or(Content::Blank, |text| Content::text(strip_links(text)))
}

/// A field of a record as text.
fn said(record: &Record, key: &str) -> Content {
    match record.fields.get(key) {
        Some(Value::Text(text)) => Content::text(strip_links(&text.value)),
        Some(Value::Texts(texts)) => {
            let all: Vec<_> = texts.iter().map(|text| strip_links(&text.value)).collect();
            Content::text(all.join("、"))
        }
        Some(Value::Birthday(birthday)) => Content::text(&birthday.value.written),
        Some(Value::Codes(codes)) => Content::text(codes.iter().map(|code| code.value.shown()).collect::<Vec<_>>().join("、")),
        Some(Value::Rows(all)) => Content::lines(all.iter().map(|row| {
            let cells = row.cells.iter().filter_map(|(_, value)| match value {
                Value::Text(text) => Some(strip_links(&text.value).into_owned()),
                Value::Loose(loose) => Some(loose.value.written.clone()),
                _ => None,
            });
            cells.collect::<Vec<_>>().join("，")
        })),
        _ => Content::Blank,
    }
}
