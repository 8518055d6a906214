//! Section 9: questions over a policy, answered by trying everything.
//!
//! What a role gives is judged without facts, so a grant with a `when` may or may not hold, whatever it says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::decide::decide;
use crate::facts::{Facts, Request};
use crate::json::{items, members, strings};
use crate::permissions::{Pair, Pairs, allow_covers, declared, deny_covers, gates, own_grants, permissions, written};
use crate::roles::{is_assignable_type, lineage, role};
use crate::time::millis;

/// What a role alone gives of a permission; there is no cell where it gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Allowed by a grant without `when`, and not denied.
    Allow,
    /// Allowed or denied by a grant with `when`.
    Conditional,
    /// Denied by a deny grant without `when`.
    Deny,
}

/// Ids of the subjects for whom the decision is allow, and of those for whom it is conditional.
pub fn who(
    policy: &Value,
    permission: &str,
    directory: &[Value],
    context: &Value,
    request: &Request,
    now: f64,
) -> (Vec<String>, Vec<String>) {
    let with = |effect: &str| {
        let decided = |subject: &&Value| {
            let facts = Facts { policy, subject, context, roles: None, now };
            decide(&facts, permission, request).effect == effect
        };
        directory.iter().filter(decided).filter_map(|subject| subject.get("id")?.as_str().map(str::to_owned)).collect()
    };
    (with("allow"), with("conditional"))
}

/// For every role and permission, what the role alone gives at its scope with every entitlement active.
pub fn matrix(policy: &Value) -> BTreeMap<String, BTreeMap<String, Cell>> {
    role_names(policy)
        .into_iter()
        .map(|role| {
            let cells = cells(policy, &role);
            (role, cells.into_iter().map(|(pair, cell)| (written(&pair), cell)).collect())
        })
        .collect()
}

fn role_names(policy: &Value) -> Vec<String> {
    members(policy.get("roles")).into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The grants of one kind that count through a role while these entitlements are active.
fn grants<'a>(policy: &'a Value, name: &str, kind: &str, active: &dyn Fn(&str) -> bool) -> Vec<&'a Value> {
    let Some(declaration) = role(policy, name) else { return Vec::new() };
    let inert = declaration.get("requires").and_then(Value::as_str).is_some_and(|entitlement| !active(entitlement));
    if inert && kind == "allow" {
        return Vec::new();
    }
    let inherited = strings(declaration.get("inherits"));
    own_grants(policy, name, kind)
        .iter()
        .chain(inherited.iter().flat_map(|parent| grants(policy, parent, kind, active)))
        .collect()
}

/// What the grants of some roles cover: the allow and the deny grants, and of each those without `when`.
#[derive(Clone, Debug, Default)]
struct Covered {
    allow: Pairs,
    may_allow: Pairs,
    deny: Pairs,
    may_deny: Pairs,
}

impl Covered {
    fn with(mut self, other: &Covered) -> Covered {
        self.allow.extend(other.allow.iter().cloned());
        self.may_allow.extend(other.may_allow.iter().cloned());
        self.deny.extend(other.deny.iter().cloned());
        self.may_deny.extend(other.may_deny.iter().cloned());
        self
    }

    /// Section 6 without facts: what comes of a permission while these entitlements are active.
    fn cell(&self, policy: &Value, pair: &Pair, active: &dyn Fn(&str) -> bool) -> Option<Cell> {
        if self.deny.contains(pair) {
            Some(Cell::Deny)
        } else if !self.may_allow.contains(pair) || !gates(policy, pair).iter().all(|gate| active(gate)) {
            None
        } else if self.allow.contains(pair) && !self.may_deny.contains(pair) {
            Some(Cell::Allow)
        } else {
            Some(Cell::Conditional)
        }
    }
}

/// What the grants cover that count through a role while these entitlements are active.
fn covered(policy: &Value, role: &str, active: &dyn Fn(&str) -> bool) -> Covered {
    let mut covered = Covered::default();
    for grant in grants(policy, role, "allow", active) {
        let pairs = allow_covers(policy, grant);
        if grant.get("when").is_none() {
            covered.allow.extend(pairs.iter().cloned());
        }
        covered.may_allow.extend(pairs);
    }
    for grant in grants(policy, role, "deny", active) {
        let pairs = deny_covers(policy, grant);
        if grant.get("when").is_none() {
            covered.deny.extend(pairs.iter().cloned());
        }
        covered.may_deny.extend(pairs);
    }
    covered
}

