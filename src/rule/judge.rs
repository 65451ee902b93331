//! Applying the rules.

use super::{Finding, Rule};
use crate::archive::{Archive, Dossier};
use crate::calendar::AsOf;
use crate::policy::{Edition, Policy};

/// The day, the policy and the edition a judgement is made for.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// Today. Facts dated later are not seen (`decisions.md` 13).
    pub as_of: AsOf,
    /// The policy.
    pub policy: &'a Policy,
    /// The edition.
    pub edition: &'a Edition,
}

impl Bench<'_> {
    /// The rules that speak in this edition under this policy, in order.
    pub fn rules(&self) -> Vec<&'static Rule> {
        todo!("helper: rule")
    }
}

/// The findings of one dossier, in the order of rules, then of due date and subject. A customer whose 跟踪状态 rests has no
/// duties.
pub fn judge(dossier: &Dossier, bench: &Bench<'_>) -> Vec<Finding> {
    let _ = (dossier, bench);
    todo!("helper: rule")
}

/// The findings that need the whole archive.
pub fn judge_archive(archive: &Archive, bench: &Bench<'_>) -> Vec<Finding> {
    let _ = (archive, bench);
    todo!("helper: rule")
}
