//! 客户总目录: all customers in one order, split into pages.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::row_groups::{RowGroup, group_rows, pages};
use super::{CustomerRow, Frame, Linker, NeighbourLink, PageLink, PlannedPage, ViewContext};
use crate::route::{Page, Url, initial, person_sort_key, sort_key};

/// 客户总目录 in one order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Customers {
    /// The page frame.
    pub page: Frame,
    /// `all`, `industry`, `region`, `owner`, `level`.
    pub order: &'static str,
    /// Available orders; that of this page has no address.
    pub orders: Vec<NeighbourLink>,
    /// Total number of customers.
    pub total: usize,
    /// Groups on this page, by initial or value.
    pub groups: Vec<RowGroup<CustomerRow>>,
    /// All pages of the list, if there are several.
    pub parts: Vec<PageLink>,
    /// Whether the relation light is visible.
    pub shows_light: bool,
}

/// Orders of the list, with the keys of their names.
pub(super) const ORDERS: &[(&str, &str)] = &[
    ("all", "order_all"),
    ("industry", "order_industry"),
    ("region", "order_region"),
    ("owner", "order_owner"),
    ("level", "order_level"),
];

impl Customers {
    /// The pages of the list in one order.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        order: &'static str,
    ) -> Vec<(Url, PlannedPage)> {
        let groups = groups(&view_context, archive_summary, order);
        let rows: Vec<(&(String, Arc<str>), usize)> =
            groups.iter().flat_map(|(name, rows)| rows.iter().map(move |row| (name, *row))).collect();
        let pages = pages(&rows);
        let parts = pages.len() as u32;
        (0..parts)
            .zip(pages)
            .map(|(part, rows)| {
                let url = view_context.routes.page(&Page::Customers(order, part));
                (url.clone(), Self::part(view_context, archive_summary, order, rows, (part, parts), url))
            })
            .collect()
    }

    fn part(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        order: &'static str,
        rows: &[(&(String, Arc<str>), usize)],
        (part, parts): (u32, u32),
        here: Url,
    ) -> PlannedPage {
        let linker = Linker::new(view_context, here, None);
        let title = linker.interface_word("title_customers");
        let row =
            |(name, at): &(&(String, Arc<str>), usize)| (name.1.clone(), linker.customer_row(&archive_summary.summaries[*at]));
        let groups = group_rows(rows.iter().map(row));
        let mut page = linker.list_frame(linker.part_title(&title, part), "customers");
        let turn = |to: u32| linker.page(linker.part_title(&title, to), &Page::Customers(order, to));
        page.previous = part.checked_sub(1).map(|before| turn(before).into());
        page.next = (part + 1 < parts).then(|| turn(part + 1).into());
        let view = Customers {
            page,
            order,
            orders: ORDERS
                .iter()
                .map(|(key, word)| {
                    let link = linker.page(linker.interface_word(word), &Page::Customers(key, 0));
                    NeighbourLink { href: link.href.filter(|_| *key != order), text: link.text }
                })
                .collect(),
            total: archive_summary.summaries.len(),
            groups,
            parts: linker.parts(parts, |part| Page::Customers(order, part)),
            shows_light: view_context.shows_light(),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

/// Groups: (sort key, heading) and indexes of summaries.
fn groups(
    view_context: &ViewContext<'_>,
    archive_summary: &ArchiveSummary<'_>,
    order: &str,
) -> BTreeMap<(String, Arc<str>), Vec<usize>> {
    let none: Arc<str> = Arc::from(view_context.words.get("ui.group_none"));
    let mut groups: BTreeMap<(String, Arc<str>), Vec<usize>> = BTreeMap::new();
    for (at, summary) in archive_summary.summaries.iter().enumerate() {
        let customer = summary.dossier.customer.as_ref();
        let value: Option<Arc<str>> = match order {
            "all" => {
                let entry = &summary.dossier.entry;
                let letter = initial(&entry.name, entry.pinyin.as_deref());
                // Names without initial letter come last.
                let key = if letter == '#' { "\u{10FFFF}".to_owned() } else { letter.to_string() };
                groups.entry((key, Arc::from(letter.to_string()))).or_default().push(at);
                continue;
            }
            "industry" => customer.and_then(|customer| customer.industry.clone()),
            "region" => customer.and_then(|customer| customer.region.clone()),
            "level" => customer.and_then(|customer| customer.level.clone()),
            _ => customer.and_then(|customer| customer.owner.as_ref()).map(|who| Arc::from(who.name())),
        };
        let key = match &value {
            // Levels are in configured order.
            Some(level) if order == "level" => {
                let rank = view_context.config().levels.iter().position(|one| one.name == **level).unwrap_or(usize::MAX / 2);
                (format!("{rank:020}"), level.clone())
            }
            Some(value) if order == "owner" => (person_sort_key(value, None), value.clone()),
            Some(value) => (sort_key(value, None), value.clone()),
            None => ("\u{10FFFF}".to_owned(), none.clone()),
        };
        groups.entry(key).or_default().push(at);
    }
    groups
}
