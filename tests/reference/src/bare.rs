//! Section 9 without facts, asked as decisions: the policy in which every role can be held alone and no condition knows
//! anything.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::decide::decide;
use crate::facts::{Facts, Request};
use crate::json::members;
use crate::permissions::permissions;
use crate::questions::Cell;

/// The same policy with every role assignable at the root, no derived role, and each `when` of a role's grant replaced
/// by one of its own that asks for an attribute of the record. Without a record such a condition can be true or false,
/// so a decision in this policy is what the role gives whatever the facts are.
///
/// Sections, rules and constraints are left out: they have no part in it.
pub fn bare(policy: &Value) -> Value {
    let mut bare = policy.clone();
    let mut conditions = 0;
    let all = bare.as_object_mut().expect("a policy is an object");
    for key in ["derivedRoles", "sections", "administration", "constraints"] {
        all.remove(key);
    }
    for (name, _) in members(policy.get("roles")) {
        let role = bare["roles"][name].as_object_mut().expect("a role is an object");
        role.remove("abstract");
        role.remove("scopes");
        for kind in ["allow", "deny"] {
            for grant in role.get_mut(kind).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Some(when) = grant.get_mut("when") {
                    conditions += 1;
                    *when = json!({ "eq": [{ "var": format!("resource.c{conditions}") }, true] });
                }
            }
        }
    }
    bare
}

/// The matrix, asked of a holder of each role alone in the bare policy. A cell that is `deny` there is `forbidden`; every
/// other denial is no cell.
pub fn matrix_of_holders(policy: &Value) -> BTreeMap<String, BTreeMap<String, Cell>> {
    let bare = bare(policy);
    let context = json!({ "entitlements": policy.get("entitlements").cloned().unwrap_or_else(|| json!([])) });
    let cells = |role: &str| {
        let subject = json!({ "id": "holder", "assignments": [{ "role": role }] });
        let facts = Facts { policy: &bare, subject: &subject, context: &context, roles: None, now: 0.0 };
        let cell = |permission: String| {
            let cell = match decide(&facts, &permission, &Request::default()).reason {
                "granted" => Cell::Allow,
                "conditional" => Cell::Conditional,
                "forbidden" => Cell::Deny,
                _ => return None,
            };
            Some((permission, cell))
        };
        permissions(policy).into_iter().filter_map(cell).collect()
    };
    members(policy.get("roles")).into_iter().map(|(role, _)| (role.to_owned(), cells(role))).collect()
}
