//! Text inside HTML.

/// Adds text so that it is text again when read, in content as in a quoted attribute.
pub fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            // A lone one would be read as a line end, and a NUL as a replacement.
            b'\r' => "",
            b'\0' => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
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
}
