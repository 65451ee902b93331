//! Days, working days and cadences, and which day it is taken to be: the only arithmetic with time.
//!
//! The room has no verb: its nouns calculate. It never knows the system clock; [`AsOf`] is made in `cli` and in
//! tests and handed down. Dates are days, never instants.

mod as_of;
mod birthday;
mod loose;
mod period;
mod read;
mod workdays;

pub use as_of::AsOf;
pub use birthday::Birthday;
pub use jiff::civil::Date;
pub use loose::Loose;
pub use period::{Month, Period};
pub use read::{DateFault, Lean, Near, read_birthday, read_date, read_loose, read_month, read_period};
pub use workdays::{Holidays, Workdays};
