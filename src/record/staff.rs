//! Keys of kind `staff`, and of the columns of its rows, each with its type.

/// 姓名: text.
pub const NAME: &str = "name";
/// 职务: code.
pub const POST: &str = "post";
/// 部门: text.
pub const DEPARTMENT: &str = "department";
/// 上级: name.
pub const MANAGER: &str = "manager";
/// 电话: texts.
pub const PHONE: &str = "phone";
/// 邮箱: text.
pub const EMAIL: &str = "email";
/// 在职: yes-no.
pub const ACTIVE: &str = "active";
/// 离任日期: date.
pub const LEFT: &str = "left";
/// 培训: rows.
pub const TRAINING: &str = "training";
/// 费用预算: rows.
pub const BUDGET: &str = "budget";
/// 出勤: rows.
pub const ABSENCE: &str = "absence";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 培训.
pub mod training {
    /// 内容: text.
    pub const TOPIC: &str = "topic";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 结果: text.
    pub const RESULT: &str = "result";
}

/// Columns of 费用预算.
pub mod budget {
    /// 月份: month.
    pub const MONTH: &str = "month";
    /// 金额: money.
    pub const AMOUNT: &str = "amount";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 出勤.
pub mod absence {
    /// 类型: code.
    pub const KIND: &str = "kind";
    /// 起: date.
    pub const FROM: &str = "from";
    /// 止: date.
    pub const TO: &str = "to";
    /// 说明: text.
    pub const NOTE: &str = "note";
}
