//! Laying what a file says over what its kind may say.

use std::sync::Arc;

use super::fold::{fold_heading, fold_name};
use super::read::{Piece, Reader, heads_fit, typed};
use super::tidy;
use super::{FieldIndex, FieldType, Kind, Kinds, Place, Sheet, Unknown, Value};
use crate::calendar::{Date, read_date, read_month, read_period};
use crate::diag::{Code, Diagnostic, nearest};
use crate::prose::{Block, Link, Outline, Section, blocks, inline_links};
use crate::text::{FileId, Span, Spanned};
use crate::words::Say;
use crate::yaml::{Entry, Told};

/// All that a sheet is filled from.
pub struct Source<'a> {
    /// The decoded text that all places point into.
    pub text: &'a str,
    /// Its number.
    pub file: FileId,
    /// What the path says.
    pub place: &'a Place,
    /// The file's name without extension; the default of some fields.
    pub stem: &'a str,
    /// Entries of the front matter.
    pub entries: &'a [Entry],
    /// The body.
    pub outline: &'a Outline,
}

/// A sheet and what was left over.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The fields.
    pub sheet: Sheet,
    /// The record's own secrecy (`密级`): `None` when not said, `Some(3)` when it cannot be read.
    pub secrecy: Option<u8>,
    /// What is left of the body: stretches of Markdown, in order.
    pub prose: Vec<Span>,
    /// Links in fields, each with the level of its field: those of labelled sections, whatever their sort, and the wikilinks of
    /// front matter. Links of the prose are not among them.
    pub links: Vec<(Link, u8)>,
    /// What is wrong with it.
    pub news: Vec<Diagnostic>,
}

/// What was said of one field so far.
#[derive(Clone, Debug, Default)]
struct Said {
    value: Option<Value>,
    /// Where it was first said: the key or heading.
    place: Option<Span>,
}

/// A sheet in the making.
struct Filler<'a, 's> {
    kind: &'a Arc<Kind>,
    source: &'s Source<'a>,
    reader: Reader<'a>,
    said: Vec<Said>,
    links: Vec<(Link, u8)>,
    prose: Vec<Span>,
    /// Whether the table or list without a heading was found.
    main_done: bool,
}

/// Fills a sheet of `kind`. Every field present becomes one value or one diagnostic; nothing is dropped silently: what cannot
/// be read stays with the unknown keys.
pub fn fill(kinds: &Kinds, kind: &Arc<Kind>, source: &Source<'_>) -> Filled {
    let reader = Reader {
        kinds,
        source: source.text,
        day: record_day(kind, source),
        row_day: None,
        news: Vec::new(),
        unknown: Vec::new(),
    };
    let said = vec![Said::default(); kind.fields.len()];
    let mut filler = Filler { kind, source, reader, said, links: Vec::new(), prose: Vec::new(), main_done: false };
    filler.front();
    filler.body();
    filler.defaults();
    filler.finish()
}

