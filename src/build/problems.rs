//! Diagnostics in the form in which pages show them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{BuildOptions, Builder, SourceTexts};
use crate::diag::{Diagnostic, SourceLookup};
use crate::i18n::Catalog;
use crate::site::{Problem, ProblemsByFile};
use crate::source::Source;
use crate::text::{FileId, Fingerprint, Lines};

/// The rendered problems of the last build by file, with the bytes and diagnostics they were rendered from.
pub(super) type RenderedProblems = BTreeMap<FileId, (Fingerprint, Vec<Diagnostic>, Arc<[Problem]>)>;

impl Builder {
    /// The problems of each file that has any, with line and column; empty below the full edition (`decisions.md` 6). A
    /// file is read only if it or its diagnostics are new.
    pub(super) fn problems_by_file(
        &mut self,
        archive: &dyn Source,
        options: &BuildOptions<'_>,
        diagnostics: &[Diagnostic],
    ) -> Arc<ProblemsByFile> {
        let mut all = ProblemsByFile::new();
        if !options.edition.is_full() {
            return Arc::new(all);
        }
        let words = Catalog::of(options.config.language);
        let mut by_file: BTreeMap<FileId, Vec<Diagnostic>> = BTreeMap::new();
        for diagnostic in diagnostics {
            by_file.entry(diagnostic.span.file).or_default().push(diagnostic.clone());
        }
        let mut known = std::mem::take(&mut self.rendered_problems);
        let mut drawn = RenderedProblems::new();
        let texts = self.source_texts(archive, Some(options.config));
        for (file, diagnostics) in by_file {
            // The bytes of a file that is not a document are unknown.
            let content = self.records.content(file);
            let problems = match (known.remove(&file), content) {
                (Some((bytes, told, problems)), Some(content)) if bytes == content && told == diagnostics => problems,
                _ => render(file, &diagnostics, &texts, words),
            };
            all.insert(file, problems.clone());
            if let Some(content) = content {
                drawn.insert(file, (content, diagnostics, problems));
            }
        }
        drop(texts);
        self.rendered_problems = drawn;
        Arc::new(all)
    }
}

/// Renders the problems of a file.
pub(super) fn render(file: FileId, diagnostics: &[Diagnostic], texts: &SourceTexts<'_>, words: &Catalog) -> Arc<[Problem]> {
    let Some((_, text)) = texts.source(file) else { return Arc::new([]) };
    let path = texts.path(file).map(|path| path.to_string()).unwrap_or_default();
    let lines = Lines::new(&text);
    let drawn = diagnostics.iter().map(|diagnostic| {
        let place = lines.line_column(diagnostic.span.start);
        Problem {
            path: path.clone(),
            line: place.line,
            column: place.column,
            severity: diagnostic.severity.word().to_owned(),
            code: diagnostic.code.name().to_owned(),
            message: words.format(&diagnostic.message),
            help: diagnostic.help.iter().map(|help| words.format(help)).collect(),
            source: lines.line(place.line).to_owned(),
        }
    });
    drawn.collect()
}
