//! A record of the host: only the attributes that a condition names are read from it.
//!
//! A record may be a proxy or have getters. What they throw is caught at every step, for nothing that
//! is thrown may cross the module's frames, and told to whoever asked.

use std::cell::RefCell;

use js_sys::{Date, Reflect};
use wasm_bindgen::prelude::*;

use crate::condition::evaluate::Reading;
use crate::facts::Attributes;
use crate::limits;
use crate::value::Value;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object, js_name = hasOwn)]
    fn has_own(object: &JsValue, key: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(object: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["Date", "prototype", "toISOString"], js_name = call)]
    fn iso_string(date: &JsValue) -> Result<String, JsValue>;
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

    fn find(&self, path: &[Box<str>]) -> Result<Option<Value>, JsValue> {
        let mut found = self.object.clone();
        for key in path {
            let key = JsValue::from_str(key);
            if !found.is_object() || is_array(&found)? || !has_own(&found, &key)? {
                return Ok(None);
            }
            found = Reflect::get(&found, &key)?;
        }
        if found.is_undefined() { Ok(None) } else { value(&found).map(Some) }
    }
}

impl Attributes for Record {
    fn read(&self, path: &[Box<str>]) -> Reading<'_> {
        match self.find(path) {
            Ok(None) => Reading::Missing,
            Ok(Some(value)) => Reading::Owned(value),
            Err(thrown) => {
                self.fault.borrow_mut().get_or_insert(thrown);
                Reading::Owned(opaque())
            }
        }
    }
}

/// An attribute as conditions tell values apart: a scalar, or a list of them. A date is the string that
/// JSON makes of it; all else compares as unknown, as an object does.
fn value(found: &JsValue) -> Result<Value, JsValue> {
    if !found.is_object() {
        return Ok(scalar(found));
    }
    if found.is_instance_of::<Date>() {
        // An invalid date has no such string, nor has what only looks like a date.
        return Ok(iso_string(found).map_or_else(|_| opaque(), |text| Value::String(text.into())));
    }
    if !is_array(found)? {
        return Ok(opaque());
    }
    let length = Reflect::get(found, &JsValue::from_str("length"))?.as_f64().unwrap_or_default();
    if length > f64::from(limits::RECORD_LIST) {
        return Ok(opaque());
    }
    let mut elements = Vec::new();
    let mut place = 0;
    while f64::from(place) < length {
        elements.push(scalar(&Reflect::get_u32(found, place)?));
        place = place.saturating_add(1);
    }
    Ok(Value::Array(elements))
}

fn scalar(found: &JsValue) -> Value {
    if let Some(text) = found.as_string() {
        // Half a character arrives as the replacement character, which it does not equal.
        let is_whole = JsValue::from_str(&text) == *found;
        return if is_whole { Value::String(text.into()) } else { opaque() };
    }
    if let Some(number) = found.as_f64().filter(|number| number.is_finite()) {
        return Value::Number(number);
    }
    match found.as_bool() {
        Some(truth) => Value::Bool(truth),
        None if found.is_null() => Value::Null,
        None => opaque(),
    }
}

fn opaque() -> Value {
    Value::Object(Vec::new())
}
