//! Shared state of the server: what responses are made from, and the subscribers to updates.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::generations::{BrowserMessage, Generations, SiteState};
use super::{SiteUpdate, client_script};
use crate::i18n::Catalog;

/// Number of updates a subscriber may be behind. A slower one is disconnected, reconnects, and gets what it missed.
const QUEUE_LENGTH: usize = 64;

/// Maximum number of subscribers: one per open browser.
pub(super) const LISTENERS: usize = 64;

/// Reconnection delay of a browser, in milliseconds.
const RETRY: &str = "retry: 500\n\n";

/// What every response is made from.
pub(super) struct EventHub {
    /// Output folder.
    pub folder: PathBuf,
    /// Port.
    pub port: u16,
    /// Secret that only our own pages know, new at every start.
    pub token: String,
    /// Distinguishes this start from others in entity tags.
    pub start: String,
    /// Catalogue.
    pub words: &'static Catalog,
    /// The client script.
    pub script: Bytes,
    generations: Mutex<Generations>,
    listeners: Mutex<Vec<Sender<Bytes>>>,
}

/// A subscriber to updates.
#[derive(Debug)]
pub(super) struct Subscriber {
    /// Events sent at once.
    pub first: Option<Bytes>,
    /// Further updates.
    pub diagnostics: Receiver<Bytes>,
}

impl EventHub {
    /// A hub with the first state of the site.
    pub fn new(folder: PathBuf, port: u16, words: &'static Catalog, diagnostics: SiteUpdate) -> std::io::Result<EventHub> {
        let script = client_script::page(words).into();
        let (generations, listeners) = (Mutex::new(Generations::new(diagnostics)), Mutex::default());
        Ok(EventHub { folder, port, token: random()?, start: random()?, words, script, generations, listeners })
    }

    /// The current state.
    pub fn current(&self) -> Arc<SiteState> {
        lock(&self.generations).now().clone()
    }

    /// Updates since the generation a client has seen, and the current state.
    pub fn since(&self, seen: Option<u64>) -> (Vec<BrowserMessage>, Arc<SiteState>) {
        let generations = lock(&self.generations);
        (generations.since(seen), generations.now().clone())
    }

    /// Stores an update and sends it to all subscribers. Returns the replaced state, to be dropped elsewhere.
    pub fn publish(&self, diagnostics: SiteUpdate) -> Arc<SiteState> {
        // Both are locked, so that every subscriber gets everything once and in order.
        let (mut generations, mut listeners) = (lock(&self.generations), lock(&self.listeners));
        let (told, before) = generations.add(diagnostics);
        let event = Bytes::from(event(&told));
        listeners.retain(|listener| listener.try_send(event.clone()).is_ok());
        before
    }

    /// Number of subscribers.
    #[cfg(test)]
    pub fn listening(&self) -> usize {
        let mut listeners = lock(&self.listeners);
        listeners.retain(|listener| !listener.is_closed());
        listeners.len()
    }

    /// Subscribes from a generation on; `None` if there are too many.
    pub fn listen(&self, seen: Option<u64>) -> Option<Subscriber> {
        let (generations, mut listeners) = (lock(&self.generations), lock(&self.listeners));
        listeners.retain(|listener| !listener.is_closed());
        if listeners.len() >= LISTENERS {
            return None;
        }
        let (sender, diagnostics) = channel(QUEUE_LENGTH);
        listeners.push(sender);
        let mut told = generations.since(seen);
        if told.is_empty() {
            told.push(generations.now().state_message());
        }
        let first = told.iter().map(event).fold(RETRY.to_owned(), |first, event| first + &event);
        Some(Subscriber { first: Some(first.into()), diagnostics })
    }
}

/// An update as server-sent event. Its id comes back when the browser reconnects.
fn event(told: &BrowserMessage) -> String {
    format!("id: {}\ndata: {}\n\n", told.generation, told.json)
}

/// Values under these locks are consistent at every moment, so a panic elsewhere does not matter.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A random token.
fn random() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::serve::MessageCounts;
    use crate::serve::tests::EmptyStatus;

    fn diagnostics() -> SiteUpdate {
        let status = Arc::new(EmptyStatus);
        SiteUpdate {
            changed: Some(Vec::new()),
            follow: None,
            trouble: Vec::new(),
            sums: MessageCounts::default(),
            all: None,
            status,
        }
    }

    fn numbers(events: &Bytes) -> Vec<u64> {
        let text = String::from_utf8_lossy(events);
        text.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok()).collect()
    }

    /// A client that subscribes while an update is sent gets it exactly once.
    #[test]
    fn subscribers_get_each_message_once() {
        let hub = EventHub::new(PathBuf::new(), 0, Catalog::of(Lang::Zh), diagnostics()).expect("made");
        std::thread::scope(|scope| {
            let teller = scope.spawn(|| (0..5000).for_each(|_| drop(hub.publish(diagnostics()))));
            while !teller.is_finished() {
                let seen = hub.current().generation;
                let mut listener = hub.listen(Some(seen)).expect("nobody else listens");
                let mut heard = numbers(&listener.first.take().expect("something at once"));
                // And the updates since.
                while let Ok(event) = listener.diagnostics.try_recv() {
                    heard.extend(numbers(&event));
                }
                let is_next = |pair: &[u64]| pair[0] + 1 == pair[1];
                assert!(heard.windows(2).all(is_next), "seen {seen}, heard {heard:?}");
            }
        });
    }

    #[test]
    fn slow_subscriber_is_disconnected() {
        let hub = EventHub::new(PathBuf::new(), 0, Catalog::of(Lang::Zh), diagnostics()).expect("made");
        let mut listener = hub.listen(Some(1)).expect("nobody else listens");
        for _ in 0..=QUEUE_LENGTH {
            assert_eq!(hub.listening(), 1);
            hub.publish(diagnostics());
        }
        assert_eq!(hub.listening(), 0);
        let heard = std::iter::from_fn(|| listener.diagnostics.try_recv().ok()).flat_map(|event| numbers(&event));
        assert_eq!(heard.collect::<Vec<_>>(), (2..2 + QUEUE_LENGTH as u64).collect::<Vec<_>>());
    }

    #[test]
    fn message_names_are_unique() {
        let words: std::collections::BTreeSet<String> = (0..100).map(|_| random().expect("random")).collect();
        assert!(words.len() == 100 && words.iter().all(|word| word.len() == 32));
    }
}
