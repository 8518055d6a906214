//! Keys that stand twice in one object, wherever it lies: in a literal too.

use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;
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
                let message = format!("the key `{key}` stands here twice");
                out.error("duplicate-key", &at.key(key), message, Some("keep one of the two".to_owned()));
            }
            for (key, value) in members {
                check(value, &at.key(key), out);
            }
        }
        _ => {}
    }
}

/// The places of the names that stand earlier in the list too.
pub(in crate::document) fn repeated(names: &[&str]) -> Vec<usize> {
    if names.len() < 2 {
        return Vec::new();
    }
    let mut places: Vec<(&str, usize)> = names.iter().copied().zip(0..).collect();
    places.sort_unstable();
    let mut found: Vec<usize> = places
        .windows(2)
        .filter_map(|pair| match pair {
            [(a, _), (b, place)] if a == b => Some(*place),
            _ => None,
        })
        .collect();
    found.sort_unstable();
    found
}
