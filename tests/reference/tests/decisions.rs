//! Sections 1 to 4, 6 and 7: claims derived by hand from the text of the model.

mod support;

use grantlet_reference::{Facts, Request, allowed, permissions, section, sections};
use serde_json::{Value, json};
use support::{ask_with, at, having, of, policy, reason};

fn none() -> Value {
    json!({})
}

fn everything() -> Value {
    json!({ "entitlements": ["crm", "finance"] })
}

#[test]
fn permissions_are_in_the_order_of_declaration() {
    let policy = policy();
    let all = permissions(&policy);
    assert_eq!(all[..4], ["crm:view", "crm.relation:view", "crm.relation:edit", "crm.relation:delete"]);
    assert_eq!(all.len(), 11);
}

#[test]
fn each_of_the_nine_reasons_occurs() {
    let policy = policy();
    assert_eq!(reason(&policy, having("editor"), none(), "page:fly"), "unknown-permission");
    let mut suspended = having("editor");
    suspended["status"] = json!("on-leave");
    assert_eq!(reason(&policy, suspended, none(), "page:view"), "suspended");
    assert_eq!(ask_with(&policy, having("editor"), none(), "page:view", &at("planet:x")).reason, "unknown-scope");
    assert_eq!(reason(&policy, having("banned"), none(), "page:view"), "forbidden");
    assert_eq!(reason(&policy, having("editor"), none(), "page:view"), "granted");
    assert_eq!(reason(&policy, having("regional"), none(), "page:edit"), "conditional");
    assert_eq!(reason(&policy, having("seller"), none(), "crm.relation:view"), "entitlement");
    let later = json!({ "assignments": [{ "role": "editor", "from": 2_000 }] });
    assert_eq!(reason(&policy, later, none(), "page:view"), "inactive");
    assert_eq!(reason(&policy, having("reader"), none(), "page:edit"), "not-granted");
}

#[test]
fn the_first_reason_of_the_table_wins() {
    let policy = policy();
    let subject = json!({ "status": "suspended", "assignments": [{ "role": "banned" }] });
    assert_eq!(ask_with(&policy, subject.clone(), none(), "page:fly", &at("planet:x")).reason, "unknown-permission");
    assert_eq!(ask_with(&policy, subject, none(), "page:view", &at("planet:x")).reason, "suspended");
    assert_eq!(ask_with(&policy, having("banned"), none(), "page:view", &at("account:a")).reason, "unknown-scope");
}

#[test]
fn who_may_edit_may_view_and_who_may_not_view_may_not_edit() {
    let policy = policy();
    let deleter = json!({ "grants": [{ "permissions": ["crm.relation:delete"] }] });
    assert_eq!(reason(&policy, deleter, everything(), "crm.relation:view"), "granted");
    let both = json!({ "assignments": [{ "role": "editor" }, { "role": "banned" }] });
    assert_eq!(reason(&policy, both, none(), "page:edit"), "forbidden");
}

#[test]
fn an_implication_passes_over_an_action_that_the_resource_lacks() {
    // `note` has no edit, but delete implies edit and edit implies view.
    let policy = policy();
    let subject = json!({ "grants": [{ "permissions": ["note:delete"] }] });
    assert_eq!(reason(&policy, subject, none(), "note:view"), "granted");
}

#[test]
fn an_except_takes_what_implies_it_too() {
    // up({view, edit, delete}) without down({edit}) = {edit, delete}.
    let policy = policy();
    assert_eq!(reason(&policy, having("seller"), everything(), "crm.relation:view"), "granted");
    assert_eq!(reason(&policy, having("seller"), everything(), "crm.relation:edit"), "not-granted");
    assert_eq!(reason(&policy, having("seller"), everything(), "crm.relation:delete"), "not-granted");
}

#[test]
fn an_except_of_a_deny_spares_what_it_implies() {
    // down of everything in crm, without up({crm.relation:view}).
    let policy = policy();
    assert_eq!(reason(&policy, having("keeper"), everything(), "crm.relation:view"), "granted");
    assert_eq!(reason(&policy, having("keeper"), everything(), "crm.relation.iban:view"), "forbidden");
    assert_eq!(reason(&policy, having("keeper"), everything(), "crm:view"), "forbidden");
}

#[test]
fn a_path_names_that_resource_and_two_stars_all_below_it() {
    let policy = policy();
    let exact = json!({ "grants": [{ "permissions": ["crm.relation:view"] }] });
    assert_eq!(reason(&policy, exact, everything(), "crm.relation.iban:view"), "not-granted");
    let below = json!({ "grants": [{ "permissions": ["crm.**:view"] }] });
    assert_eq!(reason(&policy, below, everything(), "crm.relation.iban:view"), "granted");
}

