//! Geometry of the relation map: key persons as a tree by 汇报对象, staff beside it, contacts as lines. The template
//! draws it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::Linker;
use super::dossier_summary::roles;
use super::linker::tone_of_relation;
use crate::archive::{DirectoryEntry, Dossier, Person};
use crate::record::RecordId;

/// The geometry of the relation map. All lengths are in SVG units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationMap {
    /// Width of the drawing.
    pub width: u32,
    /// Height of the drawing.
    pub height: u32,
    /// Boxes of key persons and staff.
    pub boxes: Vec<MapBox>,
    /// Reporting lines: SVG path data.
    pub reports: Vec<String>,
    /// Contact lines.
    pub ties: Vec<MapLine>,
    /// Number of persons left out for lack of space.
    pub more: usize,
    /// Whether contact lines were left out because there are too many.
    pub thinned: bool,
    /// Text alternative of the drawing.
    pub words: String,
}

/// A person on the map.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MapBox {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// `theirs` (key person) or `ours` (staff member).
    pub side: &'static str,
    /// 关系状况: `good`, `mid`, `bad`, `none`, or empty.
    pub tone: &'static str,
    /// First line: name and 职务, cut to fit.
    pub name: String,
    /// Second line: roles and 关系状况, cut to fit; possibly empty.
    pub note: String,
    /// Both lines in full.
    pub title: String,
    /// Address of the person's page.
    pub href: Option<Arc<str>>,
}

/// A contact line between a key person and a staff member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MapLine {
    /// SVG path data.
    pub path: String,
    /// `none` (no contact), `some`, `many` (5 or more).
    pub strength: &'static str,
    /// `周岚—沈丽萍：6 次`.
    pub title: String,
    /// Horizontal position of the count.
    pub x: u32,
    /// Vertical position of the count.
    pub y: u32,
    /// The count, `6`; empty when none.
    pub label: Arc<str>,
}

/// Maximum number of key persons drawn.
const MAX_PEOPLE: usize = 24;
/// Maximum number of lines from one key person in a dense drawing.
const MAX_TIES: usize = 3;
/// Number of lines from which a drawing is dense.
const DENSE_LINES: usize = 48;
/// Width and height of a key person's box.
const THEIR_BOX: (u32, u32) = (292, 44);
/// Width and height of a staff member's box.
const OUR_BOX: (u32, u32) = (150, 44);
/// Distance from the top of one box to the top of the next.
const ROW_HEIGHT: u32 = 54;
/// Indentation per reporting level.
const INDENT: u32 = 26;
/// Deepest level that is indented further.
const MAX_INDENT_LEVEL: u32 = 5;
/// Horizontal space for the lines between the two sides.
const GAP: u32 = 150;
/// Margin around the drawing.
const MARGIN: u32 = 12;
/// Number of contacts from which a line is `many`.
const MANY_CONTACTS: usize = 5;

