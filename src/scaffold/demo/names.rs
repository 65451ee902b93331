//! Fictional names of people and places.

/// Family names of staff, disjoint from [`THEIR_FAMILIES`] so that names are unambiguous.
const OUR_FAMILIES: &[&str] =
    &["周", "吕", "何", "韩", "陈", "宋", "方", "梁", "田", "白", "苏", "许", "郑", "顾", "马", "丁", "蒋", "褚", "程", "彭"];

/// Family names of the customers' people.
pub(super) const THEIR_FAMILIES: &[&str] = &[
    "沈", "邱", "徐", "郭", "乔", "侯", "郝", "贺", "邵", "唐", "秦", "孟", "罗", "谢", "潘", "董", "袁", "曹", "魏", "范",
    "石", "姚", "谭", "陆", "熊", "崔", "康", "江",
];

const FIRST: &[&str] = &[
    "丽", "志", "海", "国", "永", "世", "怀", "知", "东", "一", "建", "文", "晓", "振", "卫", "承", "立", "长", "敬", "思",
    "若", "明", "春", "庆", "维", "德", "秀", "兴", "嘉", "景", "玉",
];

const SECOND: &[&str] = &[
    "萍", "远", "波", "平", "福", "安", "瑾", "秋", "舟", "林", "燕", "涛", "东", "志", "群", "鸣", "楠", "腾", "浩", "敏",
    "芳", "军", "强", "华", "峰", "琴", "辉", "洁", "宁",
];

/// The name of staff member `number`; the first 17,980 are distinct.
pub(super) fn ours(number: u32) -> String {
    name(OUR_FAMILIES[number as usize % OUR_FAMILIES.len()], number / OUR_FAMILIES.len() as u32 * 137 + number % 20 * 61)
}

/// A name with this family name; `chance` selects the rest.
pub(super) fn name(family: &str, chance: u32) -> String {
    let (first, second) = (FIRST.len() as u32, SECOND.len() as u32);
    let chance = chance % (first * second);
    let first = FIRST[(chance / second) as usize];
    let second = SECOND[(chance % second) as usize];
    if first == second { format!("{family}{first}") } else { format!("{family}{first}{second}") }
}

const PLACE_FIRST: &[&str] =
    &["澜", "榆", "霁", "岚", "衡", "沅", "浔", "棠", "屏", "岫", "枫", "洛", "沧", "宛", "栾", "桐", "汀", "洵", "泽", "郁"];

const PLACE_SECOND: &[&str] = &["江", "岭", "川", "溪", "浦", "塘", "城", "桥", "陵", "泉", "湾", "原", "洲", "峡", "坪", "关"];

/// A place; the first 320 are distinct.
pub(super) fn place(number: u32) -> String {
    let (first, second) = (PLACE_FIRST.len() as u32, PLACE_SECOND.len() as u32);
    // Both steps are coprime with the lengths: neighbours in the list do not look alike.
    let first = PLACE_FIRST[(number % first) as usize];
    let second = PLACE_SECOND[((number / PLACE_FIRST.len() as u32 + number * 7) % second) as usize];
    format!("{first}{second}")
}

/// Number of places.
pub(super) const PLACES: u32 = 320;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn generated_names_and_places_are_unique() {
        assert_eq!((0..PLACES).map(place).collect::<BTreeSet<_>>().len(), PLACES as usize);
        assert_eq!((0..4000).map(ours).collect::<BTreeSet<_>>().len(), 4000);
        assert!(OUR_FAMILIES.iter().all(|ours| !THEIR_FAMILIES.contains(ours)));
    }
}
