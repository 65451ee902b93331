//! The archive: directory, dossiers, and what lies outside customer folders.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::addressed::{address, directives, is_speaking, quarter, sort_directives};
use super::asker::Asker;
use super::assemble::Hand;
use super::directory::FilesThere;
use super::foreseen::planned_visits;
use super::links::{Way, follow};
use super::resolve::resolve;
use super::{Answer, Card, Directive, Directory, Dossier, Placed, PlannedVisit, Slice, StandIns, Target, Who};
use crate::calendar::{Date, Month, Period};
use crate::config::Policy;
use crate::diag::{Code, Diagnostic};
use crate::kind::{Scope, Value};
use crate::record::{Record, RecordId};

/// One of ours.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// 职务 (code of list `post`).
    pub post: Option<Arc<str>>,
    /// 部门.
    pub department: Option<Arc<str>>,
    /// 上级.
    pub manager: Option<Who>,
    /// 在职.
    pub active: bool,
}

/// A record outside customer folders that is not staff: pages, and the records of the department.
#[derive(Clone, Debug)]
pub struct Loose {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
}

/// 拜访计划书 of a month and salesperson.
#[derive(Clone, Debug)]
pub struct VisitPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// 月份.
    pub month: Option<Month>,
    /// 销售人员.
    pub staff: Option<Who>,
    /// 提交日期.
    pub submitted: Option<Date>,
    /// 审核人.
    pub reviewer: Option<Who>,
    /// 审核日期.
    pub reviewed: Option<Date>,
    /// 审核: 待审, 已审, 退回.
    pub verdict: Option<Arc<str>>,
    /// 审核意见.
    pub comment: Option<Arc<str>>,
    /// 安排, in order.
    pub rows: Vec<Arc<PlannedVisit>>,
}

impl VisitPlan {
    fn of(Loose { record, card }: &Loose, hand: &Hand<'_>) -> VisitPlan {
        use crate::record::visit_plan::{COMMENT, MONTH, REVIEWED, REVIEWER, STAFF, SUBMITTED, VERDICT};
        let sheet = &record.sheet;
        let who = |key: &str| sheet.names(key).first().map(|name| hand.who(record, name));
        let day = |key: &str| sheet.date(key).map(|day| day.value);
        VisitPlan {
            month: match sheet.get(MONTH) {
                Some(Value::Month(month)) => Some(month.value),
                _ => None,
            },
            staff: who(STAFF),
            submitted: day(SUBMITTED),
            reviewer: who(REVIEWER),
            reviewed: day(REVIEWED),
            verdict: sheet.code(VERDICT).map(|code| code.word.clone()),
            comment: sheet.text(COMMENT).map(|text| text.value.clone()),
            rows: planned_visits(record, card, hand),
            record: record.clone(),
            card: card.clone(),
        }
    }
}

/// All that an edition knows. Immutable; every order in it is fixed.
#[derive(Clone, Debug)]
pub struct Archive {
    /// Who exists.
    pub directory: Arc<Directory>,
    /// Dossiers by folder name.
    pub dossiers: BTreeMap<Arc<str>, Arc<Dossier>>,
    /// Our staff in order of id; who shows them sorts by reading.
    pub staff: Vec<Staff>,
    /// Pages by id.
    pub pages: Vec<Loose>,
    /// Records of the department by id: visit plans, market reports, calls and letters, competitors, directives, reviews,
    /// inspections, regulations, loans.
    pub office: Vec<Loose>,
    /// Who each name token of those outer records is.
    pub names: BTreeMap<RecordId, Placed>,
    /// Where each link of those outer records leads.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
    /// Visit plans by id.
    pub visit_plans: Vec<VisitPlan>,
    /// Who mentions outer records, in order of id.
    pub mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
    /// Directives on outer records (S-06.9).
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Who stands in for which post.
    pub stand_ins: StandIns,
}

