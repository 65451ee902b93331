//! Renders notices in one of several formats.

use super::{Notice, SourceLookup, github, human, json, short};
use crate::i18n::Catalog;

/// Output formats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// With source line and underlined range.
    #[default]
    Human,
    /// One line each: `path:line:column: severity[code]: message`.
    Short,
    /// One JSON object a line.
    Json,
    /// GitHub workflow commands: `::error file=…,line=…,col=…,title=code::message`.
    Github,
}

/// Renders a notice, with a final line break. `color`: use ANSI colours (only `Human`).
pub fn render(notice: &Notice, format: Format, sources: &dyn SourceLookup, words: &Catalog, color: bool) -> String {
    match format {
        Format::Human => human::render(notice, sources, words, color),
        Format::Short => short::draw(notice, sources, words),
        Format::Json => json::draw(notice, sources, words),
        Format::Github => github::draw(notice, sources, words),
    }
}
