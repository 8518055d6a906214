//! Reading parts of a JSON value: what is not of the expected kind reads as nothing.

use crate::value::Value;

/// The members of an object; none for anything else.
pub(crate) fn members(value: Option<&Value>) -> &[(Box<str>, Value)] {
    match value {
        Some(Value::Object(members)) => members,
        _ => &[],
    }
}

/// The elements of an array; none for anything else.
pub(crate) fn elements(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(elements)) => elements,
        _ => &[],
    }
}

/// A string.
pub(crate) fn string(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

/// The strings of an array in order, or one string by itself.
pub(crate) fn strings<'v>(value: Option<&'v Value>, take: &mut dyn FnMut(&'v str)) {
    if let Some(text) = string(value) {
        return take(text);
    }
    for element in elements(value) {
        if let Some(text) = element.as_str() {
            take(text);
        }
    }
}

/// A boolean, false where absent.
pub(crate) fn flag(value: Option<&Value>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

/// A whole number that is not negative. One beyond what is counted with means the same as the
/// largest: nothing reaches it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn count(value: Option<&Value>) -> Option<u32> {
    match value {
        Some(Value::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => Some(*number as u32),
        _ => None,
    }
}
