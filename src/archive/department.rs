//! Typed views of the department's records: market reports, calls and letters, suggestions, loans, reviews of the
//! regulation.

use std::sync::Arc;

use super::inbox::directives;
use super::name_resolver::NameResolver;
use super::{Archive, Directive, DirectoryEntry, Party, SharedRecord, rows};
use crate::calendar::{AsOf, Date, Month, Period};
use crate::kind::{Row, Value};
use crate::record::key;

/// 市场信息报告 (S-11.1).
#[derive(Clone, Debug)]
pub struct MarketReport<'a> {
    /// The record.
    pub loose: &'a SharedRecord,
    /// 月份.
    pub month: Option<Month>,
    /// 报告人.
    pub staff: Option<Party>,
    /// 定时: the monthly report; otherwise an occasional one.
    pub regular: bool,
    /// 提交日期.
    pub submitted: Option<Date>,
    /// 接收: by whom and when.
    pub received: Vec<(Option<Party>, Option<Date>)>,
    /// 信息, with the customer of each row and who was told of major news.
    pub information: Vec<MarketRow>,
}

/// A row of a market report.
#[derive(Clone, Debug)]
pub struct MarketRow {
    /// The 信息 row.
    pub information: super::Information,
    /// 客户.
    pub customer: Option<Party>,
}

impl MarketReport<'_> {
    /// When it was received: 提交日期, else the first 接收 date.
    pub fn received_on(&self) -> Option<Date> {
        self.submitted.or_else(|| self.received.iter().filter_map(|(_, day)| *day).min())
    }
}

/// 来电, 来信, 来函 (S-05.2).
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// The record.
    pub loose: &'a SharedRecord,
    /// 方式.
    pub channel: Option<Arc<str>>,
    /// 单位.
    pub unit: Option<Party>,
    /// 来电人.
    pub from: Option<Party>,
    /// 内容.
    pub what: Option<Arc<str>>,
    /// 传递给.
    pub to: Vec<Party>,
    /// 传递日期.
    pub on: Option<Date>,
    /// 结果.
    pub result: Option<Arc<str>>,
    /// 登记人.
    pub clerk: Option<Party>,
}

impl Incoming<'_> {
    /// Whether it was passed on by `as_of`; a recipient without a date counts.
    pub fn is_passed_on(&self, as_of: AsOf) -> bool {
        self.on.map_or(!self.to.is_empty(), |day| day <= as_of.0)
    }
}

/// A suggestion of a review (S-12.3b) or a finding of an inspection (S-12.3a).
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The record it stands in.
    pub record: Arc<DirectoryEntry>,
    /// Field key and row in it, from 0.
    pub field: (&'static str, u32),
    /// 建议, 发现.
    pub what: Arc<str>,
    /// 客户.
    pub customer: Option<Party>,
    /// 责任人.
    pub owner: Option<Party>,
    /// 建议落实时间, 期限.
    pub due: Option<Date>,
    /// Whether it was carried out.
    pub done: bool,
    /// When, if stated.
    pub done_on: Option<Date>,
    /// 落实结果, 说明.
    pub result: Option<Arc<str>>,
}

impl Suggestion {
    /// Whether it was open on `as_of`.
    pub fn is_open(&self, as_of: AsOf) -> bool {
        !self.done || self.done_on.is_some_and(|day| day > as_of.0)
    }
}

/// 借阅 (S-12.2b).
#[derive(Clone, Debug)]
pub struct Loan {
    /// The register.
    pub record: Arc<DirectoryEntry>,
    /// Row in it, from 0.
    pub row: u32,
    /// 借阅人.
    pub borrower: Option<Party>,
    /// 日期.
    pub date: Option<Date>,
    /// 客户.
    pub customer: Option<Party>,
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
    /// Whether the copy is on loan on `as_of`. A lost copy is not.
    pub fn is_out(&self, as_of: AsOf) -> bool {
        let lent = self.date.is_none_or(|day| day <= as_of.0);
        lent && self.incident.is_none() && self.returned.is_none_or(|day| day > as_of.0)
    }
}

