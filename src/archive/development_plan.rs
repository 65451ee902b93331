//! 客户计划 of a year, joined: who made, reviewed and filed it, its goals, opponents, actions and adjustments (第十四、十五条).

use std::sync::Arc;

use super::assemble::Hand;
use super::{Card, Dossier, StandIns, Who, rows};
use crate::calendar::{AsOf, Date, Period};
use crate::config::Policy;
use crate::kind::{Row, Value};
use crate::record::Record;

/// 客户计划 of a year. Its texts stand in the record's sheet.
#[derive(Clone, Debug)]
pub struct DevelopmentPlan {
    /// The record.
    pub record: Arc<Record>,
    /// Its card.
    pub card: Arc<Card>,
    /// 年度.
    pub year: Option<Period>,
    /// 制订人.
    pub author: Option<Who>,
    /// 参与人.
    pub participants: Vec<Who>,
    /// 审核人.
    pub reviewer: Option<Who>,
    /// 审核日期.
    pub reviewed: Option<Date>,
    /// 审核: 待审, 已审, 退回.
    pub verdict: Option<Arc<str>>,
    /// 归档人.
    pub filed_by: Option<Who>,
    /// 归档日期.
    pub filed_on: Option<Date>,
    /// 客户目标.
    pub goals: Vec<Goal>,
    /// 竞争对手.
    pub rivals: Vec<Rival>,
    /// 行动计划.
    pub actions: Vec<Action>,
    /// 调整, as written.
    pub changes: Vec<Change>,
}

/// 客户目标: what is to be reached (S-14.1b).
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
    /// Its box, where it has one.
    pub ticked: Option<bool>,
    /// Names behind it that no column takes.
    pub named: Vec<Who>,
}

/// A competitor at this customer (S-14.3).
#[derive(Clone, Debug)]
pub struct Rival {
    /// 名称.
    pub name: Who,
    /// 优势.
    pub strengths: Option<Arc<str>>,
    /// 劣势.
    pub weaknesses: Option<Arc<str>>,
    /// 目前的状况.
    pub state: Option<Arc<str>>,
    /// 建议的策略.
    pub strategy: Option<Arc<str>>,
    /// Names behind it that no column takes.
    pub named: Vec<Who>,
}

/// 行动 (S-14.5b).
#[derive(Clone, Debug)]
pub struct Action {
    /// 行动.
    pub action: Arc<str>,
    /// 责任人.
    pub owner: Option<Who>,
    /// 期限.
    pub due: Option<Date>,
    /// Whether it is ticked.
    pub ticked: bool,
    /// 完成.
    pub done: Option<Date>,
    /// 对应目标.
    pub goal: Option<Arc<str>>,
    /// 说明.
    pub note: Option<Arc<str>>,
    /// Names behind it that no column takes.
    pub named: Vec<Who>,
    /// Its row in 行动计划, from 0.
    pub row: u32,
}

/// 调整 of a plan (S-15.2b).
#[derive(Clone, Debug)]
pub struct Change {
    /// 内容.
    pub what: Arc<str>,
    /// 日期.
    pub date: Option<Date>,
    /// 原因.
    pub why: Option<Arc<str>>,
    /// 批准人.
    pub approver: Option<Who>,
    /// Names behind it that no column takes.
    pub named: Vec<Who>,
    /// Its row in 调整, from 0.
    pub row: u32,
}

/// A post that the regulation gives a say in plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    /// 市场部部长: he alone may change a plan (S-15.2c).
    Head,
    /// 市场部部长 or 市场部副部长: they take part and guide (S-15.1b), and review (第六条).
    HeadOrDeputy,
}

impl Post {
    /// Whether somebody holds it now, or stands in for it.
    pub fn is_held_by(self, who: &Who, stand_ins: &StandIns) -> bool {
        let posts: &[&str] = match self {
            Post::Head => &["市场部部长"],
            Post::HeadOrDeputy => &["市场部部长", "市场部副部长"],
        };
        who.card().is_some_and(|card| stand_ins.has_post(card, posts))
    }
}

impl Action {
    /// Whether it is done on a day: ticked, and the day of it, where it is said, has come (`decisions.md` 13).
    pub fn is_done(&self, as_of: AsOf) -> bool {
        self.ticked && self.done.is_none_or(|day| day <= as_of.0)
    }
}

impl DevelopmentPlan {
    /// The year it is for.
    pub fn year(&self) -> Option<i16> {
        self.year.map(|year| year.first().year())
    }

    /// How the review stands, as the record says it.
    pub fn said_verdict(&self) -> &str {
        match &self.verdict {
            Some(verdict) => verdict,
            // Who reviewed it and when says that it was reviewed.
            None if self.reviewer.is_some() && self.reviewed.is_some() => "已审",
            None => "待审",
        }
    }

    /// How it stood on a day: 待审 until the day it was reviewed (`decisions.md` 13).
    pub fn verdict_on(&self, as_of: AsOf) -> &str {
        if self.reviewed.is_some_and(|day| day > as_of.0) { "待审" } else { self.said_verdict() }
    }

    /// Whether it is filed on a day.
    pub fn is_filed(&self, as_of: AsOf) -> bool {
        self.filed_on.map_or(self.filed_by.is_some(), |day| day <= as_of.0)
    }
}

