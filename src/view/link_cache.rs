//! What was looked up for the pages of a dossier. They name the same few people and records again and again, and on all pages of a
//! folder an address is written alike.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::EventRow;
use crate::archive;
use crate::record::RecordId;
use crate::route::{Page, Url};
use crate::text::BuildFastHasher;

/// Answers by the place of an identity in memory: it lives as long as the archive that a page is made from.
fn folder_of(id: &RecordId) -> usize {
    Arc::as_ptr(&id.0).cast::<u8>() as usize
}

/// Answers by place. Only asked, never gone through.
type LineCache<T> = HashMap<usize, T, BuildFastHasher>;

fn open<T>(locked: &Mutex<T>) -> MutexGuard<'_, T> {
    // Answers are written whole or not at all.
    locked.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is known of one dossier, whichever of its pages asks.
#[derive(Default)]
pub struct LinkCache {
    folders: Mutex<BTreeMap<Box<str>, Arc<FolderLinks>>>,
    lines: Mutex<LineCache<EventRow>>,
}

impl LinkCache {
    /// What pages beside `here` know.
    pub(super) fn folder(&self, here: &Url) -> Arc<FolderLinks> {
        let path = here.as_str().rfind('/').map_or("", |at| &here.as_str()[..at]);
        if let Some(folder) = open(&self.folders).get(path) {
            return Arc::clone(folder);
        }
        let folder = Arc::<FolderLinks>::default();
        open(&self.folders).insert(path.into(), Arc::clone(&folder));
        folder
    }

    /// What a line about a visit or contact says on any page, made the first time.
    pub(super) fn line(&self, event: &archive::Event, make: impl FnOnce() -> EventRow) -> EventRow {
        let place = folder_of(&event.record.id);
        if let Some(line) = open(&self.lines).get(&place) {
            return line.clone();
        }
        let line = make();
        open(&self.lines).insert(place, line.clone());
        line
    }
}

/// How a record is called.
#[derive(Clone, Copy)]
pub(super) enum LinkStyle {
    /// By its name.
    Name,
    /// A customer by its shortest name.
    Customer,
    /// As the place where something was said.
    Said,
}

/// What pages of one folder know.
#[derive(Default)]
pub(super) struct FolderLinks(Mutex<LinkAnswers>);

#[derive(Default)]
struct LinkAnswers {
    /// The page a record stands on, and its address as written on any other page of the folder.
    ways: LineCache<Option<(Url, Arc<str>)>>,
    /// The addresses of pages that are no record.
    pages: HashMap<Page, (Url, Arc<str>)>,
    /// By manner.
    texts: [LineCache<Arc<str>>; 3],
    /// An address being put together.
    address: String,
}

impl FolderLinks {
    /// The address of a record as written at `here`; none on its own page, unless it is only a part of that. `find` knows where
    /// it stands.
    pub fn href<'a>(
        &self,
        here: &Url,
        id: &RecordId,
        find: impl Fn() -> Option<(&'a Url, Option<&'a str>)>,
    ) -> Option<Arc<str>> {
        let LinkAnswers { ways, address, .. } = &mut *open(&self.0);
        match ways.get(&folder_of(id)) {
            Some(None) => return None,
            Some(Some((url, href))) if url != here => return Some(Arc::clone(href)),
            _ => {}
        }
        let Some((url, anchor)) = find() else {
            ways.insert(folder_of(id), None);
            return None;
        };
        if url == here {
            // Only this page writes it so.
            return anchor.map(|anchor| here.relative(url, Some(anchor)).into());
        }
        address.clear();
        here.write_relative(url, anchor, address);
        let href: Arc<str> = Arc::from(address.as_str());
        ways.insert(folder_of(id), Some((url.clone(), Arc::clone(&href))));
        Some(href)
    }

    /// The address of a page that is no record as written at `here`; none on that very page. `find` knows where it stands.
    pub fn page(&self, here: &Url, page: &Page, find: impl Fn(&Page) -> Url) -> Option<Arc<str>> {
        let LinkAnswers { pages, .. } = &mut *open(&self.0);
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

    /// What a record is called, made the first time: a text of the folder's own, which nobody else counts the users of.
    pub fn text(&self, id: &RecordId, manner: LinkStyle, make: impl FnOnce() -> Arc<str>) -> Arc<str> {
        if let Some(text) = open(&self.0).texts[manner as usize].get(&folder_of(id)) {
            return Arc::clone(text);
        }
        let text: Arc<str> = Arc::from(&*make());
        open(&self.0).texts[manner as usize].insert(folder_of(id), Arc::clone(&text));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_on_every_page_of_a_folder_but_its_own() {
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
