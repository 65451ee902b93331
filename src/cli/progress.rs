//! Progress bar on a terminal, with cancellation by signal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use super::Environment;
use crate::build::{Phase, Progress};
use crate::i18n::Catalog;

/// Shows a bar if standard error is a terminal.
pub(super) struct TerminalProgress {
    bar: Option<Mutex<ProgressBar>>,
    words: &'static Catalog,
    cancelled: Arc<AtomicBool>,
}

impl TerminalProgress {
    /// A progress bar for this command.
    pub fn new(env: &Environment, words: &'static Catalog) -> TerminalProgress {
        let shows = env.err.terminal && !env.quiet;
        TerminalProgress { bar: shows.then(|| Mutex::new(ProgressBar::hidden())), words, cancelled: env.cancelled.clone() }
    }
}

impl Progress for TerminalProgress {
    fn begin(&self, phase: Phase, steps: usize) {
        let Some(bar) = &self.bar else { return };
        let word = match phase {
            Phase::Reading => "cli.phase.reading",
            Phase::Joining => "cli.phase.joining",
            Phase::Rendering => "cli.phase.making",
            Phase::Publishing => "cli.phase.publishing",
        };
        let mut bar = bar.lock().unwrap_or_else(PoisonError::into_inner);
        bar.finish_and_clear();
        let style = ProgressStyle::with_template("{msg} {bar:32} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
        *bar = ProgressBar::new(steps as u64).with_style(style).with_message(self.words.get(word));
    }

    fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.lock().unwrap_or_else(PoisonError::into_inner).inc(1);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Drop for TerminalProgress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.lock().unwrap_or_else(PoisonError::into_inner).finish_and_clear();
        }
    }
}