impl Dossier {
    /// Whether this is a 重点客户 (S-13.1).
    pub fn is_key(&self, policy: &Policy) -> bool {
        let level = self.customer.as_ref().and_then(|customer| customer.level.as_deref());
        level.and_then(|level| policy.level(level)).is_some_and(|level| level.key)
    }

    /// The plan that holds on a day: the newest whose time has begun.
    pub fn plan_in_force(&self, as_of: AsOf) -> Option<&DevelopmentPlan> {
        self.development_plans.iter().find(|plan| plan.year.is_some_and(|year| year.first() <= as_of.0))
    }

    /// The plan that holds on a day and those of later years: older ones are history.
    pub fn living_plans(&self, as_of: AsOf) -> impl Iterator<Item = &DevelopmentPlan> {
        let since = self.plan_in_force(as_of).and_then(DevelopmentPlan::year);
        self.development_plans.iter().filter(move |plan| plan.year().is_some() && plan.year() >= since)
    }
}

impl Hand<'_> {
    /// The plan a record is, if it is one.
    pub fn development_plan(&self, record: &Arc<Record>) -> Option<DevelopmentPlan> {
        if &*record.kind.key != "development-plan" {
            return None;
        }
        let sheet = &record.sheet;
        let first = |key: &str| sheet.names(key).first().map(|name| self.who(record, name));
        let date = |key: &str| sheet.date(key).map(|day| day.value);
        Some(DevelopmentPlan {
            card: self.card(record)?,
            year: match sheet.get("year") {
                Some(Value::Period(period)) => Some(period.value),
                _ => None,
            },
            author: first("author"),
            participants: self.all(record, sheet.names("participants")),
            reviewer: first("reviewer"),
            reviewed: date("reviewed"),
            verdict: sheet.code("verdict").map(|code| code.word.clone()),
            filed_by: first("filed_by"),
            filed_on: date("filed_on"),
            goals: sheet.rows("goals").iter().map(|row| self.goal(record, row)).collect(),
            rivals: sheet.rows("competitors").iter().filter_map(|row| self.rival(record, row)).collect(),
            actions: sheet.rows("actions").iter().zip(0..).map(|(row, at)| self.action(record, row, at)).collect(),
            changes: sheet.rows("changes").iter().zip(0..).map(|(row, at)| self.change(record, row, at)).collect(),
            record: record.clone(),
        })
    }

    fn goal(&self, record: &Record, row: &Row) -> Goal {
        const FIELD: &str = "goals";
        Goal {
            goal: rows::text(record, FIELD, row, "goal").unwrap_or_default(),
            measure: rows::text(record, FIELD, row, "measure"),
            due: rows::date(record, FIELD, row, "due"),
            status: rows::text(record, FIELD, row, "status"),
            ticked: row.tick,
            named: self.all(record, &row.tail),
        }
    }

    fn rival(&self, record: &Record, row: &Row) -> Option<Rival> {
        const FIELD: &str = "competitors";
        let mut named = self.all(record, &row.tail);
        let name = rows::names(record, FIELD, row, "competitor").first().map(|name| self.who(record, name));
        let name = match name {
            Some(name) => name,
            None if named.is_empty() => return None,
            None => named.remove(0),
        };
        let text = |key: &str| rows::text(record, FIELD, row, key);
        let (strengths, weaknesses) = (text("strengths"), text("weaknesses"));
        Some(Rival { name, strengths, weaknesses, state: text("state"), strategy: text("strategy"), named })
    }

    fn action(&self, record: &Record, row: &Row, at: u32) -> Action {
        const FIELD: &str = "actions";
        let (owner, named) = self.seated(record, FIELD, row, "owner");
        let done = rows::date(record, FIELD, row, "done");
        Action {
            action: rows::text(record, FIELD, row, "action").unwrap_or_default(),
            owner,
            due: rows::date(record, FIELD, row, "due"),
            ticked: row.tick == Some(true) || done.is_some(),
            done,
            goal: rows::text(record, FIELD, row, "goal"),
            note: rows::text(record, FIELD, row, "note"),
            named,
            row: at,
        }
    }

    fn change(&self, record: &Record, row: &Row, at: u32) -> Change {
        const FIELD: &str = "changes";
        let (approver, named) = self.seated(record, FIELD, row, "approver");
        Change {
            what: rows::text(record, FIELD, row, "what").unwrap_or_default(),
            date: rows::date(record, FIELD, row, "date"),
            why: rows::text(record, FIELD, row, "why"),
            approver,
            named,
            row: at,
        }
    }

    /// One of ours in a column or, failing that, in the tail; and the names of the tail that are left.
    fn seated(&self, record: &Record, field: &str, row: &Row, key: &str) -> (Option<Who>, Vec<Who>) {
        let own = rows::names(record, field, row, key).first().map(|name| self.who(record, name));
        let mut named = self.all(record, &row.tail);
        let who = own.or_else(|| {
            let at = named.iter().position(|who| who.card().is_some_and(|card| card.is("staff")))?;
            Some(named.remove(at))
        });
        (who, named)
    }
}
