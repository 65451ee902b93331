//! Markdown becomes plain text, for text fields, excerpts and search.

/// The plain text of a Markdown stretch: no marks, wikilinks by their labels, paragraphs separated by a line break,
/// soft breaks between Han characters without a blank.
pub fn plain(markdown: &str) -> String {
    let _ = markdown;
    todo!("helper: prose")
}

/// The first `most` characters of the plain text on one line, cut at a sentence or with `…`.
pub fn excerpt(plain: &str, most: usize) -> String {
    let _ = (plain, most);
    todo!("helper: prose")
}
