//! Decisions (sections 1 to 4 and 6): claims worked out by hand from the text of the model.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use serde_json::{Value as Json, json};
use support::example::Question;

/// A policy of these resources and roles, and whatever else is given.
fn over(mut policy: Json) -> Question {
    policy["grantlet"] = json!(1);
    Question::over(&policy)
}

/// Pages that can be viewed, edited and deleted, each action implying the one before.
fn pages(roles: Json) -> Question {
    over(json!({
        "implies": { "edit": ["view"], "delete": ["edit"] },
        "resources": { "page": { "actions": ["view", "edit", "delete"] }, "note": { "actions": ["view", "delete"] } },
        "roles": roles
    }))
}

/// Companies, accounts in them and databases in those; a reader of pages may be assigned at each.
fn tree() -> Question {
    over(json!({
        "scopes": { "company": {}, "account": { "in": "company" }, "database": { "in": "account" } },
        "resources": { "page": { "actions": ["view"] } },
        "roles": { "reader": { "scopes": ["root", "company", "account", "database"], "allow": ["page:view"] } }
    }))
    .within(json!({ "scopes": {
        "account:a1": { "parent": "company:c1" }, "account:a2": { "parent": "company:c1" },
        "database:d1": { "parent": "account:a1" }, "database:lost": { "parent": "account:lost" },
        "database:odd": { "parent": "company:c1" }
    } }))
}

fn reader_at(scope: &str) -> Json {
    json!({ "assignments": [{ "role": "reader", "scope": scope }] })
}

#[test]
fn nobody_is_allowed_anything() {
    let ask = pages(json!({ "reader": { "allow": ["page:view"] } }));
    assert_eq!(ask.reason("page:view"), "not-granted");
    assert_eq!(ask.having(&["reader"]).reason("page:view"), "granted");
}

#[test]
fn what_the_policy_does_not_declare_is_an_unknown_permission() {
    let ask = pages(json!({ "chief": { "allow": ["*:*"] } })).having(&["chief"]);
    for name in [
        "page:fly",
        "note:edit",
        "ghost:view",
        "page",
        "page:",
        ":view",
        "",
        "constructor:view",
        "page:*",
        "__proto__:view",
    ] {
        assert_eq!(ask.reason(name), "unknown-permission", "{name}");
    }
}

#[test]
fn the_first_reason_of_the_table_wins() {
    let ask = tree().by(json!({ "status": "on-leave", "assignments": [{ "role": "reader" }] })).at("planet:x");
    assert_eq!(ask.reason("page:fly"), "unknown-permission");
    assert_eq!(ask.reason("page:view"), "suspended");
    assert_eq!(ask.having(&["reader"]).reason("page:view"), "unknown-scope");
}

#[test]
fn deny_wins_over_inherited_allow() {
    let ask = pages(json!({
        "reader": { "allow": ["page:view"] },
        "guest": { "inherits": ["reader"], "deny": ["page:view"] },
        "child": { "inherits": ["guest"], "allow": ["page:view"] }
    }));
    assert_eq!(ask.having(&["reader"]).reason("page:view"), "granted");
    assert_eq!(ask.having(&["guest"]).reason("page:view"), "forbidden");
    assert_eq!(ask.having(&["child"]).reason("page:view"), "forbidden");
    assert_eq!(ask.having(&["reader", "guest"]).reason("page:view"), "forbidden");
    let direct = json!({ "assignments": [{ "role": "guest" }], "grants": [{ "permissions": ["page:view"] }] });
    assert_eq!(ask.by(direct).reason("page:view"), "forbidden");
}

#[test]
fn who_may_delete_may_view_and_who_may_not_view_may_not_delete() {
    let ask = pages(json!({ "deleter": { "allow": ["*:delete"] }, "blind": { "deny": ["page:view"] } }));
    assert_eq!(ask.having(&["deleter"]).reason("page:view"), "granted");
    assert_eq!(ask.having(&["deleter", "blind"]).reason("page:delete"), "forbidden");
    // `note` has no `edit`, through which `delete` implies `view`.
    assert_eq!(ask.having(&["deleter"]).reason("note:view"), "granted");
}

#[test]
fn an_except_takes_what_implies_it_too() {
    let ask = pages(json!({ "some": { "allow": [{ "permissions": ["page:*"], "except": ["page:edit"] }] } }))
        .having(&["some"]);
    let found: Vec<_> = ["page:view", "page:edit", "page:delete"].map(|name| ask.reason(name)).into();
    assert_eq!(found, ["granted", "not-granted", "not-granted"]);
}

#[test]
fn an_except_of_a_deny_spares_what_it_implies() {
    let roles =
        json!({ "all": { "allow": ["page:*"], "deny": [{ "permissions": ["page:*"], "except": ["page:edit"] }] } });
    let ask = pages(roles).having(&["all"]);
    let found: Vec<_> = ["page:view", "page:edit", "page:delete"].map(|name| ask.reason(name)).into();
    assert_eq!(found, ["granted", "granted", "forbidden"]);
}

