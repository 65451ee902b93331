//! Making the output folder equal the plan, whole or not at all.
//!
//! [`Folder::open`] refuses dangerous folders and takes the lock; outputs are staged one by one while the old site stands;
//! [`Folder::put`] writes the intent, renames, prunes and writes the manifest. Killed at any moment, every file is whole and
//! the next build heals the rest. Files that kedang did not write are never touched. The room never knows how pages are made.
