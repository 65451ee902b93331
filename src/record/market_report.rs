//! Keys of kind `market-report`, and of the columns of its rows, each with its type.

/// 月份: month.
pub const MONTH: &str = "month";
/// 报告人: name.
pub const STAFF: &str = "staff";
/// 类型: code.
pub const KIND: &str = "kind";
/// 提交日期: date.
pub const SUBMITTED: &str = "submitted";
/// 接收: rows.
pub const RECEIVED: &str = "received";
/// 信息: rows.
pub const INFORMATION: &str = "information";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 接收.
pub mod received {
    /// 接收人: name.
    pub const WHO: &str = "who";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 信息.
pub mod information {
    /// 客户: name.
    pub const CUSTOMER: &str = "customer";
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
