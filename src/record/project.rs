//! Keys of kind `project`, and of the columns of its rows, each with its type.

/// 名称: text.
pub const NAME: &str = "name";
/// 阶段: code.
pub const STAGE: &str = "stage";
/// 阶段变化: rows.
pub const STAGE_HISTORY: &str = "stage_history";
/// 投资规模: money.
pub const SCALE: &str = "scale";
/// 启动时间: loose.
pub const START: &str = "start";
/// 招标日期: date.
pub const TENDER: &str = "tender";
/// 评标标准: texts.
pub const CRITERIA: &str = "criteria";
/// 计划拜访次数: number.
pub const VISITS_PLANNED: &str = "visits_planned";
/// 期间: code.
pub const PERIOD: &str = "period";
/// 角色: rows.
pub const ROLES: &str = "roles";
/// 竞争对手: names.
pub const COMPETITORS: &str = "competitors";
/// 文件: rows.
pub const DOCUMENTS: &str = "documents";
/// 合同: rows.
pub const CONTRACT: &str = "contract";
/// 节点: rows.
pub const MILESTONES: &str = "milestones";
/// 结果: text.
pub const RESULT: &str = "result";
/// 中标单位: name.
pub const LOST_TO: &str = "lost_to";
/// 丢标原因: text.
pub const WHY: &str = "why";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 阶段变化.
pub mod stage_history {
    /// 阶段: code.
    pub const STAGE: &str = "stage";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 说明: text.
    pub const WHY: &str = "why";
}

/// Columns of 角色.
pub mod roles {
    /// 人员: name.
    pub const PERSON: &str = "person";
    /// 角色作用: codes.
    pub const ROLE: &str = "role";
    /// 关心的事务: text.
    pub const CONCERNS: &str = "concerns";
}

/// Columns of 文件.
pub mod documents {
    /// 文件: code.
    pub const WHAT: &str = "what";
    /// 状态: code.
    pub const STATE: &str = "state";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 链接: text.
    pub const LINK: &str = "link";
}

/// Columns of 合同.
pub mod contract {
    /// 合同编号: text.
    pub const NUMBER: &str = "number";
    /// 合同金额: money.
    pub const AMOUNT: &str = "amount";
    /// 签订日期: date.
    pub const SIGNED: &str = "signed";
    /// 质保到期: date.
    pub const WARRANTY: &str = "warranty";
}

/// Columns of 节点.
pub mod milestones {
    /// 节点: code.
    pub const WHAT: &str = "what";
    /// 应收金额: money.
    pub const AMOUNT: &str = "amount";
    /// 应收日期: date.
    pub const DUE: &str = "due";
    /// 到账金额: money.
    pub const RECEIVED: &str = "received";
    /// 到账日期: date.
    pub const ON: &str = "on";
    /// 完成: date.
    pub const DONE: &str = "done";
    /// 说明: text.
    pub const NOTE: &str = "note";
}
