//! Section 8 read off an accessibility set: where every rule is `by: {"can": [...]}`, what somebody may change follows
//! from what they may do.

use serde_json::{Value, json};

use crate::accessibility::{AccessibilitySet, id};
use crate::facts::{Facts, Request, State};
use crate::json::{items, members};
use crate::roles::{deny_grants, is_assignable, is_inert_role, lineage, role_of};
use crate::scopes::scope_of;

/// The same policy with no constraint and these rules alone: at each place, roles and direct grants are for whoever can
/// do all of `needed` there.
pub fn ruled_by_permission(policy: &Value, needed: &[String]) -> Value {
    let mut ruled = policy.clone();
    ruled["constraints"] = json!([]);
    let kinds = members(policy.get("scopes")).into_iter().map(|(kind, _)| Some(kind.to_owned()));
    let mut rules = Vec::new();
    for kind in kinds.chain([None]) {
        for mut rule in [json!({ "roles": "*" }), json!({ "permissions": ["*:*"] })] {
            rule["by"] = json!({ "can": needed });
            if let Some(kind) = &kind {
                rule["scope"] = json!(kind);
            }
            rules.push(rule);
        }
    }
    ruled["administration"] = json!(rules);
    ruled
}

/// A part of a change by one subject of the directory on another.
#[derive(Clone, Debug)]
pub struct OnePart {
    /// The actor's place in the directory.
    pub actor: usize,
    /// The target's.
    pub target: usize,
    /// The number of the scope.
    pub scope: usize,
    /// `assign`, `revoke`, `grant` or `ungrant`.
    pub kind: &'static str,
    /// What the part says.
    pub fact: Value,
}

/// A directory and some scopes, and every change over them that is asked about.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The policy that [`ruled_by_permission`] gave.
    pub policy: &'a Value,
    /// What the rules ask for.
    pub needed: &'a [String],
    /// The subjects.
    pub directory: &'a [Value],
    /// The context.
    pub context: &'a Value,
    /// The scopes of changes; `None` is the root.
    pub scopes: &'a [Option<String>],
    /// The clock, in milliseconds.
    pub now: f64,
}

impl Place<'_> {
    /// The requests that a set must answer for [`Place::reason`]: each scope with each subject as the record.
    pub fn requests(&self) -> Vec<Request> {
        let as_record = |subject: &Value| {
            let mut record = subject.get("attributes").cloned().unwrap_or_else(|| json!({}));
            record["id"] = subject["id"].clone();
            record
        };
        let at = |scope: &Option<String>| {
            let scope = scope.clone();
            self.directory.iter().map(move |subject| Request {
                scope: scope.clone(),
                resource: Some(as_record(subject)),
                action: None,
            })
        };
        self.scopes.iter().flat_map(at).collect()
    }

    /// Every role assigned and revoked, and every one of `needed` granted and ungranted, by everybody on everybody.
    pub fn parts(&self) -> Vec<OnePart> {
        let roles = members(self.policy.get("roles")).into_iter().map(|(role, _)| json!({ "role": role }));
        let grants = self.needed.iter().map(|permission| json!({ "permissions": [permission] }));
        let facts: Vec<(&'static str, Value)> = roles
            .flat_map(|fact| [("assign", fact.clone()), ("revoke", fact)])
            .chain(grants.flat_map(|fact| [("grant", fact.clone()), ("ungrant", fact)]))
            .collect();
        let mut parts = Vec::new();
        for actor in 0..self.directory.len() {
            for target in 0..self.directory.len() {
                for (scope, reference) in self.scopes.iter().enumerate() {
                    for (kind, fact) in &facts {
                        let mut fact = fact.clone();
                        if let Some(reference) = reference {
                            fact["scope"] = json!(reference);
                        }
                        parts.push(OnePart { actor, target, scope, kind, fact });
                    }
                }
            }
        }
        parts
    }

    /// The change that makes this part, as `decide_change` takes it.
    pub fn change(&self, part: &OnePart) -> Value {
        let mut change = json!({
            "actor": self.directory[part.actor],
            "target": self.directory[part.target],
            "context": self.context,
        });
        change[part.kind] = part.fact.clone();
        change
    }

    /// The reason of the change, with what the actor may do taken from the set.
    pub fn reason(&self, set: &AccessibilitySet, part: &OnePart) -> &'static str {
        let (actor, target) = (&self.directory[part.actor], &self.directory[part.target]);
        let number = part.scope * self.directory.len() + part.target;
        let answers = set.answers(id(actor), number);
        let is_everywhere = |reason: &str| answers.iter().all(|answer| answer.reason == reason);
        if is_everywhere("suspended") {
            return "suspended";
        }
        if is_everywhere("unknown-scope") {
            return "unknown-scope";
        }
        let scope = scope_of(&part.fact);
        let facts = Facts { policy: self.policy, subject: actor, context: self.context, roles: None, now: self.now };
        let role = role_of(&part.fact);
        let is_available =
            || is_assignable(self.policy, role, scope.as_deref()) && !is_inert_role(&State::actual(facts), role);
        if part.kind == "assign" && !is_available() {
            return "role-unavailable";
        }
        let has = |list: &str, same: &dyn Fn(&Value) -> bool| {
            items(target.get(list)).iter().any(|fact| same(fact) && scope_of(fact) == scope)
        };
        let is_held = match part.kind {
            "revoke" => has("assignments", &|fact| role_of(fact) == role),
            "ungrant" => has("grants", &|fact| fact.get("permissions") == part.fact.get("permissions")),
            _ => true,
        };
        if !is_held {
            return "not-held";
        }
        let lifts_a_deny = || lineage(self.policy, role).iter().any(|it| !deny_grants(self.policy, it).is_empty());
        let widens_itself = part.actor == part.target
            && (matches!(part.kind, "assign" | "grant") || part.kind == "revoke" && lifts_a_deny());
        let can = |permission: &String| {
            set.answer(id(actor), number, permission).is_some_and(|answer| answer.effect == "allow")
        };
        if widens_itself || !self.needed.iter().all(can) { "not-administrator" } else { "granted" }
    }
}

/// Whether a subject may lose a deny with a role that itself carries none: some role with a deny grant is derived from
/// holding others.
pub fn derives_a_deny(policy: &Value) -> bool {
    items(policy.get("derivedRoles"))
        .iter()
        .any(|entry| lineage(policy, role_of(entry)).iter().any(|role| !deny_grants(policy, role).is_empty()))
}

/// The same policy without rules that are for oneself.
pub fn without_self_rules(policy: &Value) -> Value {
    let mut others = policy.clone();
    let rules = items(policy.get("administration")).iter().filter(|rule| rule["by"] != "self");
    others["administration"] = rules.cloned().collect();
    others
}
