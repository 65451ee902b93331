//! Renders a view with a template.

use std::sync::PoisonError;

use serde::Serialize;
use tera::{Context, ErrorKind, Value};

use super::error::{render_error, template_error};
use super::load::TEMPLATES;
use super::{Template, TemplateError, Theme};
use crate::text::Fingerprint;

/// HTML rendered by one template, for insertion into others.
#[derive(Clone, Debug)]
pub struct RenderedHtml(Value);

impl Default for RenderedHtml {
    /// Empty HTML.
    fn default() -> Self {
        RenderedHtml(Value::safe_string(""))
    }
}

/// The finished HTML that a page is assembled from.
#[derive(Clone, Copy)]
pub struct PageParts<'a> {
    /// Head and navigation of the page.
    pub top: &'a RenderedHtml,
    /// Bodies, by index.
    pub bodies: &'a [String],
    /// Official forms, by index.
    pub sheets: &'a [String],
}

fn context(name: &str, view: &impl Serialize) -> Result<Context, Box<TemplateError>> {
    Context::from_serialize(view)
        .map_err(|error| Box::new(template_error(&format!("{TEMPLATES}{name}"), "", 0..0, &error.to_string())))
}

impl Theme {
    /// Renders `view` with the template `name` and appends it to `out`. `page` is the address of the page, for error
    /// messages.
    pub fn render(
        &self,
        name: &str,
        view: &impl Serialize,
        inside: PageParts<'_>,
        page: &str,
        out: &mut Vec<u8>,
    ) -> Result<(), Box<TemplateError>> {
        let mut context = context(name, view)?;
        let finished = |all: &[String]| Value::from(all.iter().map(|html| Value::safe_string(html)).collect::<Vec<_>>());
        context.insert_value("bodies", finished(inside.bodies));
        context.insert_value("form_html", finished(inside.sheets));
        context.insert_value("top", inside.top.0.clone());
        self.render_template(name, &context, page, out)
    }

    /// Renders HTML that many pages share: once per `view`, then from the cache.
    pub fn shared(&self, name: &'static str, view: &impl Serialize, page: &str) -> Result<RenderedHtml, Box<TemplateError>> {
        let key = (name, Fingerprint::of_value(view));
        if let Some(drawn) = self.shared.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(drawn.clone());
        }
        let mut out = Vec::new();
        self.render_template(name, &context(name, view)?, page, &mut out)?;
        let drawn = RenderedHtml(Value::safe_string(&String::from_utf8_lossy(&out)));
        self.shared.write().unwrap_or_else(PoisonError::into_inner).insert(key, drawn.clone());
        Ok(drawn)
    }

    fn render_template(&self, name: &str, context: &Context, page: &str, out: &mut Vec<u8>) -> Result<(), Box<TemplateError>> {
        self.engine.render_to(name, context, out).map_err(|error| {
            Box::new(match error.kind() {
                ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                    let path = format!("{TEMPLATES}{}", report.filename());
                    let range = report.span().range.clone();
                    let (text, range) = match self.templates.get(&path) {
                        Some(Template { text, worded }) => {
                            (text.as_str(), worded.original(range.start)..worded.original(range.end))
                        }
                        None => ("", range),
                    };
                    render_error(&path, text, range, report.message(), page)
                }
                _ => render_error(&format!("{TEMPLATES}{name}"), "", 0..0, &error.to_string(), page),
            })
        })
    }

    /// The names of the top-level variables a template uses, sorted.
    pub fn variables(&self, name: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .engine
            .get_template_variables(name)
            .map(|found| found.into_iter().map(str::to_owned).collect())
            .unwrap_or_default();
        names.sort();
        names
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::i18n::{Catalog, Lang};
    use crate::text::Lines;

    #[test]
    fn render_error_names_template_and_page() {
        let own: BTreeMap<String, Vec<u8>> =
            [("templates/own.html".to_owned(), "<p>\n{{ ui.due }}{{ view.nmae }}".as_bytes().to_vec())].into();
        let theme = Theme::load(&own, Catalog::of(Lang::Zh)).expect("it loads");
        let view: BTreeMap<&str, BTreeMap<&str, &str>> = [("view", [("name", "华东院")].into())].into();
        let mut out = Vec::new();
        let (path, text, found) = *theme
            .render(
                "own.html",
                &view,
                PageParts { top: &RenderedHtml::default(), bodies: &[], sheets: &[] },
                "customers/hd/index.html",
                &mut out,
            )
            .expect_err("misspelt");
        assert_eq!(path, "templates/own.html");
        let place = Lines::new(&text).line_column(found.span.start);
        assert_eq!((&text[found.span.range()], place.line, place.column), ("nmae", 2, 21));
        assert_eq!(found.message.key, "diag.template-error.page");
        assert_eq!(found.message.args[0].1, "customers/hd/index.html");
    }

    #[test]
    fn archive_text_is_never_template_code() {
        let own: BTreeMap<String, Vec<u8>> =
            [("templates/own.html".to_owned(), b"<p title=\"{{ name }}\">{{ name }}{{ bodies[0] }}".to_vec())].into();
        let theme = Theme::load(&own, Catalog::of(Lang::Zh)).expect("it loads");
        let view: BTreeMap<&str, &str> = [("name", "\"><script>{{ 1 }}")].into();
        let mut out = Vec::new();
        theme
            .render(
                "own.html",
                &view,
                PageParts { top: &RenderedHtml::default(), bodies: &["<b>粗</b>".to_owned()], sheets: &[] },
                "x",
                &mut out,
            )
            .expect("it renders");
        assert_eq!(
            String::from_utf8(out).expect("UTF-8"),
            "<p title=\"&quot;&gt;&lt;script&gt;{{ 1 }}\">&quot;&gt;&lt;script&gt;{{ 1 }}<b>粗</b>"
        );
    }
}
