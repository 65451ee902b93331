//! Template filters. They only format, so templates need no arithmetic.

use tera::{Kwargs, State, Tera};

/// Registers the filters with the engine.
pub(super) fn register(engine: &mut Tera) {
    engine.register_filter("day", day);
    engine.register_filter("tel", tel);
}

/// `2026-11-18` becomes `11-18`, for places where the year is in the heading. Anything else is unchanged.
fn day(date: &str, _: Kwargs, _: &State) -> String {
    match date.split_once('-') {
        Some((year, rest)) if year.len() == 4 && rest.len() == 5 => rest.to_owned(),
        _ => date.to_owned(),
    }
}

/// A telephone number as a `tel:` address: only its digits and `+`.
fn tel(number: &str, _: Kwargs, _: &State) -> String {
    let mut address = String::from("tel:");
    address.extend(number.chars().filter(|c| c.is_ascii_digit() || *c == '+'));
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_formatted() {
        let mut engine = Tera::new();
        register(&mut engine);
        let mut context = tera::Context::new();
        context.insert("date", "2026-11-18");
        context.insert("loose", "2027年一季度");
        context.insert("phone", "0573-82610377 转 5");
        let drawn = engine.render_str("{{ date | day }} {{ loose | day }} {{ phone | tel }}", &context, true);
        assert_eq!(drawn.expect("it renders"), "11-18 2027年一季度 tel:0573826103775");
    }
}
