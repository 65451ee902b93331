//! Caches links for the pages of a dossier: they name the same people and records repeatedly, and an address is the
//! same on all pages of a folder.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::EventRow;
use crate::archive;
use crate::record::RecordId;
use crate::route::{Page, Url};
use crate::text::BuildFastHasher;

/// Cache key of a record: the address of its id in memory, which is stable as long as the archive exists.
fn cache_key(id: &RecordId) -> usize {
    Arc::as_ptr(&id.0).cast::<u8>() as usize
}

/// Values by memory address. Only looked up, never iterated: the order differs from run to run.
type MapByRecord<T> = HashMap<usize, T, BuildFastHasher>;

fn lock<T>(locked: &Mutex<T>) -> MutexGuard<'_, T> {
    // Entries are written completely or not at all.
    locked.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Cache for one dossier, shared by its pages.
#[derive(Default)]
pub struct LinkCache {
    folders: Mutex<BTreeMap<Box<str>, Arc<FolderLinks>>>,
    lines: Mutex<MapByRecord<EventRow>>,
}

impl LinkCache {
    /// Cache for the pages in the folder of `here`.
    pub(super) fn folder(&self, here: &Url) -> Arc<FolderLinks> {
        let path = here.as_str().rfind('/').map_or("", |at| &here.as_str()[..at]);
        if let Some(folder) = lock(&self.folders).get(path) {
            return Arc::clone(folder);
        }
        let folder = Arc::<FolderLinks>::default();
        lock(&self.folders).insert(path.into(), Arc::clone(&folder));
        folder
    }

    /// The page-independent part of a timeline row, computed once.
    pub(super) fn line(&self, event: &archive::Event, make: impl FnOnce() -> EventRow) -> EventRow {
        let place = cache_key(&event.record.id);
        if let Some(line) = lock(&self.lines).get(&place) {
            return line.clone();
        }
        let line = make();
        lock(&self.lines).insert(place, line.clone());
        line
    }
}

/// Form of a record's name.
#[derive(Clone, Copy)]
pub(super) enum LinkStyle {
    /// By its name.
    Name,
    /// A customer by its shortest name.
    Customer,
    /// As a source: with its date.
    Said,
}

/// Cache for the pages of one folder.
#[derive(Default)]
pub(super) struct FolderLinks(Mutex<FolderMaps>);

#[derive(Default)]
struct FolderMaps {
    /// The page of a record, and its address as seen from another page of the folder.
    ways: MapByRecord<Option<(Url, Arc<str>)>>,
    /// Addresses of pages that are not records.
    pages: HashMap<Page, (Url, Arc<str>)>,
    /// Names by form.
    texts: [MapByRecord<Arc<str>>; 3],
    /// Buffer for an address.
    address: String,
}

impl FolderLinks {
    /// The address of a record as seen from `here`. On its own page `None`, or `#anchor` if it shares that page.
    /// `find`: looks up its page and anchor.
    pub fn href<'a>(
        &self,
        here: &Url,
        id: &RecordId,
        find: impl Fn() -> Option<(&'a Url, Option<&'a str>)>,
    ) -> Option<Arc<str>> {
        let FolderMaps { ways, address, .. } = &mut *lock(&self.0);
        match ways.get(&cache_key(id)) {
            Some(None) => return None,
            Some(Some((url, href))) if url != here => return Some(Arc::clone(href)),
            _ => {}
        }
        let Some((url, anchor)) = find() else {
            ways.insert(cache_key(id), None);
            return None;
        };
        if url == here {
            // Not cached: the address is valid on this page only.
            return anchor.map(|anchor| here.relative(url, Some(anchor)).into());
        }
        address.clear();
        here.write_relative(url, anchor, address);
        let href: Arc<str> = Arc::from(address.as_str());
        ways.insert(cache_key(id), Some((url.clone(), Arc::clone(&href))));
        Some(href)
    }

    /// The address of a page that is not a record as seen from `here`; `None` on that very page. `find`: looks it up.
    pub fn page(&self, here: &Url, page: &Page, find: impl Fn(&Page) -> Url) -> Option<Arc<str>> {
        let FolderMaps { pages, .. } = &mut *lock(&self.0);
        if let Some((url, href)) = pages.get(page) {
            return (url != here).then(|| Arc::clone(href));
        }
        let url = find(page);
        let href: Arc<str> = here.relative(&url, None).into();
        let other = (url != *here).then(|| Arc::clone(&href));
        if other.is_some() {
            pages.insert(page.clone(), (url, href));
        }
        other
    }

    /// The name of a record, computed once. The text is the folder's own, so that threads do not contend for its
    /// reference count.
    pub fn text(&self, id: &RecordId, manner: LinkStyle, make: impl FnOnce() -> Arc<str>) -> Arc<str> {
        if let Some(text) = lock(&self.0).texts[manner as usize].get(&cache_key(id)) {
            return Arc::clone(text);
        }
        let text: Arc<str> = Arc::from(&*make());
        lock(&self.0).texts[manner as usize].insert(cache_key(id), Arc::clone(&text));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_are_shared_within_a_folder() {
        let folder = FolderLinks::default();
        let (visit, person) = (RecordId::from("customers/hd/visits/2026-11-20"), RecordId::from("customers/hd/people/徐海波"));
        let (year, own) = (Url::from("customers/hd/visits/2026.html"), Url::from("customers/hd/visits/2026-11-20.html"));
        let at = |here: &Url| folder.href(here, &visit, || Some((&year, Some("v-2026-11-20"))));
        assert_eq!(at(&year).as_deref(), Some("#v-2026-11-20"));
        assert_eq!(at(&own).as_deref(), Some("2026.html#v-2026-11-20"));
        assert_eq!(at(&year).as_deref(), Some("#v-2026-11-20"));
        assert_eq!(folder.href(&own, &person, || Some((&own, None))), None);
        assert_eq!(folder.href(&year, &person, || Some((&own, None))).as_deref(), Some("2026-11-20.html"));
        assert_eq!(folder.href(&year, &RecordId::from("nowhere"), || None), None);

        let set = |here: &Url| folder.page(here, &Page::Forms, |_| Url::from("customers/hd/visits/2026.html"));
        assert_eq!(set(&year), None);
        assert_eq!(set(&own).as_deref(), Some("2026.html"));
        assert_eq!(set(&year), None);
    }
}
