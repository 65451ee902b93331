//! From the text of `archive.yaml` to a policy.

use super::Policy;
use crate::diag::Diagnostic;
use crate::text::FileId;

/// Reads the policy. On any error in the news there is no policy and nothing may be published; warnings (an unknown
/// holiday table) come beside it.
pub fn read(text: &str, file: FileId) -> (Option<Policy>, Vec<Diagnostic>) {
    let _ = (text, file);
    todo!("helper: policy")
}