#[test]
fn a_path_names_that_resource_and_two_stars_all_below_it() {
    let ask = over(json!({
        "resources": {
            "crm": { "actions": ["view"] }, "crm.note": { "actions": ["view"] }, "crm.note.text": { "actions": ["view"] },
            "crmx": { "actions": ["view"] }
        },
        "roles": { "exact": { "allow": ["crm.note:view"] }, "below": { "allow": ["crm.**:view"] }, "every": { "allow": ["*:view"] } }
    }));
    let granted = |role: &str| -> Vec<&str> {
        let ask = ask.having(&[role]);
        ["crm:view", "crm.note:view", "crm.note.text:view", "crmx:view"]
            .into_iter()
            .filter(|name| ask.reason(name) == "granted")
            .collect()
    };
    assert_eq!(granted("exact"), ["crm.note:view"]);
    assert_eq!(granted("below"), ["crm:view", "crm.note:view", "crm.note.text:view"]);
    assert_eq!(granted("every").len(), 4);
}

/// `money` and what lies in it are gated; the clerk requires what gates them, the guest nothing.
fn gated() -> Question {
    over(json!({
        "entitlements": ["finance", "other"],
        "plans": { "growth": { "entitlements": ["finance"] } },
        "resources": {
            "money": { "actions": ["view"], "requires": "finance" }, "money.iban": { "actions": ["view"] },
            "page": { "actions": ["view", "edit"] }
        },
        "roles": {
            "base": { "abstract": true, "allow": ["page:view"] },
            "teller": { "allow": ["money.**:view"] },
            "barred": { "deny": ["money:view"] },
            "clerk": { "requires": "finance", "inherits": ["base"], "allow": ["page:edit"], "deny": ["money.iban:view"] },
            "chief": { "inherits": ["clerk"], "allow": ["page:view"] }
        }
    }))
}

#[test]
fn a_closed_gate_is_entitlement_not_granted() {
    let ask = gated().having(&["teller"]);
    assert_eq!(ask.reason("money:view"), "entitlement");
    assert_eq!(ask.within(json!({ "entitlements": ["other", "ghost"] })).reason("money:view"), "entitlement");
    assert_eq!(ask.within(json!({ "entitlements": ["finance"] })).reason("money:view"), "granted");
    assert_eq!(ask.within(json!({ "plan": "growth" })).reason("money:view"), "granted");
}

#[test]
fn a_gate_stands_before_all_that_lies_below_it() {
    let ask = gated().having(&["teller"]);
    assert_eq!(ask.reason("money.iban:view"), "entitlement");
    assert_eq!(ask.within(json!({ "plan": "growth" })).reason("money.iban:view"), "granted");
}

#[test]
fn a_gate_hides_no_deny_and_promises_nothing_that_is_not_granted() {
    assert_eq!(gated().having(&["teller", "barred"]).reason("money:view"), "forbidden");
    assert_eq!(gated().reason("money:view"), "not-granted");
}

#[test]
fn an_inert_role_gives_nothing_and_still_denies() {
    let ask = gated().having(&["clerk", "teller"]);
    assert_eq!(ask.reason("page:edit"), "entitlement");
    assert_eq!(ask.reason("page:view"), "entitlement");
    assert_eq!(ask.reason("money.iban:view"), "forbidden");
    assert_eq!(ask.within(json!({ "plan": "growth" })).reason("page:view"), "granted");
}

#[test]
fn a_child_of_an_inert_role_keeps_its_own_grants_alone() {
    let ask = gated().having(&["chief"]);
    assert_eq!(ask.reason("page:view"), "granted");
    assert_eq!(ask.reason("page:edit"), "entitlement");
}

#[test]
fn an_abstract_role_is_inherited_and_not_assigned() {
    let ask = gated();
    assert_eq!(ask.having(&["base"]).reason("page:view"), "not-granted");
    assert_eq!(ask.having(&["clerk"]).within(json!({ "plan": "growth" })).reason("page:view"), "granted");
}

#[test]
fn an_assignment_reaches_its_scope_and_all_below_it() {
    let ask = tree().by(reader_at("account:a1"));
    let found =
        ["account:a1", "database:d1", "account:a2", "company:c1"].map(|scope| ask.at(scope).reason("page:view"));
    assert_eq!(found, ["granted", "granted", "not-granted", "not-granted"]);
    assert_eq!(ask.reason("page:view"), "not-granted");
    assert_eq!(tree().having(&["reader"]).at("database:d1").reason("page:view"), "granted");
}

