//! Input files on a disk.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{FileStamp, Ignore, KeepGoing, Listing, Operation, Source, SourceError, SpecialFile, conflict_copies};

/// Folders down to this depth are listed sequentially, those below in parallel: `customers/<id>` is at depth 2.
const PARALLEL_DEPTH: usize = 2;

/// An input folder on a disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
    /// Prefix of displayed paths: empty, or the path to the root with a trailing `/`.
    shown: String,
}

impl Disk {
    /// The folder at `root`. Paths are shown relative to `working` when the folder is beneath it, else absolute
    /// (`decisions.md` 25).
    pub fn open(root: &Path, working: &Path) -> Result<Disk, SourceError> {
        let canonical = |path: &Path| {
            fs::canonicalize(path).map_err(|cause| SourceError { path: path.to_owned(), doing: Operation::Look, cause })
        };
        let root = canonical(root)?;
        let shown = match canonical(working) {
            Ok(working) => root.strip_prefix(&working).unwrap_or(&root).to_owned(),
            Err(_) => root.clone(),
        };
        let mut shown = display(&shown);
        if !shown.is_empty() && !shown.ends_with('/') {
            shown.push('/');
        }
        Ok(Disk { root, shown })
    }

    /// The folder, absolute and without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn absolute_path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The path below the root if it is valid Unicode. Listed paths begin with the root as given.
    fn relative_path<'a>(&self, path: &'a Path) -> Option<std::borrow::Cow<'a, str>> {
        let path = path.as_os_str().as_encoded_bytes().strip_prefix(self.root.as_os_str().as_encoded_bytes())?;
        let path = std::str::from_utf8(path).ok()?.trim_start_matches(std::path::is_separator);
        Some(if cfg!(windows) { path.replace('\\', "/").into() } else { path.into() })
    }

    fn walk(
        &self,
        walker: WalkDir,
        leave_out: &Ignore,
        keep_going: &KeepGoing<'_>,
        into: &mut WalkBatch,
    ) -> Result<(), SourceError> {
        let keep = |entry: &DirEntry| {
            entry.depth() == 0
                || match (self.relative_path(entry.path()), entry.file_name().to_str()) {
                    (Some(path), Some(name)) => !leave_out.is_ignored(&path, name, entry.file_type().is_dir()),
                    _ => true,
                }
        };
        let mut last: Option<DirEntry> = None;
        for entry in walker.into_iter().filter_entry(keep).take_while(|_| keep_going()) {
            match entry {
                Ok(entry) => {
                    self.add_entry(&entry, into)?;
                    last = Some(entry);
                }
                // An entry deleted after its folder was listed is absent; a deleted root is an error.
                Err(error) if is_gone(error.io_error()) && error.depth() > 0 => {}
                Err(error) => {
                    // The error does not name the folder that failed: it is the last entry or the folder the last entry
                    // is in.
                    let above = last.as_ref().map_or(0, |last| (last.depth() + 1).saturating_sub(error.depth()));
                    let broken = last.as_ref().and_then(|last| last.path().ancestors().nth(above));
                    let path = error.path().or(broken).unwrap_or(&self.root).to_owned();
                    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("loop"));
                    return Err(SourceError { path, doing: Operation::List, cause });
                }
            }
        }
        Ok(())
    }

    fn add_entry(&self, entry: &DirEntry, into: &mut WalkBatch) -> Result<(), SourceError> {
        if entry.depth() == 0 {
            return Ok(());
        }
        let ty = entry.file_type();
        let Some(path) = self.relative_path(entry.path()) else {
            let lossy = entry.path().strip_prefix(&self.root).unwrap_or(entry.path()).to_string_lossy();
            into.odd.push(SpecialFile { path: lossy.into(), what: "name" });
            return Ok(());
        };
        if ty.is_dir() {
            if path.ends_with(".md") {
                into.odd.push(SpecialFile { path: path.as_ref().into(), what: "folder" });
            }
            into.folders.push((entry.depth(), entry.path().to_owned()));
        } else if ty.is_file() {
            match entry.metadata() {
                Ok(about) => into.files.push(stamp(path.as_ref().into(), &about)),
                Err(error) if is_gone(error.io_error()) => {}
                Err(error) => {
                    let cause = error.into_io_error().unwrap_or_else(|| io::Error::other("loop"));
                    return Err(SourceError { path: entry.path().to_owned(), doing: Operation::Look, cause });
                }
            }
        } else {
            let what = if ty.is_symlink() { "link" } else { "special" };
            into.odd.push(SpecialFile { path: path.as_ref().into(), what });
        }
        Ok(())
    }

    /// Opens a plain file; `None` if it was deleted or replaced by something else.
    fn file(&self, path: &str) -> Result<Option<(PathBuf, File, Metadata)>, SourceError> {
        let path = self.absolute_path(path);
        let file = match open_plain(&path) {
            Ok(Some(file)) => file,
            Ok(None) => return Ok(None),
            Err(cause) if is_gone(Some(&cause)) => return Ok(None),
            Err(cause) => return Err(SourceError { path, doing: Operation::Read, cause }),
        };
        match file.metadata() {
            Ok(about) if about.is_file() => Ok(Some((path, file, about))),
            Ok(_) => Ok(None),
            Err(cause) => Err(SourceError { path, doing: Operation::Look, cause }),
        }
    }
}

