//! Text inside HTML.

/// Adds text so that it is text again when read, in content as in a quoted attribute.
pub fn escape(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if let Some(eight) = bytes.get(at..at + 8)
            && are_letters(eight)
        {
            at += 8;
            continue;
        }
        let entity = match bytes[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // A lone one would be read as a line end, and a NUL as a replacement.
            b'\r' => "",
            b'\0' => "\u{FFFD}",
            _ => {
                at += 1;
                continue;
            }
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        at += 1;
        from = at;
    }
    out.push_str(&text[from..]);
}

/// Whether eight bytes are letters or Chinese, none of which means anything in HTML: all signs that do are below `@`.
fn are_letters(eight: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let Ok(eight) = eight.try_into().map(u64::from_ne_bytes) else { return false };
    (eight | eight << 1) & HIGH == HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_html_is_text_again_when_read() {
        let mut out = String::from("—");
        escape(&mut out, "张伟 <img src=\"x\"> & 子\r\n\0");
        assert_eq!(out, "—张伟 &lt;img src=&quot;x&quot;&gt; &amp; 子\n\u{FFFD}");
    }

    #[test]
    fn a_sign_is_found_wherever_it_stands() {
        for sign in ["&", "<", ">", "\"", "\r", "\0"] {
            for before in 0..20 {
                let (head, tail) = ("市".repeat(before / 3) + &"Z"[..before.min(1)], "政水务集团有限公司".repeat(2));
                let (mut found, mut alone) = (String::new(), String::new());
                escape(&mut found, &format!("{head}{sign}{tail}"));
                escape(&mut alone, sign);
                assert_eq!(found, format!("{head}{alone}{tail}"), "{sign:?} after {head}");
            }
        }
    }
}
