//! Whatever a field may say is shown: on the page of its record, and by `list`. The archive is made from the data of the kinds,
//! so a field that is added there is asked for here.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use kedang::kind::{Field, FieldType, Kinds, Rows, Scope};
use serde_json::{Map, Value, json};

use crate::support::{files_below, read, write_files};

/// How programs write what they could not draw.
const RAW: [&str; 8] = ["[object", "null", "undefined", "NaN", "Some(", "None", "Value::", "\\u"];

/// The digits of a word of which each is used once.
const DIGITS: [char; 10] = ['琅', '珉', '珣', '珩', '琚', '琛', '琨', '琮', '瑄', '瑗'];

/// One record, with what is to be found of it.
struct ExpectedRecord {
    kind: String,
    path: String,
    /// As `list` is to say it.
    fields: Map<String, Value>,
    /// Which field, and the text that its page is to hold.
    shown: Vec<(String, String)>,
}

/// An archive in which no two fields say the same.
#[derive(Default)]
struct ArchiveGenerator {
    number: usize,
    files: BTreeMap<String, String>,
    shown: Vec<(String, String)>,
}

impl ArchiveGenerator {
    fn next(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    /// Words that nobody has used.
    fn word(&mut self) -> String {
        let number = self.next();
        let digits = format!("{number:03}");
        ['吴'].into_iter().chain(digits.bytes().map(|digit| DIGITS[usize::from(digit - b'0')])).collect()
    }

    /// A day of its own.
    fn day(&mut self) -> String {
        let number = self.next();
        format!("{}-{:02}-{:02}", 2026 + number / 336, number / 28 % 12 + 1, number % 28 + 1)
    }

    /// A value as it is written in YAML at that depth and as `list` says it. What its page is to hold is noted.
    fn value(&mut self, kinds: &Kinds, field: &Field, at: &str, depth: usize) -> (String, Value) {
        let one = |text: String| (text.clone(), Value::from(text));
        let (written, said, shown) = match &field.ty {
            FieldType::Text | FieldType::Prose => {
                let word = self.word();
                // As it stands, and as YAML quotes it.
                let written = if self.number.is_multiple_of(2) { format!("\"{word}\"") } else { word.clone() };
                (written, Value::from(word.clone()), vec![word])
            }
            FieldType::Texts | FieldType::Words => {
                let words = [self.word(), self.word()];
                (format!("[{}]", words.join(", ")), json!(words), words.to_vec())
            }
            FieldType::Date { .. } => {
                let day = self.day();
                (day.clone(), day.clone().into(), vec![day])
            }
            FieldType::Month => {
                let (month, said) = one(self.day()[..7].to_owned());
                (month.clone(), said, vec![month])
            }
            FieldType::Period => {
                let year = (1990 + self.next() % 100).to_string();
                (year.clone(), year.clone().into(), vec![year])
            }
            FieldType::Loose => {
                let loose = format!("{}年三季度", 2000 + self.next() % 100);
                (loose.clone(), loose.clone().into(), vec![loose])
            }
            FieldType::Birthday => {
                let number = self.next();
                let day = format!("19{:02}-0{}-1{}", number % 100, number % 9 + 1, number % 10);
                (day.clone(), day.clone().into(), vec![day])
            }
            FieldType::Money => {
                let shown = format!("1,{:03}.50", self.next());
                (shown.replace(',', ""), shown.clone().into(), vec![format!("{shown} 元")])
            }
            FieldType::Number { min: least, max: most } => {
                let span = usize::try_from(most - least + 1).expect("bounds in order");
                let number = least + i64::try_from(self.next() % span).expect("a small number");
                (number.to_string(), number.into(), vec![number.to_string()])
            }
            FieldType::YesNo => ("是".to_owned(), true.into(), vec!["是".to_owned()]),
            FieldType::Code { of, many } => {
                let values = &kinds.codes(of).unwrap_or_else(|| panic!("{of}")).values;
                let start = self.next();
                let count = if *many { values.len().min(2) } else { 1 };
                let chosen: Vec<_> = (0..count).map(|nth| &values[(start + nth) % values.len()]).collect();
                let words: Vec<String> = chosen.iter().map(|value| value.word.to_string()).collect();
                let all: Vec<String> = chosen.iter().map(|value| value.shown()).collect();
                let said = if *many { json!(all) } else { all[0].clone().into() };
                // The words of source levels are whole sentences: the number is shown.
                let shown = if **of == *"source_level" { vec![chosen[0].code.to_string()] } else { all };
                let list = if words.len() == 1 { words[0].clone() } else { format!("[{}]", words.join(", ")) };
                (list, said, shown)
            }
            FieldType::Names { scope, many } => {
                let names: Vec<String> = (0..if *many { 2 } else { 1 }).map(|_| self.named(*scope)).collect();
                let said = if *many { json!(names) } else { names[0].clone().into() };
                let list = if *many { format!("[{}]", names.join(", ")) } else { names[0].clone() };
                (list, said, names)
            }
            FieldType::Rows(shape) => {
                let (rows, said) = self.rows(kinds, shape, at, depth);
                return (rows, said);
            }
        };
        self.shown.extend(shown.into_iter().map(|text| (at.to_owned(), text)));
        (written, said)
    }

    /// Somebody or something of that name; our people and customers must have a file.
    fn named(&mut self, scope: Scope) -> String {
        let word = self.word();
        match scope {
            Scope::Staff => self.files.insert(format!("staff/{word}.md"), "---\n职务: 销售经理\n---\n".to_owned()),
            Scope::Customer => self.files.insert(
                format!("customers/{word}/customer.md"),
                format!("---\n单位名称: {word}\n级别: 一般\n负责人: 周岚\n---\n"),
            ),
            _ => None,
        };
        word
    }

    /// One small record.
    fn rows(&mut self, kinds: &Kinds, shape: &Rows, at: &str, depth: usize) -> (String, Value) {
        let (mut cells, mut said) = (Vec::new(), Map::new());
        for field in &shape.fields {
            let (value, json) = self.value(kinds, field, &format!("{at}.{}", field.key), depth + 2);
            cells.push(format!("{}: {value}", field.label));
            said.insert(field.key.to_string(), json);
        }
        let (before, between) = (" ".repeat(depth + 2), " ".repeat(depth + 4));
        (format!("\n{before}- {}", cells.join(&format!("\n{between}"))), json!([said]))
    }

    /// A record of which every field is said.
    fn record(&mut self, kinds: &Kinds, key: &str, path: &str) -> ExpectedRecord {
        let kind = kinds.get(key).expect("a kind").clone();
        self.shown.clear();
        let (mut text, mut fields) = (String::from("---\n"), Map::new());
        for field in kind.fields.iter().filter(|field| &*field.key != "secrecy" && !field.from_stem && !field.from_folder) {
            if field.ty == FieldType::Prose {
                continue;
            }
            let (value, said) = self.value(kinds, field, &field.key, 0);
            let _ = writeln!(text, "{}: {value}", field.label);
            fields.insert(field.key.to_string(), said);
        }
        text.push_str("---\n");
        for field in kind.fields.iter().filter(|field| field.ty == FieldType::Prose) {
            let word = self.word();
            let _ = write!(text, "\n## {}\n\n{word}\n", field.label);
            fields.insert(field.key.to_string(), word.clone().into());
            self.shown.push((field.key.to_string(), word));
        }
        let prose = self.word();
        let _ = match &kind.prose_label {
            Some(label) => write!(text, "\n## {label}\n\n{prose}\n"),
            None => write!(text, "\n## 别的\n\n{prose}\n"),
        };
        self.shown.push(("prose".to_owned(), prose));
        if let Some((rows, _)) = &kind.expands {
            // Each row is a record, and what the file says beside it is said of each.
            let rows = fields.remove(&*kind.field(*rows).key).expect("rows");
            fields.extend(rows[0].as_object().expect("a row").clone());
        }
        self.files.insert(path.to_owned(), text);
        ExpectedRecord { kind: key.to_owned(), path: path.to_owned(), fields, shown: std::mem::take(&mut self.shown) }
    }
}

/// Where the record of each kind lies.
fn path_of_kind(kind: &str) -> String {
    let kinds = Kinds::official();
    let kind = kinds.get(kind).expect("a kind");
    let by_day = |field: &Field| field.from_stem && matches!(field.ty, FieldType::Date { .. });
    let name = match &*kind.key {
        _ if kind.fields.iter().any(by_day) => "2026-09-17",
        "contact-month" | "inbound-month" => "2026-08",
        "contact-plan" | "development-plan" => "2026",
        "review" => "2026-Q3",
        "staff" | "person" | "visit-plan" | "market-report" => "欧阳琴",
        _ => "某某",
    };
    let mut parts: Vec<String> = kind.files[0].split('/').map(str::to_owned).collect();
    for (at, part) in parts.iter_mut().enumerate() {
        *part = match (part.as_str(), at) {
            ("*", 1) if kind.files[0].starts_with("customers/") => "dl".to_owned(),
            ("*", _) => "2026-07".to_owned(),
            _ => part.replace('*', name).replace("<month>", name),
        };
    }
    parts.join("/")
}

fn archive() -> (BTreeMap<String, String>, Vec<ExpectedRecord>) {
    let kinds = Kinds::official();
    let mut writer = ArchiveGenerator::default();
    writer.files.insert("archive.yaml".to_owned(), "公司名称: 甲公司\npages: { visits: each, contacts: each }\n".to_owned());
    writer.files.insert("staff/周岚.md".to_owned(), "---\n职务: 销售经理\n---\n".to_owned());
    let records: Vec<ExpectedRecord> =
        kinds.all().iter().map(|kind| writer.record(&kinds, &kind.key, &path_of_kind(&kind.key))).collect();
    (writer.files, records)
}

fn kedang(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
    let done = command.current_dir(folder).args(arguments).args(["--lang", "zh"]).output().expect("kedang runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (done.status.code(), text(done.stdout), text(done.stderr))
}

/// What a reader of a page sees: no tags, no scripts, entities read.
fn text_of(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let ends = ["script", "style", "template"].iter().find(|name| tag.starts_with(**name)).map(|name| format!("</{name}>"));
        rest = match ends.and_then(|end| tag.split_once(&end)) {
            Some((_, after)) => after,
            None => tag.split_once('>').map_or("", |(_, after)| after),
        };
    }
    text.push_str(rest);
    let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'").replace("&#x2F;", "/");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
}

#[test]
fn every_field_is_shown_on_its_page_and_in_list() {
    let (files, records) = archive();
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_files(&folder.path().join("content"), files.iter().map(|(path, text)| (path.as_str(), text.as_bytes(), None)));
    let (_, diagnostics, _) = kedang(folder.path(), &["check", "--format", "short", "--as-of", "2026-11-24"]);
    let (code, _, said) = kedang(folder.path(), &["build", "--as-of", "2026-11-24", "--out", "site"]);
    assert!(matches!(code, Some(0 | 1)), "{said}");
    let pages: Vec<(String, String)> = files_below(&folder.path().join("site"), "html")
        .iter()
        .map(|path| (path.strip_prefix(folder.path()).expect("below").display().to_string(), text_of(&read(path))))
        .collect();

    let mut wrong = Vec::new();
    for (page, text) in &pages {
        wrong.extend(RAW.iter().filter(|raw| text.contains(**raw)).map(|raw| format!("{page} shows {raw}")));
    }
    for record in &records {
        let (_, out, said) = kedang(folder.path(), &["list", &record.kind, "--format", "json"]);
        let all: Vec<Value> = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{}: {error} {said}", record.kind));
        let Some(listed) = all.iter().find(|listed| listed["path"].as_str().is_some_and(|path| path.ends_with(&record.path)))
        else {
            wrong.push(format!("{} is not in its list", record.path));
            continue;
        };
        for (key, value) in &record.fields {
            differ(value, &listed["fields"][key], &format!("{} {key}", record.path), &mut wrong);
        }
        let prose = &record.shown.last().expect("its prose").1;
        if !listed["prose"].as_str().is_some_and(|said| said.contains(prose)) {
            wrong.push(format!("{}: its prose is not in the list", record.path));
        }
        // Whatever the address of its page: it is the one that says most of it.
        let missing = |text: &str| {
            let gone = record.shown.iter().filter(|(_, shown)| !text.contains(shown.as_str()));
            gone.map(|(at, shown)| format!("{at} ({shown})")).collect::<Vec<_>>()
        };
        let best = pages.iter().map(|(page, text)| (missing(text), page)).min_by_key(|(gone, _)| gone.len()).expect("pages");
        if !best.0.is_empty() {
            wrong.push(format!("{}: {} lacks {}", record.path, best.1, best.0.join(", ")));
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{diagnostics}", wrong.join("\n"));
}

/// Notes where `found` lacks something of what was written; it may say more (a tick, a number).
fn differ(written: &Value, found: &Value, at: &str, wrong: &mut Vec<String>) {
    match (written, found) {
        (Value::Array(written), Value::Array(found)) if written.len() == found.len() => {
            written.iter().zip(found).for_each(|(written, found)| differ(written, found, at, wrong));
        }
        (Value::Object(written), Value::Object(found)) => {
            for (key, value) in written {
                differ(value, found.get(key).unwrap_or(&Value::Null), &format!("{at}.{key}"), wrong);
            }
        }
        _ if written == found => {}
        _ => wrong.push(format!("{at}: {written} became {found}")),
    }
}
