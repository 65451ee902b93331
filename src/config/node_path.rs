//! Positions of tree nodes in the text.
//!
//! serde reports positions in errors only. So the position of a node is found by parsing the text again with a visitor
//! that fails on arrival: the parser's error then has the position, whatever style the node is written in. Used for
//! diagnostics only.

use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One step down the tree, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PathStep {
    /// To the key of a map entry; always the last step.
    Name(usize),
    /// To the value of a map entry.
    Value(usize),
    /// To an item of a list.
    Item(usize),
}

/// Byte offset of the node at `path`.
pub(super) fn find(text: &str, path: &[PathStep]) -> Option<usize> {
    let mut raw = None;
    let error = DeserializeAt { path, raw: &mut raw, stop: true }.of(text).err()?;
    Some(floor_boundary(text, error.location()?.index()))
}

/// The original text of the scalar at `path`, before it was parsed as a number.
pub(super) fn raw_text(text: &str, path: &[PathStep]) -> Option<String> {
    let mut raw = None;
    // The error does not matter: without a scalar there is no text.
    let _ = DeserializeAt { path, raw: &mut raw, stop: false }.of(text);
    raw
}

/// The parser counts bytes; an offset that is not a character boundary (never seen) is rounded down.
pub(super) fn floor_boundary(text: &str, index: usize) -> usize {
    text.floor_char_boundary(index)
}

/// End of the node that begins at `start`: of the text `written` if it is there, of a quoted text or flow collection,
/// else of the line without its comment.
pub(super) fn node_end(text: &str, start: usize, written: Option<&str>) -> usize {
    let rest = &text[start..];
    if let Some(written) = written.filter(|written| !written.is_empty() && rest.starts_with(written)) {
        return start + written.len();
    }
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let closed = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line[1..].find(quote).map(|at| at + 2),
        Some('[' | '{') => {
            let mut depth = 0_i32;
            line.char_indices()
                .find(|&(_, c)| {
                    depth += i32::from(matches!(c, '[' | '{')) - i32::from(matches!(c, ']' | '}'));
                    depth == 0
                })
                .map(|(at, c)| at + c.len_utf8())
        }
        _ => None,
    };
    let plain = || line.find(" #").map_or(line, |at| &line[..at]).trim_end().len();
    start + closed.unwrap_or_else(plain)
}

struct DeserializeAt<'a> {
    path: &'a [PathStep],
    raw: &'a mut Option<String>,
    stop: bool,
}

impl DeserializeAt<'_> {
    fn of(self, text: &str) -> Result<(), serde_yaml::Error> {
        serde::de::DeserializeSeed::deserialize(self, serde_yaml::Deserializer::from_str(text))
    }
}

impl<'de> serde::de::DeserializeSeed<'de> for DeserializeAt<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match (self.path.is_empty(), self.stop) {
            (true, true) => deserializer.deserialize_any(RejectingVisitor),
            (true, false) => deserializer.deserialize_str(RawScalar(self.raw)),
            (false, _) => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for DeserializeAt<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the tree that was read a moment ago")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let Some((&PathStep::Item(wanted), path)) = self.path.split_first() else { return Err(A::Error::custom("no list")) };
        for _ in 0..wanted {
            access.next_element::<IgnoredAny>()?;
        }
        access.next_element_seed(DeserializeAt { path, raw: self.raw, stop: self.stop })?;
        while access.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<(), A::Error> {
        let (wanted, name, path) = match self.path.split_first() {
            Some((&PathStep::Value(wanted), path)) => (wanted, false, path),
            Some((&PathStep::Name(wanted), path)) => (wanted, true, path),
            _ => return Err(A::Error::custom("no map")),
        };
        for _ in 0..wanted {
            access.next_entry::<IgnoredAny, IgnoredAny>()?;
        }
        if name {
            access.next_key_seed(DeserializeAt { path, raw: self.raw, stop: self.stop })?;
        } else {
            access.next_key::<IgnoredAny>()?;
            access.next_value_seed(DeserializeAt { path, raw: self.raw, stop: self.stop })?;
        }
        while access.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// Rejects every value, so that the parser reports its position.
struct RejectingVisitor;

impl Visitor<'_> for RejectingVisitor {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing")
    }
}

struct RawScalar<'a>(&'a mut Option<String>);

impl Visitor<'_> for RawScalar<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a scalar")
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        *self.0 = Some(value.to_owned());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# 客户档案的总设置\ncompany: 远川自动化\nlevels: {核心: {cycle: 三十, key: 是}, 一般: {cycle: 0120}}\nholidays:\n  off:\n  - 2026-12-31\n  - \"除夕\" # 放假\n";

    fn part(path: &[PathStep], written: Option<&str>) -> &'static str {
        let start = find(TEXT, path).expect("is there");
        &TEXT[start..node_end(TEXT, start, written)]
    }

    #[test]
    fn nodes_have_spans() {
        use PathStep::*;
        assert_eq!(part(&[Name(0)], Some("company")), "company");
        assert_eq!(part(&[Value(0)], Some("远川自动化")), "远川自动化");
        assert_eq!(part(&[Value(1), Value(0), Value(0)], Some("三十")), "三十");
        assert_eq!(part(&[Value(1), Name(1)], Some("一般")), "一般");
        assert_eq!(part(&[Value(1), Value(1)], None), "{cycle: 0120}");
        assert_eq!(part(&[Value(2), Value(0), Item(0)], None), "2026-12-31");
        assert_eq!(part(&[Value(2), Value(0), Item(1)], Some("除夕")), "\"除夕\"");
        assert_eq!(part(&[Name(2)], None), "holidays:");
        assert_eq!(find(TEXT, &[Value(0), Item(3)]), find(TEXT, &[Value(0)]), "as near as there is");
    }

    #[test]
    fn number_text_is_kept() {
        assert_eq!(raw_text(TEXT, &[PathStep::Value(1), PathStep::Value(1), PathStep::Value(0)]).as_deref(), Some("0120"));
        assert_eq!(raw_text("short: 1.50", &[PathStep::Value(0)]).as_deref(), Some("1.50"));
        assert_eq!(raw_text(TEXT, &[PathStep::Value(1)]), None);
    }
}
