//! Section 2, *Derived roles*: claims derived by hand from the text of the model.

mod support;

use grantlet_reference::Request;
use serde_json::{Value, json};
use support::{ask_with, at, having, policy};

fn context() -> Value {
    json!({ "scopes": {
        "account:a": { "parent": "company:c", "attributes": { "visibility": "private" } },
        "account:b": { "parent": "company:c" },
        "company:c": { "attributes": { "visibility": "public" } }
    } })
}

fn ask(entry: Value, subject: Value, request: &Request) -> &'static str {
    let mut policy = policy();
    policy["derivedRoles"] = json!([entry]);
    ask_with(&policy, subject, context(), "page:view", request).reason
}

#[test]
fn without_a_scope_a_role_is_derived_at_the_root_and_counts_below() {
    assert_eq!(ask(json!({ "role": "base" }), json!({}), &Request::default()), "granted");
    assert_eq!(ask(json!({ "role": "base" }), json!({}), &at("account:a")), "granted");
}

#[test]
fn scope_stands_for_the_scope_where_the_role_is_derived() {
    let when = json!({ "eq": [{ "var": "scope.visibility" }, "public"] });
    let entry = json!({ "role": "base", "scope": "company", "when": when });
    assert_eq!(ask(entry.clone(), json!({}), &at("account:a")), "granted");
    assert_eq!(ask(entry, json!({}), &Request::default()), "not-granted");
    let entry = json!({ "role": "base", "scope": "account", "when": when });
    assert_eq!(ask(entry.clone(), json!({}), &at("account:a")), "not-granted");
    assert_eq!(ask(entry, json!({}), &at("company:c")), "not-granted");
}

#[test]
fn holds_asks_at_the_scope_and_above() {
    let entry = json!({ "role": "base", "scope": "account", "holds": ["banned", "editor"] });
    let editor_at = |scope: &str| json!({ "assignments": [{ "role": "editor", "scope": scope }] });
    let mut policy = policy();
    policy["derivedRoles"] = json!([entry]);
    policy["roles"]["editor"] = json!({ "scopes": ["company", "account"] });
    let ask = |subject: Value, scope: &str| ask_with(&policy, subject, context(), "page:view", &at(scope)).reason;
    assert_eq!(ask(editor_at("company:c"), "account:a"), "granted");
    assert_eq!(ask(editor_at("account:a"), "account:a"), "granted");
    assert_eq!(ask(editor_at("account:b"), "account:a"), "not-granted");
    assert_eq!(ask(editor_at("company:c"), "company:c"), "not-granted");
}

#[test]
fn holds_all_asks_for_each_and_an_heir_holds_what_it_inherits() {
    let entry = json!({ "role": "base", "holds": { "all": ["seller", "clerk"] } });
    let subject = json!({ "assignments": [{ "role": "seller" }, { "role": "chief" }] });
    let mut policy = policy();
    policy["derivedRoles"] = json!([entry]);
    policy["roles"]["clerk"]["inherits"] = json!([]);
    let ask =
        |subject: Value, context: Value| ask_with(&policy, subject, context, "page:view", &Request::default()).reason;
    assert_eq!(ask(subject.clone(), json!({ "entitlements": ["finance"] })), "granted");
    // An inert role is not held; were every entitlement active, it would be.
    assert_eq!(ask(subject, json!({})), "entitlement");
    assert_eq!(ask(having("chief"), json!({ "entitlements": ["finance"] })), "not-granted");
}

#[test]
fn holds_below_asks_strictly_below_and_with_a_known_chain() {
    let entry = json!({ "role": "base", "scope": "company", "holdsBelow": ["banned"] });
    let banned_at = |scope: &str| json!({ "assignments": [{ "role": "banned", "scope": scope }] });
    assert_eq!(ask(entry.clone(), banned_at("account:b"), &at("company:c")), "granted");
    assert_eq!(ask(entry.clone(), banned_at("account:b"), &at("account:a")), "granted");
    assert_eq!(ask(entry.clone(), banned_at("account:z"), &at("company:c")), "not-granted");
    assert_eq!(
        ask(entry.clone(), json!({ "assignments": [{ "role": "reader", "scope": "company:c" }] }), &at("company:d")),
        "not-granted"
    );
    let at_root = json!({ "role": "base", "holdsBelow": ["banned"] });
    assert_eq!(ask(at_root.clone(), banned_at("account:b"), &Request::default()), "granted");
    assert_eq!(ask(at_root, having("banned"), &at("company:c")), "forbidden");
}

#[test]
fn an_assignment_that_is_not_active_holds_only_in_the_hypothesis() {
    let entry = json!({ "role": "base", "holds": ["seller"] });
    let subject = |fact: Value| json!({ "assignments": [fact] });
    assert_eq!(
        ask(entry.clone(), subject(json!({ "role": "seller", "status": "invited" })), &Request::default()),
        "inactive"
    );
    assert_eq!(ask(entry.clone(), subject(json!({ "role": "seller", "until": 10 })), &Request::default()), "inactive");
    assert_eq!(ask(entry, subject(json!({ "role": "seller", "odd": 1 })), &Request::default()), "not-granted");
}

#[test]
fn a_derived_role_denies_as_its_entry_says() {
    let of_root = |when: Value| json!({ "role": "banned", "when": when });
    assert_eq!(ask(of_root(json!({ "all": [] })), having("reader"), &Request::default()), "forbidden");
    assert_eq!(ask(of_root(json!({ "any": [] })), having("reader"), &Request::default()), "granted");
    let unknown = json!({ "eq": [{ "var": "subject.team" }, 1] });
    assert_eq!(ask(of_root(unknown), having("reader"), &Request::default()), "forbidden");
    let of_resource = json!({ "eq": [{ "var": "resource.team" }, 1] });
    assert_eq!(ask(of_root(of_resource), having("reader"), &Request::default()), "conditional");
}
