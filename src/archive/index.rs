//! The archive: directory, dossiers, and the records outside customer folders.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::directory::IsFile;
use super::inbox::{addresses_others, deliver, directives, quarter, sort_directives};
use super::links::{LinkResolution, resolve_target};
use super::lookup_cache::LookupCache;
use super::name_resolver::NameResolver;
use super::planned_visits::planned_visits;
use super::resolve::resolve;
use super::{
    Answer, Deputies, Directive, Directory, DirectoryEntry, Dossier, DossierInputs, Party, PlannedVisit, ResolvedNames, Target,
};
use crate::calendar::{Date, Month, Period};
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::kind::{Scope, Value};
use crate::record::{Record, RecordId, key};

/// A member of our staff.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// 职务 (code of list `post`).
    pub post: Option<Arc<str>>,
    /// 部门.
    pub department: Option<Arc<str>>,
    /// 上级.
    pub manager: Option<Party>,
    /// 在职.
    pub active: bool,
}

/// A page or a record of the department, outside customer folders.
#[derive(Clone, Debug)]
pub struct SharedRecord {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
}

/// 拜访计划书 of one salesperson for one month.
#[derive(Clone, Debug)]
pub struct VisitPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// 月份.
    pub month: Option<Month>,
    /// 销售人员.
    pub staff: Option<Party>,
    /// 提交日期.
    pub submitted: Option<Date>,
    /// 审核人.
    pub reviewer: Option<Party>,
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
    fn of(SharedRecord { record, entry }: &SharedRecord, resolver: &NameResolver<'_>) -> VisitPlan {
        let fields = &record.fields;
        let who = |key: &str| fields.names(key).first().map(|name| resolver.party(record, name));
        let day = |key: &str| fields.date(key).map(|day| day.value);
        VisitPlan {
            month: match fields.get(key::MONTH) {
                Some(Value::Month(month)) => Some(month.value),
                _ => None,
            },
            staff: who(key::STAFF),
            submitted: day(key::SUBMITTED),
            reviewer: who(key::REVIEWER),
            reviewed: day(key::REVIEWED),
            verdict: fields.code(key::VERDICT).map(|code| code.word.clone()),
            comment: fields.text(key::COMMENT).map(|text| text.value.clone()),
            rows: planned_visits(record, entry, resolver),
            record: record.clone(),
            entry: entry.clone(),
        }
    }
}

/// Everything one edition contains. Immutable, with a fixed order everywhere.
#[derive(Clone, Debug)]
pub struct Archive {
    /// All directory entries.
    pub directory: Arc<Directory>,
    /// Dossiers by folder name.
    pub dossiers: BTreeMap<Arc<str>, Arc<Dossier>>,
    /// Staff in order of id; views sort them by pronunciation.
    pub staff: Vec<Staff>,
    /// Pages by id.
    pub pages: Vec<SharedRecord>,
    /// Records of the department by id: visit plans, market reports, calls and letters, competitors, directives,
    /// reviews, inspections, regulations, loans.
    pub shared_records: Vec<SharedRecord>,
    /// Resolved names of all records outside customer folders.
    pub names: BTreeMap<RecordId, ResolvedNames>,
    /// Link targets of those records.
    pub links: BTreeMap<RecordId, BTreeMap<Arc<str>, Target>>,
    /// Visit plans by id.
    pub visit_plans: Vec<VisitPlan>,
    /// Which records mention those records, in order of id.
    pub mentions: BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>>,
    /// Directives about those records (S-06.9).
    pub directives: BTreeMap<RecordId, Vec<Directive>>,
    /// Deputies by post.
    pub deputies: Deputies,
}

impl Archive {
    /// All records outside customer folders: staff, pages, records of the department.
    pub fn shared_and_staff_records(&self) -> impl Iterator<Item = &Arc<Record>> {
        let shared = self.pages.iter().chain(&self.shared_records).map(|shared| &shared.record);
        self.staff.iter().map(|member| &member.record).chain(shared)
    }

