//! Keys of kind `competitor`, and of the columns of its rows, each with its type.

/// 名称: text.
pub const NAME: &str = "name";
/// 优势: texts.
pub const STRENGTHS: &str = "strengths";
/// 劣势: texts.
pub const WEAKNESSES: &str = "weaknesses";
/// 目前的状况: text.
pub const STATE: &str = "state";
/// 建议的策略: text.
pub const STRATEGY: &str = "strategy";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";
