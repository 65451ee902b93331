//! Inputs and messages of the last build, stored in the output folder: an unchanged build lists the inputs, checks that
//! all outputs exist, repeats the messages and is done.
//!
//! Only the full edition stores them: paths, counts and lines of text are more than readers of a lower edition may
//! know.

use std::sync::Arc;

use anyhow::Result;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::read::{content, inputs};
use super::{BuildOptions, Counts};
use crate::diag::{Notice, Severity};
use crate::i18n::Message;
use crate::publish::OutputFolder;
use crate::source::{FileTable, Listing, Source};
use crate::text::{BytePos, Fingerprint, Fingerprinter, Span};

/// The stored state of a build.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PersistedState {
    /// Fingerprint of program, configuration, edition, day and theme.
    fingerprint: Fingerprint,
    /// Fingerprint of paths, sizes and times of all listed files.
    inputs: Fingerprint,
    /// Files whose stamps do not prove their bytes, with the fingerprints of these.
    racy: Vec<(String, Fingerprint)>,
    /// Counts of the build.
    pub counts: Counts,
    said: Vec<StoredNotice>,
    /// Whether stamps of such files have become reliable since, so that storing the state again saves reading them.
    #[serde(skip)]
    pub rested: bool,
}

/// A notice with paths instead of the session's file numbers.
#[derive(Debug, Serialize, Deserialize)]
struct StoredNotice {
    code: String,
    severity: Severity,
    span: Option<StoredSpan>,
    message: Message,
    labels: Vec<(StoredSpan, Message)>,
    help: Vec<Message>,
    facts: Vec<(String, String)>,
}

type StoredSpan = (String, BytePos, BytePos);

impl PersistedState {
    /// Fingerprint of all inputs of a site except the archive's files.
    pub fn print(options: &BuildOptions<'_>, theme: Fingerprint) -> Fingerprint {
        Fingerprinter::new()
            .fingerprint(options.folder_fingerprint())
            .fingerprint(options.config.fingerprint)
            .value(&(options.as_of, options.pinned))
            .fingerprint(theme)
            .finish()
    }

    /// The state of a build of these inputs. `None` if a notice belongs to no file.
    pub fn new(
        fingerprint: Fingerprint,
        inputs: Fingerprint,
        racy: &[(Arc<str>, Fingerprint)],
        counts: Counts,
        notices: &[Notice],
        files: &FileTable,
    ) -> Option<PersistedState> {
        let racy = racy.iter().map(|(path, fingerprint)| (path.to_string(), *fingerprint)).collect();
        let place = |span: Span| files.path(span.file).map(|path| (path.to_string(), span.start, span.end));
        let said = notices.iter().map(|notice| {
            Some(StoredNotice {
                code: notice.code.clone(),
                severity: notice.severity,
                span: match notice.span {
                    Some(span) => Some(place(span)?),
                    None => None,
                },
                message: notice.message.clone(),
                labels: notice.labels.iter().map(|(span, say)| Some((place(*span)?, say.clone()))).collect::<Option<_>>()?,
                help: notice.help.clone(),
                facts: notice.facts.clone(),
            })
        });
        Some(PersistedState { fingerprint, inputs, racy, counts, said: said.collect::<Option<_>>()?, rested: false })
    }

    /// Loads the state from the folder if all inputs are unchanged.
    pub fn load(
        folder: &OutputFolder,
        fingerprint: Fingerprint,
        listing: &Listing,
        source: &dyn Source,
    ) -> Option<PersistedState> {
        if !folder.is_whole() {
            return None;
        }
        let mut memory: PersistedState = postcard::from_bytes(&folder.load_build_state()?).ok()?;
        if memory.fingerprint != fingerprint || memory.inputs != inputs(listing) {
            return None;
        }
        let same =
            memory.racy.par_iter().all(|(path, fingerprint)| content(source, path).is_ok_and(|now| now == Some(*fingerprint)));
        // A stamp that has become reliable proves the bytes from now on.
        let racy = memory.racy.len();
        memory.racy.retain(|(path, _)| {
            let at = listing.files.binary_search_by(|stamp| (*stamp.path).cmp(path));
            at.is_ok_and(|at| listing.files[at].is_racy(listing.at))
        });
        memory.rested = memory.racy.len() < racy;
        same.then_some(memory)
    }

    /// Stores it in the folder.
    pub fn save(&self, folder: &OutputFolder) -> Result<()> {
        Ok(folder.save_build_state(&postcard::to_stdvec(self)?)?)
    }

    /// The notices with this session's file numbers.
    pub fn notices(&self, files: &mut FileTable) -> Vec<Notice> {
        let mut span = |(path, start, end): &StoredSpan| Span { file: files.id(path), start: *start, end: *end };
        self.said
            .iter()
            .map(|said| Notice {
                code: said.code.clone(),
                word: said.severity.word(),
                severity: said.severity,
                span: said.span.as_ref().map(&mut span),
                message: said.message.clone(),
                labels: said.labels.iter().map(|(place, say)| (span(place), say.clone())).collect(),
                help: said.help.clone(),
                facts: said.facts.clone(),
            })
            .collect()
    }
}
