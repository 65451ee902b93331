//! 引荐: which of their people were introduced to which of ours (S-04.3, S-F6.8).

use crate::archive::{Dossier, Event, rows};
use crate::record::{RecordId, key};

/// Whether an event introduced a person (引荐), to a given staff member if one is given.
pub(super) fn introduction_pairs(dossier: &Dossier, event: &Event, theirs: &RecordId, ours: Option<&RecordId>) -> bool {
    const FIELD: &str = key::INTRODUCTIONS;
    let record = &event.record;
    record.fields.rows(FIELD).iter().any(|row| {
        let holds = |key: &str, id: &RecordId| {
            rows::names(record, FIELD, row, key).iter().any(|name| dossier.who(&record.id, name).is(id))
        };
        holds("theirs", theirs) && ours.is_none_or(|ours| holds("ours", ours))
    })
}
