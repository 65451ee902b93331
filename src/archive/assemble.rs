//! Laying one customer's dossier out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Card, Directory, Dossier, Question};
use crate::diag::Diagnostic;
use crate::policy::Policy;
use crate::record::{Record, RecordId};
use crate::text::Fingerprint;

/// What other records address to this dossier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Slice {
    /// (mentioned record of this dossier, who mentions it), in order.
    pub mentions: BTreeMap<RecordId, Vec<Arc<Card>>>,
    /// Customers that name this one as their 上级单位, in order of id.
    pub branches: Vec<Arc<Card>>,
}

/// A dossier with what was asked and found out on the way.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// The dossier.
    pub dossier: Dossier,
    /// What is wrong in its joining.
    pub news: Vec<Diagnostic>,
    /// What the directory was asked, in order.
    pub questions: Vec<Question>,
    /// Fingerprint of the answers: ask again, compare, and reuse.
    pub answers: Fingerprint,
}

/// Lays out the dossier of folder `id` from its records. `files` says whether a path of the archive exists (images,
/// attachments).
pub fn assemble(
    id: &str,
    records: &[Arc<Record>],
    slice: &Slice,
    directory: &Directory,
    files: &dyn Fn(&str) -> bool,
    policy: &Policy,
) -> Assembled {
    let _ = (id, records, slice, directory, files, policy);
    todo!("helper: archive")
}