    /// The department's records of a kind, in order of id.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a SharedRecord> {
        self.shared_records.iter().filter(move |shared| shared.entry.is(kind))
    }

    /// The visit plan of a staff member for a month.
    pub fn visit_plan(&self, staff: &RecordId, month: Month) -> Option<&VisitPlan> {
        self.visit_plans.iter().find(|plan| plan.month == Some(month) && plan.staff.as_ref().is_some_and(|who| who.is(staff)))
    }

    /// The staff member with this record id.
    pub fn staff_member(&self, id: &RecordId) -> Option<&Staff> {
        self.staff.iter().find(|member| member.record.id == *id)
    }
}

/// Builds the archive from the dossiers and the `records` outside customer folders.
pub fn index_archive(
    directory: Arc<Directory>,
    dossiers: BTreeMap<Arc<str>, Arc<Dossier>>,
    records: &[Arc<Record>],
    mentions: BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>>,
    files: &IsFile<'_>,
    config: &Config,
) -> (Archive, Vec<Diagnostic>) {
    let mut diagnostics = Deputies::diagnostics(config, &directory, files);
    let mut lookups = LookupCache::new(&directory, files);
    let (mut staff, mut pages, mut shared_records) = (Vec::new(), Vec::new(), Vec::new());
    let (mut names, mut links) = (BTreeMap::new(), BTreeMap::new());
    let mut seen: BTreeMap<&RecordId, &Arc<Record>> = BTreeMap::new();
    for record in records {
        let kept = seen.entry(&record.id).or_insert(record);
        if record.path < kept.path {
            *kept = record;
        }
    }
    for record in seen.into_values() {
        let Some(entry) = directory.entry(&record.id).cloned() else { continue };
        let resolved = resolve(record, &[], &mut lookups, &mut diagnostics);
        links.insert(record.id.clone(), resolved.links);
        let fields = &record.fields;
        let manager = fields.names(key::MANAGER).first().and_then(|name| resolved.names.get(&name.id)).cloned();
        names.insert(record.id.clone(), resolved.names);
        if &*record.kind.key != "staff" {
            let list = if entry.is("page") { &mut pages } else { &mut shared_records };
            list.push(SharedRecord { record: record.clone(), entry });
            continue;
        }
        staff.push(Staff {
            post: fields.code(key::POST).map(|code| code.word.clone()),
            department: fields.text(key::DEPARTMENT).map(|text| text.value.clone()),
            manager,
            active: entry.left.is_none(),
            entry,
            record: record.clone(),
        });
    }
    report_parent_cycles(&dossiers, &mut diagnostics);
    let resolver = NameResolver::new(&names, &directory);
    let plans = shared_records.iter().filter(|shared: &&SharedRecord| shared.entry.is("visit-plan"));
    let visit_plans = plans.map(|shared| VisitPlan::of(shared, &resolver)).collect();
    let directives = shared_record_directives(&shared_records, &resolver);
    let stand_ins = Deputies::of(config, &mut lookups);
    let directory = directory.clone();
    let archive = Archive {
        directory,
        dossiers,
        staff,
        pages,
        shared_records,
        names,
        links,
        visit_plans,
        mentions,
        directives,
        deputies: stand_ins,
    };
    (archive, diagnostics)
}

/// The directives about records outside customer folders.
fn shared_record_directives(
    shared_records: &[SharedRecord],
    resolver: &NameResolver<'_>,
) -> BTreeMap<RecordId, Vec<Directive>> {
    let mut on_outer: BTreeMap<RecordId, Vec<Directive>> = BTreeMap::new();
    for SharedRecord { record, entry } in shared_records.iter().filter(|shared| shared.entry.is("directive")) {
        for directive in directives(resolver, record, entry) {
            if let Some(about) = directive.about().filter(|about| about.customer.is_none()).cloned() {
                on_outer.entry(about.id.clone()).or_default().push(directive);
            }
        }
    }
    on_outer.values_mut().for_each(sort_directives);
    on_outer
}

