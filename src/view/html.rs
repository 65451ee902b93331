//! Parts of views that serialize as finished HTML: names and texts with links, due dates, states. They are most of a
//! site, and each is written in one way everywhere.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::text::escape;

/// A piece of text, optionally a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Its text.
    pub text: Arc<str>,
    /// The address, relative to the page; `None` for plain text.
    pub href: Option<Arc<str>>,
}

impl Link {
    /// Text without link.
    pub fn plain(text: impl Into<Arc<str>>) -> Self {
        Link { text: text.into(), href: None }
    }

    /// A link to `href`.
    pub fn to(text: impl Into<Arc<str>>, href: impl Into<Arc<str>>) -> Self {
        Link { text: text.into(), href: Some(href.into()) }
    }

    /// The text, if it is not a link.
    fn as_plain_text(&self) -> Option<&str> {
        self.href.is_none().then_some(&*self.text)
    }

    fn write(&self, html: &mut String) {
        let Some(href) = &self.href else { return escape(html, &self.text) };
        html.push_str("<a href=\"");
        escape(html, href);
        html.push_str("\">");
        escape(html, &self.text);
        html.push_str("</a>");
    }
}

/// A text with links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRuns(pub Vec<Link>);

impl From<Link> for TextRuns {
    fn from(link: Link) -> Self {
        TextRuns(vec![link])
    }
}

impl FromIterator<Link> for TextRuns {
    fn from_iter<T: IntoIterator<Item = Link>>(links: T) -> Self {
        TextRuns(links.into_iter().collect())
    }
}

impl Deref for TextRuns {
    type Target = Vec<Link>;

    fn deref(&self) -> &Vec<Link> {
        &self.0
    }
}

impl DerefMut for TextRuns {
    fn deref_mut(&mut self) -> &mut Vec<Link> {
        &mut self.0
    }
}

/// A list of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    links: Vec<Link>,
    /// Separator: 、.
    comma: &'static str,
}

impl Names {
    /// A list of links separated by `comma`.
    pub fn new(links: impl IntoIterator<Item = Link>, comma: &'static str) -> Self {
        Names { links: links.into_iter().collect(), comma }
    }
}

impl IntoIterator for Names {
    type Item = Link;
    type IntoIter = std::vec::IntoIter<Link>;

    fn into_iter(self) -> Self::IntoIter {
        self.links.into_iter()
    }
}

impl From<Names> for TextRuns {
    fn from(Names { links, comma }: Names) -> Self {
        let mut runs = Vec::with_capacity((2 * links.len()).saturating_sub(1));
        for link in links {
            if !runs.is_empty() {
                runs.push(Link::plain(comma));
            }
            runs.push(link);
        }
        TextRuns(runs)
    }
}

impl Deref for Names {
    type Target = [Link];

    fn deref(&self) -> &[Link] {
        &self.links
    }
}

/// Breadcrumbs of a page. Screen readers skip the separators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breadcrumbs(Vec<Link>);

impl FromIterator<Link> for Breadcrumbs {
    fn from_iter<T: IntoIterator<Item = Link>>(steps: T) -> Self {
        Breadcrumbs(steps.into_iter().collect())
    }
}

/// A due date. Days are counted when the page is opened (`decisions.md` 16).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// `2026-11-18`.
    pub date: String,
    /// `overdue`, `soon` or `ahead`.
    pub state: &'static str,
    /// The word for the state: 逾期, 将到.
    pub word: Arc<str>,
    /// Why it was postponed: an absence, with a link to the page of the absent person.
    pub why: Option<Link>,
}

/// A code with a tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateTag {
    /// Code and word: `C 再度访问`.
    pub text: Arc<str>,
    /// `good`, `mid`, `bad`, `none` or empty: selects shape and colour.
    pub tone: &'static str,
}

/// The text of at most one link without an address; `None` otherwise.
fn single_plain_text(links: &[Link]) -> Option<&str> {
    match links {
        [] => Some(""),
        [link] => link.as_plain_text(),
        _ => None,
    }
}

/// Serializes `parts` to binary serializers (cache keys); to templates the text `bare` if given, which they escape,
/// else the HTML that `write` appends.
fn serialize_as_html<S: Serializer>(
    parts: impl Serialize,
    bare: Option<&str>,
    write: impl FnOnce(&mut String),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if !serializer.is_human_readable() {
        return parts.serialize(serializer);
    }
    if let Some(text) = bare {
        return serializer.serialize_str(text);
    }
    let mut html = String::with_capacity(160);
    write(&mut html);
    // Tera keeps its own values as they are, so the mark “safe” survives and the HTML is not escaped again.
    tera::Value::safe_string(&html).serialize(serializer)
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_as_html((&self.text, &self.href), self.as_plain_text(), |html| self.write(html), serializer)
    }
}

