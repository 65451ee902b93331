//! Builds the linked parts of a view (names, texts, dates, codes) relative to one page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::link_cache::{FolderLinks, LinkStyle};
use super::{BodySlot, Due, Frame, Item, Link, Names, PageLink, SheetSlot, StateTag, TextRuns, ViewContext};
use crate::archive::{Archive, DirectoryEntry, Dossier, DueState, ItemKind, OpenItem, Party, Target};
use crate::calendar::Date;
use crate::config::PageChoice;
use crate::i18n::{Catalog, Lang, Message};
use crate::kind::CodeValue;
use crate::markdown::{HtmlOptions, ResolvedLink, inline_links, replace_links};
use crate::record::{Record, RecordId};
use crate::route::{Page, Url};
use crate::rule::open_items;
use crate::table::due_state_key;
use crate::text::{Fingerprint, Span};

/// Link targets of a record, by target as written.
type Targets = BTreeMap<Arc<str>, Target>;

/// Builds the view of one page.
pub(super) struct Linker<'a> {
    /// Data that views may use.
    pub view_context: ViewContext<'a>,
    /// Address of the page.
    pub here: Url,
    /// The dossier of its records; `None` outside customer folders.
    pub dossier: Option<&'a Dossier>,
    /// The archive, for records outside customer folders.
    pub outer: Option<&'a Archive>,
    /// Bodies so far.
    pub slots: Vec<BodySlot>,
    /// Sheets so far.
    pub papers: Vec<SheetSlot>,
    /// Separator of names.
    pub comma: &'static str,
    /// Links cached for the pages of a folder.
    folder: Arc<FolderLinks>,
}

impl<'a> Linker<'a> {
    /// A linker for the page `here`.
    pub fn new(view_context: ViewContext<'a>, here: Url, dossier: Option<&'a Dossier>) -> Self {
        let comma = Catalog::of(view_context.words.lang()).get("ui.comma");
        let folder = view_context.links.map_or_else(Arc::default, |known| known.folder(&here));
        Linker { view_context, here, dossier, outer: None, slots: Vec::new(), papers: Vec::new(), comma, folder }
    }

    /// A linker for the page of a record outside customer folders.
    pub fn for_shared_record(view_context: ViewContext<'a>, here: Url, archive: &'a Archive) -> Self {
        Linker { outer: Some(archive), ..Linker::new(view_context, here, None) }
    }

    /// A list of links.
    pub fn join_links(&self, links: impl IntoIterator<Item = Link>) -> Names {
        Names::new(links, self.comma)
    }

    /// An interface text.
    pub fn interface_word(&self, key: &'static str) -> Arc<str> {
        self.view_context.words.interface_text(key)
    }

    /// The interface text `<prefix>_<key>`.
    pub fn word_of(&self, prefix: &str, key: impl std::fmt::Display) -> Arc<str> {
        self.view_context.words.interface_text(&format!("{prefix}_{key}"))
    }

    /// An interface text with arguments.
    pub fn interface_sentence(&self, key: &str, values: &[(&str, &str)]) -> String {
        let say = values.iter().fold(Message::new(format!("ui.{key}")), |say, (name, value)| say.with(name, value));
        self.view_context.words.format(&say)
    }

    /// The name of a secrecy level.
    pub fn secrecy_mark(&self, level: u8) -> Arc<str> {
        self.interface_word(["secrecy_0", "secrecy_1", "secrecy_2", "secrecy_3"][usize::from(level.min(3))])
    }

    /// The page frame. `level`: the highest secrecy level on the page.
    pub fn frame(&self, title: impl Into<String>, section: &'static str, level: u8) -> Frame {
        let config = self.view_context.config();
        let edition = self.view_context.rule_context.edition;
        Frame {
            title: title.into(),
            site: Arc::from(config.title.as_str()),
            company: Arc::from(config.company.as_str()),
            edition: Arc::from(edition.label.as_str()),
            mark: self.secrecy_mark(level.min(edition.ceiling)),
            full: edition.is_full(),
            root: self.here.root(),
            section,
            ..Frame::default()
        }
    }

    /// The frame of a list page, which contains what the edition may show.
    pub fn list_frame(&self, title: impl Into<String>, section: &'static str) -> Frame {
        self.frame(title, section, self.view_context.rule_context.edition.ceiling)
    }

    /// A link to a page that is not a record; plain text on that very page.
    pub fn page(&self, text: impl Into<Arc<str>>, page: &Page) -> Link {
        Link { text: text.into(), href: self.folder.page(&self.here, page, |page| self.view_context.routes.page(page)) }
    }

    /// The address of a record; `None` on its own page.
    pub fn href(&self, id: &RecordId) -> Option<Arc<str>> {
        self.folder.href(&self.here, id, || self.view_context.routes.record(id))
    }

    /// A link to a record.
    pub fn link(&self, entry: &DirectoryEntry, manner: LinkStyle, text: impl FnOnce() -> Arc<str>) -> Link {
        Link { text: self.folder.text(&entry.id, manner, text), href: self.href(&entry.id) }
    }

