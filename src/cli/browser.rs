//! Opens the browser.

/// Asks the system to open an address. Does not wait: some openers run as long as the browser.
pub(super) fn open(address: String) {
    // Without a browser the link that was printed is still there.
    let _ = std::thread::Builder::new().name("browser".to_owned()).spawn(move || open::that_detached(address));
}