impl Serialize for TextRuns {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_as_html(
            &self.0,
            single_plain_text(&self.0),
            |html| self.0.iter().for_each(|link| link.write(html)),
            serializer,
        )
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let write = |html: &mut String| {
            for (at, link) in self.links.iter().enumerate() {
                if at > 0 {
                    escape(html, self.comma);
                }
                link.write(html);
            }
        };
        // The separator follows from the language, which is part of every key.
        serialize_as_html(&self.links, single_plain_text(&self.links), write, serializer)
    }
}

impl Serialize for Breadcrumbs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let write = |html: &mut String| {
            for (at, step) in self.0.iter().enumerate() {
                if at > 0 {
                    html.push_str("<i aria-hidden=\"true\">›</i>");
                }
                step.write(html);
            }
        };
        serialize_as_html(&self.0, single_plain_text(&self.0), write, serializer)
    }
}

impl Serialize for Due {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Due { date, state, word, why } = self;
        let write = |html: &mut String| {
            for piece in
                ["<span class=\"due ", state, "\"><time datetime=\"", date, "\" data-due=\"", date, "\">", date, "</time> <b>"]
            {
                html.push_str(piece);
            }
            escape(html, word);
            html.push_str("</b></span>");
            if let Some(why) = why {
                html.push_str(" <small class=\"put-off\">");
                why.write(html);
                html.push_str("</small>");
            }
        };
        serialize_as_html((date, state, word, why.as_ref().map(|why| (&why.text, &why.href))), None, write, serializer)
    }
}

impl Serialize for StateTag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let StateTag { text, tone } = self;
        let write = |html: &mut String| {
            html.push_str("<span class=\"tag ");
            html.push_str(tone);
            html.push_str("\">");
            escape(html, text);
            html.push_str("</span>");
        };
        serialize_as_html((text, tone), None, write, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The output of a template.
    fn html(of: impl Serialize) -> String {
        let mut context = tera::Context::new();
        context.insert("of", &of);
        tera::Tera::one_off("{{ of }}", &context, true).expect("it can be drawn")
    }

    #[test]
    fn link_is_serialized_as_html() {
        let hostile = Link::to("张伟 & 子", "a.html#\"><b>");
        assert_eq!(html(&hostile), "<a href=\"a.html#&quot;&gt;&lt;b&gt;\">张伟 &amp; 子</a>");
        assert_eq!(html(Link::plain("<script>")), "&lt;script&gt;");
        assert_eq!(html(TextRuns::from(Link::plain("A&B"))), "A&amp;B");
        assert_eq!(
            html(TextRuns(vec![Link::plain("见 <1> "), hostile])),
            "见 &lt;1&gt; <a href=\"a.html#&quot;&gt;&lt;b&gt;\">张伟 &amp; 子</a>"
        );
        assert_eq!(html(TextRuns::default()), "");
        let names = Names::new([Link::to("张伟", "zw.html"), Link::plain("李<强>")], "、");
        assert_eq!(html(names), "<a href=\"zw.html\">张伟</a>、李&lt;强&gt;");
    }

    #[test]
    fn postponed_due_date_shows_the_reason() {
        let why = Some(Link::to("因周岚不在，由 11-18 顺延", "../staff/zl.html#fields"));
        let due = Due { date: "2026-11-23".into(), state: "soon", word: "将到".into(), why };
        assert!(html(&due).ends_with(
            "</span> <small class=\"put-off\"><a href=\"../staff/zl.html#fields\">因周岚不在，由 11-18 顺延</a></small>"
        ));
    }

    #[test]
    fn breadcrumbs_join_without_separators() {
        let way = Breadcrumbs::from_iter([Link::to("客户", "../index.html"), Link::plain("甲<乙>")]);
        assert_eq!(html(way), "<a href=\"../index.html\">客户</a><i aria-hidden=\"true\">›</i>甲&lt;乙&gt;");
    }

    #[test]
    fn due_date_is_machine_readable() {
        assert_eq!(
            html(Due { date: "2026-11-18".into(), state: "overdue", word: "逾期".into(), why: None }),
            "<span class=\"due overdue\"><time datetime=\"2026-11-18\" data-due=\"2026-11-18\">2026-11-18</time> <b>逾期</b></span>"
        );
        assert_eq!(html(StateTag { text: "A<达成>".into(), tone: "good" }), "<span class=\"tag good\">A&lt;达成&gt;</span>");
    }
}
