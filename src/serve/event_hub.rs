//! The desk of the window: what every answer is made from, and who listens to the news.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::generations::{BrowserMessage, BulletinState, Generations};
use super::{SiteUpdate, client_script};
use crate::i18n::Catalog;

/// How many news a listener may be behind. Who does not read is cut off, comes back, and is told what was missed.
const QUEUE_LENGTH: usize = 64;

/// How many may listen: one for each browser that is open.
pub(super) const LISTENERS: usize = 64;

/// How long a browser waits before it comes back, in milliseconds.
const RETRY: &str = "retry: 500\n\n";

/// What every answer is made from.
pub(super) struct EventHub {
    /// The site.
    pub folder: PathBuf,
    /// The door.
    pub port: u16,
    /// What only pages of ours know, new with every start.
    pub token: String,
    /// What tells this start from others in entity tags.
    pub start: String,
    /// The language.
    pub words: &'static Catalog,
    /// The script of the page.
    pub script: Bytes,
    generations: Mutex<Generations>,
    listeners: Mutex<Vec<Sender<Bytes>>>,
}

/// Somebody who listens.
#[derive(Debug)]
pub(super) struct Subscriber {
    /// What is told at once.
    pub first: Option<Bytes>,
    /// What comes.
    pub diagnostics: Receiver<Bytes>,
}

impl EventHub {
    /// A desk with the first news on it.
    pub fn new(folder: PathBuf, port: u16, words: &'static Catalog, diagnostics: SiteUpdate) -> std::io::Result<EventHub> {
        let script = client_script::page(words).into();
        let (generations, listeners) = (Mutex::new(Generations::new(diagnostics)), Mutex::default());
        Ok(EventHub { folder, port, token: random()?, start: random()?, words, script, generations, listeners })
    }

    /// The site as it is.
    pub fn now(&self) -> Arc<BulletinState> {
        lock(&self.generations).now().clone()
    }

    /// What was told since the generation that somebody has seen, and the site as it is.
    pub fn since(&self, seen: Option<u64>) -> (Vec<BrowserMessage>, Arc<BulletinState>) {
        let generations = lock(&self.generations);
        (generations.since(seen), generations.now().clone())
    }

    /// Pins up news and tells whoever listens. Gives what they replace, to be thrown away.
    pub fn tell(&self, diagnostics: SiteUpdate) -> Arc<BulletinState> {
        // Both are held, so that everybody hears everything once and in order.
        let (mut generations, mut listeners) = (lock(&self.generations), lock(&self.listeners));
        let (told, before) = generations.add(diagnostics);
        let event = Bytes::from(event(&told));
        listeners.retain(|listener| listener.try_send(event.clone()).is_ok());
        before
    }

    /// How many listen.
    #[cfg(test)]
    pub fn listening(&self) -> usize {
        let mut listeners = lock(&self.listeners);
        listeners.retain(|listener| !listener.is_closed());
        listeners.len()
    }

    /// Listens from a generation on; `None` when too many do.
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
            told.push(generations.now().standing());
        }
        let first = told.iter().map(event).fold(RETRY.to_owned(), |first, event| first + &event);
        Some(Subscriber { first: Some(first.into()), diagnostics })
    }
}

/// A message as it is sent. Its number comes back when the browser has to connect again.
fn event(told: &BrowserMessage) -> String {
    format!("id: {}\ndata: {}\n\n", told.generation, told.json)
}

/// What is written under a lock is whole at every moment: a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Letters that nobody can guess.
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

    /// Somebody who begins to listen at the moment when something is told hears it, and hears it once.
    #[test]
    fn nothing_is_missed_and_nothing_heard_twice() {
        let hub = EventHub::new(PathBuf::new(), 0, Catalog::of(Lang::Zh), diagnostics()).expect("made");
        std::thread::scope(|scope| {
            let teller = scope.spawn(|| (0..5000).for_each(|_| drop(hub.tell(diagnostics()))));
            while !teller.is_finished() {
                let seen = hub.now().generation;
                let mut listener = hub.listen(Some(seen)).expect("nobody else listens");
                let mut heard = numbers(&listener.first.take().expect("something at once"));
                // And what was told since.
                while let Ok(event) = listener.diagnostics.try_recv() {
                    heard.extend(numbers(&event));
                }
                let is_next = |pair: &[u64]| pair[0] + 1 == pair[1];
                assert!(heard.windows(2).all(is_next), "seen {seen}, heard {heard:?}");
            }
        });
    }

    #[test]
    fn whoever_does_not_read_is_cut_off() {
        let hub = EventHub::new(PathBuf::new(), 0, Catalog::of(Lang::Zh), diagnostics()).expect("made");
        let mut listener = hub.listen(Some(1)).expect("nobody else listens");
        for _ in 0..=QUEUE_LENGTH {
            assert_eq!(hub.listening(), 1);
            hub.tell(diagnostics());
        }
        assert_eq!(hub.listening(), 0);
        let heard = std::iter::from_fn(|| listener.diagnostics.try_recv().ok()).flat_map(|event| numbers(&event));
        assert_eq!(heard.collect::<Vec<_>>(), (2..2 + QUEUE_LENGTH as u64).collect::<Vec<_>>());
    }

    #[test]
    fn no_two_words_are_alike() {
        let words: std::collections::BTreeSet<String> = (0..100).map(|_| random().expect("random")).collect();
        assert!(words.len() == 100 && words.iter().all(|word| word.len() == 32));
    }
}