#[test]
fn a_gate_of_an_ancestor_closes_the_field() {
    let policy = policy();
    let subject = json!({ "grants": [{ "permissions": ["crm.relation.iban:view"] }] });
    assert_eq!(reason(&policy, subject.clone(), none(), "crm.relation.iban:view"), "entitlement");
    assert_eq!(reason(&policy, subject, json!({ "plan": "growth" }), "crm.relation.iban:view"), "granted");
}

#[test]
fn an_inert_role_gives_nothing_and_still_denies() {
    let policy = policy();
    assert_eq!(reason(&policy, having("clerk"), none(), "page:view"), "entitlement");
    assert_eq!(reason(&policy, having("clerk"), none(), "note:view"), "forbidden");
    assert_eq!(reason(&policy, having("chief"), none(), "page:view"), "entitlement");
    // The child keeps its own grant, but the inherited deny of view reaches delete.
    assert_eq!(reason(&policy, having("chief"), none(), "note:delete"), "forbidden");
    assert_eq!(reason(&policy, having("chief"), everything(), "page:view"), "granted");
}

#[test]
fn an_abstract_or_misplaced_assignment_neither_gives_nor_denies() {
    let policy = policy();
    assert_eq!(reason(&policy, having("base"), none(), "page:view"), "not-granted");
    let misplaced = json!({ "assignments": [{ "role": "banned", "scope": "company:c" }, { "role": "reader" }] });
    assert_eq!(ask_with(&policy, misplaced, none(), "page:view", &at("company:c")).reason, "granted");
}

#[test]
fn unknown_facts_are_inert_but_an_unknown_key_still_denies() {
    let policy = policy();
    for fault in [json!({ "role": "ghost" }), json!({ "role": "reader", "scope": "planet:x" })] {
        assert_eq!(reason(&policy, json!({ "assignments": [fault] }), none(), "page:view"), "not-granted");
    }
    let keyed = |role: &str| json!({ "assignments": [{ "role": role, "note": 1 }] });
    assert_eq!(reason(&policy, keyed("reader"), none(), "page:view"), "not-granted");
    assert_eq!(reason(&policy, keyed("banned"), none(), "page:view"), "forbidden");
    let invited =
        json!({ "assignments": [{ "role": "banned", "note": 1, "status": "invited" }, { "role": "reader" }] });
    assert_eq!(reason(&policy, invited, none(), "page:view"), "granted");
    let strange = json!({ "assignments": [{ "role": "banned", "status": "dormant" }, { "role": "reader" }] });
    assert_eq!(reason(&policy, strange, none(), "page:view"), "forbidden");
    let meta = json!({ "assignments": [{ "role": "reader", "meta": { "by": "tom" } }] });
    assert_eq!(reason(&policy, meta, none(), "page:view"), "granted");
}

#[test]
fn a_direct_grant_with_a_pattern_that_matches_nothing_is_inert_as_a_whole() {
    let policy = policy();
    let with =
        |permissions: Value, except: Value| json!({ "grants": [{ "permissions": permissions, "except": except }] });
    assert_eq!(
        reason(&policy, with(json!(["page:view", "ghost:view"]), json!([])), none(), "page:view"),
        "not-granted"
    );
    assert_eq!(reason(&policy, with(json!(["page:view"]), json!(["ghost:view"])), none(), "page:view"), "not-granted");
    assert_eq!(reason(&policy, with(json!(["page:view,fly"]), json!([])), none(), "page:view"), "granted");
}

#[test]
fn a_bound_includes_its_start_and_not_its_end() {
    let policy = policy();
    let subject = json!({ "assignments": [{ "role": "reader", "from": 100, "until": "1970-01-01T00:00:00.200Z" }] });
    let at = |now: u32| ask_with(&policy, subject.clone(), json!({ "now": now }), "page:view", &Request::default());
    assert_eq!((at(99).reason, at(99).until), ("inactive", Some(100.0)));
    assert_eq!((at(100).reason, at(100).until), ("granted", Some(200.0)));
    assert_eq!(at(199).reason, "granted");
    assert_eq!((at(200).reason, at(200).until), ("inactive", None));
}

#[test]
fn an_entitlement_comes_before_an_inactive_assignment_only_if_it_would_open() {
    let policy = policy();
    // Both are missing: neither hypothesis alone opens it.
    let subject = json!({ "assignments": [{ "role": "seller", "status": "invited" }] });
    assert_eq!(reason(&policy, subject, none(), "crm.relation:view"), "not-granted");
}

