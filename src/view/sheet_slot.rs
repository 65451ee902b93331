//! An official form, rendered except for its prose.

use serde::Serialize;

use crate::form::{Sheet, html};

/// A rendered form and the places of its prose.
#[derive(Clone, Debug, Serialize)]
pub struct SheetSlot {
    /// HTML pieces; a body goes between each two.
    pieces: Vec<String>,
    /// Indexes of its bodies, in the order of cells.
    slots: Vec<usize>,
}

impl SheetSlot {
    /// Renders `sheet`. `slots`: index of the body of each of its passages.
    pub fn new(sheet: &Sheet, slots: Vec<usize>) -> SheetSlot {
        SheetSlot { pieces: html(sheet), slots }
    }

    /// The complete HTML; `bodies` are the rendered bodies of the page. A missing one is left empty.
    pub fn to_html(&self, bodies: &[String]) -> String {
        let body = |slot: &usize| bodies.get(*slot).map_or("", String::as_str);
        let inner = || self.slots.iter().map(body).chain(std::iter::repeat(""));
        let size =
            self.pieces.iter().map(String::len).sum::<usize>() + inner().take(self.slots.len()).map(str::len).sum::<usize>();
        let mut whole = String::with_capacity(size);
        for (piece, body) in self.pieces.iter().zip(inner()) {
            whole.push_str(piece);
            whole.push_str(body);
        }
        whole
    }
}
