//! What questions over a policy are answered with, as plain values for hosts.

use std::borrow::Cow;

use super::candidates::Candidates;
use super::diff::{Diff, RoleDiff};
use super::recommend::Recommendation;
use super::who::Who;
use crate::policy::{Policy, RoleId};
use crate::value::Value;

fn texts<'t>(texts: impl Iterator<Item = Cow<'t, str>>) -> Value<'t> {
    Value::Array(texts.map(Value::String).collect())
}

fn names<T: AsRef<str>>(names: &[T]) -> Value<'_> {
    texts(names.iter().map(|name| name.as_ref().into()))
}

fn roles<'p>(policy: &'p Policy, ids: &[RoleId]) -> Value<'p> {
    texts(ids.iter().map(|id| policy.role_name(*id).into()))
}

/// `{ everyone, roles, below }`, a truth and lists of names.
#[must_use]
pub fn candidates<'p>(policy: &'p Policy, found: &Candidates) -> Value<'p> {
    Value::Object(vec![
        ("everyone".into(), Value::Bool(found.everyone)),
        ("roles".into(), roles(policy, &found.roles)),
        ("below".into(), roles(policy, &found.below)),
    ])
}

/// `{ roles, extra, missing }`, lists of names.
#[must_use]
pub fn recommendation<'p>(policy: &'p Policy, found: &Recommendation) -> Value<'p> {
    let permissions = |ids: &[u32]| texts(ids.iter().map(|id| policy.permission_name(*id).into()));
    Value::Object(vec![
        ("roles".into(), roles(policy, &found.roles)),
        ("extra".into(), permissions(&found.extra)),
        ("missing".into(), permissions(&found.missing)),
    ])
}

/// `{ allow, conditional }`, lists of ids.
#[must_use]
pub fn who(who: &Who) -> Value<'_> {
    Value::Object(vec![("allow".into(), names(&who.allow)), ("conditional".into(), names(&who.conditional))])
}

/// `{ roles, added, removed }`: of each role that differs `{ gained, lost, changed }`, and lists of roles.
#[must_use]
pub fn diff(diff: &Diff) -> Value<'_> {
    let mut roles = Vec::new();
    for (name, role) in &diff.roles {
        roles.push(((&**name).into(), role_diff(role)));
    }
    Value::Object(vec![
        ("roles".into(), Value::Object(roles)),
        ("added".into(), names(&diff.added)),
        ("removed".into(), names(&diff.removed)),
    ])
}

fn role_diff(role: &RoleDiff) -> Value<'_> {
    Value::Object(vec![
        ("gained".into(), names(&role.gained)),
        ("lost".into(), names(&role.lost)),
        ("changed".into(), names(&role.changed)),
    ])
}
