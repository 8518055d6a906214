//! The rules and constraints of section 8.

use super::grants::{condition, patterns, roles};
use super::{count, elements, flag, string, strings};
use crate::document::{By, Constraint, ConstraintKind, Matter, Maximum, RoleSet, Rule, Status};
use crate::value::Value;

/// One rule of `administration`.
pub(super) fn rule(value: &Value) -> Option<Rule> {
    let ops = strings(value.get("ops"));
    let does = |op: &str| ops.is_empty() || ops.iter().any(|name| name == op);
    Some(Rule {
        subject_matter: match value.get("roles") {
            Some(set) => Matter::Roles(role_set(set)),
            None => Matter::Permissions(patterns(value.get("permissions"))),
        },
        scope: string(value.get("scope")),
        by: by(value.get("by")?),
        assign: does("assign"),
        revoke: does("revoke"),
        statuses: statuses(value.get("statuses")),
        target_status: statuses(value.get("targetStatus")),
        target_holds: strings(value.get("targetHolds")),
        target_lacks: value.get("targetLacks").map(role_set),
        vacant: flag(value.get("vacant")),
        when: condition(value.get("when")),
        no_escalation: flag(value.get("noEscalation")),
    })
}

/// One entry of `constraints`.
pub(super) fn constraint(value: &Value) -> Option<Constraint> {
    let number = |key| count(value.get(key));
    let (roles, kind) = match value.get("exclusive") {
        Some(exclusive) => (exclusive, ConstraintKind::Exclusive(number("limit").unwrap_or(1))),
        None => {
            let kind = number("perSubject")
                .map(ConstraintKind::PerSubject)
                .or_else(|| number("minimum").map(ConstraintKind::Minimum))
                .or_else(|| maximum(value.get("maximum")).map(ConstraintKind::Maximum))?;
            (value.get("roles")?, kind)
        }
    };
    Some(Constraint {
        id: string(value.get("id"))?,
        roles: strings(Some(roles)),
        scope: string(value.get("scope")),
        kind,
    })
}

fn maximum(value: Option<&Value>) -> Option<Maximum> {
    match value {
        Some(Value::String(limit)) => Some(Maximum::Limit(limit.to_string())),
        number => count(number).map(Maximum::Number),
    }
}

fn by(value: &Value) -> By {
    match value {
        Value::String(_) => By::Myself,
        _ => match value.get("can") {
            Some(can) => By::Can(strings(Some(can))),
            None => By::Roles(roles(value)),
        },
    }
}

fn role_set(value: &Value) -> RoleSet {
    match value {
        Value::String(_) => RoleSet::Every,
        _ => RoleSet::These(strings(Some(value))),
    }
}

fn statuses(value: Option<&Value>) -> Vec<Status> {
    elements(value).iter().filter_map(|element| Status::from_name(element.as_str()?)).collect()
}
