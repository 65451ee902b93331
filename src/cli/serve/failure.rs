//! Failures of a rebuild, for browser and terminal.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::build::{BuildError, SourceTexts};
use crate::cli::session::{SingleSource, print};
use crate::cli::{Environment, editor, failure};
use crate::diag::{Diagnostic, Format, Notice, SourceLookup};
use crate::i18n::Catalog;
use crate::serve::PageNote;
use crate::text::Lines;

/// Why there is no newer site.
pub(super) enum ServeFailure {
    /// The configuration is invalid.
    Policy(Vec<Diagnostic>),
    /// Any other error.
    Error(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for ServeFailure {
    fn from(error: E) -> Self {
        ServeFailure::Error(error.into())
    }
}

/// What editor links are made from.
#[derive(Clone, Debug)]
pub(super) struct EditorLinks {
    /// The configured link pattern.
    pub pattern: Arc<str>,
    /// Absolute path of the archive.
    pub archive: PathBuf,
}

impl EditorLinks {
    /// Link to a position in a file of the archive.
    pub fn link_to(&self, path: &str, line: usize, column: usize) -> String {
        editor::link(&self.pattern, &self.archive.join(path), line, column)
    }
}

impl ServeFailure {
    /// Whether only an edit can fix it, which causes an event. Otherwise the machine may recover without one.
    pub fn waits_for_event(&self) -> bool {
        match self {
            ServeFailure::Policy(_) => true,
            ServeFailure::Error(error) => {
                matches!(error.downcast_ref(), Some(BuildError::Theme(_) | BuildError::TooLarge(_) | BuildError::Panicked(_)))
            }
        }
    }

    /// The notes that the browser shows. `theme`: folder of the company's own theme; `working`: folder that displayed
    /// paths are relative to.
    pub fn notes(
        &self,
        texts: &SourceTexts<'_>,
        links: &EditorLinks,
        theme: Option<&Path>,
        working: &Path,
        words: &'static Catalog,
    ) -> Vec<PageNote> {
        match self {
            ServeFailure::Policy(diagnostics) => {
                let noted = diagnostics.iter().map(|diagnostics| {
                    let link = |line, column| Some(links.link_to(texts.path(diagnostics.span.file)?, line, column));
                    note(diagnostics, texts, &link, words)
                });
                noted.collect()
            }
            ServeFailure::Error(error) => match error.downcast_ref() {
                Some(BuildError::Theme(faults)) => {
                    let noted = faults.iter().map(|(path, text, fault)| {
                        let file = working.join(path);
                        let own = theme.is_some_and(|theme| file.starts_with(theme));
                        let link = |line, column| own.then(|| editor::link(&links.pattern, &file, line, column));
                        note(fault, &SingleSource(path.clone(), text.as_str().into()), &link, words)
                    });
                    noted.collect()
                }
                _ => {
                    let (_, message, help) = failure::describe_error(error, words);
                    let help = help.iter().map(|say| words.format(say)).collect();
                    vec![PageNote { severity: "error", message: words.format(&message), help, ..PageNote::default() }]
                }
            },
        }
    }

    /// Prints it on the terminal.
    pub fn describe(&self, texts: &dyn SourceLookup, words: &Catalog, env: &mut Environment) {
        match self {
            ServeFailure::Policy(diagnostics) => {
                let notices: Vec<Notice> = diagnostics.iter().map(Notice::from).collect();
                print(&notices, Format::Human, texts, words, env);
            }
            ServeFailure::Error(error) => {
                if let Some(BuildError::Theme(faults)) = error.downcast_ref() {
                    for (path, text, fault) in faults {
                        let source = SingleSource(path.clone(), text.as_str().into());
                        print(&[Notice::from(fault)], Format::Human, &source, words, env);
                    }
                }
                failure::report_error(error, words, env);
            }
        }
    }
}

/// A diagnostic as the browser shows it.
fn note(
    diagnostics: &Diagnostic,
    sources: &dyn SourceLookup,
    link: &dyn Fn(usize, usize) -> Option<String>,
    words: &Catalog,
) -> PageNote {
    let (path, text) = sources.source(diagnostics.span.file).unwrap_or_else(|| (String::new(), "".into()));
    let lines = Lines::new(&text);
    let place = lines.line_column(text.floor_char_boundary(diagnostics.span.start.index()).into());
    PageNote {
        severity: diagnostics.severity.word(),
        code: diagnostics.code.name().to_owned(),
        message: words.format(&diagnostics.message),
        help: diagnostics.help.iter().map(|say| words.format(say)).collect(),
        path,
        line: place.line,
        column: place.column,
        source: lines.line(place.line).to_owned(),
        open: link(place.line, place.column),
    }
}
