//! A change as it is written, and the target before and after it.

use std::sync::Arc;

use crate::compile::{Closure, Expander};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Status;
use crate::document::read::{elements, string, strings};
use crate::facts::{Assignment, Decoder, DirectGrant, Facts, Subject};
use crate::order::sorted_set;
use crate::pointer::Pointer;
use crate::policy::{PermissionId, Policy};
use crate::session::{Chain, Session};
use crate::value::Value;

/// One part of a change.
pub(super) struct Part<'v> {
    /// Its key: `revoke`, `assign`, `ungrant` or `grant`.
    pub(super) name: &'static str,
    written: &'v Value,
    /// The assignment, of a part that is of roles: as it will be, or the one to be taken away.
    pub(super) assignment: Option<Assignment>,
    /// The direct grant, of a part that is not.
    pub(super) grant: Option<DirectGrant>,
    /// The permissions that a direct grant covers, ascending. What is taken away counts whatever it excepts.
    pub(super) covered: Vec<PermissionId>,
}

/// The parts that there are, each with the keys that it may have.
const PARTS: [(&str, &[&str]); 4] = [
    ("revoke", &["role", "scope"]),
    ("assign", &["role", "scope", "status", "from", "until"]),
    ("ungrant", &["permissions", "scope"]),
    ("grant", &["permissions", "scope", "except", "when", "status", "from", "until"]),
];

const KEYS: [&str; 8] = ["actor", "target", "context", "directory", "revoke", "assign", "ungrant", "grant"];

impl Part<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// True for an assign and a grant.
    pub(super) fn gives(&self) -> bool {
        matches!(self.name, "assign" | "grant")
    }

    /// The scope as written; absent: the root.
    pub(super) fn scope(&self) -> Option<&str> {
        string(self.written.get("scope"))
    }

    /// The name of the role; empty for a direct grant.
    pub(super) fn role(&self) -> &str {
        self.assignment.as_ref().map_or("", |assignment| &assignment.name)
    }

    /// The resulting status.
    pub(super) fn status(&self) -> Option<Status> {
        match (&self.assignment, &self.grant) {
            (Some(assignment), _) => assignment.status,
            (None, grant) => grant.as_ref()?.status,
        }
    }

    /// True for an assignment of exactly this role at exactly this scope.
    pub(super) fn is_of(&self, assignment: &Assignment) -> bool {
        self.assignment.is_some() && &*assignment.name == self.role() && assignment.scope.as_deref() == self.scope()
    }
}

/// A change by an actor on a target.
pub(super) struct Change<'v> {
    pub(super) actor: Session,
    pub(super) target: Session,
    /// The actor and the target have one id.
    pub(super) is_self: bool,
    /// They have two ids: where both have none, nobody can say.
    pub(super) is_other: bool,
    pub(super) directory: Option<Vec<Subject>>,
    pub(super) plan: Option<&'v str>,
    pub(super) parts: Vec<Part<'v>>,
    target_grants: &'v [Value],
}

impl<'v> Change<'v> {
    /// Reads a change.
    pub(super) fn read(policy: &Arc<Policy>, written: &'v Value, clock: f64) -> Result<Change<'v>, Vec<Diagnostic>> {
        let root = Pointer::Root;
        let mut decoder = Decoder::new(policy);
        only_keys(&mut decoder, written, &root, &KEYS);
        let mut subject = |key: &'static str| {
            let value = written.get(key);
            if value.is_none() {
                decoder.missing(&root, key);
            }
            decoder.subject(value.unwrap_or(&Value::Object(Vec::new())), &root.key(key))
        };
        let (actor, target) = (subject("actor"), subject("target"));
        let around = written.get("context").unwrap_or(&Value::Null);
        let context = decoder.context(around, &root.key("context"));
        let directory = written.get("directory").map(|value| directory(&mut decoder, value));
        let mut parts = Vec::new();
        for (name, keys) in PARTS {
            if let Some(value) = written.get(name) {
                parts.push(part(&mut decoder, policy, name, value, keys));
            }
        }
        if parts.is_empty() && matches!(written, Value::Object(_)) {
            decoder.error("empty-change", &root, &["the change changes nothing"]);
        }
        let (is_self, is_other) = (actor.id.is_some() && actor.id == target.id, actor.id != target.id);
        let same = |value| written.get(value).unwrap_or(&Value::Null);
        if is_self && !equal(same("actor"), same("target")) {
            decoder.error(
                "two-documents",
                &root.key("target"),
                &["actor and target have one id, but are not the same"],
            );
        }
        decoder.finish()?;
        let session = |subject| {
            let facts = Facts { subject, context: context.clone(), roles: None, warnings: Vec::new() };
            Session::of(Arc::clone(policy), facts, clock)
        };
        let (actor, target) = (session(actor), session(target));
        let target_grants = elements(same("target").get("grants"));
        let plan = string(around.get("plan"));
        Ok(Change { actor, target, is_self, is_other, directory, plan, parts, target_grants })
    }

