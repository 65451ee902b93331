//! Addresses of all records, pages and copied files.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Url;
use super::chinese_reading::NameKind;
use super::slug::{self, slug, slug_with_long_hash};
use crate::archive::{Archive, DirectoryEntry, EventKind};
use crate::calendar::Month;
use crate::config::{Config, PageChoice};
use crate::diag::{Code, Diagnostic};
use crate::record::{Record, RecordId};
use crate::text::{FileId, Fingerprint, Span};

/// Maximum number of records on one page of a customer's year.
pub const RECORDS_PER_PAGE: u32 = 200;
/// Longest address in characters: with the path of a network share before it, it still fits into Windows' 260.
const LONGEST: usize = 150;

/// A page that is not the page of a single record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// 首页.
    Home,
    /// 客户总目录 in one order (`all` A–Z, `industry`, `region`, `owner`, `level`); part from 0 (500 rows each).
    Customers(&'static str, u32),
    /// A customer's dossier.
    Dossier(Arc<str>),
    /// 见面前看一眼 of a customer.
    Brief(Arc<str>),
    /// The summary of a development plan.
    PlanSummary(RecordId),
    /// Visits or contacts of a customer and year (`None`: undated); part from 0 (200 records each).
    Year(Arc<str>, EventKind, Option<i16>, u32),
    /// The list of staff.
    Staff,
    /// Key persons of all customers; part from 0.
    People(u32),
    /// All projects; part from 0.
    Projects(u32),
    /// All competitors.
    Competitors,
    /// The list of pages.
    Pages,
    /// A report by its name; part from 0.
    Report(&'static str, u32),
    /// All problems (full edition); part from 0.
    Problems(u32),
    /// The list of reports.
    Reports,
    /// The list of the official forms.
    Forms,
    /// A blank form (附表N), or all of them for `None`.
    BlankForm(Option<u8>),
    /// One form for all customers; part from 0.
    AllForms(u8, u32),
    /// All forms of a customer.
    FormSet(Arc<str>),
    /// The daily reports (附表7) of a staff member in a month.
    FormDays(RecordId, Month),
    /// The list of visit plans of all months.
    VisitPlans,
    /// The index of a kind of department record, by its folder.
    DepartmentIndex(&'static str),
}

/// All addresses of a site.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    // Looked up for every link of every page, never iterated.
    pub(super) records: HashMap<RecordId, (Url, Option<Arc<str>>)>,
    pub(super) files: HashMap<Arc<str>, Url>,
    /// Customer folder → its part of the addresses.
    folders: HashMap<Arc<str>, String>,
}

impl Routes {
    /// The page of a record, and its HTML id there if the page is shared.
    pub fn record(&self, id: &RecordId) -> Option<(&Url, Option<&str>)> {
        self.records.get(id).map(|(url, anchor)| (url, anchor.as_deref()))
    }

    /// The same for the record of a directory entry.
    pub fn entry(&self, entry: &DirectoryEntry) -> Option<(&Url, Option<&str>)> {
        self.record(&entry.id)
    }

    /// The address of a page that is not the page of a single record.
    pub fn page(&self, page: &Page) -> Url {
        let path = match page {
            Page::Home => "index.html".to_owned(),
            Page::Customers("all", part) => numbered("customers/index", *part),
            Page::Customers(order, part) => numbered(&format!("customers/by-{order}"), *part),
            Page::Dossier(folder) => format!("customers/{}/index.html", self.folder(folder)),
            Page::Brief(folder) => format!("customers/{}/brief.html", self.folder(folder)),
            // Below the plan, in a folder with the plan's name, where no other record has its page.
            Page::PlanSummary(plan) => match self.record(plan) {
                Some((url, _)) => format!("{}/summary.html", url.as_str().trim_end_matches(".html")),
                None => "index.html".to_owned(),
            },
            Page::Year(folder, sort, year, part) => {
                let year = year.map_or_else(|| "undated".to_owned(), |year| format!("{year:04}"));
                numbered(&format!("customers/{}/{}/{year}", self.folder(folder), event_folder(*sort)), *part)
            }
            Page::Staff => "staff/index.html".to_owned(),
            Page::People(part) => numbered("people/index", *part),
            Page::Projects(part) => numbered("projects/index", *part),
            Page::Competitors => "competitors/index.html".to_owned(),
            Page::Pages => "pages/index.html".to_owned(),
            Page::Report(name, part) => numbered(&format!("reports/{name}"), *part),
            Page::Problems(part) => numbered("problems/index", *part),
            Page::Reports => "reports/index.html".to_owned(),
            Page::Forms => "forms/index.html".to_owned(),
            Page::BlankForm(None) => "forms/blank.html".to_owned(),
            Page::BlankForm(Some(form)) => format!("forms/{form}.html"),
            Page::AllForms(form, part) => numbered(&format!("forms/all-{form}"), *part),
            Page::FormSet(folder) => format!("customers/{}/forms.html", self.folder(folder)),
            Page::FormDays(staff, month) => {
                let stem =
                    self.record(staff).map_or_else(|| slug(staff.stem(), NameKind::Person), |(url, _)| url.stem().to_owned());
                format!("forms/7/{stem}/{month}.html")
            }
            Page::VisitPlans => "visit-plans/index.html".to_owned(),
            Page::DepartmentIndex(folder) => format!("{folder}/index.html"),
        };
        Url(path.into())
    }

    /// The address of a copied archive file (image, attachment).
    pub fn file(&self, path: &str) -> Option<&Url> {
        self.files.get(path)
    }

    fn folder(&self, folder: &str) -> String {
        self.folders.get(folder).cloned().unwrap_or_else(|| slug(folder, NameKind::Thing))
    }
}

/// `base.html`, `base-2.html`, …: parts count from 0, addresses from 1.
fn numbered(base: &str, part: u32) -> String {
    if part == 0 { format!("{base}.html") } else { format!("{base}-{}.html", part + 1) }
}

fn event_folder(sort: EventKind) -> &'static str {
    match sort {
        EventKind::Visit => "visits",
        EventKind::Contact | EventKind::Call => "contacts",
    }
}

