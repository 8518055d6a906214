//! What the decoding of all facts shares: members by key, errors for the wrong JSON type, warnings for
//! what the model does not know.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::name;
use crate::pointer::Pointer;
use crate::policy::{Policy, RoleId};
use crate::text::join;
use crate::time;
use crate::value::{Member, Value};

/// Decodes facts for a policy, noting what is wrong with them.
pub(crate) struct Decoder<'p> {
    pub(super) policy: &'p Policy,
    pub(crate) notes: Diagnostics,
    /// How much weighs what the model does not know of a status or a condition.
    pub(crate) unknown: Severity,
}

impl<'p> Decoder<'p> {
    pub(crate) fn new(policy: &'p Policy) -> Decoder<'p> {
        Decoder { policy, notes: Diagnostics::default(), unknown: Severity::Warning }
    }

    /// The warnings, or what is malformed.
    pub(crate) fn finish(self) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let failed = self.notes.has_errors();
        let list = self.notes.into_list();
        if !failed {
            return Ok(list);
        }
        let mut errors = Vec::new();
        for note in list {
            if note.severity == Severity::Error {
                errors.push(note);
            }
        }
        Err(errors)
    }

    #[inline(never)]
    pub(crate) fn error(&mut self, code: &'static str, at: &Pointer<'_>, message: &[&str]) {
        self.notes.error(code, at, join(message), None);
    }

    #[inline(never)]
    pub(super) fn warn(&mut self, code: &'static str, at: &Pointer<'_>, message: &[&str]) {
        self.notes.warning(code, at, join(message), None);
    }

    pub(super) fn wrong_type(&mut self, at: &Pointer<'_>, wanted: &str, value: &Value<'_>) {
        self.error("wrong-type", at, &["expected ", wanted, ", found ", value.kind().name()]);
    }

    /// The members of an object; none for what is no object, which is an error.
    #[inline(never)]
    pub(crate) fn object<'v>(&mut self, value: &'v Value<'v>, at: &Pointer<'_>) -> &'v [Member<'v>] {
        if let Value::Object(members) = value {
            return members;
        }
        self.wrong_type(at, "an object", value);
        &[]
    }

    #[inline(never)]
    pub(crate) fn list<'v>(&mut self, value: &'v Value<'v>, at: &Pointer<'_>) -> &'v [Value<'v>] {
        if let Value::Array(list) = value {
            return list;
        }
        self.wrong_type(at, "an array", value);
        &[]
    }

    #[inline(never)]
    pub(super) fn string<'v>(&mut self, value: &'v Value<'v>, at: &Pointer<'_>) -> Option<&'v str> {
        let text = value.as_str();
        if text.is_none() {
            self.wrong_type(at, "a string", value);
        }
        text
    }

    /// The attributes of a record, an object.
    pub(super) fn attributes(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Value<'static> {
        self.object(value, at);
        value.to_owned()
    }

    #[inline(never)]
    pub(super) fn time(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Option<f64> {
        let instant = time::instant(value);
        if instant.is_none() {
            let message = match value {
                Value::String(text) => join(&["`", text, "` is no time"]),
                Value::Number(_) => "the number is no whole number of milliseconds".to_owned(),
                other => join(&["expected a time, found ", other.kind().name()]),
            };
            let help = "write an RFC 3339 time with an offset, such as `2026-07-01T00:00:00Z`, or whole milliseconds since 1970";
            self.notes.error("invalid-time", at, message, Some(help.to_owned()));
        }
        instant
    }

    /// The number of what is named, if it was found; else a warning is noted.
    #[inline(never)]
    pub(super) fn known(
        &mut self,
        found: Option<u32>,
        code: &'static str,
        at: &Pointer<'_>,
        kind: &str,
        name: &str,
    ) -> Option<u32> {
        if found.is_none() {
            self.warn(code, at, &["the policy has no ", kind, " `", name, "`"]);
        }
        found
    }

    /// The role of that name; else a warning is noted.
    pub(super) fn role(&mut self, name: &str, at: &Pointer<'_>) -> Option<RoleId> {
        self.known(self.policy.names.roles.get(name), "unknown-role", at, "role", name)
    }

    /// True for a scope reference of a declared type; else a warning is noted.
    #[inline(never)]
    pub(super) fn knows_scope(&mut self, reference: &str, at: &Pointer<'_>) -> bool {
        let Some((kind, _)) = name::split_scope(reference) else {
            self.warn("invalid-scope", at, &["`", reference, "` is no scope reference"]);
            return false;
        };
        let number = self.policy.names.scope_types.get(kind);
        self.known(number, "unknown-scope-type", at, "scope type", kind).is_some()
    }

    #[inline(never)]
    pub(super) fn unknown_key(&mut self, at: &Pointer<'_>, key: &str) {
        if key != "meta" {
            self.warn("unknown-key", &at.key(key), &["`", key, "` is no key of this fact"]);
        }
    }

    /// The roles to activate: what the policy does not know activates nothing.
    pub(super) fn roles(&mut self, value: &Value<'_>) -> Vec<RoleId> {
        let root = Pointer::Root;
        let at = root.key("roles");
        let mut roles = Vec::new();
        for (place, element) in self.list(value, &at).iter().enumerate() {
            let place = at.index(place);
            if let Some(role) = self.string(element, &place).and_then(|name| self.role(name, &place)) {
                roles.push(role);
            }
        }
        roles
    }
}
