//! Bytes of documents between being read and being shown, so that an archive of usual size is read once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::text::{FileId, Fingerprint};

/// So many bytes are kept, 64 MB: some forty thousand reports. What goes beyond is read again when it is shown, so that
/// memory holds facts and not texts however large an archive becomes.
pub(super) const MOST: usize = 64 << 20;

/// Bytes by file. Kept for one build only, and each handed out once.
#[derive(Default)]
pub(super) struct Kept(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    room: usize,
    /// Only asked, never gone through.
    bytes: HashMap<FileId, (Fingerprint, Vec<u8>)>,
}

impl Kept {
    /// Nothing yet, and room for `most` bytes.
    pub fn new(most: usize) -> Kept {
        Kept(Mutex::new(Shelf { room: most, bytes: HashMap::new() }))
    }

    /// Keeps the bytes of a file if there is room.
    pub fn put(&self, file: FileId, content: Fingerprint, bytes: Vec<u8>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(room) = shelf.room.checked_sub(bytes.len()) {
            shelf.room = room;
            shelf.bytes.insert(file, (content, bytes));
        }
    }

    /// The bytes of a file, if they are kept and are these.
    pub fn take(&self, file: FileId, content: Fingerprint) -> Option<Vec<u8>> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, bytes) = shelf.bytes.remove(&file)?;
        (kept == content).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_room_for_is_handed_out_once() {
        let kept = Kept::new(10);
        let print = |text: &str| Fingerprint::of(text.as_bytes());
        for (file, text) in [(0, "拜访"), (1, "接触"), (2, "abcd")] {
            kept.put(FileId(file), print(text), text.into());
        }
        assert_eq!(kept.take(FileId(0), print("拜访")).as_deref(), Some("拜访".as_bytes()));
        assert_eq!(kept.take(FileId(0), print("拜访")), None);
        assert_eq!(kept.take(FileId(1), print("接触")), None, "six of ten were gone");
        assert_eq!(kept.take(FileId(2), print("efgh")), None, "other bytes");
    }
}