impl Linker<'_> {
    /// The map of a dossier; `None` without key persons.
    pub fn map(&self, dossier: &Dossier) -> Option<RelationMap> {
        let tree = tree(dossier, |person| self.view_context.rule_context.has_left(&person.entry));
        let more = tree.len().saturating_sub(MAX_PEOPLE);
        let tree = &tree[..tree.len().min(MAX_PEOPLE)];
        if tree.is_empty() {
            return None;
        }
        let deepest = tree.iter().map(|(_, depth)| (*depth).min(MAX_INDENT_LEVEL)).max().unwrap_or(0);
        let top = |at: usize| MARGIN + at as u32 * ROW_HEIGHT;
        let left = |depth: u32| MARGIN + depth.min(MAX_INDENT_LEVEL) * INDENT;
        let mut boxes = Vec::new();
        let mut reports = Vec::new();
        for (at, (person, depth)) in tree.iter().enumerate() {
            boxes.push(self.their_box(person, left(*depth), top(at)));
            let boss = person.reports_to.as_ref().and_then(|boss| tree.iter().position(|(one, _)| one.record.id == boss.id));
            if let Some(boss) = boss.filter(|boss| *boss < at && *depth > 0) {
                let x = left(tree[boss].1) + INDENT / 2;
                let (from, to) = (top(boss) + THEIR_BOX.1, top(at) + THEIR_BOX.1 / 2);
                reports.push(format!("M{x} {from}V{to}H{}", left(*depth)));
            }
        }
        let (ours, thinned) = self.our_side(dossier, tree);
        let x = MARGIN + deepest * INDENT + THEIR_BOX.0 + GAP;
        let mut y = MARGIN;
        let mut ties = Vec::new();
        // Lines leave a box side by side along its edge, in the order of their other ends.
        let mut out: Vec<u32> = vec![0; tree.len()];
        let lines = |at: usize| ours.iter().filter(|side| side.ties.iter().any(|(one, _)| *one == at)).count() as u32;
        for side in &ours {
            // As close as possible to the middle of the persons they know.
            let middle = side.ties.iter().map(|(at, _)| top(*at)).sum::<u32>() / side.ties.len().max(1) as u32;
            y = y.max(middle);
            boxes.push(MapBox {
                x,
                y,
                width: OUR_BOX.0,
                height: OUR_BOX.1,
                side: "ours",
                tone: "",
                name: fit(&side.entry.name, OUR_BOX.0 - 24, 13),
                note: fit(side.entry.title.as_deref().unwrap_or_default(), OUR_BOX.0 - 24, 12),
                title: [Some(&*side.entry.name), side.entry.title.as_deref()]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
                href: self.href(&side.entry.id),
            });
            for (nth, (at, made)) in side.ties.iter().enumerate() {
                let (person, depth) = tree[*at];
                let from = (left(depth) + THEIR_BOX.0, top(*at) + line_offset(out[*at], lines(*at)));
                out[*at] += 1;
                let to = (x, y + line_offset(nth as u32, side.ties.len() as u32));
                ties.push(self.tie(from, to, *made, &side.entry, person));
            }
            y += ROW_HEIGHT;
        }
        let height = boxes.iter().map(|one| one.y + one.height).max().unwrap_or(0) + MARGIN;
        let people: Vec<String> = boxes.iter().filter(|one| one.side == "theirs").map(|one| one.title.clone()).collect();
        let words = self.interface_sentence(
            "map_words",
            &[("theirs", &tree.len().to_string()), ("ours", &ours.len().to_string()), ("people", &people.join("；"))],
        );
        let width = if ours.is_empty() { x - GAP + MARGIN } else { x + OUR_BOX.0 + MARGIN };
        Some(RelationMap { width, height, boxes, reports, ties, more, thinned, words })
    }

    fn their_box(&self, person: &Person, x: u32, y: u32) -> MapBox {
        let tone = person.relation.as_ref().map_or("", |relation| tone_of_relation(&relation.state));
        let shape = match tone {
            "good" => "● ",
            "mid" => "◐ ",
            "bad" => "▲ ",
            "none" => "○ ",
            _ => "",
        };
        let title = person.title.as_deref().unwrap_or_default();
        let mut note = roles(person).join(self.comma);
        if let Some(relation) = &person.relation {
            if !note.is_empty() {
                note.push_str(" · ");
            }
            note.push_str(&relation.state);
        }
        let name = format!("{shape}{} {title}", person.entry.name);
        MapBox {
            x,
            y,
            width: THEIR_BOX.0,
            height: THEIR_BOX.1,
            side: "theirs",
            tone,
            name: fit(name.trim_end(), THEIR_BOX.0 - 24, 13),
            note: fit(&note, THEIR_BOX.0 - 24, 12),
            title: [&*person.entry.name, title, &note]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            href: self.href(&person.entry.id),
        }
    }

    /// Staff named as 我方联系人 of someone in the tree or in regular contact, by the mean position of the persons they
    /// know. In a dense drawing each key person keeps [`MAX_TIES`]: 我方联系人 first, then most contacts. The flag
    /// tells that lines were left out.
    fn our_side(&self, dossier: &Dossier, tree: &[(&Person, u32)]) -> (Vec<OurSide>, bool) {
        let mut known: Vec<Vec<(&Arc<DirectoryEntry>, usize)>> = Vec::with_capacity(tree.len());
        for (person, _) in tree {
            let named = person.ours.iter().filter_map(|(who, _)| who.entry());
            let met = dossier
                .pairs
                .iter()
                .filter(|pair| pair.theirs.id == person.record.id && dossier.is_regular(pair))
                .map(|pair| &pair.ours);
            let mut ours: Vec<(&Arc<DirectoryEntry>, usize)> = Vec::new();
            for entry in named.chain(met) {
                if ours.iter().all(|(one, _)| one.id != entry.id) {
                    let made = dossier
                        .pairs
                        .iter()
                        .find(|pair| pair.theirs.id == person.record.id && pair.ours.id == entry.id)
                        .map_or(0, |pair| pair.contacts_made.len());
                    ours.push((entry, made));
                }
            }
            known.push(ours);
        }
        let thinned =
            known.iter().map(Vec::len).sum::<usize>() >= DENSE_LINES && known.iter().any(|ours| ours.len() > MAX_TIES);
        if thinned {
            for (ours, (person, _)) in known.iter_mut().zip(tree) {
                let named = |entry: &DirectoryEntry| {
                    person.ours.iter().any(|(who, _)| who.entry().is_some_and(|one| one.id == entry.id))
                };
                ours.sort_by_key(|(entry, made)| (!named(entry), std::cmp::Reverse(*made)));
                ours.truncate(MAX_TIES);
            }
        }
        let mut sides: BTreeMap<RecordId, OurSide> = BTreeMap::new();
        for (at, ours) in known.into_iter().enumerate() {
            for (entry, made) in ours {
                let side =
                    sides.entry(entry.id.clone()).or_insert_with(|| OurSide { entry: Arc::clone(entry), ties: Vec::new() });
                side.ties.push((at, made));
            }
        }
        let mut sides: Vec<OurSide> = sides.into_values().collect();
        sides.sort_by_key(|side| side.ties.iter().map(|(at, _)| *at * 2).sum::<usize>() / side.ties.len().max(1));
        (sides, thinned)
    }

    fn tie(&self, from: (u32, u32), to: (u32, u32), made: usize, ours: &DirectoryEntry, theirs: &Person) -> MapLine {
        let half = from.0 + (to.0 - from.0) / 2;
        let names = [("ours", &*ours.name), ("theirs", &*theirs.entry.name)];
        let count = made.to_string();
        MapLine {
            path: format!("M{} {}C{half} {} {half} {} {} {}", from.0, from.1, from.1, to.1, to.0, to.1),
            strength: match made {
                0 => "none",
                count if count >= MANY_CONTACTS => "many",
                _ => "some",
            },
            title: match made {
                0 if self.view_context.rule_context.edition.is_full() => self.interface_sentence("map_tie_none", &names),
                0 => self.interface_sentence("map_tie_unknown", &names),
                _ => self.interface_sentence("map_tie", &[names[0], names[1], ("count", &count)]),
            },
            // Beside the box, where the lines of one person are still apart.
            x: from.0 + 10,
            y: from.1 + 4,
            label: if made == 0 { Arc::default() } else { Arc::from(count) },
        }
    }
}

