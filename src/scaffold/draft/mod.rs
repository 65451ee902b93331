//! Drafts of new records, filled in with what the archive knows.
//!
//! A draft has no errors as it is: required lists contain the most likely value and required texts 待补, and
//! [`Draft::still`] lists both. Everything else unknown is left empty.

mod context;
mod customer;
mod department;
mod development;
mod event;
mod person;
mod plan_row;
mod project;
mod record_text;
mod review;
mod simple_kinds;
mod visit_plan;

use crate::archive::Archive;
use crate::calendar::{AsOf, Date};
use crate::config::Config;
use crate::i18n::Message;
use crate::kind::{ArchivePath, Kind, Kinds};

use self::context::DraftContext;

/// A request for a draft, as typed.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `visit`, `拜访`, `拜访日报`.
    pub kind: String,
    /// A customer, a name, `客户/姓名`: depends on the kind.
    pub target: String,
    /// Date; today by default.
    pub date: Option<Date>,
    /// Our people, the author first; the customer's owner by default.
    pub staff: Vec<String>,
    /// Their people; those met last time by default.
    pub with: Vec<String>,
    /// Name or title if the target is only a folder or file name.
    pub name: Option<String>,
    /// 方式 of a contact.
    pub channel: Option<String>,
}

/// A record to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Path in the archive.
    pub path: ArchivePath,
    /// Text.
    pub text: String,
    /// Labels of fields that need attention.
    pub still: Vec<String>,
    /// People left out because their records are more secret than this one.
    pub left_out: Vec<String>,
    /// Whether the text is appended if the file exists.
    pub adds: bool,
}

/// Placeholder for required text.
const PLACEHOLDER: &str = "（待补）";

/// Options that may accompany the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RelatedRecord {
    Date,
    Staff,
    With,
    Name,
    Channel,
}

impl RelatedRecord {
    fn option(self) -> &'static str {
        match self {
            RelatedRecord::Date => "--date",
            RelatedRecord::Staff => "--staff",
            RelatedRecord::With => "--with",
            RelatedRecord::Name => "--name",
            RelatedRecord::Channel => "--channel",
        }
    }

    fn is_said(self, request: &Request) -> bool {
        match self {
            RelatedRecord::Date => request.date.is_some(),
            RelatedRecord::Staff => !request.staff.is_empty(),
            RelatedRecord::With => !request.with.is_empty(),
            RelatedRecord::Name => request.name.is_some(),
            RelatedRecord::Channel => request.channel.is_some(),
        }
    }
}

/// A kind that can be created.
struct NewRecord {
    key: &'static str,
    /// Aliases besides key and label.
    also: &'static [&'static str],
    /// Accepted options.
    beside: &'static [RelatedRecord],
    /// Whether the target is optional.
    alone: bool,
    draft: fn(&DraftContext<'_>) -> Result<Draft, Message>,
}

/// All of them, in the order of the help.
const KINDS: &[NewRecord] = {
    use RelatedRecord::{Channel, Date, Name, Staff, With};
    &[
        NewRecord {
            key: "visit", also: &["拜访", "日报"], beside: &[Date, Staff, With], alone: false, draft: event::event
        },
        NewRecord {
            key: "contact",
            also: &["接触", "电话"],
            beside: &[Date, Staff, With, Channel],
            alone: false,
            draft: event::event,
        },
        NewRecord {
            key: "visit-plan",
            also: &["拜访计划", "计划书"],
            beside: &[Date],
            alone: false,
            draft: visit_plan::visit_plan,
        },
        NewRecord { key: "person", also: &["人物", "人"], beside: &[Staff], alone: false, draft: person::person },
        NewRecord { key: "project", also: &[], beside: &[Date], alone: false, draft: project::project },
        NewRecord { key: "customer", also: &["单位"], beside: &[Staff, Name], alone: false, draft: customer::customer },
        NewRecord { key: "information", also: &["信息"], beside: &[], alone: false, draft: customer::information },
        NewRecord {
            key: "contact-plan",
            also: &["计划"],
            beside: &[Date, Staff, With],
            alone: false,
            draft: customer::contact_plan,
        },
        NewRecord {
            key: "development-plan",
            also: &["发展计划"],
            beside: &[Date, Staff],
            alone: false,
            draft: development::development_plan,
        },
        NewRecord {
            key: "market-report",
            also: &["市场信息"],
            beside: &[Date],
            alone: false,
            draft: department::market_report,
        },
        NewRecord {
            key: "inbound",
            also: &["来电", "来函", "来信"],
            beside: &[Date, Staff, Channel],
            alone: true,
            draft: department::inbound,
        },
        NewRecord { key: "competitor", also: &["对手"], beside: &[], alone: false, draft: simple_kinds::competitor },
        NewRecord { key: "directive", also: &[], beside: &[Date, Staff], alone: false, draft: department::directive },
        NewRecord { key: "review", also: &["审核"], beside: &[Date, Staff], alone: true, draft: review::review },
        NewRecord { key: "inspection", also: &[], beside: &[Date, Staff], alone: true, draft: department::inspection },
        NewRecord { key: "regulation", also: &[], beside: &[Date], alone: false, draft: simple_kinds::regulation },
        NewRecord { key: "loans", also: &["借阅"], beside: &[Date, Staff], alone: false, draft: department::loans },
        NewRecord {
            key: "staff",
            also: &["我方", "员工", "同事", "人员"],
            beside: &[Staff, Name],
            alone: false,
            draft: simple_kinds::staff,
        },
        NewRecord { key: "page", also: &[], beside: &[Name], alone: false, draft: simple_kinds::page },
    ]
};

