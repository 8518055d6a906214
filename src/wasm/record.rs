//! A record of the host: only the attributes that a condition names are read from it.
//!
//! What reads them stands in JavaScript (`pkg/src/reading.ts`), which says it once for the module and for itself: own
//! keys, dates, lists, and what a getter throws, none of which may cross the module's frames.

use wasm_bindgen::prelude::*;

use crate::condition::evaluate::Reading;
use crate::facts::Attributes;
use crate::value::Value;

#[wasm_bindgen]
extern "C" {
    /// What reads the attributes of a record that was given with a request; `undefined` where none was.
    #[derive(Debug)]
    pub type Record;

    /// The attribute at a path, its keys joined by `.`, as JSON text; nothing where it is missing. It must not throw.
    #[wasm_bindgen(method)]
    fn read(this: &Record, path: &str) -> Option<String>;
}

impl Record {
    /// The attributes, if there is a record.
    pub(super) fn given(&self) -> Option<&dyn Attributes> {
        (!self.is_undefined()).then_some(self)
    }
}

impl Attributes for Record {
    fn read(&self, path: &[Box<str>]) -> Reading<'_> {
        let mut joined = String::new();
        for key in path {
            if !joined.is_empty() {
                joined.push('.');
            }
            joined.push_str(key);
        }
        match Record::read(self, &joined) {
            None => Reading::Missing,
            // Half a character is no JSON, and compares as unknown: so does an object.
            Some(text) => Reading::Owned(match Value::from_json(&text) {
                Ok(value) => value.to_owned(),
                Err(_) => Value::Object(Vec::new()),
            }),
        }
    }
}
