//! Snippets for VS Code, generated from the kinds.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::kind::{Field, FieldType, Kind, Kinds, Need};

/// `kedang.code-snippets`: one snippet per kind, with its label and key as prefixes.
pub(super) fn snippets(kinds: &Kinds) -> String {
    let all: Map<String, Value> = kinds.all().iter().map(|kind| (kind.label.to_string(), snippet(kinds, kind))).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

fn snippet(kinds: &Kinds, kind: &Kind) -> Value {
    json!({
        "scope": "markdown",
        "prefix": [&*kind.label, &*kind.key],
        "description": format!("客档：{}", kind.label),
        "body": body(kinds, kind).lines().collect::<Vec<_>>(),
    })
}

/// Counts tab stops and writes placeholders.
struct TabStops(u32);

impl TabStops {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("${{{}}}", self.0)
    }

    fn choice(&mut self, words: &[String]) -> String {
        self.0 += 1;
        let words: Vec<String> =
            words.iter().map(|word| word.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|")).collect();
        format!("${{{}|{}|}}", self.0, words.join(","))
    }

    fn today(&mut self) -> String {
        self.0 += 1;
        format!("${{{}:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}", self.0)
    }
}

fn body(kinds: &Kinds, kind: &Kind) -> String {
    let mut stops = TabStops(0);
    let (mut head, mut sections) = (String::from("---\n"), String::new());
    let offered = kind.fields.iter().enumerate().filter(|(_, field)| is_offered(field));
    for (at, field) in offered {
        let is_main = kind.main_rows.is_some_and(|main| usize::from(main.0) == at);
        match &field.ty {
            FieldType::Rows(rows) if is_main && field.need != Need::Optional => {
                let labels: Vec<&str> = rows.fields.iter().map(|field| &*field.label).collect();
                let cells: Vec<String> = rows.fields.iter().map(|_| stops.next()).collect();
                let _ = write!(sections, "\n## {}\n\n| {} |\n", field.label, labels.join(" | "));
                let _ = write!(sections, "|{}\n| {} |\n", "---|".repeat(labels.len()), cells.join(" | "));
            }
            FieldType::Rows(rows) if !rows.bare && !rows.fields.iter().any(|field| field.ty == FieldType::Money) => {
                let tick = if rows.items { "[ ] " } else { "" };
                let _ = write!(sections, "\n## {}\n\n- {tick}{}\n", field.label, stops.next());
            }
            FieldType::Prose => {
                let _ = write!(sections, "\n## {}\n\n{}\n", field.label, stops.next());
            }
            FieldType::Code { of, .. } => {
                let stop = match kinds.codes(of) {
                    Some(list) => stops.choice(&list.values.iter().map(|value| value.shown()).collect::<Vec<_>>()),
                    None => stops.next(),
                };
                let _ = writeln!(head, "{}: {stop}", field.label);
            }
            FieldType::Date { .. } if field.need == Need::Required || &*field.key == "filled" => {
                let _ = writeln!(head, "{}: {}", field.label, stops.today());
            }
            _ => {
                let _ = writeln!(head, "{}: {}", field.label, stops.next());
            }
        }
    }
    head.push_str("---\n");
    match &kind.prose_label {
        Some(label) => format!("{head}\n## {label}\n\n$0\n{sections}"),
        None => format!("{head}{sections}\n$0\n"),
    }
}

/// Whether a field is part of the snippet: recommended fields and those of official forms.
fn is_offered(field: &Field) -> bool {
    let on_form = field.clause.as_ref().is_some_and(|clause| clause.contains("附表"));
    (field.need != Need::Optional || on_form) && field.secrecy < 3 && !field.company_defined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visit_snippet_has_choices_prose_and_items() {
        let kinds = Kinds::official();
        let body = body(&kinds, kinds.get("visit").expect("is a kind"));
        assert!(body.starts_with("---\n日期: ${1:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}\n"), "{body}");
        assert!(body.contains("|a 初次拜访,b 处理问题,c 建立关系|}"), "{body}");
        assert!(body.contains("\n## 面谈概要\n\n$0\n"), "{body}");
        assert!(body.contains("\n## 未处理问题\n\n- [ ] ${"), "{body}");
    }

    #[test]
    fn plan_snippet_has_table_person_omits_family() {
        let kinds = Kinds::official();
        let plan = body(&kinds, kinds.get("contact-plan").expect("is a kind"));
        assert!(plan.contains("\n| 对象 | 我方 | 联系次数 | 下次联系 | 说明 |\n|---|---|---|---|---|\n| ${"), "{plan}");
        assert!(!body(&kinds, kinds.get("person").expect("is a kind")).contains("家庭"));
    }
}