impl<'a> Filler<'a, '_> {
    fn front(&mut self) {
        let entries = self.source.entries;
        for (nth, entry) in entries.iter().enumerate() {
            // A key typed twice is reported by the reader of front matter; the first counts.
            if entries[..nth].iter().any(|before| before.key.value == entry.key.value) {
                continue;
            }
            let name = fold_name(&entry.key.value);
            if let Some(phones) = &self.kind.phones
                && phones.called.iter().any(|called| **called == *name)
            {
                self.phones(entry, phones.mobile, phones.fixed);
            } else if let Some(index) = self.kind.named(&name) {
                let before = (self.reader.news.len(), self.reader.unknown.len());
                let value = self.told(index, &entry.told);
                self.wikilinks(index, value.as_ref());
                if value.is_some() || before != (self.reader.news.len(), self.reader.unknown.len()) {
                    self.say(index, value, entry.key.span);
                }
            } else {
                self.unknown_key(entry);
            }
        }
    }

    fn told(&mut self, index: FieldIndex, told: &Told) -> Option<Value> {
        let field = self.kind.field(index);
        match told {
            Told::Line(line) if let Some(bracket) = unclosed(&field.ty, line) => {
                let news = Diagnostic::new(Code::YamlSyntax, bracket).variant("unclosed-bracket").with("key", &field.label);
                self.reader.news.push(news.help(Say::new("help.move-to-section").with("key", &field.label)));
                let unknown = Unknown { key: Spanned::new(field.label.clone(), line.span), text: line.value.as_str().into() };
                self.reader.unknown.push(unknown);
                None
            }
            Told::Line(line) => self.reader.read(field, Piece::new(self.source.text, &line.value, line.span, false)),
            Told::Node(node) => self.reader.node(field, node),
            Told::Empty => None,
        }
    }

    /// Numbers under one name, each to the field it belongs to by its looks.
    fn phones(&mut self, entry: &Entry, mobile: FieldIndex, fixed: FieldIndex) {
        let Some(Value::Texts(numbers)) = self.told(fixed, &entry.told) else { return };
        for number in numbers {
            let index = if is_mobile(&number.value) { mobile } else { fixed };
            match &mut self.said[usize::from(index.0)].value {
                Some(Value::Texts(there)) => {
                    if !there.contains(&number) {
                        there.push(number);
                    }
                }
                there => {
                    *there = Some(Value::Texts(vec![number]));
                    self.said[usize::from(index.0)].place = Some(entry.key.span);
                }
            }
        }
    }

    fn unknown_key(&mut self, entry: &Entry) {
        let (key, span) = (&entry.key.value, entry.key.span);
        let text: Arc<str> = match &entry.told {
            Told::Line(line) => line.value.as_str().into(),
            Told::Node(node) => typed(self.source.text, node).into(),
            Told::Empty => "".into(),
        };
        let news = Diagnostic::new(Code::UnknownKey, span);
        let elsewhere = self.reader.kinds.all().iter().find(|kind| kind.called(key).is_some());
        let names =
            self.kind.fields.iter().flat_map(|field| std::iter::once(&field.label).chain(&field.also)).map(|name| &**name);
        let news = match (nearest(key, names), elsewhere) {
            (Some(name), _) => {
                let news = news.with("key", key).with("kind", &self.kind.label);
                news.help(Say::new("help.field-suggest").with("name", name))
            }
            (None, Some(other)) => {
                news.variant("elsewhere").with("key", key).with("kind", &self.kind.label).with("other", &other.label)
            }
            (None, None) => news.with("key", key).with("kind", &self.kind.label).help(Say::new("help.own-field")),
        };
        self.reader.news.push(news);
        self.reader.unknown.push(Unknown { key: Spanned::new(key.as_str().into(), span), text });
    }

    fn body(&mut self) {
        let outline = self.source.outline;
        self.stretch(outline.lead);
        self.sections(&outline.sections);
    }

    fn sections(&mut self, sections: &'a [Section]) {
        for section in sections {
            let name = fold_heading(&section.heading.text.value);
            if self.kind.prose_names.iter().any(|prose| **prose == *name) {
                self.stretch(lead_of(section, section.content));
                self.sections(&section.inner);
            } else if let Some(index) = self.kind.named(&name) {
                let mut own = Vec::new();
                self.own_stretches(section, &mut own);
                self.labelled(index, section, &own);
                self.labelled_within(section);
            } else {
                self.near_label(section, &name);
                let direct = lead_of(section, section.content);
                if section.heading.level == 1 && self.main_open() {
                    self.prose.push(Span { end: direct.start, ..section.whole });
                    self.stretch(direct);
                } else {
                    self.prose.push(Span { end: direct.end, ..section.whole });
                }
                self.sections(&section.inner);
            }
        }
    }

    fn is_label(&self, section: &Section) -> bool {
        self.kind.named(&fold_heading(&section.heading.text.value)).is_some()
    }

    /// The content of a labelled section without the labelled sections inside it.
    fn own_stretches(&self, section: &Section, own: &mut Vec<Span>) {
        let mut start = section.content.start;
        let mut stack: Vec<&Section> = section.inner.iter().rev().collect();
        while let Some(inner) = stack.pop() {
            if self.is_label(inner) {
                own.push(Span { start, end: inner.whole.start, ..section.content });
                start = inner.whole.end;
            } else {
                stack.extend(inner.inner.iter().rev());
            }
        }
        own.push(Span { start, end: section.content.end, ..section.content });
        own.retain(|span| !self.source.text[span.range()].trim().is_empty());
    }

    /// The labelled sections inside a labelled one.
    fn labelled_within(&mut self, section: &'a Section) {
        for inner in &section.inner {
            if self.is_label(inner) {
                self.sections(std::slice::from_ref(inner));
            } else {
                self.labelled_within(inner);
            }
        }
    }

    fn labelled(&mut self, index: FieldIndex, section: &Section, own: &[Span]) {
        let kind = self.kind;
        let field = kind.field(index);
        let place = section.heading.text.span;
        let before = (self.reader.news.len(), self.reader.unknown.len());
        if field.parts.is_empty() {
            let mut beside = Vec::new();
            // Words beside rows may be shown only where prose may.
            let allowed = field.secrecy <= kind.prose_secrecy;
            let value = self.reader.section(field, own, allowed.then_some(&mut beside));
            self.section_links(index, own, &beside, value.as_ref());
            self.prose.extend(beside);
            if value.is_some() || before != (self.reader.news.len(), self.reader.unknown.len()) {
                self.say(index, value, place);
            }
        } else {
            self.section_links(index, own, &[], None);
            for (index, value) in self.reader.section_parts(kind, index, own) {
                self.say(index, Some(value), place);
            }
        }
    }

    /// A heading that is one sign away from a label is prose, but somebody may have meant the label.
    fn near_label(&mut self, section: &Section, name: &str) {
        let labels = self.kind.fields.iter().map(|field| &*field.label).filter(|label| one_sign_away(name, label));
        if let Some(label) = labels.into_iter().next() {
            let heading = &section.heading.text;
            let mut news = Diagnostic::new(Code::UnknownKey, heading.span).variant("heading").with("key", heading.value.trim());
            news.severity = crate::diag::Severity::Info;
            self.reader.news.push(news.help(Say::new("help.field-suggest").with("name", label)));
        }
    }

    fn main_open(&self) -> bool {
        self.kind.main_rows.is_some() && !self.main_done
    }

    /// A stretch of prose; a first table (or list, where the kind says so) that fills the main rows is taken out of it.
    fn stretch(&mut self, span: Span) {
        let text = &self.source.text[span.range()];
        if text.trim().is_empty() {
            return;
        }
        let lists = self.kind.main_lists;
        let (Some(index), false) = (self.kind.main_rows, self.main_done) else {
            self.prose.push(span);
            return;
        };
        if !lists && !text.contains('|') {
            self.prose.push(span);
            return;
        }
        let field = self.kind.field(index);
        let FieldType::Rows(rows) = &field.ty else { return };
        let mut start = span.start;
        for block in blocks(self.source.text, span) {
            let taken = match &block {
                Block::Table { head, .. } => (lists || !self.main_done) && heads_fit(rows, head),
                Block::List(..) => lists,
                _ => false,
            };
            if !taken {
                continue;
            }
            let place = block.span();
            let value = self.reader.blocks_rows(field, rows, std::slice::from_ref(&block), None);
            self.section_links(index, &[place], &[], value.as_ref());
            self.say(index, value, place);
            self.prose.push(Span { start, end: place.start, ..span });
            start = place.end;
            self.main_done = true;
        }
        self.prose.push(Span { start, end: span.end, ..span });
    }

    /// Lays a value down; rows and lists of sentences add up, anything else may be said once.
    fn say(&mut self, index: FieldIndex, value: Option<Value>, place: Span) {
        let said = &mut self.said[usize::from(index.0)];
        let Some(first) = said.place else {
            *said = Said { value, place: Some(place) };
            return;
        };
        let Some(value) = value else { return };
        match &mut said.value {
            None => said.value = Some(value),
            Some(there) if *there == value => {}
            Some(Value::Rows(there)) if matches!(value, Value::Rows(_)) => {
                if let Value::Rows(more) = value {
                    there.extend(more);
                }
            }
            Some(Value::Texts(there)) if matches!(value, Value::Texts(_)) => {
                if let Value::Texts(more) = value {
                    let new: Vec<_> = more.into_iter().filter(|text| !there.contains(text)).collect();
                    there.extend(new);
                }
            }
            Some(_) => {
                let label = &self.kind.field(index).label;
                let span = value.span().unwrap_or(place);
                let text = self.source.text.get(span.range()).unwrap_or("").trim();
                self.reader.unknown.push(Unknown { key: Spanned::new(label.clone(), span), text: text.into() });
                let news = Diagnostic::new(Code::SaidTwice, span).with("field", label);
                self.reader.news.push(news.label(first, Say::new("label.said-first")));
            }
        }
    }

    /// Fields that take their default from the file's name; a day that differs from the name's is reported.
    fn defaults(&mut self) {
        let start = Span::new(self.source.file, 0, 0);
        for (at, field) in self.kind.fields.iter().enumerate().filter(|(_, field)| field.from_stem) {
            let Some((value, shown)) = from_stem(&field.ty, self.source.stem, start) else { continue };
            let said = &mut self.said[at];
            match &said.value {
                None => said.value = Some(value),
                Some(there) if !matches!(there, Value::Text(_)) && *there != value => {
                    let span = there.span().unwrap_or(start);
                    let news = Diagnostic::new(Code::DateDiffersFromName, span).with("field", &field.label).with("name", shown);
                    self.reader.news.push(news);
                }
                Some(_) => {}
            }
        }
    }

    fn finish(mut self) -> Filled {
        let fence = if self.source.text.starts_with("---") { 3 } else { 0 };
        let fence = Span::new(self.source.file, 0, fence);
        for (at, (field, said)) in self.kind.fields.iter().zip(&self.said).enumerate() {
            if field.need == super::Need::Required && said.value.is_none() && said.place.is_none() {
                // A key with nothing behind it is where the answer was meant to stand.
                let key = |entry: &&Entry| self.kind.called(&entry.key.value) == Some(FieldIndex(at as u16));
                let entry = self.source.entries.iter().find(key);
                let place = entry.map_or(fence, |entry| entry.key.span);
                let news =
                    Diagnostic::new(Code::MissingRequired, place).with("field", &field.label).with("kind", &self.kind.label);
                let stem = self.source.stem;
                let is_no_day =
                    field.from_stem && matches!(field.ty, FieldType::Date { .. }) && stem.starts_with(char::is_numeric);
                let news = if is_no_day { news.help(Say::new("help.name-no-day").with("name", stem)) } else { news };
                let how = match field.ty {
                    FieldType::Prose | FieldType::Rows(_) => "help.add-section",
                    _ => "help.add-line",
                };
                let news = if entry.is_none() { news.help(Say::new(how).with("field", &field.label)) } else { news };
                self.reader.news.push(match &field.hint {
                    Some(hint) => news.help(Say::new("help.hint").with("hint", hint)),
                    None => news,
                });
            }
        }
        let mut sheet = Sheet::new(self.kind.clone());
        let said = std::mem::take(&mut self.said);
        sheet.values =
            said.into_iter().enumerate().filter_map(|(at, said)| Some((FieldIndex(at as u16), said.value?))).collect();
        sheet.unknown = std::mem::take(&mut self.reader.unknown);
        tidy::number_items(self.kind, &mut sheet.values);
        tidy::number_names(&mut sheet.values);
        tidy::totals(&sheet, &mut self.reader.news);
        tidy::other_months(&sheet, &mut self.reader.news);
        let secrecy = tidy::own_secrecy(&sheet, &mut self.reader.news);
        Filled { sheet, secrecy, prose: merged(self.prose, self.source.text), links: self.links, news: self.reader.news }
    }

    /// The links of a labelled section, with its field's level, or the higher one of the row they stand in.
    fn section_links(&mut self, index: FieldIndex, own: &[Span], beside: &[Span], value: Option<&Value>) {
        let within = |span: &Span, link: &Link| span.start <= link.span.start && link.span.end <= span.end;
        for link in &self.source.outline.links {
            if own.iter().any(|span| within(span, link)) && !beside.iter().any(|span| within(span, link)) {
                let level = tidy::level_at(self.kind.field(index), value, link.span);
                self.links.push((link.clone(), level));
            }
        }
    }

    /// The wikilinks in texts of the front matter.
    fn wikilinks(&mut self, index: FieldIndex, value: Option<&Value>) {
        let Some(value) = value else { return };
        let field = self.kind.field(index);
        let mut links = Vec::new();
        tidy::texts(value, &mut |text| {
            if text.value.contains("[[") {
                links.extend(inline_links(&text.value, text.span));
            }
        });
        for link in links {
            let level = tidy::level_at(field, Some(value), link.span);
            self.links.push((link, level));
        }
    }
}

