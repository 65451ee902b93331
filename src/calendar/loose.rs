//! Dates that are known only roughly: `2027年一季度`, `上半年`, `年底`.

use serde::{Deserialize, Serialize};

use super::{Date, Period};

/// A rough date: the stretch it may lie in, and the words it was given in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Loose {
    /// Earliest day meant.
    pub first: Date,
    /// Latest day meant.
    pub last: Date,
    /// The period, when it is exactly one.
    pub period: Option<Period>,
    /// As written.
    pub written: String,
}
