//! The disk.
/// An archive in a folder.
#[derive(Debug)]
pub struct Disk;
