//! 没有档案管理员: checks that the marketing department has an archivist or a deputy for the post.

use std::sync::Arc;

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{ARCHIVISTS, Archive, DirectoryEntry, Party};
use crate::diag::Severity;

/// The rule; its manual page is `explain.archivist-missing`.
pub const RULE: Rule = Rule {
    code: "archivist-missing",
    clauses: &["第三条", "第五条", "S-03.3", "S-05.0"],
    severity: Severity::Info,
    reads: &["staff.post", "staff.left", "staff.active", "customer.archivist"],
    check: RuleCheck::Archive(check),
};

/// Posts responsible for filling it.
const HEADS: [&str; 3] = ["市场部部长", "市场部副部长", "部门主管"];

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // A record may be hidden in a lower edition.
    if !context.edition.is_full() || !archivists(archive, context).is_empty() {
        return;
    }
    // Without a registered head there is no department that owes the post.
    let Some(head) = in_post(archive, context, &HEADS).into_iter().next() else { return };
    found.push(
        Finding::of_department(&RULE, context, &head, &head)
            .with("posts", ARCHIVISTS.join("、"))
            .assigned_to(vec![head.clone()])
            .with_evidence(Evidence::record(&head)),
    );
}

/// The archivists today: staff in the post, else deputies, else those named by customers.
pub(super) fn archivists(archive: &Archive, context: &RuleContext<'_>) -> Vec<Arc<DirectoryEntry>> {
    let of_post = in_post(archive, context, &ARCHIVISTS);
    if !of_post.is_empty() {
        return of_post;
    }
    let named =
        archive.dossiers.values().filter_map(|dossier| dossier.customer.as_ref()?.archivist.as_ref().and_then(Party::entry));
    let mut named: Vec<Arc<DirectoryEntry>> = named.filter(|entry| !context.has_left(entry)).cloned().collect();
    named.sort_by(|a, b| a.id.cmp(&b.id));
    named.dedup_by(|a, b| a.id == b.id);
    named
}

/// Staff in these posts, in order of post and id; the deputy of a vacant post.
fn in_post(archive: &Archive, context: &RuleContext<'_>, posts: &[&str]) -> Vec<Arc<DirectoryEntry>> {
    let staff = || archive.directory.entries().filter(|entry| entry.is("staff") && !context.has_left(entry));
    let of = |post: &&str| staff().filter(|entry| entry.title.as_deref() == Some(*post)).cloned().collect::<Vec<_>>();
    let mut holders: Vec<Arc<DirectoryEntry>> = posts.iter().flat_map(of).collect();
    if holders.is_empty() {
        let stand_ins = posts.iter().filter_map(|post| archive.deputies.of_post(post)?.entry());
        holders.extend(stand_ins.filter(|entry| !context.has_left(entry)).cloned());
        holders.dedup_by(|a, b| a.id == b.id);
    }
    holders
}
