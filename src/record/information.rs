//! Keys of kind `information`, and of the columns of its rows, each with its type.

/// 信息: rows.
pub const INFORMATION: &str = "information";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 信息.
#[expect(clippy::module_inception, reason = "kind and field are called the same")]
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
