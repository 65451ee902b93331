//! Help of the command line, localised.

use std::ffi::OsString;

use anyhow::Result;
use clap::{Arg, Command, CommandFactory};

use super::args::Args;
use super::{Environment, Exit};
use crate::i18n::{Catalog, Lang};

/// The language requested with `--lang`, found before parsing, because help and errors need it.
pub(super) fn requested_language(args: &[OsString]) -> Option<Lang> {
    let mut args = args.iter().map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        match arg.strip_prefix("--lang") {
            Some("") => return args.next().and_then(|lang| Lang::parse(&lang)),
            Some(rest) => return rest.strip_prefix('=').and_then(Lang::parse),
            None if arg == "--" => return None,
            None => {}
        }
    }
    None
}

/// The argument parser with its help in one language.
pub(super) fn command(words: &Catalog) -> Command {
    let command = localized(Args::command(), words, "cli");
    command
        .subcommand_help_heading(words.get("cli.head.commands").to_owned())
        .subcommand_value_name(words.get("cli.value.command").to_owned())
}

fn localized(command: Command, words: &Catalog, prefix: &str) -> Command {
    let get = |key: String| words.has(&key).then(|| words.get(&key).to_owned());
    let after = get(format!("{prefix}.more")).unwrap_or_default();
    command
        .about(words.get(&format!("{prefix}.about")).to_owned())
        .after_help(after)
        .help_template(words.get("cli.template").to_owned())
        .mut_args(|arg| {
            let id = arg.get_id().to_string();
            let own = get(format!("{prefix}.arg.{id}"));
            let help = own.unwrap_or_else(|| words.get(&format!("cli.arg.{id}")).to_owned());
            let head = match () {
                () if arg.is_positional() => "cli.head.arguments",
                () if arg.is_global_set() => "cli.head.common",
                () => "cli.head.options",
            };
            let arg = arg.help(help).help_heading(words.get(head).to_owned());
            // Possible values and default are part of the help text.
            let takes_value = arg.get_action().takes_values();
            if takes_value {
                with_localized_value_name(arg, words).hide_possible_values(true).hide_default_value(true)
            } else {
                arg
            }
        })
        .mut_subcommands(|sub| {
            let prefix = format!("{prefix}.{}", sub.get_name());
            localized(sub, words, &prefix)
        })
}

/// Names the value of an argument.
fn with_localized_value_name(arg: Arg, words: &Catalog) -> Arg {
    let names: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(|name| name.to_lowercase()).collect();
    match names.first().map(|name| format!("cli.value.{name}")) {
        Some(key) if words.has(&key) => {
            let name = words.get(&key).to_owned();
            arg.value_name(name)
        }
        _ => arg,
    }
}

/// Replaces the one word in the parser's output that cannot be configured.
pub(super) fn finish(text: &str, words: &Catalog) -> String {
    text.replace("[OPTIONS]", words.get("cli.value.options"))
}

/// Prints the help.
pub(super) fn print(words: &Catalog, env: &mut Environment) -> Result<Exit> {
    let help = command(words).render_help().to_string();
    env.out.write(finish(&help, words));
    Ok(Exit::Success)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(command: &Command, prefix: &str, wanted: &mut Vec<String>) {
        wanted.push(format!("{prefix}.about"));
        for arg in command.get_arguments() {
            let own = format!("{prefix}.arg.{}", arg.get_id());
            let common = format!("cli.arg.{}", arg.get_id());
            wanted.push(if Catalog::of(Lang::Zh).has(&own) { own } else { common });
        }
        for sub in command.get_subcommands() {
            keys(sub, &format!("{prefix}.{}", sub.get_name()), wanted);
        }
    }

    #[test]
    fn every_argument_has_help() {
        let mut wanted = Vec::new();
        keys(&Args::command(), "cli", &mut wanted);
        for key in wanted {
            assert!(Catalog::of(Lang::Zh).has(&key), "{key}");
        }
        for lang in Lang::ALL {
            command(Catalog::of(lang)).debug_assert();
        }
    }

    #[test]
    fn language_is_known_before_parsing() {
        let asked = |args: &[&str]| requested_language(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked(&["kedang", "--nonsense", "--lang", "en"]), Some(Lang::En));
        assert_eq!(asked(&["kedang", "--lang=zh-CN"]), Some(Lang::Zh));
        assert_eq!(asked(&["kedang", "build"]), None);
        assert_eq!(asked(&["kedang", "--lang"]), None);
    }
}
