//! The ear for Linux.
//!
//! Why not notify, which other systems are heard with: it asks to be told of every opening too. One look at ten thousand
//! customers is 120,000 such events, which flood the queue, cost more than the look itself, and would ring for themselves. It
//! also asks about folders that are left out, of which a machine may have more than watches.

use std::ffi::OsStr;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use rustix::event::{self, EventfdFlags, PollFd, PollFlags};
use rustix::fs::inotify::{ReadFlags, Reader};
use rustix::io::{self, Errno};

use super::posts::Posts;
use super::{Cord, Ear, Hung, Why, hung};

/// Listens in a thread of its own.
#[derive(Debug, Default)]
pub(super) struct Inotify {
    listening: Option<(JoinHandle<()>, Arc<Stop>)>,
}

/// How the thread is stopped, whatever it does.
#[derive(Debug)]
struct Stop {
    said: AtomicBool,
    /// Readable when it was said.
    wakes: OwnedFd,
}

impl Stop {
    fn say(&self) {
        self.said.store(true, Ordering::Release);
        // It cannot be full: it is written once.
        let _ = io::write(&self.wakes, &1u64.to_ne_bytes());
    }

    fn was_said(&self) -> bool {
        self.said.load(Ordering::Acquire)
    }
}

impl Ear for Inotify {
    fn listen(&mut self, folders: &Arc<[Hung]>, cord: Cord) {
        let before = self.listening.take().map(|(thread, stop)| {
            stop.say();
            thread
        });
        let stop = match event::eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK) {
            Ok(wakes) => Arc::new(Stop { said: AtomicBool::new(false), wakes }),
            Err(cause) => return cord.deaf(Why::Refused(cause.to_string())),
        };
        let thread = {
            let (folders, cord, stop) = (folders.clone(), cord.clone(), stop.clone());
            thread::Builder::new().name("ear".to_owned()).spawn(move || {
                // Its watches count against the limit until it is gone. Whoever asked for a new one does not wait for that.
                if let Some(before) = before {
                    let _ = before.join();
                }
                match prepare(&folders, &stop) {
                    Err(why) => cord.deaf(why),
                    Ok(posts) => {
                        cord.ready();
                        match hear(posts, &folders, &cord, &stop) {
                            Ok(()) => {}
                            // What went well at first may do so again.
                            Err(Why::Refused(words)) => cord.fault(words),
                            Err(why) => cord.deaf(why),
                        }
                    }
                }
            })
        };
        match thread {
            Ok(thread) => self.listening = Some((thread, stop)),
            Err(cause) => cord.deaf(Why::Refused(cause.to_string())),
        }
    }
}

impl Drop for Inotify {
    fn drop(&mut self) {
        if let Some((_, stop)) = self.listening.take() {
            stop.say();
        }
    }
}

fn refused(cause: Errno) -> Why {
    Why::Refused(cause.to_string())
}

/// Asks about everything.
fn prepare(folders: &[Hung], stop: &Stop) -> Result<Posts, Why> {
    let mut posts = Posts::new()?;
    for hung in folders {
        posts.ask_about_going(&hung.root)?;
        posts.ask_about_all(&hung.root, folders, &|| stop.was_said())?;
        // Of a folder inside, its own folder tells when it is opened to us.
        if hung.root.is_dir() && !posts.know(&hung.root) && !stop.was_said() {
            return Err(refused(Errno::ACCESS));
        }
    }
    Ok(posts)
}

/// Hears until it is stopped. What was asked of the system is given back when it returns.
fn hear(mut posts: Posts, folders: &[Hung], cord: &Cord, stop: &Stop) -> Result<(), Why> {
    let queue = posts.queue();
    let mut room = vec![MaybeUninit::uninit(); 64 * 1024];
    while !stop.was_said() {
        let mut either = [PollFd::new(&queue, PollFlags::IN), PollFd::new(&stop.wakes, PollFlags::IN)];
        match event::poll(&mut either, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(cause) => return Err(refused(cause)),
        }
        let mut reader = Reader::new(&queue, &mut room);
        loop {
            match reader.next() {
                Ok(event) => {
                    let name = event.file_name().map(|name| OsStr::from_bytes(name.to_bytes()));
                    note(&mut posts, event.wd(), event.events(), name, folders, cord, stop)?;
                }
                Err(Errno::AGAIN) => break,
                Err(Errno::INTR) => {}
                Err(cause) => return Err(refused(cause)),
            }
            if stop.was_said() {
                break;
            }
        }
    }
    Ok(())
}

/// Notes one event.
fn note(
    posts: &mut Posts,
    number: i32,
    what: ReadFlags,
    name: Option<&OsStr>,
    folders: &[Hung],
    cord: &Cord,
    stop: &Stop,
) -> Result<(), Why> {
    let goes = ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::UNMOUNT;
    // Lost events may have been about new folders; and a root that goes takes all that is asked about it along.
    if what.intersects(goes | ReadFlags::QUEUE_OVERFLOW) {
        cord.lost();
    }
    if what.contains(ReadFlags::IGNORED) {
        posts.forget(number);
        return Ok(());
    }
    // Events of a folder that is no longer asked about were made before it went: whoever made it go was heard.
    let Some(folder) = posts.folder(number) else { return Ok(()) };
    let path = name.map_or_else(|| folder.to_path_buf(), |name| folder.join(name));
    let is_folder = name.is_none() || what.contains(ReadFlags::ISDIR);
    if !hung::counts(folders, &path, Some(is_folder)) {
        return Ok(());
    }
    if is_folder && name.is_some() {
        if what.intersects(ReadFlags::MOVED_FROM | ReadFlags::DELETE) {
            posts.leave(&path);
        }
        let comes = what.intersects(ReadFlags::CREATE | ReadFlags::MOVED_TO);
        // A folder that was closed to us may have been opened.
        if comes || (what.contains(ReadFlags::ATTRIB) && !posts.know(&path)) {
            posts.ask_about_all(&path, folders, &|| stop.was_said())?;
        }
    }
    // It is named when all below it is heard: what came before that is found by whoever looks.
    if !what.intersects(goes) {
        cord.hear(path);
    }
    Ok(())
}