/// The direct content of a section: up to its first inner one.
fn lead_of(section: &Section, content: Span) -> Span {
    match section.inner.first() {
        Some(inner) => Span { end: inner.whole.start, ..content },
        None => content,
    }
}

/// Stretches in order, neighbours joined, blank ones left out.
fn merged(mut spans: Vec<Span>, text: &str) -> Vec<Span> {
    spans.retain(|span| !span.range().is_empty());
    spans.sort_by_key(|span| span.start);
    let mut all: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match all.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => all.push(span),
        }
    }
    all.retain(|span| !text[span.range()].trim().is_empty());
    all
}

/// The day dates without a year are told from: the record's own, of its fields or its file's name; of a plan, the first day
/// of its period.
fn record_day(kind: &Kind, source: &Source<'_>) -> Option<Date> {
    let at = kind.fields.iter().position(|field| {
        field.from_stem && matches!(field.ty, FieldType::Date { .. } | FieldType::Period | FieldType::Month)
    })?;
    let field = &kind.fields[at];
    let written = source.entries.iter().find(|entry| field.is_called(&entry.key.value)).and_then(|entry| match &entry.told {
        Told::Line(line) => Some(line.value.trim()),
        Told::Node(crate::yaml::Node::Scalar(text)) => Some(text.value.trim()),
        _ => None,
    });
    let day = |text: &str| match field.ty {
        FieldType::Date { .. } => read_date(text, None).ok(),
        FieldType::Period => read_period(text).ok().map(|period| period.first()),
        _ => read_month(text).ok().map(|month| month.first()),
    };
    let named = from_stem(&field.ty, source.stem, Span::new(source.file, 0, 0)).and_then(|(value, _)| match value {
        Value::Date(date) => Some(date.value),
        Value::Period(period) => Some(period.value.first()),
        Value::Month(month) => Some(month.value.first()),
        _ => None,
    });
    written.and_then(day).or(named)
}

