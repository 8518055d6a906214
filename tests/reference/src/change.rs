//! Section 8: a change as it is written, and the state after it.

use serde_json::{Value, json};

use crate::conditions::is_condition;
use crate::facts::{Facts, State};
use crate::json::{items, only_keys};
use crate::permissions::patterns;
use crate::roles::{STATUSES, assignments, role_of, status_of};
use crate::scopes::{Scope, scope_of};

/// What a part of a change does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Revoke,
    Assign,
    Ungrant,
    Grant,
}

/// One part of a change.
pub(crate) struct Part {
    pub(crate) kind: Kind,
    pub(crate) fact: Value,
}

impl Part {
    pub(crate) fn scope(&self) -> Scope {
        scope_of(&self.fact)
    }

    pub(crate) fn role(&self) -> &str {
        role_of(&self.fact)
    }

    /// Whether the part is of roles, not of direct grants.
    pub(crate) fn is_of_roles(&self) -> bool {
        matches!(self.kind, Kind::Revoke | Kind::Assign)
    }

    /// A grant is an assign, an ungrant a revoke.
    pub(crate) fn op(&self) -> &'static str {
        match self.kind {
            Kind::Assign | Kind::Grant => "assign",
            Kind::Revoke | Kind::Ungrant => "revoke",
        }
    }

    /// Whether the target has what this part takes away or replaces: the role, or the set of permissions, exactly at
    /// the part's scope, whatever status and time.
    pub(crate) fn takes(&self, fact: &Value) -> bool {
        let same = match self.is_of_roles() {
            true => role_of(fact) == self.role(),
            false => same_set(&patterns(fact), &patterns(&self.fact)),
        };
        same && scope_of(fact) == self.scope()
    }
}

fn same_set(left: &[String], right: &[String]) -> bool {
    left.iter().all(|one| right.contains(one)) && right.iter().all(|one| left.contains(one))
}

/// A change by an actor on a target.
pub(crate) struct Change<'a> {
    pub(crate) policy: &'a Value,
    pub(crate) actor: &'a Value,
    pub(crate) target: &'a Value,
    pub(crate) context: &'a Value,
    pub(crate) directory: Option<&'a [Value]>,
    pub(crate) now: f64,
    pub(crate) parts: Vec<Part>,
}

/// The parts, with the keys that each may have.
const PARTS: [(&str, Kind, &[&str]); 4] = [
    ("revoke", Kind::Revoke, &["role", "scope"]),
    ("assign", Kind::Assign, &["role", "scope", "status", "from", "until"]),
    ("ungrant", Kind::Ungrant, &["permissions", "scope"]),
    ("grant", Kind::Grant, &["permissions", "scope", "except", "when", "status", "from", "until"]),
];

static NO_CONTEXT: Value = Value::Null;

impl<'a> Change<'a> {
    /// Reads a change, or says why the section calls it an error.
    pub(crate) fn read(policy: &'a Value, written: &'a Value, now: f64) -> Result<Self, String> {
        const OTHERS: [&str; 4] = ["actor", "target", "context", "directory"];
        let known: Vec<&str> = OTHERS.into_iter().chain(PARTS.map(|(key, _, _)| key)).collect();
        if !only_keys(written, &known) {
            return Err("unknown key in the change".to_owned());
        }
        let mut parts = Vec::new();
        for (key, kind, keys) in PARTS {
            let Some(fact) = written.get(key) else { continue };
            if !only_keys(fact, keys) {
                return Err(format!("unknown key in `{key}`"));
            }
            if !STATUSES.contains(&status_of(fact)) {
                return Err(format!("unknown status in `{key}`"));
            }
            if fact.get("when").is_some_and(|when| !is_condition(when, 1)) {
                return Err(format!("the `when` of `{key}` is no condition"));
            }
            parts.push(Part { kind, fact: fact.clone() });
        }
        if parts.is_empty() {
            return Err("the change changes nothing".to_owned());
        }
        let subject = |key: &str| written.get(key).ok_or(format!("the change has no {key}"));
        let (actor, target) = (subject("actor")?, subject("target")?);
        if is_same(actor, target) && actor != target {
            return Err("actor and target are one id and two documents".to_owned());
        }
        let directory = written.get("directory").map(|directory| items(Some(directory)));
        let listed = directory.unwrap_or_default();
        if (1..listed.len()).any(|index| listed[..index].iter().any(|other| is_same(other, &listed[index]))) {
            return Err("the directory has one id twice".to_owned());
        }
        let context = written.get("context").unwrap_or(&NO_CONTEXT);
        Ok(Change { policy, actor, target, context, directory, now, parts })
    }

    /// The facts of one of the subjects, in the context of the change.
    pub(crate) fn state_of<'b>(&'b self, subject: &'b Value) -> State<'b> {
        State::actual(Facts { policy: self.policy, subject, context: self.context, roles: None, now: self.now })
    }

    pub(crate) fn actor_is_target(&self) -> bool {
        is_same(self.actor, self.target)
    }

    /// Whether the ids differ: of two subjects without an id nobody can say that they are two.
    pub(crate) fn actor_is_another(&self) -> bool {
        self.actor.get("id") != self.target.get("id")
    }

    /// Whether the target has what the part takes away or replaces.
    pub(crate) fn target_has(&self, part: &Part) -> bool {
        let facts = if part.is_of_roles() { assignments(self.target) } else { items(self.target.get("grants")) };
        facts.iter().any(|fact| part.takes(fact))
    }

    /// The target after the change: no assignment of the revoked role at that scope, and for the assigned role at its
    /// scope just the new one; none of the direct grants that are ungranted, and the new one beside the others.
    pub(crate) fn target_after(&self) -> Value {
        let mut has = assignments(self.target).to_vec();
        let mut grants = items(self.target.get("grants")).to_vec();
        for part in &self.parts {
            match part.kind {
                Kind::Revoke => has.retain(|fact| !part.takes(fact)),
                Kind::Assign => {
                    has.retain(|fact| !part.takes(fact));
                    has.push(part.fact.clone());
                }
                Kind::Ungrant => grants.retain(|fact| !part.takes(fact)),
                Kind::Grant => grants.push(part.fact.clone()),
            }
        }
        let mut after = self.target.clone();
        after["assignments"] = json!(has);
        after["grants"] = json!(grants);
        after
    }

    /// The directory with the target's part replaced, and the target added where it is not in it.
    pub(crate) fn directory_with(&self, target: &Value) -> Option<Vec<Value>> {
        let mut all = self.directory?.to_vec();
        match all.iter_mut().find(|subject| is_same(subject, target)) {
            Some(listed) => *listed = target.clone(),
            None => all.push(target.clone()),
        }
        Some(all)
    }
}

/// Two documents are of one subject iff their ids are equal.
pub(crate) fn is_same(left: &Value, right: &Value) -> bool {
    matches!((left.get("id"), right.get("id")), (Some(left), Some(right)) if left == right)
}
