//! Tests of the contract between templates and views: every template renders a full and an empty view, uses only fields
//! its view has, and only interface words that exist. The theme manual is generated from the same views.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{Html, Selector};

use crate::i18n::{Catalog, Lang};
use crate::theme::{BUILTIN, PageParts, Theme};
use crate::view::{Shell, View, samples};

fn theme(lang: Lang) -> Theme {
    Theme::load(&BTreeMap::new(), Catalog::of(lang)).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn render(theme: &Theme, view: &View) -> String {
    let mut out = Vec::new();
    let bodies = ["<p>正文<a href=\"#h\">链接</a></p>".to_owned()];
    let drawn = ["<table class=\"form\"><tbody><tr><td>甲</td></tr></tbody></table>".to_owned()];
    theme
        .shared(Shell::TEMPLATE, &Shell::of(view.frame()), "x.html")
        .and_then(|top| {
            theme.render(view.template(), view, PageParts { top: &top, bodies: &bodies, sheets: &drawn }, "x.html", &mut out)
        })
        .unwrap_or_else(|fault| panic!("{fault:?}"));
    String::from_utf8(out).expect("pages are UTF-8")
}

fn select(page: &Html, selector: &str) -> Vec<String> {
    let wanted = Selector::parse(selector).expect("valid selector");
    page.select(&wanted).map(|element| element.html()).collect()
}

fn attributes(page: &Html, name: &str) -> Vec<String> {
    let wanted = Selector::parse(&format!("[{name}]")).expect("valid selector");
    page.select(&wanted).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
}

/// The first tag that is closed without being open, or stays open.
fn unbalanced(text: &str) -> Option<String> {
    const VOID: [&str; 6] = ["meta", "link", "input", "br", "img", "!doctype"];
    let mut open: Vec<&str> = Vec::new();
    for tag in text.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap_or_default();
        let name = inside.trim_start_matches('/').split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
        if inside.starts_with('/') {
            if open.pop() != Some(name) {
                return Some(format!("</{name}> in {}", &text[..200.min(text.len())]));
            }
        } else if !inside.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    open.pop().map(str::to_owned)
}

/// The text of all templates of the default theme.
fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILTIN
        .iter()
        .filter(|(path, _)| path.starts_with("templates/"))
        .map(|(path, bytes)| (*path, std::str::from_utf8(bytes).expect("templates are UTF-8")))
}

/// The contents of `{{ … }}` and `{% … %}`.
fn expressions(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{']) {
        let after = &rest[at + 1..];
        let close = match after.as_bytes().first() {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                rest = after;
                continue;
            }
        };
        let end = after.find(close).expect("the theme loads");
        found.push(&after[1..end]);
        rest = &after[end..];
    }
    found
}

#[test]
fn every_view_has_a_sample() {
    for views in [samples::full(), samples::empty()] {
        let names: Vec<&str> = views.iter().map(View::template).collect();
        assert_eq!(names, View::TEMPLATES);
    }
}

#[test]
fn pages_are_well_formed_relative_and_escaped() {
    for lang in Lang::ALL {
        let theme = theme(lang);
        for view in samples::full().iter().chain(&samples::empty()) {
            let name = view.template();
            let text = render(&theme, view);
            assert!(!text.contains("{%"), "{name} holds a tag");
            assert!(!text.replace("{{ 7 * 7 }}", "").contains("{{"), "{name} holds an expression");
            assert!(!text.contains("49"), "{name}: what the archive says was run as a template");
            let page = Html::parse_document(&text);
            assert_eq!(unbalanced(&text), None, "{name}");
            assert_eq!(select(&page, "main").len(), 1, "{name}");
            assert_eq!(select(&page, "h1").len(), 1, "{name}");
            assert!(select(&page, "[onclick], style, [style], iframe, form").is_empty(), "{name}");
            assert!(select(&page, "script:not([src])").is_empty(), "{name}");
            for address in attributes(&page, "href").iter().chain(&attributes(&page, "src")) {
                let dial = address.starts_with("tel:");
                assert!(
                    dial || !(address.contains("://") || address.starts_with('/') || address.starts_with("data:")),
                    "{name}: {address}"
                );
                assert!(!address.is_empty(), "{name}");
            }
            let ids = attributes(&page, "id");
            let unique: BTreeSet<&String> = ids.iter().collect();
            let shared = name == "events.html";
            assert!(shared || ids.len() == unique.len(), "{name}: {ids:?}");
            for (part, what) in
                [("html[lang]", "language"), ("a.skip", "skip link"), (".seal", "mark"), ("meta[name=robots]", "robots")]
            {
                assert_eq!(select(&page, part).len(), 1, "{name} lacks its {what}");
            }
        }
    }
}

