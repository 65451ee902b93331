//! What every look stands on: the policy as it is now, the edition, the output folder.

use std::sync::atomic::Ordering;

use anyhow::Result;

use super::keeper::Keeper;
use super::trouble::Trouble;
use crate::build::{Quiet, Request};
use crate::cli::office::edition;
use crate::cli::site::{guarded, out_of};
use crate::i18n::Message;
use crate::publish::{Folder, Opening};

impl Keeper<'_> {
    /// Reads the policy if its file changed, or the day; whether it did.
    pub(super) fn read_policy(&mut self) -> Result<bool, Trouble> {
        let anew = self.office.reread(self.asked)?;
        if anew {
            self.edition = None;
        }
        match &self.office.unruled {
            Some(news) => Err(Trouble::Policy(news.clone())),
            None => Ok(anew),
        }
    }

    /// The edition, the place of the site and its lock, where they are not settled yet.
    pub(super) fn settle(&mut self, patience: u32) -> Result<()> {
        let policy = &self.office.policy;
        let edition = match &self.edition {
            Some(edition) => edition,
            None => self.edition.insert(edition(policy, self.task.edition.as_deref())?),
        };
        let out = match &self.out {
            Some(out) => out,
            None => {
                let out = out_of(&self.office, edition, self.task.out.as_deref(), &self.outside.working)?;
                self.out.insert(out)
            }
        };
        let print = Request {
            policy,
            policy_news: &[],
            edition,
            as_of: self.office.as_of,
            pinned: false,
            program: self.program,
            watch: &Quiet,
        }
        .folder_print();
        if self.folder.as_ref().is_some_and(|(_, of)| *of == print) {
            return Ok(());
        }
        // What lies in it may be of an edition that was another under the last policy.
        self.folder = None;
        let guarded = guarded(&self.office);
        let (words, err, called_off) = (self.office.words, &mut self.outside.err, &self.outside.called_off);
        let opening = Opening { out, guarded: &guarded, home: self.outside.home.as_deref(), print };
        let folder = Folder::open(&opening, &mut |tries, holder| {
            if tries == 0 && patience > 0 {
                let say = match holder {
                    Some(pid) => Message::new("cli.build.waiting").with("pid", pid),
                    None => Message::new("cli.build.waiting-unknown"),
                };
                err.line(words.format(&say));
            }
            tries < patience && !called_off.load(Ordering::Relaxed)
        })?;
        self.folder = Some((folder, print));
        Ok(())
    }
}
