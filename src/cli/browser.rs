//! Opening the browser.

/// Asks the system to show an address. It does not wait: what opens may stay open as long as the command.
pub(super) fn open(address: String) {
    // Without a browser the link that was printed is still there.
    let _ = std::thread::Builder::new().name("browser".to_owned()).spawn(move || open::that_detached(address));
}
