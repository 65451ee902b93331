//! Renders outputs to bytes.

use super::{Output, OutputKind, RenderError, SiteContext, TextSource};
use crate::markdown;
use crate::theme::PageParts;
use crate::view::{BodySlot, PlannedPage, Shell};

/// Largest page in bytes. Browsers show larger pages badly, so the size points to an error.
pub const MAX_PAGE: usize = 8 * 1024 * 1024;
/// Initial buffer size; most pages fit without growing it.
const USUAL: usize = 64 * 1024;

/// The bytes of an output; empty for [`OutputKind::Copy`], which the caller copies.
pub fn render_output(output: &Output, site_context: &SiteContext<'_>, texts: &TextSource<'_>) -> Result<Vec<u8>, RenderError> {
    match &output.make {
        OutputKind::Page(planned) => page(output, planned, site_context, texts),
        OutputKind::Bytes(bytes) => Ok(bytes.to_vec()),
        OutputKind::Copy(_) => Ok(Vec::new()),
    }
}

fn page(
    output: &Output,
    planned: &PlannedPage,
    site_context: &SiteContext<'_>,
    texts: &TextSource<'_>,
) -> Result<Vec<u8>, RenderError> {
    let bodies = planned.slots.iter().map(|slot| body(slot, texts)).collect::<Result<Vec<String>, RenderError>>()?;
    let drawn: Vec<String> = planned.papers.iter().map(|paper| paper.to_html(&bodies)).collect();
    let mut out = Vec::with_capacity(USUAL);
    let (page, template) = (output.url.as_str(), planned.view.template());
    let top = Shell::of(planned.view.frame());
    site_context
        .theme
        .shared(Shell::TEMPLATE, &top, page)
        .and_then(|top| {
            site_context.theme.render(
                template,
                &planned.view,
                PageParts { top: &top, bodies: &bodies, sheets: &drawn },
                page,
                &mut out,
            )
        })
        .map_err(RenderError::Template)?;
    if out.len() > MAX_PAGE {
        return Err(RenderError::TooLarge(output.url.clone()));
    }
    Ok(out)
}

/// Renders a body from the text of its file.
fn body(slot: &BodySlot, texts: &TextSource<'_>) -> Result<String, RenderError> {
    let changed = || RenderError::Changed(slot.record.path.0.clone());
    let text = texts(&slot.record).ok_or_else(changed)?;
    // A text source returns only the text the spans refer to, so this is a safeguard.
    if slot.ranges.iter().any(|range| text.get(range.range()).is_none()) {
        return Err(changed());
    }
    Ok(markdown::html(&text, &slot.ranges, &slot.options, &|link| slot.resolve(link)))
}
