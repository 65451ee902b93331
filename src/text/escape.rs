//! Text inside HTML.

use std::io::{self, Write};

/// Adds text so that it is text again when read, in content as in a quoted attribute.
pub fn escape(out: &mut String, text: &str) {
    pieces(text, |piece| out.push_str(piece));
}

/// Writes text as [`escape`] does.
///
/// # Errors
///
/// What the writer says.
pub fn escape_to(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut written = Ok(());
    pieces(text, |piece| {
        if written.is_ok() {
            written = out.write_all(piece.as_bytes());
        }
    });
    written
}

/// Hands on the text piece by piece, in order: stretches of it that mean nothing in HTML, and what stands for the signs between.
#[inline]
fn pieces(text: &str, mut put: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if let Some(eight) = bytes[at..].first_chunk() {
            if none_special(*eight) {
                at += 8;
                continue;
            }
        } else if let Some(eight) = bytes.last_chunk()
            && none_special(*eight)
        {
            // The rest, and some of what was looked at before.
            break;
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
        if from < at {
            put(&text[from..at]);
        }
        put(entity);
        at += 1;
        from = at;
    }
    put(&text[from..]);
}

/// Whether no sign that means something in HTML is among eight bytes, all looked at together: bytes below a space, `"` and `&`,
/// which differ in one bit, and `<` and `>`, which do so, too. Eight bytes with a tab or a line end are looked at one by one.
fn none_special(eight: [u8; 8]) -> bool {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    // The highest bit of a byte is set where that byte is smaller: there the subtraction borrows. A borrow may reach the byte
    // above, too, which makes no difference to whether there is one.
    const fn smaller(bytes: u64, than: u8) -> u64 {
        bytes.wrapping_sub(all(than)) & !bytes
    }
    let bytes = u64::from_ne_bytes(eight);
    // Nothing but Chinese, as mostly.
    if bytes & all(0x80) == all(0x80) {
        return true;
    }
    let angle = (bytes | all(b'<' ^ b'>')) ^ all(b'>');
    let quote = (bytes | all(b'"' ^ b'&')) ^ all(b'&');
    (smaller(angle, 1) | smaller(quote, 1) | smaller(bytes, b' ')) & all(0x80) == 0
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
                let mut written = Vec::new();
                escape_to(&format!("{head}{sign}{tail}"), &mut written).expect("memory takes everything");
                assert_eq!(written, found.as_bytes());
                assert_eq!(found, format!("{head}{alone}{tail}"), "{sign:?} after {head}");
            }
        }
    }

    #[test]
    fn eight_bytes_are_judged_as_each_of_them() {
        let means = |byte: u8| byte < b' ' || b"\"&<>".contains(&byte);
        for byte in 0..=255_u8 {
            for at in 0..8 {
                for other in [b'0', b'z', b'-', 0xe5, 0xff, 0x80, b'!', b'=', b'$', b' '] {
                    let mut eight = [other; 8];
                    eight[at] = byte;
                    assert_eq!(none_special(eight), !means(byte), "{byte:#x} among {other:#x}");
                }
            }
        }
    }
}
