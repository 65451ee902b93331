//! Any record that has no page of its own sort: its fields as they are written.

use std::sync::Arc;

use serde::Serialize;

use super::record::Under;
use super::{Frame, Link, Pen, Planned, RecordPart, Scene};
use crate::archive::{Archive, Loose};
use crate::record::Record;
use crate::route::{self, Url};

/// A record as it is written, or the rows of a month's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// What is around it.
    pub page: Frame,
    /// What it is called.
    pub name: Arc<str>,
    /// The record; several where each row of the file is one.
    pub records: Vec<SheetRecord>,
}

/// A record on such a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SheetRecord {
    /// What it is called on a page it shares, else empty.
    pub heading: Arc<str>,
    /// The record.
    pub record: RecordPart,
}

impl Sheet {
    /// The page of records outside customer folders that share an address.
    pub(super) fn of_office(scene: Scene<'_>, archive: &Archive, all: &[&Loose], here: Url) -> Planned {
        let mut pen = Pen::outside(scene, here, archive);
        let shared = all.iter().any(|loose| loose.card.id.as_str().contains('#'));
        let name = match all.first() {
            Some(first) if shared => pen.month_of(&first.card),
            Some(first) => pen.card(&first.card).text,
            None => Arc::default(),
        };
        let level = all.iter().map(|loose| pen.level_of(&loose.record)).max().unwrap_or(0);
        let mut page = pen.frame(&*name, "pages", level);
        page.updated = all.iter().filter_map(|loose| loose.record.latest()).max().map(|date| pen.date(date));
        if let [only] = all {
            page = pen.dated_frame(page, &only.record);
        }
        page.crumbs = vec![pen.page(pen.word("title_pages"), &route::Page::Pages), Link::plain(name.clone())];
        let records = all
            .iter()
            .map(|loose| {
                let anchor = scene.routes.record(&loose.record.id).and_then(|(_, anchor)| anchor).unwrap_or_default();
                let heading = if shared { pen.card(&loose.card).text } else { Arc::default() };
                // The label of the prose is a heading of its own.
                let labelled = u8::from(loose.record.kind.prose_label.is_some());
                let under = if shared { Under::SECTIONS } else { Under { fields: 1, prose: 1 + labelled } };
                SheetRecord { heading, record: pen.sheet(&loose.record, anchor, under) }
            })
            .collect();
        Planned { view: Sheet { page, name, records }.into(), slots: pen.slots, papers: pen.papers }
    }
}

impl Pen<'_> {
    /// All that a record says.
    fn sheet(&mut self, record: &Arc<Record>, anchor: &str, under: Under) -> RecordPart {
        self.record(record, anchor, &["verified"], under)
    }
}
