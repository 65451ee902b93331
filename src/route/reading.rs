//! How Chinese names are read, for A–Z and for addresses: pinyin with the usual mistakes at surnames and places put right.

/// What names are sorted by: pinyin with tone, then the characters; digits and Latin letters first. `given` is the author's
/// own reading (`拼音`).
pub fn sort_key(name: &str, given: Option<&str>) -> String {
    let _ = (name, given);
    todo!("helper: route")
}

/// The letter a name stands under in A–Z: `A`–`Z`, or `#`.
pub fn initial(name: &str, given: Option<&str>) -> char {
    let _ = (name, given);
    todo!("helper: route")
}
