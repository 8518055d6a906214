//! Keys that stand twice in one object, wherever it lies: in a literal too.

use crate::diagnostic::Diagnostics;
use crate::order::sorted;
use crate::pointer::Pointer;
use crate::text::join;
use crate::value::Value;

/// Notes every repeated key at or below a place.
pub(super) fn check(value: &Value, at: &Pointer<'_>, out: &mut Diagnostics) {
    match value {
        Value::Array(elements) => {
            for (i, element) in elements.iter().enumerate() {
                check(element, &at.index(i), out);
            }
        }
        Value::Object(members) => {
            let keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
            for key in repeated(&keys).into_iter().filter_map(|i| keys.get(i)) {
                let message = join(&["the key `", key, "` stands here twice"]);
                out.error("duplicate-key", &at.key(key), message, Some("keep one of the two".to_owned()));
            }
            for (key, value) in members {
                check(value, &at.key(key), out);
            }
        }
        _ => {}
    }
}

/// The places of the names that stand earlier in the list too, in order.
pub(in crate::document) fn repeated(names: &[&str]) -> Vec<usize> {
    // Nearly every object and list is this short, and then comparing each with each needs no memory.
    const SHORT: usize = 8;
    let mut found: Vec<usize> = Vec::new();
    if names.len() <= SHORT {
        let earlier = |(i, name): &(usize, &&str)| names.iter().take(*i).any(|other| other == *name);
        found.extend(names.iter().enumerate().filter(earlier).map(|(i, _)| i));
        return found;
    }
    let places: Vec<(&str, usize)> = sorted(names.iter().copied().zip(0..).collect());
    let again = places.windows(2).filter_map(|pair| match pair {
        [(a, _), (b, place)] if a == b => Some(*place),
        _ => None,
    });
    found.extend(again);
    sorted(found)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::repeated;

    #[test]
    fn every_place_but_the_first_is_found_in_short_lists_and_long_ones() {
        assert_eq!(repeated(&["a", "b", "a", "c", "b", "a"]), [2, 4, 5]);
        let long: Vec<String> = (0..100).map(|i| (i % 60).to_string()).collect();
        let long: Vec<&str> = long.iter().map(String::as_str).collect();
        assert_eq!(repeated(&long), (60..100).collect::<Vec<_>>());
        assert!(repeated(&[]).is_empty() && repeated(&long[..60]).is_empty());
    }
}
