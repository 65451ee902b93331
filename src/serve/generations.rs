//! Generations of the site, with the updates of the last ones for browsers that connect late.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::Serialize;

use super::{MessageCounts, PageNote, PageNotes, SiteStatus, SiteUpdate};

/// Number of generations kept. A browser that missed more reloads.
const MAX_GENERATIONS: usize = 64;

/// Maximum number of changed outputs named. If more changed, all may have.
const MAX_NAMED_PAGES: usize = 500;

/// The current state and the last updates.
pub(super) struct Generations {
    now: Arc<SiteState>,
    /// The last updates, the newest last.
    past: VecDeque<BrowserMessage>,
}

/// An update for browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BrowserMessage {
    /// Its generation.
    pub generation: u64,
    /// Its JSON.
    pub json: Arc<str>,
}

/// The current state.
pub(super) struct SiteState {
    /// Number of the generation, from 1.
    pub generation: u64,
    /// Why there is no newer site.
    pub trouble: Vec<PageNote>,
    sums: MessageCounts,
    all: Option<Arc<str>>,
    /// Queried while responding to requests.
    pub status: Arc<dyn SiteStatus>,
}

/// JSON of an update.
#[derive(Serialize)]
struct Message<'a> {
    generation: u64,
    changed: Option<&'a [Arc<str>]>,
    follow: Option<&'a str>,
    trouble: &'a [PageNote],
    sums: MessageCounts,
    all: Option<&'a str>,
}

/// JSON of the messages for a page.
#[derive(Serialize)]
struct PageMessages<'a> {
    generation: u64,
    notes: &'a PageNotes,
    trouble: &'a [PageNote],
    sums: MessageCounts,
    all: Option<&'a str>,
}

impl Generations {
    /// The first generation.
    pub fn new(diagnostics: SiteUpdate) -> Generations {
        Generations { now: Arc::new(SiteState::new(1, diagnostics)), past: VecDeque::new() }
    }

    /// The current state.
    pub fn now(&self) -> &Arc<SiteState> {
        &self.now
    }

    /// Adds a generation. Returns its update, and the replaced state to be dropped elsewhere, which may take time.
    pub fn add(&mut self, mut diagnostics: SiteUpdate) -> (BrowserMessage, Arc<SiteState>) {
        let (changed, follow) = (diagnostics.changed.take(), diagnostics.follow.take());
        let state = SiteState::new(self.now.generation + 1, diagnostics);
        let told = state.message_since(changed.as_deref().filter(|paths| paths.len() <= MAX_NAMED_PAGES), follow.as_deref());
        if self.past.len() == MAX_GENERATIONS {
            self.past.pop_front();
        }
        self.past.push_back(told.clone());
        (told, std::mem::replace(&mut self.now, Arc::new(state)))
    }

    /// Updates since the generation a client has seen. A client with an unknown or no longer stored one is told that
    /// everything may have changed.
    pub fn since(&self, seen: Option<u64>) -> Vec<BrowserMessage> {
        let missed =
            seen.and_then(|seen| self.now.generation.checked_sub(seen)).and_then(|missed| usize::try_from(missed).ok());
        match missed {
            Some(missed) if missed <= self.past.len() => self.past.iter().skip(self.past.len() - missed).cloned().collect(),
            _ => vec![self.now.message_since(None, None)],
        }
    }
}

impl SiteState {
    fn new(generation: u64, diagnostics: SiteUpdate) -> SiteState {
        let SiteUpdate { changed: _, follow: _, trouble, sums, all, status } = diagnostics;
        SiteState { generation, trouble, sums, all, status }
    }

    fn message_since(&self, changed: Option<&[Arc<str>]>, follow: Option<&str>) -> BrowserMessage {
        let SiteState { generation, trouble, sums, all, status: _ } = self;
        let message = Message { generation: *generation, changed, follow, trouble, sums: *sums, all: all.as_deref() };
        BrowserMessage { generation: *generation, json: json(&message).into() }
    }

    /// An update that says that nothing is newer, with the current counts.
    pub fn state_message(&self) -> BrowserMessage {
        self.message_since(Some(&[]), None)
    }

    /// Messages for a page as JSON. Queries the status, which may take time.
    pub fn page_messages(&self, page: &str) -> String {
        let SiteState { generation, trouble, sums, all, status } = self;
        let notes = status.notes(page);
        json(&PageMessages { generation: *generation, notes: &notes, trouble, sums: *sums, all: all.as_deref() })
    }
}

