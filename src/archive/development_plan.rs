//! 客户计划 of a year, joined: author, review, filing, goals, competitors, actions and changes (第十四、十五条).

use std::sync::Arc;

use super::name_resolver::NameResolver;
use super::{Deputies, DirectoryEntry, Party, rows};
use crate::calendar::{AsOf, Date, Period};
use crate::kind::{Row, Value};
use crate::record::{Record, key};

/// 客户计划 of a year. Its long texts stay in the record's fields.
#[derive(Clone, Debug)]
pub struct DevelopmentPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Directory entry.
    pub entry: Arc<DirectoryEntry>,
    /// 年度.
    pub year: Option<Period>,
    /// 制订人.
    pub author: Option<Party>,
    /// 参与人.
    pub participants: Vec<Party>,
    /// 审核人.
    pub reviewer: Option<Party>,
    /// 审核日期.
    pub reviewed: Option<Date>,
    /// 审核: 待审, 已审, 退回.
    pub verdict: Option<Arc<str>>,
    /// 归档人.
    pub filed_by: Option<Party>,
    /// 归档日期.
    pub filed_on: Option<Date>,
    /// 客户目标.
    pub goals: Vec<Goal>,
    /// 竞争对手.
    pub rivals: Vec<Rival>,
    /// 行动计划.
    pub actions: Vec<Action>,
    /// 调整, as written.
    pub changes: Vec<PlanAdjustment>,
}

/// 客户目标: what is to be achieved (S-14.1b).
#[derive(Clone, Debug)]
pub struct Goal {
    /// 目标.
    pub goal: Arc<str>,
    /// 衡量.
    pub measure: Option<Arc<str>>,
    /// 期限.
    pub due: Option<Date>,
    /// 状态.
    pub status: Option<Arc<str>>,
    /// State of its checkbox, if it has one.
    pub ticked: Option<bool>,
    /// Names of the tail that belong to no column.
    pub named: Vec<Party>,
}

/// A competitor at this customer (S-14.3).
#[derive(Clone, Debug)]
pub struct Rival {
    /// 名称.
    pub name: Party,
    /// 优势.
    pub strengths: Option<Arc<str>>,
    /// 劣势.
    pub weaknesses: Option<Arc<str>>,
    /// 目前的状况.
    pub state: Option<Arc<str>>,
    /// 建议的策略.
    pub strategy: Option<Arc<str>>,
    /// Names of the tail that belong to no column.
    pub named: Vec<Party>,
}

/// 行动 (S-14.5b).
#[derive(Clone, Debug)]
pub struct Action {
    /// 行动.
    pub action: Arc<str>,
    /// 责任人.
    pub owner: Option<Party>,
    /// 期限.
    pub due: Option<Date>,
    /// Whether it is ticked or has a 完成 date.
    pub ticked: bool,
    /// 完成.
    pub done: Option<Date>,
    /// 对应目标.
    pub goal: Option<Arc<str>>,
    /// 说明.
    pub note: Option<Arc<str>>,
    /// Names of the tail that belong to no column.
    pub named: Vec<Party>,
    /// Its row in 行动计划, from 0.
    pub row: u32,
}

/// 调整 of a plan (S-15.2b).
#[derive(Clone, Debug)]
pub struct PlanAdjustment {
    /// 内容.
    pub what: Arc<str>,
    /// 日期.
    pub date: Option<Date>,
    /// 原因.
    pub why: Option<Arc<str>>,
    /// 批准人.
    pub approver: Option<Party>,
    /// Names of the tail that belong to no column.
    pub named: Vec<Party>,
    /// Its row in 调整, from 0.
    pub row: u32,
}

/// A post to which the regulation gives a say in plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApproverPost {
    /// 市场部部长, the only one who may change a plan (S-15.2c).
    Head,
    /// 市场部部长 or 市场部副部长: they take part and guide (S-15.1b), and review (第六条).
    HeadOrDeputy,
}

impl ApproverPost {
    /// Whether `who` holds the post now or is deputy for it.
    pub fn is_held_by(self, who: &Party, stand_ins: &Deputies) -> bool {
        let posts: &[&str] = match self {
            ApproverPost::Head => &["市场部部长"],
            ApproverPost::HeadOrDeputy => &["市场部部长", "市场部副部长"],
        };
        who.entry().is_some_and(|entry| stand_ins.has_post(entry, posts))
    }
}

impl Action {
    /// Whether it is done on `as_of`: ticked, and the stated day, if any, has come (`decisions.md` 13).
    pub fn is_done(&self, as_of: AsOf) -> bool {
        self.ticked && self.done.is_none_or(|day| day <= as_of.0)
    }
}

impl DevelopmentPlan {
    /// The year it is for.
    pub fn year(&self) -> Option<i16> {
        self.year.map(|year| year.first().year())
    }

    /// The review verdict as the record states it.
    pub fn stated_verdict(&self) -> &str {
        match &self.verdict {
            Some(verdict) => verdict,
            // A reviewer and a date imply a review.
            None if self.reviewer.is_some() && self.reviewed.is_some() => "已审",
            None => "待审",
        }
    }

