//! Deputies for posts that nobody holds (代行职责 of the config, 第五条, S-05.0).

use std::sync::Arc;

use super::directory::IsFile;
use super::disambiguate::ambiguous;
use super::lookup_cache::LookupCache;
use super::{Answer, Directory, DirectoryEntry, Party};
use crate::config::Config;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Scope;

/// The archivist's post of 第五条, of either rank.
const ARCHIVIST: &str = "客户档案管理员";
/// Its ranks, the higher first.
pub const ARCHIVISTS: [&str; 2] = ["客户档案管理主管", "客户档案管理助理"];

/// Deputies by post.
#[derive(Clone, Debug, Default)]
pub struct Deputies(Vec<(Arc<str>, Party)>);

impl Deputies {
    /// The registered deputies of the config, in order of post.
    pub(super) fn of(config: &Config, lookups: &mut LookupCache<'_>) -> Deputies {
        let mut named = Vec::new();
        for (post, named_as) in &config.duties {
            if let Answer::One(entry) = lookups.lookup_name(Scope::Staff, None, &named_as.staff)
                && entry.is("staff")
            {
                named.push((post.as_str().into(), Party::Registered(entry)));
            }
        }
        Deputies(named)
    }

    /// Reports deputies of the config who are unknown or ambiguous.
    pub(super) fn diagnostics(config: &Config, directory: &Directory, files: &IsFile<'_>) -> Vec<Diagnostic> {
        let mut lookups = LookupCache::new(directory, files);
        let mut diagnostics = Vec::new();
        for (post, named_as) in &config.duties {
            match lookups.lookup_name(Scope::Staff, None, &named_as.staff) {
                Answer::One(entry) if entry.is("staff") => {}
                Answer::Several(entries) => diagnostics.push(ambiguous(&named_as.staff, &entries, named_as.at)),
                _ => {
                    let wrong = Diagnostic::new(Code::UnknownStaff, named_as.at);
                    let near = lookups.suggest(Scope::Staff, None, &named_as.staff);
                    let help = near.unwrap_or_else(|| Message::new("help.new-staff").with("name", &named_as.staff));
                    diagnostics.push(wrong.with("name", &named_as.staff).with("label", post).help(help));
                }
            }
        }
        diagnostics
    }

    /// The deputy of a post; for the archivist's ranks also the deputy of the archivist.
    pub fn of_post(&self, post: &str) -> Option<&Party> {
        let of = |post: &str| self.0.iter().find(|(one, _)| **one == *post).map(|(_, who)| who);
        of(post).or_else(|| of(ARCHIVIST).filter(|_| ARCHIVISTS.contains(&post)))
    }

    /// The deputy archivist.
    pub fn archivist(&self) -> Option<&Party> {
        [ARCHIVIST].iter().chain(&ARCHIVISTS).find_map(|post| self.of_post(post))
    }

    /// The posts for which somebody is deputy, in order.
    pub fn posts_of<'a>(&'a self, entry: &'a DirectoryEntry) -> impl Iterator<Item = &'a Arc<str>> {
        self.0.iter().filter(|(_, who)| who.is(&entry.id)).map(|(post, _)| post)
    }

    /// Whether somebody has one of these posts, as holder or as deputy.
    pub fn has_post(&self, entry: &DirectoryEntry, posts: &[&str]) -> bool {
        let own = entry.title.as_deref().filter(|_| entry.is("staff"));
        own.is_some_and(|post| posts.contains(&post)) || self.posts_of(entry).any(|post| posts.contains(&&**post))
    }
}