/// 年度审核 of a regulation (S-07.2).
#[derive(Clone, Debug)]
pub struct YearlyReview {
    /// The version reviewed.
    pub record: Arc<DirectoryEntry>,
    /// Row in it, from 0.
    pub row: u32,
    /// 年度, else the year of 日期.
    pub year: Option<i16>,
    /// 日期.
    pub date: Option<Date>,
    /// 结论.
    pub verdict: Option<Arc<str>>,
    /// 修正.
    pub change: Option<Arc<str>>,
}

impl Archive {
    fn resolver(&self) -> NameResolver<'_> {
        NameResolver::new(&self.names, &self.directory)
    }

    /// Market reports, in order of id.
    pub fn market_reports(&self) -> Vec<MarketReport<'_>> {
        let resolver = self.resolver();
        let read = |loose| market_report(&resolver, loose);
        self.of_kind("market-report").map(read).collect()
    }

    /// Reads one market report.
    pub fn market_report<'a>(&'a self, loose: &'a SharedRecord) -> MarketReport<'a> {
        market_report(&self.resolver(), loose)
    }

    /// Calls and letters, in order of id.
    pub fn incoming(&self) -> Vec<Incoming<'_>> {
        self.of_kind("inbound").map(|loose| self.call(loose)).collect()
    }

    /// Reads one call or letter.
    pub fn call<'a>(&'a self, loose: &'a SharedRecord) -> Incoming<'a> {
        let (resolver, record) = (self.resolver(), &loose.record);
        let fields = &record.fields;
        let first = |key: &str| fields.names(key).first().map(|name| resolver.party(record, name));
        let text = |key: &str| fields.text(key).map(|text| text.value.clone());
        Incoming {
            channel: fields.code(key::CHANNEL).map(|code| code.word.clone()),
            unit: first("customer"),
            from: first("from"),
            what: text(key::WHAT),
            to: resolver.all(record, fields.names(key::FORWARDED_TO)),
            on: fields.date(key::FORWARDED_ON).map(|day| day.value),
            result: text(key::RESULT),
            clerk: first("clerk"),
            loose,
        }
    }

    /// Suggestions of reviews and findings of inspections, in order of record and row.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let reviews = self.of_kind("review").flat_map(|loose| self.suggestions_of(loose));
        let inspections = self.of_kind("inspection").flat_map(|loose| self.suggestions_of(loose));
        reviews.chain(inspections).collect()
    }

    /// The suggestions or findings of one record.
    pub fn suggestions_of(&self, loose: &SharedRecord) -> Vec<Suggestion> {
        let (resolver, record) = (self.resolver(), &loose.record);
        let (field, remark) = if loose.entry.is("review") { ("suggestions", "result") } else { ("findings", "note") };
        let read = |(row, at): (&Row, u32)| {
            let done_on = rows::date(record, field, row, key::DONE);
            Some(Suggestion {
                record: loose.entry.clone(),
                field: (field, at),
                what: rows::text(record, field, row, key::WHAT)?,
                customer: resolver.firm_of_row(record, field, row, "customer"),
                owner: resolver.of_row(record, field, row, "owner", "staff"),
                due: rows::date(record, field, row, key::DUE),
                done: row.tick == Some(true) || done_on.is_some(),
                done_on,
                result: rows::text(record, field, row, remark),
            })
        };
        record.fields.rows(field).iter().zip(0..).filter_map(read).collect()
    }

    /// The items of a directive, in order.
    pub fn directives_of(&self, loose: &SharedRecord) -> Vec<Directive> {
        directives(&self.resolver(), &loose.record, &loose.entry)
    }

    /// Exceptions found by a review, each with its customer.
    pub fn exceptions_of(&self, loose: &SharedRecord) -> Vec<(Arc<str>, Option<Party>)> {
        const FIELD: &str = key::EXCEPTIONS;
        let (resolver, record) = (self.resolver(), &loose.record);
        let read = |row: &Row| {
            Some((rows::text(record, FIELD, row, key::WHAT)?, resolver.firm_of_row(record, FIELD, row, "customer")))
        };
        record.fields.rows(FIELD).iter().filter_map(read).collect()
    }

    /// All rows of the loan register, in order.
    pub fn loans(&self) -> Vec<Loan> {
        const FIELD: &str = key::LOANS;
        let resolver = self.resolver();
        let mut loans = Vec::new();
        for SharedRecord { record, entry } in self.of_kind("loans") {
            loans.extend(record.fields.rows(FIELD).iter().zip(0..).map(|(row, at)| Loan {
                record: entry.clone(),
                row: at,
                borrower: resolver.of_row(record, FIELD, row, "borrower", "staff"),
                date: rows::date(record, FIELD, row, key::DATE),
                customer: resolver.firm_of_row(record, FIELD, row, "customer"),
                copy: rows::text(record, FIELD, row, key::COPY),
                purpose: rows::text(record, FIELD, row, key::PURPOSE),
                due: rows::date(record, FIELD, row, key::DUE),
                returned: rows::date(record, FIELD, row, key::RETURNED),
                incident: rows::text(record, FIELD, row, key::INCIDENT),
            }));
        }
        loans
    }

    /// Versions of the regulation, newest first: by 颁布日期, then by id.
    pub fn regulations(&self) -> Vec<&SharedRecord> {
        let mut versions: Vec<&SharedRecord> = self.of_kind("regulation").collect();
        versions.sort_by(|a, b| (issued(b), &b.entry.id).cmp(&(issued(a), &a.entry.id)));
        versions
    }

    /// The version in force on `as_of`.
    pub fn regulation_in_force(&self, as_of: AsOf) -> Option<&SharedRecord> {
        self.regulations().into_iter().find(|loose| issued(loose).is_some_and(|day| day <= as_of.0))
    }

    /// Yearly reviews of all versions, in order of version and row.
    pub fn yearly_reviews(&self) -> Vec<YearlyReview> {
        const FIELD: &str = key::REVIEWS;
        let read = |SharedRecord { record, entry }: &SharedRecord| -> Vec<YearlyReview> {
            let rows = record.fields.rows(FIELD).iter().zip(0..);
            rows.map(|(row, at)| {
                let date = rows::date(record, FIELD, row, key::DATE);
                let year = match rows::cell(record, FIELD, row, key::YEAR) {
                    Some(Value::Period(period)) => Some(period.value),
                    _ => None,
                };
                let year = year.map(Period::first).or(date).map(Date::year);
                YearlyReview {
                    record: entry.clone(),
                    row: at,
                    year,
                    date,
                    verdict: rows::text(record, FIELD, row, key::VERDICT),
                    change: rows::text(record, FIELD, row, key::CHANGE),
                }
            })
            .collect()
        };
        self.of_kind("regulation").flat_map(read).collect()
    }
}

