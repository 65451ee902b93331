//! The building inspector: what the map, the manual and the front page say about the house is true.
//!
//! `UPDATE=1` writes the tables of the front page anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kedang::diag::Code;
use kedang::form::{FORMS, Subject};
use kedang::i18n::{Catalog, Lang, Message};
use kedang::kind::Kinds;
use kedang::report::REPORTS;
use kedang::rule::RULES;
use kedang::text::FileId;

use crate::support::{files_below, is_update, read, root};

/// The modules of the arrow block in its order, each with the modules it points at.
fn documented_dependencies() -> Vec<(String, BTreeSet<String>)> {
    let map = read(&root().join("src/README.md"));
    let block = map.split("```").find(|block| block.contains("->")).expect("src/README.md has a block of documented");
    let lines = block.lines().filter(|line| line.contains("->"));
    lines
        .map(|line| {
            let (module, targets) = line.split_once("->").expect("`->`");
            (module.trim().to_owned(), targets.split_whitespace().map(str::to_owned).collect())
        })
        .collect()
}

/// Where each module uses each other module, outside its tests.
type DependencyUses = BTreeMap<(String, String), String>;

/// Every `crate::<module>` in `src/`. Documentation may point anywhere; tests may look at everything: what stands behind
/// `#[cfg(test)] mod … {`, which is the foot of a file, and the files of `#[cfg(test)] mod …;` are left out.
fn used_dependencies() -> DependencyUses {
    let src = root().join("src");
    let files: Vec<(PathBuf, String)> = files_below(&src, "rs").into_iter().map(|path| (path.clone(), read(&path))).collect();
    let tests: Vec<PathBuf> = files.iter().flat_map(|(path, text)| test_modules(path, text)).collect();
    let mut uses = DependencyUses::new();
    for (path, text) in &files {
        let below = path.strip_prefix(&src).expect("below src");
        if below.components().count() < 2
            || tests.iter().any(|test| path.starts_with(test) || *path == test.with_extension("rs"))
        {
            continue;
        }
        let module = below.components().next().expect("a module").as_os_str().to_string_lossy().into_owned();
        for (number, line) in text
            .lines()
            .enumerate()
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]") || is_module_declaration(text, line))
        {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for path in line.split("crate::").skip(1) {
                let target: String =
                    path.chars().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_').collect();
                assert!(!target.is_empty(), "{}:{}: name one module in a path", below.display(), number + 1);
                if target != module {
                    let place = format!("src/{}:{}", below.display(), number + 1);
                    uses.entry((module.clone(), target)).or_insert(place);
                }
            }
        }
    }
    uses
}

/// Whether what follows `#[cfg(test)]` is declared here and stands elsewhere, so that the file goes on.
fn is_module_declaration(text: &str, line: &str) -> bool {
    let at = line.as_ptr() as usize - text.as_ptr() as usize;
    text[at..].lines().skip(1).find(|line| !line.starts_with('#')).is_some_and(|line| line.ends_with(';'))
}

/// The modules that `#[cfg(test)]` declares, without `.rs`.
fn test_modules(path: &Path, text: &str) -> Vec<PathBuf> {
    let is_mod = path.ends_with("mod.rs");
    let folder = if is_mod { path.parent().expect("a folder").to_owned() } else { path.with_extension("") };
    let mut lines = text.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            continue;
        }
        let declared = lines.peek().and_then(|next| next.trim().trim_start_matches("pub(crate) ").strip_prefix("mod "));
        found.extend(declared.and_then(|name| name.strip_suffix(';')).map(|name| folder.join(name)));
    }
    found
}

#[test]
fn documented_dependencies_equal_used_ones() {
    let (documented, uses) = (documented_dependencies(), used_dependencies());
    let mut wrong = String::new();
    for ((module, target), place) in &uses {
        let listed = documented.iter().find(|(listed, _)| listed == module);
        if !listed.is_some_and(|(_, targets)| targets.contains(target)) {
            let _ = writeln!(wrong, "{module} -> {target} is used ({place}) and not on the map");
        }
    }
    for (module, targets) in &documented {
        for target in targets.iter().filter(|target| !uses.contains_key(&(module.clone(), (*target).clone()))) {
            let _ = writeln!(wrong, "{module} -> {target} is on the map and not used");
        }
    }
    assert!(wrong.is_empty(), "src/README.md:\n{wrong}");
}

