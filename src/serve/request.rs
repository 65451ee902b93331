//! Parses request targets: a decoded path of the site and query values.

use percent_encoding::percent_decode_str;

/// The page of a folder.
const INDEX: &str = "index.html";

/// The path of the site that a request names, components joined by `/`; `None` for paths no site has: invalid
/// percent-encoding or UTF-8, `..`, or characters that are special on some system (`\`, `:`, an encoded `/`, control
/// characters).
pub(super) fn path(raw: &str) -> Option<String> {
    let mut path = String::with_capacity(raw.len() + INDEX.len());
    let mut parts = raw.strip_prefix('/')?.split('/').peekable();
    while let Some(raw) = parts.next() {
        if raw.is_empty() && parts.peek().is_none() {
            path.push_str(INDEX);
            break;
        }
        let part = decoded(raw)?;
        if matches!(&*part, "" | "." | "..") || part.contains(['/', '\\', ':']) || part.contains(char::is_control) {
            return None;
        }
        path.push_str(&part);
        if parts.peek().is_some() {
            path.push('/');
        }
    }
    Some(path)
}

/// The decoded value of `name` in a query.
pub(super) fn value(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    let (_, raw) = pairs.into_iter().find(|(key, _)| *key == name)?;
    // Browsers write a space as `+` in a query, and a plus as `%2B`.
    decoded(&raw.replace('+', " "))
}

fn decoded(raw: &str) -> Option<String> {
    let is_broken = |rest: &str| !rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if raw.split('%').skip(1).any(is_broken) {
        return None;
    }
    percent_decode_str(raw).decode_utf8().ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn path_is_decoded_once() {
        let cases = [
            ("/", "index.html"),
            ("/customers/", "customers/index.html"),
            ("/%E5%AE%A2%E6%88%B7/a%20b.html", "客户/a b.html"),
            ("/客户/a.html", "客户/a.html"),
            ("/%2541.html", "%41.html"),
            ("/a+b.html", "a+b.html"),
        ];
        for (raw, expected) in cases {
            assert_eq!(path(raw).as_deref(), Some(expected), "{raw}");
        }
    }

    #[test]
    fn traversal_is_rejected() {
        let cases = [
            "",
            "a",
            "//",
            "//a",
            "/a//b",
            "/.",
            "/..",
            "/../a",
            "/a/../b",
            "/a/./b",
            "/%2e%2e/a",
            "/%2E/a",
            "/.%2e/a",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/c:",
            "/c%3a/x",
            "/a%00",
            "/a%0a",
            "/%7f",
            "/%c2%85",
            "/%ff",
            "/%c0%ae%c0%ae/a",
            "/%",
            "/%4",
            "/%zz",
            "/a%u0041",
            "http://a/",
            "*",
        ];
        for raw in cases {
            assert_eq!(path(raw), None, "{raw}");
        }
    }

    #[test]
    fn query_value_by_name() {
        let query = Some("seen=41&page=customers%2Fdl%2Findex.html&x=a+b%2Bc&y");
        assert_eq!(value(query, "seen").as_deref(), Some("41"));
        assert_eq!(value(query, "page").as_deref(), Some("customers/dl/index.html"));
        assert_eq!(value(query, "x").as_deref(), Some("a b+c"));
        assert_eq!(value(query, "y"), None);
        assert_eq!(value(query, "pag"), None);
        assert_eq!(value(None, "seen"), None);
    }

    /// Fragments of attack paths, and letters.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::sample::select(vec![
                "/",
                "//",
                ".",
                "..",
                "%2e",
                "%2E%2e",
                "%2f",
                "%5c",
                "\\",
                "%00",
                "%25",
                "%",
                "%c0%af",
                ":",
                "客户",
                "index.html",
                "a",
                "\u{202e}",
                "%e5%ae%a2",
                "%u002e",
                ";",
                "?",
                "#",
                "~",
                "CON",
                " ",
            ])
            .prop_map(str::to_owned),
            "\\PC{0,3}",
            any::<char>().prop_map(String::from),
        ]
    }

    proptest! {
        #![proptest_config(crate::testing::cases(4096))]

        #[test]
        fn paths_never_leave_the_site(pieces in proptest::collection::vec(piece(), 0..12)) {
            let raw = pieces.concat();
            for raw in [raw.clone(), format!("/{raw}")] {
                let Some(path) = path(&raw) else { continue };
                prop_assert!(!path.starts_with('/') && !path.ends_with('/'), "{path}");
                prop_assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")), "{path}");
                prop_assert!(!path.contains(['\\', ':', '\0']) && !path.contains(char::is_control), "{path}");
                let components = std::path::Path::new(&path).components();
                prop_assert!(components.into_iter().all(|part| matches!(part, std::path::Component::Normal(_))), "{path}");
            }
        }

        #[test]
        fn site_names_round_trip(parts in proptest::collection::vec("[^/\\\\:\\p{Cc}]{1,6}", 1..4)) {
            prop_assume!(parts.iter().all(|part| part != "." && part != ".."));
            let encoded: Vec<String> = parts.iter().map(|part| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string()).collect();
            prop_assert_eq!(path(&format!("/{}", encoded.join("/"))), Some(parts.join("/")));
        }
    }
}
