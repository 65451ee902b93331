//! A date of birth as far as it is known (附表2 出生日期).

use serde::{Deserialize, Serialize};

/// `1970`, `1970-05`, `1970-05-12`, `05-12`, `农历八月十五`: any part may be unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Birthday {
    /// Year, 1900–2099.
    pub year: Option<i16>,
    /// Month 1–12; of the lunar year when `lunar`.
    pub month: Option<i8>,
    /// Day 1–31.
    pub day: Option<i8>,
    /// By the traditional calendar.
    pub lunar: bool,
    /// As it was written, which is how it is shown.
    pub written: String,
}
