//! Questions for whether an attribute is there, where missing facts would give something (section 5).

use super::Lint;
use crate::condition::Condition;
use crate::pointer::Pointer;
use crate::policy::at;

/// Where a condition stands: what it lets through.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Allow,
    Deny,
}

impl Lint<'_> {
    /// Warns of a condition that missing facts turn to the wrong side.
    pub(super) fn condition(&mut self, when: Option<u32>, side: Side, owner: &Pointer<'_>) {
        let Some(condition) = when.and_then(|when| at(&self.policy.conditions, when)) else { return };
        let at = owner.key("when");
        match side {
            Side::Deny if asks(condition, true) => {
                let message = "where facts are missing, this `exists` denies nothing";
                let help = "compare the attribute instead: in a deny, what is missing denies";
                self.warn("exists-in-deny", &at, message, &[], help);
            }
            Side::Allow if asks(condition, false) => {
                let message = "where facts are missing, this negated `exists` allows";
                let help = "compare the attribute instead: in an allow, what is missing grants nothing";
                self.warn("negated-exists-in-allow", &at, message, &[], help);
            }
            Side::Deny | Side::Allow => {}
        }
    }
}

/// True where the condition has an `exists` below an even number of `not`, or below an odd one.
fn asks(condition: &Condition, even: bool) -> bool {
    match condition {
        Condition::All(list) | Condition::Any(list) => list.iter().any(|each| asks(each, even)),
        Condition::Not(inner) => asks(inner, !even),
        Condition::Exists(_) => even,
        Condition::Compare(..) | Condition::In(..) => false,
    }
}
