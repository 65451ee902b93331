//! 逾期与到期接触: overdue and due contacts, per pair of people.

use super::{Findings, Report};
use crate::archive::{Archive, ContactPair, ContactStatus, Dossier, DueState, Party, Person};
use crate::i18n::Message;
use crate::rule::RuleContext;
use crate::table::{Cell, Column, Row, Table};

/// The report.
pub const REPORT: Report = Report {
    name: "due",
    reads: &[
        "contact-plan.pairs",
        "visit.people",
        "visit.next",
        "contact.people",
        "contact.next",
        "person.roles",
        "staff.absence",
    ],
    tabulate,
};

/// Buying roles by importance of contact.
const ROLES: [&str; 5] = ["决策者", "顾问人员", "阻拦者", "支持者", "使用者"];

struct DueRow<'a> {
    dossier: &'a Dossier,
    pair: &'a ContactPair,
    person: Option<&'a Person>,
    standing: ContactStatus,
    due: crate::calendar::Date,
    state: DueState,
    role: usize,
    level: usize,
}

fn tabulate(archive: &Archive, _: &Findings, context: &RuleContext<'_>) -> Table {
    let mut lines: Vec<DueRow<'_>> = archive
        .dossiers
        .values()
        .filter(|dossier| !dossier.is_resting())
        .flat_map(|dossier| lines_of(dossier, context))
        .collect();
    // 决策者 first, then by customer level, then by days (`regulation.md` §1.11), then by id.
    lines.sort_by(|a, b| {
        (a.state, a.role, a.level, a.due, &a.dossier.id, &a.pair.theirs.id, &a.pair.ours.id).cmp(&(
            b.state,
            b.role,
            b.level,
            b.due,
            &b.dossier.id,
            &b.pair.theirs.id,
            &b.pair.ours.id,
        ))
    });
    let column = |key: &'static str| Column { key, label: Message::new(format!("report.due.{key}")), number: false };
    Table {
        name: REPORT.name,
        title: Message::new("report.due"),
        note: Some(Message::new("report.due.note").with("days", context.config.cadences.due_soon_days)),
        columns: ["due", "customer", "level", "person", "role", "ours", "last", "how", "owner"].map(column).into(),
        rows: lines.iter().map(row).collect(),
    }
}

fn lines_of<'a>(dossier: &'a Dossier, context: &RuleContext<'_>) -> Vec<DueRow<'a>> {
    let level = dossier.customer.as_ref().and_then(|customer| customer.level.as_deref());
    let level = context.config.levels.iter().position(|one| Some(one.name.as_str()) == level).unwrap_or(usize::MAX);
    let mut lines = Vec::new();
    for pair in &dossier.pairs {
        if context.has_left(&pair.theirs) {
            continue;
        }
        let standing = context.contact_status(dossier, pair);
        let Some(due) = standing.next.filter(|due| context.applies_to(dossier, *due)) else { continue };
        let state = DueState::of(due, context.as_of, context.config.cadences.due_soon_days);
        if state == DueState::Ahead {
            continue;
        }
        let person = dossier.person(&pair.theirs.id);
        let role = person.and_then(|person| person.roles.iter().map(|role| rank(&role.role)).min()).unwrap_or(ROLES.len());
        lines.push(DueRow { dossier, pair, person, standing, due, state, role, level });
    }
    lines
}

fn rank(role: &str) -> usize {
    ROLES.iter().position(|one| *one == role).unwrap_or(ROLES.len())
}

fn row(line: &DueRow<'_>) -> Row {
    let customer = line.dossier.customer.as_ref();
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let roles = line.person.map(|person| {
        let mut roles: Vec<&str> = person.roles.iter().map(|role| &*role.role).collect();
        roles.dedup();
        roles.join("、")
    });
    let last = line.standing.last.as_ref();
    let event = last.and_then(|(_, entry)| line.dossier.events.iter().find(|event| event.entry.id == entry.id));
    let due = Cell::Due(line.due, line.state);
    Row {
        cells: vec![
            match &line.standing.stated {
                Some(stated) => Cell::Evidence(Box::new(due), stated.record.clone()),
                None => due,
            },
            Cell::Record(line.dossier.entry.clone()),
            text(customer.and_then(|customer| customer.level.as_ref()).map(|level| level.to_string())),
            Cell::Record(line.pair.theirs.clone()),
            text(roles.filter(|roles| !roles.is_empty())),
            Cell::Record(line.pair.ours.clone()),
            last.map_or(Cell::Empty, |(day, entry)| Cell::Evidence(Box::new(Cell::Date(*day)), entry.clone())),
            match event {
                Some(event) => match &event.channel {
                    Some(channel) => Cell::Text(channel.to_string()),
                    None => Cell::Message(Message::new("event.visit")),
                },
                None => Cell::Empty,
            },
            customer.and_then(|customer| customer.owner.clone()).map_or(Cell::Empty, |owner| match owner {
                Party::Registered(entry) => Cell::Record(entry),
                unfiled @ Party::Unregistered { .. } => Cell::People(vec![unfiled]),
            }),
        ],
        staff: [Some(&line.pair.ours), line.dossier.owner()].into_iter().flatten().cloned().collect(),
        customer: Some(line.dossier.entry.clone()),
    }
}
