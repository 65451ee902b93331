//! A new record, filled with what the archive knows.
//!
//! What comes out is read without errors as it stands: a list that must be answered holds the likeliest value, a text that
//! must be there says 待补, and [`Draft::still`] names both. Everything else that is not known is left empty.

mod customer;
mod desk;
mod event;
mod person;
mod plain;
mod sheet;

use crate::archive::Archive;
use crate::calendar::{AsOf, Date};
use crate::kind::{ArchivePath, Kind, Kinds};
use crate::policy::Policy;
use crate::words::Say;

use self::desk::Desk;

/// What is asked for, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `visit`, `拜访`, `拜访日报`.
    pub kind: String,
    /// A customer, a name, `客户/姓名`: what the kind needs.
    pub target: String,
    /// Its day; today when not said.
    pub date: Option<Date>,
    /// Our people, the first of whom writes; the customer's owner when not said.
    pub staff: Vec<String>,
    /// Their people; those met last time when not said.
    pub with: Vec<String>,
    /// Name or title where the target is only a folder or file.
    pub name: Option<String>,
    /// 方式 of a contact.
    pub channel: Option<String>,
}

/// A record to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where, below the archive.
    pub path: ArchivePath,
    /// Its text.
    pub text: String,
    /// Labels of what somebody must still look at.
    pub still: Vec<String>,
    /// Who was left out because his file is more secret than this record.
    pub left_out: Vec<String>,
}

/// What should stand where nobody knows it yet and something must.
const LATER: &str = "（待补）";

/// Names people use for kinds besides key and label.
const CALLED: &[(&str, &str)] = &[
    ("我方", "staff"),
    ("员工", "staff"),
    ("同事", "staff"),
    ("人员", "staff"),
    ("单位", "customer"),
    ("人物", "person"),
    ("人", "person"),
    ("信息", "information"),
    ("计划", "contact-plan"),
    ("接触", "contact"),
    ("电话", "contact"),
    ("拜访", "visit"),
    ("日报", "visit"),
];

/// Kinds that can be begun this way, in order.
const KINDS: &[&str] = &["visit", "contact", "person", "customer", "information", "contact-plan", "staff", "page"];

/// Drafts a record. The error is a sentence for whoever typed the request.
pub fn draft(request: &Request, archive: &Archive, policy: &Policy, as_of: AsOf) -> Result<Draft, Say> {
    let kind = called(&request.kind, &policy.kinds)?;
    if request.target.trim().is_empty() {
        return Err(Say::new("scaffold.new.no-target").with("kind", &kind.label));
    }
    let desk = Desk { request, archive, policy, as_of, kind };
    let draft = match &*kind.key {
        "visit" | "contact" => event::event(&desk),
        "person" => person::person(&desk),
        "customer" => customer::customer(&desk),
        "information" => customer::information(&desk),
        "contact-plan" => customer::contact_plan(&desk),
        "staff" => plain::staff(&desk),
        _ => plain::page(&desk),
    }?;
    match desk.card(&draft.path) {
        Some(_) => Err(Say::new("scaffold.new.is-there").with("path", &draft.path)),
        None => Ok(draft),
    }
}

fn called<'a>(written: &str, kinds: &'a Kinds) -> Result<&'a Kind, Say> {
    let written = written.trim();
    let other = CALLED.iter().find(|(name, _)| *name == written).map(|(_, key)| *key);
    let kind = kinds.all().iter().find(|kind| {
        KINDS.contains(&&*kind.key) && (other == Some(&kind.key) || *kind.key == *written || *kind.label == *written)
    });
    kind.map(|kind| &**kind).ok_or_else(|| {
        let known: Vec<&str> = KINDS.iter().filter_map(|key| kinds.get(key)).map(|kind| &*kind.label).collect();
        Say::new("scaffold.new.unknown-kind").with("kind", written).with("kinds", known.join("、"))
    })
}
