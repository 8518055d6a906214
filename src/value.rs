//! JSON values as they came in: members in their order, duplicate keys kept so that a policy's can
//! be refused, and no deeper than [`limits::JSON_DEPTH`](crate::limits::JSON_DEPTH).

use crate::json;

/// One JSON value.
#[derive(Clone, Debug, PartialEq)]
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
    fn a_repeated_key_is_kept_and_the_last_one_counts() {
        let value = Value::from_json(r#"{"a": 1, "b": [null, true, "x"], "a": 2}"#).unwrap();
        assert_eq!(value.get("a"), Some(&Value::Number(2.0)));
        assert!(matches!(&value, Value::Object(members) if members.len() == 3));
    }
}
