//! What a rule of `administration` allows, and what it lacks.

use super::against;
use super::change::{Change, Part};
use super::constraints::is_at;
use crate::compile::{Closure, Expander};
use crate::condition::evaluate::{Reading, evaluate};
use crate::condition::parse::parse;
use crate::decide::{ENTITLED, Effect};
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::Status;
use crate::document::read::{flag, string, strings};
use crate::explain::Because;
use crate::facts::{Assignment, Attributes, Bounds, Request, Subject};
use crate::pointer::Pointer;
use crate::policy::{PermissionId, RoleId, at};
use crate::session::walk::{Asked, Hit, Source};
use crate::session::{Chain, Session};
use crate::value::Value;

/// What a rule can lack: its keys; `self`, for nobody widens their own rights but by a `self` rule; and `revoke`,
/// for an assign replaces what is there.
const KEYS: [&str; 10] = [
    "by",
    "self",
    "statuses",
    "targetStatus",
    "revoke",
    "targetLacks",
    "vacant",
    "targetHolds",
    "when",
    "noEscalation",
];

impl Change<'_> {
    /// The first rule that allows a part, or the one that came closest: the first of those about such a part
    /// that lacks least.
    #[inline(never)]
    pub(super) fn closest_rule(&self, part: &Part<'_>) -> Because {
        let root = Pointer::Root;
        let rules = root.key("administration");
        let mut closest = against(part.name, &rules);
        let mut least = u32::MAX;
        for (index, rule) in self.actor.policy.administration.iter().enumerate() {
            let Some(lacks) = self.lacks(rule, part, part.gives) else { continue };
            if lacks.count_ones() < least.count_ones() {
                least = lacks;
                closest.index = Some(index);
            }
        }
        let Some(index) = closest.index else { return closest };
        closest.via = "rule";
        closest.pointer = rules.index(index).written();
        closest.effect = if least == 0 { "allow" } else { "deny" };
        for key in &KEYS {
            if least & 1 != 0 {
                closest.lacks.push(key);
            }
            least = least.wrapping_shr(1);
        }
        closest
    }

    /// The keys of a rule that do not hold for a part, a bit each in the order of [`KEYS`]; `None` for a rule that
    /// is not about such a part. An assign can be asked about as the revoke of what it replaces.
    fn lacks(&self, rule: &Value, part: &Part<'_>, gives: bool) -> Option<u32> {
        if !self.is_about(rule, part, gives) {
            return None;
        }
        let chain = self.chain(part.scope())?;
        let by_self = string(rule.get("by")) == Some("self");
        let target_status = rule.get("targetStatus");
        let is_free = |subject: &Subject| !has_one_of(subject, rule.get("roles"), part);
        let holds = [
            if by_self { self.is_self } else { self.is_by(rule.get("by"), part) },
            // Whoever may be the target does not widen their own rights.
            by_self || self.is_other || !self.widens(part, gives),
            !gives || rule.get("statuses").is_none() || names(rule.get("statuses"), status(part.status())),
            target_status.is_none_or(|statuses| self.has_status(statuses, part, gives)),
            // An assign replaces what is there, so it is a revoke of it too.
            !gives
                || part.grant.is_some()
                || target_status.is_some()
                || !self.target_has(part)
                || self.may_revoke(part),
            !has_one_of(&self.target, rule.get("targetLacks"), part),
            !flag(rule.get("vacant"))
                || is_free(&self.target) && self.directory.as_ref().is_some_and(|all| all.iter().all(is_free)),
            rule.get("targetHolds").is_none_or(|roles| self.are_held(&part.target_holds, roles)),
            rule.get("when").is_none_or(|when| self.is_certain(when, &chain)),
            !gives || !flag(rule.get("noEscalation")) || !self.escalates(part, &chain),
        ];
        let mut lacks = 0_u32;
        for holds in holds.iter().rev() {
            lacks = lacks.wrapping_shl(1) | u32::from(!holds);
        }
        Some(lacks)
    }

    /// True for a rule about such roles or permissions, such a scope and such an op.
    fn is_about(&self, rule: &Value, part: &Part<'_>, gives: bool) -> bool {
        let permissions = rule.get("permissions");
        let is_named = if part.assignment.is_some() {
            names(rule.get("roles"), part.role())
        } else {
            let within = Expander::new(&self.actor.policy).written(permissions, Closure::Up);
            permissions.is_some() && part.covered.iter().all(|id| within.contains(id))
        };
        let (ops, op) = (rule.get("ops"), if gives { "assign" } else { "revoke" });
        is_named && is_at(rule, part.scope()) && (ops.is_none() || names(ops, op))
    }

    /// True where the actor is whom a `by` that is not `self` names.
    fn is_by(&self, by: Option<&Value>, part: &Part<'_>) -> bool {
        let Some(by) = by else { return false };
        let Some(permissions) = by.get("can") else { return self.are_held(&part.actor_holds, by) };
        let record = TargetRecord(&self.target);
        let request = Request { scope: part.scope(), resource: Some(&record), action: None };
        strings(Some(permissions)).all(|name| {
            let permission = self.actor.policy.permission(name);
            permission.is_some_and(|id| self.actor.effect(id, request) == Effect::Allow)
        })
    }

    /// True where one role of a list is held, or each of `{"all": [...]}`.
    fn are_held(&self, held: &[RoleId], roles: &Value) -> bool {
        let is_held = |name: &str| self.actor.policy.names.roles.get(name).is_some_and(|role| held.contains(&role));
        let all = roles.get("all");
        let mut names = strings(all.or(Some(roles)));
        if all.is_some() { names.all(is_held) } else { names.any(is_held) }
    }

    /// True for what nobody but by a `self` rule does to themselves: an assign, a grant, and a revoke of a role
    /// that carries or inherits a deny grant.
    fn widens(&self, part: &Part<'_>, gives: bool) -> bool {
        let role = part.assignment.as_ref().and_then(|it| it.role).and_then(|id| at(&self.actor.policy.roles, id));
        gives || role.is_some_and(|role| role.carries_deny)
    }

    /// `targetStatus`: the target has such assignments, all have one of the statuses, and an assign's bounds lie
    /// within those of one of them.
    fn has_status(&self, statuses: &Value, part: &Part<'_>, gives: bool) -> bool {
        let (mut found, mut fits) = (false, !gives);
        for assignment in &self.target.assignments {
            if part.is_of(assignment) {
                found = true;
                if !names(Some(statuses), status(assignment.status)) {
                    return false;
                }
                fits |= part.assignment.as_ref().is_some_and(|new| lies_within(new.bounds, assignment.bounds));
            }
        }
        found && fits
    }

    /// True where some rule allows the part as a revoke.
    fn may_revoke(&self, part: &Part<'_>) -> bool {
        let rules = &self.actor.policy.administration;
        rules.iter().any(|rule| self.lacks(rule, part, false) == Some(0))
    }

    /// True where a rule's `when` certainly holds: of the actor, with the target as the resource.
    fn is_certain(&self, when: &Value, chain: &Chain<'_>) -> bool {
        let record = TargetRecord(&self.target);
        let request = Request { resource: Some(&record), ..Request::default() };
        let reader = self.actor.reader(chain, request, 0, None);
        let when = parse(when, &Pointer::Root, Severity::Error, &mut Diagnostics::default());
        when.is_some_and(|when| evaluate(&when, &reader).is_exactly_true())
    }

    /// True for an assign or a grant that gives what the actor has not, without conditions and with every
    /// entitlement active, or a role named by rules or derived roles that the actor does not hold.
    fn escalates(&self, part: &Part<'_>, chain: &Chain<'_>) -> bool {
        let (actor, policy) = (&self.actor, &self.actor.policy);
        let (mut has, mut denied) = (Vec::new(), Vec::new());
        let request = Request { scope: part.scope(), ..Request::default() };
        actor.walk(chain, request, ENTITLED, Asked::Every, &mut |hit| {
            if !hit.is_allow {
                denied.extend_from_slice(hit.ranges);
            } else if is_unconditional(actor, &hit) {
                has.extend_from_slice(hit.ranges);
            }
        });
        let is_in =
            |runs: &[(PermissionId, PermissionId)], id| runs.iter().any(|(start, end)| (*start..*end).contains(&id));
        let lacks = |id: PermissionId| !is_in(&has, id) || is_in(&denied, id);
        let Some(assigned) = part.assignment.as_ref().and_then(|assignment| assignment.role) else {
            return part.covered.iter().any(|id| lacks(*id));
        };
        for (role, _) in actor.reach(assigned, None) {
            let Some(role_of) = at(&policy.roles, role) else { return true };
            if !part.actor_holds.contains(&role) && self.is_named(role, &role_of.name) {
                return true;
            }
            for grant in policy.grants_of(role_of).0 {
                for (start, end) in policy.covers.ranges(grant.cover) {
                    if (*start..*end).any(lacks) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// True for a role that some rule's `by` or `targetHolds`, or some `holds` or `holdsBelow` names.
    fn is_named(&self, role: RoleId, name: &str) -> bool {
        let policy = &self.actor.policy;
        for rule in &policy.administration {
            let by = rule.get("by");
            let all = by.and_then(|by| by.get("all"));
            if names(all.or(by), name) || names(rule.get("targetHolds"), name) {
                return true;
            }
        }
        policy.derived_roles.iter().any(|entry| {
            let holds = entry.holds.as_ref().is_some_and(|(roles, _)| roles.contains(&role));
            holds || entry.holds_below.contains(&role)
        })
    }
}

/// The target as a rule's `resource`: its attributes and, as `id`, its id.
struct TargetRecord<'a>(&'a Subject);

impl Attributes for TargetRecord<'_> {
    fn read(&self, path: &[Box<str>]) -> Reading<'_> {
        match (path, self.0.id.as_deref()) {
            ([key, rest @ ..], Some(id)) if &**key == "id" => {
                if rest.is_empty() {
                    Reading::Text(id)
                } else {
                    Reading::Missing
                }
            }
            _ => self.0.attributes.read(path),
        }
    }
}

