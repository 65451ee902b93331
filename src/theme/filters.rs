//! Filters: formatting only, so that a template needs no arithmetic.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::text::escape;
use crate::words::Words;

/// Gives the engine its filters, in the language of `words`.
pub(super) fn register(engine: &mut Tera, words: &Words) {
    let comma: Arc<str> = words.get("ui.comma").into();
    engine.register_filter("day", day);
    engine.register_filter("tel", tel);
    engine.register_filter("names", move |list: &Value, _: Kwargs, _: &State| names(list, &comma));
}

/// Links in a row. What is finished stays as it is, anything else is text.
fn names(list: &Value, comma: &str) -> TeraResult<Value> {
    let Some(list) = list.as_array() else {
        return Err(Error::message(format!("`names` wants a list of links, this is {}", list.name())));
    };
    if let [one] = list
        && one.is_safe()
    {
        return Ok(one.clone());
    }
    let mut html = String::with_capacity(80 * list.len());
    for (at, one) in list.iter().enumerate() {
        if at > 0 {
            html.push_str(comma);
        }
        let Some(text) = one.as_str() else {
            return Err(Error::message(format!("`names` wants links, one of these is {}", one.name())));
        };
        if one.is_safe() {
            html.push_str(text);
        } else {
            escape(&mut html, text);
        }
    }
    Ok(Value::safe_string(&html))
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
    fn links_stand_in_a_row_and_a_text_among_them_is_text() {
        let mut engine = Tera::new();
        register(&mut engine, Words::of(Lang::Zh));
        let mut context = tera::Context::new();
        let link = Value::safe_string("<a href=\"zw.html\">张伟</a>");
        context.insert_value("one", Value::from(vec![link.clone()]));
        context.insert_value("all", Value::from(vec![link, Value::from("李<强>")]));
        context.insert("nobody", &Vec::<String>::new());
        let drawn = |template| engine.render_str(template, &context, true);
        assert_eq!(
            drawn("{{ one | names }} {{ all | names }} {{ nobody | names }}").expect("it draws"),
            "<a href=\"zw.html\">张伟</a> <a href=\"zw.html\">张伟</a>、李&lt;强&gt; "
        );
        assert!(drawn("{{ 3 | names }}").is_err(), "a number is no list");
    }
}
