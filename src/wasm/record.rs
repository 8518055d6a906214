//! A record of the host: only the attributes that a condition names are read from it.

use std::cell::RefCell;

use js_sys::{Array, Date, Reflect};
use wasm_bindgen::prelude::*;

use crate::condition::evaluate::Reading;
use crate::facts::Attributes;
use crate::value::Value;

#[wasm_bindgen]
extern "C" {
    /// A proxy's trap may throw, which must not cross the module's frames.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = hasOwn)]
    fn has_own(object: &JsValue, key: &JsValue) -> Result<bool, JsValue>;
}

/// A record that was given with a request.
pub(super) struct Record {
    object: JsValue,
    /// What reading an attribute threw, if it did.
    fault: RefCell<Option<JsValue>>,
}

impl Record {
    /// The record of a request; `undefined` is none. What is no object is a record without attributes.
    pub(super) fn given(value: &JsValue) -> Option<Record> {
        (!value.is_undefined()).then(|| Record { object: value.clone(), fault: RefCell::new(None) })
    }

    pub(super) fn attributes(&self) -> &dyn Attributes {
        self
    }

    /// What reading an attribute threw.
    pub(super) fn fault(self) -> Option<JsValue> {
        self.fault.into_inner()
    }

    fn find(&self, path: &[Box<str>]) -> Result<Option<JsValue>, JsValue> {
        let mut found = self.object.clone();
        for key in path {
            let key = JsValue::from_str(key);
            if !found.is_object() || Array::is_array(&found) || !has_own(&found, &key)? {
                return Ok(None);
            }
            found = Reflect::get(&found, &key)?;
        }
        Ok((!found.is_undefined()).then_some(found))
    }
}

impl Attributes for Record {
    fn read(&self, path: &[Box<str>]) -> Reading<'_> {
        match self.find(path) {
            Ok(None) => Reading::Missing,
            Ok(Some(found)) => Reading::Owned(value(found)),
            Err(thrown) => {
                self.fault.borrow_mut().get_or_insert(thrown);
                Reading::Owned(opaque())
            }
        }
    }
}

/// An attribute as conditions tell values apart. A date is the string that JSON makes of it; what JSON
/// cannot hold compares as unknown, like an object.
fn value(found: JsValue) -> Value {
    if let Some(date) = found.dyn_ref::<Date>() {
        // An invalid date has no such string.
        let text = if date.get_time().is_nan() { None } else { date.to_iso_string().as_string() };
        return text.map_or_else(opaque, |text| Value::String(text.into()));
    }
    if found.is_object() && !Array::is_array(&found) {
        return opaque();
    }
    match Value::deserialize_within(serde_wasm_bindgen::Deserializer::from(found)) {
        Ok(Value::Number(number)) if !number.is_finite() => opaque(),
        Ok(value) => value,
        Err(_) => opaque(),
    }
}

fn opaque() -> Value {
    Value::Object(Vec::new())
}
