//! Test helpers: a file in, its fields out.

mod department;
mod diagnostics;
mod dossier;
mod pages;
mod random_input;
mod short_forms;

pub(super) const VISIT: &str = "客户/东澜水务/拜访/2026-11-20.md";
const PERSON: &str = "客户/东澜水务/关键人物/王磊（处长）.md";
