//! An official form that is drawn, but for the prose on it.

use serde::Serialize;

use crate::form::{Sheet, html};

/// A form and where its prose is.
#[derive(Clone, Debug, Serialize)]
pub struct SheetSlot {
    /// Finished HTML: between each piece and the next stands a body.
    pieces: Vec<String>,
    /// The bodies of its prose by number, in the order of its cells.
    slots: Vec<usize>,
}

impl SheetSlot {
    /// A sheet with the numbers of its bodies, one for each of its passages.
    pub fn new(sheet: &Sheet, slots: Vec<usize>) -> SheetSlot {
        SheetSlot { pieces: html(sheet), slots }
    }

    /// The whole; `bodies` are the finished bodies of the page. One that is not among them leaves its place empty.
    pub fn with(&self, bodies: &[String]) -> String {
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
