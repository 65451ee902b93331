//! The evaluation day.

use serde::{Deserialize, Serialize};

use super::Date;

/// Today's date as a value. Only `cli` and tests construct it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AsOf(pub Date);

impl AsOf {
    /// Whole days from `date` to today: positive when `date` is past.
    pub fn days_since(self, date: Date) -> i32 {
        self.0.duration_since(date).as_hours() as i32 / 24
    }
}