/// What a role gives of each permission while every entitlement is active.
fn cells(policy: &Value, role: &str) -> BTreeMap<Pair, Cell> {
    let covered = covered(policy, role, &|_| true);
    declared(policy)
        .into_iter()
        .filter_map(|pair| Some((pair.clone(), covered.cell(policy, &pair, &|_| true)?)))
        .collect()
}

/// What a recommendation is limited to.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The active entitlements; with neither these nor a plan, every one.
    pub entitlements: Option<Vec<String>>,
    /// The plan, whose entitlements are active.
    pub plan: Option<String>,
    /// The type of the scope where the roles are to be assigned; without it, the root.
    pub scope: Option<String>,
    /// How many roles there may be at most.
    pub at_most: Option<usize>,
}

/// The best set of roles, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// The roles, in the order of their names.
    pub roles: Vec<String>,
    /// The further permissions that they give, certainly or conditionally, in the order of the policy.
    pub extra: Vec<String>,
    /// If there is no such set, the needed permissions that no role gives, in the order of the policy.
    pub missing: Vec<String>,
}

/// The set of assignable roles that together allow every needed permission with the fewest further permissions: every
/// subset is tried.
pub fn recommend(policy: &Value, needed: &[String], options: &Options) -> Recommendation {
    let of_plan = options.plan.as_ref().and_then(|plan| policy.get("plans")?.get(plan)?.get("entitlements"));
    let listed = [options.entitlements.clone().unwrap_or_default(), strings(of_plan)].concat();
    let unlimited = options.entitlements.is_none() && options.plan.is_none();
    let active = |entitlement: &str| unlimited || listed.iter().any(|other| other == entitlement);

    let kind = options.scope.as_deref().unwrap_or("root");
    let mut assignable: Vec<String> =
        role_names(policy).into_iter().filter(|name| is_assignable_type(policy, name, kind)).collect();
    assignable.sort();

    let needed: BTreeSet<&String> = needed.iter().collect();
    let alone: Vec<Covered> = assignable.iter().map(|role| covered(policy, role, &active)).collect();
    let mut best: Option<(usize, usize, Vec<String>)> = None;
    for subset in 0..1_u32 << assignable.len() {
        let chosen: Vec<usize> = (0..assignable.len()).filter(|index| subset >> index & 1 == 1).collect();
        let roles: Vec<String> = chosen.iter().map(|index| assignable[*index].clone()).collect();
        if options.at_most.is_some_and(|most| roles.len() > most) || is_exclusive(policy, &roles) {
            continue;
        }
        let together = chosen.iter().fold(Covered::default(), |sum, index| sum.with(&alone[*index]));
        let (allowed, further) = given(policy, &together, &active, &needed);
        if needed.iter().all(|permission| allowed.contains(*permission)) {
            let candidate = (further.len(), roles.len(), roles);
            if best.as_ref().is_none_or(|best| candidate < *best) {
                best = Some(candidate);
            }
        }
    }
    match best {
        Some((_, _, roles)) => {
            let all = roles.iter().map(|role| covered(policy, role, &active));
            let together = all.fold(Covered::default(), |sum, role| sum.with(&role));
            let (_, extra) = given(policy, &together, &active, &needed);
            Recommendation { roles, extra, missing: Vec::new() }
        }
        None => {
            let gives = |permission: &String| {
                alone.iter().any(|role| given(policy, role, &active, &needed).0.contains(permission))
            };
            let missing = in_order(policy, |permission| needed.contains(permission) && !gives(permission));
            Recommendation { roles: Vec::new(), extra: Vec::new(), missing }
        }
    }
}

/// The permissions that these roles allow, and the open ones that are not needed.
fn given(
    policy: &Value,
    covered: &Covered,
    active: &dyn Fn(&str) -> bool,
    needed: &BTreeSet<&String>,
) -> (Vec<String>, Vec<String>) {
    let (mut allowed, mut further) = (Vec::new(), Vec::new());
    for (pair, permission) in covered.may_allow.iter().map(|pair| (pair, written(pair))) {
        match covered.cell(policy, pair, active) {
            Some(Cell::Allow) => allowed.push(permission.clone()),
            Some(Cell::Conditional) => {}
            Some(Cell::Deny) | None => continue,
        }
        if !needed.contains(&permission) {
            further.push(permission);
        }
    }
    (allowed, in_order(policy, |permission| further.contains(permission)))
}

