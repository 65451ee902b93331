//! Links that open a file at a position in an editor.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// Characters of a path that need no encoding in any link pattern.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b':').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The link for an absolute path with line and column, from the configured pattern.
pub(super) fn link(pattern: &str, path: &Path, line: usize, column: usize) -> String {
    let path = encoded(path);
    // `vscode://file/{path}` already has the leading slash of a Unix path.
    let path = if pattern.contains("/{path}") { path.trim_start_matches('/') } else { &path };
    let (line, column) = (line.max(1).to_string(), column.max(1).to_string());
    pattern.replace("{path}", path).replace("{line}", &line).replace("{column}", &column)
}

#[cfg(unix)]
fn encoded(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt;
    percent_encode(path.as_os_str().as_bytes(), PATH).to_string()
}

#[cfg(not(unix))]
fn encoded(path: &Path) -> String {
    // Windows puts `\\?\` before canonical paths, which editors do not understand.
    let text = path.to_string_lossy();
    let text = match text.strip_prefix(r"\\?\UNC\") {
        Some(share) => format!(r"\\{share}"),
        None => text.strip_prefix(r"\\?\").unwrap_or(&text).to_owned(),
    };
    percent_encode(text.replace('\\', "/").as_bytes(), PATH).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn editor_links_escape_paths() {
        let path = Path::new("/档案 #1/a&b=%41?\"<x>.md");
        assert_eq!(
            link("vscode://file/{path}:{line}:{column}", path, 12, 5),
            "vscode://file/%E6%A1%A3%E6%A1%88%20%231/a%26b%3D%2541%3F%22%3Cx%3E.md:12:5"
        );
        assert_eq!(
            link("obsidian://open?path={path}", Path::new("/a/b.md"), 1, 1),
            "obsidian://open?path=/a/b.md",
            "a path that stands alone keeps its slash"
        );
        assert_eq!(link("subl:{path}:{line}", Path::new("/a/{line}.md"), 0, 0), "subl:/a/%7Bline%7D.md:1");
    }
}
