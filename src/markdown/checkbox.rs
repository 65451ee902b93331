//! Checkboxes as typed on a Chinese keyboard.

/// Parses the checkbox at the start of an item's text: whether it is ticked, and its length in bytes.
///
/// Besides Markdown's `[ ]` and `[x]`, which need a following space, this accepts `【 】`, `［x］`, `[]`, `[x]补寄样本` without
/// space, and the characters ☐ □ ☑ ✅ of other programs. `[√]` is ticked; `[×]` may mean the opposite and is text.
pub fn parse_checkbox(text: &str) -> Option<(bool, usize)> {
    let mut chars = text.char_indices();
    match chars.next()?.1 {
        c @ ('☐' | '□') => return Some((false, c.len_utf8())),
        c @ ('☑' | '✅') => return Some((true, c.len_utf8())),
        '[' | '［' | '【' => {}
        _ => return None,
    }
    let mut ticked = false;
    for (at, c) in chars {
        match c {
            ' ' | '\t' | '\u{3000}' => {}
            'x' | 'X' | 'ｘ' | 'Ｘ' | '√' | '✓' | '✔' if !ticked => ticked = true,
            ']' | '］' | '】' => return Some((ticked, at + c.len_utf8())),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkbox_variants_are_recognized() {
        for (text, found) in [
            ("[ ] 甲", Some((false, 3))),
            ("[X] 甲", Some((true, 3))),
            ("[]甲", Some((false, 2))),
            ("【 】甲", Some((false, 7))),
            ("【x】甲", Some((true, 7))),
            ("［√］甲", Some((true, 9))),
            ("☑ 甲", Some((true, 3))),
            ("【重要】甲", None),
            ("[×] 甲", None),
            ("[xx] 甲", None),
            ("甲[x]", None),
            ("[", None),
        ] {
            assert_eq!(parse_checkbox(text), found, "{text}");
        }
    }
}
