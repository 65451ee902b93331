//! A test archive in one string. `tests/suite/README.md` says how one is written.

use std::fmt::Write as _;

use kedang::calendar::Date;
use kedang::world::Memory;

use super::spell::{Spelling, spell};

/// The day of a case that names none.
const DAY: &str = "2026-11-24";

/// A suite file.
pub struct Case {
    /// What a keeper reads: everything before the first heading.
    prose: String,
    /// One archive after the other; each is laid over the one before.
    pub scenes: Vec<Scene>,
}

/// An archive and what is expected of it.
#[derive(Default)]
pub struct Scene {
    /// As written, in order.
    pub pieces: Vec<Piece>,
}

/// A heading with what stands below it.
pub struct Piece {
    /// The heading without `//- `.
    pub heading: String,
    /// Everything up to the next heading.
    pub body: String,
}

impl Piece {
    /// What follows a word of the heading; `None` when it begins with another.
    pub fn after(&self, word: &str) -> Option<&str> {
        let rest = self.heading.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
    }

    /// Whether it stands for a file.
    fn is_file(&self) -> bool {
        ["as-of", "usual", "then", "remove", "expect", "findings", "form"].iter().all(|word| self.after(word).is_none())
    }
}

impl Case {
    /// Reads a suite file.
    pub fn parse(text: &str) -> Case {
        let mut case = Case { prose: String::new(), scenes: vec![Scene::default()] };
        for line in text.split_inclusive('\n') {
            let Some(heading) = line.strip_prefix("//- ") else {
                let scene = case.scenes.last_mut().and_then(|scene| scene.pieces.last_mut());
                scene.map_or(&mut case.prose, |piece| &mut piece.body).push_str(line);
                continue;
            };
            let piece = Piece { heading: heading.trim().to_owned(), body: String::new() };
            if piece.after("then").is_some() {
                case.scenes.push(Scene::default());
            }
            case.scenes.last_mut().expect("there is one").pieces.push(piece);
        }
        case
    }

    /// Writes it again.
    pub fn text(&self) -> String {
        let mut text = self.prose.clone();
        for piece in self.scenes.iter().flat_map(|scene| &scene.pieces) {
            let _ = write!(text, "//- {}\n{}", piece.heading, piece.body);
        }
        text
    }
}

impl Scene {
    /// The day it is.
    pub fn day(&self) -> Date {
        let day = self.pieces.iter().find_map(|piece| piece.after("as-of")).unwrap_or(DAY);
        day.parse().unwrap_or_else(|error| panic!("as-of {day}: {error}"))
    }

    /// Lays its files over an archive; `usual` are the pieces of the usual one.
    pub fn lay(&self, archive: &mut Memory, usual: &Scene) {
        for piece in &self.pieces {
            if piece.after("usual").is_some() {
                usual.lay(archive, usual);
            } else if let Some(path) = piece.after("remove") {
                assert!(archive.remove(path), "{path} is not there to be removed");
            } else if piece.is_file() {
                let Spelling { path, odd, bytes } = spell(&piece.heading, &piece.body);
                match odd {
                    Some(what) => archive.put_odd(&path, what),
                    None => archive.write(&path, bytes),
                }
            }
        }
        archive.wait();
    }

    fn spelled(&self) -> impl Iterator<Item = Spelling> {
        self.pieces.iter().filter(|piece| piece.is_file()).map(|piece| spell(&piece.heading, &piece.body))
    }

    /// The bytes of its files that are plain ones.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        self.spelled().filter(|file| file.odd.is_none()).map(|file| (file.path, file.bytes)).collect()
    }

    /// The paths of what is no plain file.
    pub fn odd(&self) -> Vec<String> {
        self.spelled().filter(|file| file.odd.is_some()).map(|file| file.path).collect()
    }

    /// The paths of its files, whatever they are.
    pub fn paths(&self) -> Vec<String> {
        self.spelled().map(|file| file.path).collect()
    }

    /// The lines of its block `expect`.
    pub fn expected(&self) -> Vec<&str> {
        let blocks = self.pieces.iter().filter(|piece| piece.after("expect").is_some());
        blocks.flat_map(|piece| piece.body.lines()).filter(|line| !line.trim().is_empty()).collect()
    }
}
