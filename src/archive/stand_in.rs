//! Who stands in for a post that nobody holds (代行职责 of the policy, 第五条, S-05.0).

use std::sync::Arc;

use super::asker::Asker;
use super::directory::FilesThere;
use super::resolve::ambiguous;
use super::{Answer, Card, Directory, Who};
use crate::config::Policy;
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::Scope;

/// What 第五条 calls the archivist's post, whichever of its ranks.
const ARCHIVIST: &str = "客户档案管理员";
/// Its ranks, the higher first.
pub const ARCHIVISTS: [&str; 2] = ["客户档案管理主管", "客户档案管理助理"];

/// By post, who does its work beside his own.
#[derive(Clone, Debug, Default)]
pub struct StandIns(Vec<(Arc<str>, Who)>);

impl StandIns {
    /// Those of the policy who are on file, in order of post.
    pub(super) fn of(policy: &Policy, asker: &mut Asker<'_>) -> StandIns {
        let mut named = Vec::new();
        for (post, named_as) in &policy.duties {
            if let Answer::One(card) = asker.name(Scope::Staff, None, &named_as.staff)
                && card.is("staff")
            {
                named.push((post.as_str().into(), Who::Filed(card)));
            }
        }
        StandIns(named)
    }

    /// What the policy names and nobody is.
    pub(super) fn news(policy: &Policy, directory: &Directory, files: &FilesThere<'_>) -> Vec<Diagnostic> {
        let mut asker = Asker::new(directory, files);
        let mut news = Vec::new();
        for (post, named_as) in &policy.duties {
            match asker.name(Scope::Staff, None, &named_as.staff) {
                Answer::One(card) if card.is("staff") => {}
                Answer::Several(cards) => news.push(ambiguous(&named_as.staff, &cards, named_as.at)),
                _ => {
                    let wrong = Diagnostic::new(Code::UnknownStaff, named_as.at);
                    let near = asker.near(Scope::Staff, None, &named_as.staff);
                    let help = near.unwrap_or_else(|| Message::new("help.new-staff").with("name", &named_as.staff));
                    news.push(wrong.with("name", &named_as.staff).with("label", post).help(help));
                }
            }
        }
        news
    }

    /// Who stands in for a post; for a rank of the archivist's also whoever does for the archivist.
    pub fn of_post(&self, post: &str) -> Option<&Who> {
        let of = |post: &str| self.0.iter().find(|(one, _)| **one == *post).map(|(_, who)| who);
        of(post).or_else(|| of(ARCHIVIST).filter(|_| ARCHIVISTS.contains(&post)))
    }

    /// Who keeps the archive where nobody has the post.
    pub fn archivist(&self) -> Option<&Who> {
        [ARCHIVIST].iter().chain(&ARCHIVISTS).find_map(|post| self.of_post(post))
    }

    /// The posts that somebody stands in for, in order.
    pub fn posts_of<'a>(&'a self, card: &'a Card) -> impl Iterator<Item = &'a Arc<str>> {
        self.0.iter().filter(|(_, who)| who.is(&card.id)).map(|(post, _)| post)
    }

    /// Whether somebody has one of these posts: his own, or one that he stands in for.
    pub fn has_post(&self, card: &Card, posts: &[&str]) -> bool {
        let own = card.title.as_deref().filter(|_| card.is("staff"));
        own.is_some_and(|post| posts.contains(&post)) || self.posts_of(card).any(|post| posts.contains(&&**post))
    }
}
