//! Texts of documents between being read and being shown, so that an archive of usual size is read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::text::{FileId, Fingerprint};

/// So many bytes are kept, 512 MB: some three hundred thousand reports, of ten thousand customers. What goes beyond is read
/// again when it is shown, so that memory holds facts and not texts however large an archive becomes.
pub(super) const MAX_BYTES: usize = 512 << 20;

/// Texts by file. Kept for one build only: a report is shown on the page of its year and on the official forms, and everywhere as it
/// was when it was read.
#[derive(Default)]
pub(super) struct TextCache(Mutex<TextShard>);

#[derive(Default)]
struct TextShard {
    room: usize,
    /// Only asked, never gone through.
    texts: HashMap<FileId, (Fingerprint, Arc<String>)>,
}

impl TextCache {
    /// Nothing yet, and room for `most` bytes.
    pub fn new(most: usize) -> TextCache {
        TextCache(Mutex::new(TextShard { room: most, texts: HashMap::new() }))
    }

    /// Keeps the text of a file whose bytes have the fingerprint `content`, as it is, if there is room.
    pub fn put(&self, file: FileId, content: Fingerprint, text: String) {
        let text = Arc::new(text);
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = shelf.room.checked_sub(text.len()) {
            shelf.room = room;
            shelf.texts.insert(file, (content, text));
        }
    }

    /// The text of a file, if it is kept and its bytes were these.
    pub fn get(&self, file: FileId, content: Fingerprint) -> Option<Arc<String>> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, text) = shelf.texts.get(&file)?;
        (*kept == content).then(|| text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_room_for_is_handed_out_whenever_it_is_asked_for() {
        let kept = TextCache::new(10);
        let fingerprint = |text: &str| Fingerprint::of(text.as_bytes());
        for (file, text) in [(0, "拜访"), (1, "接触"), (2, "abcd")] {
            kept.put(FileId(file), fingerprint(text), text.into());
        }
        assert_eq!(kept.get(FileId(0), fingerprint("拜访")).as_deref().map(String::as_str), Some("拜访"));
        assert_eq!(kept.get(FileId(0), fingerprint("拜访")).as_deref().map(String::as_str), Some("拜访"));
        assert_eq!(kept.get(FileId(1), fingerprint("接触")), None, "six of ten were gone");
        assert_eq!(kept.get(FileId(2), fingerprint("efgh")), None, "other bytes than these");
    }
}
