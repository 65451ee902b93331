//! «是否想写 …»: the known name closest to what was written.

use std::collections::BTreeSet;

use pinyin::ToPinyin;

/// The candidate closest to `written`, if any is close enough.
///
/// The distance counts characters inserted, removed, replaced or swapped. Allowed are one for names of up to two
/// characters, two for up to five, a third of the length for longer ones, and less than the longer name has. Of two
/// equally distant candidates the one that sounds more alike wins (李伟 before 李娜 for 李玮), then the first.
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    suggest(written, candidates).into_iter().next()
}

/// All candidates that are close enough, closest first, at most three, without duplicates.
pub fn suggest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let written: Vec<char> = written.trim().chars().collect();
    let most = match written.len() {
        0..=2 => 1,
        3..=5 => 2,
        len => len / 3,
    };
    let mut close: Vec<(usize, usize, &'a str)> = Vec::new();
    let mut known: Vec<char> = Vec::new();
    let mut rows = Rows::default();
    let mut seen = BTreeSet::new();
    for candidate in candidates {
        known.clear();
        known.extend(candidate.chars());
        let longer = written.len().max(known.len());
        if written.len().abs_diff(known.len()) > most {
            continue;
        }
        let Some(distance) = rows.distance(&written, &known, most).filter(|distance| *distance < longer) else { continue };
        if seen.insert(candidate) {
            close.push((distance, sound_difference(&written, &known), candidate));
        }
    }
    // Stable sort: ties keep the order of the candidates.
    close.sort_by_key(|(distance, unlike, _)| (*distance, *unlike));
    close.into_iter().take(3).map(|(.., candidate)| candidate).collect()
}

/// Number of positions at which two names sound different.
fn sound_difference(written: &[char], known: &[char]) -> usize {
    let sounds = |c: char| c.to_pinyin().map(|pinyin| pinyin.plain());
    let same = |(a, b): (&char, &char)| a == b || sounds(*a).is_some_and(|sound| sounds(*b) == Some(sound));
    let longer = written.len().max(known.len());
    longer - written.iter().zip(known).filter(|pair| same(*pair)).count()
}

/// Three rows of the distance table, reused between candidates.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    last: Vec<usize>,
    this: Vec<usize>,
}

impl Rows {
    /// Optimal string alignment distance from `a` to `b`, if at most `most`.
    fn distance(&mut self, a: &[char], b: &[char], most: usize) -> Option<usize> {
        self.before.clear();
        self.before.resize(b.len() + 1, 0);
        self.last.clear();
        self.last.extend(0..=b.len());
        self.this.clear();
        self.this.resize(b.len() + 1, 0);
        for i in 1..=a.len() {
            self.this[0] = i;
            let mut least = i;
            for j in 1..=b.len() {
                let replaced = self.last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let mut cost = replaced.min(self.last[j] + 1).min(self.this[j - 1] + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    cost = cost.min(self.before[j - 2] + 1);
                }
                self.this[j] = cost;
                least = least.min(cost);
            }
            // Swaps in the next row continue from the row before this one, whose minimum may be lower by one.
            if least > most + 1 {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.this);
        }
        self.last.last().copied().filter(|distance| *distance <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_are_suggested() {
        assert_eq!(suggest("李玮", ["王建国", "李娜", "李伟", "李娜"]), ["李伟", "李娜"]);
        assert_eq!(nearest("沈立萍", ["沈丽萍", "沈立"]), Some("沈丽萍"));
        assert_eq!(nearest("期日", ["日期"]), Some("日期"));
        assert_eq!(nearest("拜访木的", ["拜访数的", "拜访目的"]), Some("拜访目的"));
        assert_eq!(nearest("seceecy", ["secrecy", "tags"]), Some("secrecy"));
    }

    #[test]
    fn unrelated_names_are_not_suggested() {
        assert_eq!(nearest("李", ["王"]), None);
        assert_eq!(nearest("周岚", ["何俊", "陈晓燕"]), None);
        assert_eq!(nearest("面谈概要", ["承诺", "费用"]), None);
        assert_eq!(nearest("", ["甲"]), None);
    }

    #[test]
    fn at_most_three_suggestions_in_order() {
        assert_eq!(suggest("c00001", ["c00009", "c00002", "c00001x", "c00003", "c00011"]), ["c00009", "c00002", "c00001x"]);
    }
}
