//! Parses the text of `archive.yaml` into a configuration.

use std::collections::BTreeMap;

use super::node::Node;
use super::reader::{ConfigEntry, ConfigReader, ConfigSection, SettingName, name};
use super::{
    Cadences, Config, Deputy, Edition, GracePeriod, Level, PageChoice, RuleChoice, cadence, edition, level, node_path,
};
use crate::calendar::{Holidays, Workdays};
use crate::diag::{Code, Diagnostic, Severity, suggest};
use crate::i18n::{Catalog, Lang, Message};
use crate::kind::Kinds;
use crate::text::{Encoding, FileId, Fingerprinter, Span};

/// All top-level settings, with their Chinese names.
const NAMES: &[SettingName] = &[
    name("company", &["公司名称", "公司"]),
    name("short", &["简称", "公司简称"]),
    name("title", &["站点标题", "标题"]),
    name("department", &["归口部门", "部门"]),
    name("language", &["语言"]),
    name("issued", &["颁布日期"]),
    name("theme", &["主题"]),
    name("themes", &["主题文件夹"]),
    name("out", &["输出", "输出文件夹"]),
    name("pages", &["页面"]),
    name("form_wording", &["附表用语", "表格用语"]),
    name("levels", &["级别", "客户级别"]),
    name("lifecycle", &["关系生命周期", "生命周期"]),
    name("cadences", &["期限", "时限"]),
    name("start_gently", &["平稳起步", "起步"]),
    name("holidays", &["节假日"]),
    name("duties", &["代行职责", "代行", "职责"]),
    name("editions", &["版本"]),
    name("secrecy", &["密级"]),
    name("rules", &["规则"]),
    name("fields", &["字段", "自定义字段"]),
    name("codes", &["代码", "代码表"]),
    name("encoding", &["编码"]),
    name("ignore", &["忽略"]),
    name("editor", &["编辑器"]),
];

/// Wordings of the official forms that are unclear in the scan (S-00.6, S-00.12, S-00.14), and whether 附表6 counts the
/// contacts made so far (S-F6.6).
const FORM_WORDING_KEYS: &[SettingName] = &[
    name("客户概况", &["overview"]),
    name("已联系次数", &["made_so_far"]),
    name("参加何其", &["associations", "参加何其它专业协会"]),
    name("业务发布", &["business", "业务发布状况"]),
];

/// Default link pattern for opening a file in an editor.
const EDITOR: &str = "vscode://file/{path}:{line}:{column}";

/// Parses the configuration. After any error there is none and nothing may be published. [`Config::unknown_holidays`]
/// and [`Config::unknown_rules`] check what the text alone cannot tell.
pub fn read(text: &str, file: FileId) -> (Option<Config>, Vec<Diagnostic>) {
    let mut reader = ConfigReader::new(text, file);
    let root = match tree(text, &reader) {
        Ok(root) => root,
        Err(diagnostics) => return (None, vec![*diagnostics]),
    };
    let config = config(&mut reader, &root);
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|diagnostics| diagnostics.span.start);
    let failed = diagnostics.iter().any(|diagnostics| diagnostics.severity == Severity::Error);
    (config.filter(|_| !failed), diagnostics)
}

/// The file as a tree; a file of comments only is an empty map.
fn tree(text: &str, reader: &ConfigReader<'_>) -> Result<Node, Box<Diagnostic>> {
    let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
    if blank {
        return Ok(Node::Map(Vec::new()));
    }
    let error = match serde_yaml::from_str::<Node>(text) {
        Ok(Node::Empty) => return Ok(Node::Map(Vec::new())),
        Ok(root @ Node::Map(_)) => return Ok(root),
        Ok(_) => {
            let root = ConfigEntry { path: Vec::new(), key: "", name: String::new(), tree: &Node::List(Vec::new()) };
            let diagnostics = Diagnostic::new(Code::PolicySyntax, reader.span(&root)).variant("no-map");
            return Err(Box::new(with_hints(diagnostics, text)));
        }
        Err(error) => error,
    };
    let start = error.location().map_or(text.len(), |place| node_path::floor_boundary(text, place.index()));
    // An unclosed construct is reported at the end of the file.
    let at_end = text[start..].trim_start_matches(['\n', '\r', ' ']).is_empty();
    let start = if at_end { text.trim_end().len() } else { start };
    let span = Span::new(reader.head_span().file, start, node_path::node_end(text, start, None));
    let diagnostics = Diagnostic::new(Code::PolicySyntax, span);
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    Err(Box::new(with_hints(diagnostics, text).help(Message::new("help.policy-parser-says").with("text", said))))
}

