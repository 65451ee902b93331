//! An archive in memory, sent through the real pipeline.

use std::collections::BTreeMap;
use std::sync::Arc;

use kedang::archive::Archive;
use kedang::build::{BuildOptions, Builder, LoadedConfig, NoProgress, SiteSource, notices};
use kedang::calendar::{AsOf, Date};
use kedang::config::{Config, Edition};
use kedang::diag::{Diagnostic, Notice, SourceLookup};
use kedang::i18n::{Catalog, Lang};
use kedang::markdown::plain;
use kedang::publish::{OpenOptions, OutputFolder};
use kedang::record::Record;
use kedang::rule::RULES;
use kedang::source::{Memory, Source};
use kedang::text::Lines;

/// A notice as expectations are written: place, word, code, what is underlined; and what is said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportedMessage {
    /// `path:line:column: severity[code] 〔underlined〕`, of a finding with `due=` and `staff=`.
    pub head: String,
    /// The message.
    pub message: String,
}

/// What the pipeline made of an archive on a day.
#[derive(Default)]
pub struct PipelineRun {
    /// Diagnostics in the order of `check`.
    pub diagnostics: Vec<ReportedMessage>,
    /// Findings in the order of `check`.
    pub findings: Vec<ReportedMessage>,
    /// The site by path; nothing when the policy has errors.
    pub site: BTreeMap<String, usize>,
}

impl PipelineRun {
    /// Reads, judges and builds.
    pub fn of(archive: &Memory, day: Date) -> PipelineRun {
        PipelineRun::with(archive, day, |builder, request| build_site(archive, builder, request))
    }

    /// Reads and judges; there is no site.
    pub fn check_only(archive: &Memory, day: Date) -> PipelineRun {
        PipelineRun::with(archive, day, |_, _| BTreeMap::new())
    }

    /// Reads an edition; `draw` gets the archive, the policy, and the plain text of records.
    pub fn with_edition<T>(
        archive: &Memory,
        day: Date,
        edition: &str,
        draw: impl FnOnce(&Archive, &Config, &dyn Fn(&Record) -> String) -> T,
    ) -> T {
        let mut builder = Builder::new();
        let (config, diagnostics) = load_config(&mut builder, archive, AsOf(day)).expect("a policy");
        let edition = config.edition(edition).expect("an edition").clone();
        let request = options(&config, &diagnostics, &edition, day);
        let read = builder.read(archive, &request).expect("memory can be read");
        let texts = builder.source_texts(archive, Some(&config));
        let prose = |record: &Record| {
            let text = texts.source(record.file).map_or_else(|| "".into(), |(_, text)| text);
            let parts: Vec<String> = record.prose.iter().map(|span| plain(&text[span.range()])).collect();
            parts.join("\n")
        };
        draw(&read.archive, &config, &prose)
    }

    fn with(
        archive: &Memory,
        day: Date,
        site: impl FnOnce(&mut Builder, &BuildOptions<'_>) -> BTreeMap<String, usize>,
    ) -> PipelineRun {
        let mut builder = Builder::new();
        let (config, diagnostics) = match load_config(&mut builder, archive, AsOf(day)) {
            Ok(ruled) => ruled,
            Err(diagnostics) => {
                let texts = builder.source_texts(archive, None);
                let diagnostics = diagnostics.iter().map(|diagnostics| reported(&Notice::from(diagnostics), &texts)).collect();
                return PipelineRun { diagnostics, ..PipelineRun::default() };
            }
        };
        let edition = config.edition("full").expect("there always is a full edition").clone();
        let request = options(&config, &diagnostics, &edition, day);
        let read = builder.read(archive, &request).expect("memory can be read");
        let texts = builder.source_texts(archive, Some(&config));
        let all = notices(&read, &texts);
        let is_finding = |notice: &&Notice| notice.facts.iter().any(|(name, _)| name == "finding");
        let findings = all.iter().filter(is_finding).map(|notice| reported(notice, &texts)).collect();
        let diagnostics = all.iter().filter(|notice| !is_finding(notice)).map(|notice| reported(notice, &texts)).collect();
        PipelineRun { diagnostics, findings, site: site(&mut builder, &request) }
    }
}

/// The policy with what is to be said about it; only that when it has errors.
pub fn load_config(
    builder: &mut Builder,
    archive: &dyn Source,
    day: AsOf,
) -> Result<(Arc<Config>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let LoadedConfig { config, mut diagnostics, .. } = builder.load_config(archive).expect("the policy can be looked for");
    let Some(config) = config else { return Err(diagnostics) };
    let rules: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    let unknown = config.unknown_rules(&rules);
    let is_good = unknown.is_empty();
    diagnostics.extend(config.unknown_holidays(day));
    diagnostics.extend(unknown);
    if is_good { Ok((config, diagnostics)) } else { Err(diagnostics) }
}

/// The files of the site by path, with their sizes.
fn build_site(archive: &Memory, builder: &mut Builder, request: &BuildOptions<'_>) -> BTreeMap<String, usize> {
    let folder = tempfile::tempdir().expect("a folder for the site");
    let out = folder.path().join("public");
    let opening = OpenOptions { out: &out, guarded: &[], home: None, fingerprint: request.folder_fingerprint() };
    let mut publishing = OutputFolder::open(&opening, &mut |_, _| false).expect("an empty folder can be opened");
    builder.build(SiteSource { archive, theme: None }, request, &mut publishing).expect("the site is built");
    let files = walkdir::WalkDir::new(&out).into_iter().map(|entry| entry.expect("a readable folder"));
    let site = files.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&out).expect("below the site").display().to_string();
        (path, entry.metadata().map_or(0, |data| data.len() as usize))
    });
    site.collect()
}

fn reported(notice: &Notice, sources: &dyn SourceLookup) -> ReportedMessage {
    let mut head = String::new();
    let found = notice.span.and_then(|span| Some((span, sources.source(span.file)?)));
    if let Some((span, (path, text))) = found {
        let place = Lines::new(&text).line_column(span.start);
        head.push_str(&format!("{path}:{}:{}: ", place.line, place.column));
        head.push_str(&format!("{}[{}]", notice.word, notice.code));
        let underlined = text.get(span.start.index()..span.end.index()).expect("a span lies on characters");
        let mut lines = underlined.lines();
        let first: String = lines.next().unwrap_or_default().chars().take(40).collect();
        if !underlined.is_empty() {
            let more = if first.len() < underlined.len() { "…" } else { "" };
            head.push_str(&format!(" 〔{}{more}〕", first.escape_debug_controls()));
        }
    } else {
        head.push_str(&format!("{}[{}]", notice.word, notice.code));
    }
    for (name, value) in &notice.facts {
        if name == "due" || name == "staff" {
            head.push_str(&format!(" {name}={value}"));
        }
    }
    let message = Catalog::of(Lang::Zh).format(&notice.message).replace('\n', "␊");
    ReportedMessage { head, message }
}

/// Controls as escapes, so that an expectation is a line one can read.
trait EscapeControls {
    fn escape_debug_controls(&self) -> String;
}

impl EscapeControls for String {
    fn escape_debug_controls(&self) -> String {
        self.chars().map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() }).collect()
    }
}

/// What is asked of the workshop for a day and an edition.
fn options<'a>(config: &'a Config, config_diagnostics: &'a [Diagnostic], edition: &'a Edition, day: Date) -> BuildOptions<'a> {
    BuildOptions {
        config,
        config_diagnostics,
        edition,
        as_of: AsOf(day),
        pinned: true,
        program: Default::default(),
        progress: &NoProgress,
    }
}
