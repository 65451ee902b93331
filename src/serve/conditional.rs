//! Conditional requests (RFC 9110 §13): entity tags and dates.

use std::time::{Duration, SystemTime};

use hyper::header::{HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE};

/// Minimum age of a file before its date, in whole seconds, identifies its content.
const MIN_AGE: Duration = Duration::from_secs(2);

/// Validators of a content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Validators {
    /// The entity tag, quoted.
    pub tag: String,
    /// The date as sent; `None` if it does not identify the content.
    pub date: Option<String>,
}

impl Validators {
    /// Validators of a file, from the metadata of the open file.
    pub fn of_file(size: u64, modified: SystemTime, number: u64, now: SystemTime) -> Validators {
        let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok();
        let tag = format!("\"{size:x}-{:x}-{number:x}\"", since.unwrap_or_default().as_nanos());
        let is_settled = since.is_some() && now.duration_since(modified).is_ok_and(|age| age >= MIN_AGE);
        Validators { tag, date: is_settled.then(|| httpdate::fmt_http_date(modified)) }
    }

    /// Validators of generated content: valid as long as `version` is the same.
    pub fn of_version(&self, version: &str) -> Validators {
        Validators { tag: format!("\"{version}-{}", self.tag.trim_start_matches('"')), date: None }
    }

    /// Whether the client already has this content.
    pub fn is_known(&self, headers: &HeaderMap) -> bool {
        let mut tags = headers.get_all(IF_NONE_MATCH).iter().peekable();
        if tags.peek().is_some() {
            return tags.any(|list| list.to_str().is_ok_and(|list| list_contains(list, &self.tag)));
        }
        let since = headers.get(IF_MODIFIED_SINCE).and_then(|date| date.to_str().ok());
        since.is_some() && since == self.date.as_deref()
    }

    /// Whether a range may be sent: `If-Range` is absent or names this content, not an earlier one.
    pub fn allows_range(&self, headers: &HeaderMap) -> bool {
        let Some(wanted) = headers.get(IF_RANGE) else { return true };
        wanted.to_str().is_ok_and(|wanted| wanted == self.tag || Some(wanted) == self.date.as_deref())
    }
}

/// Whether a list of entity tags contains `tag`. Ours contain no comma.
fn list_contains(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|listed| listed == "*" || listed.strip_prefix("W/").unwrap_or(listed) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn said(name: hyper::header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().expect("a value"))])
    }

    #[test]
    fn etag_or_equal_date_is_not_modified() {
        let file = Validators::of_file(16, at(1_000_000_000), 3, at(2_000_000_000));
        assert_eq!(file.tag, "\"10-de0b6b3a7640000-3\"");
        let date = "Sun, 09 Sep 2001 01:46:40 GMT";
        assert_eq!(file.date.as_deref(), Some(date));
        for list in ["*", "\"10-de0b6b3a7640000-3\"", "\"a\", W/\"10-de0b6b3a7640000-3\""] {
            assert!(file.is_known(&said(IF_NONE_MATCH, list)), "{list}");
        }
        assert!(!file.is_known(&said(IF_NONE_MATCH, "\"a\"")));
        assert!(file.is_known(&said(IF_MODIFIED_SINCE, date)));
        assert!(!file.is_known(&said(IF_MODIFIED_SINCE, "Sun, 09 Sep 2001 01:46:41 GMT")));
        assert!(!file.is_known(&said(IF_MODIFIED_SINCE, "yesterday")));
        assert!(!file.is_known(&HeaderMap::new()));
        // The tag takes precedence over the date.
        let mut both = said(IF_NONE_MATCH, "\"a\"");
        both.extend(said(IF_MODIFIED_SINCE, date));
        assert!(!file.is_known(&both));
    }

    #[test]
    fn if_range_mismatch_sends_everything() {
        let file = Validators::of_file(16, at(1_000_000_000), 3, at(2_000_000_000));
        assert!(file.allows_range(&HeaderMap::new()));
        assert!(file.allows_range(&said(IF_RANGE, &file.tag)));
        assert!(file.allows_range(&said(IF_RANGE, "Sun, 09 Sep 2001 01:46:40 GMT")));
        for other in ["\"a\"", "W/\"10-de0b6b3a7640000-3\"", "Sun, 09 Sep 2001 01:46:39 GMT"] {
            assert!(!file.allows_range(&said(IF_RANGE, other)), "{other}");
        }
    }

    #[test]
    fn recent_or_odd_times_have_no_last_modified() {
        let dates = [(100, 101), (100, 100), (101, 100)];
        assert!(dates.iter().all(|(modified, now)| Validators::of_file(1, at(*modified), 1, at(*now)).date.is_none()));
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(5);
        assert_eq!(Validators::of_file(1, before, 1, at(9)), Validators { tag: "\"1-0-1\"".to_owned(), date: None });
    }

    #[test]
    fn generation_changes_the_etag() {
        let file = Validators::of_file(16, at(1), 3, at(9));
        assert_eq!(file.of_version("41").tag, "\"41-10-3b9aca00-3\"");
        assert_eq!(file.of_version("41").date, None);
    }
}