impl Archive {
    /// All records outside customer folders: staff, pages, and those of the department.
    pub fn outer(&self) -> impl Iterator<Item = &Arc<Record>> {
        let loose = self.pages.iter().chain(&self.office).map(|loose| &loose.record);
        self.staff.iter().map(|member| &member.record).chain(loose)
    }

    /// The records of the department that are of this kind, in order of id.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Loose> {
        self.office.iter().filter(move |loose| loose.card.is(kind))
    }

    /// The visit plan of one of ours for a month.
    pub fn visit_plan(&self, staff: &RecordId, month: Month) -> Option<&VisitPlan> {
        self.visit_plans.iter().find(|plan| plan.month == Some(month) && plan.staff.as_ref().is_some_and(|who| who.is(staff)))
    }

    /// The staff member with this record.
    pub fn staff_member(&self, id: &RecordId) -> Option<&Staff> {
        self.staff.iter().find(|member| member.record.id == *id)
    }
}

/// Puts the dossiers and the outer records (`records` outside customer folders) on the shelf.
pub fn shelve(
    directory: Arc<Directory>,
    dossiers: BTreeMap<Arc<str>, Arc<Dossier>>,
    records: &[Arc<Record>],
    mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
    files: &FilesThere<'_>,
    policy: &Policy,
) -> (Archive, Vec<Diagnostic>) {
    let mut news = StandIns::news(policy, &directory, files);
    let mut asker = Asker::new(&directory, files);
    let (mut staff, mut pages, mut office) = (Vec::new(), Vec::new(), Vec::new());
    let (mut names, mut links) = (BTreeMap::new(), BTreeMap::new());
    let mut seen: BTreeMap<&RecordId, &Arc<Record>> = BTreeMap::new();
    for record in records {
        let kept = seen.entry(&record.id).or_insert(record);
        if record.path < kept.path {
            *kept = record;
        }
    }
    for record in seen.into_values() {
        let Some(card) = directory.card(&record.id).cloned() else { continue };
        let resolved = resolve(record, &[], &mut asker, &mut news);
        links.insert(record.id.clone(), resolved.links);
        let sheet = &record.sheet;
        let manager = sheet.names("manager").first().and_then(|name| resolved.names.get(&name.id)).cloned();
        names.insert(record.id.clone(), resolved.names);
        if &*record.kind.key != "staff" {
            let shelf = if card.is("page") { &mut pages } else { &mut office };
            shelf.push(Loose { record: record.clone(), card });
            continue;
        }
        staff.push(Staff {
            post: sheet.code("post").map(|code| code.word.clone()),
            department: sheet.text("department").map(|text| text.value.clone()),
            manager,
            active: card.left.is_none(),
            card,
            record: record.clone(),
        });
    }
    circles(&dossiers, &mut news);
    let hand = Hand::new(&names, &directory);
    let plans = office.iter().filter(|loose: &&Loose| loose.card.is("visit-plan"));
    let visit_plans = plans.map(|loose| VisitPlan::of(loose, &hand)).collect();
    let directives = on_outer(&office, &hand);
    let stand_ins = StandIns::of(policy, &mut asker);
    let directory = directory.clone();
    let archive =
        Archive { directory, dossiers, staff, pages, office, names, links, visit_plans, mentions, directives, stand_ins };
    (archive, news)
}

/// The directives on records outside customer folders.
fn on_outer(office: &[Loose], hand: &Hand<'_>) -> BTreeMap<RecordId, Vec<Directive>> {
    let mut on_outer: BTreeMap<RecordId, Vec<Directive>> = BTreeMap::new();
    for Loose { record, card } in office.iter().filter(|loose| loose.card.is("directive")) {
        for directive in directives(hand, record, card) {
            if let Some(about) = directive.about().filter(|about| about.customer.is_none()).cloned() {
                on_outer.entry(about.id.clone()).or_default().push(directive);
            }
        }
    }
    on_outer.values_mut().for_each(sort_directives);
    on_outer
}

