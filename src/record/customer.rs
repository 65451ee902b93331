//! Keys of kind `customer`, and of the columns of its rows, each with its type.

/// 档案编号: text.
pub const NUMBER: &str = "number";
/// 建档日期: date.
pub const FILED: &str = "filed";
/// 单位名称: text.
pub const NAME: &str = "name";
/// 简称: texts.
pub const SHORT: &str = "short";
/// 拼音: text.
pub const PINYIN: &str = "pinyin";
/// 对象类别: code.
pub const CLASS: &str = "class";
/// 跟踪状态: code.
pub const STATE: &str = "state";
/// 原因: text.
pub const STATE_REASON: &str = "state_reason";
/// 级别: code.
pub const LEVEL: &str = "level";
/// 业务类型: code.
pub const BUSINESS: &str = "business";
/// 行业: text.
pub const INDUSTRY: &str = "industry";
/// 地区: text.
pub const REGION: &str = "region";
/// 负责人: name.
pub const OWNER: &str = "owner";
/// 负责人变更: rows.
pub const OWNER_HISTORY: &str = "owner_history";
/// 档案管理员: name.
pub const ARCHIVIST: &str = "archivist";
/// 上级单位: name.
pub const PARENT: &str = "parent";
/// 机构: rows.
pub const UNITS: &str = "units";
/// 关系生命周期: code.
pub const LIFECYCLE: &str = "lifecycle";
/// 目前的需求: rows.
pub const NEEDS_NOW: &str = "needs_now";
/// 所表明的需求: rows.
pub const NEEDS_STATED: &str = "needs_stated";
/// 潜在需求: rows.
pub const NEEDS_LATENT: &str = "needs_latent";
/// 困难和问题: rows.
pub const DIFFICULTIES: &str = "difficulties";
/// 购买程序: texts.
pub const PROCUREMENT: &str = "procurement";
/// 满意度: rows.
pub const SATISFACTION: &str = "satisfaction";
/// 网站: text.
pub const WEBSITE: &str = "website";
/// 地址: text.
pub const ADDRESS: &str = "address";
/// 信用代码: text.
pub const CREDIT_CODE: &str = "credit_code";
/// 开票信息: text.
pub const INVOICE: &str = "invoice";
/// 信息: rows.
pub const INFORMATION: &str = "information";
/// 监督意见: rows.
pub const SEEN_BY_HEAD: &str = "seen_by_head";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 负责人变更.
pub mod owner_history {
    /// 人员: name.
    pub const STAFF: &str = "staff";
    /// 起: date.
    pub const FROM: &str = "from";
    /// 原因: text.
    pub const WHY: &str = "why";
}

/// Columns of 机构.
pub mod units {
    /// 机构: text.
    pub const NAME: &str = "name";
    /// 类别: code.
    pub const CLASS: &str = "class";
    /// 所处地点: text.
    pub const PLACE: &str = "place";
    /// 主要联系人: names.
    pub const CONTACTS: &str = "contacts";
    /// 负责人: name.
    pub const OWNER: &str = "owner";
}

/// Columns of 目前的需求.
pub mod needs_now {
    /// 需求: text.
    pub const TEXT: &str = "text";
    /// 来源: name.
    pub const SOURCE: &str = "source";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 等级: code.
    pub const LEVEL: &str = "level";
}

/// Columns of 所表明的需求.
pub mod needs_stated {
    /// 需求: text.
    pub const TEXT: &str = "text";
    /// 来源: name.
    pub const SOURCE: &str = "source";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 等级: code.
    pub const LEVEL: &str = "level";
}

/// Columns of 潜在需求.
pub mod needs_latent {
    /// 需求: text.
    pub const TEXT: &str = "text";
    /// 来源: name.
    pub const SOURCE: &str = "source";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 等级: code.
    pub const LEVEL: &str = "level";
}

/// Columns of 困难和问题.
pub mod difficulties {
    /// 困难和问题: text.
    pub const TEXT: &str = "text";
    /// 来源: name.
    pub const SOURCE: &str = "source";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 等级: code.
    pub const LEVEL: &str = "level";
}

/// Columns of 满意度.
pub mod satisfaction {
    /// 分数: number.
    pub const SCORE: &str = "score";
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

/// Columns of 监督意见.
pub mod seen_by_head {
    /// 意见: text.
    pub const NOTE: &str = "note";
    /// 人员: name.
    pub const BY: &str = "by";
    /// 日期: date.
    pub const DATE: &str = "date";
}
