//! JSON values as they came in: members in their order, duplicate keys kept so that a policy's can
//! be refused, and no deeper than [`limits::JSON_DEPTH`].

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::limits;

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
        let mut json = serde_json::Deserializer::from_str(text);
        let value = Value::deserialize_within(&mut json).map_err(|error| error.to_string())?;
        json.end().map_err(|error| error.to_string())?;
        Ok(value)
    }

    /// Reads a value from any self-describing source, refusing what is nested too deep.
    ///
    /// # Errors
    /// The source's own error, or one that names the depth.
    pub fn deserialize_within<'de, D: Deserializer<'de>>(source: D) -> Result<Value, D::Error> {
        Depth(limits::JSON_DEPTH).deserialize(source)
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

/// A seed that knows how much deeper it may go.
#[derive(Clone, Copy)]
struct Depth(usize);

impl Depth {
    fn below<E: de::Error>(self) -> Result<Depth, E> {
        match self.0.checked_sub(1) {
            Some(left) => Ok(Depth(left)),
            None => Err(E::custom(format_args!("nested deeper than {} levels", limits::JSON_DEPTH))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        self.deserialize(source)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss)]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value.into_boxed_str()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut elements = Vec::new();
        while let Some(element) = source.next_element_seed(below)? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut members = Vec::new();
        while let Some(key) = source.next_key::<Key>()? {
            members.push((key.0, source.next_value_seed(below)?));
        }
        Ok(Value::Object(members))
    }
}

/// An object's key, of which JSON knows only strings.
struct Key(Box<str>);

impl<'de> de::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Key, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Key;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a key")
            }

            fn visit_str<E>(self, key: &str) -> Result<Key, E> {
                Ok(Key(key.into()))
            }
        }
        source.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;
    use crate::limits;

    #[test]
    fn a_repeated_key_is_kept_and_the_last_one_counts() {
        let value = Value::from_json(r#"{"a": 1, "b": [null, true, "x"], "a": 2}"#).unwrap();
        assert_eq!(value.get("a"), Some(&Value::Number(2.0)));
        assert!(matches!(&value, Value::Object(members) if members.len() == 3));
    }

    #[test]
    fn what_is_nested_too_deep_or_cut_off_is_refused_with_its_place() {
        let deep = "[".repeat(10_000);
        assert!(Value::from_json(&deep).unwrap_err().contains("nested deeper"));
        let fits = format!("{}{}", "[".repeat(limits::JSON_DEPTH), "]".repeat(limits::JSON_DEPTH));
        assert!(Value::from_json(&fits).is_ok());
        assert!(Value::from_json("{\"a\": ").unwrap_err().contains("line 1 column"));
        assert!(Value::from_json("{} x").is_err());
    }
}
