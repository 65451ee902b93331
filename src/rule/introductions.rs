//! 引荐: who of theirs was brought together with whom of ours (S-04.3, S-F6.8).

use crate::archive::{Dossier, Event, rows};
use crate::record::{RecordId, key};

/// Whether somebody of theirs was introduced there (引荐), to a certain one of ours if one is asked for.
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