#[test]
fn every_field_of_a_view_is_shown() {
    // A template need not show every field of its view, but every field must appear in some template.
    let all: String = templates().map(|(_, text)| text).collect();
    let shown: BTreeSet<&str> = expressions(&all)
        .into_iter()
        .flat_map(|expression| expression.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')))
        .collect();
    // Fields for company themes; the default theme does not use them.
    let spare = ["key", "kind", "order", "name", "code"];
    for view in samples::full() {
        let value = serde_json::to_value(&view).expect("views serialize");
        for field in field_names(&value) {
            assert!(
                shown.contains(field.as_str()) || spare.contains(&field.as_str()),
                "{} shows no `{field}`",
                view.template()
            );
        }
    }
}

#[test]
fn templates_use_only_fields_of_their_view() {
    let theme = theme(Lang::Zh);
    for view in samples::full() {
        let value = serde_json::to_value(&view).expect("views serialize");
        let known: BTreeSet<&str> = value.as_object().expect("a view is a struct").keys().map(String::as_str).collect();
        for name in theme.variables(view.template()) {
            assert!(
                ["ui", "bodies", "form_html", "top"].contains(&name.as_str()) || known.contains(name.as_str()),
                "{} asks for {name}",
                view.template()
            );
        }
    }
}

#[test]
fn dotted_names_are_fields_or_interface_words() {
    // A misspelt field in a condition is silently false, so rendering does not detect it.
    let mut known: BTreeSet<String> =
        samples::full().iter().flat_map(|view| field_names(&serde_json::to_value(view).expect("views serialize"))).collect();
    known.extend(["last", "first", "index0"].map(str::to_owned));
    for (path, text) in templates() {
        for expression in expressions(text) {
            let plain = outside_quotes(expression);
            for (before, after) in plain.match_indices('.').map(|(at, _)| plain.split_at(at)) {
                let object = before.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
                let field: String = after[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if object == "ui" {
                    for lang in Lang::ALL {
                        assert!(Catalog::of(lang).has(&format!("ui.{field}")), "{path}: no word ui.{field}");
                    }
                } else {
                    assert!(known.contains(&field), "{path}: no view has a field `{field}` ({expression})");
                }
            }
        }
    }
}

#[test]
fn every_interface_text_is_used() {
    let all: String = templates().map(|(_, text)| text).collect();
    let sources: String = SOURCES.iter().map(|(_, text)| *text).collect::<String>() + include_str!("assets.rs");
    let all = expressions(&all).join(" ");
    let idle: Vec<&str> = Catalog::of(Lang::Zh)
        .entries()
        .filter_map(|(key, _)| key.strip_prefix("ui."))
        .filter(|word| {
            let made = ["secrecy_", "weekday_", "figure_", "script_", "content_"].iter().any(|prefix| word.starts_with(prefix));
            let read = all.contains(&format!("ui.{word}"));
            !made && !read && !sources.contains(&format!("\"{word}\"")) && !sources.contains(&format!("\"ui.{word}\""))
        })
        .collect();
    assert_eq!(idle, Vec::<&str>::new());
}

fn outside_quotes(expression: &str) -> String {
    expression.split('"').step_by(2).collect::<Vec<_>>().join(" ")
}

/// The names of all fields at any depth.
fn field_names(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Object(map) => {
            map.iter().flat_map(|(name, inner)| std::iter::once(name.clone()).chain(field_names(inner))).collect()
        }
        serde_json::Value::Array(all) => all.iter().flat_map(field_names).collect(),
        _ => Vec::new(),
    }
}

macro_rules! sources {
    ($($name:literal,)*) => {
        /// The source files that define views.
        const SOURCES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../view/", $name))),)*];
    };
}

sources! {
    "home.rs", "customers.rs", "customer.rs", "customer_rows.rs", "completeness.rs", "person.rs", "events.rs", "contact_plan.rs", "development_plan.rs",
    "plan_summary.rs", "brief.rs", "information.rs", "people.rs", "staff_list.rs", "staff.rs", "reports.rs", "row_groups.rs",
    "html.rs", "report.rs", "pages.rs", "page.rs", "forms.rs", "visit_plans.rs", "visit_plan.rs", "planned_visits.rs", "problems.rs", "components.rs",
    "event_row.rs", "directives.rs", "review.rs", "department/mod.rs", "department/index.rs", "department/record.rs",
    "record.rs", "field.rs", "project.rs", "projects.rs", "competitor.rs", "competitors.rs", "competitor_index.rs", "relation_map.rs", "linker.rs", "dossier_summary.rs",
}

/// The theme manual: every view with its fields, generated from the doc comments in the sources.
fn manual() -> String {
    let mut manual = String::from(HEAD);
    let structs: BTreeMap<String, StructDocs> = SOURCES.iter().flat_map(|(_, text)| structs(text)).collect();
    let mut told = BTreeSet::new();
    for template in View::TEMPLATES {
        let name: String =
            template.trim_end_matches(".html").split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        manual.push_str(&format!("\n### `{template}`\n\n"));
        struct_docs(&mut manual, &structs[&name]);
        told.insert(name);
    }
    manual.push_str("\n## Parts\n\nWhat the fields above are made of.\n");
    for (name, found) in structs.iter().filter(|(name, _)| !told.contains(*name)) {
        manual.push_str(&format!("\n### {name}\n\n"));
        struct_docs(&mut manual, found);
    }
    manual
}

const HEAD: &str = include_str!("manual.md");

/// Documentation of a struct: its doc comment and its fields (name, type, doc).
#[derive(Default)]
struct StructDocs {
    doc: String,
    fields: Vec<[String; 3]>,
}

fn struct_docs(manual: &mut String, StructDocs { doc, fields }: &StructDocs) {
    manual.push_str(&format!("{doc}\n\n| field | is | |\n|---|---|---|\n"));
    for [name, ty, doc] in fields {
        manual.push_str(&format!("| `{name}` | {ty} | {doc} |\n"));
    }
}

/// The public serializable structs of a source file with their documentation.
fn structs(source: &str) -> Vec<(String, StructDocs)> {
    let mut found: Vec<(String, StructDocs)> = Vec::new();
    let mut doc = String::new();
    let mut open = false;
    let mut written = false;
    for line in source.lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        if let Some(said) = bare.strip_prefix("/// ") {
            if !doc.is_empty() {
                doc.push(' ');
            }
            doc.push_str(said);
        } else if bare.starts_with("#[derive") {
            written = bare.contains("Serialize");
        } else if let Some(name) = bare.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            open = written;
            if open {
                found.push((name.to_owned(), StructDocs { doc: std::mem::take(&mut doc), fields: Vec::new() }));
            }
        } else if open && line == "}" {
            open = false;
        } else if let Some((name, ty)) = bare.strip_prefix("pub ").and_then(|rest| rest.split_once(": ")).filter(|_| open) {
            let ty = ty.trim_end_matches(',');
            let field = [name.to_owned(), plain_type(ty), std::mem::take(&mut doc)];
            if let Some((_, told)) = found.last_mut() {
                told.fields.push(field);
            }
        } else {
            doc.clear();
        }
    }
    found
}