/// What a file's name says of a field, and how that is shown.
fn from_stem(ty: &FieldType, stem: &str, span: Span) -> Option<(Value, String)> {
    Some(match ty {
        FieldType::Date { .. } => {
            let day = date_of_name(stem)?;
            (Value::Date(Spanned::new(day, span)), day.to_string())
        }
        FieldType::Month => {
            let month = read_month(stem).ok()?;
            (Value::Month(Spanned::new(month, span)), month.to_string())
        }
        FieldType::Period => {
            let period = read_period(stem).ok()?;
            (Value::Period(Spanned::new(period, span)), period.to_string())
        }
        FieldType::Text => {
            // `王磊（处长）` tells two of one name apart; the name is 王磊.
            let name = stem.split(['（', '(']).next().unwrap_or(stem).trim();
            let name = if name.is_empty() { stem } else { name };
            (Value::Text(Spanned::new(name.into(), span)), name.to_owned())
        }
        _ => return None,
    })
}

/// The bracket at the head of a list that its line does not close. What holds one text takes it as it stands.
fn unclosed(ty: &FieldType, line: &Spanned<String>) -> Option<Span> {
    let lists = match ty {
        FieldType::Texts | FieldType::Words | FieldType::Rows(_) => true,
        FieldType::Code { many, .. } | FieldType::Names { many, .. } => *many,
        _ => false,
    };
    let open = line.value.chars().next().filter(|_| lists)?;
    let close = match open {
        '[' => ']',
        '【' => '】',
        '［' => '］',
        '{' => '}',
        '｛' => '｝',
        _ => return None,
    };
    let start = line.span.start.index();
    (!line.value.contains(close)).then(|| Span::new(line.span.file, start, start + open.len_utf8()))
}

/// The day a file's name begins with: `2026-11-20`, `20261120 下午`, `2026-11-20-2`.
fn date_of_name(stem: &str) -> Option<Date> {
    let mark = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '_' | '年' | '月' | '日');
    let run = &stem[..stem.find(|c| !mark(c)).unwrap_or(stem.len())];
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).filter(|end| (8..=17).contains(end));
    // `2026-04-31` is no day, and not the 3rd of April either.
    let whole = |end: &usize| !run[*end..].starts_with(|c: char| c.is_ascii_digit());
    ends.collect::<Vec<_>>().into_iter().rev().filter(whole).find_map(|end| read_date(&run[..end], None).ok())
}

/// Eleven digits that begin with 1, a country code before them allowed.
fn is_mobile(number: &str) -> bool {
    let digits: String = number.chars().map(super::fold::half).filter(char::is_ascii_digit).collect();
    let digits =
        digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).filter(|rest| rest.len() == 11).unwrap_or(&digits);
    digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10")
}

/// Whether two words of three and more signs differ in just one.
fn one_sign_away(one: &str, other: &str) -> bool {
    let (length, others) = (one.chars().count(), other.chars().count());
    if length < 3 || others < 3 || length.abs_diff(others) > 1 {
        return false;
    }
    let before = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let behind = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    one != other && before + behind + 1 >= length.max(others)
}

#[cfg(test)]
mod tests {
    use super::super::world::{field, filled, news, shown};
    use super::*;

    /// Where a name must stand, one is read whatever family it begins with.
    #[test]
    fn an_uncommon_family_name_is_a_name_where_one_must_stand() {
        let text = "---\n姓名: 邱志远\n职务: 副总经理\n我方联系人: 褟静强\n---\n";
        let person = filled("customers/hd/people/邱志远.md", text);
        assert_eq!(news(text, &person), Vec::<String>::new());
        assert!(matches!(person.sheet.get("links"), Some(Value::Rows(rows)) if rows.len() == 1));
    }

    const SHORT: &str = "\
---
日期: 2026-11-20
拜访人: 周岚、吕明
拜访对象: 沈丽萍、邱志远、郑国平（班长）
项目: #3机组: 城西二期
商谈计划: b 处理问题
成果: C
是否达成: 部分
下次联系: 11-27 沈丽萍、12-1 邱志远
费用: 交通费 186、餐费 320（厂里3人，我方2人）
合计: 506
---

## 面谈概要

下午两点到厂，见 [[邱志远]]。

## 结果与检讨

沈主任接受开放协议的写法。
没全达成。
原因：同品牌条款归招标采购部。
下次：十二月初韩部长带队。

## 已处理问题

- [x] 2026-11-05#1 一期3#滤池PLC模块停产，要替代型号清单

## 未处理问题

- [ ] 操作工培训谁出钱没谈拢（周岚，12-10）

## 承诺

- [ ] 备件五年供货承诺书（对邱志远，周岚，12-1）
- [x] 补三份业绩（对沈丽萍，何俊，12-5） 11-28 差一个章

## 客户意见

- 维保响应慢，上次等了两天（转工程服务部，11-23）

## 信息

- 组织结构：同品牌条款由招标采购部起草 → 澄清要走邱副总这条线（3级，沈丽萍）
";

