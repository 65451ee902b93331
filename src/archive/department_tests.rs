//! Tests: what records of the department say about a customer is in its dossier.

use super::test_archive::{test_archive, without_base};
use super::{EventKind, Party, is_unchanged_for_others};
use crate::record::RecordId;

const DEPARTMENT_FILES: &str = "//- customers/dl/customer.md
---
单位名称: 东澜水务
负责人: 何俊
---
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 王建国
---
谈了扩建。
//- inbound/2026-11.md
---
登记人: 何俊
---
- 11-23 来电 华东院 沈丽萍：要合同（何俊，11-23）
- 11-23 来电 云溪水厂 蒋工：问价
//- market/2026-11/周岚.md
---
提交日期: 2026-11-02
---
| 客户 | 信息 | 含义 | 等级 | 日期 | 重大 |
|---|---|---|---|---|---|
| 华东院 | [[王建国]]说二期立项 | 要跟上 | 1 | 2026-11-01 | 周岚 口头 11-02 |
| 华东院 | 评委内部的看法 | 有利 | 4 | 2026-11-01 | |
| | 行业限产 | 都受影响 | 2 | 2026-11-01 | |
//- directives/2026-11-23.md
---
人员: 周岚
---
- [[华东院/2026-11-20]] 承诺书我来签（何俊，11-28）
- [x] [[market/2026-11/周岚]] 已阅
//- reviews/2026-Q3.md
---
审核人: 何俊
日期: 2026-10-12
审核范围: 负责人 周岚
---
## 例外

- 华东院：缺附表2
//- reviews/2026-Q2.md
---
审核人: 何俊
日期: 2026-07-08
审核范围: 负责人 何俊
---
";

#[test]
fn calls_are_contacts_of_their_customer() {
    let test_archive = test_archive(DEPARTMENT_FILES);
    let dossier = test_archive.dossier("hd");
    let sorts: Vec<_> = dossier.events.iter().map(|event| (event.sort, event.date.map(|day| day.to_string()))).collect();
    assert_eq!(sorts, [(EventKind::Call, Some("2026-11-23".to_owned())), (EventKind::Visit, Some("2026-11-20".to_owned()))]);
    let call = &dossier.events[0];
    assert_eq!(call.channel.as_deref(), Some("来电"));
    assert!(call.theirs[0].is(&RecordId::from("customers/hd/people/沈丽萍")));
    assert_eq!(call.ours.iter().map(Party::name).collect::<Vec<_>>(), ["何俊"]);
    assert_eq!(dossier.own_events().count(), 1, "the record stays with the department");
    assert!(!dossier.records().any(|record| &*record.kind.key == "inbound"));
    assert_eq!(test_archive.dossier("dl").events.len(), 0);
    let incoming = test_archive.archive.incoming();
    let as_of = crate::calendar::AsOf(jiff::civil::date(2026, 11, 24));
    assert_eq!(incoming.iter().map(|call| call.is_passed_on(as_of)).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn market_news_is_listed_at_the_customer_if_visible() {
    let facts = |edition: &str| -> Vec<String> {
        let test_archive = without_base(&format!("{}{DEPARTMENT_FILES}", super::test_archive::BASE_FILES), edition);
        test_archive.dossier("hd").information.iter().map(|row| row.fact.to_string()).collect()
    };
    assert_eq!(facts("full"), ["[[王建国]]说二期立项", "评委内部的看法"]);
    assert_eq!(facts("lead"), ["[[王建国]]说二期立项"]);
    let test_archive = test_archive(DEPARTMENT_FILES);
    let row = &test_archive.dossier("hd").information[0];
    assert_eq!(row.record.id.as_str(), "market/2026-11/周岚");
    assert_eq!(
        row.notified.iter().map(|(who, day)| (who.as_ref().map(Party::name), day.is_some())).collect::<Vec<_>>(),
        [(Some("周岚"), true)]
    );
    let report = test_archive.archive.market_reports().remove(0);
    assert_eq!((report.information.len(), report.regular), (3, true));
    assert_eq!(report.received_on().map(|day| day.to_string()).as_deref(), Some("2026-11-02"));
}

#[test]
fn directives_attach_to_their_record() {
    let test_archive = test_archive(DEPARTMENT_FILES);
    let on_visit = &test_archive.dossier("hd").directives[&RecordId::from("customers/hd/visits/2026-11-20")];
    let [one] = &on_visit[..] else { panic!("one directive") };
    assert_eq!(one.text.as_deref(), Some("承诺书我来签"));
    assert_eq!(one.owner.as_ref().map(Party::name), Some("何俊"));
    assert_eq!((one.read, one.done, one.due.map(|day| day.to_string()).as_deref()), (false, false, Some("2026-11-28")));
    let on_report = &test_archive.archive.directives[&RecordId::from("market/2026-11/周岚")];
    assert!(on_report[0].read);
}

#[test]
fn reviews_reach_customers_in_scope() {
    let test_archive = test_archive(DEPARTMENT_FILES);
    let marks = |folder: &str| -> Vec<(String, Vec<String>)> {
        let reviews = test_archive.dossier(folder).reviews.iter();
        reviews
            .map(|review| (review.quarter.to_string(), review.exceptions.iter().map(|text| text.to_string()).collect()))
            .collect()
    };
    let (hd, dl) = (marks("hd"), marks("dl"));
    assert_eq!(hd.len(), 1);
    assert_eq!(hd[0].1, ["缺附表2"]);
    assert_eq!(dl.len(), 1, "the review of the other owner");
    assert_ne!(hd[0].0, dl[0].0);
}

#[test]
fn shared_records_name_other_records() {
    let test_archive = test_archive(DEPARTMENT_FILES);
    let other = self::test_archive(&DEPARTMENT_FILES.replace("要合同", "要发票").replace("承诺书我来签", "承诺书你来签"));
    for (before, now) in test_archive.archive.shared_records.iter().zip(&other.archive.shared_records) {
        let changed = ["directives/2026-11-23", "inbound/2026-11#2026-11-23-沈丽萍"].contains(&before.record.id.as_str());
        assert_eq!(is_unchanged_for_others(&before.record, &now.record), !changed, "{}", before.record.id.as_str());
    }
}
