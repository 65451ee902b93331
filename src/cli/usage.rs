//! Localised messages for errors of the argument parser.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Environment, Exit, failure, help};
use crate::i18n::{Catalog, Message};

/// Prints what the parser returned: help and version on standard output, everything else as an error.
pub(super) fn answer(error: &clap::Error, words: &Catalog, env: &mut Environment) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            env.out.write(help::finish(&error.render().to_string(), words));
            Exit::Success
        }
        _ => {
            let (message, help) = localized_message(error);
            failure::print(&message, &help, words, env);
            Exit::Usage
        }
    }
}

fn localized_message(error: &clap::Error) -> (Message, Vec<Message>) {
    let get = |kind| error.get(kind).map(text);
    let arg = get(ContextKind::InvalidArg).or_else(|| get(ContextKind::InvalidSubcommand)).unwrap_or_default();
    let arg = arg.split_whitespace().next().unwrap_or_default().to_owned();
    let value = get(ContextKind::InvalidValue).unwrap_or_default();
    let said = |key: &str| Message::new(format!("cli.usage.{key}")).with("arg", &arg);
    let message = match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => said("unknown-option"),
        ErrorKind::UnknownArgument => said("too-many"),
        ErrorKind::InvalidSubcommand => said("unknown-command"),
        ErrorKind::InvalidValue if value.is_empty() => said("no-value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => said("bad-value").with("value", &value),
        ErrorKind::MissingRequiredArgument => said("missing"),
        ErrorKind::ArgumentConflict => said("conflict").with("other", get(ContextKind::PriorArg).unwrap_or_default()),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => said("no-value"),
        ErrorKind::TooManyValues => said("too-many"),
        ErrorKind::InvalidUtf8 => said("no-text"),
        _ => Message::new("cli.usage.other").with("text", error.to_string().lines().next().unwrap_or_default()),
    };
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let mut help: Vec<Message> =
        suggestions.into_iter().filter_map(get).map(|meant| Message::new("cli.usage.meant").with("meant", meant)).collect();
    if let Some(values) = get(ContextKind::ValidValue).filter(|values| !values.is_empty()) {
        help.push(Message::new("cli.usage.values").with("values", values));
    } else if error.kind() == ErrorKind::ValueValidation
        && let Some(source) = std::error::Error::source(error)
    {
        help.push(Message::new("cli.usage.values").with("values", source));
    }
    help.push(Message::new("cli.usage.help"));
    (message, help)
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::Bool(yes) => yes.to_string(),
        ContextValue::Number(number) => number.to_string(),
        other => other.to_string(),
    }
}
