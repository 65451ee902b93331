//! Implements [`SiteStatus`]: which paths the site has, and the messages for a page.

use std::sync::Arc;

use super::failure::EditorLinks;
use crate::build::Snapshot;
use crate::config::Config;
use crate::serve::{PageNote, PageNotes, SiteStatus};
use crate::site::Problem;
use crate::source::{Disk, Source};

/// There is no site yet.
pub(super) struct NoStatus;

impl SiteStatus for NoStatus {
    fn has(&self, _: &str) -> bool {
        false
    }

    fn notes(&self, _: &str) -> PageNotes {
        PageNotes::default()
    }
}

/// The last published site and its snapshot.
pub(super) struct BuildStatus {
    pub known: Arc<Snapshot>,
    pub disk: Disk,
    pub config: Arc<Config>,
    pub links: EditorLinks,
}

impl SiteStatus for BuildStatus {
    fn has(&self, path: &str) -> bool {
        self.known.has(path)
    }

    fn notes(&self, page: &str) -> PageNotes {
        let on_page = self.known.on_page(page, &self.disk, &self.config);
        let noted = |problems: Vec<Problem>| problems.into_iter().map(|problem| self.note(problem)).collect();
        PageNotes { faults: noted(on_page.faults), duties: noted(on_page.duties) }
    }
}

impl BuildStatus {
    fn note(&self, problem: Problem) -> PageNote {
        let placed = !problem.path.is_empty();
        PageNote {
            severity: match problem.severity.as_str() {
                "error" => "error",
                "warning" => "warning",
                _ => "info",
            },
            open: placed.then(|| self.links.link_to(&problem.path, problem.line, problem.column)),
            path: if placed { self.disk.display_path(&problem.path) } else { String::new() },
            code: problem.code,
            message: problem.message,
            help: problem.help,
            line: problem.line,
            column: problem.column,
            source: problem.source,
        }
    }
}
