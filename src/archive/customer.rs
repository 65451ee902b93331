//! The customer's own record and its units (附表1).

use std::sync::Arc;

use super::{DirectoryEntry, Party};
use crate::calendar::Date;
use crate::kind::CodeValue;
use crate::record::Record;

/// The customer's own record with its resolved references.
#[derive(Clone, Debug)]
pub struct Customer {
    /// The record (`customers/<id>/customer`).
    pub record: Arc<Record>,
    /// 对象类别.
    pub class: Option<CodeValue>,
    /// 跟踪状态 that suspends duties: 暂停 or 停止.
    pub suspended: Option<Arc<str>>,
    /// 级别.
    pub level: Option<Arc<str>>,
    /// 行业.
    pub industry: Option<Arc<str>>,
    /// 地区.
    pub region: Option<Arc<str>>,
    /// Current 负责人: the latest row of 负责人变更, else the field.
    pub owner: Option<Party>,
    /// 档案管理员.
    pub archivist: Option<Party>,
    /// 上级单位.
    pub parent: Option<Arc<DirectoryEntry>>,
    /// Customers whose 上级单位 this is, in order of id.
    pub branches: Vec<Arc<DirectoryEntry>>,
    /// 机构.
    pub units: Vec<Unit>,
    /// 建档日期, or the earliest dated record.
    pub created: Option<Date>,
}

/// A unit of the customer (附表1).
#[derive(Clone, Debug)]
pub struct Unit {
    /// 机构.
    pub name: Arc<str>,
    /// 类别.
    pub class: Option<Arc<str>>,
    /// 所处地点.
    pub place: Option<Arc<str>>,
    /// 主要联系人.
    pub contacts: Vec<Party>,
    /// 负责人.
    pub owner: Option<Party>,
}
