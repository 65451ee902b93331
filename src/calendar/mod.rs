//! Dates, periods, frequencies and working days: all date arithmetic of the program.
//!
//! Nothing here reads the system clock: `cli` and tests construct [`AsOf`] and pass it down. Dates are civil days,
//! never instants.

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
pub use birthday::{Birthday, parse_birthday};
pub use frequency::{Frequency, parse_frequency};
pub use jiff::civil::Date;
pub use loose_date::{LooseDate, parse_loose_date};
pub use parse::{DateError, YearContext, YearHint, parse_date, parse_month};
pub use period::{Month, Period, parse_period};
pub use workdays::{Holidays, Workdays};