/// JSON of values that always serialise: texts and numbers under text keys.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::serve::tests::EmptyStatus;

    fn diagnostics(changed: Option<&[&str]>) -> SiteUpdate {
        let changed = changed.map(|paths| paths.iter().map(|path| Arc::from(*path)).collect());
        let sums = MessageCounts { errors: 1, ..MessageCounts::default() };
        SiteUpdate {
            changed,
            follow: None,
            trouble: Vec::new(),
            sums,
            all: Some("problems/index.html".into()),
            status: Arc::new(EmptyStatus),
        }
    }

    fn read(told: &[BrowserMessage]) -> Vec<(u64, Value)> {
        let read = |told: &BrowserMessage| {
            let message: Value = serde_json::from_str(&told.json).expect("JSON");
            assert_eq!(message["generation"], told.generation);
            (told.generation, message["changed"].clone())
        };
        told.iter().map(read).collect()
    }

    #[test]
    fn late_client_gets_missed_changes() {
        let mut generations = Generations::new(diagnostics(None));
        assert_eq!(generations.now().generation, 1);
        assert_eq!(generations.since(Some(1)), []);
        generations.add(diagnostics(Some(&["a.html"])));
        generations.add(diagnostics(Some(&["客户/b.html", "c.html"])));
        let (second, third) =
            ((2, "[\"a.html\"]".parse().expect("JSON")), (3, "[\"客户/b.html\",\"c.html\"]".parse().expect("JSON")));
        assert_eq!(read(&generations.since(Some(1))), [second, third.clone()]);
        assert_eq!(read(&generations.since(Some(2))), [third]);
        assert_eq!(generations.since(Some(3)), []);
    }

    #[test]
    fn unknown_generation_reloads_everything() {
        let mut generations = Generations::new(diagnostics(None));
        for _ in 0..MAX_GENERATIONS {
            generations.add(diagnostics(Some(&["a.html"])));
        }
        let newest = MAX_GENERATIONS as u64 + 1;
        assert_eq!(generations.since(Some(1)).len(), MAX_GENERATIONS);
        generations.add(diagnostics(Some(&["a.html"])));
        assert_eq!(generations.since(Some(2)).len(), MAX_GENERATIONS);
        for seen in [Some(1), Some(0), Some(newest + 2), Some(u64::MAX), None] {
            assert_eq!(read(&generations.since(seen)), [(newest + 1, Value::Null)], "{seen:?}");
        }
    }

    #[test]
    fn many_changes_are_sent_as_everything() {
        let mut generations = Generations::new(diagnostics(None));
        let paths = vec!["a.html"; MAX_NAMED_PAGES + 1];
        let at_most = generations.add(diagnostics(Some(&paths[..MAX_NAMED_PAGES]))).0;
        assert_eq!(read(&[at_most])[0].1.as_array().map(Vec::len), Some(MAX_NAMED_PAGES));
        let more = generations.add(diagnostics(Some(&paths))).0;
        assert_eq!(read(&[more]), [(3, Value::Null)]);
    }

    #[test]
    fn state_messages() {
        let mut generations = Generations::new(diagnostics(None));
        let mut broken = diagnostics(Some(&[]));
        broken.trouble.push(PageNote { severity: "error", message: "模板有误".to_owned(), ..PageNote::default() });
        broken.follow = Some("a.html".into());
        let told = generations.add(broken).0;
        let message: Value = serde_json::from_str(&told.json).expect("JSON");
        assert_eq!(message["follow"], "a.html");
        let standing: Value = serde_json::from_str(&generations.now().state_message().json).expect("JSON");
        assert_eq!((&standing["changed"], &standing["follow"]), (&Value::Array(Vec::new()), &Value::Null));
        assert_eq!(standing["trouble"][0]["message"], "模板有误");
        assert_eq!((&standing["sums"]["errors"], &standing["all"]), (&1.into(), &"problems/index.html".into()));
        let beside: Value = serde_json::from_str(&generations.now().page_messages("a.html")).expect("JSON");
        assert_eq!((&beside["generation"], &beside["notes"]["faults"][0]["path"]), (&2.into(), &"a.html".into()));
    }
}