/// The folders of a record below the site root or its customer, as in its id: `contact-plans/`, `visit-plans/2026-11/`.
fn folders(entry: &DirectoryEntry) -> String {
    let (folders, _) = entry.id.as_str().rsplit_once('/').unwrap_or_default();
    let skipped = if entry.customer.is_some() { 2 } else { 0 };
    folders.split('/').filter(|part| !part.is_empty()).skip(skipped).map(|part| slug::folder_slug(part) + "/").collect()
}

/// Assigns an address to every record and every linked file (`files`: archive paths). Two with the same address (after
/// case folding and NFC) are reported with both sources and told apart by a longer hash.
pub fn assign_routes(archive: &Archive, files: &[Arc<str>], config: &Config) -> (Routes, Vec<Diagnostic>) {
    let entries: Vec<&DirectoryEntry> = archive.directory.entries().map(AsRef::as_ref).collect();
    let desk = assign(archive.dossiers.keys(), &entries, files, config);
    let diagnostics = diagnostics(archive, &desk.clashes);
    (desk.routes, diagnostics)
}

/// The same from directory entries alone: an address depends only on ids, kinds and dates.
pub(super) fn assign<'a>(
    dossiers: impl Iterator<Item = &'a Arc<str>>,
    entries: &[&'a DirectoryEntry],
    files: &[Arc<str>],
    config: &Config,
) -> RouteBuilder {
    let mut desk = RouteBuilder::default();
    let folders: BTreeSet<&Arc<str>> = dossiers.chain(entries.iter().filter_map(|entry| entry.customer.as_ref())).collect();
    for folder in folders {
        let who = format!("customers/{folder}").into();
        let source = AddressOwner { who, id: Some(RecordId(format!("customers/{folder}/customer").into())) };
        let part = desk.claim(&source, "customers/", folder, "", NameKind::Thing);
        desk.routes.folders.insert(Arc::clone(folder), part);
    }
    desk.routes.records.reserve(entries.len());
    // Addresses below a customer's folder can only conflict with each other, so customers run in parallel.
    let mut homes: BTreeMap<&Arc<str>, Vec<&DirectoryEntry>> = BTreeMap::new();
    for entry in entries {
        match &entry.customer {
            Some(folder) => homes.entry(folder).or_default().push(entry),
            None => desk.assign_address(entry, config),
        }
    }
    let given: Vec<RouteBuilder> = homes
        .into_par_iter()
        .map(|(folder, entries)| {
            let mut own = RouteBuilder::default();
            own.routes.folders.insert(Arc::clone(folder), desk.routes.folder(folder).to_owned());
            entries.into_iter().for_each(|entry| own.assign_address(entry, config));
            own
        })
        .collect();
    for own in given {
        desk.routes.records.extend(own.routes.records);
        desk.clashes.extend(own.clashes);
    }
    for path in files {
        desk.file(path);
    }
    desk
}

