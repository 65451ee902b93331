//! The map of relations: theirs as a tree by 汇报对象, ours beside it, contacts as lines between. Only geometry; the template
//! draws it.

use std::sync::Arc;

use serde::Serialize;

/// The drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Map {
    /// Width in units.
    pub width: u32,
    /// Height in units.
    pub height: u32,
    /// Their people and ours.
    pub boxes: Vec<MapBox>,
    /// Who reports to whom: path data.
    pub reports: Vec<String>,
    /// Who is in touch with whom.
    pub ties: Vec<MapTie>,
    /// Persons who found no room.
    pub more: usize,
    /// The drawing in words, for those who cannot see it.
    pub words: String,
}

/// Somebody on the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapBox {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// `theirs` or `ours`.
    pub side: &'static str,
    /// `good`, `mid`, `bad`, `none` or empty.
    pub tone: &'static str,
    /// First line.
    pub name: String,
    /// Second line, possibly empty.
    pub note: String,
    /// Both in full.
    pub title: String,
    /// The page.
    pub href: Option<String>,
}

/// A line between one of ours and one of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MapTie {
    /// Path data.
    pub path: String,
    /// `none` (never in touch), `some`, `many`.
    pub strength: &'static str,
    /// `周岚—沈丽萍：6 次`.
    pub title: String,
    /// Where the count stands.
    pub x: u32,
    /// Where the count stands.
    pub y: u32,
    /// The count, `6`; empty when none.
    pub label: Arc<str>,
}
