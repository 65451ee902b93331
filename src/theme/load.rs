//! Loads a theme: the default files with a company's own files replacing them, parsed and checked.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use serde::Deserialize;
use tera::{Context, ErrorKind, Tera};

use super::error::template_error;
use super::interface_words::inline_interface_text;
use super::{BUILTIN, Template, TemplateError, Theme, filters};
use crate::i18n::{Catalog, INTERFACE};
use crate::text::{Fingerprinter, Lines, escape_to};

/// Folder of the templates in a theme.
pub(super) const TEMPLATES: &str = "templates/";
/// Folder of the assets, in a theme and in the site.
const ASSETS: &str = "assets/";
/// The theme's manifest.
const MANIFEST: &str = "theme.yaml";
/// Version of the contract between views and templates. It increases when a field is removed or changes its meaning.
const CONTRACT: u32 = 4;

/// The content of `theme.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// Name of the theme.
    #[allow(dead_code, reason = "required in theme.yaml, but not shown anywhere yet")]
    title: String,
    /// The contract version its templates were written for.
    contract: u32,
}

impl Theme {
    /// Loads a theme with the interface words of `words`. `own` holds the files of the company's theme folder by path
    /// (`templates/person.html`).
    ///
    /// # Errors
    ///
    /// All errors of all templates and of `theme.yaml`, each with the path and text of its file.
    pub fn load(own: &BTreeMap<String, Vec<u8>>, words: &Catalog) -> Result<Theme, Vec<TemplateError>> {
        let mut files: BTreeMap<&str, &[u8]> = BUILTIN.iter().copied().collect();
        files.extend(own.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));

        let mut fingerprint = Fingerprinter::new();
        let mut templates = BTreeMap::new();
        let mut assets = BTreeMap::new();
        let mut faults = Vec::new();
        for (path, bytes) in files {
            if path.starts_with(TEMPLATES) || path == MANIFEST {
                fingerprint.text(path).bytes(bytes);
                match std::str::from_utf8(bytes) {
                    Ok(text) if path == MANIFEST => faults.extend(manifest(text)),
                    Ok(text) => {
                        let text = text.replace("\r\n", "\n");
                        templates.insert(path.to_owned(), Template { worded: inline_interface_text(&text, words), text });
                    }
                    Err(error) => {
                        let text = String::from_utf8_lossy(bytes);
                        faults.push(template_error(path, &text, error.valid_up_to()..error.valid_up_to(), "not UTF-8"));
                    }
                }
            } else if path.starts_with(ASSETS) {
                fingerprint.text(path).bytes(bytes);
                assets.insert(path.to_owned(), Arc::from(bytes));
            }
        }
        let mut engine = compile(&templates, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        *engine.global_context() = interface(words);
        Ok(Theme { fingerprint: fingerprint.finish(), engine, templates, shared: RwLock::default(), assets })
    }
}

/// The error in `theme.yaml`, if any.
fn manifest(text: &str) -> Option<TemplateError> {
    let said: Manifest = match serde_yaml::from_str(text) {
        Ok(said) => said,
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            return Some(template_error(MANIFEST, text, at..at, &error.to_string()));
        }
    };
    (said.contract != CONTRACT).then(|| {
        let at = text.find("contract").unwrap_or(0);
        let message = format!("contract {} asked for, {CONTRACT} given", said.contract);
        template_error(MANIFEST, text, at..at + "contract".len(), &message)
    })
}

/// Compiles all templates together. If that fails, compiles each by itself, so that every file with a syntax error is
/// reported.
fn compile(templates: &BTreeMap<String, Template>, faults: &mut Vec<TemplateError>) -> Tera {
    let mut engine = Tera::new();
    engine.set_escape_fn(escape_to);
    filters::register(&mut engine);
    let named = templates.iter().map(|(path, template)| (path.strip_prefix(TEMPLATES).unwrap_or(path), &template.worded.text));
    let Err(error) = engine.add_raw_templates(named) else { return engine };
    let mut broken = false;
    for (path, Template { text, .. }) in templates {
        let mut alone = Tera::new();
        if let Err(error) = alone.add_raw_template(path, text)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            broken = true;
            faults.push(template_error(path, text, report.span().range.clone(), report.message()));
        }
    }
    if broken {
        return engine;
    }
    let found = faults.len();
    faults.extend(with_location(&error.to_string(), templates));
    if faults.len() == found {
        // Errors of the whole, such as an include cycle, name files in their message but no position.
        faults.push(template_error(TEMPLATES, "", 0..0, &error.to_string()));
    }
    engine
}

