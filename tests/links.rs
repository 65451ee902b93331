//! Every page of the sample site leads somewhere: read back from disk as a browser reads it, in each edition.

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Node, Selector};

use crate::support::{SampleSite, files_below, read, root};

/// What stands in a page that was a slip of ours.
const SLIPS: [&str; 7] = ["{{", "}}", "{%", "[object", "__tera", "Some(", "Ok("];
/// The same, as words of their own.
const SLIP_WORDS: [&str; 5] = ["null", "None", "undefined", "NaN", "Infinity"];

/// What a page says about itself and where it leads.
struct Page {
    ids: BTreeMap<String, usize>,
    /// Attribute and value, in order.
    leads: Vec<(&'static str, String)>,
    wrong: Vec<String>,
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text_of(html: &Html, selector: &str) -> Vec<String> {
    select(html, selector).iter().map(|element| element.text().collect::<String>().trim().to_owned()).collect()
}

/// Words of texts and attributes that a template or a formatter let through.
fn markup_errors(html: &Html) -> Vec<String> {
    let mut found = Vec::new();
    let mut look = |text: &str| {
        let is_slip = SLIPS.iter().any(|slip| text.contains(slip))
            || text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| SLIP_WORDS.contains(&word));
        if is_slip {
            found.push(format!("a slip: {}", text.trim()));
        }
    };
    for node in html.tree.nodes() {
        match node.value() {
            Node::Text(text) => look(text),
            Node::Element(element) => element.attrs().for_each(|(_, value)| look(value)),
            Node::Comment(comment) => look(comment),
            _ => {}
        }
    }
    found
}

impl Page {
    fn read(text: &str) -> Page {
        let html = Html::parse_document(text);
        let mut wrong = markup_errors(&html);
        let mut must = |holds: bool, what: &str| {
            if !holds {
                wrong.push(what.to_owned());
            }
        };
        must(text.starts_with("<!doctype html>"), "no doctype");
        must(matches!(&text_of(&html, "head > title")[..], [title] if !title.is_empty()), "no title");
        must(!select(&html, "html[lang='zh-CN']").is_empty(), "no language");
        must(!select(&html, "meta[name='robots'][content*='noindex']").is_empty(), "search engines may list it");
        must(!select(&html, "meta[name='referrer'][content='no-referrer']").is_empty(), "it tells where readers come from");
        let law = select(&html, "head > meta[http-equiv='Content-Security-Policy']");
        must(law.iter().any(|law| law.attr("content").is_some_and(|law| law.contains("default-src 'none'"))), "no CSP");
        must(select(&html, "script, link, style").iter().all(|element| element.text().next().is_none()), "CSP forbids inline");
        must(select(&html, "[style], [onclick], [onload], [onerror]").is_empty(), "CSP forbids these attributes");
        must(matches!(&text_of(&html, "h1")[..], [h1] if !h1.is_empty()), "not one h1");
        must(
            text_of(&html, "a").iter().zip(select(&html, "a")).all(|(text, a)| has_accessible_name(text, a)),
            "a link that says nothing",
        );
        must(select(&html, "img:not([alt])").is_empty(), "an image that says nothing");

        let mut ids = BTreeMap::new();
        for element in select(&html, "[id]") {
            *ids.entry(element.attr("id").unwrap_or_default().to_owned()).or_default() += 1;
        }
        let mut leads = Vec::new();
        for attribute in ["href", "src", "srcset", "poster", "data", "action", "cite"] {
            for element in select(&html, &format!("[{attribute}]")) {
                leads.push((attribute, element.attr(attribute).unwrap_or_default().to_owned()));
            }
        }
        Page { ids, leads, wrong }
    }
}

fn has_accessible_name(text: &str, link: ElementRef<'_>) -> bool {
    let image = Selector::parse("img[alt]").expect("a selector");
    !text.is_empty() || link.attr("aria-label").is_some() || link.select(&image).next().is_some()
}

/// `%E5%90%8D` as the bytes it stands for.
fn decode_address(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| address_byte(tail)).flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).expect("an address in UTF-8")
}

fn address_byte(tail: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(tail.get(..2)?).ok()?, 16).ok()
}

