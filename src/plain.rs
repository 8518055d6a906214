//! What is said and answered as plain values: objects without what is absent, lists, strings and numbers.
//! Hosts take over one type instead of one for each kind of answer, which would cost the module more than
//! the copies do.

use serde::{Serialize, Serializer};

use crate::administration::{ChangeDecision, ChangeReason};
use crate::decide::Decision;
use crate::diagnostic::{Diagnostic, Severity};
use crate::explain::Because;
use crate::value::{Member, Value};

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => out.serialize_unit(),
            Value::Bool(truth) => out.serialize_bool(*truth),
            Value::Number(number) => out.serialize_f64(*number),
            Value::String(text) => out.serialize_str(text),
            Value::Array(list) => out.collect_seq(list),
            Value::Object(members) => out.collect_map(members.iter().map(|(key, value)| (&**key, value))),
        }
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        diagnostic(self).serialize(out)
    }
}

/// An object that is put together.
#[derive(Default)]
struct Object<'t>(Vec<Member<'t>>);

impl<'t> Object<'t> {
    #[inline(never)]
    fn put(&mut self, key: &'static str, value: Value<'t>) {
        self.0.push((key.into(), value));
    }

    /// A string; nothing where it is empty.
    #[inline(never)]
    fn text(&mut self, key: &'static str, text: &'t str) {
        if !text.is_empty() {
            self.put(key, Value::String(text.into()));
        }
    }

    fn number(&mut self, key: &'static str, number: Option<f64>) {
        if let Some(number) = number {
            self.put(key, Value::Number(number));
        }
    }
}

/// A diagnostic, its help where it has one.
#[must_use]
pub fn diagnostic(diagnostic: &Diagnostic) -> Value<'_> {
    let mut object = Object::default();
    object.text("code", diagnostic.code);
    object.text("severity", if diagnostic.severity == Severity::Error { "error" } else { "warning" });
    object.put("pointer", Value::String(diagnostic.pointer.as_str().into()));
    object.put("message", Value::String(diagnostic.message.as_str().into()));
    object.text("help", diagnostic.help.as_deref().unwrap_or_default());
    Value::Object(object.0)
}

/// A list of diagnostics.
#[must_use]
pub fn diagnostics(list: &[Diagnostic]) -> Value<'_> {
    let mut values = Vec::new();
    for each in list {
        values.push(diagnostic(each));
    }
    Value::Array(values)
}

/// A decision.
#[must_use]
pub fn decision(decision: &Decision) -> Value<'_> {
    let mut object = Object::default();
    object.text("effect", decision.effect.name());
    object.text("reason", decision.reason.name());
    object.number("until", decision.until);
    object.put("because", all_because(&decision.because));
    Value::Object(object.0)
}

fn all_because(all: &[Because]) -> Value<'_> {
    let mut list = Vec::new();
    for each in all {
        list.push(because(each));
    }
    Value::Array(list)
}

fn because(because: &Because) -> Value<'_> {
    let mut object = Object::default();
    object.text("effect", because.effect);
    object.text("outcome", because.outcome);
    object.text("via", because.via);
    if let Some(index) = because.index.and_then(|index| u32::try_from(index).ok()) {
        object.put("index", Value::Number(f64::from(index)));
    }
    object.text("role", because.role.as_deref().unwrap_or_default());
    let mut chain = Vec::new();
    for role in &because.chain {
        chain.push(Value::String(role.as_str().into()));
    }
    if !chain.is_empty() {
        object.put("chain", Value::Array(chain));
    }
    if let Some(scope) = &because.scope {
        object.put("scope", Value::String(scope.as_str().into()));
    }
    object.put("pointer", Value::String(because.pointer.as_str().into()));
    object.text("entitlement", because.entitlement.as_deref().unwrap_or_default());
    object.text("status", because.status.unwrap_or_default());
    object.number("from", because.from);
    object.number("until", because.until);
    object.text("part", because.part);
    let mut lacks = Vec::new();
    for key in &because.lacks {
        lacks.push(Value::String((*key).into()));
    }
    if !lacks.is_empty() {
        object.put("lacks", Value::Array(lacks));
    }
    Value::Object(object.0)
}

/// The decision on a change.
#[must_use]
pub fn change_decision(decision: &ChangeDecision) -> Value<'_> {
    let mut object = Object::default();
    object.put("allowed", Value::Bool(decision.reason == ChangeReason::Granted));
    object.text("reason", decision.reason.name());
    object.text("constraint", decision.constraint.as_deref().unwrap_or_default());
    object.put("because", all_because(&decision.because));
    Value::Object(object.0)
}
