//! Filters: formatting only, so that a template needs no arithmetic. Names and texts are most of what a site consists of, so what
//! makes links of them is no template's work either.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::text::escape;
use crate::words::Words;

/// Gives the engine its filters, in the language of `words`.
pub(super) fn register(engine: &mut Tera, words: &Words) {
    let comma: Arc<str> = words.get("ui.comma").into();
    engine.register_filter("day", day);
    engine.register_filter("tel", tel);
    engine.register_filter("link", |of: &Value, _: Kwargs, _: &State| linked(of, ""));
    engine.register_filter("names", move |of: &Value, _: Kwargs, _: &State| linked(of, &comma));
}

/// Links as HTML: one, or a list of them with `between` in between; what leads nowhere is its text, and a text is text.
fn linked(of: &Value, between: &str) -> TeraResult<Value> {
    let mut html = String::with_capacity(160);
    put(&mut html, of, between)?;
    Ok(Value::safe_string(&html))
}

fn put(html: &mut String, of: &Value, between: &str) -> TeraResult<()> {
    if let Some(text) = of.as_str() {
        escape(html, text);
        return Ok(());
    }
    if let Some(list) = of.as_array() {
        for (at, one) in list.iter().enumerate() {
            if at > 0 {
                html.push_str(between);
            }
            put(html, one, "")?;
        }
        return Ok(());
    }
    let (mut text, mut href) = (None, None);
    for (key, value) in of.as_map().into_iter().flatten() {
        match key.as_str() {
            Some("text") => text = value.as_str(),
            Some("href") => href = value.as_str(),
            _ => {}
        }
    }
    let Some(text) = text else {
        return Err(Error::message(format!("a link has `text` and `href`, this is {}", of.name())));
    };
    if let Some(href) = href {
        html.push_str("<a href=\"");
        escape(html, href);
        html.push_str("\">");
    }
    escape(html, text);
    if href.is_some() {
        html.push_str("</a>");
    }
    Ok(())
}

/// `2026-11-18` becomes `11-18`: for places where the year is in the heading. Anything else stays as it is.
fn day(date: &str, _: Kwargs, _: &State) -> String {
    match date.split_once('-') {
        Some((year, rest)) if year.len() == 4 && rest.len() == 5 => rest.to_owned(),
        _ => date.to_owned(),
    }
}

/// The address that dials a telephone number as it was written: `tel:` and its digits, `+` and extension marks.
fn tel(number: &str, _: Kwargs, _: &State) -> String {
    let mut address = String::from("tel:");
    address.extend(number.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
    address
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_day_and_a_number_are_formatted() {
        let mut engine = Tera::new();
        register(&mut engine, Words::of(Lang::Zh));
        let mut context = tera::Context::new();
        context.insert("date", "2026-11-18");
        context.insert("loose", "2027年一季度");
        context.insert("phone", "0573-82610377 转 5");
        let drawn = engine.render_str("{{ date | day }} {{ loose | day }} {{ phone | tel }}", &context, true);
        assert_eq!(drawn.expect("it draws"), "11-18 2027年一季度 tel:0573826103775");
    }

    #[test]
    fn a_link_is_written_as_one_and_never_as_what_it_says() {
        let mut engine = Tera::new();
        register(&mut engine, Words::of(Lang::Zh));
        let link = |text: &'static str, href: Option<&'static str>| BTreeMap::from([("text", Some(text)), ("href", href)]);
        let mut context = tera::Context::new();
        context.insert("one", &link("张伟 & 子", Some("a.html#\"><b>")));
        context.insert("all", &[link("张伟", Some("zw.html")), link("李<强>", None)]);
        context.insert("text", "<script>");
        let drawn = |template| engine.render_str(template, &context, true);
        assert_eq!(
            drawn("{{ one | link }} {{ all | names }} {{ all | link }} {{ text | link }}").expect("it draws"),
            "<a href=\"a.html#&quot;&gt;&lt;b&gt;\">张伟 &amp; 子</a> <a href=\"zw.html\">张伟</a>、李&lt;强&gt; \
             <a href=\"zw.html\">张伟</a>李&lt;强&gt; &lt;script&gt;"
        );
        assert!(drawn("{{ 3 | link }}").is_err(), "a number is no link");
    }
}
