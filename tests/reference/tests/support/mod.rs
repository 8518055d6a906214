//! The example policy of the claims, and short ways to ask.
#![allow(dead_code)]

use grantlet_reference::{Answer, Facts, Request, decide};
use serde_json::{Value, json};

/// One policy that has a bit of everything; each suite says which part it looks at.
pub fn policy() -> Value {
    json!({
        "grantlet": 1,
        "implies": { "edit": ["view"], "delete": ["edit"] },
        "entitlements": ["crm", "finance"],
        "plans": { "growth": { "entitlements": ["crm"], "limits": { "seats": 2 } } },
        "scopes": { "company": {}, "account": { "in": "company" }, "workspace": {} },
        "resources": {
            "crm": { "actions": ["view"], "requires": "crm" },
            "crm.relation": { "actions": ["view", "edit", "delete"] },
            "crm.relation.iban": { "actions": ["view", "edit"] },
            "finance": { "actions": ["view"], "requires": "finance" },
            "page": { "actions": ["view", "edit"] },
            "note": { "actions": ["view", "delete"] }
        },
        "roles": {
            "base": { "abstract": true, "allow": ["page:view"] },
            "reader": { "scopes": ["root", "company", "account"], "inherits": ["base"] },
            "editor": { "scopes": ["root", "company", "account"], "inherits": ["reader"], "allow": ["page:edit"] },
            "banned": { "scopes": ["root", "account"], "deny": ["page:view"] },
            "seller": { "allow": [{ "permissions": ["crm.relation:*"], "except": ["crm.relation:edit"] }] },
            "keeper": { "allow": ["crm.**:view"], "deny": [{ "permissions": ["crm.**:*"], "except": ["crm.relation:view"] }] },
            "clerk": { "requires": "finance", "inherits": ["reader"], "allow": ["finance:view"], "deny": ["note:view"] },
            "chief": { "inherits": ["clerk"], "allow": ["note:delete"] },
            "regional": { "allow": [{ "permissions": ["page:edit"],
                "when": { "eq": [{ "var": "resource.region" }, { "var": "subject.region" }] } }] }
        },
        "sections": {
            "money": { "show": ["finance:view"] },
            "pages": { "show": ["page:view"], "enable": ["page:edit"] },
            "both": { "show": ["page:view"], "enable": ["finance:view", "page:edit"] },
            "notes": { "show": ["note:view"], "otherwise": "disable" }
        }
    })
}

pub fn ask_with(policy: &Value, subject: Value, context: Value, permission: &str, request: &Request) -> Answer {
    let facts = Facts { policy, subject: &subject, context: &context, roles: None, now: 1_000.0 };
    decide(&facts, permission, request)
}

/// The reason of the decision at the root, without a resource.
pub fn reason(policy: &Value, subject: Value, context: Value, permission: &str) -> &'static str {
    ask_with(policy, subject, context, permission, &Request::default()).reason
}

/// A subject with one assignment at the root.
pub fn having(role: &str) -> Value {
    json!({ "id": "anna", "assignments": [{ "role": role }] })
}

pub fn at(scope: &str) -> Request {
    Request { scope: Some(scope.to_owned()), ..Request::default() }
}

pub fn of(resource: Value) -> Request {
    Request { resource: Some(resource), ..Request::default() }
}
