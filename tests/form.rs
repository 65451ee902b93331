//! The official forms: what a keeper can read of them in the suite, and the same sheets as a workbook, read back cell by cell.

use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use kedang::archive::{Archive, Dossier, Event, EventKind, Party};
use kedang::calendar::{AsOf, Date};
use kedang::config::Config;
use kedang::export::{PageSetup, workbook};
use kedang::form::{Content, FORMS, Form, FormContext, FormSubject, Sheet, blank_set, customer_set, fill, second_copy, text};
use kedang::record::Record;
use kedang::source::Memory;

use crate::support::{Case, PipelineRun, SampleSite, files_below, forms_archive, read, root};

/// A form as it is asked for in a case: `3 东澜水务 edition=plain`.
pub fn rendered(archive: &Memory, day: Date, asked: &str) -> String {
    let (asked, edition) = asked.split_once(" edition=").unwrap_or((asked, "full"));
    PipelineRun::with_edition(archive, day, edition, |archive, config, prose| {
        let sheets = sheets(archive, config, day, asked);
        sheets.iter().map(|sheet| text(sheet, prose)).collect::<Vec<_>>().join("\n")
    })
}

fn sheets(archive: &Archive, config: &Config, day: Date, asked: &str) -> Vec<Sheet> {
    let desk = FormContext { as_of: AsOf(day), config };
    let (number, whom) = asked.split_once(' ').expect("a number and whom it is about");
    let form = number.parse().ok().and_then(Form::numbered);
    match (form, whom) {
        (None, "blank") => return blank_set(desk),
        (None, whom) => {
            let dossier = dossier(archive, whom);
            let forms = customer_set(dossier, desk).into_iter().map(|whole| whole.sheet);
            return forms.chain(second_copy(dossier, desk)).collect();
        }
        (Some(form), "blank") => return vec![fill(form, FormSubject::Nobody, desk)],
        _ => {}
    }
    let form = form.expect("a form");
    let sheet = match (form.form, whom.split_once(['/', ' '])) {
        (7, Some((who, on))) => {
            let staff = archive.staff.iter().find(|member| *member.entry.name == *who).expect("one of ours");
            let on: Date = on.parse().expect("a day");
            let visits = visits(archive, &Party::Registered(staff.entry.clone()), on);
            fill(form, FormSubject::Day(&Party::Registered(staff.entry.clone()), on, &visits), desk)
        }
        (2, Some((customer, name))) => {
            let dossier = dossier(archive, customer);
            let person = dossier.people.iter().find(|person| *person.entry.name == *name).expect("a person");
            fill(form, FormSubject::Person(dossier, person), desk)
        }
        (_, Some((customer, name))) => {
            let dossier = dossier(archive, customer);
            let project = dossier.projects.iter().find(|project| *project.entry.name == *name).expect("a project");
            fill(form, FormSubject::Project(dossier, project), desk)
        }
        _ => fill(form, FormSubject::Customer(dossier(archive, whom)), desk),
    };
    vec![sheet]
}

fn dossier<'a>(archive: &'a Archive, name: &str) -> &'a Dossier {
    let called = |dossier: &&Arc<Dossier>| *dossier.entry.name == *name || dossier.entry.short.as_deref() == Some(name);
    archive.dossiers.values().find(called).unwrap_or_else(|| panic!("no customer {name}"))
}

fn visits<'a>(archive: &'a Archive, who: &Party, on: Date) -> Vec<(&'a Dossier, &'a Event)> {
    let all = archive.dossiers.values().flat_map(|dossier| dossier.events.iter().map(move |event| (&**dossier, event)));
    all.filter(|(_, event)| event.sort == EventKind::Visit && event.date == Some(on))
        .filter(|(_, event)| event.ours.first().is_some_and(|first| first.name() == who.name()))
        .collect()
}

/// The archives of the suite's cases about forms, as they stand at their ends.
fn cases() -> Vec<(Memory, Date)> {
    let usual = Case::parse(&read(&root().join("tests/suite/usual.md"))).steps.remove(0);
    let crowd = forms_archive();
    let crowd = crowd.iter().map(|(path, (bytes, _))| (path.as_str(), std::str::from_utf8(bytes).expect("text")));
    let crowd = Memory::new(crowd);
    let files = files_below(&root().join("tests/suite/form"), "md");
    let lay = |path: &std::path::PathBuf| {
        let mut archive = Memory::new([("archive.yaml", "公司名称: 甲公司\n")]);
        let case = Case::parse(&read(path));
        case.steps.iter().for_each(|scene| scene.write_to(&mut archive, &usual));
        (archive, case.steps.last().expect("a scene").as_of())
    };
    files.iter().map(lay).chain([(crowd, "2026-11-24".parse().expect("a day"))]).collect()
}