impl Source for Disk {
    fn list_while(&self, leave_out: &Ignore, keep_going: &KeepGoing<'_>) -> Result<Option<Listing>, SourceError> {
        let at = nanoseconds(SystemTime::now());
        let mut all = WalkBatch::default();
        self.walk(WalkDir::new(&self.root).max_depth(PARALLEL_DEPTH), leave_out, keep_going, &mut all)?;
        let deep: Vec<PathBuf> =
            all.folders.drain(..).filter(|(depth, _)| *depth == PARALLEL_DEPTH).map(|(_, path)| path).collect();
        let batches: Vec<WalkBatch> = deep
            .par_iter()
            .map(|folder| {
                let mut batch = WalkBatch::default();
                self.walk(WalkDir::new(folder), leave_out, keep_going, &mut batch)?;
                Ok(batch)
            })
            .collect::<Result<_, SourceError>>()?;
        if !keep_going() {
            return Ok(None);
        }
        for batch in batches {
            all.files.extend(batch.files);
            all.odd.extend(batch.odd);
        }
        all.files.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        all.odd.sort_unstable();
        let mut listing = Listing { files: all.files, odd: all.odd, at };
        conflict_copies::detect_conflict_copies(&mut listing);
        Ok(Some(listing))
    }

    fn stamp(&self, path: &str) -> Result<Option<FileStamp>, SourceError> {
        Ok(self.file(path)?.map(|(_, _, about)| stamp(path.into(), &about)))
    }

    fn read(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, SourceError> {
        for _ in 0..2 {
            let Some((path, file, before)) = self.file(path)? else { return Ok(None) };
            let fault = |doing, cause| SourceError { path: path.clone(), doing, cause };
            let expected = before.len().min(most as u64 + 1) as usize;
            let mut bytes = Vec::with_capacity(expected);
            // The metadata after reading tell whether the file has grown.
            (&file).take(expected as u64).read_to_end(&mut bytes).map_err(|cause| fault(Operation::Read, cause))?;
            let after = file.metadata().map_err(|cause| fault(Operation::Look, cause))?;
            if bytes.len() == expected && is_same(&before, &after) {
                return Ok(Some(bytes));
            }
        }
        let cause = io::Error::new(io::ErrorKind::ResourceBusy, "the file changes while it is read");
        Err(SourceError { path: self.absolute_path(path), doing: Operation::Settle, cause })
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn Read + Send>>, SourceError> {
        Ok(self.file(path)?.map(|(_, file, _)| Box::new(file) as Box<dyn Read + Send>))
    }

    fn display_path(&self, path: &str) -> String {
        format!("{}{path}", self.shown)
    }
}

/// Opens a plain file without following a link, which could lead out of the archive, and without blocking on a pipe.
#[cfg(unix)]
fn open_plain(path: &Path) -> io::Result<Option<File>> {
    use std::os::unix::fs::OpenOptionsExt;

    use rustix::fs::OFlags;
    use rustix::io::Errno;

    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    match fs::OpenOptions::new().read(true).custom_flags(flags.cast_signed()).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(cause) if matches!(Errno::from_io_error(&cause), Some(Errno::LOOP | Errno::NXIO)) => Ok(None),
        Err(cause) => Err(cause),
    }
}

/// Opens a plain file after checking that it is not a link, which could lead out of the archive.
#[cfg(not(unix))]
fn open_plain(path: &Path) -> io::Result<Option<File>> {
    if fs::symlink_metadata(path)?.is_file() { File::open(path).map(Some) } else { Ok(None) }
}

#[derive(Default)]
struct WalkBatch {
    files: Vec<FileStamp>,
    odd: Vec<SpecialFile>,
    folders: Vec<(usize, PathBuf)>,
}

fn is_gone(error: Option<&io::Error>) -> bool {
    error.is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

fn stamp(path: Arc<str>, about: &Metadata) -> FileStamp {
    FileStamp { path, size: about.len(), mtime: about.modified().map(nanoseconds).unwrap_or_default() }
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

/// Whether both are the same file, unmodified in between.
fn is_same(before: &Metadata, after: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (before.dev(), before.ino()) != (after.dev(), after.ino()) {
            return false;
        }
    }
    before.len() == after.len() && before.modified().ok() == after.modified().ok()
}

/// A path as people write it: `/` between components, without the `\\?\` prefix of Windows.
fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.trim_start_matches(r"\\?\").replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive() -> (tempfile::TempDir, Disk) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in [
            ("archive.yaml", "公司名称: 甲公司\n"),
            ("客户/东澜水务/客户.md", "---\n单位名称: 东澜水务\n---\n"),
            ("客户/东澜水务/拜访/2026-11-05.md", "谈了备件。\n"),
            ("客户/东澜水务/拜访/2026-11-05 (1).md", "谈了备件！\n"),
            ("客户/东澜水务/拜访/.2026-11-05.md.swp", "x"),
            (".git/HEAD", "x"),
            ("草稿/x.md", "x"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("has one")).expect("made");
            fs::write(path, text).expect("written");
        }
        let disk = Disk::open(folder.path(), folder.path()).expect("opens");
        (folder, disk)
    }

