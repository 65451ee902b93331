//! What every record shows of itself, wherever it stands.

use std::sync::Arc;

use serde::Serialize;

use super::{Field, Link, Problem};

/// Fields, prose, problems, backlinks, marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordPart {
    /// Its id on a page it shares, else empty.
    pub anchor: Arc<str>,
    /// Label of its kind: 拜访日报.
    pub kind: Arc<str>,
    /// Word of its secrecy level.
    pub mark: Arc<str>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Keys nobody knows (其他).
    pub others: Vec<Field>,
    /// What its prose is called: 面谈概要; possibly empty.
    pub body_label: Arc<str>,
    /// Its prose: number of the body on this page.
    pub body: Option<usize>,
    /// What is wrong with it (full edition).
    pub problems: Vec<Problem>,
    /// Who mentions it.
    pub mentions: Vec<Link>,
    /// 最后更新.
    pub updated: Option<String>,
    /// 最后核实.
    pub verified: Option<String>,
    /// Its file in the archive (full edition), else empty.
    pub path: Arc<str>,
}
