//! Merges a company's own fields, codes and secrecy levels into the shipped kinds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::kinds::secrecies;
use super::load::{FieldData, FieldError, ListData, TYPES, unique};
use super::{FieldType, Kinds};
use crate::i18n::Message;

/// Merges the settings; skips invalid ones and returns their config paths and messages.
pub(super) fn merge_company_fields(
    mut kinds: Kinds,
    fields: &BTreeMap<String, serde_yaml::Value>,
    codes: &BTreeMap<String, serde_yaml::Value>,
    secrecy: &BTreeMap<String, u8>,
) -> (Kinds, Vec<(String, Message)>) {
    let mut wrong = Vec::new();
    for (name, values) in codes {
        if let Err(say) = merge_list(&mut kinds, name, values) {
            wrong.push((format!("codes.{name}"), say));
        }
    }
    for (kind, list) in fields {
        merge_fields(&mut kinds, kind, list, &mut wrong);
    }
    for (field, level) in secrecy {
        if let Err(say) = merge_level(&mut kinds, field, *level) {
            wrong.push((format!("secrecy.{field}"), say));
        }
    }
    kinds.secrecies = secrecies(&kinds.kinds);
    (kinds, wrong)
}

fn merge_list(kinds: &mut Kinds, name: &str, values: &serde_yaml::Value) -> Result<(), Message> {
    let official = kinds.codes.get(name);
    if official.is_some_and(|list| !list.open) {
        return Err(Message::new("own.list-closed").with("list", name));
    }
    let data = if values.is_mapping() { serde_yaml::from_value(values.clone()) } else { ListData::plain(values.clone()) };
    let data: ListData = data.map_err(|_| Message::new("own.list-shape").with("list", name))?;
    let mut list = data.list(name).map_err(|word| Message::new("own.list-word").with("list", name).with("word", word))?;
    if list.values.is_empty() {
        return Err(Message::new("own.list-shape").with("list", name));
    }
    // Other spellings of the official list stay valid for the words the company kept.
    if let Some(official) = official {
        for (spelling, at) in &official.also {
            if let Some(kept) = list.values.iter().position(|value| value.word == official.values[*at].word) {
                let mut also = list.also.clone();
                also.push((spelling.clone(), kept));
                if let Ok(wider) = super::CodeList::new(name, list.values.clone(), also, true, list.prefix || official.prefix) {
                    list = wider;
                }
            }
        }
    }
    list.open = true;
    kinds.codes.insert(name.into(), Arc::new(list));
    Ok(())
}

fn merge_fields(kinds: &mut Kinds, key: &str, list: &serde_yaml::Value, wrong: &mut Vec<(String, Message)>) {
    let Some(at) = kinds.kinds.iter().position(|kind| *kind.key == *key || *kind.label == *key) else {
        let known: Vec<&str> = kinds.kinds.iter().map(|kind| &*kind.key).collect();
        wrong.push((format!("fields.{key}"), Message::new("own.kind").with("kind", key).with("kinds", known.join("、"))));
        return;
    };
    let Some(list) = list.as_sequence() else {
        wrong.push((format!("fields.{key}"), Message::new("own.fields-shape").with("kind", key)));
        return;
    };
    let mut kind = (*kinds.kinds[at]).clone();
    for (nth, data) in list.iter().enumerate() {
        let path = format!("fields.{key}.{nth}");
        let data: FieldData = match serde_yaml::from_value(data.clone()) {
            Ok(data) => data,
            Err(error) => {
                wrong.push((path, Message::new("own.field-shape").with("error", error)));
                continue;
            }
        };
        match data.field(&|name| kinds.codes.contains_key(name)) {
            Ok(mut field) => {
                field.company_defined = true;
                // After the kind's own fields, before the shared ones.
                let end = kind.index_of("secrecy").map_or(kind.fields.len(), |index| usize::from(index.0));
                let mut fields = kind.fields.clone();
                fields.insert(end, field);
                match unique(&fields) {
                    Ok(()) => kind.set_fields(fields),
                    Err(fault) => wrong.push((path, report(&fault))),
                }
            }
            Err(fault) => wrong.push((path, report(&fault))),
        }
    }
    kinds.kinds[at] = Arc::new(kind);
}

