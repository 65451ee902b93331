//! Amounts of money, exact to the fen.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in yuan, exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Hundredths of a yuan.
    pub fen: i64,
    /// `约`: said to be about that much.
    pub about: bool,
}

impl Money {
    /// Reads `1200`, `1,200.50`, `¥1200`, `1200元`, `1.2万`, `约2.3亿`, full-width digits and marks folded. `None` when it is
    /// no amount or finer than a fen.
    pub fn read(text: &str) -> Option<Money> {
        let _ = text;
        todo!("helper: kind")
    }
}

impl fmt::Display for Money {
    /// `1,200.50`: grouped, two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = (self.fen.unsigned_abs() / 100).to_string();
        let mut grouped = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let sign = if self.fen < 0 { "-" } else { "" };
        let about = if self.about { "约" } else { "" };
        write!(f, "{about}{sign}{grouped}.{:02}", self.fen.unsigned_abs() % 100)
    }
}
