//! Small archives for tests: one text with `//- path` lines, taken through the whole pipeline.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Archive, AssembledDossier, Dossier, DossierInputs, assemble, dossier_inputs, duplicate_names, index_archive, register,
};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::document::read;
use crate::edition::redact;
use crate::i18n::{Catalog, Lang};
use crate::kind::ArchivePath;
use crate::record::{Record, lower};
use crate::text::{FileId, Lines};

/// Our staff and the customer that most tests use.
pub const BASE_FILES: &str = "
//- staff/周岚.md
---
职务: 销售经理
---
//- staff/何俊.md
---
职务: 销售人员
上级: 周岚
---
//- customers/hd/customer.md
---
单位名称: 华东电力设计院
简称: 华东院
级别: 核心
负责人: 周岚
机构: 总部；热机室
---
//- customers/hd/people/王建国.md
---
称呼: 王总
职务: 副院长
角色作用: 决策者
---
//- customers/hd/people/沈丽萍.md
---
职务: 主任
所属机构: 热机室
---
";

/// A joined archive with its diagnostics.
pub struct TestArchive {
    pub archive: Archive,
    pub assembled: BTreeMap<Arc<str>, AssembledDossier>,
    /// Diagnostics of reading single files.
    read: Vec<Diagnostic>,
    /// Diagnostics of joining.
    diagnostics: Vec<Diagnostic>,
    texts: Vec<(String, String)>,
}

/// The full edition of an archive made of [`BASE_FILES`] and `more`.
pub fn test_archive(more: &str) -> TestArchive {
    without_base(&format!("{BASE_FILES}{more}"), "full")
}

/// An archive made of `text` only, in one edition.
pub fn without_base(text: &str, edition: &str) -> TestArchive {
    let config = config();
    let edition = config.edition(edition).expect("the edition is a default one");
    let files = split(text);
    let mut records: Vec<Arc<Record>> = Vec::new();
    let mut reading = Vec::new();
    let mut plain: BTreeSet<&str> = BTreeSet::new();
    for ((path, text), file) in files.iter().zip(0..) {
        let path = ArchivePath::from(path.as_str());
        let Some(place) = config.kinds.match_path(&path) else {
            plain.insert(&files[file as usize].0);
            continue;
        };
        let document = read(&path, place, FileId(file), text.as_bytes(), &config);
        reading.extend(document.diagnostics.iter().cloned());
        if let Some(visible) = redact(document, edition) {
            records.extend(lower(visible, &config.kinds).into_iter().map(Arc::new));
        }
    }
    let exists = |path: &str| plain.contains(path);
    let mut enrolled = register(records.iter().map(|record| &**record));
    enrolled.diagnostics.extend(duplicate_names(records.iter().map(|record| &**record)));
    let directory = Arc::new(enrolled.directory);
    let mut diagnostics = enrolled.diagnostics;
    let (inputs, outer_mentions) = dossier_inputs(&records, &directory, &exists);
    let mut groups: BTreeMap<Arc<str>, Vec<Arc<Record>>> = BTreeMap::new();
    let mut outer = Vec::new();
    for record in &records {
        match &record.customer {
            Some(folder) => groups.entry(folder.clone()).or_default().push(record.clone()),
            None => outer.push(record.clone()),
        }
    }
    let mut assembled = BTreeMap::new();
    for (id, records) in groups {
        let inputs = inputs.get(&id).cloned().unwrap_or_else(DossierInputs::default);
        let joint = assemble(&id, &records, &inputs, &directory, &exists, &config);
        assert_eq!(
            joint.answers,
            directory.answers_fingerprint(&joint.questions, &exists),
            "asked again, the answers are the same"
        );
        diagnostics.extend(joint.diagnostics.iter().cloned());
        assembled.insert(id, joint);
    }
    let dossiers = assembled.iter().map(|(id, joint)| (id.clone(), Arc::new(joint.dossier.clone()))).collect();
    let (archive, shelved) = index_archive(directory, dossiers, &outer, outer_mentions, &exists, &config);
    diagnostics.extend(shelved);
    TestArchive { archive, assembled, read: reading, diagnostics, texts: files }
}

/// The shortest valid config.
pub fn config() -> Config {
    let (config, diagnostics) = crate::config::read("company: 东澜自控\n", FileId(0));
    config.unwrap_or_else(|| panic!("three lines make an archive: {diagnostics:?}"))
}

impl TestArchive {
    /// Joining diagnostics: `path:line:column code message`, then a line `  help` each.
    pub fn diagnostics(&self) -> String {
        let words = Catalog::of(Lang::Zh);
        let mut diagnostics: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        diagnostics.sort_by_key(|diagnostics| {
            (&self.texts[diagnostics.span.file.0 as usize].0, diagnostics.span.start, diagnostics.code)
        });
        let lines: Vec<String> = diagnostics
            .into_iter()
            .map(|diagnostics| {
                let (path, text) = &self.texts[diagnostics.span.file.0 as usize];
                let place = Lines::new(text).line_column(diagnostics.span.start);
                let code = diagnostics.code.name();
                let helps: String = diagnostics.help.iter().map(|help| format!("\n  {}", words.format(help))).collect();
                format!("{path}:{}:{} {code} {}{helps}", place.line, place.column, words.format(&diagnostics.message))
            })
            .collect();
        lines.join("\n")
    }

    /// The codes of all diagnostics, of reading and joining, sorted.
    pub fn all_codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<&str> =
            self.read.iter().chain(&self.diagnostics).map(|diagnostics| diagnostics.code.name()).collect();
        codes.sort_unstable();
        codes
    }

    /// The dossier of a folder.
    pub fn dossier(&self, id: &str) -> &Dossier {
        &self.assembled[id].dossier
    }
}

fn split(text: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("//- ") {
            Some(path) => files.push((path.trim().to_owned(), String::new())),
            None => {
                if let Some((_, text)) = files.last_mut() {
                    text.push_str(line);
                    text.push('\n');
                }
            }
        }
    }
    files
}