/// Offset of line `nth` of `count` along the edge of a box.
fn line_offset(nth: u32, count: u32) -> u32 {
    THEIR_BOX.1 * (2 * nth + 1) / (2 * count.max(1))
}

/// A staff member with (index in the tree, number of contacts) of each person they know.
struct OurSide {
    entry: Arc<DirectoryEntry>,
    ties: Vec<(usize, usize)>,
}

/// The key persons as a tree by 汇报对象, in display order with their depth. Cycles are cut.
fn tree(dossier: &Dossier, gone: impl Fn(&Person) -> bool) -> Vec<(&Person, u32)> {
    let people: Vec<&Person> = dossier.people.iter().filter(|person| !gone(person)).collect();
    let place = |id: &RecordId| people.iter().position(|person| person.record.id == *id);
    let bosses: Vec<Option<usize>> =
        people.iter().map(|person| person.reports_to.as_ref().and_then(|boss| place(&boss.id))).collect();
    let mut laid: Vec<(usize, u32)> = Vec::with_capacity(people.len());
    let mut seen = vec![false; people.len()];
    let roots = (0..people.len()).filter(|at| bosses[*at].is_none());
    // Persons in a cycle have no root; the first of them becomes one.
    for root in roots.chain(0..people.len()) {
        let mut waiting = vec![(root, 0)];
        while let Some((at, depth)) = waiting.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            laid.push((at, depth));
            let below = (0..people.len()).filter(|one| bosses[*one] == Some(at) && !seen[*one]);
            waiting.extend(below.map(|one| (one, depth + 1)).collect::<Vec<_>>().into_iter().rev());
        }
    }
    laid.into_iter().map(|(at, depth)| (people[at], depth)).collect()
}

/// Cuts a text to `width` units at font size `size`: an ASCII character is 0.55 em wide, any other 1 em.
fn fit(text: &str, width: u32, size: u32) -> String {
    let wide = |c: char| if c.is_ascii() { size * 11 / 20 } else { size };
    let whole: u32 = text.chars().map(wide).sum();
    if whole <= width {
        return text.to_owned();
    }
    let mut used = size;
    let mut short = String::new();
    for c in text.chars() {
        used += wide(c);
        if used > width {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_name_is_cut_at_its_box() {
        assert_eq!(fit("王建国 总工程师", 200, 13), "王建国 总工程师");
        assert_eq!(fit("一二三四五六", 52, 13), "一二三…");
    }
}
