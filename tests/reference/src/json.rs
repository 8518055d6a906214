//! Reading lists and objects out of JSON, where an absent one is an empty one.

use serde_json::Value;

/// The strings of a list; what is absent names nothing.
pub(crate) fn strings(value: Option<&Value>) -> Vec<String> {
    items(value).iter().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// The elements of a list.
pub(crate) fn items(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The members of an object, in the order in which they are written.
pub(crate) fn members(value: Option<&Value>) -> Vec<(&str, &Value)> {
    value
        .and_then(Value::as_object)
        .map(|object| object.iter().map(|(key, value)| (key.as_str(), value)).collect())
        .unwrap_or_default()
}

/// Whether every key of the object is one of `known`.
pub(crate) fn only_keys(object: &Value, known: &[&str]) -> bool {
    members(Some(object)).iter().all(|(key, _)| known.contains(key))
}
