//! The pipeline: calling the verbs of all rooms in order, and remembering by hash.
//!
//! The verbs are [`Workshop::read`] (what the archive says and what is wrong with it) and [`Workshop::build`] (the site). A
//! [`Workshop`] lives as long as its process; what it remembers costs time when it is lost and never truth. It may come to
//! nothing in five ways, none of which is the archive's fault: see [`Halt`]. The room never knows arguments or HTTP.

mod build;
mod doubts;
mod easel;
mod gather;
mod glance;
mod halt;
mod join;
mod kept;
mod known;
mod laid;
mod mishap;
mod news;
mod notices;
mod outcome;
mod problems;
mod read;
mod remember;
mod request;
mod ruling;
mod sources;
#[cfg(test)]
mod tests;
mod theme;

pub use build::Site;
pub use halt::Halt;
pub use known::{Known, OnPage};
pub use mishap::{Mishap, Over, guarded, remember_place};
pub use notices::notices;
pub use outcome::{Counts, Outcome};
pub use read::Read;
pub use request::{Phase, Quiet, Request, Watch};
pub use ruling::{POLICY_FILES, Ruling};
pub use sources::Texts;

use std::sync::Arc;

use crate::config::Policy;
use crate::diag::Diagnostic;
use crate::i18n::Lang;
use crate::source::{Files, World};
use crate::text::Fingerprint;
use crate::theme::Theme;

/// The pipeline's memory: numbers of files, and for one policy and one edition at a time what was read and joined.
pub struct Workshop {
    files: Files,
    /// Policy and edition that the rest belongs to.
    print: Fingerprint,
    filed: gather::Cabinet,
    joined: join::Joints,
    addressed: Option<read::Addressed>,
    drawn: problems::Drawn,
    /// What was found to be wrong by looking at the whole archive.
    whole_news: Vec<Diagnostic>,
    /// The theme, with the fingerprint of its files.
    dress: Option<(Fingerprint, Lang, Arc<Theme>)>,
    /// Whether it builds the same site again and again and remembers what that takes.
    stays: bool,
    laid: Option<laid::Laid>,
    known: Option<Arc<Known>>,
    /// Whether what was read and joined last is what is known: not after a build that came to nothing.
    in_step: bool,
    doubts: doubts::Doubts,
    /// What is kept of the files of the build at hand, and how many bytes of a build may be.
    kept: kept::Kept,
    keeps: usize,
}

impl Default for Workshop {
    fn default() -> Self {
        Workshop {
            files: Files::default(),
            print: Fingerprint::default(),
            filed: gather::Cabinet::default(),
            joined: join::Joints::default(),
            addressed: None,
            drawn: problems::Drawn::new(),
            whole_news: Vec::new(),
            dress: None,
            stays: false,
            laid: None,
            known: None,
            in_step: false,
            doubts: doubts::Doubts::default(),
            kept: kept::Kept::default(),
            keeps: kept::MOST,
        }
    }
}

impl Workshop {
    /// Nothing remembered yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same for one that stays and builds a site again and again as it is being written.
    pub fn staying() -> Self {
        Workshop { stays: true, ..Self::default() }
    }

    /// What was known when the site was last made; only one that stays knows.
    pub fn known(&self) -> Option<Arc<Known>> {
        self.known.clone()
    }

    /// Where texts are looked up when news is drawn.
    pub fn texts<'a>(&'a self, world: &'a dyn World, policy: Option<&'a Policy>) -> Texts<'a> {
        Texts::new(&self.files, world, policy)
    }
}
