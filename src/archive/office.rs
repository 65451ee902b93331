//! Records of the department, read: who reported when, what was lent, what was proposed, what came in.

use std::sync::Arc;

use super::addressed::directives;
use super::assemble::Hand;
use super::{Archive, Card, Directive, Loose, Who, rows};
use crate::calendar::{AsOf, Date, Month, Period};
use crate::kind::{Row, Value};

/// 市场信息报告 (S-11.1).
#[derive(Clone, Debug)]
pub struct MarketReport<'a> {
    /// The record.
    pub loose: &'a Loose,
    /// 月份.
    pub month: Option<Month>,
    /// 报告人.
    pub staff: Option<Who>,
    /// 定时, the one due each month; else when there was news.
    pub regular: bool,
    /// 提交日期.
    pub submitted: Option<Date>,
    /// 接收: by whom and when.
    pub received: Vec<(Option<Who>, Option<Date>)>,
    /// 信息, with the customer of each row and whom major news was told to.
    pub information: Vec<MarketRow>,
}

/// A row of a market report.
#[derive(Clone, Debug)]
pub struct MarketRow {
    /// What it says.
    pub information: super::Information,
    /// 客户.
    pub customer: Option<Who>,
}

impl MarketReport<'_> {
    /// When it came in: 提交日期, else the first day it was received.
    pub fn came(&self) -> Option<Date> {
        self.submitted.or_else(|| self.received.iter().filter_map(|(_, day)| *day).min())
    }
}

/// 来电, 来信, 来函 (S-05.2).
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// The record.
    pub loose: &'a Loose,
    /// 方式.
    pub channel: Option<Arc<str>>,
    /// 单位.
    pub unit: Option<Who>,
    /// 来电人.
    pub from: Option<Who>,
    /// 内容.
    pub what: Option<Arc<str>>,
    /// 传递给.
    pub to: Vec<Who>,
    /// 传递日期.
    pub on: Option<Date>,
    /// 结果.
    pub result: Option<Arc<str>>,
    /// 登记人.
    pub clerk: Option<Who>,
}

impl Incoming<'_> {
    /// Whether it was passed on by that day; somebody named without a day was told.
    pub fn is_passed_on(&self, as_of: AsOf) -> bool {
        self.on.map_or(!self.to.is_empty(), |day| day <= as_of.0)
    }
}

/// A suggestion of a review (S-12.3b), or what an inspection found (S-12.3a).
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The record it stands in.
    pub record: Arc<Card>,
    /// The field and the row in it, from 0.
    pub field: (&'static str, u32),
    /// 建议, 发现.
    pub what: Arc<str>,
    /// 客户.
    pub customer: Option<Who>,
    /// 责任人.
    pub owner: Option<Who>,
    /// 建议落实时间, 期限.
    pub due: Option<Date>,
    /// Whether it was carried out.
    pub done: bool,
    /// On which day.
    pub done_on: Option<Date>,
    /// 落实结果, 说明.
    pub result: Option<Arc<str>>,
}

impl Suggestion {
    /// Whether it was open on that day.
    pub fn is_open(&self, as_of: AsOf) -> bool {
        !self.done || self.done_on.is_some_and(|day| day > as_of.0)
    }
}

/// 借阅 (S-12.2b).
#[derive(Clone, Debug)]
pub struct Loan {
    /// The register.
    pub record: Arc<Card>,
    /// Row in it, from 0.
    pub row: u32,
    /// 借阅人.
    pub borrower: Option<Who>,
    /// 日期.
    pub date: Option<Date>,
    /// 客户.
    pub customer: Option<Who>,
    /// 份号.
    pub copy: Option<Arc<str>>,
    /// 用途.
    pub purpose: Option<Arc<str>>,
    /// 应还.
    pub due: Option<Date>,
    /// 归还.
    pub returned: Option<Date>,
    /// 遗失或泄密.
    pub incident: Option<Arc<str>>,
}