#[test]
fn a_scope_without_its_parent_is_unknown() {
    let ask = tree().having(&["reader"]);
    for scope in ["account:lost", "database:lost", "database:odd", "planet:x", "company", "company:", "", "root:r"] {
        assert_eq!(ask.at(scope).reason("page:view"), "unknown-scope", "{scope}");
    }
    assert_eq!(ask.by(reader_at("account:lost")).at("account:lost").reason("page:view"), "unknown-scope");
}

#[test]
fn a_scope_of_a_type_that_lies_in_none_needs_no_entry_and_no_parent() {
    let context = json!({ "scopes": { "company:c1": { "parent": "account:lost" } } });
    let ask = tree().by(reader_at("company:c1")).within(context);
    assert_eq!(ask.at("company:c1").reason("page:view"), "granted");
    assert_eq!(ask.by(reader_at("company:c9")).at("company:c9").reason("page:view"), "granted");
}

#[test]
fn a_role_where_it_cannot_be_assigned_neither_gives_nor_denies() {
    let ask = over(json!({
        "scopes": { "site": {} }, "resources": { "page": { "actions": ["view"] } },
        "roles": { "reader": { "scopes": ["root", "site"], "allow": ["page:view"] }, "barred": { "deny": ["page:view"] } }
    }));
    let subject = json!({ "assignments": [{ "role": "reader" }, { "role": "barred", "scope": "site:s" }] });
    assert_eq!(ask.by(subject).at("site:s").reason("page:view"), "granted");
}

#[test]
fn a_bound_is_half_open() {
    let ask = pages(json!({ "reader": { "allow": ["page:view"] } }));
    let ask = ask.by(json!({ "assignments": [{ "role": "reader", "from": 1_000, "until": "1970-01-01T00:00:02Z" }] }));
    let found = [999.0, 1_000.0, 1_999.0, 2_000.0].map(|clock| ask.clock(clock).reason("page:view"));
    assert_eq!(found, ["inactive", "granted", "granted", "inactive"]);
}

#[test]
fn a_direct_grant_has_bounds_a_status_and_exceptions_too() {
    let ask = pages(json!({ "none": {} }));
    let grant = |key: &str, value: Json| json!({ "grants": [{ "permissions": ["page:*"], key: value }] });
    assert_eq!(ask.by(grant("until", json!(1_000))).reason("page:view"), "inactive");
    assert_eq!(ask.by(grant("from", json!(1_000))).reason("page:view"), "granted");
    assert_eq!(ask.by(grant("status", json!("suspended"))).reason("page:view"), "inactive");
    assert_eq!(ask.by(grant("except", json!(["page:delete"]))).reason("page:delete"), "not-granted");
    assert_eq!(ask.by(grant("except", json!(["page:delete"]))).reason("page:edit"), "granted");
}

#[test]
fn whoever_is_invited_or_suspended_would_be_allowed_if_active() {
    let ask = pages(json!({ "reader": { "allow": ["page:view"] }, "barred": { "deny": ["page:view"] } }));
    for status in ["invited", "suspended"] {
        let of = |role: &str| json!({ "role": role, "status": status });
        assert_eq!(ask.by(json!({ "assignments": [of("reader")] })).reason("page:view"), "inactive");
        // What is not in force denies nothing now, but it would.
        assert_eq!(
            ask.by(json!({ "assignments": [{ "role": "reader" }, of("barred")] })).reason("page:view"),
            "granted"
        );
        assert_eq!(ask.by(json!({ "assignments": [of("reader"), of("barred")] })).reason("page:view"), "not-granted");
    }
}

#[test]
fn what_lacks_both_an_entitlement_and_activity_is_not_granted() {
    let invited = json!({ "assignments": [{ "role": "teller", "status": "invited" }] });
    assert_eq!(gated().by(invited.clone()).reason("money:view"), "not-granted");
    assert_eq!(gated().by(invited).within(json!({ "plan": "growth" })).reason("money:view"), "inactive");
}

#[test]
fn what_lacks_either_an_entitlement_or_activity_lacks_the_entitlement_first() {
    let subject = json!({ "assignments": [{ "role": "clerk" }, { "role": "chief", "until": 1_000 }] });
    assert_eq!(gated().by(subject).reason("page:view"), "entitlement");
}

