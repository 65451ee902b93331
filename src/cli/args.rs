//! What can be typed. What is said about it stands in the catalogues under `cli.<command>…` and `cli.arg.<name>`.

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
    /// Errors only.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// More about what is done.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Warnings and findings end with 1, too.
    #[arg(long, global = true)]
    pub strict: bool,
    /// Language of messages.
    #[arg(long, global = true, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// How many threads work.
    #[arg(long, global = true, value_name = "N", value_parser = count)]
    pub threads: Option<usize>,
    /// Help.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// What to do.
    #[command(subcommand)]
    pub task: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Makes a new site folder.
    Init(Init),
    /// Makes a new record.
    New(New),
    /// Makes the site.
    Build(Build),
    /// Makes the site, shows it to a browser and goes on doing so.
    Serve(Serve),
    /// Says what is wrong and what is owed.
    Check(Check),
    /// Writes the corrections that are sure.
    Fix(Fix),
    /// Prints one report.
    Report(Report),
    /// Prints official forms.
    Form(Form),
    /// Prints the records of one kind.
    List(List),
    /// Tells what a code means.
    Explain(Explain),
    /// Makes a large fictional archive.
    Demo(Demo),
    /// Prints completions for a shell.
    Completions(Completions),
    /// Prints the manual page.
    Man(Man),
}

/// `kedang init`
#[derive(Debug, clap::Args)]
pub(super) struct Init {
    /// Where.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Name of the company.
    #[arg(long, value_name = "COMPANY")]
    pub company: Option<String>,
}

/// `kedang new`
#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// Which kind; all are listed without it.
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// About whom or what.
    #[arg(value_name = "TARGET")]
    pub target: Option<String>,
    /// Its day.
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
    /// How a contact was made.
    #[arg(long, value_name = "CHANNEL")]
    pub channel: Option<String>,
    /// Opens the editor.
    #[arg(short, long)]
    pub edit: bool,
}

/// `kedang fix`
#[derive(Debug, clap::Args)]
pub(super) struct Fix {
    /// Which files; all of the archive without them.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Does not ask.
    #[arg(short, long)]
    pub yes: bool,
}

/// `kedang demo`
#[derive(Debug, clap::Args)]
pub(super) struct Demo {
    /// Where.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// How many customers.
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub customers: u32,
}

/// `kedang build`
#[derive(Debug, clap::Args)]
pub(super) struct Build {
    /// For which readers.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// Where the site goes.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The day it is taken to be.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang serve`
#[derive(Debug, Default, clap::Args)]
pub(super) struct Serve {
    /// Which door; without it the first free one.
    #[arg(long, value_name = "PORT", value_parser = port)]
    pub port: Option<u16>,
    /// Opens the browser.
    #[arg(long)]
    pub open: bool,
    /// Looks for changes this often.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub poll: Option<Duration>,
    /// Browsers go to the page of what was saved.
    #[arg(long)]
    pub follow: bool,
    /// For which readers.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// Where the site goes.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The day it is taken to be.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang check`
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Goes on, and says it anew whenever something changes.
    #[arg(long)]
    pub watch: bool,
    /// Looks for changes this often.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "watch")]
    pub poll: Option<Duration>,
    /// How it is drawn.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: TextFormat,
    /// The day it is taken to be.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang report`
#[derive(Debug, clap::Args)]
pub(super) struct Report {
    /// Which; all are listed without it.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// How it is drawn.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ReportFormat,
    /// Only rows of this staff member.
    #[arg(long, value_name = "STAFF")]
    pub staff: Option<String>,
    /// Only rows about this customer.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// For which readers.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// The day it is taken to be.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang form`
#[derive(Debug, clap::Args)]
pub(super) struct Form {
    /// Which; all are listed without it.
    #[arg(value_name = "NUMBER")]
    pub number: Option<String>,
    /// Of this customer; blank without it.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// Of 附表2, only that of this person.
    #[arg(long, value_name = "NAME", requires = "customer")]
    pub person: Option<String>,
    /// The daily reports of this member of staff.
    #[arg(long, value_name = "STAFF", conflicts_with = "customer")]
    pub staff: Option<String>,
    /// Of this day only.
    #[arg(long, value_name = "DATE", value_parser = day, requires = "staff")]
    pub date: Option<Date>,
    /// With what the head's copy holds beside the forms.
    #[arg(long, requires = "customer")]
    pub second: bool,
    /// How it is drawn.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: FormFormat,
    /// Into this file.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// For which readers.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// The day it is taken to be.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
}

/// `kedang list`
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Which kind; all are listed without it.
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// How it is drawn.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ReportFormat,
    /// For which readers.
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
}

/// `kedang explain`
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// Which; all are listed without it.
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `kedang completions`
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// For which shell.
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// `kedang man`
#[derive(Debug, clap::Args)]
pub(super) struct Man {
    /// Of which command; without it, of the program.
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

/// How diagnostics are drawn.
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

/// How forms are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FormFormat {
    /// Lines of text.
    Text,
    /// A workbook.
    Xlsx,
}

/// How tables are drawn.
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

/// How often to look: a tenth of a second at the least, an hour at the most.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.1..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "0.1–3600".to_owned())
}

fn count(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| (1..=1024).contains(count)).ok_or_else(|| "1–1024".to_owned())
}