#[test]
fn modules_use_only_lower_layers() {
    let mut known = BTreeSet::new();
    for (module, targets) in documented_dependencies() {
        let below: Vec<&String> = targets.difference(&known).collect();
        assert!(below.is_empty(), "{module} uses {below:?}, which stand below it on the map or not at all");
        assert!(known.insert(module.clone()), "{module} stands twice on the map");
    }
    let modules: BTreeSet<String> = files_below(&root().join("src"), "rs")
        .iter()
        .filter(|path| path.ends_with("mod.rs"))
        .filter_map(|path| Some(path.strip_prefix(root().join("src")).ok()?.parent()?.display().to_string()))
        .filter(|folder| !folder.contains(['/', '\\']))
        .collect();
    assert_eq!(known, modules, "the modules on the map and the folders of src/");
}

#[test]
fn layers_and_dependencies_list_the_same_modules() {
    let map = read(&root().join("src/README.md"));
    let mut layers: Vec<(String, Vec<String>)> = map
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
        .filter(|(layer, _)| layer.starts_with(|c: char| c.is_ascii_digit()))
        .map(|(layer, modules)| (layer.to_owned(), modules.split_whitespace().map(|module| module.replace('`', "")).collect()))
        .collect();
    layers.sort();
    let modules: Vec<String> = layers.into_iter().flat_map(|(_, modules)| modules).collect();
    let documented: Vec<String> = documented_dependencies().into_iter().map(|(module, _)| module).collect();
    assert_eq!(modules, documented);
}

#[test]
fn invariants_name_existing_tests() {
    let text = read(&root().join("src/README.md"));
    let section = text.split("## Invariants").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("a section Invariants");
    let sources: Vec<(String, String)> = ["src", "tests"]
        .iter()
        .flat_map(|folder| files_below(&root().join(folder), "rs"))
        .map(|path| (path.strip_prefix(root()).expect("below the root").display().to_string(), read(&path)))
        .collect();
    let named: Vec<&str> = section.split('`').skip(1).step_by(2).filter(|name| name.contains("::")).collect();
    assert!(named.len() >= 18, "{named:?}");
    for name in named {
        let (module, test) = name.split_once("::").expect("module::test");
        let is_there = sources.iter().any(|(path, text)| {
            path.split(['/', '\\', '.']).any(|part| part == module) && text.contains(&format!("fn {test}("))
        });
        assert!(is_there, "src/README.md names {name}, which is no test");
    }
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let codes = Code::ALL.iter().map(|code| code.name()).chain(RULES.iter().map(|rule| rule.code));
    for code in codes {
        for lang in Lang::ALL {
            let key = format!("explain.{code}");
            let page = Catalog::of(lang).get(&key);
            // A paragraph: what it means, why, how to settle it. Less is the message once more.
            let least = if lang == Lang::Zh { 40 } else { 110 };
            assert!(page != key && page.chars().count() >= least, "{key} {lang:?}: {page}");
        }
    }
}

#[test]
fn every_explanation_belongs_to_a_code() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).chain(RULES.iter().map(|rule| rule.code)).collect();
    for (key, _) in Catalog::of(Lang::Zh).entries() {
        if let Some(code) = key.strip_prefix("explain.") {
            assert!(names.contains(code), "{key} explains no code");
        }
    }
}