    const LONG: &str = "\
---
date: 2026-11-20
visitor: [周岚, 吕明]
people:
  - 沈丽萍
  - 邱志远
  - 郑国平（班长）
project: '#3机组: 城西二期'
plan: 处理问题
result: 再度访问
achieved: 部分
next:
  - { 日期: 2026-11-27, 对象: 沈丽萍 }
  - date: 2026-12-01
    people: [邱志远]
fees:
  - { 费用项目: 交通费, 金额: 186.00 }
  - { item: 餐费, amount: 320元, note: 厂里3人，我方2人 }
fee_total: ¥506
outcome: |
  沈主任接受开放协议的写法。没全达成。
why: 同品牌条款归招标采购部。
improve: 十二月初韩部长带队。
handled:
  - 问题: 2026-11-05#1 一期3#滤池PLC模块停产，要替代型号清单
open:
  - 问题: 操作工培训谁出钱没谈拢
    责任人: 周岚
    期限: 2026-12-10
promises:
  - { 事项: 备件五年供货承诺书, 对: 邱志远, 责任人: 周岚, 期限: 2026-12-01 }
  - { what: 补三份业绩, to: 沈丽萍, owner: 何俊, due: 2026-12-05, done: 2026-11-28, note: 差一个章 }
opinions:
  - { 内容: '维保响应慢，上次等了两天', 转告部门: 工程服务部, 转告日期: 2026-11-23 }
information:
  - { 信息: 同品牌条款由招标采购部起草, 主题: 组织结构与管理体系, 含义: 澄清要走邱副总这条线, 等级: 3, 信息提供人: 沈丽萍 }
---
";

