//! Range requests (RFC 9110 §14): one range, or the whole file.

/// The part of a file to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteRange {
    /// All of it: no range, an invalid one, or several.
    Whole,
    /// So many bytes from an offset.
    Slice {
        /// First byte.
        start: u64,
        /// At least one.
        length: u64,
    },
    /// Beyond the end.
    Outside,
}

/// Evaluates a `Range` header for a file of `size` bytes.
pub(super) fn byte_range(header: Option<&str>, size: u64) -> ByteRange {
    header.and_then(parse_range).map_or(ByteRange::Whole, |(first, last)| match (first, last) {
        (Some(first), _) if first >= size => ByteRange::Outside,
        (Some(first), last) => {
            let last = last.map_or(size - 1, |last| last.min(size - 1));
            ByteRange::Slice { start: first, length: last - first + 1 }
        }
        (None, Some(0)) => ByteRange::Outside,
        (None, _) if size == 0 => ByteRange::Outside,
        (None, last) => {
            let length = last.map_or(size, |last| last.min(size));
            ByteRange::Slice { start: size - length, length }
        }
    })
}

/// First and last byte of `bytes=0-99`, `bytes=100-` or `bytes=-50`; `None` unless it is a single range.
fn parse_range(header: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, range) = header.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    let is_range = match (first, last) {
        (None, None) => false,
        (Some(first), Some(last)) => first <= last,
        _ => true,
    };
    (unit.trim().eq_ignore_ascii_case("bytes") && is_range).then_some((first, last))
}

/// A number, or `None` if empty; too many digits count as infinite.
fn number(digits: &str) -> Option<Option<u64>> {
    match digits {
        "" => Some(None),
        _ if digits.bytes().all(|digit| digit.is_ascii_digit()) => Some(Some(digits.parse().unwrap_or(u64::MAX))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slice(start: u64, length: u64) -> ByteRange {
        ByteRange::Slice { start, length }
    }

    #[test]
    fn range_is_clamped_to_the_file() {
        let cases = [
            ("bytes=0-0", slice(0, 1)),
            ("bytes=0-99", slice(0, 100)),
            ("bytes=10-", slice(10, 90)),
            ("bytes=90-200", slice(90, 10)),
            ("bytes=-5", slice(95, 5)),
            ("bytes=-500", slice(0, 100)),
            ("Bytes = 1-2", slice(1, 2)),
            ("bytes=0-99999999999999999999999", slice(0, 100)),
            ("bytes=100-", ByteRange::Outside),
            ("bytes=99999999999999999999999-", ByteRange::Outside),
            ("bytes=-0", ByteRange::Outside),
        ];
        for (header, expected) in cases {
            assert_eq!(byte_range(Some(header), 100), expected, "{header}");
        }
    }

    #[test]
    fn unsupported_ranges_send_everything() {
        for header in
            ["", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=+1-2", "bytes=0-1,3-4", "lines=0-1", "bytes=1"]
        {
            assert_eq!(byte_range(Some(header), 100), ByteRange::Whole, "{header}");
        }
        assert_eq!(byte_range(None, 100), ByteRange::Whole);
    }

    #[test]
    fn empty_file_has_no_range() {
        for header in ["bytes=0-", "bytes=0-0", "bytes=-5"] {
            assert_eq!(byte_range(Some(header), 0), ByteRange::Outside, "{header}");
        }
        assert_eq!(byte_range(None, 0), ByteRange::Whole);
    }

    proptest! {
        #![proptest_config(crate::testing::cases(256))]
        #[test]
        fn range_lies_within_the_file(header in "bytes=[0-9]{0,21}-[0-9]{0,21}", size in 0..u64::MAX) {
            if let ByteRange::Slice { start, length } = byte_range(Some(&header), size) {
                prop_assert!(length > 0 && start.checked_add(length).is_some_and(|end| end <= size));
            }
        }
    }
}