fn merge_level(kinds: &mut Kinds, path: &str, level: u8) -> Result<(), Message> {
    if level > 3 {
        return Err(report(&FieldError::BadSecrecy(level)));
    }
    let mut parts: Vec<&str> = path.split('.').collect();
    let only = if kinds.kinds.iter().any(|kind| parts.len() > 1 && (*kind.key == *parts[0] || *kind.label == *parts[0])) {
        Some(parts.remove(0))
    } else {
        None
    };
    let mut hit = false;
    for kind in &mut kinds.kinds {
        if only.is_some_and(|only| *kind.key != *only && *kind.label != *only) {
            continue;
        }
        let Some(index) = kind.names(parts[0]) else { continue };
        let mut changed = (**kind).clone();
        let field = &mut changed.fields[usize::from(index.0)];
        match (&parts[1..], &field.ty) {
            ([], _) => field.secrecy = level,
            ([column], FieldType::Rows(rows)) => {
                let Some(column) = rows.index_by_name(column) else { continue };
                let mut rows = (**rows).clone();
                rows.fields[usize::from(column.0)].secrecy = level;
                field.ty = FieldType::Rows(Arc::new(rows));
            }
            _ => continue,
        }
        *kind = Arc::new(changed);
        hit = true;
    }
    if hit { Ok(()) } else { Err(Message::new("own.secrecy-field").with("field", path)) }
}

fn report(fault: &FieldError) -> Message {
    match fault {
        FieldError::MissingName => Message::new("own.field-unnamed"),
        FieldError::BadKey(key) => Message::new("own.field-key").with("key", key),
        FieldError::UnknownType(ty) => Message::new("own.field-type").with("type", ty).with("types", TYPES.join("、")),
        FieldError::UnknownList(list) => Message::new("own.field-list").with("list", list),
        FieldError::UnknownScope(scope) => Message::new("own.field-scope").with("scope", scope),
        FieldError::UnknownNeed(need) => Message::new("own.field-need").with("need", need),
        FieldError::BadSecrecy(level) => Message::new("own.secrecy-level").with("level", level),
        FieldError::NoColumns => Message::new("own.field-columns"),
        FieldError::UnknownShared(name) | FieldError::Duplicate(name) => Message::new("own.field-twice").with("name", name),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Kinds;
    use super::*;

    fn values(text: &str) -> BTreeMap<String, serde_yaml::Value> {
        serde_yaml::from_str(text).expect("valid YAML")
    }

    fn with(fields: &str, codes: &str, secrecy: &str) -> (Kinds, Vec<(String, String)>) {
        let secrecy = serde_yaml::from_str(secrecy).expect("valid levels");
        let (kinds, wrong) = Kinds::official().with_company_settings(&values(fields), &values(codes), &secrecy);
        (kinds, wrong.into_iter().map(|(path, say)| (path, say.key)).collect())
    }

    #[test]
    fn company_fields_and_codes_are_added() {
        let (kinds, wrong) = with(
            "customer:\n  - { key: grade, label: 供应商评级, type: code, of: grade }\n  - { key: fax, label: 传真 }",
            "grade: [[A, 战略], [B, 合格]]\nlevel: [甲类, 重点]",
            "person.手机: 3\nvisit.fees.amount: 2",
        );
        assert_eq!(wrong, []);
        let customer = kinds.get("customer").expect("customer");
        let index = customer.names("供应商评级").expect("the company field");
        assert!(customer.field(index).company_defined);
        assert_eq!(kinds.codes("grade").expect("the own list").read("B").expect("a value").shown(), "B 合格");
        let level = kinds.codes("level").expect("levels");
        assert!(level.read("核心").is_none() && level.read("甲类").is_some() && level.read("重点客户").is_some());
        let person = kinds.get("person").expect("person");
        assert_eq!(person.field(person.names("手机").expect("mobile")).secrecy, 3);
    }

    #[test]
    fn invalid_config_entries_are_reported_and_skipped() {
        let (kinds, wrong) = with(
            "customer:\n  - { key: fax, label: 地址 }\n  - { key: Fax, label: 传真 }\n  - { key: a, label: 甲, type: tekst }\n  - { key: b, label: 乙, typ: text }\nvisits: []",
            "result: [[A, 好]]\nodd: 3",
            "visit.nothing: 2\nvisit.fees: 4",
        );
        let said: Vec<(&str, &str)> = wrong.iter().map(|(path, key)| (path.as_str(), key.as_str())).collect();
        assert_eq!(
            said,
            [
                ("codes.odd", "own.list-shape"),
                ("codes.result", "own.list-closed"),
                ("fields.customer.0", "own.field-twice"),
                ("fields.customer.1", "own.field-key"),
                ("fields.customer.2", "own.field-type"),
                ("fields.customer.3", "own.field-shape"),
                ("fields.visits", "own.kind"),
                ("secrecy.visit.fees", "own.secrecy-level"),
                ("secrecy.visit.nothing", "own.secrecy-field"),
            ]
        );
        assert_eq!(kinds.fingerprint(), Kinds::official().fingerprint());
    }
}
