//! One parsed file.

use crate::diag::Diagnostic;
use crate::kind::{ArchivePath, FieldValues, PathMatch};
use crate::markdown::Link;
use crate::text::{Encoding, FileId, Fingerprint, Span};

/// A link with the secrecy level of the text it is in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeveledLink {
    /// The link.
    pub link: Link,
    /// 0–3.
    pub level: u8,
}

/// Depends on path, bytes and configuration only. Exists for every file, however broken.
#[derive(Clone, Debug)]
pub struct Document {
    /// Path in the archive.
    pub path: ArchivePath,
    /// File number of this session.
    pub file: FileId,
    /// The kind and parts that the path matches.
    pub place: PathMatch,
    /// Encoding of the file.
    pub encoding: Encoding,
    /// Fingerprint of its bytes.
    pub content: Fingerprint,
    /// Decoded text; empty if the file was not read. The caller takes it out.
    pub text: String,
    /// Its fields.
    pub fields: FieldValues,
    /// Secrecy level of the whole record: `密级`, or 3 if that or the front matter could not be read (`decisions.md` 4).
    pub secrecy: u8,
    /// Ranges of the body that are not fields.
    pub prose: Vec<Span>,
    /// Secrecy level of that prose.
    pub prose_level: u8,
    /// Fingerprint of that prose.
    pub body: Fingerprint,
    /// Start of that prose as plain text, for excerpts.
    pub excerpt: String,
    /// Ids of headings in that prose, as link targets.
    pub anchors: Vec<String>,
    /// Every link in body and text fields.
    pub links: Vec<LeveledLink>,
    /// Diagnostics of the file.
    pub diagnostics: Vec<Diagnostic>,
}
