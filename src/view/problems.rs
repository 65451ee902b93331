//! The pages of all problems in the archive (full edition).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::{Frame, Link, Linker, PageLink, PlannedPage, Problem, ViewContext};
use crate::archive::Archive;
use crate::record::{Record, RecordId};
use crate::route::{Page, Url};
use crate::text::FileId;

/// All problems in the archive (full edition).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// The page frame.
    pub page: Frame,
    /// Number of errors over all parts.
    pub errors: usize,
    /// Number of warnings over all parts.
    pub warnings: usize,
    /// Number of hints over all parts.
    pub hints: usize,
    /// The files of this part, by path.
    pub files: Vec<ProblemFile>,
    /// Links to the parts; empty if there is only one.
    pub parts: Vec<PageLink>,
}

/// A file with problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProblemFile {
    /// Its path, linked to the record's page if there is one.
    pub path: Link,
    /// Its problems in order of position.
    pub problems: Vec<Problem>,
}

/// A file and its problems.
type FileProblems<'a> = (&'a FileId, &'a Arc<[Problem]>);

/// Problems per page; the problems of one file stay together.
const PROBLEMS_PER_PAGE: usize = 500;

impl Problems {
    /// The parts of the list, each with its address.
    pub(super) fn plan(view_context: ViewContext<'_>, archive: &Archive) -> Vec<(Url, PlannedPage)> {
        let pages: BTreeMap<FileId, &RecordId> = records(archive).map(|record| (record.file, &record.id)).collect();
        let mut files: Vec<FileProblems<'_>> =
            view_context.problems.iter().filter(|(_, problems)| !problems.is_empty()).collect();
        files.sort_by(|a, b| path(a.1).cmp(path(b.1)));
        let mut parts: Vec<Vec<FileProblems<'_>>> = vec![Vec::new()];
        let mut room = PROBLEMS_PER_PAGE;
        for (file, problems) in files {
            if problems.len() > room && room < PROBLEMS_PER_PAGE {
                parts.push(Vec::new());
                room = PROBLEMS_PER_PAGE;
            }
            room = room.saturating_sub(problems.len());
            if let Some(part) = parts.last_mut() {
                part.push((file, problems));
            }
        }
        let count = |severity: &str| {
            view_context
                .problems
                .values()
                .flat_map(|problems| problems.iter())
                .filter(|problem| problem.severity == severity)
                .count()
        };
        let (errors, warnings, hints) = (count("error"), count("warning"), count("info"));
        let number = parts.len() as u32;
        parts
            .into_iter()
            .enumerate()
            .map(|(part, files)| {
                let url = view_context.routes.page(&Page::Problems(part as u32));
                let linker = Linker::new(view_context, url.clone(), None);
                let view = Problems {
                    page: linker
                        .list_frame(linker.part_title(&linker.interface_word("title_problems"), part as u32), "problems"),
                    errors,
                    warnings,
                    hints,
                    files: files
                        .into_iter()
                        .map(|(file, problems)| ProblemFile {
                            path: Link {
                                text: Arc::from(path(problems)),
                                href: pages.get(file).and_then(|id| linker.href(id)),
                            },
                            problems: problems.to_vec(),
                        })
                        .collect(),
                    parts: linker.parts(number, Page::Problems),
                };
                (url, PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers })
            })
            .collect()
    }
}

fn path(problems: &[Problem]) -> &str {
    problems.first().map_or("", |problem| &problem.path)
}

/// Every record of the archive.
fn records(archive: &Archive) -> impl Iterator<Item = &Record> {
    archive
        .dossiers
        .values()
        .flat_map(|dossier| dossier.records())
        .chain(archive.shared_and_staff_records())
        .map(|record| &**record)
}
