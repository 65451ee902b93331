//! Days, working days and cadences, and which day it is taken to be: the only arithmetic with time.
//!
//! The room has no verb: its nouns calculate. It never knows the system clock; [`AsOf`] is made in `cli` and in
//! tests and handed down. Dates are days, never instants.

mod as_of;
mod birthday;
mod frequency;
mod loose_date;
mod numerals;
mod official_holidays;
mod parse;
mod period;
mod tokens;
mod workdays;

pub use as_of::AsOf;
pub use birthday::{Birthday, read_birthday};
pub use frequency::{Rate, read_rate};
pub use jiff::civil::Date;
pub use loose_date::{Loose, read_loose};
pub use parse::{DateError, YearContext, YearHint, read_date, read_month};
pub use period::{Month, Period, read_period};
pub use workdays::{Holidays, Workdays};
