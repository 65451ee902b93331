//! Small pages shown where the site has none. They contain the script like every page, so that the site appears by
//! itself once it exists.

use std::fmt::Write as _;

use super::PageNote;
use super::markup::escaped;
use crate::i18n::{Catalog, Message};

/// Reason for a status page.
#[derive(Clone, Copy, Debug)]
pub(super) enum StatusPage<'a> {
    /// The site has no such page.
    Missing(&'a str),
    /// There is no site, for these reasons.
    NoSite(&'a [PageNote]),
    /// There is no site yet.
    FirstBuild,
}

/// Renders the page, with `head` in its head.
pub(super) fn render_status_page(instead: StatusPage, words: &Catalog, head: &str) -> String {
    let (key, text) = match instead {
        StatusPage::Missing(page) => ("serve.small.missing", Message::new("serve.small.missing.text").with("page", page)),
        StatusPage::NoSite(_) => ("serve.small.halted", Message::new("serve.small.halted.text")),
        StatusPage::FirstBuild => ("serve.small.coming", Message::new("serve.small.coming.text")),
    };
    let (title, text) = (escaped(words.get(key)), escaped(&words.format(&text)));
    let rest = match instead {
        StatusPage::Missing(_) => format!("<p><a href=\"/\">{}</a></p>\n", escaped(words.get("serve.small.home"))),
        StatusPage::NoSite(notes) => notes.iter().map(render_note).collect(),
        StatusPage::FirstBuild => String::new(),
    };
    let class = match instead {
        StatusPage::Missing(_) => "kedang-small",
        StatusPage::NoSite(_) | StatusPage::FirstBuild => "kedang-small kedang-none",
    };
    let lang = words.lang().tag();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n{head}</head>\n\
         <body>\n<main class=\"{class}\">\n<h1>{title}</h1>\n<p>{text}</p>\n{rest}</main>\n</body>\n</html>\n"
    )
}

/// A note as plain HTML, readable without the script.
fn render_note(note: &PageNote) -> String {
    let mut told = format!("<section>\n<p><strong>{}</strong></p>\n", escaped(&note.message));
    if !note.path.is_empty() {
        let place = match (note.line, note.column) {
            (0, _) => note.path.clone(),
            (line, 0) => format!("{}:{line}", note.path),
            (line, column) => format!("{}:{line}:{column}", note.path),
        };
        let place = escaped(&place);
        let _ = match &note.open {
            Some(open) => writeln!(told, "<p><a href=\"{}\">{place}</a></p>", escaped(open)),
            None => writeln!(told, "<p>{place}</p>"),
        };
    }
    if !note.source.is_empty() {
        let _ = writeln!(told, "<pre>{}</pre>", escaped(&note.source));
    }
    for line in &note.help {
        let _ = writeln!(told, "<p>{}</p>", escaped(line));
    }
    told.push_str("</section>\n");
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;

    #[test]
    fn not_found_page_names_path_and_home() {
        let page =
            render_status_page(StatusPage::Missing("客户/<img src=x>/index.html"), Catalog::of(Lang::Zh), "<script></script>");
        assert!(page.contains("「客户/&lt;img src=x&gt;/index.html」") && !page.contains("<img"), "{page}");
        assert!(page.contains("<a href=\"/\">首页</a>") && page.contains("<script></script></head>"));
        assert!(render_status_page(StatusPage::FirstBuild, Catalog::of(Lang::En), "").contains("lang=\"en\""));
        // The script uses it to distinguish a missing site from a missing page.
        let none = [StatusPage::Missing("甲"), StatusPage::NoSite(&[]), StatusPage::FirstBuild];
        let none = none.map(|instead| render_status_page(instead, Catalog::of(Lang::Zh), "").contains("kedang-none"));
        assert_eq!(none, [false, true, true]);
    }

    #[test]
    fn errors_are_readable_without_script() {
        let note = PageNote {
            message: "模板第 3 行有误：<b>".to_owned(),
            path: "themes/我的/base.html".to_owned(),
            line: 3,
            column: 7,
            source: "{% endif %}".to_owned(),
            help: vec!["补上 {% if %}".to_owned()],
            open: Some("vscode://file/a\"b:3:7".to_owned()),
            ..PageNote::default()
        };
        let page = render_status_page(StatusPage::NoSite(&[note]), Catalog::of(Lang::Zh), "");
        for part in [
            "模板第 3 行有误：&lt;b&gt;",
            ">themes/我的/base.html:3:7</a>",
            "vscode://file/a&quot;b:3:7",
            "<pre>{% endif %}</pre>",
            "补上",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }
}
