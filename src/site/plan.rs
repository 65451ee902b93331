//! Plans the outputs: the pages of one dossier, and everything else.

use rayon::prelude::*;

use super::{Output, OutputKind, SiteContext, assets, key};
use crate::archive::Dossier;
use crate::report::reports;
use crate::route::{Page, Url};
use crate::table::{Table, to_csv};
use crate::text::Fingerprint;
use crate::view::{KeepGoing, PlannedPage, archive_pages, dossier_pages};

/// The outputs of one dossier: its pages.
pub fn dossier_outputs(site_context: &SiteContext<'_>, dossier: &Dossier) -> Vec<Output> {
    let base = key::base_key(site_context);
    dossier_pages(site_context.view_context(), dossier).into_iter().map(|(url, planned)| page(base, url, planned)).collect()
}

/// Plans all other outputs (home, indexes, staff, pages, reports, problems, assets, `asof.js`, copied files) on several
/// threads. Each goes to `each` as soon as it is planned. `files` gives the content fingerprint of an archive file to
/// copy. Returns early when `go_on` returns false, and with the first error of `each`.
pub fn archive_outputs<E: Send>(
    site_context: &SiteContext<'_>,
    files: &dyn Fn(&str) -> Option<Fingerprint>,
    keep_going: &KeepGoing<'_>,
    each: &(dyn Fn(Output) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let base = key::base_key(site_context);
    let reports: Vec<_> = reports(site_context.context).collect();
    let tables: Option<Vec<(Table, Url)>> = reports
        .into_par_iter()
        .map(|report| {
            if !keep_going() {
                return None;
            }
            let table = (report.tabulate)(site_context.archive, site_context.findings, site_context.context);
            let url = csv_url(&site_context.routes.page(&Page::Report(report.name, 0)));
            Some((table, url))
        })
        .collect();
    let Some(tables) = tables else { return Ok(()) };
    archive_pages(site_context.view_context(), site_context.archive, &tables, keep_going, &|url, planned| {
        each(page(base, url, planned))
    })?;
    for (table, url) in &tables {
        each(assets::bytes(url.clone(), to_csv(table, site_context.context.as_of, site_context.words)))?;
    }
    let mut assets: Vec<Output> = assets::theme(site_context).collect();
    assets.push(assets::as_of(site_context));
    assets.extend(assets::files(site_context, files));
    assets.into_par_iter().try_for_each(each)
}

fn page(base: Fingerprint, url: Url, planned: PlannedPage) -> Output {
    let key = key::page(base, &planned);
    Output { url, key, make: OutputKind::Page(Box::new(planned)) }
}

/// The address of a report's CSV, beside its first page.
fn csv_url(report: &Url) -> Url {
    let path = report.as_str();
    Url::from(format!("{}.csv", path.strip_suffix(".html").unwrap_or(path)).as_str())
}
