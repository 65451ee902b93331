//! Format for people: a summary line, the source line with the range underlined, and help.
//!
//! ```text
//! content/customers/c00001/visits/2026-11-20.md:3:11: warning[unfiled-person]: “拜访对象”里的“李玮”还没有关键人物档案
//!   3 │ visited: [李玮, 王建国]
//!     │           ^^^^
//!     = 帮助：是否想写：李伟
//! ```

mod window;

use std::ops::Range;

use anstyle::{AnsiColor, Color, Style};

use self::window::LineWindow;
use super::notice::{ResolvedSpan, one_line};
use super::{Notice, Severity, SourceLookup, short};
use crate::i18n::{Catalog, Message};
use crate::text::Lines;

/// Terminal styles; empty without colour.
struct Styles {
    place: Style,
    gutter: Style,
    severity: Style,
    label: Style,
}

impl Styles {
    fn new(severity: Severity, color: bool) -> Self {
        if !color {
            let none = Style::new();
            return Styles { place: none, gutter: none, severity: none, label: none };
        }
        let ink = |color: AnsiColor| Style::new().fg_color(Some(Color::Ansi(color)));
        let severity = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Info => AnsiColor::Cyan,
        };
        Styles {
            place: Style::new().bold(),
            gutter: ink(AnsiColor::Blue),
            severity: ink(severity).bold(),
            label: ink(AnsiColor::Blue),
        }
    }
}

/// An underlined range of a line.
struct Underline {
    line: usize,
    /// Byte range in the line.
    range: Range<usize>,
    sign: &'static str,
    say: String,
}

/// Renders a notice with its source line.
pub(super) fn render(notice: &Notice, sources: &dyn SourceLookup, words: &Catalog, color: bool) -> String {
    let paint = Styles::new(notice.severity, color);
    let spot = notice.span.and_then(|span| ResolvedSpan::resolve(span, sources));
    let message = words.format(&notice.message);
    let mut out = String::new();
    if let Some(spot) = &spot {
        push_line(&mut out, paint.place, &short::location(spot));
        out.push_str(": ");
    }
    push_line(&mut out, paint.severity, &format!("{}[{}]", notice.word, notice.code));
    out.push_str(": ");
    push_line(&mut out, paint.place, &one_line(&message));
    out.push('\n');

    let mut elsewhere = Vec::new();
    let mut marks = Vec::new();
    if let Some(spot) = &spot {
        marks = collect_underlines(notice, spot, sources, words, &mut elsewhere);
    } else {
        elsewhere.extend(notice.labels.iter().filter_map(|(span, say)| Some((ResolvedSpan::resolve(*span, sources)?, say))));
    }
    let digits = marks.iter().map(|mark| mark.line.to_string().len()).max().unwrap_or(0).max(3);
    if let Some(spot) = &spot {
        render_snippets(&mut out, spot, &marks, digits, &paint);
    }
    for (spot, say) in elsewhere {
        let line = format!("{:digits$} → {}: {}\n", "", short::location(&spot), one_line(&words.format(say)));
        push_line(&mut out, paint.label, line.trim_end());
        out.push('\n');
    }
    for say in &notice.help {
        let text = words.format(&Message::new("frame.help").with("text", words.format(say)));
        for (index, line) in text.lines().enumerate() {
            push_line(&mut out, paint.gutter, &format!("{:digits$} {}", "", if index == 0 { "=" } else { " " }));
            out.push(' ');
            out.push_str(&one_line(line));
            out.push('\n');
        }
    }
    out
}

fn push_line(out: &mut String, style: Style, text: &str) {
    out.push_str(&format!("{style}{text}{style:#}"));
}

/// Collects the underlined ranges in the notice's file, its own first; labels in other files go to `elsewhere`.
fn collect_underlines<'n>(
    notice: &'n Notice,
    spot: &ResolvedSpan,
    sources: &dyn SourceLookup,
    words: &Catalog,
    elsewhere: &mut Vec<(ResolvedSpan, &'n Message)>,
) -> Vec<Underline> {
    let lines = Lines::new(&spot.text);
    let mut marks = vec![mark(&lines, spot, "^", String::new())];
    for (span, say) in &notice.labels {
        let Some(other) = ResolvedSpan::resolve(*span, sources) else { continue };
        let said = one_line(&words.format(say)).into_owned();
        if notice.span.is_some_and(|own| own.file != span.file) {
            elsewhere.push((other, say));
        } else if other.range == spot.range && marks[0].say.is_empty() {
            marks[0].say = said;
        } else {
            marks.push(mark(&lines, &other, "-", said));
        }
    }
    // The notice's own line first, then the others in order; ranges of one line together.
    if let Some((first, rest)) = marks.split_first_mut() {
        let line = first.line;
        rest.sort_by_key(|mark| (mark.line != line, mark.line, mark.range.start));
    }
    marks
}

/// Underlines the part of a span that is on its first line.
fn mark(lines: &Lines<'_>, spot: &ResolvedSpan, sign: &'static str, say: String) -> Underline {
    let line = spot.start.line;
    let text = lines.line(line);
    let start = text.char_indices().nth(spot.start.column - 1).map_or(text.len(), |(at, _)| at);
    let end = if spot.end.line > line { text.len() } else { (start + spot.range.len()).min(text.len()) };
    Underline { line, range: start..end.max(start), sign, say }
}