/// The errors in a combined report: `error: …`, then `--> file:line:column`.
fn with_location(report: &str, templates: &BTreeMap<String, Template>) -> Vec<TemplateError> {
    let mut found = Vec::new();
    let mut message = "";
    for line in report.lines() {
        if let Some(said) = line.strip_prefix("error: ") {
            message = said;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let mut parts = place.rsplitn(3, ':');
            let (Some(column), Some(row), Some(name)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let (Ok(column), Ok(row)) = (column.parse::<usize>(), row.parse::<usize>()) else { continue };
            let path = format!("{TEMPLATES}{name}");
            let Some(Template { text, worded }) = templates.get(&path) else { continue };
            let line = Lines::new(&worded.text).line(row);
            let start = line.as_ptr() as usize - worded.text.as_ptr() as usize;
            let start = if line.is_empty() { worded.text.len() } else { start };
            let offset = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
            let range = worded.original(start + offset)..worded.original(start + line.len());
            found.push(template_error(&path, text, range, message));
        }
    }
    found
}

/// The global variables of templates: `ui`, the interface words.
fn interface(words: &Catalog) -> Context {
    let ui: BTreeMap<&str, &str> =
        words.entries().filter_map(|(key, text)| key.strip_prefix(INTERFACE).map(|word| (word, text))).collect();
    let mut context = Context::new();
    context.insert("ui", &ui);
    context
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    fn own(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn load(own: &BTreeMap<String, Vec<u8>>) -> Result<Theme, Vec<TemplateError>> {
        Theme::load(own, Catalog::of(Lang::Zh))
    }

    fn at(fault: &TemplateError) -> (String, usize, usize, String) {
        let place = Lines::new(&fault.1).line_column(fault.2.span.start);
        (fault.0.clone(), place.line, place.column, fault.2.message.args[0].1.clone())
    }

    #[test]
    fn default_theme_files_are_embedded() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/ink");
        let mut there: Vec<String> = walkdir::WalkDir::new(root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file() && entry.file_name() != "README.md")
            .map(|entry| entry.path().strip_prefix(root).expect("is below the root").to_string_lossy().replace('\\', "/"))
            .collect();
        there.sort();
        let known: Vec<&str> = BUILTIN.iter().map(|(path, _)| *path).collect();
        assert_eq!(there, known);
    }

    #[test]
    fn the_default_theme_loads() {
        assert!(load(&BTreeMap::new()).is_ok());
    }

    #[test]
    fn errors_of_all_files_are_reported_together() {
        let faults =
            load(&own(&[("templates/person.html", "<p>\n客户 {{ name }\n"), ("templates/staff.html", "{% if name %}张伟")]))
                .err()
                .expect("two files are broken");
        let places: Vec<_> = faults.iter().map(at).map(|(path, line, ..)| (path, line)).collect();
        assert_eq!(places, [("templates/person.html".to_owned(), 2), ("templates/staff.html".to_owned(), 1)]);
    }

    #[test]
    fn unknown_filter_has_its_position() {
        let faults = load(&own(&[("templates/parts/own.html", "<p>\n客户 {{ ui.due }} {{ name | fetch }}")]))
            .err()
            .expect("no such filter");
        assert_eq!(at(&faults[0]), ("templates/parts/own.html".into(), 2, 27, "Unknown filter `fetch`".into()));
    }

    #[test]
    fn other_theme_contract_is_rejected() {
        let faults = load(&own(&[("theme.yaml", "title: 旧\ncontract: 9\n")])).err().expect("too new");
        assert_eq!(at(&faults[0]), ("theme.yaml".into(), 2, 1, format!("contract 9 asked for, {CONTRACT} given")));
    }

    #[test]
    fn custom_asset_changes_the_fingerprint() {
        let plain = load(&BTreeMap::new()).map(|theme| theme.fingerprint);
        let own = load(&own(&[("assets/logo.svg", "<svg/>")])).map(|theme| (theme.fingerprint, theme.assets.len()));
        let (own, count) = own.expect("it loads");
        assert_ne!(plain.expect("it loads"), own);
        assert!(count > 1);
    }
}
