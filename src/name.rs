//! Names: segments, resource paths and scope references (section 1).

use crate::limits;
use crate::text::cut;

/// The word that stands for the root where a role says where it may be assigned.
pub const ROOT: &str = "root";

/// True for a segment: a letter or digit, then letters, digits, `_` and `-`, at most 64 characters.
#[must_use]
pub fn is_segment(name: &str) -> bool {
    segments(name, b'.') == 1
}

/// True for a resource path: 1 to 16 segments joined by dots.
#[must_use]
pub fn is_resource_path(name: &str) -> bool {
    (1..=limits::PATH_SEGMENTS).contains(&segments(name, b'.'))
}

/// How many segments a text is, with such a byte of ASCII between two; 0 for any other text.
#[inline(never)]
pub(crate) fn segments(text: &str, joint: u8) -> usize {
    let (mut count, mut length) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            b'_' | b'-' if length > 0 => {}
            _ if byte == joint && length > 0 => {
                length = 0;
                continue;
            }
            _ => return 0,
        }
        count = count.wrapping_add(usize::from(length == 0));
        length = length.wrapping_add(1);
        if length > limits::SEGMENT {
            return 0;
        }
    }
    if length > 0 { count } else { 0 }
}

/// Splits a scope reference `type:id` at its first colon, or `None` if it is not one.
#[must_use]
pub fn split_scope(reference: &str) -> Option<(&str, &str)> {
    let (kind, id) = cut(reference, b':')?;
    let (mut characters, mut last) = (0_usize, 0);
    for byte in id.bytes() {
        // Of a longer character the first byte counts. The upper control characters are two bytes, 0xc2 and one more.
        characters = characters.saturating_add(usize::from(byte & 0xc0 != 0x80));
        if byte < 0x20 || byte == 0x7f || (last == 0xc2 && byte < 0xa0) {
            return None;
        }
        last = byte;
    }
    (is_segment(kind) && (1..=limits::SCOPE_ID).contains(&characters)).then_some((kind, id))
}

#[cfg(test)]
mod tests {
    use super::{is_resource_path, is_segment, split_scope};

    #[test]
    fn segments_begin_with_a_letter_or_digit() {
        assert!(is_segment("crm") && is_segment("2nd_a-b") && is_segment(&"a".repeat(64)));
        for bad in ["", "-a", "_a", "a.b", "a b", "é", &"a".repeat(65)] {
            assert!(!is_segment(bad), "{bad}");
        }
    }

    #[test]
    fn paths_have_at_most_sixteen_segments() {
        assert!(is_resource_path(&["a"; 16].join(".")));
        assert!(!is_resource_path(&["a"; 17].join(".")));
        assert!(!is_resource_path("a..b") && !is_resource_path(""));
    }

    #[test]
    fn a_scope_reference_ends_its_type_at_the_first_colon() {
        assert_eq!(split_scope("workspace:a:b"), Some(("workspace", "a:b")));
        assert_eq!(split_scope("w:\u{a0}\u{100}\u{1f600}").map(|s| s.0), Some("w"));
        for bad in ["", "workspace", "workspace:", ":x", "work space:x", "w:a\nb", "w:\u{7f}", "w:a\u{80}", "w:\u{9f}"]
        {
            assert_eq!(split_scope(bad), None, "{bad}");
        }
        assert_eq!(split_scope(&format!("w:{}", "é".repeat(256))).map(|s| s.0), Some("w"));
        assert_eq!(split_scope(&format!("w:{}", "x".repeat(257))), None);
    }
}