    /// Link targets of a record.
    fn targets(&self, id: &RecordId) -> Option<&'a Targets> {
        let inner = self.dossier.and_then(|dossier| dossier.links.get(id));
        inner.or_else(|| self.outer.and_then(|archive| archive.links.get(id)))
    }

    /// Resolves one link.
    fn resolve(&self, target: &Target, anchor: &str) -> ResolvedLink {
        match target {
            Target::Record(entry, heading) => match self.view_context.routes.entry(entry) {
                Some((url, own)) => {
                    let fragment = match (own, heading.as_deref()) {
                        (Some(own), Some(heading)) => Some(format!("{own}-{heading}")),
                        (Some(own), None) => Some(own.to_owned()),
                        (None, heading) => heading.map(str::to_owned),
                    };
                    let href = self.here.relative(url, fragment.as_deref());
                    ResolvedLink::Href { href, name: Some(self.display_plain(entry).to_string()) }
                }
                None => ResolvedLink::Plain,
            },
            Target::File(path) => match self.view_context.routes.file(path) {
                Some(url) => ResolvedLink::Href { href: self.here.relative(url, None), name: None },
                None => ResolvedLink::Plain,
            },
            Target::External(address) => ResolvedLink::Href { href: address.to_string(), name: None },
            Target::SameRecord(heading) => {
                let fragment = if anchor.is_empty() { heading.clone() } else { format!("{anchor}-{heading}") };
                ResolvedLink::Href { href: self.here.relative(&self.here, Some(&fragment)), name: None }
            }
            Target::Unresolved => ResolvedLink::Plain,
        }
    }

    /// A text of `record` with its wikilinks.
    pub fn text(&self, record: &RecordId, text: &str) -> TextRuns {
        if !text.contains("[[") {
            return if text.is_empty() { TextRuns::default() } else { TextRuns(vec![Link::plain(text)]) };
        }
        let base = Span::default();
        let mut runs = Vec::new();
        let mut from = 0;
        for link in inline_links(text, base) {
            // The span is that of the target; the link includes the brackets around it.
            let target = link.span.range();
            let Some(open) = text.get(from..target.start).and_then(|before| before.rfind("[[")).map(|at| from + at) else {
                continue;
            };
            let Some(close) = text.get(target.end..).and_then(|after| after.find("]]")).map(|at| target.end + at + 2) else {
                continue;
            };
            let open = if text[from..open].ends_with('!') { open - 1 } else { open };
            if open > from {
                runs.push(Link::plain(&text[from..open]));
            }
            let resolved = self
                .targets(record)
                .and_then(|targets| targets.get(link.target.as_str()))
                .map_or(ResolvedLink::Plain, |target| self.resolve(target, ""));
            runs.push(match resolved {
                ResolvedLink::Href { href, name } => {
                    let own = link.label != link.target;
                    Link::to(if own { link.label } else { name.unwrap_or(link.label) }, href)
                }
                ResolvedLink::Plain => Link::plain(link.label),
            });
            from = close;
        }
        if from < text.len() {
            runs.push(Link::plain(&text[from..]));
        }
        TextRuns(runs)
    }

    /// A text with wikilinks replaced by their labels as on the page of their record. `dossier`: that of the record, if
    /// it is not the page's.
    pub fn plain_text<'t>(&self, dossier: Option<&Dossier>, record: &RecordId, text: &'t str) -> Cow<'t, str> {
        let targets = dossier.and_then(|dossier| dossier.links.get(record)).or_else(|| self.targets(record));
        replace_links(text, |target| match targets?.get(target)? {
            Target::Record(entry, _) if self.view_context.routes.entry(entry).is_some() => {
                Some(self.display_plain(entry).to_string())
            }
            _ => None,
        })
    }

    /// Adds a body and returns its number; `None` if empty. `anchor`: prefix of its ids; `below`: level of the heading
    /// above it.
    pub fn body(
        &mut self,
        record: &Arc<Record>,
        ranges: &[Span],
        fingerprint: Fingerprint,
        anchor: &str,
        below: u8,
    ) -> Option<usize> {
        if ranges.iter().all(|range| range.range().is_empty()) {
            return None;
        }
        let links = match self.targets(&record.id) {
            Some(targets) if !record.links.is_empty() => {
                targets.iter().map(|(written, target)| (written.clone(), self.resolve(target, anchor))).collect()
            }
            _ => Vec::new(),
        };
        self.slots.push(BodySlot {
            record: Arc::clone(record),
            ranges: ranges.to_vec(),
            fingerprint,
            options: HtmlOptions { id_prefix: anchor.to_owned(), below },
            links,
        });
        Some(self.slots.len() - 1)
    }

    /// A day as `2026-11-20`.
    pub fn date(&self, date: Date) -> String {
        let mut text = String::with_capacity(10);
        // Writing to a string cannot fail.
        let _ = write!(text, "{date}");
        text
    }

    /// A due date with its state on the as-of date.
    pub fn due(&self, date: Date) -> Due {
        self.due_as(date, DueState::of(date, self.view_context.rule_context.as_of, self.notice_days()))
    }

    /// A due date with a known state.
    pub fn due_as(&self, date: Date, state: DueState) -> Due {
        let word = match state {
            DueState::Overdue => "state_overdue",
            DueState::Soon => "state_soon",
            DueState::Ahead => "state_ahead",
        };
        Due { date: self.date(date), state: due_state_key(state), word: self.interface_word(word), why: None }
    }

    /// Adds that the date was postponed, with a link to the 出勤 of the absent person. The reason of the absence is not
    /// shown.
    pub fn postponed_from(&self, due: Due, from: Option<Date>, who: Option<&Arc<DirectoryEntry>>) -> Due {
        let Some((from, who)) = from.zip(who) else { return due };
        let said = self.interface_sentence("put_off", &[("who", &who.name), ("date", &self.date(from))]);
        let href = self.href(&who.id).map(|href| Arc::from(format!("{href}#fields")));
        Due { why: Some(Link { text: said.into(), href }), ..due }
    }

    /// Notice period in days: a due date this close is due soon.
    pub fn notice_days(&self) -> u32 {
        self.view_context.config().cadences.due_soon_days
    }

    /// A label with the company's name in place of “A 公司”.
    pub fn label(&self, chinese: &Arc<str>, english: &Arc<str>) -> Arc<str> {
        let label = match self.view_context.words.lang() {
            Lang::En if !english.is_empty() => english,
            _ => chinese,
        };
        self.view_context.config().with_company_name(label).into()
    }

    /// 成果 with its tone: good if won or promising, bad if hopeless.
    pub fn result(&self, code: &CodeValue) -> StateTag {
        let tone = match &*code.code {
            "A" | "B" => "good",
            "D" => "bad",
            _ => "mid",
        };
        StateTag { text: Arc::from(code.shown()), tone }
    }

    /// 关系状况 with its tone.
    pub fn relation(&self, state: &Arc<str>) -> StateTag {
        StateTag { text: state.clone(), tone: tone_of_relation(state) }
    }

    /// 是否达成 with its tone.
    pub fn achieved(&self, word: &Arc<str>) -> StateTag {
        let tone = match &**word {
            "是" => "good",
            "否" => "bad",
            _ => "mid",
        };
        StateTag { text: word.clone(), tone }
    }

    /// An open or settled promise, problem or opinion. `wide`: name its customer.
    pub fn item(&self, item: &OpenItem, dossier: &Dossier, wide: bool) -> Item {
        let (sort, word) = match item.sort {
            ItemKind::Promise => ("promise", "item_promise"),
            ItemKind::Problem => ("problem", "item_problem"),
            ItemKind::Opinion => ("opinion", "item_opinion"),
        };
        let due = open_items::due(item, self.view_context.rule_context);
        let to = match (&item.to, &item.department) {
            (Some(who), _) => Some(self.party_name(who)),
            (None, Some(department)) => {
                Some(Link::plain(self.interface_sentence("report_to_department", &[("department", department)])))
            }
            (None, None) => None,
        };
        Item {
            number: item.number.to_string(),
            sort,
            word: self.interface_word(word),
            text: self.text(&item.record.id, &item.text),
            customer: wide.then(|| self.customer_name(&dossier.entry)),
            owner: item.owner.as_ref().map(|who| self.party_name(who)),
            to,
            due: due.map(|due| {
                let owner = item.owner.as_ref().and_then(Party::entry);
                self.postponed_from(self.due(due.day), due.postponed_from, owner)
            }),
            due_by_default: item.due.is_none(),
            opened: self.display_text(&item.record),
            done: item.done.as_ref().map(|done| self.display_text(&done.by)),
        }
    }

    /// Whether each visit (or contact, if not `visit`) has its own page.
    pub fn has_page_each(&self, visit: bool) -> bool {
        let config = self.view_context.config();
        (if visit { config.visits } else { config.contacts }) == PageChoice::Each
    }

    /// Links to the parts of a long list; empty if there is only one.
    pub fn parts(&self, count: u32, page: impl Fn(u32) -> Page) -> Vec<PageLink> {
        if count < 2 {
            return Vec::new();
        }
        (0..count)
            .map(|part| {
                let url = self.view_context.routes.page(&page(part));
                let href = (url != self.here).then(|| Arc::from(self.here.relative(&url, None)));
                PageLink { number: part + 1, holds: String::new(), href }
            })
            .collect()
    }

    /// A title with the number of its part, except for the first.
    pub fn part_title(&self, title: &str, part: u32) -> String {
        if part == 0 {
            return title.to_owned();
        }
        self.interface_sentence("part_title", &[("title", title), ("part", &(part + 1).to_string())])
    }
}

/// Tone of a relation.
pub(super) fn tone_of_relation(state: &str) -> &'static str {
    match state {
        "积极的" => "good",
        "中立的" => "mid",
        "消极的" => "bad",
        _ => "none",
    }
}
