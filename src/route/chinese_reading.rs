//! Pinyin of Chinese names, for A–Z lists and addresses, with corrected readings of surnames and place names.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use unicode_normalization::UnicodeNormalization;

use crate::text::BuildFastHasher;

type Table = HashMap<&'static str, Vec<&'static str>, BuildFastHasher>;

static WORDS: LazyLock<Table> = LazyLock::new(|| table(include_str!("readings/words.txt")));
static SURNAMES: LazyLock<Table> = LazyLock::new(|| table(include_str!("readings/surnames.txt")));

fn table(text: &'static str) -> Table {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(word, syllables)| (word, syllables.split(' ').collect()))
        .collect()
}

/// Longest entry of either table, in characters.
const LONGEST: usize = 4;

/// Kind of a name. Surnames have readings of their own (单 Shàn, 曾 Zēng) that apply nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// A company, a place, a title: anything but a person.
    Thing,
    /// A person; the name begins with the surname.
    Person,
}

/// Each character with its syllable and tone (`chong2`), or `None` for a character that is not Chinese.
pub(super) fn read(name: &str, slug_kind: NameKind) -> Vec<(char, Option<&'static str>)> {
    let mut read = Vec::with_capacity(name.len() / 3);
    let mut rest = name.trim_start();
    let mut head = slug_kind == NameKind::Person;
    while let Some(first) = rest.chars().next() {
        let known = head.then(|| longest(&SURNAMES, rest)).flatten().or_else(|| longest(&WORDS, rest));
        head = false;
        match known {
            Some((word, syllables)) => {
                read.extend(word.chars().zip(syllables.iter().map(|syllable| Some(*syllable))));
                rest = &rest[word.len()..];
            }
            None => {
                read.push((first, first.to_pinyin().map(|pinyin| pinyin.with_tone_num_end())));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    read
}

fn longest(table: &'static Table, text: &str) -> Option<(&'static str, &'static [&'static str])> {
    if text.is_ascii() {
        return None;
    }
    let mut ends = [0; LONGEST];
    let mut count = 0;
    for (at, c) in text.char_indices().take(LONGEST) {
        ends[count] = at + c.len_utf8();
        count += 1;
    }
    ends[..count]
        .iter()
        .rev()
        .find_map(|&end| table.get_key_value(&text[..end]).map(|(word, syllables)| (*word, syllables.as_slice())))
}

/// The sort key of a name: first the letter of A–Z (so that headings and order agree), then digits and Latin before
/// Chinese, then pinyin, tone and character. `given` is the author's own reading (`拼音`), with or without tones.
pub fn sort_key(name: &str, given: Option<&str>) -> String {
    key(name, given, NameKind::Thing)
}

/// The A–Z heading of a name: `A`–`Z`, or `#`.
pub fn initial(name: &str, given: Option<&str>) -> char {
    heading(name, given, NameKind::Thing)
}

/// [`sort_key`] of a person's name, which begins with a surname.
pub fn person_sort_key(name: &str, given: Option<&str>) -> String {
    key(name, given, NameKind::Person)
}

/// [`initial`] of a person's name.
pub fn person_initial(name: &str, given: Option<&str>) -> char {
    heading(name, given, NameKind::Person)
}

fn heading(name: &str, given: Option<&str>, slug_kind: NameKind) -> char {
    key(name, given, slug_kind).chars().next().unwrap_or('#')
}

fn key(name: &str, given: Option<&str>, slug_kind: NameKind) -> String {
    let read = read(name, slug_kind);
    let given = given.map(syllables).unwrap_or_default();
    let chinese = read.iter().filter(|(_, syllable)| syllable.is_some()).count();
    let mut key = String::with_capacity(name.len() * 4 + 2);
    if !given.is_empty() && given.len() != chinese {
        // Written as one word (`shanxiaoming`): sort by sound, and by characters only between equal sounds.
        key.push('2');
        given.iter().for_each(|syllable| key.push_str(syllable));
    } else {
        let mut given = given.iter();
        for (c, syllable) in &read {
            match syllable {
                Some(usual) => {
                    let said = given.next().map_or(*usual, String::as_str);
                    push(&mut key, said, usual, *c);
                }
                None => c.to_lowercase().nfkc().filter(|c| c.is_alphanumeric()).for_each(|c| {
                    key.push(if c.is_ascii_alphanumeric() { '1' } else { '3' });
                    key.push(c);
                }),
            }
        }
    }
    let letter = key.chars().nth(1).filter(char::is_ascii_alphabetic).map_or('#', |letter| letter.to_ascii_uppercase());
    key.insert(0, letter);
    // Tie-breaker for names that differ only in brackets, blanks or case.
    key.push('\0');
    key.push_str(name);
    key
}

/// Appends one Chinese character: `2zhou1周`. A syllable given without a tone gets the usual tone if its sound is the
/// usual one.
fn push(key: &mut String, said: &str, usual: &str, c: char) {
    let tone = |syllable: &str| syllable.chars().last().filter(char::is_ascii_digit);
    let sound = |syllable: &str| plain(syllable);
    key.push('2');
    let letters = sound(said);
    key.push_str(&letters);
    let same = letters == sound(usual);
    key.push(tone(said).or_else(|| tone(usual).filter(|_| same)).unwrap_or('5'));
    key.push(c);
}

/// A syllable as ASCII letters: no tone, ü as v.
pub(super) fn plain(syllable: &str) -> String {
    syllable.chars().map(|c| if c == 'ü' { 'v' } else { c.to_ascii_lowercase() }).filter(char::is_ascii_alphabetic).collect()
}

/// The author's reading as syllables, with tone marks converted to numbers.
fn syllables(given: &str) -> Vec<String> {
    given
        .split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '·'))
        .filter_map(|word| {
            let mut syllable = String::new();
            let mut tone = None;
            for c in word.nfd() {
                match c {
                    '\u{304}' => tone = Some('1'),
                    '\u{301}' => tone = Some('2'),
                    '\u{30c}' => tone = Some('3'),
                    '\u{300}' => tone = Some('4'),
                    // The dots of ü, which NFD separates from the u.
                    '\u{308}' if syllable.ends_with('u') => {
                        syllable.pop();
                        syllable.push('v');
                    }
                    '1'..='5' => tone = Some(c),
                    c if c.is_ascii_alphabetic() => syllable.push(c.to_ascii_lowercase()),
                    _ => {}
                }
            }
            if syllable.is_empty() {
                return None;
            }
            syllable.extend(tone);
            Some(syllable)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(name: &str, slug_kind: NameKind) -> String {
        let syllables: Vec<String> = read(name, slug_kind).iter().filter_map(|(_, syllable)| syllable.map(plain)).collect();
        syllables.join(" ")
    }

    #[test]
    fn reading_tables_have_one_syllable_per_character() {
        for (name, text) in [("words", include_str!("readings/words.txt")), ("surnames", include_str!("readings/surnames.txt"))]
        {
            let mut seen = std::collections::BTreeSet::new();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let (word, syllables) = line.split_once(' ').expect("a word and its reading");
                assert!(seen.insert(word), "{word} twice in {name}");
                let count = word.chars().count();
                assert!(count <= LONGEST, "{line}");
                let syllables: Vec<&str> = syllables.split(' ').collect();
                assert_eq!(syllables.len(), count, "{line}");
                for syllable in syllables {
                    let (sound, tone) = syllable.split_at(syllable.len() - 1);
                    assert!(sound.bytes().all(|b| b.is_ascii_lowercase()) && "12345".contains(tone), "{line}");
                }
            }
        }
    }

    #[test]
    fn surname_readings_are_used() {
        for (name, reading) in [
            ("单小明", "shan xiao ming"),
            ("曾国强", "zeng guo qiang"),
            ("仇建平", "qiu jian ping"),
            ("解晓东", "xie xiao dong"),
            ("查文斌", "zha wen bin"),
            ("区志坚", "ou zhi jian"),
            ("任长霞", "ren chang xia"),
            ("盖永华", "ge yong hua"),
            ("缪荣", "miao rong"),
            ("翟志刚", "zhai zhi gang"),
            ("尉迟恭", "yu chi gong"),
            ("万俟洛", "mo qi luo"),
            ("周岚", "zhou lan"),
            ("吕芳", "lv fang"),
        ] {
            assert_eq!(sound(name, NameKind::Person), reading, "{name}");
        }
    }

    #[test]
    fn place_and_trade_readings_are_used() {
        for (name, reading) in [
            ("重庆水务", "chong qing shui wu"),
            ("长沙银行", "chang sha yin hang"),
            ("厦门港务大厦", "xia men gang wu da sha"),
            ("六安热电", "lu an re dian"),
            ("台州石化", "tai zhou shi hua"),
            ("蚌埠玻璃", "beng bu bo li"),
            ("乐清电气", "yue qing dian qi"),
            ("振华重工", "zhen hua zhong gong"),
            ("长江三峡", "chang jiang san xia"),
            ("单县人民医院", "shan xian ren min yi yuan"),
            ("解放军总院", "jie fang jun zong yuan"),
            ("东澜水务", "dong lan shui wu"),
            ("新长投资", "xin chang tou zi"),
            ("成都地铁", "cheng du di tie"),
        ] {
            assert_eq!(sound(name, NameKind::Thing), reading, "{name}");
        }
    }

    #[test]
    fn sort_order_matches_initials() {
        let mut names = [
            "重庆水务",
            "华东院",
            "ABB 中国",
            "安徽热电",
            "ZTE",
            "3M 中国",
            "中控",
            "西安泵业",
            "先导",
            "长沙银行",
            "爱尔",
            "ａｂｃ",
            "阿里",
            "（新）安康",
            "Ωmega",
        ];
        names.sort_by_key(|name| sort_key(name, None));
        assert_eq!(
            names,
            [
                "3M 中国",
                "Ωmega",
                "ABB 中国",
                "ａｂｃ",
                "阿里",
                "爱尔",
                "安徽热电",
                "长沙银行",
                "重庆水务",
                "华东院",
                "西安泵业",
                "先导",
                "（新）安康",
                "ZTE",
                "中控",
            ]
        );
        let headings: String = names.iter().map(|name| initial(name, None)).collect();
        assert_eq!(headings, "##AAAAACCHXXXZZ");
        assert_eq!((person_initial("单小明", None), initial("单小明", None)), ('S', 'D'));
        assert_eq!(person_initial("欧阳修", None), 'O');
        assert_eq!(initial("", None), '#');
    }

    #[test]
    fn explicit_reading_takes_precedence() {
        for given in ["qin shi huan", "qín shí huān", "Qin2 Shi2 Huan1", "qin'shi'huan"] {
            assert_eq!(person_initial("覃石欢", Some(given)), 'Q', "{given}");
        }
        assert_eq!(sort_key("行知", Some("háng zhī")), sort_key("行知", Some("hang2 zhi1")));
        assert_eq!(initial("行知", Some("hangzhi")), 'H');
        assert_eq!(sort_key("周岚", Some("zhou lan")), sort_key("周岚", None), "the usual reading, said");
        assert_eq!(sort_key("吕芳", Some("lǚ fāng")), sort_key("吕芳", None));
        assert_eq!(initial("东澜", Some("")), 'D');
    }
}
