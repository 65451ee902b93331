//! Tests of the embedded kinds.

use super::*;

#[test]
fn embedded_kinds_are_complete() {
    let kinds = read().expect("valid embedded data");
    for kind in kinds.all() {
        for field in &kind.fields {
            assert!(field.hint.is_some(), "{}.{} tells nobody how to fill it in", kind.key, field.key);
            assert!(
                !field.english.chars().any(super::super::normalize::is_han),
                "{}.{} has no English label",
                kind.key,
                field.key
            );
            if let FieldType::Rows(rows) = &field.ty {
                assert!(
                    rows.fields.iter().all(|sub| !sub.english.chars().any(super::super::normalize::is_han)),
                    "{}.{}",
                    kind.key,
                    field.key
                );
            }
            if let Some((rows, column)) = &field.total_of {
                let Some(FieldType::Rows(rows)) = kind.index_of(rows).map(|index| &kind.field(index).ty) else {
                    panic!("{rows}")
                };
                assert!(rows.index_of(column).is_some());
            }
            for part in &field.parts {
                assert!(matches!(kind.index_of(part).map(|index| &kind.field(index).ty), Some(FieldType::Text)), "{part}");
            }
            for held in &field.holds {
                assert!(kind.index_of(held).is_some() && field.ty == FieldType::Prose, "{}.{held}", kind.key);
            }
        }
    }
}

#[test]
fn month_row_columns_match_target_kind() {
    let kinds = Kinds::official();
    for kind in kinds.all() {
        let Some((field, target)) = &kind.expands else { continue };
        let target = kinds.get(target).expect("the kind it expands to");
        let FieldType::Rows(rows) = &kind.field(*field).ty else { panic!("{} expands no rows", kind.key) };
        for column in &rows.fields {
            let there = target.field(target.index_of(&column.key).expect("a field of the kind it expands to"));
            // `lean` may differ: a row takes its year from the month.
            let dates = matches!((&there.ty, &column.ty), (FieldType::Date { .. }, FieldType::Date { .. }));
            assert!(dates || there.ty == column.ty, "{}", column.key);
            assert_eq!(there.secrecy, column.secrecy, "{}", column.key);
        }
    }
}

#[test]
fn field_lookup_accepts_all_names() {
    let kinds = Kinds::official();
    let visit = kinds.get("visit").expect("visit");
    let key = |written: &str| visit.names(written).map(|index| &*visit.field(index).key);
    assert_eq!(key("拜访目的"), Some("purpose"));
    assert_eq!(key("目的"), Some("purpose"));
    assert_eq!(key(" 拜访 目的 "), Some("purpose"));
    assert_eq!(key("Purpose"), Some("purpose"));
    assert_eq!(key("标签"), Some("tags"));
    assert_eq!(key("结果与检讨"), Some("outcome"));
    assert_eq!(key("车辆"), None);
}
