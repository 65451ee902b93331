//! Keys of kind `visit`, and of the columns of its rows, each with its type.

/// 日期: date.
pub const DATE: &str = "date";
/// 拜访人: names.
pub const VISITOR: &str = "visitor";
/// 同行人: names.
pub const COMPANIONS: &str = "companions";
/// 拜访对象: names.
pub const PEOPLE: &str = "people";
/// 拜访单位: name.
pub const UNIT: &str = "unit";
/// 项目: name.
pub const PROJECT: &str = "project";
/// 填写日期: date.
pub const FILLED: &str = "filled";
/// 拜访目的: codes.
pub const PURPOSE: &str = "purpose";
/// 拜访目标: text.
pub const GOAL: &str = "goal";
/// 做法: text.
pub const APPROACH: &str = "approach";
/// 预约: rows.
pub const APPOINTMENT: &str = "appointment";
/// 携带物品: rows.
pub const CARRY: &str = "carry";
/// 费用申请: rows.
pub const FEE_REQUEST: &str = "fee_request";
/// 商谈计划: code.
pub const PLAN: &str = "plan";
/// 成果: code.
pub const RESULT: &str = "result";
/// 是否达成: code.
pub const ACHIEVED: &str = "achieved";
/// 实际结果: text.
pub const OUTCOME: &str = "outcome";
/// 原因: text.
pub const WHY: &str = "why";
/// 改进: text.
pub const IMPROVE: &str = "improve";
/// 已处理问题: rows.
pub const HANDLED: &str = "handled";
/// 未处理问题: rows.
pub const OPEN: &str = "open";
/// 承诺: rows.
pub const PROMISES: &str = "promises";
/// 客户意见: rows.
pub const OPINIONS: &str = "opinions";
/// 引荐: rows.
pub const INTRODUCTIONS: &str = "introductions";
/// 提出的方案: texts.
pub const SOLUTIONS: &str = "solutions";
/// 下次联系: rows.
pub const NEXT: &str = "next";
/// 满意度: number.
pub const SATISFACTION: &str = "satisfaction";
/// 费用: rows.
pub const FEES: &str = "fees";
/// 合计: money.
pub const FEE_TOTAL: &str = "fee_total";
/// 费用审核: rows.
pub const FEE_AUDIT: &str = "fee_audit";
/// 呈交: names.
pub const SUBMITTED_TO: &str = "submitted_to";
/// 传递给: names.
pub const FORWARDED_TO: &str = "forwarded_to";
/// 传递日期: date.
pub const FORWARDED_ON: &str = "forwarded_on";
/// 信息: rows.
pub const INFORMATION: &str = "information";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 预约.
pub mod appointment {
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 方式: code.
    pub const CHANNEL: &str = "channel";
    /// 对象: names.
    pub const PEOPLE: &str = "people";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 携带物品.
pub mod carry {
    /// 物品: text.
    pub const WHAT: &str = "what";
    /// 申请日期: date.
    pub const REQUESTED: &str = "requested";
    /// 备妥: yes-no.
    pub const READY: &str = "ready";
}

/// Columns of 费用申请.
pub mod fee_request {
    /// 费用项目: text.
    pub const ITEM: &str = "item";
    /// 金额: money.
    pub const AMOUNT: &str = "amount";
    /// 批准: text.
    pub const APPROVED: &str = "approved";
}

/// Columns of 已处理问题.
pub mod handled {
    /// 问题: text.
    pub const WHAT: &str = "what";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 解决: date.
    pub const DONE: &str = "done";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 未处理问题.
pub mod open {
    /// 问题: text.
    pub const WHAT: &str = "what";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 解决: date.
    pub const DONE: &str = "done";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 承诺.
pub mod promises {
    /// 事项: text.
    pub const WHAT: &str = "what";
    /// 对: names.
    pub const TO: &str = "to";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 完成: date.
    pub const DONE: &str = "done";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 客户意见.
pub mod opinions {
    /// 内容: text.
    pub const WHAT: &str = "what";
    /// 转告部门: text.
    pub const DEPARTMENT: &str = "department";
    /// 转告日期: date.
    pub const ON: &str = "on";
    /// 结果: text.
    pub const RESULT: &str = "result";
    /// 完成: date.
    pub const DONE: &str = "done";
}

/// Columns of 引荐.
pub mod introductions {
    /// 客户方: names.
    pub const THEIRS: &str = "theirs";
    /// 我方: names.
    pub const OURS: &str = "ours";
    /// 引荐人: name.
    pub const BY: &str = "by";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 下次联系.
pub mod next {
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 对象: names.
    pub const PEOPLE: &str = "people";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 费用.
pub mod fees {
    /// 费用项目: text.
    pub const ITEM: &str = "item";
    /// 金额: money.
    pub const AMOUNT: &str = "amount";
    /// 备注: text.
    pub const NOTE: &str = "note";
}

/// Columns of 费用审核.
pub mod fee_audit {
    /// 审核人: name.
    pub const WHO: &str = "who";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 信息.
pub mod information {
    /// 信息: text.
    pub const FACT: &str = "fact";
    /// 主题: code.
    pub const TOPIC: &str = "topic";
    /// 含义: text.
    pub const MEANING: &str = "meaning";
    /// 等级: code.
    pub const LEVEL: &str = "level";
    /// 类型: text.
    pub const CHANNEL: &str = "channel";
    /// 来源: text.
    pub const SOURCE: &str = "source";
    /// 信息提供人: name.
    pub const PERSON: &str = "person";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 启动时间: loose.
    pub const START: &str = "start";
    /// 投资规模: money.
    pub const SCALE: &str = "scale";
    /// 重大: rows.
    pub const MAJOR: &str = "major";
}
