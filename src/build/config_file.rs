//! Reads `archive.yaml`, before all other files.

use std::sync::Arc;

use super::Builder;
use crate::config::{self, Config};
use crate::diag::{Code, Diagnostic};
use crate::source::{Source, SourceError};
use crate::text::{Span, decode};

/// Accepted file names; the first one that exists is used (`decisions.md` 23).
pub const CONFIG_FILES: [&str; 2] = ["archive.yaml", "档案.yaml"];

/// Maximum size in bytes; a larger file is refused.
const MAX_CONFIG_SIZE: usize = 1024 * 1024;

/// The result of reading the configuration.
#[derive(Debug)]
pub struct LoadedConfig {
    /// Name of the file; `None` if there is none.
    pub path: Option<&'static str>,
    /// The configuration; `None` if a diagnostic is an error: then nothing may be published (`decisions.md` 9).
    pub config: Option<Arc<Config>>,
    /// Problems in the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Builder {
    /// Reads the configuration of an archive.
    pub fn load_config(&mut self, source: &dyn Source) -> Result<LoadedConfig, SourceError> {
        let mut found = None;
        for path in CONFIG_FILES {
            match (source.read(path, MAX_CONFIG_SIZE)?, &found) {
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
