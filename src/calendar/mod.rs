//! Days, working days and cadences, and which day it is taken to be: the only arithmetic with time.
//!
//! The room has no verb: its nouns calculate. It never knows the system clock; [`AsOf`] is made in `cli` and in
//! tests and handed down. Dates are days, never instants.

mod as_of;
mod birthday;
mod loose;
mod numeral;
mod official;
mod parts;
mod period;
mod rate;
mod read;
mod workdays;

pub use as_of::AsOf;
pub use birthday::{Birthday, read_birthday};
pub use jiff::civil::Date;
pub use loose::{Loose, read_loose};
pub use period::{Month, Period, read_period};
pub use rate::{Rate, read_rate};
pub use read::{DateFault, Lean, Near, read_date, read_month};
pub use workdays::{Holidays, Workdays};
