//! Keys of kind `contact`, and of the columns of its rows, each with its type.

/// 日期: date.
pub const DATE: &str = "date";
/// 方式: code.
pub const CHANNEL: &str = "channel";
/// 我方人员: names.
pub const STAFF: &str = "staff";
/// 对象: names.
pub const PEOPLE: &str = "people";
/// 项目: name.
pub const PROJECT: &str = "project";
/// 事由: text.
pub const SUBJECT: &str = "subject";
/// 报告: text.
pub const REPORT: &str = "report";
/// 填写日期: date.
pub const FILLED: &str = "filled";
/// 呈交: names.
pub const SUBMITTED_TO: &str = "submitted_to";
/// 传递给: names.
pub const FORWARDED_TO: &str = "forwarded_to";
/// 传递日期: date.
pub const FORWARDED_ON: &str = "forwarded_on";
/// 引荐: rows.
pub const INTRODUCTIONS: &str = "introductions";
/// 提出的方案: texts.
pub const SOLUTIONS: &str = "solutions";
/// 已处理问题: rows.
pub const HANDLED: &str = "handled";
/// 未处理问题: rows.
pub const OPEN: &str = "open";
/// 承诺: rows.
pub const PROMISES: &str = "promises";
/// 客户意见: rows.
pub const OPINIONS: &str = "opinions";
/// 下次联系: rows.
pub const NEXT: &str = "next";
/// 满意度: number.
pub const SATISFACTION: &str = "satisfaction";
/// 信息: rows.
pub const INFORMATION: &str = "information";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

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

/// Columns of 下次联系.
pub mod next {
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 对象: names.
    pub const PEOPLE: &str = "people";
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
