//! Diagnostics about paths, and the severity settings of `archive.yaml`.

use crate::config::{Config, RuleChoice};
use crate::diag::{Code, Diagnostic};
use crate::i18n::Message;
use crate::kind::ArchivePath;
use crate::source::{FileTable, Listing, copied_from};
use crate::text::{FileId, Span};

use super::CONFIG_FILES;

/// Longest path component that every file system accepts, in bytes (`trust.md`, limits).
const MAX_COMPONENT: usize = 200;

/// Diagnostics about paths: special files, conflict copies, paths that match no kind, names that some system cannot
/// store.
pub(super) fn listing_diagnostics(
    listing: &Listing,
    is_document: &[bool],
    config: &Config,
    files: &mut FileTable,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for odd in &listing.odd {
        let path = ArchivePath(odd.path.clone());
        match odd.what {
            "conflict" => {
                let copy = Diagnostic::new(Code::SyncConflict, at_file_start(files.id(&odd.path))).with("path", &odd.path);
                let original = copied_from(&odd.path).unwrap_or_default();
                diagnostics.push(copy.with("original", original).help(Message::new("help.sync-conflict")));
            }
            // A folder may have any name unless its path is that of a record.
            "folder" if config.kinds.match_path(&path).is_none() => {}
            what => {
                let strange =
                    Diagnostic::new(Code::NotAFile, at_file_start(files.id(&odd.path))).variant(what).with("path", &odd.path);
                diagnostics.push(if what == "link" { strange.help(Message::new("help.link")) } else { strange });
            }
        }
    }
    for (stamp, is_document) in listing.files.iter().zip(is_document) {
        let path = &*stamp.path;
        if !is_document {
            diagnostics.extend(
                config
                    .kinds
                    .unmatched_diagnostic(&ArchivePath(stamp.path.clone()), files.id(path))
                    .filter(|_| !CONFIG_FILES.contains(&path)),
            );
        }
        if let Some(part) = path.split('/').find(|part| part.len() > MAX_COMPONENT) {
            let excerpt: String = part.chars().take(20).collect();
            let long = Diagnostic::new(Code::NameTooLong, at_file_start(files.id(path)));
            diagnostics.push(
                long.with("name", format!("{excerpt}…"))
                    .with("bytes", part.len())
                    .with("most", MAX_COMPONENT)
                    .help(Message::new("help.name-too-long")),
            );
        }
        if let Some(part) = path.split('/').find(|part| !is_valid_on_windows(part)) {
            diagnostics.push(
                Diagnostic::new(Code::WindowsName, at_file_start(files.id(path)))
                    .with("name", part)
                    .help(Message::new("help.windows-name")),
            );
        }
    }
    diagnostics
}

fn at_file_start(file: FileId) -> Span {
    Span::new(file, 0, 0)
}

/// Whether Windows accepts a file name: no reserved character, no dot or space at the end, no device name.
fn is_valid_on_windows(part: &str) -> bool {
    const WINDOWS_DEVICE_NAMES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let is_device = stem.len() <= 4
        && (WINDOWS_DEVICE_NAMES.iter().any(|device| stem.eq_ignore_ascii_case(device))
            || (stem.len() == 4
                && stem.as_bytes()[3].is_ascii_digit()
                && stem.is_char_boundary(3)
                && ["com", "lpt"].iter().any(|port| stem[..3].eq_ignore_ascii_case(port))));
    !is_device
        && !part.ends_with(['.', ' '])
        && !part.contains(|mark: char| matches!(mark, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || mark < ' ')
}

/// Applies the severity settings for single codes and sorts by path and position, the order of all output.
pub(super) fn sort_and_filter(diagnostics: &mut Vec<Diagnostic>, config: &Config, files: &FileTable) {
    if !config.rules.is_empty() {
        diagnostics.retain_mut(|diagnostic| match config.rules.get(diagnostic.code.name()) {
            Some(RuleChoice::Off) => false,
            Some(RuleChoice::As(severity)) => {
                diagnostic.severity = *severity;
                true
            }
            None => true,
        });
    }
    // By path, then by position in the file.
    diagnostics.sort_by(|a, b| {
        let place = |diagnostics: &Diagnostic| {
            (files.path(diagnostics.span.file).cloned(), diagnostics.span.start, diagnostics.span.end, diagnostics.code)
        };
        place(a).cmp(&place(b))
    });
    diagnostics.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_windows_names_are_reported() {
        for name in ["con", "CON.md", "nul.txt", "com1.md", "LPT9", "a:b.md", "报价?.md", "末尾.", "末尾 ", "a\tb"] {
            assert!(!is_valid_on_windows(name), "{name}");
        }
        for name in ["邱志远.md", "contact.md", "com.md", "com10.md", "auxiliary", "2026-11-20.md", ".x", "客户"] {
            assert!(is_valid_on_windows(name), "{name}");
        }
    }
}