    #[test]
    fn ten_short_lines_say_what_full_yaml_says() {
        let path = "客户/东澜水务/拜访/2026-11-20.md";
        let (short, long) = (filled(path, SHORT), filled("customers/东澜水务/visits/2026-11-20.md", LONG));
        assert_eq!(news(SHORT, &short), [""; 0]);
        assert_eq!(news(LONG, &long), [""; 0]);
        assert_eq!(shown(&short), shown(&long));
        assert_eq!(short.sheet, long.sheet);
        assert_eq!(crate::text::Fingerprint::of_hash(&short.sheet), crate::text::Fingerprint::of_hash(&long.sheet));
        let expected = "\
date: 2026-11-20
visitor: 周岚 / 吕明
people: 沈丽萍 / 邱志远 / 郑国平(班长)
project: #3机组: 城西二期
plan: b 处理问题
result: C 再度访问
achieved: 部分
outcome: 沈主任接受开放协议的写法。没全达成。
why: 同品牌条款归招标采购部。
improve: 十二月初韩部长带队。
handled: [x | @2026-11-05#1 | what 一期3#滤池PLC模块停产，要替代型号清单]
open: [_ | #1 | what 操作工培训谁出钱没谈拢 | owner 周岚 | due 2026-12-10]
promises: [_ | #2 | what 备件五年供货承诺书 | to 邱志远 | owner 周岚 | due 2026-12-01] [x | #3 | what 补三份业绩 | to 沈丽萍 | owner 何俊 | due 2026-12-05 | done 2026-11-28 | note 差一个章]
opinions: [_ | #4 | what 维保响应慢，上次等了两天 | department 工程服务部 | on 2026-11-23]
next: [date 2026-11-27 | people 沈丽萍] [date 2026-12-01 | people 邱志远]
fees: [item 交通费 | amount 186.00] [item 餐费 | amount 320.00 | note 厂里3人，我方2人]
fee_total: 506.00
information: [fact 同品牌条款由招标采购部起草 | topic 组织结构与管理体系 | meaning 澄清要走邱副总这条线 | level 3 客户企业的有关联系人，或与客户有密切合作关系的有关方面 | person 沈丽萍]
";
        assert_eq!(shown(&short), expected);
    }

    #[test]
    fn what_is_left_of_the_body_is_prose() {
        let filled = filled("客户/东澜水务/拜访/2026-11-20.md", SHORT);
        let prose: Vec<&str> = filled.prose.iter().map(|span| SHORT[span.range()].trim()).collect();
        assert_eq!(prose, ["下午两点到厂，见 [[邱志远]]。"]);
        assert_eq!(filled.links, [], "links of the prose are the outline's");
    }

    #[test]
    fn names_are_numbered_in_the_order_of_the_sheet() {
        let filled = filled("客户/东澜水务/拜访/2026-11-20.md", SHORT);
        let ids: Vec<u16> = filled.sheet.names("people").iter().map(|name| name.id.0).collect();
        assert_eq!(ids, [2, 3, 4]);
    }

    #[test]
    fn a_value_stands_where_it_was_written() {
        let filled = filled("客户/东澜水务/拜访/2026-11-20.md", SHORT);
        let at = |span: Span| &SHORT[span.range()];
        let names = filled.sheet.names("people");
        assert_eq!(at(names[2].span), "郑国平（班长）");
        let due = |key: &str, row: usize, column: &str| {
            let FieldType::Rows(rows) = &filled.sheet.kind.field(filled.sheet.kind.index_of(key).expect("field")).ty else {
                panic!("{key} has rows")
            };
            let cell = filled.sheet.rows(key)[row].cell(rows.index_of(column).expect("column")).expect("said");
            at(cell.span().expect("a place"))
        };
        assert_eq!(due("promises", 0, "due"), "12-1");
        assert_eq!(due("promises", 1, "done"), "11-28");
        assert_eq!(due("fees", 1, "amount"), "320");
        assert_eq!(due("information", 0, "meaning"), "澄清要走邱副总这条线");
        assert_eq!(due("opinions", 0, "department"), "工程服务部");
    }

    const VISIT: &str = "客户/东澜水务/拜访/2026-11-20.md";
    const PERSON: &str = "客户/东澜水务/关键人物/王磊（处长）.md";

    #[test]
    fn telephone_numbers_sort_themselves() {
        let text = "---\n职务: 处长\n电话: 0573-82610055、138 0013 8000，+86 13900139000\n---\n";
        let filled = filled(PERSON, text);
        assert_eq!(field(&filled, "office"), "0573-82610055");
        assert_eq!(field(&filled, "mobile"), "138 0013 8000 / +86 13900139000");
        assert_eq!(field(&filled, "name"), "王磊", "from the file's name");
    }

    #[test]
    fn one_person_has_many_facts() {
        let text = "\
---
姓名: 王磊
职务: 处长
出生日期: 农历八月十五
学历: 大学
角色作用: 顾问人员、支持者
关系状况: 积极
我方联系人: 周岚、何俊（大学同学）
关心的事务: 安全，别出事；减人
工作经历: 1997年进院，电气室出身，做过七个电厂
专业期刊: 电力自动化设备、电网技术
密级: 机密
---

## 关系变化

- 2025-06-11 中立的：第一次单独谈，公事公办
- 2026-07-22 积极的：郑一鸣驻院帮他们出了样例（周岚）

## 角色作用

| 角色作用 | 项目 |
|---|---|
| 使用者 | 清河热电 |

## 偏好

- 先看书面材料，不喜欢一上来就请吃饭
";
        let filled = filled(PERSON, text);
        assert_eq!(news(text, &filled), [""; 0]);
        assert_eq!(filled.secrecy, Some(3));
        for (key, value) in [
            ("birthday", "农历八月十五"),
            ("education", "本科"),
            ("roles", "[role 顾问人员] [role 支持者] [role 使用者 | project 清河热电]"),
            ("relation", "积极的"),
            ("links", "[staff 周岚] [staff 何俊 | note 大学同学]"),
            ("concerns", "安全，别出事 / 减人"),
            ("career", "[where 1997年进院，电气室出身，做过七个电厂]"),
            ("journals", "电力自动化设备 / 电网技术"),
            ("preferences", "先看书面材料，不喜欢一上来就请吃饭"),
            (
                "relation_history",
                "[relation 中立的 | date 2025-06-11 | why 第一次单独谈，公事公办] \
                 [relation 积极的 | date 2026-07-22 | by 周岚 | why 郑一鸣驻院帮他们出了样例]",
            ),
        ] {
            assert_eq!(field(&filled, key), value, "{key}");
        }
    }

    #[test]
    fn wrong_values_are_reported_where_they_stand_and_kept() {
        let text = "\
---
日期: 2026-02-30
拜访人: 周岚
商谈计划: b 初次拜访
成果: F
是否达成: 差不多
满意度: 7
车辆: 帕萨特
机构: 城西
拜访目地: 3A
填写日期: 昨天
合计: 一千二
---
";
        let filled = filled("客户/东澜水务/拜访/2026-11-20.md", text);
        assert_eq!(
            news(text, &filled),
            [
                "2:5 bad-date.no-such-day 2026-02-30",
                "4:7 bad-code.torn b 初次拜访",
                "5:5 bad-code F",
                "6:7 bad-code 差不多",
                "7:6 bad-number.range 7",
                "8:1 unknown-key 车辆",
                "9:1 unknown-key.elsewhere 机构",
                "10:1 unknown-key 拜访目地",
                "11:7 bad-date 昨天",
                "12:5 bad-money 一千二",
            ]
        );
        assert_eq!(
            shown(&filled),
            "date: 2026-11-20\nvisitor: 周岚\n? 日期: 2026-02-30\n? 商谈计划: b 初次拜访\n? 成果: F\n? 是否达成: 差不多\n\
             ? 满意度: 7\n? 车辆: 帕萨特\n? 机构: 城西\n? 拜访目地: 3A\n? 填写日期: 昨天\n? 合计: 一千二\n"
        );
        assert_eq!(
            filled.news.iter().find(|news| news.span.start.index() > 100 && !news.help.is_empty()).map(|_| ()),
            Some(())
        );
    }

    #[test]
    fn what_must_be_there_is_missed_at_the_fence() {
        let text = "---\n拜访人: 周岚\n成果:\n---\n";
        let filled = filled("客户/东澜水务/拜访/随手记.md", text);
        assert_eq!(
            news(text, &filled),
            ["1:1 missing-required ---", "1:1 missing-required ---", "3:1 missing-required 成果"],
            "date, plan and result; people, purpose and goal may come from the plan"
        );
        let labels: Vec<&str> = filled.news.iter().map(|news| news.message.args[0].1.as_str()).collect();
        assert_eq!(labels, ["日期", "商谈计划", "成果"]);
    }

    #[test]
    fn a_list_whose_bracket_stays_open_is_not_guessed_at() {
        for (line, wrong) in [
            ("拜访人: [周岚、何俊", "3:6 yaml-syntax.unclosed-bracket ["),
            ("费用: {交通费 186", "3:5 yaml-syntax.unclosed-bracket {"),
            ("携带物品: 【样本册", "3:7 yaml-syntax.unclosed-bracket 【"),
        ] {
            let text = format!("---\n成果: C\n{line}\n---\n");
            let said = news(&text, &filled(VISIT, &text));
            assert!(said.contains(&wrong.to_owned()), "{said:?}");
        }
        // One text is what it is.
        let text = "---\n目标: [待定\n---\n";
        assert_eq!(field(&filled(VISIT, text), "goal"), "[待定");
    }

    #[test]
    fn a_name_that_is_no_day_is_none() {
        assert_eq!(date_of_name("2026-04-31"), None);
        let missing = filled("客户/东澜水务/拜访/2026-04-31.md", "---\n成果: C\n---\n");
        assert_eq!(missing.news[0].help[0].key, "help.name-no-day");
        assert_eq!(date_of_name("2026-04-03-2").map(|day| day.to_string()).as_deref(), Some("2026-04-03"));
    }

    #[test]
    fn a_field_said_twice() {
        let text = "---\n职务: 主任\n所属机构: 院本部\n关心的事务: 别出事\n---\n\n## 职务\n\n副院长\n\n## 所属机构\n\n院本部\n\n## 关心的事务\n\n- 减人\n";
        let filled = filled(PERSON, text);
        assert_eq!(news(text, &filled), ["9:1 said-twice 副院长"]);
        assert_eq!(field(&filled, "title"), "主任");
        assert_eq!(field(&filled, "concerns"), "别出事 / 减人");
        assert_eq!(filled.sheet.unknown[0].text.as_ref(), "副院长");
        assert_eq!(&text[filled.news[0].labels[0].span.range()], "职务");
    }

    #[test]
    fn a_total_that_differs() {
        let text = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n费用: 交通费 186、打印、装订 260\n合计: 440\n---\n";
        let filled = filled("客户/东澜水务/拜访/2026-11-20.md", text);
        assert_eq!(news(text, &filled), ["6:5 total-differs 440"]);
        assert_eq!(field(&filled, "fees"), "[item 交通费 | amount 186.00] [item 打印、装订 | amount 260.00]");
    }

    #[test]
    fn the_name_of_the_file_and_the_date() {
        let text = "---\n日期: 2026-11-21\n方式: 电话\n我方: 周岚\n对象: 沈丽萍\n---\n";
        let other = filled("客户/东澜水务/接触/2026-11-20 下午.md", text);
        assert_eq!(news(text, &other), ["2:5 date-differs-from-name 2026-11-21"]);
        assert_eq!(field(&other, "date"), "2026-11-21");
        let named =
            filled("客户/东澜水务/接触/20261120-2.md", "---\n方式: 电话\n我方: 周岚\n对象: 沈丽萍\n下次联系: 1-5\n---\n");
        assert_eq!(field(&named, "date"), "2026-11-20");
        assert_eq!(field(&named, "next"), "[date 2027-01-05]");
    }

    #[test]
    fn a_plan_is_a_table_without_a_heading() {
        let text = "\
---
目标描述: 二期中标
---

先把话说在前面。

| 我方 | 对象 | 联系次数 | 下次联系 | 说明 | 备用 |
|---|---|---|---|---|---|
| 周岚 | 沈丽萍 | 24 | 1-8 | | |
| 马腾 | 王磊（处长） | 6 | 12-20 | 请部长同去 | 无 |
| 吕明 | | 8 | | 技术要求 | |
";
        let filled = filled("客户/东澜水务/接触计划/2026.md", text);
        assert_eq!(field(&filled, "period"), "2026");
        assert_eq!(
            field(&filled, "pairs"),
            "[people 沈丽萍 | staff 周岚 | times 24 | next 2026-01-08] \
             [people 王磊(处长) | staff 马腾 | times 6 | next 2026-12-20 | note 请部长同去] \
             [staff 吕明 | times 8 | note 技术要求]"
        );
        assert_eq!(news(text, &filled), ["7:32 unknown-column 备用", "11:3 missing-required.row 吕明 | | 8 | | 技术要求 |"]);
        let prose: Vec<&str> = filled.prose.iter().map(|span| text[span.range()].trim()).collect();
        assert_eq!(prose, ["先把话说在前面。"]);
        assert_eq!(shown(&filled).lines().last(), Some("? 备用: 马腾：无"));
    }

    #[test]
    fn a_month_of_contacts_is_a_list_or_a_table() {
        let list = "\
- 11-03 电话 沈丽萍：问备件到货，答复下周（周岚，下次 11-20）
- 11-12 微信 郝丽萍、王磊（处长）：挂网资料目录要来了，十一项（丁浩，下次联系 12-10）
- 1-2 来电 邱总：拜年（吕明）
";
        let filled_list = filled("客户/东澜水务/接触/2026-11.md", list);
        assert_eq!(news(list, &filled_list), ["3:3 date-differs-from-name.month 1-2"]);
        assert_eq!(
            field(&filled_list, "contacts"),
            "[date 2026-11-03 | channel 电话 | people 沈丽萍 | staff 周岚 | report 问备件到货，答复下周 | next [date 2026-11-20]] \
             [date 2026-11-12 | channel 微信 | people 郝丽萍 / 王磊(处长) | staff 丁浩 | report 挂网资料目录要来了，十一项 | next [date 2026-12-10]] \
             [date 2027-01-02 | channel 来电 | people 邱总 | staff 吕明 | report 拜年]"
        );
        let table = "---\n标签: 短接触\n---\n\n| 日期 | 方式 | 对象 | 我方 | 报告 | 下次联系 |\n|---|---|---|---|---|---|\n| 11-3 | 电话 | 沈丽萍 | 周岚 | 问**备件**到货，见[[拜访]] | 11-20 |\n";
        let filled_table = filled("客户/东澜水务/接触/2026-11.md", table);
        assert_eq!(news(table, &filled_table), [""; 0]);
        assert_eq!(
            field(&filled_table, "contacts"),
            "[date 2026-11-03 | channel 电话 | people 沈丽萍 | staff 周岚 | report 问备件到货，见[[拜访]] | next [date 2026-11-20]]"
        );
        assert_eq!(filled_table.prose, []);
        assert_eq!(filled_table.links.iter().map(|(link, level)| (&*link.target, *level)).collect::<Vec<_>>(), [("拜访", 2)]);
    }

    #[test]
    fn links_of_a_secret_source_are_secret() {
        let text = "## 信息\n\n- 投资规划：见[[标书]] → 备货（4级，贺知秋）\n- 见[[年报]]（1级）\n- 见[[闲谈]]\n";
        let filled = filled("客户/东澜水务/客户信息.md", text);
        let levels: Vec<(&str, u8)> = filled.links.iter().map(|(link, level)| (&*link.target, *level)).collect();
        assert_eq!(levels, [("标书", 3), ("年报", 1), ("闲谈", 3)]);
    }

    #[test]
    fn headings_inside_headings() {
        let text = "\
---
单位名称: 东澜水务
---

# 东澜水务

| 机构 | 类别 | 所处地点 | 主要联系人 |
|---|---|---|---|
| 集团总部 | 总部 | 滨江路188号 | 邱志远、徐海波 |
| 城西净水厂 | 分支机构 | | 沈丽萍、郑国平（自控班长 0573-82610377） |

市属国企。

## 二、目前的需求

- 城西二期自控系统（PLC、上位机、安防）（沈丽萍，2026-09-30，3级）
- 再开一个厂（二期）

### 困难和问题

自控班组只有4人
一期原厂家已停止供货

## 购买程序：

1. 水厂提需求，生产技术部编技术要求
2. 招标

## 承若

随便写写。
";
        let filled = filled("客户/东澜水务/客户.md", text);
        assert_eq!(
            field(&filled, "units"),
            "[name 集团总部 | class 公司总部 | place 滨江路188号 | contacts 邱志远 / 徐海波] \
             [name 城西净水厂 | class 分支机构 | contacts 沈丽萍 / 郑国平(自控班长 0573-82610377)]"
        );
        assert_eq!(
            field(&filled, "needs_now"),
            "[text 城西二期自控系统（PLC、上位机、安防） | source 沈丽萍 | date 2026-09-30 | level 3 客户企业的有关联系人，或与客户有密切合作关系的有关方面] \
             [text 再开一个厂（二期）]"
        );
        assert_eq!(field(&filled, "difficulties"), "[text 自控班组只有4人] [text 一期原厂家已停止供货]");
        assert_eq!(field(&filled, "procurement"), "水厂提需求，生产技术部编技术要求 / 招标");
        let prose: Vec<&str> = filled.prose.iter().map(|span| text[span.range()].trim()).collect();
        assert_eq!(prose, ["# 东澜水务", "市属国企。", "## 承若\n\n随便写写。"]);
        assert_eq!(news(text, &filled), [""; 0]);
    }

    #[test]
    fn a_heading_one_sign_off_is_mentioned() {
        let text = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n---\n\n## 未处理问提\n\n- [ ] 没谈拢\n";
        let filled = filled("客户/东澜水务/拜访/2026-11-20.md", text);
        assert_eq!(news(text, &filled), ["7:4 unknown-key.heading 未处理问提"]);
        assert_eq!(filled.news[0].severity, crate::diag::Severity::Info);
    }

    #[test]
    fn secrecy_that_cannot_be_read_is_the_highest() {
        let text = "---\n职务: 处长\n密级: 非常保密\n---\n";
        let filled = filled(PERSON, text);
        assert_eq!(filled.secrecy, Some(3));
        assert_eq!(news(text, &filled), ["3:5 bad-secrecy 非常保密"]);
    }

    #[test]
    fn literal_lines_mean_what_they_say() {
        let text = "---\n方式: 电话\n我方: 周岚\n对象: @沈丽萍\n事由: 沈主任说: 月底定稿 #3\n报告: *重要* >10万吨/日，\"少人值守\"是关键\n呈交: 无\n---\n";
        let filled = filled("客户/东澜水务/接触/2026-11-20.md", text);
        assert_eq!(news(text, &filled), [""; 0]);
        assert_eq!(field(&filled, "subject"), "沈主任说: 月底定稿 #3");
        assert_eq!(field(&filled, "report"), "*重要* >10万吨/日，\"少人值守\"是关键");
        assert_eq!(field(&filled, "people"), "沈丽萍");
        assert_eq!(field(&filled, "submitted_to"), "");
    }

    use proptest::prelude::*;

    /// Text as it comes out of a bad day: signs that mean something, in any order.
    fn jumble() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "、",
            "，",
            ",",
            "；",
            "（",
            "）",
            "(",
            ")",
            "[",
            "]",
            "[[",
            "]]",
            "【",
            "】",
            "〔",
            "〕",
            "“",
            "#",
            "：",
            ":",
            "→",
            "->",
            "-",
            "—",
            " ",
            "\u{3000}",
            "11-20",
            "2-30",
            "2026-11-05#1",
            "2026",
            "3级",
            "对",
            "转",
            "至",
            "周岚",
            "沈丽萍",
            "欧阳",
            "老",
            "王磊（处长）",
            "C",
            "3A",
            "186",
            "1,200",
            "元",
            "万",
            "约",
            "电话",
            "期限",
            "完成",
            "下次联系",
            "无",
            "是",
            "|",
            "**",
            "原因：",
            "下次：",
            "备件",
            "\\",
            "é",
            "😀",
        ]);
        prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn nothing_a_user_writes_panics_or_leaves_its_place(
            value in jumble(), item in jumble(), cell in jumble(), ticked in any::<bool>(), nth in 0usize..64,
        ) {
            let kinds = Kinds::official();
            for (path, kind) in [
                ("客户/a/拜访/2026-11-20.md", "visit"),
                ("客户/a/接触/2026-11.md", "contact-month"),
                ("客户/a/关键人物/王磊.md", "person"),
                ("客户/a/客户.md", "customer"),
                ("客户/a/接触计划/2026.md", "contact-plan"),
            ] {
                let kind = kinds.get(kind).expect("a kind of the program");
                let field = &kind.fields[nth % kind.fields.len()];
                let line = format!("{}: '{}'", field.label, value.replace('\'', "''"));
                let mark = if ticked { "[x]" } else { "[ ]" };
                let rows = match &field.ty {
                    FieldType::Rows(rows) => rows.fields.iter().map(|sub| &*sub.label).collect(),
                    _ => vec!["甲", "乙"],
                };
                let table = format!("| {} |\n|{}\n| {cell} | {item} |", rows.join(" | "), "---|".repeat(rows.len()));
                let label = &field.label;
                let text = format!("---\n{line}\n---\n\n{item}\n\n## {label}\n\n- {mark} {item}\n\n{cell}\n\n## {label}\n\n{table}\n");
                let filled = filled(path, &text);
                let _ = shown(&filled);
                for news in &filled.news {
                    prop_assert!(text.get(news.span.range()).is_some(), "{:?}", news);
                }
                for span in &filled.prose {
                    prop_assert!(text.get(span.range()).is_some());
                }
            }
        }
    }
}
