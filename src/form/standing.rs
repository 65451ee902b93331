//! How the set of forms of a customer stands (S-09.2d): which of them say something, and since when.

use super::rows::{here, visits};
use super::{Desk, FORMS, Form};
use crate::archive::Dossier;
use crate::calendar::Date;

/// How one form of a customer stands.
#[derive(Clone, Copy)]
pub struct Standing {
    /// The form.
    pub form: &'static Form,
    /// Whether it says anything.
    pub filled: bool,
    /// The latest day of what it says.
    pub date: Option<Date>,
}

/// The seven forms of a customer.
pub fn standings(dossier: &Dossier, desk: Desk<'_>) -> Vec<Standing> {
    let people = || here(dossier, desk).filter_map(|person| person.record.latest()).max();
    let stands = |form: &'static Form| {
        let (filled, date) = match form.form {
            1 => {
                let customer = dossier.customer.as_ref();
                let filled = customer.is_some_and(|customer| !customer.units.is_empty());
                (filled, customer.and_then(|customer| customer.record.latest()))
            }
            2 | 3 => (here(dossier, desk).next().is_some(), people()),
            4 => (here(dossier, desk).any(|person| !person.roles.is_empty()), people()),
            5 => {
                let seen = || dossier.information.iter().filter(|row| row.date.is_none_or(|date| date <= desk.as_of.0));
                (seen().next().is_some(), seen().filter_map(|row| row.date).max())
            }
            6 => (!dossier.plans.is_empty(), dossier.plans.first().and_then(|plan| plan.record.latest())),
            _ => {
                let last = visits(dossier, desk).next();
                (last.is_some(), last.map(|(date, ..)| date))
            }
        };
        Standing { form, filled, date: date.filter(|_| filled) }
    };
    FORMS.iter().map(stands).collect()
}