impl Loan {
    /// Whether the copy is still out on that day. What was lost does not come back.
    pub fn is_out(&self, as_of: AsOf) -> bool {
        let lent = self.date.is_none_or(|day| day <= as_of.0);
        lent && self.incident.is_none() && self.returned.is_none_or(|day| day > as_of.0)
    }
}

/// 年度审核 of a regulation (S-07.2).
#[derive(Clone, Debug)]
pub struct YearlyReview {
    /// The version reviewed.
    pub record: Arc<Card>,
    /// Row in it, from 0.
    pub row: u32,
    /// 年度, else the year of its day.
    pub year: Option<i16>,
    /// 日期.
    pub date: Option<Date>,
    /// 结论.
    pub verdict: Option<Arc<str>>,
    /// 修正.
    pub change: Option<Arc<str>>,
}

impl Archive {
    fn hand(&self) -> Hand<'_> {
        Hand::new(&self.names, &self.directory)
    }

    /// Market reports, in order of id.
    pub fn market_reports(&self) -> Vec<MarketReport<'_>> {
        let hand = self.hand();
        let read = |loose| market_report(&hand, loose);
        self.of_kind("market-report").map(read).collect()
    }

    /// One of them, read.
    pub fn market_report<'a>(&'a self, loose: &'a Loose) -> MarketReport<'a> {
        market_report(&self.hand(), loose)
    }

    /// Calls and letters, in order of id.
    pub fn incoming(&self) -> Vec<Incoming<'_>> {
        self.of_kind("inbound").map(|loose| self.call(loose)).collect()
    }

    /// One of them, read.
    pub fn call<'a>(&'a self, loose: &'a Loose) -> Incoming<'a> {
        let (hand, record) = (self.hand(), &loose.record);
        let sheet = &record.sheet;
        let first = |key: &str| sheet.names(key).first().map(|name| hand.who(record, name));
        let text = |key: &str| sheet.text(key).map(|text| text.value.clone());
        Incoming {
            channel: sheet.code("channel").map(|code| code.word.clone()),
            unit: first("customer"),
            from: first("from"),
            what: text("what"),
            to: hand.all(record, sheet.names("forwarded_to")),
            on: sheet.date("forwarded_on").map(|day| day.value),
            result: text("result"),
            clerk: first("clerk"),
            loose,
        }
    }

    /// What reviews proposed and inspections found, in order of record and row.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let reviews = self.of_kind("review").flat_map(|loose| self.suggestions_of(loose));
        let inspections = self.of_kind("inspection").flat_map(|loose| self.suggestions_of(loose));
        reviews.chain(inspections).collect()
    }

    /// Those of one review or inspection.
    pub fn suggestions_of(&self, loose: &Loose) -> Vec<Suggestion> {
        let (hand, record) = (self.hand(), &loose.record);
        let (field, remark) = if loose.card.is("review") { ("suggestions", "result") } else { ("findings", "note") };
        let read = |(row, at): (&Row, u32)| {
            let done_on = rows::date(record, field, row, "done");
            Some(Suggestion {
                record: loose.card.clone(),
                field: (field, at),
                what: rows::text(record, field, row, "what")?,
                customer: hand.firm_of_row(record, field, row, "customer"),
                owner: hand.of_row(record, field, row, "owner", "staff"),
                due: rows::date(record, field, row, "due"),
                done: row.tick == Some(true) || done_on.is_some(),
                done_on,
                result: rows::text(record, field, row, remark),
            })
        };
        record.sheet.rows(field).iter().zip(0..).filter_map(read).collect()
    }

    /// The items of a directive, in order.
    pub fn directives_of(&self, loose: &Loose) -> Vec<Directive> {
        directives(&self.hand(), &loose.record, &loose.card)
    }

    /// What a review found wrong, with whose dossier it is.
    pub fn exceptions_of(&self, loose: &Loose) -> Vec<(Arc<str>, Option<Who>)> {
        const FIELD: &str = "exceptions";
        let (hand, record) = (self.hand(), &loose.record);
        let read =
            |row: &Row| Some((rows::text(record, FIELD, row, "what")?, hand.firm_of_row(record, FIELD, row, "customer")));
        record.sheet.rows(FIELD).iter().filter_map(read).collect()
    }

    /// The register of loans, as written.
    pub fn loans(&self) -> Vec<Loan> {
        const FIELD: &str = "loans";
        let hand = self.hand();
        let mut loans = Vec::new();
        for Loose { record, card } in self.of_kind("loans") {
            loans.extend(record.sheet.rows(FIELD).iter().zip(0..).map(|(row, at)| Loan {
                record: card.clone(),
                row: at,
                borrower: hand.of_row(record, FIELD, row, "borrower", "staff"),
                date: rows::date(record, FIELD, row, "date"),
                customer: hand.firm_of_row(record, FIELD, row, "customer"),
                copy: rows::text(record, FIELD, row, "copy"),
                purpose: rows::text(record, FIELD, row, "purpose"),
                due: rows::date(record, FIELD, row, "due"),
                returned: rows::date(record, FIELD, row, "returned"),
                incident: rows::text(record, FIELD, row, "incident"),
            }));
        }
        loans
    }

    /// Versions of the regulation, the newest first: by 颁布日期, then by id.
    pub fn regulations(&self) -> Vec<&Loose> {
        let mut versions: Vec<&Loose> = self.of_kind("regulation").collect();
        versions.sort_by(|a, b| (issued(b), &b.card.id).cmp(&(issued(a), &a.card.id)));
        versions
    }

    /// The version in force on a day.
    pub fn regulation_in_force(&self, as_of: AsOf) -> Option<&Loose> {
        self.regulations().into_iter().find(|loose| issued(loose).is_some_and(|day| day <= as_of.0))
    }

    /// Yearly reviews of all versions, in order of version and row.
    pub fn yearly_reviews(&self) -> Vec<YearlyReview> {
        const FIELD: &str = "reviews";
        let read = |Loose { record, card }: &Loose| -> Vec<YearlyReview> {
            let rows = record.sheet.rows(FIELD).iter().zip(0..);
            rows.map(|(row, at)| {
                let date = rows::date(record, FIELD, row, "date");
                let year = match rows::cell(record, FIELD, row, "year") {
                    Some(Value::Period(period)) => Some(period.value),
                    _ => None,
                };
                let year = year.map(Period::first).or(date).map(Date::year);
                YearlyReview {
                    record: card.clone(),
                    row: at,
                    year,
                    date,
                    verdict: rows::text(record, FIELD, row, "verdict"),
                    change: rows::text(record, FIELD, row, "change"),
                }
            })
            .collect()
        };
        self.of_kind("regulation").flat_map(read).collect()
    }
}

/// 颁布日期.
pub fn issued(loose: &Loose) -> Option<Date> {
    loose.record.sheet.date("issued").map(|day| day.value)
}

fn market_report<'a>(hand: &Hand<'_>, loose: &'a Loose) -> MarketReport<'a> {
    let record = &loose.record;
    let sheet = &record.sheet;
    let received = |row: &Row| {
        let who = rows::names(record, "received", row, "who").first().map(|name| hand.who(record, name));
        (who, rows::date(record, "received", row, "date"))
    };
    let customer = |row: &Row| {
        let names = rows::names(record, "information", row, "customer");
        names.first().map(|name| hand.who(record, name))
    };
    let rows = sheet.rows("information").iter().zip(hand.information(record));
    MarketReport {
        month: match sheet.get("month") {
            Some(Value::Month(month)) => Some(month.value),
            _ => None,
        },
        staff: sheet.names("staff").first().map(|name| hand.who(record, name)),
        regular: sheet.code("kind").is_none_or(|code| &*code.word == "定时"),
        submitted: sheet.date("submitted").map(|day| day.value),
        received: sheet.rows("received").iter().map(received).collect(),
        information: rows.map(|(row, information)| MarketRow { information, customer: customer(row) }).collect(),
        loose,
    }
}
