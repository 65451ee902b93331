//! Keys of kind `development-plan`, and of the columns of its rows, each with its type.

/// 年度: period.
pub const YEAR: &str = "year";
/// 制订人: name.
pub const AUTHOR: &str = "author";
/// 参与人: names.
pub const PARTICIPANTS: &str = "participants";
/// 审核人: name.
pub const REVIEWER: &str = "reviewer";
/// 审核日期: date.
pub const REVIEWED: &str = "reviewed";
/// 审核: code.
pub const VERDICT: &str = "verdict";
/// 归档人: name.
pub const FILED_BY: &str = "filed_by";
/// 归档日期: date.
pub const FILED_ON: &str = "filed_on";
/// 计划摘要: prose.
pub const SUMMARY: &str = "summary";
/// 总的目的和方向: text.
pub const OBJECTIVE: &str = "objective";
/// 客户目标: rows.
pub const GOALS: &str = "goals";
/// 总的看法: text.
pub const VIEW: &str = "view";
/// 客户概况: prose.
pub const OVERVIEW: &str = "overview";
/// 所处位置: text.
pub const POSITION: &str = "position";
/// 市场: text.
pub const MARKET: &str = "market";
/// 战略: text.
pub const STRATEGY: &str = "strategy";
/// 趋势: text.
pub const TREND: &str = "trend";
/// 客户优势: texts.
pub const STRENGTHS: &str = "strengths";
/// 客户劣势: texts.
pub const WEAKNESSES: &str = "weaknesses";
/// 客户机会: texts.
pub const OPPORTUNITIES: &str = "opportunities";
/// 客户威胁: texts.
pub const THREATS: &str = "threats";
/// 竞争概况: prose.
pub const COMPETITION: &str = "competition";
/// 竞争对手: rows.
pub const COMPETITORS: &str = "competitors";
/// 情况评估: prose.
pub const ASSESSMENT: &str = "assessment";
/// 竞争性地位: text.
pub const STANDING: &str = "standing";
/// 业务潜力: text.
pub const POTENTIAL: &str = "potential";
/// 历史沿革: text.
pub const HISTORY: &str = "history";
/// 目前的业务: text.
pub const BUSINESS: &str = "business";
/// 我方优势: texts.
pub const OUR_STRENGTHS: &str = "our_strengths";
/// 我方劣势: texts.
pub const OUR_WEAKNESSES: &str = "our_weaknesses";
/// 我方机会: texts.
pub const OUR_OPPORTUNITIES: &str = "our_opportunities";
/// 我方威胁: texts.
pub const OUR_THREATS: &str = "our_threats";
/// 客户计划: prose.
pub const PLAN: &str = "plan";
/// 行动计划: rows.
pub const ACTIONS: &str = "actions";
/// 调整: rows.
pub const CHANGES: &str = "changes";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 客户目标.
pub mod goals {
    /// 目标: text.
    pub const GOAL: &str = "goal";
    /// 衡量: text.
    pub const MEASURE: &str = "measure";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 状态: text.
    pub const STATUS: &str = "status";
}

/// Columns of 竞争对手.
pub mod competitors {
    /// 名称: name.
    pub const COMPETITOR: &str = "competitor";
    /// 优势: text.
    pub const STRENGTHS: &str = "strengths";
    /// 劣势: text.
    pub const WEAKNESSES: &str = "weaknesses";
    /// 目前的状况: text.
    pub const STATE: &str = "state";
    /// 建议的策略: text.
    pub const STRATEGY: &str = "strategy";
}

/// Columns of 行动计划.
pub mod actions {
    /// 行动: text.
    pub const ACTION: &str = "action";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 完成: date.
    pub const DONE: &str = "done";
    /// 对应目标: text.
    pub const GOAL: &str = "goal";
    /// 说明: text.
    pub const NOTE: &str = "note";
}

/// Columns of 调整.
pub mod changes {
    /// 内容: text.
    pub const WHAT: &str = "what";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 原因: text.
    pub const WHY: &str = "why";
    /// 批准人: name.
    pub const APPROVER: &str = "approver";
}
