//! A test archive in one string. `tests/suite/README.md` says how one is written.

use std::fmt::Write as _;

use kedang::calendar::Date;
use kedang::source::Memory;

use super::file_spec::{FileSpec, parse_file};

/// The day of a case that names none.
const DAY: &str = "2026-11-24";

/// A suite file.
pub struct Case {
    /// What a keeper reads: everything before the first heading.
    prose: String,
    /// One archive after the other; each is laid over the one before.
    pub steps: Vec<Step>,
}

/// An archive and what is expected of it.
#[derive(Default)]
pub struct Step {
    /// As written, in order.
    pub blocks: Vec<Block>,
}

/// A heading with what stands below it.
pub struct Block {
    /// The heading without `//- `.
    pub heading: String,
    /// Everything up to the next heading.
    pub body: String,
}

impl Block {
    /// What follows a word of the heading; `None` when it begins with another.
    pub fn argument_of(&self, word: &str) -> Option<&str> {
        let rest = self.heading.strip_prefix(word)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
    }

    /// Whether it stands for a file.
    fn is_file(&self) -> bool {
        ["as-of", "usual", "then", "remove", "expect", "findings", "form"].iter().all(|word| self.argument_of(word).is_none())
    }
}

impl Case {
    /// Reads a suite file.
    pub fn parse(text: &str) -> Case {
        let mut case = Case { prose: String::new(), steps: vec![Step::default()] };
        for line in text.split_inclusive('\n') {
            let Some(heading) = line.strip_prefix("//- ") else {
                let scene = case.steps.last_mut().and_then(|scene| scene.blocks.last_mut());
                scene.map_or(&mut case.prose, |piece| &mut piece.body).push_str(line);
                continue;
            };
            let piece = Block { heading: heading.trim().to_owned(), body: String::new() };
            if piece.argument_of("then").is_some() {
                case.steps.push(Step::default());
            }
            case.steps.last_mut().expect("there is one").blocks.push(piece);
        }
        case
    }

    /// Writes it again.
    pub fn to_text(&self) -> String {
        let mut text = self.prose.clone();
        for piece in self.steps.iter().flat_map(|scene| &scene.blocks) {
            let _ = write!(text, "//- {}\n{}", piece.heading, piece.body);
        }
        text
    }
}

impl Step {
    /// The day it is.
    pub fn as_of(&self) -> Date {
        let day = self.blocks.iter().find_map(|piece| piece.argument_of("as-of")).unwrap_or(DAY);
        day.parse().unwrap_or_else(|error| panic!("as-of {day}: {error}"))
    }

    /// Lays its files over an archive; `usual` are the pieces of the usual one.
    pub fn write_to(&self, archive: &mut Memory, usual: &Step) {
        for piece in &self.blocks {
            if piece.argument_of("usual").is_some() {
                usual.write_to(archive, usual);
            } else if let Some(path) = piece.argument_of("remove") {
                assert!(archive.remove(path), "{path} is not there to be removed");
            } else if piece.is_file() {
                let FileSpec { path, odd, bytes } = parse_file(&piece.heading, &piece.body);
                match odd {
                    Some(what) => archive.put_special(&path, what),
                    None => archive.write(&path, bytes),
                }
            }
        }
        archive.advance_clock();
    }

    fn files_and_special_files(&self) -> impl Iterator<Item = FileSpec> {
        self.blocks.iter().filter(|piece| piece.is_file()).map(|piece| parse_file(&piece.heading, &piece.body))
    }

    /// The bytes of its files that are plain ones.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        self.files_and_special_files().filter(|file| file.odd.is_none()).map(|file| (file.path, file.bytes)).collect()
    }

    /// The paths of what is no plain file.
    pub fn special_files(&self) -> Vec<String> {
        self.files_and_special_files().filter(|file| file.odd.is_some()).map(|file| file.path).collect()
    }

    /// The paths of its files, whatever they are.
    pub fn paths(&self) -> Vec<String> {
        self.files_and_special_files().map(|file| file.path).collect()
    }

    /// The lines of its block `expect`.
    pub fn expected(&self) -> Vec<&str> {
        let blocks = self.blocks.iter().filter(|piece| piece.argument_of("expect").is_some());
        blocks.flat_map(|piece| piece.body.lines()).filter(|line| !line.trim().is_empty()).collect()
    }
}