    fn paths(listing: &Listing) -> Vec<&str> {
        listing.files.iter().map(|stamp| &*stamp.path).collect()
    }

    #[test]
    fn regular_files_are_listed_in_order() {
        let (folder, disk) = archive();
        fs::create_dir(folder.path().join("客户/东澜水务/图.md")).expect("made");
        let listing = disk.list(&Ignore::new(&["草稿".to_owned()])).expect("lists");
        assert_eq!(paths(&listing), ["archive.yaml", "客户/东澜水务/客户.md", "客户/东澜水务/拜访/2026-11-05.md"]);
        let odd: Vec<(&str, &str)> = listing.odd.iter().map(|odd| (&*odd.path, odd.what)).collect();
        assert_eq!(odd, [("客户/东澜水务/图.md", "folder"), ("客户/东澜水务/拜访/2026-11-05 (1).md", "conflict")]);
        assert!(listing.files[0].is_racy(listing.at));
        assert!(!listing.files[0].is_racy(listing.at + 10_000_000_000));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_non_unicode_names_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let (folder, disk) = archive();
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("客户/东澜水务/拜访/2026-11-06.md")).expect("linked");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("客户/环")).expect("linked");
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xb0\xa1.md")), "x").expect("written");
        let listing = disk.list(&Ignore::default()).expect("lists");
        let what: Vec<&str> = listing.odd.iter().map(|odd| odd.what).collect();
        assert_eq!(what, ["conflict", "link", "link", "name"]);
        assert_eq!(disk.read("客户/东澜水务/拜访/2026-11-06.md", 100).expect("no fault"), None);
        assert!(disk.open("客户/东澜水务/拜访/2026-11-06.md").expect("no fault").is_none());
    }

    /// Opening a pipe without a writer would block, and a socket cannot be read.
    #[cfg(unix)]
    #[test]
    fn pipes_and_sockets_are_not_opened() {
        let (folder, disk) = archive();
        let at = |path: &str| folder.path().join("客户/东澜水务/拜访").join(path);
        rustix::fs::mkfifoat(rustix::fs::CWD, at("管.md"), rustix::fs::Mode::RWXU).expect("made");
        let _socket = std::os::unix::net::UnixListener::bind(at("口.md")).expect("bound");
        for path in ["客户/东澜水务/拜访/管.md", "客户/东澜水务/拜访/口.md"] {
            assert_eq!(disk.read(path, 100).expect("no fault"), None, "{path}");
        }
        let listing = disk.list(&Ignore::default()).expect("lists");
        assert_eq!(listing.odd.iter().filter(|odd| odd.what == "special").count(), 2);
    }

    #[test]
    fn read_is_limited() {
        let (folder, disk) = archive();
        assert_eq!(disk.read("archive.yaml", 1 << 20).expect("read").expect("there").len(), 24);
        assert_eq!(disk.read("archive.yaml", 4).expect("read").expect("there").len(), 5);
        assert_eq!(disk.read("没有.md", 4).expect("no fault"), None);
        assert_eq!(disk.read("客户", 4).expect("no fault"), None);
        let sparse = File::create(folder.path().join("客户/大.md")).expect("made");
        sparse.set_len(10 << 30).expect("sparse");
        assert_eq!(disk.read("客户/大.md", 1 << 20).expect("read").expect("there").len(), (1 << 20) + 1);
    }

    #[test]
    fn missing_root_is_an_error() {
        let (folder, disk) = archive();
        folder.close().expect("removed");
        assert_eq!(disk.list(&Ignore::default()).expect_err("gone").doing, Operation::List);
    }

    #[test]
    fn display_paths_are_relative_to_working_folder() {
        let (folder, disk) = archive();
        assert_eq!(disk.display_path("客户/a.md"), "客户/a.md");
        let inside = Disk::open(&folder.path().join("客户"), folder.path()).expect("opens");
        assert_eq!(inside.display_path("a.md"), "客户/a.md");
        let outside = Disk::open(folder.path(), &folder.path().join("客户")).expect("opens");
        assert!(outside.display_path("a.md").starts_with('/') && outside.display_path("a.md").ends_with("/a.md"));
    }
}
