//! «是否想写 …»: the known name that is closest to what was written.

/// The candidate closest to `written`, if any is close enough to be meant.
///
/// Distance counts characters inserted, removed, replaced or swapped; a name of up to two characters may be one
/// away, of up to five two, longer ones a third of their length. Ties go to the candidate that comes first.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    suggest(written, candidates).into_iter().next()
}

/// All candidates that are close enough, closest first, at most three.
pub fn suggest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let _ = (written, candidates.into_iter().count());
    todo!("helper: diag")
}
