//! What is left of a policy's conditions once everything but the record is known: a condition over the attributes of
//! the record alone, which comes to true for exactly the records that are allowed (sections 5 and 6).
//!
//! Which grants count is the walk's to say. Here their conditions are read once more, as far as the walk left them open:
//! what is known of a comparison becomes a literal, and what comes to one thing whatever the record is folded by the
//! laws of Kleene's logic.

use std::sync::Arc;

use super::{canonical, opened};
use crate::condition::evaluate::{Reader, Reading, evaluate, read};
use crate::condition::outcomes::Outcomes;
use crate::condition::parse::OF_TWO;
use crate::condition::{Condition, Operand, Path, Variable};
use crate::decide::AS_IT_IS;
use crate::diagnostic::Diagnostic;
use crate::facts::{Attributes, Request};
use crate::index::Index;
use crate::policy::{PermissionId, Policy, at, count};
use crate::session::walk::{Asked, Hit, Source};
use crate::session::{Chain, Session};
use crate::value::Value;

type Residual = Value<'static>;

/// What is left for a subject at each of some scopes, a list of references and `null` for the root; whatever else stands
/// there is an unknown scope. Of a permission that the policy does not have nothing is left but false. `clock` is the
/// present in milliseconds.
///
/// # Errors
/// What is malformed, with pointers such as `/subject/assignments/0/role`, `/context/now` and `/scopes`.
pub fn residuals(
    policy: &Arc<Policy>,
    permission: &str,
    subject: &Value<'_>,
    context: &Value<'_>,
    scopes: &Value<'_>,
    action: Option<&dyn Attributes>,
    clock: f64,
) -> Result<Vec<Residual>, Vec<Diagnostic>> {
    let (session, scopes) = opened(policy, subject, context, ("scopes", scopes), clock)?;
    let permission = policy.permission(permission);
    let mut residuals = Vec::new();
    for scope in scopes {
        let scope = if matches!(scope, Value::Null) { None } else { Some(scope.as_str().unwrap_or_default()) };
        let request = Request { scope, resource: None, action };
        residuals.push(permission.map_or(Value::Bool(false), |permission| session.residual(permission, request)));
    }
    Ok(residuals)
}

impl Session {
    /// A condition over `resource.` variables, as it would be written in a `when`, or true, false, or null for what
    /// cannot be known. A record has the decision allow for the permission at the request's scope and with its action
    /// attributes exactly if the condition comes to true for it; the request's own record is passed over.
    #[must_use]
    pub fn residual(&self, permission: PermissionId, request: Request<'_>) -> Residual {
        let request = Request { resource: None, ..request };
        let Ok(chain) = self.chain(request) else { return Value::Bool(false) };
        if !self.gates_open(permission, AS_IT_IS) {
            return Value::Bool(false);
        }
        let (mut allows, mut denies) = (Vec::new(), Vec::new());
        self.walk(&chain, request, AS_IT_IS, Asked::One(permission), &mut |hit| {
            let list = if hit.is_allow { &mut allows } else { &mut denies };
            // One that settles the whole list is enough of it: most that is granted is granted without a condition.
            if !matches!(list.last(), Some(Value::Bool(true))) {
                list.push(self.left_of(&hit, &chain, request));
            }
        });
        joined(true, vec![joined(false, allows), negated(joined(false, denies))])
    }

    /// What is left of the conditions of one grant that applies.
    fn left_of(&self, hit: &Hit<'_>, chain: &Chain<'_>, request: Request<'_>) -> Residual {
        if hit.outcomes.is_settled() {
            return settled(hit.outcomes);
        }
        let role = hit.carried.map(|carried| carried.through);
        let mut parts = Vec::new();
        let mut part = |condition: Option<&Condition>, height| {
            let reader = self.reader(chain, request, height, role);
            parts.push(condition.map_or(Value::Null, |condition| left(condition, &reader)));
        };
        if let Source::Direct(number) = hit.source {
            part(self.facts.subject.grants.get(number).and_then(|grant| grant.when.as_ref()), 0);
        }
        if let Source::Derived(number, height) = hit.source
            && let Some(when) = self.policy.derived_roles.get(number).and_then(|entry| entry.when)
        {
            part(at(&self.policy.conditions, when), height);
        }
        if let Some(when) = hit.carried.and_then(|carried| carried.grant.when()) {
            part(at(&self.policy.conditions, when), 0);
        }
        joined(true, parts)
    }
}

