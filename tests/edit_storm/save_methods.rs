//! The ways in which editors save, and what else people do to folders.

use std::fs::{self, File};
use std::io::{Result, Write};
use std::path::{Path, PathBuf};

use crate::support::{Rng, copy_all};

/// How a file, which is there, is saved with other bytes.
pub type SaveMethod = fn(&Path, &[u8]) -> Result<()>;

/// All nine; the ninth comes with the tenth, which leaves droppings beside and nothing else.
pub const SAVE_METHODS: [(&str, SaveMethod); 9] = [
    ("in place", |file, bytes| {
        let mut open = File::options().write(true).open(file)?;
        open.write_all(bytes)?;
        open.set_len(bytes.len() as u64)
    }),
    ("truncated and written", |file, bytes| fs::write(file, bytes)),
    ("written beside and put in its place", |file, bytes| {
        let beside = beside(file, ".tmp");
        fs::write(&beside, bytes)?;
        fs::rename(beside, file)
    }),
    ("moved aside and written anew", |file, bytes| {
        let aside = beside(file, "~");
        fs::rename(file, &aside)?;
        fs::write(file, bytes)?;
        fs::remove_file(aside)
    }),
    ("deleted and made anew", |file, bytes| {
        fs::remove_file(file)?;
        fs::write(file, bytes)
    }),
    ("saved twice in a second", |file, bytes| {
        fs::write(file, edited(bytes, 99_999_999))?;
        fs::write(file, bytes)
    }),
    ("its time kept", |file, bytes| {
        let time = fs::metadata(file)?.modified()?;
        fs::write(file, bytes)?;
        File::options().append(true).open(file)?.set_modified(time)
    }),
    ("its folder renamed", |file, bytes| {
        let folder = file.parent().unwrap_or(file);
        let other = beside(folder, "（改名）");
        fs::rename(folder, &other)?;
        fs::write(other.join(file.file_name().unwrap_or_default()), bytes)?;
        fs::rename(&other, folder)
    }),
    ("droppings beside", |file, bytes| {
        for dropping in ["4913", "~$拜访.docx", ".拜访.md.swp", ".DS_Store"] {
            fs::write(file.with_file_name(dropping), bytes)?;
        }
        fs::write(file, bytes)?;
        fs::remove_file(file.with_file_name("4913"))
    }),
];

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(end);
    path.with_file_name(name)
}

/// The Markdown files of customers.
pub fn documents(content: &Path) -> Vec<PathBuf> {
    let walk = walkdir::WalkDir::new(content).sort_by_file_name().into_iter().flatten();
    let files = walk.map(|entry| entry.into_path()).filter(|path| path.extension().is_some_and(|end| end == "md"));
    files.filter(|path| path.components().any(|part| matches!(part.as_os_str().to_str(), Some("customers" | "客户")))).collect()
}

/// Gives all documents their mark, long ago: after that a save that keeps the time leaves nothing to be seen but the bytes.
pub fn append_markers(content: &Path) {
    for file in documents(content) {
        let time = fs::metadata(&file).and_then(|about| about.modified()).expect("has a time");
        fs::write(&file, edited(&fs::read(&file).expect("can be read"), 0)).expect("written");
        File::options().append(true).open(&file).and_then(|file| file.set_modified(time)).expect("has a time");
    }
}

/// Other bytes for a file, of the same length if it has its mark: the number of the edit, at its end.
pub fn edited(bytes: &[u8], number: usize) -> Vec<u8> {
    // In letters that every encoding of the sample has.
    const MARK: &[u8] = b"\n\nNo. ";
    let at = bytes.windows(MARK.len()).rposition(|piece| piece == MARK).unwrap_or(bytes.len());
    [&bytes[..at], MARK, format!("{number:08}\n").as_bytes()].concat()
}

/// Saves one of the documents in this way.
pub fn save(content: &Path, (way, save): (&str, SaveMethod), number: usize, dice: &mut Rng) {
    let all = documents(content);
    // Some again and again, within one tick of the clock.
    let file = &all[if dice.one_in(3) { number % 3 } else { dice.below(all.len()) }];
    let bytes = fs::read(file).expect("can be read");
    save(file, &edited(&bytes, number)).unwrap_or_else(|error| panic!("{way}: {}: {error}", file.display()));
}

/// All folders of customers.
fn customers(content: &Path) -> Vec<PathBuf> {
    let folders = ["customers", "客户"].into_iter().flat_map(|name| fs::read_dir(content.join(name)).into_iter().flatten());
    let mut folders: Vec<PathBuf> = folders.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Something bigger: a folder comes, goes or moves; policy or theme change.
pub fn large_change(home: &Path, number: usize, dice: &mut Rng) -> &'static str {
    let content = home.join("content");
    let all = customers(&content);
    let one = all[dice.below(all.len())].clone();
    match number % 6 {
        0 => {
            fs::rename(&one, content.join(format!("客户/搬到第{number}处"))).expect("moved");
            "a customer's folder moves"
        }
        1 => {
            let copy = content.join(format!("客户/分公司{number}"));
            copy_all(&one, &copy);
            "a folder is copied"
        }
        2 => {
            let config = content.join("archive.yaml");
            let text = fs::read_to_string(&config).expect("can be read");
            let text: String = text.lines().map(|line| if line.starts_with("title:") { "title: 第" } else { line }).fold(
                String::new(),
                |text, line| {
                    if line == "title: 第" { format!("{text}{line}{number}版\n") } else { format!("{text}{line}\n") }
                },
            );
            fs::write(config, text).expect("written");
            "the policy is edited"
        }
        3 => {
            let style = home.join("themes/ink/assets/style.css");
            let text = fs::read_to_string(&style).expect("can be read");
            fs::write(style, format!("{text}\n/* {number} */\n")).expect("written");
            "the theme's looks are edited"
        }
        4 if all.len() > 3 => {
            fs::remove_dir_all(&one).expect("removed");
            "a customer is deleted"
        }
        4 => "nobody is left to be deleted",
        _ => {
            let template = home.join("themes/ink/templates/base.html");
            let text = fs::read_to_string(&template).expect("can be read");
            // Broken for a moment, as it is while it is being written.
            fs::write(&template, format!("{text}{{% if")).expect("written");
            fs::write(template, format!("{text}<!-- {number} -->\n")).expect("written");
            "a template is edited"
        }
    }
}
