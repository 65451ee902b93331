//! Command line arguments. Help texts are in the catalogues under `cli.<command>…` and `cli.arg.<name>`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use crate::calendar::{Date, parse_date};
use crate::diag::Format;
use crate::i18n::Lang;

/// `kedang …`
#[derive(Debug, Parser)]
#[command(name = "kedang", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub(super) struct Args {
    /// The archive or a site folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Print only errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print more.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Exit with 1 for warnings and findings, too.
    #[arg(long, global = true)]
    pub strict: bool,
    /// Language of messages.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// When to use colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Number of threads.
    #[arg(long, global = true, value_name = "N", value_parser = count)]
    pub threads: Option<usize>,
    /// Print help.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Print the version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// The command.
    #[command(subcommand)]
    pub task: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Creates a site folder.
    Init(Init),
    /// Creates a record.
    New(New),
    /// Builds the site.
    Build(Build),
    /// Builds the site, serves it and rebuilds what changes.
    Serve(Serve),
    /// Prints diagnostics and findings.
    Check(Check),
    /// Applies the certain corrections.
    Fix(Fix),
    /// Prints a report.
    Report(Report),
    /// Prints official forms.
    Form(Form),
    /// Prints the records of one kind.
    List(List),
    /// Explains a code.
    Explain(Explain),
    /// Creates a large fictional archive.
    Demo(Demo),
    /// Prints completions for a shell.
    Completions(Completions),
    /// Prints the manual page.
    Man(Man),
}

/// `kedang init`
#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// The folder.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Name of the company.
    #[arg(long, value_name = "COMPANY")]
    pub company: Option<String>,
}

/// `kedang new`
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// Kind; lists all without it.
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// Customer or other subject.
    #[arg(value_name = "TARGET")]
    pub target: Option<String>,
    /// Its date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// Our people.
    #[arg(long, value_name = "PEOPLE")]
    pub staff: Vec<String>,
    /// Their people.
    #[arg(long, value_name = "PEOPLE")]
    pub with: Vec<String>,
    /// Its name, where that is not the file's.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Channel of a contact.
    #[arg(long, value_name = "CHANNEL")]
    pub channel: Option<String>,
    /// Open the editor.
    #[arg(short, long)]
    pub edit: bool,
}

/// `kedang fix`
#[derive(Debug, clap::Args)]
pub(super) struct Fix {
    /// Files; the whole archive without them.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Do not ask.
    #[arg(short, long)]
    pub yes: bool,
}

/// `kedang demo`
#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// The folder.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Number of customers.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub customers: u32,
}

/// `kedang build`
#[derive(Debug, clap::Args)]
pub(super) struct Build {
    /// Edition.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// Output folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The current date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang serve`
#[derive(Debug, Default, clap::Args)]
pub(super) struct Serve {
    /// Port; the first free one without it.
    #[arg(long, value_name = "PORT", value_parser = port)]
    pub port: Option<u16>,
    /// Open the browser.
    #[arg(long)]
    pub open: bool,
    /// Poll for changes with this interval.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub poll: Option<Duration>,
    /// Browsers follow to the page of the saved file.
    #[arg(long)]
    pub follow: bool,
    /// Edition.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// Output folder.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The current date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang check`
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Repeat after every change.
    #[arg(long)]
    pub watch: bool,
    /// Poll for changes with this interval.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "watch")]
    pub poll: Option<Duration>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TextFormat,
    /// The current date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang report`
#[derive(Debug, clap::Args)]
pub(super) struct Report {
    /// Report; lists all without it.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ReportFormat,
    /// Only rows of this staff member.
    #[arg(long, value_name = "STAFF")]
    pub staff: Option<String>,
    /// Only rows about this customer.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// Edition.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// The current date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang form`
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    /// Form; lists all without it.
    #[arg(value_name = "NUMBER")]
    pub number: Option<String>,
    /// Customer; a blank form without it.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// For 附表2: only this person.
    #[arg(long, value_name = "NAME", requires = "customer")]
    pub person: Option<String>,
    /// Daily reports of this staff member.
    #[arg(long, value_name = "STAFF", conflicts_with = "customer")]
    pub staff: Option<String>,
    /// Only this day.
    #[arg(long, value_name = "DATE", value_parser = day, requires = "staff")]
    pub date: Option<Date>,
    /// Include what the head's copy contains in addition.
    #[arg(long, requires = "customer")]
    pub second: bool,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormFormat,
    /// Output file.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Edition.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// The current date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang list`
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Kind; lists all without it.
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ReportFormat,
    /// Edition.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
}

/// `kedang explain`
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// Code; lists all without it.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `kedang completions`
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// Shell.
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `kedang man`
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// Command; the whole program without it.
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Formats of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TextFormat {
    /// With the source line.
    Human,
    /// One line each.
    Short,
    /// One JSON object a line.
    Json,
    /// Workflow commands of a forge.
    Github,
}

impl From<TextFormat> for Format {
    fn from(drawing: TextFormat) -> Format {
        match drawing {
            TextFormat::Human => Format::Human,
            TextFormat::Short => Format::Short,
            TextFormat::Json => Format::Json,
            TextFormat::Github => Format::Github,
        }
    }
}

/// Formats of forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormFormat {
    /// Lines of text.
    Text,
    /// A workbook.
    Xlsx,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For a terminal.
    Table,
    /// For a spreadsheet.
    Csv,
    /// For programs.
    Json,
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "zh, en".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    parse_date(text, None).map_err(|_| "2026-11-24".to_owned())
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "1–65535".to_owned())
}

/// Polling interval: at least a tenth of a second, at most an hour.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.1..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "0.1–3600".to_owned())
}

fn count(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| (1..=1024).contains(count)).ok_or_else(|| "1–1024".to_owned())
}
