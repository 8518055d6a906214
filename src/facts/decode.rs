//! What the decoding of all facts shares: members by key, errors for the wrong JSON type, warnings for
//! what the model does not know.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::document::Status;
use crate::facts::Bounds;
use crate::name;
use crate::pointer::Pointer;
use crate::policy::{Policy, RoleId};
use crate::text::join;
use crate::time;
use crate::value::Value;

/// The members of one object of the facts.
pub(super) type Members = Vec<(Box<str>, Value)>;

/// Decodes facts for a policy, noting what is wrong with them.
pub(super) struct Decoder<'p> {
    pub(super) policy: &'p Policy,
    pub(super) notes: Diagnostics,
}

impl<'p> Decoder<'p> {
    pub(super) fn new(policy: &'p Policy) -> Decoder<'p> {
        Decoder { policy, notes: Diagnostics::default() }
    }

    /// The warnings, or what is malformed.
    pub(super) fn finish(self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let failed = self.notes.has_errors();
        let list = self.notes.into_list();
        if failed { Err(list.into_iter().filter(|note| note.severity == Severity::Error).collect()) } else { Ok(list) }
    }

    pub(super) fn wrong_type(&mut self, at: &Pointer<'_>, wanted: &str, value: &Value) {
        self.notes.error("wrong-type", at, join(&["expected ", wanted, ", found ", value.kind()]), None);
    }

    pub(super) fn warn(&mut self, code: &'static str, at: &Pointer<'_>, message: String) {
        self.notes.warning(code, at, message, None);
    }

    /// The members of an object; none for what is no object, which is an error.
    pub(super) fn object(&mut self, value: Value, at: &Pointer<'_>) -> Members {
        match value {
            Value::Object(members) => members,
            other => {
                self.wrong_type(at, "an object", &other);
                Vec::new()
            }
        }
    }

    pub(super) fn list(&mut self, value: Value, at: &Pointer<'_>) -> Vec<Value> {
        match value {
            Value::Array(list) => list,
            other => {
                self.wrong_type(at, "an array", &other);
                Vec::new()
            }
        }
    }

    pub(super) fn string(&mut self, value: Value, at: &Pointer<'_>) -> Option<Box<str>> {
        match value {
            Value::String(text) => Some(text),
            other => {
                self.wrong_type(at, "a string", &other);
                None
            }
        }
    }

    /// The strings of a list, each with its place.
    pub(super) fn strings(&mut self, value: Value, at: &Pointer<'_>) -> Vec<(usize, Box<str>)> {
        let mut strings = Vec::new();
        for (place, element) in self.list(value, at).into_iter().enumerate() {
            if let Some(text) = self.string(element, &at.index(place)) {
                strings.push((place, text));
            }
        }
        strings
    }

    pub(super) fn time(&mut self, value: &Value, at: &Pointer<'_>) -> Option<f64> {
        let instant = time::instant(value);
        if instant.is_none() {
            let message = match value {
                Value::String(text) => join(&["`", text, "` is no time"]),
                Value::Number(_) => "the number is no whole number of milliseconds".to_owned(),
                other => join(&["expected a time, found ", other.kind()]),
            };
            let help = "write an RFC 3339 time with an offset, such as `2026-07-01T00:00:00Z`, or whole milliseconds since 1970".to_owned();
            self.notes.error("invalid-time", at, message, Some(help));
        }
        instant
    }

    /// A status; `None` with a warning for one that the model does not know.
    pub(super) fn status(&mut self, value: Value, at: &Pointer<'_>) -> Option<Status> {
        let text = self.string(value, at)?;
        let status = Status::from_name(&text);
        if status.is_none() {
            self.warn("unknown-status", at, join(&["`", &text, "` is no status"]));
        }
        status
    }

    /// Takes a `from` or an `until` over into the bounds.
    pub(super) fn bound(&mut self, key: &str, value: &Value, at: &Pointer<'_>, bounds: &mut Bounds) {
        let instant = self.time(value, at);
        match key {
            "from" => bounds.from = instant,
            _ => bounds.until = instant,
        }
    }

    /// True for a scope reference of a declared type; else a warning is noted.
    pub(super) fn knows_scope(&mut self, reference: &str, at: &Pointer<'_>) -> bool {
        let Some((kind, _)) = name::split_scope(reference) else {
            self.warn("invalid-scope", at, join(&["`", reference, "` is no scope reference"]));
            return false;
        };
        let known = self.policy.names.scope_types.get(kind).is_some();
        if !known {
            self.warn("unknown-scope-type", at, join(&["the policy has no scope type `", kind, "`"]));
        }
        known
    }

    pub(super) fn unknown_key(&mut self, at: &Pointer<'_>, key: &str) {
        self.warn("unknown-key", &at.key(key), join(&["`", key, "` is no key of this fact"]));
    }

    /// The roles to activate: what the policy does not know activates nothing.
    pub(super) fn roles(&mut self, value: Value) -> Vec<RoleId> {
        let root = Pointer::Root;
        let mut roles = Vec::new();
        for (place, text) in self.strings(value, &root.key("roles")) {
            match self.policy.names.roles.get(&text) {
                Some(role) => roles.push(role),
                None => self.warn("unknown-role", &root.key("roles").index(place), join(&["the policy has no role `", &text, "`"])),
            }
        }
        roles
    }
}