/// Adds hints for the usual slips, which are searched for in the line of the error and those before.
fn with_hints(mut diagnostics: Diagnostic, text: &str) -> Diagnostic {
    let until = text[diagnostics.span.start.index()..].find('\n').map_or(text.len(), |at| diagnostics.span.start.index() + at);
    let mut at = 0;
    for (number, line) in text[..until].split_inclusive('\n').enumerate() {
        let words = line.split('#').next().unwrap_or_default();
        let colon = words.find('：').filter(|_| !words.contains(':'));
        if let Some(colon) = colon {
            let span = Span::new(diagnostics.span.file, at + colon, at + colon + '：'.len_utf8());
            diagnostics = diagnostics.help(Message::new("help.policy-colon").with("line", number + 1)).fix(span, ": ");
        }
        let indent = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        if indent.contains('\t') {
            diagnostics = diagnostics.help(Message::new("help.policy-tab").with("line", number + 1));
        }
        at += line.len();
    }
    diagnostics
}

fn config(reader: &mut ConfigReader<'_>, root: &Node) -> Option<Config> {
    let root_entry = ConfigEntry { path: Vec::new(), key: "", name: String::new(), tree: root };
    let top = reader.section(&root_entry, NAMES);

    let company = top.get("company").map(|entry| reader.text(entry));
    if company.is_none() {
        let diagnostics = Diagnostic::new(Code::PolicyValue, reader.head_span()).variant("no-company");
        reader.push(diagnostics.help(Message::new("help.policy-company")));
    }
    let company = company.flatten().unwrap_or_default();
    let text = |reader: &mut ConfigReader<'_>, key: &str| top.get(key).and_then(|entry| reader.text(entry));

    let language = language(reader, &top);
    let words = Catalog::of(language);
    let pages = pages(reader, &top);
    let levels = match top.get("levels") {
        Some(entry) => level::levels(reader, entry),
        None => Level::usual(),
    };
    let lifecycle: Vec<String> = match top.get("lifecycle") {
        Some(entry) => reader.words(entry).into_iter().map(|(word, _)| word).collect(),
        None => ["考察期", "形成期", "稳定期", "退化期"].map(str::to_owned).to_vec(),
    };
    let holidays = holidays(reader, &top);
    let own = CompanyOverrides::read(reader, &top);
    let kinds = own.kinds(reader, &top, &levels, &lifecycle);
    let (rules, rules_at) = rules(reader, &top);

    Some(Config {
        short: text(reader, "short").unwrap_or_else(|| company.clone()),
        title: text(reader, "title").unwrap_or_else(|| words.get("policy.title").to_owned()),
        department: text(reader, "department").unwrap_or_else(|| words.get("policy.department").to_owned()),
        company,
        language,
        issued: top.get("issued").and_then(|entry| reader.date(entry)),
        theme: theme(reader, &top),
        themes: text(reader, "themes"),
        out: out(reader, &top),
        visits: pages.0,
        contacts: pages.1,
        form_wording: form_wording(reader, &top),
        cadences: top.get("cadences").map_or_else(Cadences::default, |entry| cadence::read(reader, entry)),
        start_gently: start_gently(reader, &top, &levels, words),
        levels,
        lifecycle,
        workdays: Workdays::new(holidays),
        duties: duties(reader, &top, &kinds),
        editions: top.get("editions").map_or_else(Edition::defaults, |entry| edition::editions(reader, entry)),
        rules,
        encodings: encodings(reader, &top),
        ignore: ignore(reader, &top),
        editor: editor(reader, &top),
        fingerprint: {
            let mut fingerprint = Fingerprinter::new();
            root.add_to_fingerprint(&mut fingerprint);
            fingerprint.fingerprint(kinds.fingerprint()).finish()
        },
        kinds,
        holidays_at: top.get("holidays").map_or(reader.head_span(), |entry| reader.name_span(entry)),
        rules_at,
    })
}