/// 颁布日期.
pub fn issued(loose: &SharedRecord) -> Option<Date> {
    loose.record.fields.date(key::ISSUED).map(|day| day.value)
}

fn market_report<'a>(resolver: &NameResolver<'_>, loose: &'a SharedRecord) -> MarketReport<'a> {
    let record = &loose.record;
    let fields = &record.fields;
    let received = |row: &Row| {
        let who = rows::names(record, key::RECEIVED, row, key::WHO).first().map(|name| resolver.party(record, name));
        (who, rows::date(record, key::RECEIVED, row, key::DATE))
    };
    let customer = |row: &Row| {
        let names = rows::names(record, key::INFORMATION, row, key::CUSTOMER);
        names.first().map(|name| resolver.party(record, name))
    };
    let rows = fields.rows(key::INFORMATION).iter().zip(resolver.information_rows(record));
    MarketReport {
        month: match fields.get(key::MONTH) {
            Some(Value::Month(month)) => Some(month.value),
            _ => None,
        },
        staff: fields.names(key::STAFF).first().map(|name| resolver.party(record, name)),
        regular: fields.code(key::KIND).is_none_or(|code| &*code.word == "定时"),
        submitted: fields.date(key::SUBMITTED).map(|day| day.value),
        received: fields.rows(key::RECEIVED).iter().map(received).collect(),
        information: rows.map(|(row, information)| MarketRow { information, customer: customer(row) }).collect(),
        loose,
    }
}