/// What comes to one thing whatever the record.
fn settled(outcomes: Outcomes) -> Residual {
    if outcomes.is_exactly_true() {
        Value::Bool(true)
    } else if outcomes.may_be_false() {
        Value::Bool(false)
    } else {
        Value::Null
    }
}

fn left(condition: &Condition, reader: &dyn Reader) -> Residual {
    let (operator, operands): (&'static str, _) = match condition {
        Condition::All(list) => return joined(true, each(list, reader)),
        Condition::Any(list) => return joined(false, each(list, reader)),
        Condition::Not(inner) => return negated(left(inner, reader)),
        _ => {
            let outcomes = evaluate(condition, reader);
            if outcomes.is_settled() {
                return settled(outcomes);
            }
            match condition {
                Condition::Exists(Variable::Resource(path)) => return object("exists", variable(path)),
                Condition::Compare(comparison, left, right) => {
                    let name =
                        OF_TWO.iter().find(|(_, other)| *other == Some(*comparison)).map_or("", |(name, _)| name);
                    (name, [operand(left, false, reader), operand(right, false, reader)])
                }
                Condition::In(element, list) => ("in", [operand(element, false, reader), operand(list, true, reader)]),
                _ => return Value::Null,
            }
        }
    };
    match operands {
        [Some(left), Some(right)] => object(operator, Value::Array(vec![left, right])),
        _ => Value::Null,
    }
}

fn each(list: &[Condition], reader: &dyn Reader) -> Vec<Residual> {
    let mut parts = Vec::new();
    for condition in list {
        parts.push(left(condition, reader));
    }
    parts
}

/// An operand with which a comparison can come to something: a variable of the record, or what is known, if it is a
/// list where one is wanted and a scalar elsewhere.
fn operand(operand: &Operand, wants_list: bool, reader: &dyn Reader) -> Option<Residual> {
    if let Operand::Variable(Variable::Resource(path)) = operand {
        return Some(variable(path));
    }
    let value = match read(operand, reader) {
        Reading::Value(value) => value.to_owned(),
        Reading::Owned(value) => value.to_owned(),
        Reading::Text(text) => Value::String(text.to_owned().into()),
        Reading::Number(number) => Value::Number(number),
        Reading::Missing | Reading::Open => return None,
    };
    let fits = match value {
        Value::Array(_) => wants_list,
        Value::Object(_) => false,
        _ => !wants_list,
    };
    fits.then_some(value)
}

fn variable(path: &Path) -> Residual {
    let mut name = "resource".to_owned();
    for key in path {
        name.push('.');
        name.push_str(key);
    }
    object("var", Value::String(name.into()))
}

fn object(key: &'static str, value: Residual) -> Residual {
    Value::Object(vec![(key.into(), value)])
}

fn negated(residual: Residual) -> Residual {
    match residual {
        Value::Bool(truth) => Value::Bool(!truth),
        Value::Null => Value::Null,
        other => object("not", other),
    }
}

/// The `all` or the `any` of parts: without what changes nothing, each once, and none that is one itself.
fn joined(all: bool, parts: Vec<Residual>) -> Residual {
    let operator = if all { "all" } else { "any" };
    let (mut members, mut met) = (Vec::new(), Index::default());
    for mut part in parts {
        let own = match &mut part {
            Value::Bool(truth) if *truth == all => continue,
            Value::Bool(_) => return part,
            Value::Object(own) => own.as_mut_slice(),
            _ => &mut [],
        };
        let list = match own {
            [(key, Value::Array(list))] if *key == operator => std::mem::take(list),
            _ => vec![part],
        };
        for member in list {
            let mut text = String::new();
            canonical::value(&member, &mut text);
            if met.insert(&text) == count(&members) {
                members.push(member);
            }
        }
    }
    if members.len() > 1 {
        return object(operator, Value::Array(members));
    }
    members.pop().unwrap_or(Value::Bool(all))
}
