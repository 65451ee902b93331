//! Writing everybody's card.

use super::Directory;
use crate::diag::Diagnostic;
use crate::record::Record;

/// The directory and what is wrong with it as a whole: two records of one identity, two customers of one name or number.
#[derive(Clone, Debug, Default)]
pub struct Enrolled {
    /// Everybody's card.
    pub directory: Directory,
    /// What is wrong.
    pub news: Vec<Diagnostic>,
}

/// Enrols all records. Of two with one identity the first by path is enrolled and both are reported.
pub fn enrol<'a>(records: impl IntoIterator<Item = &'a Record>) -> Enrolled {
    let _ = records.into_iter().count();
    todo!("helper: archive")
}
