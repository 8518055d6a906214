//! JSON values as they came in: members in their order, duplicate keys kept so that a policy's can
//! be refused, and no deeper than [`limits::JSON_DEPTH`](crate::limits::JSON_DEPTH).

use crate::json;

/// One JSON value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number, as JavaScript has it.
    Number(f64),
    /// A string.
    String(Box<str>),
    /// An array.
    Array(Vec<Value>),
    /// An object: its members in their order, a repeated key as often as it was written.
    Object(Vec<(Box<str>, Value)>),
}

/// Alike whatever the order of their members.
impl PartialEq for Value {
    fn eq(&self, other: &Value) -> bool {
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

impl Value {
    /// Reads JSON text.
    ///
    /// # Errors
    /// What is wrong with the text and where (line and column), as one sentence.
    pub fn from_json(text: &str) -> Result<Value, String> {
        json::read(text)
    }

    /// The member `key` of an object: the last one, where a fact repeats a key. `None` for what is
    /// no object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
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

    /// What JSON calls this kind of value, with its article.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
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
