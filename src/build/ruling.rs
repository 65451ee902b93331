//! Reading the policy: the one file that is read before all others.

use std::sync::Arc;

use super::Builder;
use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic};
use crate::source::{Source, SourceError};
use crate::text::{Span, decode};

/// The names that the policy may have, the first counts (`decisions.md` 23).
pub const CONFIG_FILES: [&str; 2] = ["archive.yaml", "档案.yaml"];

/// A policy larger than this is none.
const MAX_CONFIG_SIZE: usize = 1024 * 1024;

/// The policy as it was read.
#[derive(Debug)]
pub struct LoadedConfig {
    /// Which file it is; none when there is no policy at all.
    pub path: Option<&'static str>,
    /// The policy, unless its news has an error in it: then nothing may be published (`decisions.md` 9).
    pub policy: Option<Arc<Config>>,
    /// What is wrong with it.
    pub news: Vec<Diagnostic>,
}

impl Builder {
    /// Reads the policy of the archive.
    pub fn load_config(&mut self, world: &dyn Source) -> Result<LoadedConfig, SourceError> {
        let mut found = None;
        for path in CONFIG_FILES {
            match (world.read(path, MAX_CONFIG_SIZE)?, &found) {
                (Some(bytes), None) => found = Some((path, bytes)),
                (Some(_), Some(_)) => {
                    let span = Span::new(self.files.id(path), 0, 0);
                    let news = Diagnostic::new(Code::RecordCollision, span)
                        .variant("policy")
                        .with("first", CONFIG_FILES[0])
                        .with("second", path);
                    return Ok(LoadedConfig { path: Some(path), policy: None, news: vec![news] });
                }
                (None, _) => {}
            }
        }
        let Some((path, bytes)) = found else { return Ok(LoadedConfig { path: None, policy: None, news: Vec::new() }) };
        let file = self.files.id(path);
        let (policy, news) = config::read(&decode(&bytes, None).text, file);
        Ok(LoadedConfig { path: Some(path), policy: policy.map(Arc::new), news })
    }
}