/// Who an address is assigned to.
#[derive(Clone)]
pub(super) struct AddressOwner {
    /// Its path for messages.
    pub who: Arc<str>,
    /// The record whose file the diagnostic names.
    id: Option<RecordId>,
}

/// Two sources with the same address.
pub(super) struct AddressConflict {
    pub url: String,
    pub first: AddressOwner,
    pub second: AddressOwner,
}

/// Assigns addresses.
#[derive(Default)]
pub(super) struct RouteBuilder {
    pub routes: Routes,
    /// Address → its source. Only looked up, never iterated.
    taken: HashMap<String, AddressOwner>,
    pub clashes: Vec<AddressConflict>,
}

impl RouteBuilder {
    /// Claims the address part for `name` below `base`: the slug, or a longer one if it is taken. `ending` follows it
    /// in the address.
    fn claim(&mut self, source: &AddressOwner, base: &str, name: &str, ending: &str, slug_kind: NameKind) -> String {
        let part = slug(name, slug_kind);
        let url = format!("{base}{part}{ending}");
        let Some(first) = self.taken.get(&url) else {
            self.taken.insert(url, source.clone());
            return part;
        };
        self.clashes.push(AddressConflict { url, first: first.clone(), second: source.clone() });
        let part = slug_with_long_hash(name, slug_kind);
        self.taken.insert(format!("{base}{part}{ending}"), source.clone());
        part
    }

    /// Assigns the address of a directory entry.
    fn assign_address(&mut self, entry: &DirectoryEntry, config: &Config) {
        let address = self.entry(entry, config);
        self.routes.records.insert(entry.id.clone(), address);
    }

    fn entry(&mut self, entry: &DirectoryEntry, config: &Config) -> (Url, Option<Arc<str>>) {
        let base = entry.customer.as_ref().map(|folder| format!("customers/{}/", self.routes.folder(folder)));
        let base = base.unwrap_or_default();
        let source = AddressOwner { who: entry.id.0.clone(), id: Some(entry.id.clone()) };
        let stem = entry.id.stem();
        let (url, anchor) = match &*entry.kind {
            "customer" => (format!("{base}index.html"), None),
            "information" => (format!("{base}information.html"), None),
            "visit" => return self.event(entry, &source, EventKind::Visit, config.visits),
            "contact" => return self.event(entry, &source, EventKind::Contact, config.contacts),
            "inbound" if entry.id.as_str().contains('#') => return self.row(entry, &source),
            kind => {
                let slug_kind = match kind {
                    "person" | "staff" | "visit-plan" | "market-report" => NameKind::Person,
                    _ => NameKind::Thing,
                };
                let base = format!("{base}{}", folders(entry));
                let part = self.claim(&source, &base, stem, ".html", slug_kind);
                (format!("{base}{part}.html"), None)
            }
        };
        (Url(url.into()), anchor)
    }