/// Reports customers that are, through others, their own 上级单位.
fn report_parent_cycles(dossiers: &BTreeMap<Arc<str>, Arc<Dossier>>, diagnostics: &mut Vec<Diagnostic>) {
    let parent =
        |folder: &str| -> Option<&Arc<str>> { dossiers.get(folder)?.customer.as_ref()?.parent.as_ref()?.customer.as_ref() };
    for (folder, dossier) in dossiers {
        let mut at = parent(folder);
        let mut steps = 0;
        while let Some(above) = at.filter(|_| steps <= dossiers.len()) {
            if above == folder {
                let span = dossier.customer.as_ref().and_then(|customer| customer.record.fields.span_of(key::PARENT));
                if let Some(span) = span {
                    diagnostics.push(Diagnostic::new(Code::CircularParent, span).with("name", &dossier.entry.name));
                }
                break;
            }
            steps += 1;
            at = parent(above);
        }
    }
}

/// Which records mention each record, in order of id.
pub type MentionIndex = BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>>;

/// What records address to others: dossier inputs by folder, and mentions of records outside customer folders.
pub fn dossier_inputs<'a>(
    records: impl IntoIterator<Item = &'a Arc<Record>>,
    directory: &Directory,
    files: &IsFile<'_>,
) -> (BTreeMap<Arc<str>, DossierInputs>, MentionIndex) {
    let mut inputs: BTreeMap<Arc<str>, DossierInputs> = BTreeMap::new();
    let mut outer: BTreeMap<RecordId, Vec<Arc<DirectoryEntry>>> = BTreeMap::new();
    let mut reviewed_since: Option<Period> = None;
    for record in records {
        let speaks = addresses_others(record);
        if record.links.is_empty() && record.fields.names(key::PARENT).is_empty() && !speaks {
            continue;
        }
        let Some(from) = directory.entry(&record.id) else { continue };
        if speaks {
            deliver(record, from, &mut LookupCache::new(directory, files), directory, &mut inputs);
            let earliest = reviewed_since.into_iter().chain(quarter(record));
            reviewed_since = earliest.min_by_key(|quarter| quarter.first());
        }
        if let Some(name) = record.fields.names(key::PARENT).first()
            && let Answer::One(entry) = LookupCache::new(directory, files).lookup_name(Scope::Customer, None, &name.text)
            && let Some(folder) = &entry.customer
        {
            inputs.entry(folder.clone()).or_default().branches.push(from.clone());
        }
        // Diagnostics of these links are reported when the record itself is resolved.
        let mut lookups = LookupCache::new(directory, files);
        for leveled in &record.links {
            let LinkResolution::Record(to, _) = resolve_target(record, &leveled.link, &mut lookups) else { continue };
            if to.id == from.id {
                continue;
            }
            let list = match &to.customer {
                Some(folder) => inputs.entry(folder.clone()).or_default().mentions.entry(to.id.clone()).or_default(),
                None => outer.entry(to.id.clone()).or_default(),
            };
            list.push(from.clone());
        }
    }
    // Once any dossier was reviewed, all customers are due for review.
    for folder in directory.customer_folders().filter(|_| reviewed_since.is_some()) {
        inputs.entry(folder.clone()).or_default().inbox.reviewed_since = reviewed_since;
    }
    let tidy = |list: &mut Vec<Arc<DirectoryEntry>>| {
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list.dedup_by(|a, b| a.id == b.id);
    };
    for inputs in inputs.values_mut() {
        inputs.mentions.values_mut().for_each(tidy);
        tidy(&mut inputs.branches);
        inputs.planned_visits.sort_by(|a, b| (&a.plan.id, a.row).cmp(&(&b.plan.id, b.row)));
        inputs.inbox.sort();
    }
    outer.values_mut().for_each(tidy);
    (inputs, outer)
}
