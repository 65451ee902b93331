//! Dates, periods, frequencies and working days: all date arithmetic of the program.
//!
//! Nothing here reads the system clock: `cli` and tests construct [`AsOf`] and pass it down. Dates are civil days,
//! never instants.

mod as_of;
mod birthday;
mod error;
mod frequency;
mod loose_date;
mod month;
mod numerals;
mod official_holidays;
mod parse;
mod period;
mod tokens;
mod workdays;

pub use as_of::AsOf;
pub use birthday::{Birthday, parse_birthday};
pub use error::DateError;
pub use frequency::{Frequency, parse_frequency};
pub use jiff::civil::Date;
pub use loose_date::{LooseDate, parse_loose_date};
pub use month::Month;
pub use parse::{YearContext, YearHint, parse_date, parse_month};
pub use period::{Period, parse_period};
pub use workdays::{Holidays, Workdays};
