//! Every key that this room names stands in the kind it is named for, and has the type its comment says.

#[cfg(test)]
mod tests {
    use crate::kind::{Field, FieldType, Kinds};

    /// A constant of one file: the row field it is a column of (empty for fields), key, and the type it says.
    struct Key {
        within: String,
        key: String,
        ty: String,
    }

    fn keys(source: &str) -> Vec<Key> {
        let (mut within, mut ty) = (String::new(), String::new());
        let mut keys = Vec::new();
        for line in source.lines().map(str::trim) {
            if let Some(rows) = line.strip_prefix("pub mod ") {
                within = rows.trim_end_matches(" {").to_owned();
            } else if line == "}" {
                within.clear();
            } else if let Some((_, said)) = line.strip_prefix("/// ").and_then(|doc| doc.rsplit_once(": ")) {
                ty = said.trim_end_matches('.').to_owned();
            } else if line.starts_with("pub const ") {
                let key = line.split('"').nth(1).expect("a key is a text").to_owned();
                keys.push(Key { within: within.clone(), key, ty: ty.clone() });
            }
        }
        keys
    }

    fn said(field: &Field) -> &'static str {
        match &field.ty {
            FieldType::Text => "text",
            FieldType::Texts | FieldType::Words => "texts",
            FieldType::Prose => "prose",
            FieldType::Date { .. } => "date",
            FieldType::Month => "month",
            FieldType::Period => "period",
            FieldType::Loose => "loose",
            FieldType::Birthday => "birthday",
            FieldType::Money => "money",
            FieldType::Number { .. } => "number",
            FieldType::YesNo => "yes-no",
            FieldType::Code { many: false, .. } => "code",
            FieldType::Code { many: true, .. } => "codes",
            FieldType::Names { many: false, .. } => "name",
            FieldType::Names { many: true, .. } => "names",
            FieldType::Rows(_) => "rows",
        }
    }

    #[test]
    fn every_key_stands_in_its_kind() {
        let kinds = Kinds::official();
        for (kind, source) in [
            ("staff", include_str!("staff.rs")),
            ("customer", include_str!("customer.rs")),
            ("information", include_str!("information.rs")),
            ("person", include_str!("person.rs")),
            ("contact-plan", include_str!("contact_plan.rs")),
            ("contact", include_str!("contact.rs")),
            ("visit", include_str!("visit.rs")),
            ("visit-plan", include_str!("visit_plan.rs")),
            ("development-plan", include_str!("development_plan.rs")),
            ("market-report", include_str!("market_report.rs")),
            ("inbound", include_str!("inbound.rs")),
            ("directive", include_str!("directive.rs")),
            ("project", include_str!("project.rs")),
            ("competitor", include_str!("competitor.rs")),
            ("review", include_str!("review.rs")),
            ("inspection", include_str!("inspection.rs")),
            ("regulation", include_str!("regulation.rs")),
            ("loans", include_str!("loans.rs")),
            ("page", include_str!("page.rs")),
        ] {
            let kind = kinds.get(kind).expect("a kind of the program");
            let keys = keys(source);
            assert!(!keys.is_empty(), "{}", kind.key);
            for Key { within, key, ty } in keys {
                let field = if within.is_empty() {
                    kind.index_of(&key).map(|index| kind.field(index))
                } else {
                    let rows = kind.index_of(&within).map(|index| &kind.field(index).ty);
                    let Some(FieldType::Rows(rows)) = rows else { panic!("{}.{within} has no columns", kind.key) };
                    rows.index_of(&key).map(|index| rows.field(index))
                };
                let field = field.unwrap_or_else(|| panic!("{}.{within} has no {key}", kind.key));
                assert_eq!(said(field), ty, "{}.{within}.{key}", kind.key);
            }
        }
    }
}
