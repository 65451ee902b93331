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
pub use birthday::{Birthday, read_birthday};
pub use frequency::{Rate, read_rate};
pub use jiff::civil::Date;
pub use loose_date::{Loose, read_loose};
pub use parse::{DateError, YearContext, YearHint, read_date, read_month};
pub use period::{Month, Period, read_period};
pub use workdays::{Holidays, Workdays};
