//! The state of the last published site, to be queried while the next build runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::notices::notice;
use super::{BuildOptions, Counts, ReadArchive};
use crate::archive::{Archive, Dossier};
use crate::config::Config;
use crate::diag::Notice;
use crate::document::MAX_FILE;
use crate::i18n::Catalog;
use crate::publish::ExistingFiles;
use crate::record::{Record, RecordId};
use crate::report::Findings;
use crate::route::{Page, Routes};
use crate::rule::{Finding, RuleContext};
use crate::site::{Order, Problem, ProblemsByFile, SiteContext};
use crate::source::Source;
use crate::text::{FileId, Lines, decode};
use crate::theme::Theme;

/// A published site and the archive it was made from. Immutable, shared by threads.
#[derive(Clone)]
pub struct Snapshot {
    pub(super) archive: Arc<Archive>,
    pub(super) findings: Arc<Findings>,
    pub(super) routes: Arc<Routes>,
    pub(super) order: Arc<Order>,
    /// Problems by file; empty below the full edition.
    pub(super) problems: Arc<ProblemsByFile>,
    /// All notices of the build.
    pub(super) notices: Arc<[Notice]>,
    pub(super) counts: Counts,
    pub(super) standing: ExistingFiles,
    pub(super) words: &'static Catalog,
    pub(super) is_full: bool,
}

/// Messages shown beside a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageMessages {
    /// Problems of the files the page shows; on a customer's page those of the whole folder, the customer's own file
    /// first.
    pub faults: Vec<Problem>,
    /// Findings about the page's subject: customer, person or staff member.
    pub duties: Vec<Problem>,
}

/// The records a page shows, and the findings that may concern them.
struct PageContents<'a> {
    records: Vec<&'a Arc<Record>>,
    findings: Vec<&'a Finding>,
    /// All records that may hold evidence.
    around: BTreeMap<&'a RecordId, &'a Record>,
}

impl Snapshot {
    /// A snapshot of what was read, before anything is published.
    pub(super) fn new(read: &ReadArchive, problems: Arc<ProblemsByFile>, options: &BuildOptions<'_>) -> Snapshot {
        Snapshot {
            archive: read.archive.clone(),
            findings: read.findings.clone(),
            routes: read.routes.clone(),
            order: read.order.clone(),
            problems,
            notices: read.diagnostics.iter().map(Notice::from).collect(),
            counts: read.counts,
            standing: ExistingFiles::default(),
            words: Catalog::of(options.config.language),
            is_full: options.edition.is_full(),
        }
    }

    /// The context for rendering pages.
    pub(super) fn site_context<'a>(&'a self, context: &'a RuleContext<'a>, theme: &'a Theme, pinned: bool) -> SiteContext<'a> {
        SiteContext {
            archive: &self.archive,
            order: &self.order,
            findings: &self.findings,
            routes: &self.routes,
            problems: &self.problems,
            context,
            theme,
            words: self.words,
            pinned,
        }
    }

    /// Whether this path belongs to the site.
    pub fn has(&self, path: &str) -> bool {
        self.standing.has(path)
    }

    /// The page that shows a file of the archive, if there is one.
    pub fn page_of(&self, path: &str) -> Option<Arc<str>> {
        let record = self.records().find(|record| &*record.path.0 == path)?;
        self.routes.record(&record.id).map(|(url, _)| url.0.clone())
    }

    /// The page of all problems; only in the full edition.
    pub fn problems_page(&self) -> Option<Arc<str>> {
        self.is_full.then(|| self.routes.page(&Page::Problems(0)).0)
    }

    /// Messages for a page. Positions are looked up in the current texts.
    pub fn on_page(&self, page: &str, source: &dyn Source, config: &Config) -> PageMessages {
        if !self.is_full {
            return PageMessages::default();
        }
        let Some(shown) = self.page_contents(page) else { return PageMessages::default() };
        let mut faults = Vec::new();
        let mut told: Vec<FileId> = Vec::new();
        for record in &shown.records {
            if told.contains(&record.file) {
                continue;
            }
            told.push(record.file);
            let problems = self.problems.get(&record.file).map_or(&[][..], |problems| problems);
            faults.extend(problems.iter().cloned());
        }
        let mut texts = BTreeMap::new();
        let duties = shown.findings.iter().map(|finding| {
            let notice = notice(finding, &shown.around);
            let at = notice.span.and_then(|span| shown.around.values().find(|record| record.file == span.file));
            self.messages(&notice, at.copied(), source, config, &mut texts)
        });
        PageMessages { duties: duties.collect(), faults }
    }