#[test]
fn a_hypothesis_brings_its_denies_with_it() {
    let policy = policy();
    let subject = json!({ "assignments": [{ "role": "editor", "until": 1 }, { "role": "banned", "until": 1 }] });
    assert_eq!(reason(&policy, subject, none(), "page:view"), "not-granted");
}

#[test]
fn an_assignment_applies_at_its_scope_and_below() {
    let policy = policy();
    let context =
        json!({ "scopes": { "account:a": { "parent": "company:c" }, "account:b": { "parent": "company:d" } } });
    let subject = json!({ "assignments": [{ "role": "reader", "scope": "company:c" }] });
    let ask = |scope: &str| ask_with(&policy, subject.clone(), context.clone(), "page:view", &at(scope)).reason;
    assert_eq!(ask("account:a"), "granted");
    assert_eq!(ask("company:c"), "granted");
    assert_eq!(ask("account:b"), "not-granted");
    assert_eq!(reason(&policy, subject.clone(), context.clone(), "page:view"), "not-granted");
}

#[test]
fn a_scope_without_a_known_chain_is_unknown() {
    let policy = policy();
    let context = json!({ "scopes": { "account:a": {}, "account:b": { "parent": "workspace:w" }, "company:c": { "parent": "x" } } });
    let ask = |scope: &str| ask_with(&policy, having("reader"), context.clone(), "page:view", &at(scope)).reason;
    for unknown in
        ["account:a", "account:b", "account:z", "", "company", "company:", "root", "root:r", ":c", "company:\u{7}"]
    {
        assert_eq!(ask(unknown), "unknown-scope", "{unknown:?}");
    }
    assert_eq!(ask("company:c"), "granted");
    assert_eq!(ask("company:a:b"), "granted");
    assert_eq!(ask(&format!("company:{}", "x".repeat(256))), "granted");
    assert_eq!(ask(&format!("company:{}", "x".repeat(257))), "unknown-scope");
}

#[test]
fn view_as_takes_allows_away_and_leaves_denies() {
    let policy = policy();
    let subject = json!({ "assignments": [{ "role": "editor" }, { "role": "clerk" }], "grants": [{ "permissions": ["crm:view"] }] });
    let context = everything();
    let ask = |roles: &[&str]| {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let facts = Facts { policy: &policy, subject: &subject, context: &context, roles: Some(&roles), now: 0.0 };
        (
            allowed(&facts, &Request::default()),
            grantlet_reference::decide(&facts, "note:view", &Request::default()).reason,
        )
    };
    assert_eq!(ask(&["clerk"]), (vec!["finance:view".to_owned(), "page:view".to_owned()], "forbidden"));
    assert_eq!(ask(&["reader"]), (vec![], "forbidden"));
    assert_eq!(ask(&[]), (vec![], "forbidden"));
}

#[test]
fn a_possible_deny_turns_an_allow_into_conditional() {
    let mut policy = policy();
    policy["roles"]["editor"]["deny"] =
        json!([{ "permissions": ["page:edit"], "when": { "eq": [{ "var": "resource.closed" }, true] } }]);
    let ask = |request: Request| ask_with(&policy, having("editor"), none(), "page:edit", &request).reason;
    assert_eq!(ask(Request::default()), "conditional");
    assert_eq!(ask(of(json!({ "closed": true }))), "forbidden");
    assert_eq!(ask(of(json!({ "closed": false }))), "granted");
    // What is missing is unknown, and an unknown deny denies.
    assert_eq!(ask(of(json!({}))), "forbidden");
}

#[test]
fn sections_say_what_their_permissions_say() {
    let policy = policy();
    let all = |subject: Value, context: Value| {
        let facts = Facts { policy: &policy, subject: &subject, context: &context, roles: None, now: 0.0 };
        assert_eq!(section(&facts, "ghost", &Request::default()), "hidden");
        sections(&facts, &Request::default()).into_iter().map(|(_, state)| state).collect::<Vec<_>>()
    };
    assert_eq!(all(none(), none()), ["hidden", "hidden", "hidden", "disabled"]);
    assert_eq!(all(having("reader"), none()), ["hidden", "disabled", "disabled", "disabled"]);
    assert_eq!(all(having("editor"), none()), ["hidden", "enabled", "disabled", "disabled"]);
    let seeing = json!({ "assignments": [{ "role": "reader" }], "grants": [{ "permissions": ["finance:view"] }] });
    assert_eq!(all(seeing.clone(), none()), ["locked", "disabled", "locked", "disabled"]);
    assert_eq!(all(seeing, everything()), ["enabled", "disabled", "disabled", "disabled"]);
    let regional = json!({ "assignments": [{ "role": "reader" }, { "role": "regional" }] });
    assert_eq!(all(regional, none()), ["hidden", "enabled", "disabled", "disabled"]);
}
