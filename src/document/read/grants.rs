//! Grants, conditions and derived roles.

use super::{elements, string, strings};
use crate::condition::{self, Condition};
use crate::document::{DerivedRole, Grant, Pattern, Roles};
use crate::pointer::Pointer;
use crate::value::Value;

/// A grant: an object, or a string that stands for its only permission pattern.
pub(super) fn grant(value: &Value) -> Grant {
    match value {
        Value::String(pattern) => {
            Grant { permissions: Pattern::parse(pattern).into_iter().collect(), is_shorthand: true, ..Grant::default() }
        }
        _ => Grant {
            permissions: patterns(value.get("permissions")),
            except: patterns(value.get("except")),
            when: condition(value.get("when")),
            is_shorthand: false,
        },
    }
}

/// One entry of `derivedRoles`.
pub(super) fn derived_role(value: &Value) -> DerivedRole {
    DerivedRole {
        role: string(value.get("role")).unwrap_or_default(),
        scope: string(value.get("scope")),
        when: condition(value.get("when")),
        holds: value.get("holds").map(roles),
        holds_below: strings(value.get("holdsBelow")),
    }
}

/// A list of roles, or `{"all": [...]}`.
pub(super) fn roles(value: &Value) -> Roles {
    match value.get("all") {
        Some(all) => Roles::All(strings(Some(all))),
        None => Roles::Any(strings(Some(value))),
    }
}

/// The patterns of a list.
pub(super) fn patterns(value: Option<&Value>) -> Vec<Pattern> {
    elements(value).iter().filter_map(|element| Pattern::parse(element.as_str()?).ok()).collect()
}

/// A condition. Its faults were noted where the document was checked.
pub(super) fn condition(value: Option<&Value>) -> Option<Condition> {
    condition::parse::parse(value?, &Pointer::Root, &mut Vec::new())
}
