//! Fingerprints: 128-bit hashes of canonical bytes, used as cache keys.

use std::fmt;

use postcard::ser_flavors::Flavor;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

/// xxh3-128 of a value's canonical bytes. Values with equal fingerprints are taken to be equal.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Fingerprint(pub [u8; 16]);

/// Initial buffer capacity in bytes; most values are smaller.
const INITIAL_CAPACITY: usize = 8 * 1024;
/// The buffer is hashed once it holds more bytes than this.
const MAX_BUFFERED: usize = 256 * 1024;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

impl Fingerprint {
    /// Fingerprint of raw bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint(xxhash_rust::xxh3::xxh3_128(bytes).to_be_bytes())
    }

    /// Fingerprint of a serialisable value, by its postcard bytes.
    ///
    /// Maps in it must be ordered. A value that postcard cannot encode is a bug; it gets the fingerprint of the error
    /// text.
    pub fn of_value<T: Serialize + ?Sized>(value: &T) -> Self {
        let mut hasher = Fingerprinter::new();
        hasher.value(value);
        hasher.finish()
    }

    /// Fingerprint of a value by its [`std::hash::Hash`], which ignores positions for [`Spanned`](super::Spanned).
    /// Valid within one process; use [`Fingerprint::of_value`] for what is written to disk.
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

/// Builds a [`Fingerprint`] from parts. Bytes and texts are length-prefixed, so `ab`+`c` and `a`+`bc` differ.
///
/// Parts are small and hashing is fast on large blocks, so they are buffered; larger input is hashed block by block.
#[derive(Clone)]
pub struct Fingerprinter {
    gathered: Vec<u8>,
    before: Option<Box<Xxh3>>,
}

impl Default for Fingerprinter {
    fn default() -> Self {
        Self::new()
    }
}

impl Fingerprinter {
    /// An empty fingerprinter.
    pub fn new() -> Self {
        Fingerprinter { gathered: Vec::with_capacity(INITIAL_CAPACITY), before: None }
    }

    fn add(&mut self, bytes: &[u8]) {
        if self.gathered.len() > MAX_BUFFERED {
            self.before.get_or_insert_with(|| Box::new(Xxh3::new())).update(&self.gathered);
            self.gathered.clear();
        }
        self.gathered.extend_from_slice(bytes);
    }

    /// Adds raw bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.number(bytes.len() as u64).add(bytes);
        self
    }

    /// Adds a text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.bytes(text.as_bytes())
    }

    /// Adds a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.add(&number.to_le_bytes());
        self
    }

    /// Adds a value by its [`std::hash::Hash`], as [`Fingerprint::of_hash`].
    pub fn hash<T: std::hash::Hash + ?Sized>(&mut self, value: &T) -> &mut Self {
        value.hash(self);
        self
    }

    /// Adds another fingerprint.
    pub fn fingerprint(&mut self, fingerprint: Fingerprint) -> &mut Self {
        self.add(&fingerprint.0);
        self
    }

    /// Adds a serialisable value.
    pub fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> &mut Self {
        let before = self.gathered.len();
        if let Err(error) = postcard::serialize_with_flavor(value, HashWriter(&mut self.gathered)) {
            self.gathered.truncate(before);
            self.text(&error.to_string());
        }
        self
    }

    /// The fingerprint of all that was added, in order.
    pub fn finish(&self) -> Fingerprint {
        match &self.before {
            None => Fingerprint::of(&self.gathered),
            Some(before) => {
                let mut whole = before.clone();
                whole.update(&self.gathered);
                Fingerprint(whole.digest128().to_be_bytes())
            }
        }
    }
}

/// Appends the postcard bytes of a value to a buffer.
struct HashWriter<'a>(&'a mut Vec<u8>);

impl Flavor for HashWriter<'_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    // Most parts are a length of one byte.
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        match bytes {
            [byte] => self.0.push(*byte),
            bytes => self.0.extend_from_slice(bytes),
        }
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Raw bytes in any number of pieces; the result is [`Fingerprint::of`] all of them.
impl std::io::Write for Fingerprinter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl std::hash::Hasher for Fingerprinter {
    fn finish(&self) -> u64 {
        u128::from_be_bytes(Fingerprinter::finish(self).0) as u64
    }

    fn write(&mut self, bytes: &[u8]) {
        self.add(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_digits_equal_the_bytes() {
        let mut fingerprint = Fingerprint::default();
        (fingerprint.0[0], fingerprint.0[1], fingerprint.0[15]) = (0x1e, 0x07, 0xf0);
        assert_eq!(fingerprint.hex(3), "1e0");
        assert_eq!(fingerprint.to_string(), "1e0700000000000000000000000000f0");
    }

    #[test]
    fn fingerprint_parts_are_delimited() {
        let one = Fingerprinter::new().text("客").text("户名").finish();
        let two = Fingerprinter::new().text("客户").text("名").finish();
        assert_ne!(one, two);
    }

    #[test]
    fn fingerprint_of_pieces_equals_whole() {
        use std::io::Write;
        let mut pieces = Fingerprinter::new();
        pieces.write_all(b"\xe5\xae").and_then(|()| pieces.write_all(b"\xa2")).expect("never fails");
        assert_eq!(Fingerprinter::finish(&pieces), Fingerprint::of("客".as_bytes()));

        let long = "客户档案".repeat(MAX_BUFFERED / 4);
        let mut pieces = Fingerprinter::new();
        long.as_bytes().chunks(5000).for_each(|piece| pieces.write_all(piece).expect("never fails"));
        assert_eq!(Fingerprinter::finish(&pieces), Fingerprint::of(long.as_bytes()));
    }

    #[test]
    fn equal_values_have_equal_fingerprints() {
        assert_eq!(Fingerprint::of_value(&("周岚", 3)), Fingerprint::of_value(&("周岚", 3)));
        assert_ne!(Fingerprint::of_value(&("周岚", 3)), Fingerprint::of_value(&("周岚", 4)));
    }
}