/// The front page's tables, by the name they are marked with.
fn readme_tables() -> [(&'static str, String); 4] {
    let words = Catalog::of(Lang::Zh);
    let config = kedang::config::read("公司名称: 甲公司\n", FileId::default()).0.expect("a policy of one line");
    let official = Kinds::official();
    let mut kinds = "| 种类 | kind | 文件 |\n|---|---|---|\n".to_owned();
    for kind in official.all() {
        let twin = |part: &str| official.chinese_name(part).unwrap_or(part).to_owned();
        let files = kind.files.iter().map(|path| {
            let twins = path.split('/').map(twin).collect::<Vec<_>>().join("/");
            format!("`{path}` · `{twins}`")
        });
        let files = files.collect::<Vec<_>>().join("<br>");
        let _ = writeln!(kinds, "| {} | `{}` | {files} |", kind.label, kind.key);
    }
    let mut rules = "| 规则 | code | 依据 |\n|---|---|---|\n".to_owned();
    for rule in RULES {
        let title = format!("rule.{}", rule.code);
        let _ = writeln!(rules, "| {} | `{}` | {} |", words.get(&title), rule.code, rule.clauses.join("、"));
    }
    let mut reports = "| 报表 | name | 回答什么 |\n|---|---|---|\n".to_owned();
    for report in REPORTS {
        let title = format!("report.{}", report.name);
        let note = Message::new(format!("{title}.note")).with("days", config.cadences.due_soon_days);
        let _ = writeln!(reports, "| {} | `{}` | {} |", words.get(&title), report.name, words.format(&note));
    }
    let mut forms = "| 附表 | 标题 | 谁的 |\n|---|---|---|\n".to_owned();
    for form in FORMS.iter() {
        let whose = match form.subject {
            Subject::Customer => "客户",
            Subject::Person => "关键人物",
            Subject::Day => "我方人员和日期",
        };
        let _ = writeln!(forms, "| 附表{} | {} | {whose} |", form.form, form.title);
    }
    [("kinds", kinds), ("rules", rules), ("reports", reports), ("forms", forms)]
}

#[test]
fn readme_tables_are_current() {
    let path = root().join("README.md");
    let mut page = read(&path);
    for (name, table) in readme_tables() {
        let mark = format!("<!-- table: {name} -->\n");
        let start = page.find(&mark).expect("README.md has the mark of the table") + mark.len();
        let end = page[start..].find("\n\n").map_or(page.len(), |at| start + at + 1);
        if is_update() {
            page.replace_range(start..end, &table);
        } else {
            assert_eq!(&page[start..end], table, "README.md is behind the program: UPDATE=1 cargo test front_page");
        }
    }
    if is_update() {
        std::fs::write(&path, page).expect("README.md is written");
    }
}

#[test]
fn readme_explains_every_dependency() {
    let cargo = read(&root().join("Cargo.toml"));
    let mut section = "";
    let mut needed = BTreeSet::new();
    for line in cargo.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
            && !line.starts_with('#')
        {
            needed.insert(name.to_owned());
        }
    }
    let page = read(&root().join("README.md"));
    let table = page.split("| crate | why |").nth(1).expect("README.md has a table of crates");
    let said: BTreeSet<String> = table
        .lines()
        .skip(2)
        .map_while(|line| line.strip_prefix("| ")?.split(" | ").next())
        .flat_map(|names| names.split(", "))
        .filter_map(|name| Some(name.split_whitespace().next()?.to_owned()))
        .collect();
    assert_eq!(needed, said, "the crates of Cargo.toml and of README.md");
}

#[test]
fn every_deadline_setting_is_used() {
    let config = root().join("src/config");
    let files = files_below(&root().join("src"), "rs").into_iter().filter(|path| !path.starts_with(&config));
    let sources: Vec<String> = files.map(|path| read(&path)).collect();
    let is_looked_at = |owners: &[&str], name: &str| {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let mut accesses = owners.iter().map(|owner| format!("{owner}.{name}"));
        accesses.any(|access| {
            sources.iter().any(|text| text.match_indices(&access).any(|(at, _)| ends(&text[at + access.len()..])))
        })
    };
    let cadences = read(&config.join("cadence.rs"));
    let fields = cadences.split("pub struct Cadences {").nth(1).and_then(|rest| rest.split("\n}").next()).expect("the struct");
    let fields = fields.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next());
    for name in fields {
        assert!(is_looked_at(&["cadences"], name), "no rule looks at the deadline {name}");
    }
}
