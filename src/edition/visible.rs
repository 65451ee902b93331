//! A document with nothing in it that its edition hides.

use std::sync::Arc;

use crate::document::LeveledLink;
use crate::kind::{ArchivePath, FieldValues, PathMatch};
use crate::text::{FileId, Fingerprint, Span};

/// What may be seen of one file. Made by [`redact`](super::redact) only.
#[derive(Clone, Debug)]
pub struct Visible {
    pub(super) path: ArchivePath,
    pub(super) file: FileId,
    pub(super) place: PathMatch,
    pub(super) content: Fingerprint,
    pub(super) sheet: FieldValues,
    pub(super) secrecy: u8,
    pub(super) prose: Vec<Span>,
    pub(super) body: Fingerprint,
    pub(super) excerpt: Arc<str>,
    pub(super) anchors: Vec<String>,
    pub(super) links: Vec<LeveledLink>,
}

impl Visible {
    /// Where the file lies.
    pub fn path(&self) -> &ArchivePath {
        &self.path
    }

    /// Its number in this session.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// What the path makes of it.
    pub fn place(&self) -> &PathMatch {
        &self.place
    }

    /// Fingerprint of the file's bytes: what rendering must find again (`decisions.md` 2). Never part of any key.
    pub fn content(&self) -> Fingerprint {
        self.content
    }

    /// The fields that may be seen.
    pub fn sheet(&self) -> &FieldValues {
        &self.sheet
    }

    /// Level of the record, for its mark on the page.
    pub fn secrecy(&self) -> u8 {
        self.secrecy
    }

    /// The stretches of prose that may be seen.
    pub fn prose(&self) -> &[Span] {
        &self.prose
    }

    /// Fingerprint of that prose.
    pub fn body(&self) -> Fingerprint {
        self.body
    }

    /// First characters of that prose.
    pub fn excerpt(&self) -> &Arc<str> {
        &self.excerpt
    }

    /// Ids of headings in that prose.
    pub fn anchors(&self) -> &[String] {
        &self.anchors
    }

    /// The links that may be seen.
    pub fn links(&self) -> &[LeveledLink] {
        &self.links
    }

    /// What of it is large, for whoever keeps it: fields, prose, anchors, links.
    pub fn into_parts(self) -> (FieldValues, Vec<Span>, Vec<String>, Vec<LeveledLink>) {
        (self.sheet, self.prose, self.anchors, self.links)
    }
}
