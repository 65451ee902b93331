//! News as pages show it.

use std::collections::BTreeMap;

use super::Texts;
use crate::diag::{Diagnostic, Sources};
use crate::site::Problem;
use crate::text::{FileId, Lines};
use crate::words::Words;

/// The problems of each file that has any, with line and column. Only these files are read for it.
pub(super) fn problems(news: &[Diagnostic], texts: &Texts<'_>, words: &Words) -> BTreeMap<FileId, Vec<Problem>> {
    let mut by_file: BTreeMap<FileId, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in news {
        by_file.entry(diagnostic.span.file).or_default().push(diagnostic);
    }
    let mut problems = BTreeMap::new();
    for (file, news) in by_file {
        let Some((_, text)) = texts.source(file) else { continue };
        let path = texts.path(file).map(|path| path.to_string()).unwrap_or_default();
        let lines = Lines::new(&text);
        let drawn = news.into_iter().map(|diagnostic| {
            let place = lines.place(diagnostic.span.start);
            Problem {
                path: path.clone(),
                line: place.line,
                column: place.column,
                severity: diagnostic.severity.word().to_owned(),
                code: diagnostic.code.name().to_owned(),
                message: words.say(&diagnostic.message),
                help: diagnostic.help.iter().map(|help| words.say(help)).collect(),
                source: lines.line(place.line).to_owned(),
            }
        });
        problems.insert(file, drawn.collect());
    }
    problems
}
