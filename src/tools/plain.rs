//! What questions over a policy are answered with, as plain values for hosts.

use super::diff::{Diff, RoleDiff};
use super::recommend::Recommendation;
use super::who::Who;
use crate::policy::Policy;
use crate::value::Value;

fn names<T: AsRef<str>>(names: &[T]) -> Value<'_> {
    let mut list = Vec::new();
    for name in names {
        list.push(Value::String(name.as_ref().into()));
    }
    Value::Array(list)
}

/// `{ roles, extra, missing }`, lists of names.
#[must_use]
pub fn recommendation<'p>(policy: &'p Policy, found: &Recommendation) -> Value<'p> {
    let mut roles = Vec::new();
    for id in &found.roles {
        roles.push(Value::String(policy.role_name(*id).into()));
    }
    let permissions = |ids: &[u32]| {
        let mut list = Vec::new();
        for id in ids {
            list.push(Value::String(policy.permission_name(*id).into()));
        }
        Value::Array(list)
    };
    Value::Object(vec![
        ("roles".into(), Value::Array(roles)),
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
