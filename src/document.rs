//! The policy as it is written (section 2): its JSON, checked. A [`Document`] exists only where
//! [`read`] found no error, so whatever compiles it may rely on every name and every type in it.
//!
//! # What is said about a policy
//!
//! All at once, each with the place it is said of. The codes are stable; errors refuse the policy:
//!
//! | code | what is wrong |
//! | --- | --- |
//! | `syntax` | the text is no JSON; the message has line and column |
//! | `too-large`, `too-deep`, `too-many` | a bound of [`limits`] is exceeded |
//! | `unsupported-version` | `grantlet` is missing its 1, or the format is newer than this build |
//! | `duplicate-key` | a key stands twice in one object, a literal's included |
//! | `unknown-key`, `missing-key` | an object has a key that it does not know, or lacks one |
//! | `conflicting-keys` | two keys of which one excludes the other: a constraint of two kinds, a rule for roles and for permissions |
//! | `wrong-type`, `invalid-value`, `invalid-number` | another JSON type, word or number is expected |
//! | `empty-list` | a list that names something names nothing |
//! | `invalid-name`, `invalid-language`, `reserved-name` | what is declared cannot be called that |
//! | `unknown-role`, `unknown-entitlement`, `unknown-scope-type`, `unknown-permission` | a name leads to nothing declared |
//! | `invalid-pattern`, `unmatched-pattern` | no pattern, or one that matches no declared permission |
//! | `undeclared-parent` | a resource's path is declared without one of its prefixes |
//! | `cycle` | `implies`, `in` or `inherits` leads back to where it began |
//! | `duplicate-id`, `too-few-roles` | two constraints of one id; `exclusive` of one role |
//! | `condition-too-deep`, `invalid-condition`, `invalid-time`, `now-misplaced`, `unknown-operand`, `unknown-operator`, `unknown-variable` | a condition cannot be read |
//!
//! Warnings are about what is legal and of no use. The last two are found only in a policy without
//! errors:
//!
//! | code | what is pointless |
//! | --- | --- |
//! | `repeated-name` | a name stands twice in a list; it counts once |
//! | `empty-list` | `scopes`, `holds` or `targetLacks` is empty: legal, and never of use |
//! | `unmatched-action` | one action of a pattern's list matches nothing, while others do |
//! | `unknown-limit` | a `maximum` names a limit that no plan has: it is 0 |
//! | `pointless-except` | an `except` takes nothing out of its grant |
//! | `unassignable-role` | a rule or a constraint names a role for a scope where it cannot be assigned; a rule that only revokes may |
//!
//! `too-many-diagnostics` ends a list that is longer than anybody reads.

use crate::compile::declare;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits;
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::text::{decimal, join};
use crate::value::Value;

pub(crate) mod check;
pub mod pattern;
pub(crate) mod read;
pub mod shape;

pub use pattern::Pattern;

/// A policy without errors, not yet compiled.
#[derive(Debug)]
pub struct Document<'t> {
    /// The policy as it was written.
    pub(crate) written: Value<'t>,
    /// The names that it declares, numbered, and what depends on them alone: compiling goes on from here.
    pub(crate) declared: Policy,
}

/// Reads a policy from its JSON text: the document with the warnings about it.
///
/// # Errors
/// Everything that is wrong with it, and the warnings.
pub fn read(text: &str) -> Result<(Document<'_>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut out = Diagnostics::default();
    if text.len() > limits::POLICY_BYTES {
        let message = join(&["the text has more than ", &decimal(limits::POLICY_BYTES), " bytes"]);
        out.error("too-large", &Pointer::Root, message, None);
        return Err(out.into_list());
    }
    match Value::from_json(text) {
        Ok(value) => read_value(value),
        Err(message) => {
            let is_too_deep = message.starts_with("nested deeper");
            let (code, lead) = if is_too_deep { ("too-deep", "") } else { ("syntax", "the text is no JSON: ") };
            out.error(code, &Pointer::Root, join(&[lead, &message]), None);
            Err(out.into_list())
        }
    }
}

/// Reads a policy from a value that was parsed already.
///
/// # Errors
/// Everything that is wrong with it, and the warnings.
pub fn read_value(written: Value<'_>) -> Result<(Document<'_>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut out = Diagnostics::default();
    let mut declared = declare(&written);
    check::check(&written, &mut declared, &mut out);
    let failed = out.has_errors();
    let list = out.into_list();
    if failed { Err(list) } else { Ok((Document { written, declared }, list)) }
}

/// Everything that is wrong or pointless in a policy.
#[must_use]
pub fn check(text: &str) -> Vec<Diagnostic> {
    match read(text) {
        Ok((_, list)) | Err(list) => list,
    }
}

/// The status of an assignment or a direct grant (section 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// `active`, the default.
    #[default]
    Active,
    /// `invited`
    Invited,
    /// `suspended`
    Suspended,
}

impl Status {
    /// The status of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Status> {
        match name {
            "active" => Some(Status::Active),
            "invited" => Some(Status::Invited),
            "suspended" => Some(Status::Suspended),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Invited => "invited",
            Status::Suspended => "suspended",
        }
    }
}
