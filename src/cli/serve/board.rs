//! What the window may ask.

use std::sync::Arc;

use super::trouble::Links;
use crate::build::Known;
use crate::config::Policy;
use crate::serve::{Board, Note, Notes};
use crate::site::Problem;
use crate::source::{Disk, World};

/// A site that is not there yet.
pub(super) struct Nothing;

impl Board for Nothing {
    fn has(&self, _: &str) -> bool {
        false
    }

    fn notes(&self, _: &str) -> Notes {
        Notes::default()
    }
}

/// A site as it was published last, and what was known of it then.
pub(super) struct Standing {
    pub known: Arc<Known>,
    pub disk: Disk,
    pub policy: Arc<Policy>,
    pub links: Links,
}

impl Board for Standing {
    fn has(&self, path: &str) -> bool {
        self.known.has(path)
    }

    fn notes(&self, page: &str) -> Notes {
        let on_page = self.known.on_page(page, &self.disk, &self.policy);
        let noted = |problems: Vec<Problem>| problems.into_iter().map(|problem| self.note(problem)).collect();
        Notes { faults: noted(on_page.faults), duties: noted(on_page.duties) }
    }
}

impl Standing {
    fn note(&self, problem: Problem) -> Note {
        let placed = !problem.path.is_empty();
        Note {
            severity: match problem.severity.as_str() {
                "error" => "error",
                "warning" => "warning",
                _ => "info",
            },
            open: placed.then(|| self.links.to(&problem.path, problem.line, problem.column)),
            path: if placed { self.disk.shown(&problem.path) } else { String::new() },
            code: problem.code,
            message: problem.message,
            help: problem.help,
            line: problem.line,
            column: problem.column,
            source: problem.source,
        }
    }
}
