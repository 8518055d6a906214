//! Which attributes of a record an answer turns on once everything else is known: records that have the same
//! plain values there have the same answer, and a host may keep it.

use crate::condition::evaluate::{Reader, evaluate};
use crate::condition::{Condition, Operand, Path, Variable};
use crate::decide::AS_IT_IS;
use crate::facts::Request;
use crate::policy::{PermissionId, at};
use crate::session::walk::{Asked, Source};
use crate::session::{Chain, Session};

impl Session {
    /// The paths of the attributes that the effect of a permission turns on, for records at a scope without
    /// attributes of the action, each once. Of records with equal scalars at all of them the effect is the same.
    /// It holds for as long as the session stands.
    #[must_use]
    pub fn attributes(&self, permission: PermissionId, scope: Option<&str>) -> Vec<Path> {
        let mut paths = Vec::new();
        let Some(chain) = Chain::of(&self.policy, &self.facts.context, scope) else { return paths };
        let request = Request { scope, ..Request::default() };
        self.walk(&chain, request, AS_IT_IS, Asked::One(permission), &mut |hit| {
            let mut gather = |when: Option<&Condition>, height: usize| {
                if let Some(when) = when {
                    let role = hit.carried.map(|carried| carried.through);
                    open(when, &self.reader(&chain, request, height, role), &mut paths);
                }
            };
            let kept = |number: Option<u32>| at(&self.policy.conditions, number?);
            gather(hit.carried.and_then(|carried| kept(carried.grant.when())), 0);
            match hit.source {
                Source::Assignment(_) => {}
                Source::Derived(number, height) => {
                    gather(self.policy.derived_roles.get(number).and_then(|entry| kept(entry.when)), height);
                }
                Source::Direct(number) => {
                    gather(self.facts.subject.grants.get(number).and_then(|grant| grant.when.as_ref()), 0);
                }
            }
        });
        paths
    }
}

/// Adds the attributes of the record that a condition still turns on. What comes to one thing without a record
/// comes to it with every one.
fn open(condition: &Condition, reader: &dyn Reader, paths: &mut Vec<Path>) {
    if evaluate(condition, reader).is_settled() {
        return;
    }
    let mut add = |variable: &Variable| {
        if let Variable::Resource(path) = variable
            && !paths.contains(path)
        {
            paths.push(path.clone());
        }
    };
    match condition {
        Condition::All(list) | Condition::Any(list) => {
            for each in list {
                open(each, reader, paths);
            }
        }
        Condition::Not(inner) => open(inner, reader, paths),
        Condition::Compare(_, left, right) | Condition::In(left, right) => {
            for operand in [left, right] {
                if let Operand::Variable(variable) = operand {
                    add(variable);
                }
            }
        }
        Condition::Exists(variable) => add(variable),
    }
}