#[test]
fn a_fact_that_the_policy_does_not_know_is_inert() {
    let ask = tree();
    for fault in [
        json!({ "role": "ghost" }),
        json!({ "role": "constructor" }),
        json!({ "role": "reader", "scope": "planet:x" }),
        json!({ "role": "reader", "scope": "" }),
        json!({ "role": "reader", "note": "new" }),
        json!({ "role": "reader", "status": "dormant" }),
    ] {
        assert_eq!(ask.by(json!({ "assignments": [fault] })).reason("page:view"), "not-granted", "{fault}");
    }
    for fault in [
        json!({ "permissions": ["page:view", "ghost:view"] }),
        json!({ "permissions": ["page:view"], "except": ["page:fly"] }),
        json!({ "permissions": ["page:view"], "scope": "planet:x" }),
        json!({ "permissions": ["page:view"], "note": "new" }),
        json!({ "permissions": ["page:view"], "when": { "eqq": [1, 1] } }),
    ] {
        assert_eq!(ask.by(json!({ "grants": [fault] })).reason("page:view"), "not-granted", "{fault}");
    }
    let meta = json!({ "assignments": [{ "role": "reader", "meta": [1] }], "nickname": "passed over" });
    assert_eq!(ask.by(meta).reason("page:view"), "granted");
}

#[test]
fn an_assignment_with_an_unknown_key_or_status_still_denies_within_its_bounds() {
    let ask = pages(json!({ "reader": { "allow": ["page:view"] }, "barred": { "deny": ["page:view"] } }));
    let beside = |fault: Json| ask.by(json!({ "assignments": [{ "role": "reader" }, fault] })).reason("page:view");
    assert_eq!(beside(json!({ "role": "barred", "note": 1 })), "forbidden");
    assert_eq!(beside(json!({ "role": "barred", "status": "dormant" })), "forbidden");
    assert_eq!(beside(json!({ "role": "barred", "status": "dormant", "until": 1_000 })), "granted");
    assert_eq!(beside(json!({ "role": "barred", "note": 1, "status": "invited" })), "granted");
    assert_eq!(beside(json!({ "role": "barred", "note": 1, "scope": "planet:x" })), "granted");
}

/// Whoever joined one department reads its company's front page; a manager below sees the company's.
fn derived(entry: Json) -> Question {
    over(json!({
        "entitlements": ["gold"],
        "scopes": { "company": {}, "team": { "in": "company" } },
        "resources": { "page": { "actions": ["view"] } },
        "roles": {
            "reader": { "abstract": true, "allow": ["page:view"] },
            "member": { "scopes": ["root", "company", "team"] },
            "senior": { "scopes": ["root", "company", "team"], "inherits": ["member"] },
            "golden": { "scopes": ["root", "company", "team"], "inherits": ["member"], "requires": "gold" },
            "auditor": { "scopes": ["root", "company", "team"] }
        },
        "derivedRoles": [entry]
    }))
    .within(json!({ "scopes": {
        "team:t": { "parent": "company:c", "attributes": { "open": true } },
        "company:c": { "attributes": { "open": false } }
    } }))
}

fn at(role: &str, scope: &str) -> Json {
    json!({ "assignments": [{ "role": role, "scope": scope }] })
}

#[test]
fn a_role_is_derived_from_holding_another_there_or_above() {
    let ask = derived(json!({ "role": "reader", "scope": "company", "holds": ["member"] }));
    let found = ["member", "senior", "golden", "auditor"]
        .map(|role| ask.by(at(role, "company:c")).at("team:t").reason("page:view"));
    assert_eq!(found, ["granted", "granted", "entitlement", "not-granted"]);
    assert_eq!(ask.having(&["member"]).at("company:c").reason("page:view"), "granted");
    assert_eq!(ask.having(&["member"]).reason("page:view"), "not-granted");
    assert_eq!(ask.by(at("member", "team:t")).at("team:t").reason("page:view"), "not-granted");
}

#[test]
fn a_role_is_derived_from_holding_all_of_several() {
    let ask = derived(json!({ "role": "reader", "scope": "company", "holds": { "all": ["member", "auditor"] } }))
        .at("company:c");
    assert_eq!(ask.having(&["member"]).reason("page:view"), "not-granted");
    assert_eq!(ask.having(&["senior", "auditor"]).reason("page:view"), "granted");
}

#[test]
fn a_role_is_derived_from_holding_another_properly_below() {
    let ask = derived(json!({ "role": "reader", "scope": "company", "holdsBelow": ["member"] })).at("company:c");
    let found = ["team:t", "company:c", "team:lost"].map(|scope| ask.by(at("member", scope)).reason("page:view"));
    assert_eq!(found, ["granted", "not-granted", "not-granted"]);
    assert_eq!(ask.having(&["member"]).reason("page:view"), "not-granted");
    assert_eq!(ask.by(at("member", "team:t")).at("company:other").reason("page:view"), "not-granted");
}

#[test]
fn the_when_of_a_derived_role_asks_about_the_scope_that_it_is_derived_at() {
    let open = json!({ "eq": [{ "var": "scope.open" }, true] });
    let of_company = derived(json!({ "role": "reader", "scope": "company", "when": open }));
    let of_team = derived(json!({ "role": "reader", "scope": "team", "when": open }));
    assert_eq!(of_company.at("team:t").reason("page:view"), "not-granted");
    assert_eq!(of_team.at("team:t").reason("page:view"), "granted");
}
