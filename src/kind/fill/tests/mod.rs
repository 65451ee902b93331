//! Small worlds: a file in, its sheet out.

mod dossier;
mod faults;
mod jumble;
mod office;
mod pages;
mod written;

pub(super) const VISIT: &str = "客户/东澜水务/拜访/2026-11-20.md";
const PERSON: &str = "客户/东澜水务/关键人物/王磊（处长）.md";