    fn messages(
        &self,
        notice: &Notice,
        at: Option<&Record>,
        source: &dyn Source,
        config: &Config,
        texts: &mut BTreeMap<FileId, String>,
    ) -> Problem {
        let mut problem = Problem {
            severity: notice.word.to_owned(),
            code: notice.code.clone(),
            message: self.words.format(&notice.message),
            help: notice.help.iter().map(|help| self.words.format(help)).collect(),
            ..Problem::default()
        };
        if let (Some(record), Some(span)) = (at, notice.span) {
            let path = record.path.as_str();
            let text = texts.entry(record.file).or_insert_with(|| {
                let bytes = source.read(path, MAX_FILE).ok().flatten().unwrap_or_default();
                decode(&bytes, config.fixed_encoding(path)).text
            });
            let lines = Lines::new(text);
            let place = lines.line_column(span.start);
            (problem.path, problem.line, problem.column) = (path.to_owned(), place.line, place.column);
            lines.line(place.line).clone_into(&mut problem.source);
        }
        problem
    }

    fn page_contents(&self, page: &str) -> Option<PageContents<'_>> {
        let dossier = self.archive.dossiers.values().find(|dossier| self.is_page_of(dossier, page));
        let Some(dossier) = dossier else { return self.page_contents_outside_dossiers(page) };
        let home = self.routes.page(&Page::Dossier(dossier.id.clone()));
        let is_home = home.as_str() == page;
        let is_here = |id: &RecordId| self.routes.record(id).is_some_and(|(url, _)| url.as_str() == page);
        let records: Vec<_> = dossier.records().filter(|record| is_home || is_here(&record.id)).collect();
        let found = self.findings.get(&dossier.id).map_or(&[][..], |found| found);
        let is_about = |finding: &&Finding| {
            is_home || is_here(&finding.subject.id) || finding.evidence.iter().any(|evidence| is_here(&evidence.record.id))
        };
        let around =
            dossier.records().chain(self.archive.shared_and_staff_records()).map(|record| (&record.id, &**record)).collect();
        Some(PageContents { records, findings: found.iter().filter(is_about).collect(), around })
    }

    /// Whether a page belongs to this dossier: its pages are all in its folder.
    fn is_page_of(&self, dossier: &Dossier, page: &str) -> bool {
        let home = self.routes.page(&Page::Dossier(dossier.id.clone()));
        let folder = home.as_str().strip_suffix("index.html").unwrap_or(home.as_str());
        page.starts_with(folder)
    }

    fn page_contents_outside_dossiers(&self, page: &str) -> Option<PageContents<'_>> {
        let mut outer = self.archive.shared_and_staff_records().filter(|record| {
            let url = self.routes.record(&record.id).map(|(url, _)| url.as_str());
            url == Some(page)
        });
        let record = outer.next()?;
        let about =
            |finding: &&Finding| finding.subject.id == record.id || finding.staff.iter().any(|entry| entry.id == record.id);
        let findings: Vec<&Finding> = self.findings.values().flat_map(|found| found.iter()).filter(about).collect();
        let customers = findings.iter().filter_map(|finding| finding.customer.customer.as_ref());
        let dossiers = customers.filter_map(|folder| self.archive.dossiers.get(folder));
        let around = dossiers
            .flat_map(|dossier| dossier.records())
            .chain(self.archive.shared_and_staff_records())
            .map(|record| (&record.id, &**record))
            .collect();
        Some(PageContents { records: vec![record], findings, around })
    }

    fn records(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.archive.dossiers.values().flat_map(|dossier| dossier.records()).chain(self.archive.shared_and_staff_records())
    }
}
