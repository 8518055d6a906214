//! Questions over a policy as JavaScript asks them. An answer that is no byte is put into a list of the
//! caller's, as a session's are.

use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::record::Record;
use super::{PolicyHandle, encode, thrown};
use crate::bytes;
use crate::diagnostic::{Diagnostic, Severity};
use crate::facts::Request;
use crate::limits;
use crate::plain::diagnostics;
use crate::tools::recommend::{Question, recommend};
use crate::tools::{diff, lint, matrix, plain, who};
use crate::value::Value;

#[wasm_bindgen]
impl PolicyHandle {
    /// What every role gives of every permission, a byte each, role by role: 0 nothing, 1 allow, 2 conditional,
    /// 3 deny.
    ///
    /// # Errors
    /// An object with the `diagnostics` of a policy that is too large for it.
    pub fn matrix(&self) -> Result<Vec<u8>, JsValue> {
        matrix::matrix(&self.policy).map(|matrix| matrix.bytes()).map_err(|list| thrown(&list))
    }

    /// Who may: `question` is the JSON text of an object with the `permission`, the `directory` and optionally the
    /// `context`; scope, record and action attributes are those of a request, and `clock` is the present in
    /// milliseconds.
    ///
    /// # Errors
    /// An object with the `diagnostics` of malformed facts.
    pub fn who(
        &self,
        question: &str,
        clock: f64,
        scope: Option<String>,
        resource: &Record,
        action: &Record,
        into: &Array,
    ) -> Result<(), JsValue> {
        let request = Request { scope: scope.as_deref(), resource: resource.given(), action: action.given() };
        let found = read(question).and_then(|question| {
            let (mut permission, mut directory, mut context) = (Value::Null, Value::Null, Value::Null);
            if let Value::Object(members) = question {
                for (key, value) in members {
                    match &*key {
                        "permission" => permission = value,
                        "directory" => directory = value,
                        _ => context = value,
                    }
                }
            }
            who::who(&self.policy, permission.as_str().unwrap_or_default(), &directory, &context, request, clock)
        });
        let who = found.map_err(|list| thrown(&list))?;
        into.push(&encode(&plain::who(&who)));
        Ok(())
    }

    /// The best roles: `question` is the JSON text of what [`Question::read`] takes.
    ///
    /// # Errors
    /// An object with the `diagnostics` of a question that cannot be answered.
    pub fn recommend(&self, question: &str, into: &Array) -> Result<(), JsValue> {
        let found = read(question)
            .and_then(|question| Question::read(&self.policy, &question))
            .and_then(|question| recommend(&self.policy, &question));
        let found = found.map_err(|list| thrown(&list))?;
        into.push(&encode(&plain::recommendation(&self.policy, &found)));
        Ok(())
    }

    /// What a newer policy changes, given as [`PolicyHandle::load`] takes it.
    ///
    /// # Errors
    /// An object with the `diagnostics` of the newer policy.
    pub fn diff(&self, newer: &str, into: &Array) -> Result<(), JsValue> {
        let found = bytes::load(newer).and_then(|newer| diff::diff(&self.policy, &newer));
        let diff = found.map_err(|list| thrown(&list))?;
        into.push(&encode(&plain::diff(&diff)));
        Ok(())
    }

    /// Everything suspicious in the policy, a list of diagnostics.
    ///
    /// # Errors
    /// An object with the `diagnostics` of a policy that is too large or too complex for it.
    pub fn lint(&self, into: &Array) -> Result<(), JsValue> {
        let found = lint::lint(&self.policy).map_err(|list| thrown(&list))?;
        into.push(&encode(&diagnostics(&found)));
        Ok(())
    }
}

/// A question from its JSON text.
fn read(question: &str) -> Result<Value<'_>, Vec<Diagnostic>> {
    let (code, message) = if question.len() > limits::POLICY_BYTES {
        ("too-large", "the question is larger than 64 MiB".to_owned())
    } else {
        match Value::from_json(question) {
            Ok(value) => return Ok(value),
            Err(message) => ("syntax", message),
        }
    };
    Err(vec![Diagnostic { code, severity: Severity::Error, pointer: String::new(), message, help: None }])
}
