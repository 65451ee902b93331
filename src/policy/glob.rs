//! Patterns of paths that are none of ours (`ignore:`).

/// Whether `path` (archive path, `/` between parts) or a folder it lies in matches `pattern`.
///
/// `*` stands for any run of characters of one part, `**` for any run of parts, `?` for one character. A pattern without a
/// `/` is about a name in any folder; one with is about the path from the archive's root. Letter case matters as little as
/// it does on Windows.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let anchored = pattern.trim_end_matches('/').contains('/');
    let pattern: Vec<Vec<char>> = pattern.trim_matches('/').split('/').map(folded).collect();
    let path: Vec<Vec<char>> = path.split('/').map(folded).collect();
    (1..=path.len()).any(|depth| {
        let head = &path[..depth];
        if anchored { parts(&pattern, head) } else { part(&pattern[0], &head[depth - 1]) }
    })
}

fn folded(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn parts(pattern: &[Vec<char>], path: &[Vec<char>]) -> bool {
    match pattern.split_first() {
        None => path.is_empty(),
        Some((first, rest)) if *first == ['*', '*'] => (0..=path.len()).any(|skipped| parts(rest, &path[skipped..])),
        Some((first, rest)) => path.split_first().is_some_and(|(head, tail)| part(first, head) && parts(rest, tail)),
    }
}

/// One part. The last `*` seen is the only one that has to be tried again, so a pattern of many costs no more than the
/// product of both lengths.
fn part(pattern: &[char], text: &[char]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && (pattern[p] == '?' || (pattern[p] == text[t] && pattern[p] != '*')) {
            (p, t) = (p + 1, t + 1);
        } else if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, t));
            p += 1;
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            (p, t) = (at + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_without_a_slash_is_about_a_name_anywhere() {
        assert!(matches("*.tmp.md", "customers/hd/草稿.tmp.md"));
        assert!(matches("草稿*", "客户/华东院/草稿-周岚.md"));
        assert!(matches("草稿", "客户/华东院/草稿/一.md"), "a folder takes all that lies in it along");
        assert!(matches("草稿/", "客户/华东院/草稿/一.md"));
        assert!(matches("?稿.md", "草稿.md"));
        assert!(!matches("?稿.md", "初草稿.md"));
        assert!(!matches("草稿", "客户/华东院/草稿2/一.md"));
        assert!(matches("*.MD", "a/b.md"));
    }

    #[test]
    fn a_pattern_with_a_slash_is_about_the_path() {
        assert!(matches("客户/*/草稿", "客户/华东院/草稿/一.md"));
        assert!(!matches("客户/*/草稿", "客户/华东院/拜访/草稿/一.md"));
        assert!(matches("客户/**/草稿", "客户/华东院/拜访/草稿/一.md"));
        assert!(matches("**/旧/**", "客户/华东院/旧/一.md"));
        assert!(matches("/pages/x.md", "pages/x.md"));
        assert!(!matches("/x.md", "pages/x.md"), "from the root");
        assert!(matches("a/**", "a/b"));
    }

    #[test]
    fn many_stars_cost_little() {
        let path = "a".repeat(200);
        assert!(!matches(&"*a".repeat(60).replace("aa", "a"), &format!("{path}b")));
    }
}
