//! Caches the texts of documents between reading and rendering, so that an archive of usual size is read once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::text::{FileId, Fingerprint};

/// Maximum number of bytes, 512 MB: about 300,000 reports of 10,000 customers. Beyond it files are read again, so that
/// memory does not grow with the size of the texts.
pub(super) const MAX_BYTES: usize = 512 << 20;

/// Texts by file, for one build: a report is shown on the page of its year and on official forms, everywhere as it was
/// when read.
#[derive(Default)]
pub(super) struct TextCache(Mutex<TextCacheState>);

#[derive(Default)]
struct TextCacheState {
    remaining_bytes: usize,
    /// Only looked up, never iterated.
    texts: HashMap<FileId, (Fingerprint, Arc<String>)>,
}

impl TextCache {
    /// An empty cache with room for `most` bytes.
    pub fn new(most: usize) -> TextCache {
        TextCache(Mutex::new(TextCacheState { remaining_bytes: most, texts: HashMap::new() }))
    }

    /// Stores the text of a file whose bytes have the fingerprint `content`, if there is room.
    pub fn insert(&self, file: FileId, content: Fingerprint, text: String) {
        let text = Arc::new(text);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(remaining_bytes) = state.remaining_bytes.checked_sub(text.len()) {
            state.remaining_bytes = remaining_bytes;
            state.texts.insert(file, (content, text));
        }
    }

    /// The text of a file, if cached for these bytes.
    pub fn get(&self, file: FileId, content: Fingerprint) -> Option<Arc<String>> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, text) = state.texts.get(&file)?;
        (*kept == content).then(|| text.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cached_while_there_is_room() {
        let kept = TextCache::new(10);
        let fingerprint = |text: &str| Fingerprint::of(text.as_bytes());
        for (file, text) in [(0, "拜访"), (1, "接触"), (2, "abcd")] {
            kept.insert(FileId(file), fingerprint(text), text.into());
        }
        assert_eq!(kept.get(FileId(0), fingerprint("拜访")).as_deref().map(String::as_str), Some("拜访"));
        assert_eq!(kept.get(FileId(0), fingerprint("拜访")).as_deref().map(String::as_str), Some("拜访"));
        assert_eq!(kept.get(FileId(1), fingerprint("接触")), None, "six of ten were gone");
        assert_eq!(kept.get(FileId(2), fingerprint("efgh")), None, "other bytes than these");
    }
}
