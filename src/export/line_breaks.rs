//! Estimates line breaks of text in a cell, without fonts; never underestimates the number of lines.

use std::ops::Range;

/// Characters that cannot begin a line.
const NO_LINE_START: &str = "，。；：、！？）》」』】〕”’％…,.;:!?)]}%";
/// Characters that cannot end a line.
const NO_LINE_END: &str = "（《「『【〔“‘([{";

/// The lines of a text as ranges. `room`: width in half Han characters.
pub(super) fn lines(text: &str, room: f64) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for line in text.split('\n') {
        wrap(line, begin, room, &mut lines);
        begin += line.len() + 1;
    }
    lines
}

fn wrap(line: &str, begin: usize, room: f64, lines: &mut Vec<Range<usize>>) {
    let (mut start, mut long) = (0, 0.0);
    for unit in units(line, room) {
        let wide: f64 = line[unit.clone()].chars().map(width).sum();
        if long > 0.0 && long + wide > room {
            lines.push(begin + start..begin + unit.start);
            (start, long) = (unit.start, 0.0);
        }
        long += wide;
    }
    lines.push(begin + start..begin + line.len());
}

/// Unbreakable units: a Han character with its punctuation; a word or number, unless it is wider than the line.
fn units(line: &str, room: f64) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut before: Option<char> = None;
    let mut wide = 0.0;
    for (at, c) in line.char_indices() {
        let is_word = |c: char| c.is_ascii() && c != ' ';
        let clings =
            before.is_some_and(|last| NO_LINE_START.contains(c) || NO_LINE_END.contains(last) || (is_word(last) && is_word(c)));
        wide = if clings { wide + width(c) } else { width(c) };
        match units.last_mut() {
            Some(unit) if clings && wide <= room => unit.end = at + c.len_utf8(),
            _ => {
                units.push(at..at + c.len_utf8());
                wide = width(c);
            }
        }
        before = Some(c);
    }
    units
}

/// Maximum width of a character in the fonts that may replace 宋体, in half Han characters.
fn width(c: char) -> f64 {
    match c {
        'A'..='Z' | 'm' | 'w' | '@' | '%' | '&' => 1.35,
        c if c.is_ascii() => 1.1,
        _ => 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, room: f64) -> Vec<&str> {
        lines(text, room).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn punctuation_and_words_do_not_break() {
        assert_eq!(cut("装置技术协议逐条过了。余下", 20.0), ["装置技术协议逐条过", "了。余下"]);
        assert_eq!(cut("同意了（月内）评审", 8.0), ["同意了", "（月内）", "评审"]);
        assert_eq!(cut("用 PROFINET 通信", 12.0), ["用 ", "PROFINET ", "通信"]);
        assert_eq!(cut("", 10.0), [""]);
        assert_eq!(cut("一\n\n二", 10.0), ["一", "", "二"]);
    }

    #[test]
    fn overlong_words_break_without_loss() {
        assert_eq!(cut("0573826100001234567", 5.5), ["05738", "26100", "00123", "4567"]);
        for text in ["。。。。。。。。。。", "（（（（（（（（", "装置abcdefghijklmnop技术，协议"] {
            assert_eq!(cut(text, 4.0).concat(), text);
            assert!(cut(text, 4.0).iter().all(|line| line.chars().map(width).sum::<f64>() <= 4.0), "{text}");
        }
    }
}