    /// The verdict on `as_of`: 待审 until the review date (`decisions.md` 13).
    pub fn verdict_on(&self, as_of: AsOf) -> &str {
        if self.reviewed.is_some_and(|day| day > as_of.0) { "待审" } else { self.stated_verdict() }
    }

    /// Whether it is filed on `as_of`.
    pub fn is_filed(&self, as_of: AsOf) -> bool {
        self.filed_on.map_or(self.filed_by.is_some(), |day| day <= as_of.0)
    }
}

impl NameResolver<'_> {
    /// The development plan of a record; `None` for other kinds.
    pub fn development_plan(&self, record: &Arc<Record>) -> Option<DevelopmentPlan> {
        if &*record.kind.key != "development-plan" {
            return None;
        }
        let fields = &record.fields;
        let first = |key: &str| fields.names(key).first().map(|name| self.party(record, name));
        let date = |key: &str| fields.date(key).map(|day| day.value);
        Some(DevelopmentPlan {
            entry: self.entry(record)?,
            year: match fields.get(key::YEAR) {
                Some(Value::Period(period)) => Some(period.value),
                _ => None,
            },
            author: first("author"),
            participants: self.all(record, fields.names(key::PARTICIPANTS)),
            reviewer: first("reviewer"),
            reviewed: date(key::REVIEWED),
            verdict: fields.code(key::VERDICT).map(|code| code.word.clone()),
            filed_by: first("filed_by"),
            filed_on: date(key::FILED_ON),
            goals: fields.rows(key::GOALS).iter().map(|row| self.goal(record, row)).collect(),
            rivals: fields.rows(key::COMPETITORS).iter().filter_map(|row| self.rival(record, row)).collect(),
            actions: fields.rows(key::ACTIONS).iter().zip(0..).map(|(row, at)| self.action(record, row, at)).collect(),
            changes: fields.rows(key::CHANGES).iter().zip(0..).map(|(row, at)| self.change(record, row, at)).collect(),
            record: record.clone(),
        })
    }

    fn goal(&self, record: &Record, row: &Row) -> Goal {
        const FIELD: &str = key::GOALS;
        Goal {
            goal: rows::text(record, FIELD, row, key::GOAL).unwrap_or_default(),
            measure: rows::text(record, FIELD, row, key::MEASURE),
            due: rows::date(record, FIELD, row, key::DUE),
            status: rows::text(record, FIELD, row, key::STATUS),
            ticked: row.tick,
            named: self.all(record, &row.tail),
        }
    }

    fn rival(&self, record: &Record, row: &Row) -> Option<Rival> {
        const FIELD: &str = key::COMPETITORS;
        let mut named = self.all(record, &row.tail);
        let name = rows::names(record, FIELD, row, key::COMPETITOR).first().map(|name| self.party(record, name));
        let name = match name {
            Some(name) => name,
            None if named.is_empty() => return None,
            None => named.remove(0),
        };
        let text = |key: &str| rows::text(record, FIELD, row, key);
        let (strengths, weaknesses) = (text(key::STRENGTHS), text(key::WEAKNESSES));
        Some(Rival { name, strengths, weaknesses, state: text(key::STATE), strategy: text(key::STRATEGY), named })
    }

    fn action(&self, record: &Record, row: &Row, at: u32) -> Action {
        const FIELD: &str = key::ACTIONS;
        let (owner, named) = self.staff_and_rest(record, FIELD, row, "owner");
        let done = rows::date(record, FIELD, row, key::DONE);
        Action {
            action: rows::text(record, FIELD, row, key::ACTION).unwrap_or_default(),
            owner,
            due: rows::date(record, FIELD, row, key::DUE),
            ticked: row.tick == Some(true) || done.is_some(),
            done,
            goal: rows::text(record, FIELD, row, key::GOAL),
            note: rows::text(record, FIELD, row, key::NOTE),
            named,
            row: at,
        }
    }

    fn change(&self, record: &Record, row: &Row, at: u32) -> PlanAdjustment {
        const FIELD: &str = key::CHANGES;
        let (approver, named) = self.staff_and_rest(record, FIELD, row, "approver");
        PlanAdjustment {
            what: rows::text(record, FIELD, row, key::WHAT).unwrap_or_default(),
            date: rows::date(record, FIELD, row, key::DATE),
            why: rows::text(record, FIELD, row, key::WHY),
            approver,
            named,
            row: at,
        }
    }

    /// The staff member in a column or, failing that, in the tail; and the remaining names of the tail.
    fn staff_and_rest(&self, record: &Record, field: &str, row: &Row, key: &str) -> (Option<Party>, Vec<Party>) {
        let own = rows::names(record, field, row, key).first().map(|name| self.party(record, name));
        let mut named = self.all(record, &row.tail);
        let who = own.or_else(|| {
            let at = named.iter().position(|who| who.entry().is_some_and(|entry| entry.is("staff")))?;
            Some(named.remove(at))
        });
        (who, named)
    }
}
