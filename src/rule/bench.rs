//! Small things for tests of rules.

use std::sync::Arc;

use crate::archive::Card;

/// A card with nothing on it but who it is.
pub fn card(id: &str, kind: &str, name: &str) -> Arc<Card> {
    Arc::new(Card {
        id: id.into(),
        kind: kind.into(),
        name: name.into(),
        short: None,
        title: None,
        aliases: Vec::new(),
        pinyin: None,
        customer: None,
        date: None,
        nth: 0,
        left: None,
        secrecy: 0,
        anchors: Arc::new([]),
    })
}
