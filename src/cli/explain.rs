//! `kedang explain`: prints the manual page of a diagnostic or rule.

use anyhow::Result;

use super::args::Explain;
use super::failure::Failure;
use super::{Environment, Exit};
use crate::diag::{Code, Severity, suggest};
use crate::i18n::{Catalog, Message};
use crate::rule::RULES;

pub(super) fn run(task: &Explain, words: &Catalog, env: &mut Environment) -> Result<Exit> {
    let Some(asked) = &task.code else {
        let widest = all().map(|(code, _)| code.len()).max().unwrap_or(0);
        for (code, severity) in all() {
            env.out.line(format!("{code:<widest$}  {:<7}  {}", severity.word(), title(code, words)));
        }
        return Ok(Exit::Success);
    };
    // Accepts the code as copied from output: `error[unknown-staff]`.
    let code = asked.rsplit_once('[').map_or(asked.as_str(), |(_, rest)| rest).trim_end_matches([']', ':']).trim();
    let Some((code, severity)) = all().find(|(known, _)| *known == code) else {
        let failure = Failure::usage(Message::new("cli.explain.unknown").with("code", code));
        let near = suggest(code, all().map(|(known, _)| known));
        return Err(match near.is_empty() {
            true => failure.help(Message::new("cli.explain.unknown-help")).into(),
            false => failure.help(Message::new("cli.usage.meant").with("meant", near.join("、"))).into(),
        });
    };
    let rule = RULES.iter().find(|rule| rule.code == code);
    let sort = if rule.is_some() { "cli.explain.rule" } else { "cli.explain.diagnostic" };
    let head = Message::new(sort).with("code", code).with("severity", words.get(&format!("cli.explain.{}", severity.word())));
    env.out.line(words.format(&head));
    if let Some(rule) = rule {
        env.out.line(words.get(&format!("rule.{code}")));
        if !rule.clauses.is_empty() {
            env.out.line(words.format(&Message::new("cli.explain.clauses").with("clauses", rule.clauses.join("、"))));
        }
    }
    env.out.line("");
    env.out.line(words.get(&format!("explain.{code}")));
    Ok(Exit::Success)
}

fn all() -> impl Iterator<Item = (&'static str, Severity)> + Clone {
    let codes = Code::ALL.iter().map(|code| (code.name(), code.severity()));
    codes.chain(RULES.iter().map(|rule| (rule.code, rule.severity)))
}

/// The title of a rule, or the first sentence of a diagnostic's page.
fn title(code: &str, words: &Catalog) -> String {
    let rule = format!("rule.{code}");
    if words.has(&rule) {
        return words.get(&rule).to_owned();
    }
    let key = format!("explain.{code}");
    let page = if words.has(&key) { words.get(&key) } else { "" };
    let line = page.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let sentence = line.split_inclusive(['。', '；']).next().unwrap_or(line).trim_end_matches(['。', '；']);
    sentence.split(". ").next().unwrap_or(sentence).to_owned()
}