/// Whether some `exclusive` forbids to have these roles at one scope. Section 8: a listed role counts as that role
/// alone, one not listed as the listed ones that it inherits.
fn is_exclusive(policy: &Value, roles: &[String]) -> bool {
    items(policy.get("constraints")).iter().any(|constraint| {
        let listed = strings(constraint.get("exclusive"));
        let limit = constraint.get("limit").and_then(Value::as_u64).unwrap_or(1);
        let counted: BTreeSet<String> = roles
            .iter()
            .flat_map(|role| if listed.contains(role) { BTreeSet::from([role.clone()]) } else { lineage(policy, role) })
            .filter(|role| listed.contains(role))
            .collect();
        counted.len() as u64 > limit
    })
}

/// What one role gains and loses, and whose condition changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleDiff {
    /// Permissions that it did not give, in the order of the new policy.
    pub gained: Vec<String>,
    /// Permissions that it no longer gives, in the order of the old policy.
    pub lost: Vec<String>,
    /// Permissions that it gives under another condition, in the order of the new policy.
    pub changed: Vec<String>,
}

/// What differs between two policies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// The roles that both have and that differ.
    pub roles: BTreeMap<String, RoleDiff>,
    /// The roles that only the new one has, in its order.
    pub added: Vec<String>,
    /// The roles that only the old one has, in its order.
    pub removed: Vec<String>,
}

/// For each role, the permissions that it gains, loses, or whose condition changed.
pub fn diff(old: &Value, new: &Value) -> Diff {
    let (before, after) = (role_names(old), role_names(new));
    let without = |names: &[String], others: &[String]| -> Vec<String> {
        names.iter().filter(|name| !others.contains(name)).cloned().collect()
    };
    let mut roles = BTreeMap::new();
    for name in after.iter().filter(|name| before.contains(name)) {
        let (was, is) = (conditions(old, name), conditions(new, name));
        let role = RoleDiff {
            gained: in_order(new, |permission| is.contains_key(permission) && !was.contains_key(permission)),
            lost: in_order(old, |permission| was.contains_key(permission) && !is.contains_key(permission)),
            changed: in_order(
                new,
                |permission| matches!((was.get(permission), is.get(permission)), (Some(was), Some(is)) if was != is),
            ),
        };
        if role != RoleDiff::default() {
            roles.insert(name.clone(), role);
        }
    }
    Diff { roles, added: without(&after, &before), removed: without(&before, &after) }
}

fn in_order(policy: &Value, keep: impl Fn(&String) -> bool) -> Vec<String> {
    permissions(policy).into_iter().filter(keep).collect()
}

/// The permissions that a role gives, each with its condition as it is written: none, or those of the allow grants and
/// those of the deny grants that cover it.
fn conditions(policy: &Value, role: &str) -> BTreeMap<String, BTreeSet<String>> {
    let whens = |kind: &str, pair: &Pair| -> Vec<String> {
        grants(policy, role, kind, &|_| true)
            .into_iter()
            .filter(|grant| match kind {
                "allow" => allow_covers(policy, grant).contains(pair),
                _ => deny_covers(policy, grant).contains(pair),
            })
            .map(|grant| json!([kind, grant.get("when").map(sorted)]).to_string())
            .collect()
    };
    cells(policy, role)
        .into_iter()
        .filter_map(|(pair, cell)| match cell {
            Cell::Deny => None,
            Cell::Allow => Some((written(&pair), BTreeSet::new())),
            Cell::Conditional => {
                Some((written(&pair), whens("allow", &pair).into_iter().chain(whens("deny", &pair)).collect()))
            }
        })
        .collect()
}

/// A condition with the keys of every object in one order, for which way round they are written means nothing, and
/// every number and time as the number that it is.
fn sorted(condition: &Value) -> Value {
    if let Some(time) = condition.get("time").and_then(millis) {
        return json!(time);
    }
    match condition {
        Value::Number(number) => json!(number.as_f64()),
        Value::Object(object) => {
            let members: BTreeMap<&String, Value> = object.iter().map(|(key, value)| (key, sorted(value))).collect();
            json!(members)
        }
        Value::Array(all) => all.iter().map(sorted).collect(),
        plain => plain.clone(),
    }
}