    /// The chain of a part's scope; `None` where it is unknown.
    pub(super) fn chain<'a>(&'a self, part: &'a Part<'_>) -> Option<Chain<'a>> {
        self.chain_of(part.scope())
    }

    pub(super) fn chain_of<'a>(&'a self, scope: Option<&'a str>) -> Option<Chain<'a>> {
        Chain::of(&self.actor.policy, &self.actor.facts.context, scope)
    }

    /// True where the target has what a part takes away or replaces: the role, or direct grants of the same set
    /// of permissions as written, exactly at that scope, whatever status and time.
    pub(super) fn target_has(&self, part: &Part<'_>) -> bool {
        if part.grant.is_none() {
            return self.target.facts.subject.assignments.iter().any(|assignment| part.is_of(assignment));
        }
        self.target_grants.iter().any(|grant| {
            let (has, asked) = (grant.get("permissions"), part.written.get("permissions"));
            string(grant.get("scope")) == part.scope() && is_within(has, asked) && is_within(asked, has)
        })
    }

    /// The target's assignments after the change: none of what is revoked, and of what is assigned just the new
    /// one.
    pub(super) fn assignments_after(&self) -> Vec<&Assignment> {
        let mut after = Vec::new();
        for assignment in &self.target.facts.subject.assignments {
            if !self.parts.iter().any(|part| part.is_of(assignment)) {
                after.push(assignment);
            }
        }
        for part in &self.parts {
            if part.gives() {
                after.extend(&part.assignment);
            }
        }
        after
    }
}

/// True where every string of one list is in the other.
fn is_within(list: Option<&Value>, other: Option<&Value>) -> bool {
    strings(list).all(|text| strings(other).any(|other| other == text))
}

/// Values alike whatever the order of their members.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(members), Value::Object(others)) => {
            let has_all = |members: &[(Box<str>, Value)], other: &Value| {
                members.iter().all(|(key, value)| other.get(key).is_some_and(|other| equal(value, other)))
            };
            has_all(members, right) && others.iter().all(|(key, _)| left.get(key).is_some())
        }
        _ => left == right,
    }
}

fn only_keys(decoder: &mut Decoder<'_>, value: &Value, at: &Pointer<'_>, known: &[&str]) {
    for (key, _) in decoder.object(value, at) {
        if !known.contains(&&**key) {
            decoder.error("unknown-key", &at.key(key), &["`", key, "` is no key of a change"]);
        }
    }
}

fn directory(decoder: &mut Decoder<'_>, value: &Value) -> Vec<Subject> {
    let root = Pointer::Root;
    let at = root.key("directory");
    let (mut subjects, mut ids) = (Vec::new(), crate::index::Index::default());
    let mut known = 0;
    for (place, value) in decoder.list(value, &at).iter().enumerate() {
        let at = at.index(place);
        let subject = decoder.subject(value, &at);
        if let Some(id) = &subject.id {
            if ids.insert(id) < known {
                decoder.error("duplicate-id", &at.key("id"), &["the directory has `", id, "` twice"]);
            } else {
                known = known.saturating_add(1);
            }
        }
        subjects.push(subject);
    }
    subjects
}

fn part<'v>(
    decoder: &mut Decoder<'_>,
    policy: &Policy,
    name: &'static str,
    written: &'v Value,
    keys: &[&str],
) -> Part<'v> {
    let root = Pointer::Root;
    let at = root.key(name);
    only_keys(decoder, written, &at, keys);
    let mut part = Part { name, written, assignment: None, grant: None, covered: Vec::new() };
    decoder.unknown = Severity::Error;
    if keys.contains(&"role") {
        part.assignment = decoder.assignment(written, &at);
    } else {
        part.grant = decoder.direct_grant(written, &at);
        if let Some(grant) = &part.grant {
            if part.gives() {
                for (start, end) in &grant.ranges {
                    part.covered.extend(*start..*end);
                }
            } else {
                let expander = Expander::new(policy);
                part.covered = sorted_set(expander.written(written.get("permissions"), Closure::Up));
            }
        }
    }
    decoder.unknown = Severity::Warning;
    part
}