/// True where a list has the name in it, or is `"*"`.
pub(super) fn names(list: Option<&Value>, name: &str) -> bool {
    strings(list).any(|other| other == name || other == "*")
}

/// The name of a status that the model knows; of another one none.
fn status(status: Option<Status>) -> &'static str {
    status.map_or("", Status::name)
}

/// True where a subject has an assignment of a role of the list exactly at the part's scope, whatever its status.
fn has_one_of(subject: &Subject, list: Option<&Value>, part: &Part<'_>) -> bool {
    let is_one = |it: &Assignment| names(list, &it.name) && it.scope.as_deref() == part.scope();
    subject.assignments.iter().any(is_one)
}

fn lies_within(inner: Bounds, outer: Bounds) -> bool {
    let starts = outer.from.is_none_or(|outer| inner.from.is_some_and(|inner| inner >= outer));
    starts && outer.until.is_none_or(|outer| inner.until.is_some_and(|inner| inner <= outer))
}

/// True for a grant without `when`, of a role not derived by a `when`.
fn is_unconditional(session: &Session, hit: &Hit<'_>) -> bool {
    let source = match hit.source {
        Source::Assignment(_) => true,
        Source::Derived(number, _) => session.policy.derived_roles.get(number).is_some_and(|it| it.when.is_none()),
        Source::Direct(number) => session.facts.subject.grants.get(number).is_some_and(|it| it.when.is_none()),
    };
    source && hit.carried.is_none_or(|carried| carried.grant.when().is_none())
}
