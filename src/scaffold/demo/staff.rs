//! Fictional staff.

use super::names;

/// A staff member.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub name: String,
    post: &'static str,
    manager: Option<usize>,
    number: u32,
}

/// All staff: the general manager, the head, the archivist, then sales managers each with three salespeople.
#[derive(Clone, Debug)]
pub(super) struct Staff(Vec<Member>);

const POSTS: usize = 3;

impl Staff {
    /// Staff for so many customers: one for every 25, at least 8.
    pub(super) fn of(customers: u32) -> Staff {
        let count = (customers / 25).max(8);
        let member = |number: u32| {
            let at = number as usize;
            let (post, manager) = match at {
                0 => ("总经理", None),
                1 => ("市场部部长", Some(0)),
                2 => ("客户档案管理主管", Some(1)),
                _ if (at - POSTS).is_multiple_of(4) => ("销售经理", Some(1)),
                _ => ("销售人员", Some(at - (at - POSTS) % 4)),
            };
            Member { name: names::ours(number), post, manager, number }
        };
        Staff((0..count).map(member).collect())
    }

    /// The seller `number`, modulo their number.
    pub(super) fn seller(&self, number: u32) -> &Member {
        let sellers = &self.0[POSTS..];
        &sellers[number as usize % sellers.len()]
    }

    /// Number of sellers.
    pub(super) fn sellers(&self) -> u32 {
        (self.0.len() - POSTS) as u32
    }

    pub(super) fn head(&self) -> &Member {
        &self.0[1]
    }

    pub(super) fn archivist(&self) -> &Member {
        &self.0[2]
    }

    pub(super) fn files(&self) -> Vec<(String, String)> {
        self.0.iter().map(|member| (format!("我方人员/{}.md", member.name), self.text(member))).collect()
    }

    fn text(&self, member: &Member) -> String {
        let mut text = format!("---\n姓名: {}\n职务: {}\n", member.name, member.post);
        text.push_str(if member.post == "总经理" { "部门: 公司领导\n" } else { "部门: 市场部\n" });
        if let Some(manager) = member.manager {
            text.push_str(&format!("上级: {}\n", self.0[manager].name));
        }
        text.push_str(&format!("电话: 140{:08}\n邮箱: m{:04}@yuanchuan.example\n---\n", 13300 + member.number, member.number));
        text
    }
}
