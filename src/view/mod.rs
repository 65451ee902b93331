//! What a page may know: the contract with themes.
//!
//! A view is closed: everything its template can show and no handle to anything more. It holds due dates and state words,
//! never counts of days (`decisions.md` 16). Bodies are not in it: a view has [`Body`] slots that `site` fills with HTML
//! when the page is really made. The room never knows HTML nor the insides of templates.

/// A template, its view and its body slots; what `site::make` turns into a page.
#[derive(Clone, Debug)]
pub struct Planned {}
