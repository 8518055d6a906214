//! Reading parts of a JSON value: what is not of the expected kind reads as nothing.

use crate::value::{Member, Value};

/// The members of an object; none for anything else.
pub(crate) fn members<'v>(value: Option<&'v Value<'v>>) -> &'v [Member<'v>] {
    match value {
        Some(Value::Object(members)) => members,
        _ => &[],
    }
}

/// The elements of an array; none for anything else.
pub(crate) fn elements<'v>(value: Option<&'v Value<'v>>) -> &'v [Value<'v>] {
    match value {
        Some(Value::Array(elements)) => elements,
        _ => &[],
    }
}

/// A string.
pub(crate) fn string<'v>(value: Option<&'v Value<'v>>) -> Option<&'v str> {
    value?.as_str()
}

/// The strings of an array in order, or one string by itself.
pub(crate) fn strings<'v>(value: Option<&'v Value<'v>>) -> Strings<'v> {
    Strings(match value {
        Some(text @ Value::String(_)) => std::slice::from_ref(text),
        list => elements(list),
    })
}

/// What is left of some strings.
pub(crate) struct Strings<'v>(&'v [Value<'v>]);

impl<'v> Iterator for Strings<'v> {
    type Item = &'v str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'v str> {
        loop {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            if let Value::String(text) = first {
                return Some(text);
            }
        }
    }
}

/// A boolean, false where absent.
pub(crate) fn flag(value: Option<&Value<'_>>) -> bool {
    matches!(value, Some(Value::Bool(true)))
}

/// A whole number that is not negative. One beyond what is counted with means the same as the
/// largest: nothing reaches it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn count(value: Option<&Value<'_>>) -> Option<u32> {
    match value {
        Some(Value::Number(number)) if *number >= 0.0 && number.fract() == 0.0 => Some(*number as u32),
        _ => None,
    }
}
