//! One file, read.

use crate::diag::Diagnostic;
use crate::kind::{ArchivePath, FieldValues, PathMatch};
use crate::markdown::Link;
use crate::text::{Encoding, FileId, Fingerprint, Span};

/// A link and the secrecy level of the text it stands in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LeveledLink {
    /// The link.
    pub link: Link,
    /// 0–3.
    pub level: u8,
}

/// A function of (path, bytes, policy). Exists for every file, however broken.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it lies.
    pub path: ArchivePath,
    /// Its number in this session.
    pub file: FileId,
    /// What the path makes of it.
    pub place: PathMatch,
    /// What it came in.
    pub encoding: Encoding,
    /// Fingerprint of its bytes.
    pub content: Fingerprint,
    /// Its decoded text, for whoever shows it soon; empty when it was not read.
    pub text: String,
    /// Its fields.
    pub fields: FieldValues,
    /// Level of the whole record: what `密级` says, 3 when that or the front matter could not be read (`decisions.md` 4).
    pub secrecy: u8,
    /// What is left of the body when fields are taken out.
    pub prose: Vec<Span>,
    /// Level of that prose.
    pub prose_level: u8,
    /// Fingerprint of that prose's bytes.
    pub body: Fingerprint,
    /// First characters of that prose as plain text, for excerpts.
    pub excerpt: String,
    /// Ids of headings in that prose, for anchors in links: (id, level of the text).
    pub anchors: Vec<String>,
    /// Every link in body and text fields.
    pub links: Vec<LeveledLink>,
    /// What is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}
