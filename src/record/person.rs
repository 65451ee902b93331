//! Keys of kind `person`, and of the columns of its rows, each with its type.

/// 姓名: text.
pub const NAME: &str = "name";
/// 称呼: texts.
pub const CALL: &str = "call";
/// 职务: text.
pub const TITLE: &str = "title";
/// 职务变动: rows.
pub const TITLE_HISTORY: &str = "title_history";
/// 所属机构: name.
pub const UNIT: &str = "unit";
/// 手机: texts.
pub const MOBILE: &str = "mobile";
/// 办公室电话: texts.
pub const OFFICE: &str = "office";
/// 家庭电话: texts.
pub const HOME: &str = "home";
/// 邮箱: text.
pub const EMAIL: &str = "email";
/// 微信: text.
pub const WECHAT: &str = "wechat";
/// 业余爱好: texts.
pub const HOBBIES: &str = "hobbies";
/// 出生地点: text.
pub const BIRTHPLACE: &str = "birthplace";
/// 出生日期: birthday.
pub const BIRTHDAY: &str = "birthday";
/// 专业期刊: texts.
pub const JOURNALS: &str = "journals";
/// 籍贯: text.
pub const NATIVE_PLACE: &str = "native_place";
/// 学历: code.
pub const EDUCATION: &str = "education";
/// 家庭情况: text.
pub const FAMILY: &str = "family";
/// 毕业学校: texts.
pub const SCHOOLS: &str = "schools";
/// 参加何其它专业协会: texts.
pub const ASSOCIATIONS: &str = "associations";
/// 工作经历: rows.
pub const CAREER: &str = "career";
/// 角色作用: rows.
pub const ROLES: &str = "roles";
/// 作用补充: text.
pub const INFLUENCE: &str = "influence";
/// 关心的事务: texts.
pub const CONCERNS: &str = "concerns";
/// 偏好: texts.
pub const PREFERENCES: &str = "preferences";
/// 关系状况: code.
pub const RELATION: &str = "relation";
/// 关系变化: rows.
pub const RELATION_HISTORY: &str = "relation_history";
/// 我方联系人: rows.
pub const LINKS: &str = "links";
/// 汇报对象: name.
pub const REPORTS_TO: &str = "reports_to";
/// 核心: yes-no.
pub const CORE: &str = "core";
/// 偏爱的竞争对手: name.
pub const FAVOURS: &str = "favours";
/// 离任日期: date.
pub const LEFT: &str = "left";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 职务变动.
pub mod title_history {
    /// 职务: text.
    pub const TITLE: &str = "title";
    /// 起: date.
    pub const FROM: &str = "from";
    /// 止: date.
    pub const TO: &str = "to";
}

/// Columns of 工作经历.
pub mod career {
    /// 单位: text.
    pub const WHERE: &str = "where";
    /// 职务: text.
    pub const TITLE: &str = "title";
    /// 起: loose.
    pub const FROM: &str = "from";
    /// 止: loose.
    pub const TO: &str = "to";
}

/// Columns of 角色作用.
pub mod roles {
    /// 角色作用: codes.
    pub const ROLE: &str = "role";
    /// 项目: name.
    pub const PROJECT: &str = "project";
}

/// Columns of 关系变化.
pub mod relation_history {
    /// 关系状况: code.
    pub const RELATION: &str = "relation";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 评定人: name.
    pub const BY: &str = "by";
    /// 原因: text.
    pub const WHY: &str = "why";
}

/// Columns of 我方联系人.
pub mod links {
    /// 人员: name.
    pub const STAFF: &str = "staff";
    /// 关系: text.
    pub const NOTE: &str = "note";
}
