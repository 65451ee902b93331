//! One top-level line of front matter with what hangs below it.

use super::YamlNode;
use crate::diag::{Diagnostic, Edit};
use crate::text::{Span, Spanned};

/// What the kind of the file knows about a key, as typed and trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeated {
    /// A field whose one-line value is taken literally.
    Line,
    /// A field whose value is always YAML.
    Yaml,
    /// No field is called that. Its one-line value is taken literally, too.
    No,
}

/// How a value was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryValue<'t> {
    /// Literally: the rest of the line, trimmed.
    Line(Spanned<&'t str>),
    /// In YAML.
    Node(YamlNode<'t>),
    /// The key stands there with nothing behind it.
    Empty,
}

/// A key at column 0 and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// The key as typed, trimmed and unquoted.
    pub key: Spanned<&'t str>,
    /// Its value.
    pub told: EntryValue<'t>,
    /// Whether an entry above has the same key, as it is compared; this one does not count then.
    pub again: bool,
    /// Key and value together.
    pub span: Span,
}

/// Front matter, read as far as it could be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter<'t> {
    /// Entries in order; duplicates are kept (the first counts) and reported.
    pub entries: Vec<Entry<'t>>,
    /// False when some of it could not be read, or was said twice: then nobody knows which secrecy the rest asked for
    /// (`decisions.md` 4).
    pub complete: bool,
    /// Keyboard slips that were read as meant, in order of place: what should stand there. The file reports them
    /// together with those of its fences, once ([`slips`](super::slips)).
    pub slips: Vec<Edit>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}