/// The grace period begins when the regulation was issued; without that date it would never apply.
fn start_gently(
    reader: &mut ConfigReader<'_>,
    top: &ConfigSection<'_>,
    levels: &[Level],
    words: &Catalog,
) -> Option<GracePeriod> {
    let entry = top.get("start_gently")?;
    if top.get("issued").is_none() {
        let diagnostics = reader.report_name(entry, "gently-unissued");
        reader.push(diagnostics);
    }
    Some(level::start_gently(reader, entry, levels, words))
}

fn language(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> Lang {
    let Some(entry) = top.get("language") else { return Lang::default() };
    let Some(text) = reader.text(entry) else { return Lang::default() };
    Lang::parse(&text).unwrap_or_else(|| {
        let diagnostics = reader.report(entry, "choice").with("choices", "zh-CN、en");
        reader.push(diagnostics);
        Lang::default()
    })
}

fn pages(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> (PageChoice, PageChoice) {
    const CHOICES: &[(&str, PageChoice)] = &[
        ("by-year", PageChoice::ByYear),
        ("each", PageChoice::Each),
        ("按年", PageChoice::ByYear),
        ("每次", PageChoice::Each),
        ("各一页", PageChoice::Each),
    ];
    let Some(entry) = top.get("pages") else { return Default::default() };
    let section = reader.section(entry, &[name("visits", &["拜访", "拜访日报"]), name("contacts", &["接触", "接触记录"])]);
    let mut choice = |key| section.get(key).and_then(|entry| reader.choice(entry, CHOICES)).unwrap_or_default();
    (choice("visits"), choice("contacts"))
}

fn theme(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> String {
    let usual = || "ink".to_owned();
    let Some(entry) = top.get("theme") else { return usual() };
    let Some(text) = reader.text(entry) else { return usual() };
    if text.contains(['/', '\\', ':']) || text.starts_with('.') {
        let diagnostics = reader.report(entry, "theme");
        reader.push(diagnostics);
        return usual();
    }
    text
}

/// The site must not be inside the archive: it would be read as part of it.
fn out(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> Option<String> {
    let entry = top.get("out")?;
    let text = reader.text(entry)?;
    let path = text.replace('\\', "/");
    let absolute = path.starts_with('/') || path.chars().nth(1) == Some(':');
    let mut depth = 0;
    let leaves = path.split('/').any(|part| {
        depth += match part {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    });
    if !absolute && !leaves {
        let diagnostics = reader.report(entry, "out").with("suggested", format!("../{}", path.trim_start_matches("./")));
        reader.push(diagnostics);
    }
    Some(text)
}

fn form_wording(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> BTreeMap<String, String> {
    let Some(entry) = top.get("form_wording") else { return BTreeMap::new() };
    let section = reader.section(entry, FORM_WORDING_KEYS);
    FORM_WORDING_KEYS
        .iter()
        .filter_map(|name| Some((name.key.to_owned(), section.get(name.key).and_then(|entry| reader.text(entry))?)))
        .collect()
}

fn holidays(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> Holidays {
    let mut holidays = Holidays::default();
    let Some(entry) = top.get("holidays") else { return holidays };
    let section = reader.section(entry, &[name("off", &["放假", "休息"]), name("work", &["上班", "调休", "补班"])]);
    if let Some(entry) = section.get("off") {
        holidays.off.extend(reader.days(entry).into_iter().map(|(day, _)| day));
    }
    if let Some(entry) = section.get("work") {
        for (day, span) in reader.days(entry) {
            if holidays.off.contains(&day) {
                let diagnostics = Diagnostic::new(Code::PolicyValue, span).variant("off-and-work").with("date", day);
                reader.push(diagnostics);
            }
            holidays.work.insert(day);
        }
    }
    holidays
}

fn duties(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>, kinds: &Kinds) -> BTreeMap<String, Deputy> {
    let mut duties = BTreeMap::new();
    let Some(entry) = top.get("duties") else { return duties };
    for (post, entry) in reader.unique_entries(entry) {
        // 第五条 calls the archivist 客户档案管理员, whichever of the two posts he has.
        let word = match kinds.codes("post").and_then(|list| list.read(post)) {
            Some(value) => value.word.to_string(),
            None if matches!(post.trim(), "客户档案管理员" | "档案管理员" | "archivist") => {
                "客户档案管理员".to_owned()
            }
            None => {
                let posts = kinds.codes("post").map(|list| list.values.iter().map(|value| &*value.word).collect::<Vec<_>>());
                let posts = posts.unwrap_or_default();
                let mut diagnostics = reader.report_name(&entry, "post");
                diagnostics = match suggest(post, posts.iter().copied().chain(["客户档案管理员"])).first() {
                    Some(meant) => diagnostics.help(Message::new("help.did-you-mean").with("name", meant)),
                    None => diagnostics.help(Message::new("help.policy-known-keys").with("names", posts.join("、"))),
                };
                reader.push(diagnostics);
                continue;
            }
        };
        if let Some(staff) = reader.text(&entry) {
            duties.insert(word, Deputy { staff: staff.into(), at: reader.span(&entry) });
        }
    }
    duties
}

fn rules(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> (BTreeMap<String, RuleChoice>, BTreeMap<String, Span>) {
    const CHOICES: &[(&str, RuleChoice)] = &[
        ("off", RuleChoice::Off),
        ("info", RuleChoice::As(Severity::Info)),
        ("warn", RuleChoice::As(Severity::Warning)),
        ("error", RuleChoice::As(Severity::Error)),
        ("关闭", RuleChoice::Off),
        ("提示", RuleChoice::As(Severity::Info)),
        ("警告", RuleChoice::As(Severity::Warning)),
        ("错误", RuleChoice::As(Severity::Error)),
        ("warning", RuleChoice::As(Severity::Warning)),
        ("false", RuleChoice::Off),
    ];
    let (mut rules, mut places) = (BTreeMap::new(), BTreeMap::new());
    let Some(entry) = top.get("rules") else { return (rules, places) };
    for (code, entry) in reader.unique_entries(entry) {
        let code = code.trim().to_owned();
        if let Some(choice) = reader.choice(&entry, CHOICES) {
            rules.insert(code.clone(), choice);
        }
        places.insert(code, reader.name_span(&entry));
    }
    (rules, places)
}

fn encodings(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> Vec<(String, Encoding)> {
    const CHOICES: &[(&str, Encoding)] = &[
        ("utf-8", Encoding::Utf8),
        ("gbk", Encoding::Gb18030),
        ("gb18030", Encoding::Gb18030),
        ("big5", Encoding::Big5),
        ("utf-16le", Encoding::Utf16Le),
        ("utf-16be", Encoding::Utf16Be),
        ("utf8", Encoding::Utf8),
        ("gb2312", Encoding::Gb18030),
        ("utf-16", Encoding::Utf16Le),
    ];
    let Some(entry) = top.get("encoding") else { return Vec::new() };
    let entries = reader.unique_entries(entry);
    entries
        .into_iter()
        .filter_map(|(folder, entry)| {
            let encoding = reader.choice(&entry, CHOICES)?;
            let folder = folder.trim().replace('\\', "/");
            let folder = folder.trim_start_matches("./").trim_matches('/');
            Some((if folder == "." { String::new() } else { folder.to_owned() }, encoding))
        })
        .collect()
}

fn ignore(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> Vec<String> {
    let Some(entry) = top.get("ignore") else { return Vec::new() };
    let mut patterns = Vec::new();
    for item in reader.list(entry) {
        let Some(pattern) = reader.text(&item) else { continue };
        let pattern = pattern.replace('\\', "/");
        // A pattern that matches every file would silently empty the site.
        if pattern.trim_matches(['*', '/']).is_empty() || pattern.contains(['[', ']', '!']) {
            let diagnostics = reader.report(&item, "ignore");
            reader.push(diagnostics);
            continue;
        }
        patterns.push(pattern);
    }
    patterns
}

/// The pattern is used as a link, so schemes that run scripts are refused.
fn editor(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> String {
    let Some(entry) = top.get("editor") else { return EDITOR.to_owned() };
    let Some(text) = reader.text(entry) else { return EDITOR.to_owned() };
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).unwrap_or_default();
    let plain = scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let risky = matches!(scheme.as_str(), "javascript" | "data" | "vbscript" | "blob");
    if !plain || risky || !text.contains("{path}") {
        let diagnostics = reader.report(entry, "editor").with("usual", EDITOR);
        reader.push(diagnostics);
    }
    text
}

/// The company's additions to the kinds, not yet checked.
struct CompanyOverrides {
    fields: BTreeMap<String, serde_yaml::Value>,
    codes: BTreeMap<String, serde_yaml::Value>,
    secrecy: BTreeMap<String, u8>,
}

impl CompanyOverrides {
    fn read(reader: &mut ConfigReader<'_>, top: &ConfigSection<'_>) -> CompanyOverrides {
        let mut values = |key: &str| -> BTreeMap<String, serde_yaml::Value> {
            let Some(entry) = top.get(key) else { return BTreeMap::new() };
            reader.unique_entries(entry).into_iter().map(|(key, entry)| (key.trim().to_owned(), entry.tree.value())).collect()
        };
        let (fields, codes) = (values("fields"), values("codes"));
        let mut secrecy = BTreeMap::new();
        if let Some(entry) = top.get("secrecy") {
            for (field, entry) in reader.unique_entries(entry) {
                if let Some(level) = edition::level(reader, &entry) {
                    secrecy.insert(field.trim().to_owned(), level);
                }
            }
        }
        CompanyOverrides { fields, codes, secrecy }
    }

    /// The kinds with all additions merged; errors are reported where they were written.
    fn kinds(
        mut self,
        reader: &mut ConfigReader<'_>,
        top: &ConfigSection<'_>,
        levels: &[Level],
        lifecycle: &[String],
    ) -> Kinds {
        for (list, twin) in [("level", "levels"), ("lifecycle", "lifecycle")] {
            if self.codes.remove(list).is_some() {
                let diagnostics = self.diagnostic_at(reader, top, &format!("codes.{list}"), |reader, entry| {
                    reader.report_name(entry, "codes-twin")
                });
                reader.push(diagnostics.with("twin", twin));
            }
        }
        let words = |words: Vec<&str>| words.into_iter().map(|word| serde_yaml::Value::String(word.to_owned())).collect();
        let levels: serde_yaml::Value = words(levels.iter().map(|level| level.name.as_str()).collect());
        let lifecycle: serde_yaml::Value = words(lifecycle.iter().map(String::as_str).collect());
        self.codes.insert("level".to_owned(), levels);
        self.codes.insert("lifecycle".to_owned(), lifecycle);
        let (kinds, wrong) = Kinds::official().with_company_settings(&self.fields, &self.codes, &self.secrecy);
        for (key, say) in wrong {
            // If the field does not exist, its name is the error.
            let named = say.key == "own.secrecy-field";
            let mut diagnostics = self.diagnostic_at(reader, top, &key, |reader, entry| {
                Diagnostic::new(Code::PolicyValue, if named { reader.name_span(entry) } else { reader.span(entry) })
            });
            if key.starts_with("secrecy") || say.key == "own.secrecy-level" {
                diagnostics = edition::as_secrecy_error(diagnostics);
            }
            diagnostics.message = say;
            reader.push(diagnostics);
        }
        kinds
    }

    /// Diagnostic for `fields.customer.0`, `codes.grade`, `secrecy.person.mobile`, at the deepest node that exists.
    fn diagnostic_at(
        &self,
        reader: &mut ConfigReader<'_>,
        top: &ConfigSection<'_>,
        key: &str,
        make: impl Fn(&ConfigReader<'_>, &ConfigEntry<'_>) -> Diagnostic,
    ) -> Diagnostic {
        let (section, rest) = key.split_once('.').unwrap_or((key, ""));
        let section = match rest {
            "level" if section == "codes" && top.get("levels").is_some() && top.get("codes").is_none() => "levels",
            "lifecycle" if section == "codes" && top.get("lifecycle").is_some() && top.get("codes").is_none() => "lifecycle",
            _ => section,
        };
        let Some(entry) = top.get(section) else {
            return Diagnostic::new(Code::PolicyValue, reader.head_span()).variant("map").with("key", key).with("value", "");
        };
        if !matches!(entry.tree, Node::Map(_)) {
            return make(reader, entry);
        }
        let entries = reader.entries(entry);
        if let Some((_, found)) = entries.iter().find(|(written, _)| written.trim() == rest) {
            return make(reader, found);
        }
        let (kind, index) = rest.split_once('.').unwrap_or((rest, ""));
        match entries.iter().find(|(written, _)| written.trim() == kind) {
            Some((_, found)) => {
                let items = if matches!(found.tree, Node::List(_)) { reader.list(found) } else { Vec::new() };
                let item = index.split('.').next().and_then(|index| index.parse::<usize>().ok()).and_then(|at| items.get(at));
                make(reader, item.unwrap_or(found))
            }
            None => make(reader, entry),
        }
    }
}
