//! The name of a value: 128 bits of its canonical bytes.

use std::fmt;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

/// xxh3-128 of a value's canonical bytes. Two values with one fingerprint are taken to be equal.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(pub [u8; 16]);

/// Most values are smaller than this.
const USUAL: usize = 4096;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

impl Fingerprint {
    /// The fingerprint of raw bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint(xxhash_rust::xxh3::xxh3_128(bytes).to_be_bytes())
    }

    /// The fingerprint of a serialisable value, by its postcard bytes.
    ///
    /// Maps in it must be ordered; a value that postcard cannot encode has a bug and no
    /// fingerprint, so it is given that of its error text, which never equals another's by chance.
    pub fn of_value<T: Serialize + ?Sized>(value: &T) -> Self {
        let mut hasher = Fingerprinter::new();
        hasher.value(value);
        hasher.finish()
    }

    /// The fingerprint of a value by its [`std::hash::Hash`], which for [`Spanned`](super::Spanned) ignores
    /// places. Good within one process; what is written to disk uses [`Fingerprint::of_value`].
    pub fn of_hash<T: std::hash::Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = Fingerprinter::new();
        value.hash(&mut hasher);
        Fingerprinter::finish(&hasher)
    }

    /// The first `digits` hexadecimal digits, for addresses.
    pub fn hex(&self, digits: usize) -> String {
        (0..digits.min(32)).map(|at| char::from(DIGITS[usize::from(self.0[at / 2] >> (4 * (1 - at % 2)) & 15)])).collect()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex(32))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.hex(8))
    }
}

/// Builds a [`Fingerprint`] from parts. Every part is length-prefixed, so `ab`+`c` and `a`+`bc` differ.
#[derive(Clone)]
pub struct Fingerprinter(Box<Xxh3>);

impl Default for Fingerprinter {
    fn default() -> Self {
        Self::new()
    }
}

impl Fingerprinter {
    /// Nothing handed in yet.
    pub fn new() -> Self {
        Fingerprinter(Box::new(Xxh3::new()))
    }

    /// Adds raw bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.0.update(&number.to_le_bytes());
        self
    }

    /// Adds a value by its [`std::hash::Hash`], as [`Fingerprint::of_hash`].
    pub fn hash<T: std::hash::Hash + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.hash(self);
        self
    }

    /// Adds another fingerprint.
    pub fn print(&mut self, print: Fingerprint) -> &mut Self {
        self.0.update(&print.0);
        self
    }

    /// Adds a serialisable value. Its bytes are gathered first: they come a few at a time, and hashing likes many.
    pub fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        match postcard::to_io(value, Vec::with_capacity(USUAL)) {
            Ok(bytes) => self.0.update(&bytes),
            Err(error) => {
                self.text(&error.to_string());
            }
        }
        self
    }

    /// The fingerprint of all that was added, in order.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint(self.0.digest128().to_be_bytes())
    }
}

/// Raw bytes in any number of pieces: what is finished is [`Fingerprint::of`] them all.
impl std::io::Write for Fingerprinter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl std::hash::Hasher for Fingerprinter {
    fn finish(&self) -> u64 {
        self.0.digest()
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_bytes() {
        let mut print = Fingerprint::default();
        (print.0[0], print.0[1], print.0[15]) = (0x1e, 0x07, 0xf0);
        assert_eq!(print.hex(3), "1e0");
        assert_eq!(print.to_string(), "1e0700000000000000000000000000f0");
    }

    #[test]
    fn parts_do_not_run_together() {
        let one = Fingerprinter::new().text("客").text("户名").finish();
        let two = Fingerprinter::new().text("客户").text("名").finish();
        assert_ne!(one, two);
    }

    #[test]
    fn pieces_have_the_print_of_the_whole() {
        use std::io::Write;
        let mut pieces = Fingerprinter::new();
        pieces.write_all(b"\xe5\xae").and_then(|()| pieces.write_all(b"\xa2")).expect("never fails");
        assert_eq!(Fingerprinter::finish(&pieces), Fingerprint::of("客".as_bytes()));
    }

    #[test]
    fn equal_values_have_equal_prints() {
        assert_eq!(Fingerprint::of_value(&("周岚", 3)), Fingerprint::of_value(&("周岚", 3)));
        assert_ne!(Fingerprint::of_value(&("周岚", 3)), Fingerprint::of_value(&("周岚", 4)));
    }
}
