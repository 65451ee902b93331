//! The desk somebody edits at: archive, own theme, day and edition, before they are laid on the disk.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use jiff::civil::Date;
use kedang::calendar::AsOf;

use crate::support::{Case, read, root, write_files};

/// Bytes, and when they were saved; nothing when they are saved the moment they are laid, which no stamp proves.
type File = (Vec<u8>, Option<SystemTime>);

/// Everything a site is made from.
#[derive(Clone)]
pub struct Workspace {
    pub files: BTreeMap<String, File>,
    /// The company's own theme, by path in it.
    pub theme: BTreeMap<String, String>,
    /// Lines of the policy by what they are about.
    pub config: BTreeMap<&'static str, String>,
    pub day: Date,
    pub edition: &'static str,
    /// Saved so far; each is a minute after the one before.
    pub saved: u64,
}

impl Workspace {
    /// The complete archive of `archive.md`.
    pub fn new() -> Workspace {
        let mut case = Case::parse(&read(&root().join("tests/rebuild/archive.md")));
        let mut desk = Workspace {
            files: BTreeMap::new(),
            theme: BTreeMap::new(),
            config: BTreeMap::new(),
            day: jiff::civil::date(2026, 11, 24),
            edition: "full",
            saved: 0,
        };
        for (path, bytes) in case.steps.remove(0).files() {
            desk.save(&path, bytes);
        }
        desk
    }

    /// Saves a file.
    pub fn save(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.saved += 1;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_790_000_000 + 60 * self.saved);
        self.files.insert(path.to_owned(), (bytes.into(), Some(time)));
    }

    /// Gives the file that was saved last another time: one that is still to come, or this very moment.
    pub fn save_at(&mut self, path: &str, time: Option<SystemTime>) {
        if let Some(file) = self.files.get_mut(path) {
            file.1 = time;
        }
    }

    /// Moves a file; its time goes with it.
    pub fn rename(&mut self, from: &str, to: &str) {
        if let Some(file) = self.files.remove(from) {
            self.files.insert(to.to_owned(), file);
        }
    }

    /// The text of a file; of one that is no text, nothing.
    pub fn text(&self, path: &str) -> String {
        self.files.get(path).and_then(|(bytes, _)| String::from_utf8(bytes.clone()).ok()).unwrap_or_default()
    }

    /// The records there are.
    pub fn records(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).filter(|path| path.ends_with(".md")).collect()
    }

    /// The day as the program takes it.
    pub fn as_of(&self) -> AsOf {
        AsOf(self.day)
    }

    /// Lays it all below a folder, as `content` and `themes/ink`.
    pub fn write_to(&self, home: &Path) {
        let files = self.files.iter().map(|(path, (bytes, time))| (path.as_str(), bytes.as_slice(), *time));
        write_files(&home.join("content"), files);
        let theme = self.theme.iter().map(|(path, text)| (path.as_str(), text.as_bytes(), None));
        std::fs::create_dir_all(home.join("themes/ink")).expect("a folder can be made");
        write_files(&home.join("themes/ink"), theme);
    }
}