/// The kinds that can be created, in order.
pub fn creatable_kinds(kinds: &Kinds) -> impl Iterator<Item = &Kind> {
    KINDS.iter().filter_map(|begun| kinds.get(begun.key)).map(|kind| &**kind)
}

/// Drafts a record. The error is a message for the user.
pub fn draft(request: &Request, archive: &Archive, config: &Config, as_of: AsOf) -> Result<Draft, Message> {
    let (begun, kind) = called(&request.kind, &config.kinds)?;
    unsuitable_option(request, begun, kind, &config.kinds)?;
    if request.target.trim().is_empty() && !begun.alone {
        return Err(Message::new("scaffold.new.no-target").with("kind", &kind.label));
    }
    let context = DraftContext { request, archive, config, as_of, kind };
    let draft = (begun.draft)(&context)?;
    match context.entry(&draft.path) {
        Some(_) if !draft.adds => Err(Message::new("scaffold.new.is-there").with("path", &draft.path)),
        _ => Ok(draft),
    }
}

fn called<'a>(written: &str, kinds: &'a Kinds) -> Result<(&'static NewRecord, &'a Kind), Message> {
    let written = written.trim();
    let found = KINDS.iter().find_map(|begun| {
        let kind = kinds.get(begun.key)?;
        let is_meant = [&*kind.key, &*kind.label].contains(&written)
            || begun.also.contains(&written)
            || kind.english.eq_ignore_ascii_case(written);
        is_meant.then_some((begun, &**kind))
    });
    found.ok_or_else(|| {
        let known: Vec<&str> = creatable_kinds(kinds).map(|kind| &*kind.label).collect();
        Message::new("scaffold.new.unknown-kind").with("kind", written).with("kinds", known.join("、"))
    })
}

/// Error for an option that does not apply to the kind, with those that do.
fn unsuitable_option(request: &Request, begun: &NewRecord, kind: &Kind, kinds: &Kinds) -> Result<(), Message> {
    const ALL: [RelatedRecord; 5] =
        [RelatedRecord::Date, RelatedRecord::Staff, RelatedRecord::With, RelatedRecord::Name, RelatedRecord::Channel];
    let Some(option) = ALL.into_iter().find(|option| option.is_said(request) && !begun.beside.contains(option)) else {
        return Ok(());
    };
    let suits = |begun: &&NewRecord| begun.beside.contains(&option);
    let others: Vec<&str> =
        KINDS.iter().filter(suits).filter_map(|begun| kinds.get(begun.key)).map(|kind| &*kind.label).collect();
    let error = match begun.beside {
        [] => Message::new("scaffold.new.no-option"),
        suited => {
            let suited: Vec<&str> = suited.iter().map(|option| option.option()).collect();
            Message::new("scaffold.new.other-option").with("suited", suited.join("、"))
        }
    };
    Err(error.with("option", option.option()).with("kind", &kind.label).with("kinds", others.join("、")))
}

/// Splits `客户/名字`.
fn customer_and_name<'a>(target: &'a str, error: &'static str) -> Result<(&'a str, &'a str), Message> {
    let parts = target.rsplit_once(['/', '／']).map(|(customer, name)| (customer.trim(), name.trim()));
    let said = parts.filter(|(customer, name)| !customer.is_empty() && !name.is_empty());
    said.ok_or_else(|| Message::new(error).with("name", target.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_month_kinds_have_drafts() {
        for kind in Kinds::official().all() {
            let is_begun = KINDS.iter().any(|begun| begun.key == &*kind.key);
            assert_eq!(is_begun, kind.expands.is_none(), "{}", kind.key);
        }
    }
}
