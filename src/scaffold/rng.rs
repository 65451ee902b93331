//! A deterministic random number generator.

use jiff::{Span, ToSpan};

/// SplitMix64: the same seed gives the same numbers on every machine.
#[derive(Clone, Debug)]
pub(super) struct Rng(u64);

impl Rng {
    /// A generator with this seed.
    pub(super) fn new(seed: u64) -> Rng {
        Rng(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, inclusive.
    pub(super) fn number(&mut self, least: u32, most: u32) -> u32 {
        let width = u64::from(most.saturating_sub(least)) + 1;
        // The remainder is below 2³², and so is the sum if `least ≤ most`.
        least.saturating_add((self.next() % width) as u32)
    }

    /// A number of days from `least` to `most`, inclusive.
    pub(super) fn days(&mut self, least: u32, most: u32) -> Span {
        i64::from(self.number(least, most)).days()
    }

    /// True with a probability of `percent`.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.number(1, 100) <= percent
    }

    /// A random element; `all` is not empty.
    pub(super) fn choose<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[(self.next() % all.len().max(1) as u64) as usize]
    }

    /// `count` different elements in random order, or all of them.
    pub(super) fn sample<T: Clone>(&mut self, all: &[T], count: usize) -> Vec<T> {
        let mut left = all.to_vec();
        let mut taken = Vec::new();
        while taken.len() < count && !left.is_empty() {
            taken.push(left.swap_remove((self.next() % left.len() as u64) as usize));
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_gives_same_numbers() {
        let throws = |seed| {
            let mut dice = Rng::new(seed);
            [dice.number(1, 6), dice.number(1, 6), dice.number(1, 1000), dice.number(7, 7)]
        };
        assert_eq!(throws(1), throws(1));
        assert_ne!(throws(1), throws(2));
        assert_eq!(throws(3)[3], 7);
    }

    #[test]
    fn sample_has_no_duplicates() {
        let mut taken = Rng::new(9).sample(&["沈", "邱", "徐"], 5);
        taken.sort_unstable();
        assert_eq!(taken, ["徐", "沈", "邱"]);
    }
}
