//! No input causes a panic or a span outside the file.

use proptest::prelude::*;

use crate::kind::test_fields::{fields_text, fill_file};
use crate::kind::{FieldType, Kinds};

/// Random text made of significant tokens in any order.
fn random_text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "、",
        "，",
        ",",
        "；",
        "（",
        "）",
        "(",
        ")",
        "[",
        "]",
        "[[",
        "]]",
        "【",
        "】",
        "〔",
        "〕",
        "“",
        "#",
        "：",
        ":",
        "→",
        "->",
        "-",
        "—",
        " ",
        "\u{3000}",
        "11-20",
        "2-30",
        "2026-11-05#1",
        "2026",
        "3级",
        "对",
        "转",
        "至",
        "周岚",
        "沈丽萍",
        "欧阳",
        "老",
        "王磊（处长）",
        "C",
        "3A",
        "186",
        "1,200",
        "元",
        "万",
        "约",
        "电话",
        "期限",
        "完成",
        "下次联系",
        "无",
        "是",
        "|",
        "**",
        "原因：",
        "下次：",
        "备件",
        "\\",
        "é",
        "😀",
    ]);
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(crate::testing::cases(256))]
    #[test]
    fn random_input_keeps_spans_valid(
        value in random_text(), item in random_text(), cell in random_text(), ticked in any::<bool>(), nth in 0usize..64,
    ) {
        let kinds = Kinds::official();
        for (path, kind) in [
            ("客户/a/拜访/2026-11-20.md", "visit"),
            ("客户/a/接触/2026-11.md", "contact-month"),
            ("客户/a/关键人物/王磊.md", "person"),
            ("客户/a/客户.md", "customer"),
            ("客户/a/接触计划/2026.md", "contact-plan"),
            ("客户/a/项目/二期.md", "project"),
            ("客户/a/客户计划/2026.md", "development-plan"),
            ("拜访计划书/2026-11/周岚.md", "visit-plan"),
            ("市场信息/2026-11/周岚.md", "market-report"),
            ("来电来函/2026-11.md", "inbound-month"),
            ("批示/2026-11-23.md", "directive"),
            ("季度审核/2026-Q3.md", "review"),
            ("制度/2025.md", "regulation"),
            ("借阅登记.md", "loans"),
        ] {
            let kind = kinds.get(kind).expect("a shipped kind");
            let field = &kind.fields[nth % kind.fields.len()];
            let line = format!("{}: '{}'", field.label, value.replace('\'', "''"));
            let mark = if ticked { "[x]" } else { "[ ]" };
            let rows = match &field.ty {
                FieldType::Rows(rows) => rows.fields.iter().map(|sub| &*sub.label).collect(),
                _ => vec!["甲", "乙"],
            };
            let table = format!("| {} |\n|{}\n| {cell} | {item} |", rows.join(" | "), "---|".repeat(rows.len()));
            let label = &field.label;
            let text = format!("---\n{line}\n---\n\n{item}\n\n## {label}\n\n- {mark} {item}\n\n{cell}\n\n## {label}\n\n{table}\n");
            let filled = fill_file(path, &text);
            let _ = fields_text(&filled);
            for diagnostics in &filled.diagnostics {
                prop_assert!(text.get(diagnostics.span.range()).is_some(), "{:?}", diagnostics);
            }
            for span in &filled.prose {
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
