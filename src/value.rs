//! JSON values as they came in: members in their order, duplicate keys kept so that a policy's can
//! be refused, and no deeper than [`limits::JSON_DEPTH`](crate::limits::JSON_DEPTH).

use std::borrow::Cow;

use crate::json;

/// One JSON value. What was read from a text borrows its strings there, but for those written with escapes.
#[derive(Clone, Debug)]
pub enum Value<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number, as JavaScript has it.
    Number(f64),
    /// A string.
    String(Cow<'t, str>),
    /// An array.
    Array(Vec<Value<'t>>),
    /// An object: its members in their order, a repeated key as often as it was written.
    Object(Vec<Member<'t>>),
}

/// A key of an object and what stands under it.
pub type Member<'t> = (Cow<'t, str>, Value<'t>);

/// A type of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Type {
    /// What JSON calls it, with its article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Type::Null => "null",
            Type::Boolean => "a boolean",
            Type::Number => "a number",
            Type::String => "a string",
            Type::Array => "an array",
            Type::Object => "an object",
        }
    }
}

/// Alike whatever the order of their members.
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Number(left), Value::Number(right)) => left == right,
            (Value::String(left), Value::String(right)) => left == right,
            (Value::Array(left), Value::Array(right)) => left == right,
            (Value::Object(left), Value::Object(right)) => {
                left.len() == right.len() && left.iter().all(|(key, _)| self.get(key) == other.get(key))
            }
            _ => false,
        }
    }
}

impl<'t> Value<'t> {
    /// Reads JSON text.
    ///
    /// # Errors
    /// What is wrong with the text and where (line and column), as one sentence.
    pub fn from_json(text: &'t str) -> Result<Value<'t>, String> {
        json::read(text)
    }

    /// The same value with strings of its own.
    #[must_use]
    pub fn to_owned(&self) -> Value<'static> {
        let own = |text: &str| Cow::Owned(text.to_owned());
        match self {
            Value::Null => Value::Null,
            Value::Bool(truth) => Value::Bool(*truth),
            Value::Number(number) => Value::Number(*number),
            Value::String(text) => Value::String(own(text)),
            Value::Array(list) => Value::Array(list.iter().map(Value::to_owned).collect()),
            Value::Object(members) => {
                Value::Object(members.iter().map(|(key, value)| (own(key), value.to_owned())).collect())
            }
        }
    }

    /// The member `key` of an object: the last one, where a fact repeats a key. `None` for what is
    /// no object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value<'t>> {
        match self {
            Value::Object(members) => members.iter().rev().find(|(name, _)| &**name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The string, if this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Its type.
    #[must_use]
    pub fn kind(&self) -> Type {
        match self {
            Value::Null => Type::Null,
            Value::Bool(_) => Type::Boolean,
            Value::Number(_) => Type::Number,
            Value::String(_) => Type::String,
            Value::Array(_) => Type::Array,
            Value::Object(_) => Type::Object,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn the_order_of_members_does_not_tell_values_apart() {
        let value = |text| Value::from_json(text).unwrap();
        assert_eq!(
            value(r#"{"a": [1, {"b": "x", "c": null}], "d": true}"#),
            value(r#"{"d": true, "a": [1, {"c": null, "b": "x"}]}"#)
        );
        for other in [r#"{"a": 1}"#, r#"{"a": [2], "d": true}"#, r#"{"a": [1, {"b": "x"}], "d": true}"#, "[]", "null"] {
            assert_ne!(value(r#"{"a": [1, {"b": "x", "c": null}], "d": true}"#), value(other), "{other}");
        }
        assert_ne!(value("[1, 2]"), value("[2, 1]"));
        assert_ne!(value(r#"{"a": 1}"#), value(r#"{"b": 1}"#));
    }

    #[test]
    fn a_repeated_key_is_kept_and_the_last_one_counts() {
        let value = Value::from_json(r#"{"a": 1, "b": [null, true, "x"], "a": 2}"#).unwrap();
        assert_eq!(value.get("a"), Some(&Value::Number(2.0)));
        assert!(matches!(&value, Value::Object(members) if members.len() == 3));
    }
}