/// The path below the site that a relative address on a page means; nothing when it leads out of the site.
fn resolve_link(page: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether an address has a scheme that an author wrote somewhere in the archive.
fn is_authored_link(address: &str, archive: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:"];
    known.iter().any(|scheme| {
        address.strip_prefix(scheme).is_some_and(|rest| {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            archive.contains(&decode_address(rest)) || (*scheme == "tel:" && digits(archive).contains(&digits(rest)))
        })
    })
}

/// What is wrong with where a page leads.
fn broken_links(at: &str, page: &Page, pages: &BTreeMap<String, Page>, files: &BTreeSet<String>, archive: &str) -> Vec<String> {
    let mut wrong = page.wrong.clone();
    wrong.extend(page.ids.iter().filter(|(_, count)| **count > 1).map(|(id, _)| format!("two of id {id}")));
    for (attribute, address) in &page.leads {
        let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
        let scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
        if scheme || address.starts_with('/') || address.contains('\\') {
            if !(*attribute == "href" && is_authored_link(address, archive)) {
                wrong.push(format!("{attribute} leads out of the site: {address}"));
            }
            continue;
        }
        let (path, anchor) = (decode_address(path), decode_address(anchor));
        let Some(target) = resolve_link(at, &path).filter(|target| files.contains(target)) else {
            wrong.push(format!("{attribute} leads nowhere: {address}"));
            continue;
        };
        if !anchor.is_empty() && !pages.get(&target).is_some_and(|page| page.ids.contains_key(&anchor)) {
            wrong.push(format!("no such place on the page: {address}"));
        }
    }
    wrong
}

fn check_edition(edition: &str) {
    let built = SampleSite::build(&["--edition", edition]);
    assert_eq!(built.code, Some(0), "{}", built.output);
    let files: BTreeSet<String> = built.files().into_iter().collect();
    let is_page = |path: &&String| path.ends_with(".html");
    let text = |path: &String| read(&built.path().join(path));
    let pages: BTreeMap<String, Page> =
        files.iter().filter(is_page).map(|path| (path.clone(), Page::read(&text(path)))).collect();
    assert!(pages.len() > 100, "{} pages", pages.len());
    let archive: String = files_below(&root().join("content"), "md").iter().map(|path| lossy(path)).collect();

    let mut wrong = BTreeMap::new();
    for (at, page) in &pages {
        let astray = broken_links(at, page, &pages, &files, &archive);
        if !astray.is_empty() {
            wrong.insert(at, astray);
        }
    }
    assert!(wrong.is_empty(), "{edition}: {wrong:#?}");
    let unreached = unreachable_files(&pages, &files);
    assert!(unreached.is_empty(), "{edition}: nothing leads from the home page to {unreached:#?}");
}

/// Some samples are written in GB18030.
fn lossy(path: &std::path::Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).expect("a readable sample")).into_owned()
}

/// Files that nobody finds who starts at the home page.
fn unreachable_files<'a>(pages: &BTreeMap<String, Page>, files: &'a BTreeSet<String>) -> Vec<&'a String> {
    let mut found = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(at) = open.pop() {
        for (_, address) in pages.get(&at).map_or(&[][..], |page| &page.leads) {
            let path = address.split('#').next().unwrap_or_default();
            if let Some(target) = resolve_link(&at, &decode_address(path)).filter(|target| files.contains(target))
                && found.insert(target.clone())
            {
                open.push(target);
            }
        }
    }
    files.iter().filter(|file| !found.contains(*file)).collect()
}

#[test]
fn every_address_of_the_full_edition_resolves() {
    check_edition("full");
}

#[test]
fn every_address_of_the_lead_edition_resolves() {
    check_edition("lead");
}

#[test]
fn every_address_of_the_plain_edition_resolves() {
    check_edition("plain");
}

#[test]
fn checker_reports_broken_links() {
    let page = Page::read("<!doctype html><a href='b.html#x'>甲</a><a href='/c'></a><p id=d>null</p><p id=d style=''>");
    let pages = BTreeMap::from([("a/a.html".to_owned(), page), ("a/b.html".to_owned(), Page::read(""))]);
    let files: BTreeSet<String> = pages.keys().cloned().collect();
    let wrong = broken_links("a/a.html", &pages["a/a.html"], &pages, &files, "");
    let expected = ["a slip: null", "no title", "no language", "no CSP", "two of id d", "CSP forbids these attributes"];
    let more = ["no such place on the page: b.html#x", "href leads out of the site: /c", "a link that says nothing"];
    for slip in expected.iter().chain(&more) {
        assert!(wrong.iter().any(|wrong| wrong == slip), "{slip}: {wrong:?}");
    }
    assert_eq!(resolve_link("a/a.html", "../%"), Some("%".to_owned()));
    assert_eq!((resolve_link("a/a.html", "../../x"), decode_address("%E5%90%8D%")), (None, "名%".to_owned()));
}
