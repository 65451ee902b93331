//! A redacted document: holds nothing that its edition hides.

use std::sync::Arc;

use crate::document::LeveledLink;
use crate::kind::{ArchivePath, FieldValues, PathMatch};
use crate::text::{FileId, Fingerprint, Span};

/// The visible part of one file. Only [`redact`](super::redact) makes one.
#[derive(Clone, Debug)]
pub struct Visible {
    pub(super) path: ArchivePath,
    pub(super) file: FileId,
    pub(super) place: PathMatch,
    pub(super) content: Fingerprint,
    pub(super) fields: FieldValues,
    pub(super) secrecy: u8,
    pub(super) prose: Vec<Span>,
    pub(super) body: Fingerprint,
    pub(super) excerpt: Arc<str>,
    pub(super) anchors: Vec<String>,
    pub(super) links: Vec<LeveledLink>,
}

impl Visible {
    /// Path of the file in the archive.
    pub fn path(&self) -> &ArchivePath {
        &self.path
    }

    /// Number of the file in this session.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// Kind, customer and id that the path implies.
    pub fn path_match(&self) -> &PathMatch {
        &self.place
    }

    /// Fingerprint of the file's bytes. Rendering must find the same bytes again (`decisions.md` 2). Never part of a
    /// key.
    pub fn content(&self) -> Fingerprint {
        self.content
    }

    /// The visible fields.
    pub fn fields(&self) -> &FieldValues {
        &self.fields
    }

    /// Secrecy level of the record, printed on its page.
    pub fn secrecy(&self) -> u8 {
        self.secrecy
    }

    /// Spans of the visible prose.
    pub fn prose(&self) -> &[Span] {
        &self.prose
    }

    /// Fingerprint of the visible prose.
    pub fn body(&self) -> Fingerprint {
        self.body
    }

    /// First characters of the visible prose.
    pub fn excerpt(&self) -> &Arc<str> {
        &self.excerpt
    }

    /// Heading ids in the visible prose.
    pub fn anchors(&self) -> &[String] {
        &self.anchors
    }

    /// The visible links.
    pub fn links(&self) -> &[LeveledLink] {
        &self.links
    }

    /// The large parts: fields, prose spans, anchors, links.
    pub fn into_parts(self) -> (FieldValues, Vec<Span>, Vec<String>, Vec<LeveledLink>) {
        (self.fields, self.prose, self.anchors, self.links)
    }
}
