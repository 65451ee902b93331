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
    pub config: Option<Arc<Config>>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
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
                    let diagnostics = Diagnostic::new(Code::RecordCollision, span)
                        .variant("policy")
                        .with("first", CONFIG_FILES[0])
                        .with("second", path);
                    return Ok(LoadedConfig { path: Some(path), config: None, diagnostics: vec![diagnostics] });
                }
                (None, _) => {}
            }
        }
        let Some((path, bytes)) = found else { return Ok(LoadedConfig { path: None, config: None, diagnostics: Vec::new() }) };
        let file = self.files.id(path);
        let (config, diagnostics) = config::read(&decode(&bytes, None).text, file);
        Ok(LoadedConfig { path: Some(path), config: config.map(Arc::new), diagnostics })
    }
}