fn render_snippets(out: &mut String, spot: &ResolvedSpan, marks: &[Underline], digits: usize, paint: &Styles) {
    let lines = Lines::new(&spot.text);
    let mut shown: Option<(usize, LineWindow)> = None;
    for mark in marks {
        let fits = shown.as_ref().is_some_and(|(line, window)| *line == mark.line && window.contains(&mark.range));
        if !fits {
            let window = LineWindow::new(lines.line(mark.line), &mark.range);
            push_line(out, paint.gutter, &format!("{:>digits$} │", mark.line));
            if !window.text.is_empty() {
                out.push(' ');
                out.push_str(&window.text);
            }
            out.push('\n');
            shown = Some((mark.line, window));
        }
        let Some((_, window)) = &shown else { continue };
        let (from, to) = window.columns(&mark.range);
        push_line(out, paint.gutter, &format!("{:digits$} │", ""));
        out.push_str(&" ".repeat(from + 1));
        let under = mark.sign.repeat((to - from).max(1));
        let style = if mark.sign == "^" { paint.severity } else { paint.label };
        push_line(out, style, &if mark.say.is_empty() { under } else { format!("{under} {}", mark.say) });
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::testing::TestSource;
    use crate::diag::{Format, render};
    use crate::i18n::{Catalog, Lang, Message};
    use crate::text::{FileId, Span};

    #[test]
    fn underline_uses_display_width() {
        let world = TestSource::new("拜访.md", "---\n日期: 2026-11-20\n---\nto: [«李玮», 王建国]\n");
        let mut notice = world.notice();
        notice.labels.push((world.span, Message::new("找不到这个人")));
        notice.help.push(Message::new("help.image-inside"));
        assert_eq!(
            world.draw(&notice, Format::Human),
            "拜访.md:4:6: error[broken-link]: 链接指向的“报价.pdf”不存在\n\
             \x20 4 │ to: [李玮, 王建国]\n\
             \x20   │      ^^^^ 找不到这个人\n\
             \x20   = 帮助：把图片放到记录旁边，再写 ![说明](图.jpg)\n"
        );
    }

    #[test]
    fn labels_point_at_their_spans() {
        let world = TestSource::new("客户.md", "负责人: 周岚\r\n级别: 核心\r\n负责人: «何俊»、周岚\r\n");
        let mut notice = world.notice();
        notice.labels = vec![
            (Span::new(FileId(7), 0, 1), Message::new("读不到")),
            (world.find("级别"), Message::new("在中间")),
            (world.find("周岚"), Message::new("先写在这里")),
            (world.find("、"), Message::new("同一行")),
        ];
        assert_eq!(
            world.draw(&notice, Format::Human),
            "客户.md:3:6: error[broken-link]: 链接指向的“报价.pdf”不存在\n\
             \x20 3 │ 负责人: 何俊、周岚\n\
             \x20   │         ^^^^\n\
             \x20   │             -- 同一行\n\
             \x20 1 │ 负责人: 周岚\n\
             \x20   │         ---- 先写在这里\n\
             \x20 2 │ 级别: 核心\n\
             \x20   │ ---- 在中间\n"
        );
    }

    #[test]
    fn tabs_controls_and_line_ends() {
        let world = TestSource::new("a.md", "\t甲\u{1b}«乙\n丙»");
        let drawn = world.draw(&world.notice(), Format::Human);
        assert!(drawn.ends_with("\n  1 │     甲␛乙\n    │        ^^\n"), "{drawn}");
        let world = TestSource::new("a.md", "甲乙«»\n");
        assert!(world.draw(&world.notice(), Format::Human).ends_with("  1 │ 甲乙\n    │     ^\n"));
        let world = TestSource::new("a.md", "«»");
        assert!(world.draw(&world.notice(), Format::Human).ends_with("  1 │\n    │ ^\n"));
    }

    #[test]
    fn first_line_equals_short_format() {
        let world = TestSource::new("a.md", "甲«乙»");
        let human = world.draw(&world.notice(), Format::Human);
        assert_eq!(human.lines().next(), world.draw(&world.notice(), Format::Short).lines().next());
    }

    #[test]
    fn colors_only_on_request() {
        let world = TestSource::new("a.md", "甲«乙»");
        let plain = render(&world.notice(), Format::Human, &world, Catalog::of(Lang::Zh), false);
        assert!(!plain.contains('\u{1b}'));
        let colored = render(&world.notice(), Format::Human, &world, Catalog::of(Lang::En), true);
        assert!(colored.contains("\u{1b}[1m\u{1b}[31merror[broken-link]\u{1b}[0m"), "{colored:?}");
    }

    #[test]
    fn spans_beyond_the_text_still_render() {
        let world = TestSource::new("a.md", "甲«»");
        let mut notice = world.notice();
        notice.span = Some(Span::new(FileId(0), 1, 900));
        assert!(world.draw(&notice, Format::Human).starts_with("a.md:1:1: "));
    }
}
