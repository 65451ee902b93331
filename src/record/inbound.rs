//! Keys of kind `inbound`, and of the columns of its rows, each with its type.

/// 日期: date.
pub const DATE: &str = "date";
/// 方式: code.
pub const CHANNEL: &str = "channel";
/// 单位: name.
pub const CUSTOMER: &str = "customer";
/// 来电人: name.
pub const FROM: &str = "from";
/// 内容: text.
pub const WHAT: &str = "what";
/// 传递给: names.
pub const FORWARDED_TO: &str = "forwarded_to";
/// 传递日期: date.
pub const FORWARDED_ON: &str = "forwarded_on";
/// 结果: text.
pub const RESULT: &str = "result";
/// 登记人: name.
pub const CLERK: &str = "clerk";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";