/// A customer that is its own 上级单位 by way of others.
fn circles(dossiers: &BTreeMap<Arc<str>, Arc<Dossier>>, news: &mut Vec<Diagnostic>) {
    let parent =
        |folder: &str| -> Option<&Arc<str>> { dossiers.get(folder)?.customer.as_ref()?.parent.as_ref()?.customer.as_ref() };
    for (folder, dossier) in dossiers {
        let mut at = parent(folder);
        let mut steps = 0;
        while let Some(above) = at.filter(|_| steps <= dossiers.len()) {
            if above == folder {
                let span = dossier.customer.as_ref().and_then(|customer| customer.record.sheet.span_of("parent"));
                if let Some(span) = span {
                    news.push(Diagnostic::new(Code::CircularParent, span).with("name", &dossier.card.name));
                }
                break;
            }
            steps += 1;
            at = parent(above);
        }
    }
}

/// The folders of all customers with a file, in order.
pub(super) fn customers(directory: &Directory) -> impl Iterator<Item = &Arc<str>> {
    directory.public.iter().filter(|card| card.is("customer")).filter_map(|card| card.customer.as_ref())
}

/// Who mentions each record, in order of id.
pub type Mentions = BTreeMap<RecordId, Vec<Arc<Card>>>;

/// What records address to one another: slices by customer folder, and mentions of records outside customer folders.
pub fn slices<'a>(
    records: impl IntoIterator<Item = &'a Arc<Record>>,
    directory: &Directory,
    files: &FilesThere<'_>,
) -> (BTreeMap<Arc<str>, Slice>, Mentions) {
    let mut slices: BTreeMap<Arc<str>, Slice> = BTreeMap::new();
    let mut outer: BTreeMap<RecordId, Vec<Arc<Card>>> = BTreeMap::new();
    let mut reviewed_since: Option<Period> = None;
    for record in records {
        let speaks = is_speaking(record);
        if record.links.is_empty() && record.sheet.names("parent").is_empty() && !speaks {
            continue;
        }
        let Some(from) = directory.card(&record.id) else { continue };
        if speaks {
            address(record, from, &mut Asker::new(directory, files), directory, &mut slices);
            let earliest = reviewed_since.into_iter().chain(quarter(record));
            reviewed_since = earliest.min_by_key(|quarter| quarter.first());
        }
        if let Some(name) = record.sheet.names("parent").first()
            && let Answer::One(card) = Asker::new(directory, files).name(Scope::Customer, None, &name.text)
            && let Some(folder) = &card.customer
        {
            slices.entry(folder.clone()).or_default().branches.push(from.clone());
        }
        // Faults of these links are reported where the record itself is laid out.
        let mut asker = Asker::new(directory, files);
        for leveled in &record.links {
            let Way::Card(to, _) = follow(record, &leveled.link, &mut asker) else { continue };
            if to.id == from.id {
                continue;
            }
            let list = match &to.customer {
                Some(folder) => slices.entry(folder.clone()).or_default().mentions.entry(to.id.clone()).or_default(),
                None => outer.entry(to.id.clone()).or_default(),
            };
            list.push(from.clone());
        }
    }
    // Once the company reviews its dossiers, every customer is owed it.
    for folder in customers(directory).filter(|_| reviewed_since.is_some()) {
        slices.entry(folder.clone()).or_default().addressed.reviewed_since = reviewed_since;
    }
    let tidy = |list: &mut Vec<Arc<Card>>| {
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list.dedup_by(|a, b| a.id == b.id);
    };
    for slice in slices.values_mut() {
        slice.mentions.values_mut().for_each(tidy);
        tidy(&mut slice.branches);
        slice.planned.sort_by(|a, b| (&a.plan.id, a.row).cmp(&(&b.plan.id, b.row)));
        slice.addressed.tidy();
    }
    outer.values_mut().for_each(tidy);
    (slices, outer)
}
