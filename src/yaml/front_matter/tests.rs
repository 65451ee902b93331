//! Front matter as people type it, and the spans of its parts.

use super::*;
use crate::text::Lines;
use crate::yaml::slips_diagnostic;

const LINES: [&str; 10] = ["日期", "成果", "事由", "拜访对象", "项目", "说明", "费用", "级别", "承诺", "合同"];

fn read_front(text: &str) -> FrontMatter<'_> {
    let known = |key: &str| match key {
        "正文" => KeyKind::Yaml,
        key if LINES.contains(&key) => KeyKind::Line,
        _ => KeyKind::No,
    };
    read(text, Span::new(FileId(0), 0, text.len()), &known)
}

fn node(node: &YamlNode<'_>) -> String {
    match node {
        YamlNode::Scalar(text) => format!("‹{}›", text.value),
        YamlNode::Empty(_) => "∅".to_owned(),
        YamlNode::List(items, _) => format!("[{}]", items.iter().map(self::node).collect::<Vec<_>>().join(" ")),
        YamlNode::Map(pairs, _) => {
            let pairs = pairs.iter().map(|(key, value)| format!("{}={}", key.value, self::node(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(" "))
        }
    }
}

/// Every entry in a line: `key|literal`, `key=node`, `key` alone.
fn entries(text: &str) -> Vec<String> {
    let entries = read_front(text).entries.into_iter().map(|Entry { key, told, .. }| match told {
        EntryValue::Line(line) => format!("{}|{}", key.value, line.value),
        EntryValue::Node(value) => format!("{}={}", key.value, node(&value)),
        EntryValue::Empty => key.value.to_owned(),
    });
    entries.collect()
}

/// `line:column code.variant` of every diagnostic.
fn diagnostics(text: &str) -> Vec<String> {
    let lines = Lines::new(text);
    let front = read_front(text);
    let said = front.diagnostics.iter().map(|diagnostics| {
        let place = lines.line_column(diagnostics.span.start);
        format!("{}:{} {}", place.line, place.column, diagnostics.message.key.trim_start_matches("diag."))
    });
    let said = said.collect::<Vec<_>>();
    assert_eq!(front.complete, said.is_empty(), "complete exactly when nothing is wrong");
    said
}

/// The text after `fix`.
fn fixed(text: &str) -> String {
    let mut right = String::new();
    let mut done = 0;
    for edit in read_front(text).slips {
        right.push_str(&text[done..edit.span.start.index()]);
        right.push_str(&edit.text);
        done = edit.span.end.index();
    }
    right + &text[done..]
}

#[test]
fn literal_line_is_kept() {
    for value in [
        "#3机组脱硫改造",
        "沈主任说: 月底定稿",
        ">10万吨/日",
        "\"少人值守\"是关键",
        "“少人值守”是关键",
        "*重要*",
        "@周岚",
        "&甲",
        "!急",
        "100 % # 不含税",
        "[甲]和[乙]",
        "[[东澜水务/2026-11-20]]",
        "交通费 186、餐费 320（厂里3人，我方2人）",
        "no",
        "0123",
        "6222020200001234567890",
        "2026-1-5",
        "- 甲",
        "{甲",
        "'甲",
        "甲\\乙",
    ] {
        assert_eq!(
            entries(&format!("说明: {value}\n成果:   {value}  \r\n我的: {value}")),
            [format!("说明|{value}"), format!("成果|{value}"), format!("我的|{value}")]
        );
    }
}

#[test]
fn quoted_or_bracketed_values_are_yaml() {
    for (value, read) in [
        ("\"甲: 乙\"", "‹甲: 乙›"),
        ("'it''s'", "‹it's›"),
        ("\"甲\\n乙\"", "‹甲\n乙›"),
        ("[甲, \"乙, 丙\"]", "[‹甲› ‹乙, 丙›]"),
        ("[甲, [[乙]]]", "[‹甲› ‹[[乙]]›]"),
        ("[\"甲\", [[乙]]]", "[‹甲› ‹[[乙]]›]"),
        ("{事项: 培训, 期限: 12-10, 完成: }", "{事项=‹培训› 期限=‹12-10› 完成=∅}"),
        ("【甲、乙】", "[‹甲› ‹乙›]"),
        ("[{事项：培训}，{事项：备件}]", "[{事项=‹培训›} {事项=‹备件›}]"),
        ("[no, 0123, ~]", "[‹no› ‹0123› ∅]"),
        ("[]", "[]"),
    ] {
        assert_eq!(entries(&format!("说明: {value}")), [format!("说明={read}")]);
    }
}

#[test]
fn indented_block_is_yaml() {
    let text = "拜访对象:\n- 沈丽萍\n- 邱志远\n\n承诺:\n  - 事项: 备件\n    期限: 12-1\n# 旁注\n合同:\n  编号: 0012\n正文: |\n  第一段\n\n  第二段\n说明: 前半\n  后半\n成果: C\n";
    assert_eq!(
        entries(text),
        [
            "拜访对象=[‹沈丽萍› ‹邱志远›]",
            "承诺=[{事项=‹备件› 期限=‹12-1›}]",
            "合同={编号=‹0012›}",
            "正文=‹第一段\n\n第二段›",
            "说明=‹前半 后半›",
            "成果|C"
        ]
    );
    assert_eq!(entries("费用: [\n  甲,\n  乙\n]\n成果: C"), ["费用=[‹甲› ‹乙›]", "成果|C"]);
    assert_eq!(entries("费用: |\n成果:\n说明: 甲\n  # 旁注\n级别: \n"), ["费用", "成果", "说明|甲", "级别"]);
    assert_eq!(entries("费用:\n  # 待补\n成果: C\n"), ["费用", "成果|C"]);
    assert_eq!(entries("费用:\n  - [[东澜水务]]\n  - ~"), ["费用=[‹[[东澜水务]]› ∅]"]);
}

#[test]
fn spans_point_into_the_source() {
    let text = "拜访对象：【沈丽萍、邱志远】\n承诺：\n　- 事项：“备件”\n　　期限：12-1\n说明: \"甲乙\"\n";
    let front = read_front(text);
    let shown: Vec<&str> = front.entries.iter().map(|entry| &text[entry.span.range()]).collect();
    assert_eq!(shown, ["拜访对象：【沈丽萍、邱志远】", "承诺：\n　- 事项：“备件”\n　　期限：12-1", "说明: \"甲乙\""]);
    let EntryValue::Node(YamlNode::List(people, _)) = &front.entries[0].told else { panic!("a list") };
    assert_eq!(people.iter().map(|person| &text[person.span().range()]).collect::<Vec<_>>(), ["沈丽萍", "邱志远"]);
    let EntryValue::Node(YamlNode::List(rows, whole)) = &front.entries[1].told else { panic!("a list") };
    assert_eq!(&text[whole.range()], "- 事项：“备件”\n　　期限：12-1");
    let YamlNode::Map(pairs, _) = &rows[0] else { panic!("a map") };
    let shown: Vec<_> = pairs.iter().map(|(key, value)| (&text[key.span.range()], &text[value.span().range()])).collect();
    assert_eq!(shown, [("事项", "“备件”"), ("期限", "12-1")]);
    let EntryValue::Node(quoted) = &front.entries[2].told else { panic!("a scalar") };
    assert_eq!(&text[quoted.span().range()], "甲乙");
}

#[test]
fn block_scalar_span_is_its_text() {
    let text = "正文: |-\n  下午到厂\n  三点半";
    let EntryValue::Node(YamlNode::Scalar(scalar)) = &read_front(text).entries[0].told else { panic!("a scalar") };
    assert_eq!((&*scalar.value, &text[scalar.span.range()]), ("下午到厂\n三点半", "下午到厂\n  三点半"));
}

#[test]
fn keyboard_slips_are_fixed() {
    let text = "日期：2026-11-20\n成果:C\n　级别：核心\n拜访对象: 【沈丽萍、邱志远】\n承诺：\n\t- 事项：备件\n\t  期限：12-1\n";
    assert_eq!(
        entries(text),
        ["日期|2026-11-20", "成果|C", "级别|核心", "拜访对象=[‹沈丽萍› ‹邱志远›]", "承诺=[{事项=‹备件› 期限=‹12-1›}]"]
    );
    let right = "日期: 2026-11-20\n成果: C\n级别: 核心\n拜访对象: [沈丽萍, 邱志远]\n承诺:\n  - 事项: 备件\n    期限: 12-1\n";
    assert_eq!(fixed(text), right);
    assert_eq!(diagnostics(text), Vec::<String>::new());
    assert_eq!(entries(right), entries(text));
    assert!(read_front(right).slips.is_empty());
    let diagnostics = slips_diagnostic(text, read_front(text).slips).expect("slips");
    assert_eq!(diagnostics.help[0], Message::new("help.write-line").with("line", "日期: 2026-11-20"));
}

#[test]
fn list_items_keep_colons() {
    assert_eq!(entries("承诺:\n  - 沈主任：月底定稿\n  - 邱总：不急"), ["承诺=[‹沈主任：月底定稿› ‹邱总：不急›]"]);
    assert_eq!(entries("正文: |\n  　　沈主任：月底\n  　　邱总：不急"), ["正文=‹　　沈主任：月底\n　　邱总：不急›"]);
    assert!(read_front("正文: |\n  　　沈主任：月底\n  　　邱总：不急").slips.is_empty());
}

#[test]
fn indented_front_matter_is_accepted() {
    assert_eq!(entries("  日期: 2026-11-20\n  成果: C\n"), ["日期|2026-11-20", "成果|C"]);
    assert_eq!(fixed("　日期: 2026-11-20\n　成果: C\n"), "日期: 2026-11-20\n成果: C\n");
}

#[test]
fn syntax_error_affects_one_entry() {
    let text = "日期: 2026-11-20\n承诺:\n  - \"备件\n成果: C\n";
    assert_eq!(entries(text), ["日期|2026-11-20", "成果|C"]);
    for (text, said) in [
        (text, "3:5 yaml-syntax.unclosed-quote"),
        ("说明: 客户\n  \"甲\" 乙: 丙\n", "2:8 yaml-syntax.colon"),
        ("承诺:\n  - \"客户\"的意见\n", "2:9 yaml-syntax.after-quote"),
        ("拜访对象: [客户,\n  乙\n成果: C\n", "1:7 yaml-syntax.unclosed-bracket"),
        ("承诺:\n  - [客户, 乙\n成果: C\n", "2:5 yaml-syntax.unclosed-bracket"),
        ("承诺:\n  - [客户}\n", "2:5 yaml-syntax.wrong-bracket"),
        ("承诺:\n  - 甲\n\t- 乙\n", "3:1 yaml-syntax.mixed-indent"),
        ("承诺:\n  - 事项: 客户\n   期限: 12-1\n", "3:4 yaml-syntax.indent"),
        ("说明: 客户\n  沈主任: 月底\n", "2:6 yaml-syntax.colon"),
        ("承诺:\n  - @客户\n", "2:5 yaml-syntax.character"),
        ("承诺:\n  - \"客户\\q\"\n", "2:5 yaml-syntax.escape"),
        ("承诺:\n  - &甲 客户\n", "2:5 yaml-feature.anchor"),
        ("承诺:\n  - *客户\n", "2:5 yaml-feature.alias"),
        ("承诺:\n  - !急 客户\n", "2:5 yaml-feature.tag"),
        ("承诺:\n  ? [甲]\n  : 乙\n", "2:5 yaml-feature.complex-key"),
        ("日期: 甲\n...\n成果: C\n", "2:1 yaml-feature.second-document"),
        ("日期: 甲\n下午两点到厂\n三点半走\n成果: C\n", "2:1 yaml-syntax.no-key"),
        ("日期: 甲\n- 乙\n", "2:1 yaml-syntax.stray-item"),
        ("成果 C\n", "1:1 yaml-syntax.no-colon"),
        ("成果: C\n成果: B\n", "2:1 duplicate-key"),
        ("caf\u{e9}: C\ncafe\u{301}: B\n", "2:1 duplicate-key"),
        ("合同: {编号: 1, 编号: 2}\n", "1:13 duplicate-key"),
    ] {
        assert_eq!(diagnostics(text), [said], "{text}");
    }
}

#[test]
fn limits() {
    let deep = |depth: usize| format!("合同: {}\"甲\"{}\n", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(diagnostics(&deep(event_reader::MAX_DEPTH)), Vec::<String>::new());
    assert_eq!(diagnostics(&deep(event_reader::MAX_DEPTH + 1)), ["1:37 yaml-too-deep"]);
    let block = |depth: usize| format!("合同:\n  {}甲\n", "- ".repeat(depth));
    assert_eq!(diagnostics(&block(event_reader::MAX_DEPTH)), Vec::<String>::new());
    assert_eq!(diagnostics(&block(event_reader::MAX_DEPTH + 1)).len(), 1);
    let long = |size: usize| format!("说明: {}", "a".repeat(size - "说明: ".len()));
    assert_eq!(diagnostics(&long(MAX_FRONT)), Vec::<String>::new());
    assert_eq!(diagnostics(&long(MAX_FRONT + 1)), ["1:1 front-matter-too-large"]);
}

proptest::proptest! {
    #![proptest_config(crate::testing::cases(256))]
    #[test]
    fn arbitrary_front_matter_never_panics(text in "([a: \\-\\[\\]{}\"'|>#&*!?%@`,\n\r\t]|[：，、【】“”—　－；甲乙]|成果|承诺|\\[\\[|  - ){0,40}") {
        let front = read_front(&text);
        for entry in &front.entries {
            assert!(text.get(entry.key.span.range()).is_some_and(|key| key == entry.key.value));
            assert!(text.get(entry.span.range()).is_some());
            if let EntryValue::Node(node) = &entry.told {
                assert!(text.get(node.span().range()).is_some());
            }
        }
        for diagnostics in &front.diagnostics {
            assert!(text.get(diagnostics.span.range()).is_some());
        }
        let _ = slips_diagnostic(&text, front.slips);
    }

    #[test]
    fn fixed_text_needs_no_fix(text in "((成果|承诺|甲|日期)(：|: |:|；)(【甲、乙】|\\[甲，乙\\]|甲：乙|\\{a：b，c：d\\}|\n　- 甲：乙|)\n){1,4}") {
        let first = read_front(&text);
        if first.complete {
            let right = fixed(&text);
            assert_eq!(entries(&right), entries(&text), "{right:?}");
            assert!(read_front(&right).slips.is_empty(), "{right:?}");
        }
    }
}
