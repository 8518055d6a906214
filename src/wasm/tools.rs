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
use crate::tools::{candidates, diff, lint, matrix, plain, residual, who};
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

    /// Puts the answer to a `question` (its number is one of those below) into the list `into`. `text` says more of it;
    /// scope, record and action attributes are those of a request, and `clock` is the present in milliseconds.
    ///
    /// - 0: who may: the JSON text of an object with the `permission`, the `directory` and optionally the `context`;
    /// - 1: what is left of the conditions, for each scope: the JSON text of an object with the `permission`, the
    ///   `subject`, the `scopes`, `null` among them for the root, and optionally the `context`;
    /// - 2: the best roles: the JSON text of what [`Question::read`] takes;
    /// - 3: whose assignments can give a permission: its name;
    /// - 4: what a newer policy changes: that policy as [`PolicyHandle::load`] takes it;
    /// - 5: everything suspicious in the policy, a list of diagnostics.
    ///
    /// # Errors
    /// An object with the `diagnostics` of malformed facts, a question that cannot be answered, a newer policy that is
    /// none, or a policy that is too large or too complex for the question.
    #[allow(clippy::too_many_arguments)]
    pub fn ask(
        &self,
        question: u32,
        text: &str,
        clock: f64,
        scope: Option<String>,
        resource: &Record,
        action: &Record,
        into: &Array,
    ) -> Result<(), JsValue> {
        let request = Request { scope: scope.as_deref(), resource: resource.given(), action: action.given() };
        into.push(&self.answer(question, text, clock, request).map_err(|list| thrown(&list))?);
        Ok(())
    }
}

impl PolicyHandle {
    fn answer(&self, question: u32, text: &str, clock: f64, request: Request<'_>) -> Result<JsValue, Vec<Diagnostic>> {
        let policy = &self.policy;
        match question {
            3 => return Ok(encode(&plain::candidates(policy, &candidates::candidates(policy, text)))),
            4 => return Ok(encode(&plain::diff(&diff::diff(policy, &bytes::load(text)?)?))),
            5 => return Ok(encode(&diagnostics(&lint::lint(policy)?))),
            _ => {}
        }
        let asked = read(text)?;
        if question == 2 {
            let found = recommend(policy, &Question::read(policy, &asked)?)?;
            return Ok(encode(&plain::recommendation(policy, &found)));
        }
        let part = |key| asked.get(key).unwrap_or(&Value::Null);
        let (permission, context) = (part("permission").as_str().unwrap_or_default(), part("context"));
        if question == 0 {
            let found = who::who(policy, permission, part("directory"), context, request, clock)?;
            return Ok(encode(&plain::who(&found)));
        }
        let (subject, scopes) = (part("subject"), part("scopes"));
        let left = residual::residuals(policy, permission, subject, context, scopes, request.action, clock)?;
        Ok(encode(&Value::Array(left)))
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
