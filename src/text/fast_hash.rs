//! A fast non-cryptographic hasher.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds a [`FastHasher`].
pub type BuildFastHasher = BuildHasherDefault<FastHasher>;

/// For tables whose keys cannot come from a file: labels of kinds, addresses in memory. It offers no protection against
/// chosen keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct FastHasher(u64);

impl FastHasher {
    fn add(&mut self, word: u64) {
        // Multiplication by 2⁶⁴ over the golden ratio distributes close values over the whole range, starting with the
        // high bits; tables use the low ones.
        let spread = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ spread >> 47;
    }
}

impl Hasher for FastHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        words.iter().for_each(|word| self.add(u64::from_le_bytes(*word)));
        self.add(rest.iter().fold(bytes.len() as u64, |all, byte| all << 8 | u64::from(*byte)));
    }

    // The terminator of strings separates two strings in one value; keys are single strings.
    fn write_u8(&mut self, _: u8) {}

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn similar_inputs_hash_apart() {
        let places = |hashes: &mut dyn Iterator<Item = u64>| hashes.map(|hash| hash % 4096).collect::<BTreeSet<_>>().len();
        let hash = BuildFastHasher::default();
        // Of a thousand random values in 4096 slots about 890 are alone.
        assert!(places(&mut (0..1000usize).map(|at| hash.hash_one(0x7f00_0000_1000 + at * 16))) > 850);
        assert!(places(&mut (0..1000).map(|nth| hash.hash_one(format!("字段{nth}")))) > 850);
        assert!(places(&mut (0..1000).map(|nth| hash.hash_one(format!("next_contact_{nth}")))) > 850);
    }

    #[test]
    fn fingerprint_depends_on_length_and_bytes() {
        let hash = |text: &str| BuildFastHasher::default().hash_one(text);
        let texts = ["", "a", "ab", "ba", "abcdefgh", "abcdefghi", "abcdefgi", "拜访人", "拜访目的", "拜访目标", "\0", "\0\0"];
        let all: BTreeSet<u64> = texts.iter().map(|text| hash(text)).collect();
        assert_eq!(all.len(), texts.len());
    }
}