/// The name of a type in the manual.
fn plain_type(ty: &str) -> String {
    if let Some(inner) = ty.strip_prefix("Option<").and_then(|ty| ty.strip_suffix('>')) {
        return format!("{} or none", plain_type(inner));
    }
    if let Some(inner) = ty.strip_prefix("Vec<").and_then(|ty| ty.strip_suffix('>')) {
        return format!("list of {}", plain_type(inner));
    }
    match ty {
        "Arc<str>" | "String" | "&'static str" => "text".to_owned(),
        "usize" | "u32" | "i16" | "u8" => "number".to_owned(),
        "bool" => "yes or no".to_owned(),
        "Link" => "link".to_owned(),
        "Names" | "Breadcrumbs" => "names".to_owned(),
        "TextRuns" => "text with links".to_owned(),
        "Due" => "due date".to_owned(),
        "StateTag" => "state".to_owned(),
        other => format!("[{other}](#{})", other.to_lowercase()),
    }
}

#[test]
fn theme_manual_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/ink/README.md");
    let manual = manual();
    if option_env!("UPDATE").is_some() {
        #[expect(clippy::disallowed_methods, reason = "UPDATE=1 rewrites the manual")]
        std::fs::write(path, &manual).expect("the theme folder exists");
    }
    #[expect(clippy::disallowed_methods, reason = "the manual is compared with the generated one")]
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == manual, "run with UPDATE=1 set while compiling and look at the difference");
}
