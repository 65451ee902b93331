//! An archive in which every field of every kind says a word of its own, at each level of secrecy.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use kedang::kind::{CodeList, Field, FieldType, Kinds, Rows, Scope};
use kedang::source::Memory;

use super::token;

/// A word, how secret it is, where it was put.
pub struct SecretToken {
    pub number: usize,
    pub level: u8,
    pub at: String,
    /// Whether an edition that may show it must: addresses and file names need not be shown.
    pub must: bool,
}

/// Two archives that differ in what is above `ceiling` only: in words, length, count and order.
pub struct SecretArchive {
    pub archive: Memory,
    pub planted: Vec<SecretToken>,
    kinds: Kinds,
    /// The kinds of which there is a record.
    grown: BTreeSet<Arc<str>>,
    ceiling: u8,
    other: bool,
    visible: usize,
    hidden: usize,
}

/// Says more than that of the other world, none of which changes what lower editions show.
const POLICY: &str = "\
公司名称: 甲公司
忽略: [收购草稿/**]
版本: { board: { label: 董事会本, ceiling: 3 } }
";

/// Where the numbers of what is hidden begin, by world.
const HIDDEN: [usize; 2] = [20_000, 60_000];

impl SecretArchive {
    pub fn new(ceiling: u8, other: bool) -> SecretArchive {
        let config = match (other, ceiling) {
            (false, _) => "公司名称: 甲公司\n",
            (true, 2..) => POLICY,
            (true, _) => &format!("{POLICY}密级: {{ person.mobile: 3 }}\n"),
        };
        let archive = Memory::new([
            ("archive.yaml", config),
            ("staff/周岚.md", "---\n职务: 销售经理\n---\n"),
            ("customers/open/customer.md", "---\n单位名称: 东澜水务\n级别: 重点\n负责人: 周岚\n---\n"),
            ("customers/open/people/邱志远.md", "---\n职务: 总工程师\n---\n"),
            ("customers/open/visits/2026-11-20.md", "---\n拜访人: 周岚\n商谈计划: b\n成果: B\n---\n谈了备件。\n"),
        ]);
        let kinds = Kinds::official();
        let hidden = HIDDEN[usize::from(other)];
        let mut garden =
            SecretArchive { archive, planted: Vec::new(), kinds, grown: BTreeSet::new(), ceiling, other, visible: 0, hidden };
        for level in 0..=3 {
            garden.loose(level);
            garden.dossier(level);
            garden.department(level);
        }
        // There is one register of loans.
        garden.record("loans", "loans.md", 2, 2, 0);
        for kind in garden.kinds.all() {
            assert!(garden.grown.contains(&kind.key), "no record of kind {} keeps a secret", kind.key);
        }
        garden
    }

    /// A word of that level.
    fn word(&mut self, level: u8, at: &str, must: bool) -> String {
        let next = if level > self.ceiling { &mut self.hidden } else { &mut self.visible };
        let number = *next;
        *next += 1;
        self.planted.push(SecretToken { number, level, at: at.to_owned(), must });
        token::word(number)
    }

    /// How often something of that level is there: what is hidden is missing or there twice in the other world.
    fn times(&self, level: u8, at: usize) -> usize {
        if self.other && level > self.ceiling { [2, 0, 3][at % 3] } else { 1 }
    }

    /// Text of that level, longer in the other world.
    fn text(&mut self, level: u8, at: &str) -> String {
        let mut text = self.word(level, at, true);
        if self.other && level > self.ceiling {
            for _ in 0..level {
                let _ = write!(text, "又{}", self.word(level, at, true));
            }
        }
        text
    }

    fn loose(&mut self, level: u8) {
        for (kind, folder) in [("staff", "staff"), ("page", "pages"), ("competitor", "competitors")] {
            for time in 0..self.times(level, usize::from(level)) {
                let name = self.word(level, folder, kind == "page");
                self.record(kind, &format!("{folder}/{name}.md"), level, level, time);
            }
        }
        // Its rows are visits to the open customer: they reach its dossier, and the visit there has from one what it does not say.
        for time in 0..self.times(level, 2) {
            let month = format!("20{}-{:02}", 26 - time, 11 - level);
            self.record("visit-plan", &format!("visit-plans/{month}/周岚.md"), level, level, time);
        }
    }

    /// Records of the department. What they say of a customer they say of the open one, whose dossier it reaches.
    fn department(&mut self, level: u8) {
        for time in 0..self.times(level, 1) {
            let (day, year) = (10 * time + usize::from(level) + 1, 23 + time);
            let version = self.word(level, "the file of a version", false);
            for (kind, path) in [
                ("market-report", format!("market/20{year}-0{}/周岚", level + 1)),
                ("inbound-month", format!("inbound/20{year}-0{}", level + 1)),
                ("inbound", format!("inbound/2026-10-{day:02}")),
                ("directive", format!("directives/2026-10-{day:02}")),
                ("review", format!("reviews/20{year}-Q{}", level + 1)),
                ("inspection", format!("inspections/2026-10-{day:02}")),
                ("regulation", format!("regulation/{version}")),
            ] {
                self.record(kind, &format!("{path}.md"), level, level, time);
            }
        }
    }

    fn dossier(&mut self, level: u8) {
        for time in 0..self.times(level, 2) {
            let folder = format!("customers/{}", self.word(level, "the folder of a customer", false));
            self.record("customer", &format!("{folder}/customer.md"), level, level, time);
            self.record("information", &format!("{folder}/information.md"), level, level, time);
            for (at, own) in (0..=3).enumerate() {
                let level = level.max(own);
                for time in 0..self.times(level, at) {
                    let person = self.word(level, "the file of a person", false);
                    let project = self.word(level, "the file of a project", false);
                    let day = 10 * time + usize::from(own) + 1;
                    for (kind, path) in [
                        ("person", format!("people/{person}")),
                        ("contact-plan", format!("contact-plans/20{}", 16 + usize::from(own) + 5 * time)),
                        ("contact", format!("contacts/2026-11-{day:02}")),
                        ("contact-month", format!("contacts/20{}-0{}", 23 + time, own + 1)),
                        ("visit", format!("visits/2026-10-{day:02}")),
                        ("project", format!("projects/{project}")),
                        ("development-plan", format!("plans/20{}", 16 + usize::from(own) + 5 * time)),
                    ] {
                        self.record(kind, &format!("{folder}/{path}.md"), own, level, time);
                    }
                }
            }
        }
    }

    /// A record of which `own` is written as its level; nobody below `level` may see it, for its customer's sake.
    fn record(&mut self, kind: &str, path: &str, own: u8, level: u8, time: usize) {
        let kind = self.kinds.get(kind).expect("a kind").clone();
        self.grown.insert(kind.key.clone());
        let mut text = format!("---\n密级: {own}\n");
        for field in kind.fields.iter().filter(|field| &*field.key != "secrecy" && !field.from_stem && !field.from_folder) {
            let at = format!("{path}: {}", field.key);
            if let Some(value) = self.value(field, level.max(field.secrecy), &at, time) {
                let _ = writeln!(text, "{}: {value}", field.label);
            }
        }
        // Keys nobody knows are level 3.
        let (key, value) = (self.word(3, "a key nobody knows", true), self.text(3, "a value nobody knows"));
        let _ = writeln!(text, "{key}: {value}\n---\n");
        self.prose(&mut text, path, level.max(kind.prose_secrecy));
        self.archive.write(path, text);
    }

    fn value(&mut self, field: &Field, level: u8, at: &str, time: usize) -> Option<String> {
        let other = self.other && level > self.ceiling;
        let of = |kinds: &Kinds, list: &str| kinds.codes(list).map(|codes| code(codes, other));
        Some(match &field.ty {
            FieldType::Text | FieldType::Prose => self.text(level, at),
            FieldType::Texts | FieldType::Words => {
                let count = if other { 4 } else { 2 };
                let words: Vec<String> = (0..count).map(|_| self.text(level, at)).collect();
                format!("[{}]", words.join(", "))
            }
            FieldType::Names { scope: Scope::Staff, .. } => "周岚".to_owned(),
            FieldType::Names { scope: Scope::Customer, .. } => return None,
            FieldType::Names { scope: Scope::Company, .. } => "东澜水务".to_owned(),
            FieldType::Names { .. } if field.link => "\"[[东澜水务]]\"".to_owned(),
            FieldType::Names { .. } => self.word(level, at, true),
            FieldType::Code { of: list, .. } => of(&self.kinds, list)?,
            FieldType::Date { .. } if other => format!("2026-09-1{time}"),
            FieldType::Date { .. } => "2026-11-21".to_owned(),
            FieldType::Birthday => if other { "1971-07-17" } else { "1966-06-06" }.to_owned(),
            FieldType::Month | FieldType::Loose => "2026-11".to_owned(),
            FieldType::Period => "2026".to_owned(),
            FieldType::Money => if other { "77777" } else { "300" }.to_owned(),
            FieldType::Number { max: most, min: least } => if other { least } else { most }.to_string(),
            FieldType::YesNo => "是".to_owned(),
            FieldType::Rows(shape) => self.rows(shape, level, at, time),
        })
    }

    fn rows(&mut self, shape: &Arc<Rows>, level: u8, at: &str, time: usize) -> String {
        let source =
            shape.fields.iter().find(|field| matches!(&field.ty, FieldType::Code { of, .. } if &**of == "source_level"));
        let mut rows = String::new();
        let codes: &[&str] = if source.is_some() { &["", "4", "1", "3", "2"] } else { &[""] };
        for (nth, code) in codes.iter().enumerate() {
            // Of a source of which nobody knows how good it is, nobody may know. (`kinds.md` 8)
            let level = level.max(match (*code, shape.arrow) {
                ("1" | "2", true) => 1,
                ("3", true) => 2,
                ("4", _) | (_, true) => 3,
                _ => 0,
            });
            for _ in 0..self.times(level, nth) {
                rows.push_str("\n  - ");
                let mut cells = Vec::new();
                for field in &shape.fields {
                    let value = match source {
                        Some(source) if source.key == field.key => (!code.is_empty()).then(|| (*code).to_owned()),
                        _ => self.value(field, level.max(field.secrecy), &format!("{at}.{}{code}", field.key), time),
                    };
                    cells.extend(value.map(|value| format!("{}: {}", field.label, value.replace("\n  ", "\n        "))));
                }
                rows.push_str(&cells.join("\n    "));
            }
        }
        rows
    }

    fn prose(&mut self, text: &mut String, path: &str, level: u8) {
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for nth in 0..if self.other && level > self.ceiling { 3 } else { 1 } {
            let mut say = |what: &str, must: bool| self.word(level, &format!("{path}: {what} of its prose"), must);
            let (picture, inside, paper, fingerprint) =
                (say("picture", false), say("bytes of picture", true), say("paper", false), say("bytes of paper", true));
            let _ = writeln!(
                text,
                "{}，见[[周岚]]、[[东澜水务|{}]]、[[{}]]、[{}]({paper}.pdf)。[^{nth}]\n\n![{}]({picture}.png)\n\n\
                 ## {}\n\n- {}\n\n```{}\n{}\n```\n\n| {} | 二 |\n|---|---|\n| {} | 二 |\n\n[^{nth}]: {}\n",
                say("paragraph", true),
                say("label", true),
                say("lost link", true),
                say("label of paper", true),
                say("alternative", true),
                say("heading", true),
                say("item", true),
                say("fence", false),
                say("code", true),
                say("head", true),
                say("cell", true),
                say("footnote", true),
            );
            self.archive
                .write(&format!("{folder}{picture}.png"), PNG.iter().copied().chain(inside.bytes()).collect::<Vec<u8>>());
            self.archive.write(&format!("{folder}{paper}.pdf"), format!("%PDF-1.7\n{fingerprint}\n"));
        }
    }
}

/// What a picture begins with.
const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

fn code(codes: &CodeList, other: bool) -> String {
    let value = if other { codes.values.last() } else { codes.values.first() }.expect("a list of values");
    if value.code.is_empty() { value.word.to_string() } else { value.code.to_string() }
}
