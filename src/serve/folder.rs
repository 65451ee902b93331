//! Opens files of the site: only plain files, and no symbolic links, so that no response contains anything from outside
//! the folder.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// An open file with its metadata.
#[derive(Debug)]
pub(super) struct Opened {
    /// The file.
    pub file: File,
    /// Size in bytes.
    pub size: u64,
    /// Modification time.
    pub modified: SystemTime,
    /// Distinguishes it from another file at the same path.
    pub number: u64,
}

/// Opens the file at `path`, components joined by `/`; `None` if there is no plain file.
pub(super) fn open(folder: &Path, path: &str) -> io::Result<Option<Opened>> {
    let file = match open_plain(folder, path) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(None),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(None),
        Err(cause) => return Err(cause),
    };
    let about = file.metadata()?;
    if !about.is_file() {
        return Ok(None);
    }
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(&about);
    #[cfg(not(unix))]
    let number =
        about.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos() as u64);
    Ok(Some(Opened { file, size: about.len(), modified: about.modified().unwrap_or(UNIX_EPOCH), number }))
}

/// Opens component by component, following no link, and without blocking on a pipe.
#[cfg(unix)]
fn open_plain(folder: &Path, path: &str) -> io::Result<Option<File>> {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    use rustix::io::Errno;

    let down = OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut at = openat(CWD, folder, OFlags::RDONLY | down, Mode::empty())?;
    let (above, name) = path.rsplit_once('/').map_or((None, path), |(above, name)| (Some(above), name));
    for part in above.into_iter().flat_map(|above| above.split('/')) {
        match openat(&at, part, OFlags::RDONLY | OFlags::NOFOLLOW | down, Mode::empty()) {
            Ok(next) => at = next,
            Err(Errno::LOOP) => return Ok(None),
            Err(cause) => return Err(cause.into()),
        }
    }
    match openat(&at, name, OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC, Mode::empty()) {
        Ok(file) => Ok(Some(file.into())),
        Err(Errno::LOOP | Errno::NXIO) => Ok(None),
        Err(cause) => Err(cause.into()),
    }
}

/// Opens component by component after checking each.
#[cfg(not(unix))]
fn open_plain(folder: &Path, path: &str) -> io::Result<Option<File>> {
    let mut at = folder.to_owned();
    for part in path.split('/') {
        at.push(part);
        if std::fs::symlink_metadata(&at)?.is_symlink() {
            return Ok(None);
        }
    }
    if std::fs::symlink_metadata(&at)?.is_file() { File::open(&at).map(Some) } else { Ok(None) }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read;

    use super::*;

    #[test]
    fn only_regular_files_are_opened() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("客户/东澜")).expect("made");
        fs::write(folder.path().join("客户/东澜/index.html"), "甲").expect("written");
        let mut opened = open(folder.path(), "客户/东澜/index.html").expect("no fault").expect("there");
        let mut text = String::new();
        opened.file.read_to_string(&mut text).expect("read");
        assert_eq!((text.as_str(), opened.size), ("甲", 3));
        for path in ["客户/东澜", "客户/没有.html", "没有/index.html", "客户/东澜/index.html/x"] {
            assert!(open(folder.path(), path).expect("no fault").is_none(), "{path}");
        }
        assert!(open(&folder.path().join("没有"), "a").expect("no fault").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_rejected() {
        let (folder, outside) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        fs::write(outside.path().join("secret.html"), "密").expect("written");
        let at = |path: &str| folder.path().join(path);
        std::os::unix::fs::symlink(outside.path(), at("link")).expect("linked");
        std::os::unix::fs::symlink(outside.path().join("secret.html"), at("a.html")).expect("linked");
        rustix::fs::mkfifoat(rustix::fs::CWD, at("pipe.html"), rustix::fs::Mode::RWXU).expect("made");
        let _socket = std::os::unix::net::UnixListener::bind(at("socket.html")).expect("bound");
        for path in ["link/secret.html", "a.html", "pipe.html", "socket.html"] {
            assert!(open(folder.path(), path).expect("no fault").is_none(), "{path}");
        }
        // The folder itself may be reached through a link: that was the user's choice.
        std::os::unix::fs::symlink(outside.path(), at("out")).expect("linked");
        assert!(open(&at("out"), "secret.html").expect("no fault").is_some());
    }
}
