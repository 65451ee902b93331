//! The first look: what somebody just saved, made and published before everything else is looked at.
//!
//! It is right as far as it goes, or it does not go: where a change may concern anybody but the one dossier it was made in, a
//! whole build has to tell. Whatever it published, a whole build follows and finds it done.

use anyhow::Result;

use super::{Outcome, Request, Site, Workshop};
use crate::publish::Folder;

impl Workshop {
    /// Looks at these files of the archive only. `None` when only a whole build can tell what came of it.
    pub fn glance(
        &mut self,
        site: Site<'_>,
        request: &Request<'_>,
        folder: &mut Folder,
        named: &[String],
    ) -> Result<Option<Outcome>> {
        let _ = (site, request, folder, named);
        Ok(None)
    }
}
