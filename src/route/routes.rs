//! Where everything is.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Url;
use crate::archive::{Archive, Card, EventSort};
use crate::diag::Diagnostic;
use crate::policy::Policy;
use crate::record::RecordId;

/// A page that is no single record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// 首页.
    Home,
    /// 客户总目录 in one order (`all` A–Z, `industry`, `region`, `owner`, `level`), part from 0 (500 rows each).
    Customers(&'static str, u32),
    /// A customer's dossier.
    Dossier(Arc<str>),
    /// Visits or contacts of a customer and year (`None`: undated), part from 0 (200 records each).
    Year(Arc<str>, EventSort, Option<i16>, u32),
    /// Our staff.
    Staff,
    /// Key persons of all customers, part from 0.
    People(u32),
    /// The list of pages.
    Pages,
    /// A report, part from 0.
    Report(&'static str, u32),
    /// Everything that is wrong (full edition), part from 0.
    Problems(u32),
    /// The list of reports.
    Reports,
}

/// All addresses.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    pub(super) records: BTreeMap<RecordId, (Url, Option<Arc<str>>)>,
    pub(super) files: BTreeMap<Arc<str>, Url>,
}

impl Routes {
    /// The page a record stands on, and its anchor there when it shares it.
    pub fn record(&self, id: &RecordId) -> Option<(&Url, Option<&str>)> {
        self.records.get(id).map(|(url, anchor)| (url, anchor.as_deref()))
    }

    /// The page a card's record stands on.
    pub fn card(&self, card: &Card) -> Option<(&Url, Option<&str>)> {
        self.record(&card.id)
    }

    /// The address of a page that is no record.
    pub fn page(&self, page: &Page) -> Url {
        let _ = page;
        todo!("helper: route")
    }

    /// The address of a copied file of the archive (image, attachment).
    pub fn file(&self, path: &str) -> Option<&Url> {
        self.files.get(path)
    }
}

/// Gives every record and every linked file (`files`: archive paths) its address. Two of one address are reported with both
/// sources (after folding case and NFC) and told apart by a longer hash.
pub fn routes(archive: &Archive, files: &[Arc<str>], policy: &Policy) -> (Routes, Vec<Diagnostic>) {
    let _ = (archive, files, policy);
    todo!("helper: route")
}
