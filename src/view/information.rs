//! The page of 客户信息的意义 (附表5) of a customer.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::record::HeadingLevels;
use super::{Frame, InformationRow, Link, Linker, PlannedPage, RecordPart, ViewContext};
use crate::archive::Dossier;
use crate::record::{Record, key};
use crate::route::Url;

/// 客户信息的意义 (附表5): all statements about a customer, by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Information {
    /// The page frame.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// Number of statements.
    pub total: usize,
    /// The statements by topic, in the order of the code list.
    pub topics: Vec<Topic>,
    /// The rest of `information.md`.
    pub record: RecordPart,
}

/// Statements on one topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Topic {
    /// 主题.
    pub name: Arc<str>,
    /// The statements, newest first.
    pub rows: Vec<InformationRow>,
}

impl Information {
    /// The page of all statements about a customer; `own` is its `information.md`.
    pub(super) fn plan(view_context: ViewContext<'_>, dossier: &Dossier, own: &Arc<Record>, here: Url) -> PlannedPage {
        let mut linker = Linker::new(view_context, here, Some(dossier));
        let customer = linker.dossier_link(dossier);
        let title = linker.interface_word("title_information");
        let mut page = linker.frame(format!("{} {title}", customer.text), "customers", linker.secrecy_of(own));
        page = linker.dated_frame(page, own);
        page.crumbs = linker.crumbs_below(dossier, title);
        // Topics in the order of the code list (附表5), then unknown ones, statements without a topic last.
        let list = view_context.config().kinds.codes(key::TOPIC);
        let rank = |topic: &str| {
            let known = list.and_then(|list| list.values.iter().position(|value| *value.word == *topic));
            (topic.is_empty(), known.unwrap_or(usize::MAX), topic.to_owned())
        };
        let mut topics: BTreeMap<(bool, usize, String), Topic> = BTreeMap::new();
        for row in &dossier.information {
            let name = row.topic.clone().unwrap_or_default();
            let topic = topics.entry(rank(&name)).or_insert_with(|| Topic {
                name: if name.is_empty() { linker.interface_word("topic_none") } else { name },
                rows: Vec::new(),
            });
            let mut said = linker.information(row);
            // The heading already shows the topic.
            said.topic = Arc::default();
            if row.record.id == own.id {
                said.record = Link::default();
            }
            topic.rows.push(said);
        }
        let record = linker.record(own, "", &["verified"], HeadingLevels::SECTIONS);
        let view =
            Information { page, customer, total: dossier.information.len(), topics: topics.into_values().collect(), record };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}
