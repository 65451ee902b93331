//! Reading the policy: the one file that is read before all others.

use std::sync::Arc;

use super::Workshop;
use crate::config::{self, Policy};
use crate::diag::{Code, Diagnostic};
use crate::source::{Fault, World};
use crate::text::{Span, decode};

/// The names that the policy may have, the first counts (`decisions.md` 23).
pub const POLICY_FILES: [&str; 2] = ["archive.yaml", "档案.yaml"];

/// A policy larger than this is none.
const MAX_POLICY: usize = 1024 * 1024;

/// The policy as it was read.
#[derive(Debug)]
pub struct Ruling {
    /// Which file it is; none when there is no policy at all.
    pub path: Option<&'static str>,
    /// The policy, unless its news has an error in it: then nothing may be published (`decisions.md` 9).
    pub policy: Option<Arc<Policy>>,
    /// What is wrong with it.
    pub news: Vec<Diagnostic>,
}

impl Workshop {
    /// Reads the policy of the archive.
    pub fn ruling(&mut self, world: &dyn World) -> Result<Ruling, Fault> {
        let mut found = None;
        for path in POLICY_FILES {
            match (world.read(path, MAX_POLICY)?, &found) {
                (Some(bytes), None) => found = Some((path, bytes)),
                (Some(_), Some(_)) => {
                    let span = Span::new(self.files.id(path), 0, 0);
                    let news = Diagnostic::new(Code::RecordCollision, span)
                        .variant("policy")
                        .with("first", POLICY_FILES[0])
                        .with("second", path);
                    return Ok(Ruling { path: Some(path), policy: None, news: vec![news] });
                }
                (None, _) => {}
            }
        }
        let Some((path, bytes)) = found else { return Ok(Ruling { path: None, policy: None, news: Vec::new() }) };
        let file = self.files.id(path);
        let (policy, news) = config::read(&decode(&bytes, None).text, file);
        Ok(Ruling { path: Some(path), policy: policy.map(Arc::new), news })
    }
}