    /// A row of a month's file is on the page of the file.
    fn row(&mut self, entry: &DirectoryEntry, source: &AddressOwner) -> (Url, Option<Arc<str>>) {
        let (file, row) = entry.id.stem().split_once('#').unwrap_or((entry.id.stem(), ""));
        let base = format!("{}{}", folders(entry), slug(file, NameKind::Thing));
        let part = self.claim(source, &format!("{base}#"), row, "", NameKind::Thing);
        (Url(format!("{base}.html").into()), Some(format!("r-{part}").into()))
    }

    fn event(
        &mut self,
        entry: &DirectoryEntry,
        source: &AddressOwner,
        sort: EventKind,
        choice: PageChoice,
    ) -> (Url, Option<Arc<str>>) {
        let folder = entry.customer.clone().unwrap_or_default();
        let base = format!("customers/{}/{}/", self.routes.folder(&folder), event_folder(sort));
        let stem = entry.id.stem();
        match choice {
            PageChoice::Each => {
                let part = self.claim(source, &base, stem, ".html", NameKind::Thing);
                (Url(format!("{base}{part}.html").into()), None)
            }
            PageChoice::ByYear => {
                let part = entry.nth / RECORDS_PER_PAGE;
                let url = self.routes.page(&Page::Year(folder, sort, entry.date.map(|date| date.year()), part));
                let prefix = match sort {
                    EventKind::Visit => "v-",
                    EventKind::Contact | EventKind::Call => "c-",
                };
                // Unique in the whole folder, so that it stays the same when a record moves to another page.
                let part = self.claim(source, &format!("{base}#"), stem, "", NameKind::Thing);
                (url, Some(format!("{prefix}{part}").into()))
            }
        }
    }

    /// `客户/华东院/图/水泵.PNG` → `files/kehu-…/huadongyuan-…/tu-…/shuibeng-….png`.
    fn file(&mut self, path: &Arc<str>) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut base = "files/".to_owned();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            base.push_str(&slug::folder_slug(part));
            base.push('/');
        }
        let (stem, ending) = slug::split_extension(name);
        let ending = format!(".{ending}");
        // 53: the longest slug with the longest hash and ending.
        if base.len() + 53 > LONGEST {
            base = format!("files/{}/", Fingerprint::of(folder.as_bytes()).hex(12));
        }
        let source = AddressOwner { who: Arc::clone(path), id: None };
        let part = self.claim(&source, &base, stem, &ending, NameKind::Thing);
        self.routes.files.insert(Arc::clone(path), Url::from(format!("{base}{part}{ending}").as_str()));
    }
}

/// The conflicts as diagnostics about the second source, or the first if only that is a record.
fn diagnostics(archive: &Archive, clashes: &[AddressConflict]) -> Vec<Diagnostic> {
    if clashes.is_empty() {
        return Vec::new();
    }
    let records: BTreeMap<&RecordId, &Arc<Record>> = archive
        .dossiers
        .values()
        .flat_map(|dossier| dossier.records())
        .chain(archive.shared_and_staff_records())
        .map(|record| (&record.id, record))
        .collect();
    let file = |source: &AddressOwner| -> Option<FileId> {
        let id = source.id.as_ref()?;
        if let Some(record) = records.get(id) {
            return Some(record.file);
        }
        // A folder without a customer file: report it at its first record.
        let folder = id.as_str().strip_suffix("customer")?;
        records
            .range::<RecordId, _>(&RecordId(folder.into())..)
            .next()
            .filter(|(id, _)| id.as_str().starts_with(folder))
            .map(|(_, r)| r.file)
    };
    clashes
        .iter()
        .map(|clash| {
            let (file, other) = match file(&clash.second) {
                Some(at) => (at, &clash.first),
                None => (file(&clash.first).unwrap_or_default(), &clash.second),
            };
            let other = other.id.as_ref().and_then(|id| records.get(id)).map_or(other.who.clone(), |r| r.path.0.clone());
            Diagnostic::new(Code::AddressCollision, Span::new(file, 0, 0)).with("url", &clash.url).with("other", other)
        })
        .collect()
}