/// What stands below a form of which this edition may not show everything.
const LIMITED: &str = "有的栏在这个版本里一律留空。版本：脱敏本";

/// Where a text begins: as one cell, or as several one below the other, where it is higher than a paper.
fn position_of(cells: &[String], wanted: &str) -> Option<usize> {
    let goes_on = |from: usize| {
        let mut rest = wanted.strip_prefix(cells[from].as_str())?;
        let mut after = cells[from + 1..].iter();
        while !rest.is_empty() {
            rest = rest.strip_prefix('\n').unwrap_or(rest);
            rest = after.find_map(|cell| rest.strip_prefix(cell.as_str()))?;
        }
        Some(from)
    };
    cells.iter().position(|cell| cell == wanted).or_else(|| (0..cells.len()).find_map(goes_on))
}

fn in_a_workbook(sheets: &[Sheet], day: Date, prose: &dyn Fn(&Record) -> String) -> Vec<u8> {
    let (seal, copy) = ("商业秘密 · 全本 · 密级 秘密", "第一份 · 存档");
    let imprint = PageSetup { company: "甲公司", seal, copy, limited: (&[2], LIMITED), as_of: AsOf(day), blank: false };
    workbook(sheets, &imprint, prose).expect("a workbook")
}

#[test]
fn form_of_all_customers_is_one_page() {
    let built = SampleSite::build(&[]);
    let sheets = |form: u8| {
        let page = read(&built.path().join(format!("forms/all-{form}.html")));
        page.matches("<section class=\"sheet\"").count()
    };
    let customers = [1, 3, 4, 5, 6].map(sheets);
    assert!(customers[0] > 10 && customers.iter().all(|count| *count == customers[0]), "{customers:?}");
    // Whoever left has no sheet.
    let people = built.files().into_iter().filter(|path| path.contains("/people/")).count();
    let gone = read(&built.path().join("people/index.html")).matches("<tr class=\"gone\">").count();
    assert_eq!(sheets(2), people - gone);
}

#[test]
fn every_form_has_a_case() {
    for form in FORMS.iter() {
        assert!(root().join(format!("tests/suite/form/{}.md", form.form)).is_file(), "附表{}", form.form);
    }
}

#[test]
fn workbook_equals_printed_form_and_keeps_text() {
    let mut flowing = 0;
    for (archive, day) in cases() {
        PipelineRun::with_edition(&archive, day, "full", |archive, config, prose| {
            let desk = FormContext { as_of: AsOf(day), config };
            let mut sheets: Vec<Sheet> = blank_set(desk);
            for dossier in archive.dossiers.values() {
                sheets.extend(customer_set(dossier, desk).into_iter().map(|whole| whole.sheet));
                sheets.extend(second_copy(dossier, desk));
            }
            let bytes = in_a_workbook(&sheets, day, prose);
            assert_eq!(bytes, in_a_workbook(&sheets, day, prose), "the same sheets are the same bytes");
            let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
            let names = book.sheet_names().to_vec();
            assert_eq!(names.len(), sheets.len());
            for (name, sheet) in names.iter().zip(&sheets) {
                let range = book.worksheet_range(name).expect("a sheet");
                let formulas = book.worksheet_formula(name).expect("formulas can be asked for");
                assert_eq!(formulas.used_cells().count(), 0, "{name}");
                let mut cells: Vec<String> = Vec::new();
                for (.., data) in range.used_cells() {
                    match data {
                        Data::String(text) => cells.push(text.replace("\r\n", "\n")),
                        Data::Float(amount) => cells.push(format!("{amount:.2}")),
                        Data::Empty => {}
                        other => panic!("{name}: {other:?} is neither text nor an amount"),
                    }
                }
                let mut at = 0;
                for cell in sheet.heads.iter().chain(&sheet.rows).flat_map(|row| &row.cells) {
                    let printed = cell.printed.join("\n");
                    let filled = match &cell.content {
                        Content::Amount(money) if !money.approximate => money.to_string().replace(',', ""),
                        content => kedang::form::texts(content, prose).join("\n"),
                    };
                    let parts = [printed, filled].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
                    let wanted = parts.join("\n");
                    if wanted.is_empty() {
                        continue;
                    }
                    let found = position_of(&cells[at..], &wanted);
                    flowing += usize::from(found.is_some_and(|found| cells[at + found] != wanted));
                    at += found.unwrap_or_else(|| panic!("{name} lacks “{wanted}” in its place, has {cells:#?}")) + 1;
                }
                assert!(cells.iter().any(|cell| *cell == *sheet.title), "{name}");
                assert_eq!(cells.iter().any(|cell| cell == LIMITED), sheet.form == Some(2), "{name}");
            }
        });
    }
    assert!(flowing > 0, "nothing is higher than a paper");
}
