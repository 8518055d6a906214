//! Section 8: claims derived by hand from the text of the model.

use grantlet_reference::{ChangeAnswer, decide_change};
use serde_json::{Value, json};

/// A policy of roles alone; each claim brings its rules and constraints.
fn policy(administration: Value, constraints: Value) -> Value {
    json!({
        "grantlet": 1,
        "implies": { "edit": ["view"] },
        "entitlements": ["gold"],
        "plans": { "small": { "limits": { "seats": 1 } } },
        "scopes": { "company": {}, "account": { "in": "company" } },
        "resources": { "page": { "actions": ["view", "edit"] }, "note": { "actions": ["view"] } },
        "roles": {
            "reader": { "scopes": ["root", "company", "account"], "allow": ["page:view"] },
            "editor": { "scopes": ["root", "company", "account"], "inherits": ["reader"], "allow": ["page:edit"] },
            "owner": { "scopes": ["root", "company", "account"], "inherits": ["editor"] },
            "muted": { "scopes": ["root", "company"], "deny": ["note:view"] },
            "golden": { "requires": "gold", "inherits": ["owner"], "scopes": ["root", "company"] },
            "shape": { "abstract": true }
        },
        "administration": administration,
        "constraints": constraints
    })
}

fn context() -> Value {
    json!({ "now": 100, "scopes": { "account:a": { "parent": "company:c" }, "account:b": { "parent": "company:c" } } })
}

fn person(id: &str, assignments: Value) -> Value {
    json!({ "id": id, "assignments": assignments })
}

fn owner() -> Value {
    person("anna", json!([{ "role": "owner" }]))
}

fn decide(policy: &Value, actor: Value, target: Value, mut change: Value) -> ChangeAnswer {
    change["actor"] = actor;
    change["target"] = target;
    if change.get("context").is_none() {
        change["context"] = context();
    }
    decide_change(policy, &change, 0.0).expect("a change that is no error")
}

fn reason(policy: &Value, actor: Value, target: Value, change: Value) -> String {
    decide(policy, actor, target, change).reason
}

fn by_owner() -> Value {
    json!([{ "roles": "*", "by": ["owner"] }])
}

#[test]
fn each_of_the_eight_reasons_occurs_in_the_order_of_the_text() {
    let one = json!([{ "id": "one", "exclusive": ["reader", "muted"] }]);
    let policy = policy(by_owner(), one);
    let nobody = || person("tom", json!([]));
    let muted = || person("tom", json!([{ "role": "muted" }]));
    let assign = |role: &str| json!({ "assign": { "role": role } });
    let mut suspended = owner();
    suspended["status"] = json!("away");
    assert_eq!(reason(&policy, suspended, nobody(), assign("ghost")), "suspended");
    assert_eq!(
        reason(&policy, owner(), nobody(), json!({ "assign": { "role": "ghost", "scope": "" } })),
        "unknown-scope"
    );
    assert_eq!(
        reason(&policy, owner(), nobody(), json!({ "revoke": { "role": "reader", "scope": "account:z" } })),
        "unknown-scope"
    );
    for role in ["ghost", "shape", "golden"] {
        assert_eq!(reason(&policy, owner(), nobody(), assign(role)), "role-unavailable");
    }
    let misplaced = json!({ "assign": { "role": "muted", "scope": "account:a" } });
    assert_eq!(reason(&policy, owner(), nobody(), misplaced), "role-unavailable");
    assert_eq!(
        reason(&policy, owner(), nobody(), json!({ "grant": { "permissions": ["page:fly"] } })),
        "unknown-permission"
    );
    assert_eq!(reason(&policy, owner(), nobody(), json!({ "revoke": { "role": "reader" } })), "not-held");
    assert_eq!(reason(&policy, owner(), nobody(), json!({ "ungrant": { "permissions": ["page:view"] } })), "not-held");
    assert_eq!(reason(&policy, nobody(), owner(), assign("reader")), "not-administrator");
    let broken = decide(&policy, owner(), muted(), assign("reader"));
    assert_eq!((broken.allowed, broken.constraint.as_deref()), (false, Some("one")));
    assert_eq!(reason(&policy, owner(), nobody(), assign("reader")), "granted");
}

#[test]
fn what_is_not_a_change_is_an_error() {
    let policy = policy(by_owner(), json!([]));
    let error = |change: Value| decide_change(&policy, &change, 0.0).is_err();
    let (actor, target) = (owner(), person("tom", json!([])));
    assert!(error(json!({ "actor": actor, "target": target })));
    assert!(error(json!({ "actor": actor, "target": person("anna", json!([])), "assign": { "role": "reader" } })));
    assert!(!error(json!({ "actor": actor, "target": actor, "assign": { "role": "reader" } })));
    assert!(error(json!({ "actor": actor, "target": target, "assign": { "role": "reader", "note": 1 } })));
    assert!(error(json!({ "actor": actor, "target": target, "assign": { "role": "reader", "status": "odd" } })));
    assert!(error(json!({ "actor": actor, "target": target, "assign": { "role": "reader" }, "odd": 1 })));
    assert!(error(
        json!({ "actor": actor, "target": target, "assign": { "role": "reader" }, "directory": [target, target] })
    ));
}

#[test]
fn a_rule_is_for_its_roles_its_scope_type_its_ops_and_its_statuses() {
    let rule = json!([{ "roles": ["reader"], "scope": "company", "by": ["owner"], "ops": ["assign"], "statuses": ["invited"] }]);
    let policy = policy(rule, json!([]));
    let assign = |fact: Value| reason(&policy, owner(), person("tom", json!([])), json!({ "assign": fact }));
    assert_eq!(assign(json!({ "role": "reader", "scope": "company:c", "status": "invited" })), "granted");
    assert_eq!(assign(json!({ "role": "reader", "scope": "company:c" })), "not-administrator");
    assert_eq!(assign(json!({ "role": "editor", "scope": "company:c", "status": "invited" })), "not-administrator");
    assert_eq!(assign(json!({ "role": "reader", "scope": "account:a", "status": "invited" })), "not-administrator");
    assert_eq!(assign(json!({ "role": "reader", "status": "invited" })), "not-administrator");
    let reader = person("tom", json!([{ "role": "reader", "scope": "company:c" }]));
    let revoke = json!({ "revoke": { "role": "reader", "scope": "company:c" } });
    assert_eq!(reason(&policy, owner(), reader, revoke), "not-administrator");
}

#[test]
fn an_heir_holds_what_it_inherits_at_and_below_its_scope() {
    let policy = policy(json!([{ "roles": "*", "scope": "account", "by": ["editor"] }]), json!([]));
    let assign = json!({ "assign": { "role": "reader", "scope": "account:a" } });
    let by = |assignment: Value| {
        reason(&policy, person("anna", json!([assignment])), person("tom", json!([])), assign.clone())
    };
    assert_eq!(by(json!({ "role": "owner", "scope": "company:c" })), "granted");
    assert_eq!(by(json!({ "role": "owner", "scope": "account:a" })), "granted");
    assert_eq!(by(json!({ "role": "owner", "scope": "account:b" })), "not-administrator");
    assert_eq!(by(json!({ "role": "reader", "scope": "company:c" })), "not-administrator");
    assert_eq!(by(json!({ "role": "owner", "status": "invited" })), "not-administrator");
    assert_eq!(by(json!({ "role": "owner", "until": 100 })), "not-administrator");
    assert_eq!(by(json!({ "role": "owner", "note": 1 })), "not-administrator");
    // Its requirement is not met, so neither it nor what it inherits is held.
    assert_eq!(by(json!({ "role": "golden" })), "not-administrator");
}

#[test]
fn nobody_widens_their_own_rights_unless_a_self_rule_says_so() {
    let by_owner = policy(by_owner(), json!([]));
    let muted = || person("anna", json!([{ "role": "owner" }, { "role": "muted" }, { "role": "reader" }]));
    let on_self = |policy: &Value, change: Value| reason(policy, muted(), muted(), change);
    assert_eq!(on_self(&by_owner, json!({ "assign": { "role": "editor" } })), "not-administrator");
    assert_eq!(on_self(&by_owner, json!({ "revoke": { "role": "muted" } })), "not-administrator");
    assert_eq!(on_self(&by_owner, json!({ "revoke": { "role": "reader" } })), "granted");
    let by_self = policy(json!([{ "roles": ["editor", "muted"], "by": "self" }]), json!([]));
    assert_eq!(on_self(&by_self, json!({ "assign": { "role": "editor" } })), "granted");
    assert_eq!(on_self(&by_self, json!({ "revoke": { "role": "muted" } })), "granted");
    assert_eq!(
        reason(&by_self, owner(), person("tom", json!([])), json!({ "assign": { "role": "editor" } })),
        "not-administrator"
    );
}

#[test]
fn by_all_asks_for_each_and_by_can_asks_for_an_allow() {
    let all = policy(json!([{ "roles": "*", "by": { "all": ["editor", "muted"] } }]), json!([]));
    let assign = json!({ "assign": { "role": "reader" } });
    let tom = || person("tom", json!([]));
    assert_eq!(reason(&all, owner(), tom(), assign.clone()), "not-administrator");
    let both = person("anna", json!([{ "role": "owner" }, { "role": "muted" }]));
    assert_eq!(reason(&all, both, tom(), assign.clone()), "granted");

    let mut can = policy(json!([{ "roles": "*", "by": { "can": ["note:view"] } }]), json!([]));
    can["roles"]["owner"]["allow"] =
        json!([{ "permissions": ["note:view"], "when": { "ne": [{ "var": "resource.id" }, "eve"] } }]);
    assert_eq!(reason(&can, owner(), tom(), assign.clone()), "granted");
    assert_eq!(reason(&can, owner(), person("eve", json!([])), assign), "not-administrator");
}

#[test]
fn an_invited_person_accepts_and_cannot_drop_the_end_date() {
    let rules = json!([{ "roles": "*", "by": "self", "statuses": ["active"], "targetStatus": ["invited"] }]);
    let policy = policy(rules, json!([]));
    let accept = |present: Value, assign: Value| {
        let tom = person("tom", present);
        reason(&policy, tom.clone(), tom, json!({ "assign": assign }))
    };
    let invited = json!([{ "role": "reader", "status": "invited", "from": 50, "until": 200 }]);
    assert_eq!(accept(invited.clone(), json!({ "role": "reader", "from": 50, "until": 200 })), "granted");
    assert_eq!(accept(invited.clone(), json!({ "role": "reader", "from": 60, "until": 100 })), "granted");
    assert_eq!(accept(invited.clone(), json!({ "role": "reader", "from": 50 })), "not-administrator");
    assert_eq!(accept(invited.clone(), json!({ "role": "reader", "until": 200 })), "not-administrator");
    assert_eq!(accept(invited, json!({ "role": "editor", "from": 50, "until": 200 })), "not-administrator");
    assert_eq!(accept(json!([]), json!({ "role": "reader" })), "not-administrator");
    let twice = json!([{ "role": "reader", "status": "invited" }, { "role": "reader", "status": "suspended" }]);
    assert_eq!(accept(twice, json!({ "role": "reader" })), "not-administrator");
}

#[test]
fn a_suspended_guest_does_not_register_anew() {
    let one = policy(json!([{ "roles": ["editor"], "by": "self", "targetLacks": ["reader"] }]), json!([]));
    let any = policy(json!([{ "roles": ["editor"], "by": "self", "targetLacks": "*" }]), json!([]));
    let register = |policy: &Value, present: Value| {
        let tom = person("tom", present);
        reason(policy, tom.clone(), tom, json!({ "assign": { "role": "editor" } }))
    };
    assert_eq!(register(&one, json!([])), "granted");
    assert_eq!(register(&one, json!([{ "role": "reader", "status": "suspended" }])), "not-administrator");
    assert_eq!(register(&one, json!([{ "role": "reader", "scope": "company:c" }])), "granted");
    assert_eq!(register(&one, json!([{ "role": "owner" }])), "granted");
    assert_eq!(register(&any, json!([{ "role": "ghost" }])), "not-administrator");
}

#[test]
fn who_creates_a_workspace_becomes_its_first_owner() {
    let policy =
        policy(json!([{ "roles": ["owner", "editor"], "scope": "company", "by": "self", "vacant": true }]), json!([]));
    let tom = || person("tom", json!([]));
    let take = |directory: Value| {
        let mut change = json!({ "assign": { "role": "owner", "scope": "company:c" } });
        if !directory.is_null() {
            change["directory"] = directory;
        }
        reason(&policy, tom(), tom(), change)
    };
    assert_eq!(take(json!([])), "granted");
    assert_eq!(take(Value::Null), "not-administrator");
    assert_eq!(take(json!([person("eve", json!([{ "role": "reader", "scope": "company:c" }]))])), "granted");
    let suspended = person("eve", json!([{ "role": "editor", "scope": "company:c", "status": "suspended" }]));
    assert_eq!(take(json!([suspended])), "not-administrator");
}

#[test]
fn an_assign_that_replaces_is_a_revoke_too() {
    let assign_only = json!({ "roles": "*", "by": ["owner"], "ops": ["assign"] });
    let one = policy(json!([assign_only]), json!([]));
    let two = policy(json!([assign_only, { "roles": ["reader"], "by": ["editor"], "ops": ["revoke"] }]), json!([]));
    let reader = || person("tom", json!([{ "role": "reader", "status": "suspended" }]));
    let assign = json!({ "assign": { "role": "reader" } });
    assert_eq!(reason(&one, owner(), person("tom", json!([])), assign.clone()), "granted");
    assert_eq!(reason(&one, owner(), reader(), assign.clone()), "not-administrator");
    assert_eq!(reason(&two, owner(), reader(), assign), "granted");
}

#[test]
fn old_data_can_be_cleaned_up() {
    let policy = policy(by_owner(), json!([]));
    let old = person("tom", json!([{ "role": "ghost", "status": "dormant", "note": 1 }]));
    assert_eq!(reason(&policy, owner(), old.clone(), json!({ "revoke": { "role": "ghost" } })), "granted");
    assert_eq!(
        reason(&policy, owner(), old, json!({ "revoke": { "role": "ghost", "scope": "company:c" } })),
        "not-held"
    );
}

#[test]
fn when_is_of_the_actor_the_target_and_the_scope() {
    let when = json!({ "all": [
        { "eq": [{ "var": "subject.region" }, { "var": "resource.region" }] },
        { "ne": [{ "var": "resource.id" }, { "var": "subject.id" }] },
        { "eq": [{ "var": "scope.parent.id" }, "company:c"] }
    ] });
    let policy = policy(json!([{ "roles": "*", "scope": "account", "by": ["owner"], "when": when }]), json!([]));
    let of = |mut subject: Value, region: &str| {
        subject["attributes"] = json!({ "region": region });
        subject
    };
    let assign = json!({ "assign": { "role": "reader", "scope": "account:a" } });
    let tom = || person("tom", json!([]));
    assert_eq!(reason(&policy, of(owner(), "north"), of(tom(), "north"), assign.clone()), "granted");
    assert_eq!(reason(&policy, of(owner(), "north"), of(tom(), "south"), assign.clone()), "not-administrator");
    assert_eq!(reason(&policy, of(owner(), "north"), tom(), assign), "not-administrator");
}

#[test]
fn target_holds_asks_at_the_scope_of_the_change() {
    let policy =
        policy(json!([{ "roles": "*", "scope": "company", "by": ["owner"], "targetHolds": ["reader"] }]), json!([]));
    let assign = json!({ "assign": { "role": "muted", "scope": "company:c" } });
    let on = |present: Value| reason(&policy, owner(), person("tom", present), assign.clone());
    assert_eq!(on(json!([{ "role": "editor" }])), "granted");
    assert_eq!(on(json!([{ "role": "editor", "scope": "account:a" }])), "not-administrator");
    assert_eq!(on(json!([{ "role": "editor", "status": "invited" }])), "not-administrator");
}

#[test]
fn no_escalation_gives_nothing_that_the_actor_has_not() {
    let mut policy = policy(json!([{ "roles": "*", "by": ["owner", "muted"], "noEscalation": true }]), json!([]));
    policy["roles"]["noter"] = json!({ "allow": [{ "permissions": ["note:view"], "when": { "any": [] } }] });
    let assign = |role: &str| json!({ "assign": { "role": role } });
    let tom = || person("tom", json!([]));
    assert_eq!(reason(&policy, owner(), tom(), assign("editor")), "granted");
    // Conditions of what is given are put aside, and the owner has no notes.
    assert_eq!(reason(&policy, owner(), tom(), assign("noter")), "not-administrator");
    // A deny grant covers it, whoever else allows it.
    let denied = person("anna", json!([{ "role": "owner" }, { "role": "noter" }, { "role": "muted" }]));
    assert_eq!(reason(&policy, denied, tom(), assign("noter")), "not-administrator");
    // A named role must be held, even where it gives nothing: the rule's `by` names `muted`.
    assert_eq!(reason(&policy, owner(), tom(), assign("muted")), "not-administrator");
    let muted = person("anna", json!([{ "role": "muted" }]));
    assert_eq!(reason(&policy, muted, tom(), assign("muted")), "granted");
}

#[test]
fn direct_grants_have_their_own_rules() {
    let policy = policy(
        json!([{ "permissions": ["page:edit"], "by": ["owner"] }, { "roles": "*", "by": ["owner"] }]),
        json!([]),
    );
    let tom = || person("tom", json!([]));
    let grant = |fact: Value| reason(&policy, owner(), tom(), json!({ "grant": fact }));
    assert_eq!(grant(json!({ "permissions": ["page:view,edit"] })), "granted");
    assert_eq!(grant(json!({ "permissions": ["*:view"], "except": ["note:view"] })), "granted");
    assert_eq!(grant(json!({ "permissions": ["*:view"] })), "not-administrator");
    let mut has = tom();
    has["grants"] = json!([{ "permissions": ["page:view", "page:edit"], "status": "suspended" }]);
    let ungrant = |permissions: Value| {
        reason(&policy, owner(), has.clone(), json!({ "ungrant": { "permissions": permissions } }))
    };
    assert_eq!(ungrant(json!(["page:edit", "page:view"])), "granted");
    assert_eq!(ungrant(json!(["page:edit"])), "not-held");
}

#[test]
fn exclusive_counts_listed_roles_above_and_below() {
    let rules = json!(["company", "account"].map(|kind| json!({ "roles": "*", "scope": kind, "by": ["owner"] })));
    let policy = policy(rules, json!([{ "id": "hats", "exclusive": ["reader", "owner", "muted"] }]));
    let assign = |present: Value, role: &str, scope: &str| {
        reason(&policy, owner(), person("tom", present), json!({ "assign": { "role": role, "scope": scope } }))
    };
    let reader_at = |scope: &str| json!([{ "role": "reader", "scope": scope, "status": "suspended" }]);
    assert_eq!(assign(reader_at("company:c"), "owner", "account:a"), "constraint");
    assert_eq!(assign(reader_at("account:a"), "owner", "company:c"), "constraint");
    assert_eq!(assign(reader_at("account:b"), "owner", "account:a"), "granted");
    assert_eq!(assign(reader_at("account:z"), "owner", "company:c"), "granted");
    // `owner` inherits `reader` but is listed, so it counts as itself alone.
    assert_eq!(assign(json!([]), "owner", "company:c"), "granted");
    // `editor` is not listed and counts as `reader`.
    assert_eq!(assign(json!([{ "role": "muted" }]), "editor", "company:c"), "constraint");
    assert_eq!(assign(reader_at("company:c"), "editor", "company:c"), "granted");
}

#[test]
fn per_subject_counts_scopes_of_the_type() {
    let rules = json!([{ "roles": "*", "scope": "account", "by": ["owner"] }]);
    let policy =
        policy(rules, json!([{ "id": "one", "perSubject": 1, "roles": ["reader", "editor"], "scope": "account" }]));
    let assign = |present: Value, role: &str| {
        reason(&policy, owner(), person("tom", present), json!({ "assign": { "role": role, "scope": "account:a" } }))
    };
    assert_eq!(assign(json!([{ "role": "editor", "scope": "account:b" }]), "reader"), "constraint");
    assert_eq!(assign(json!([{ "role": "editor", "scope": "account:a" }]), "reader"), "granted");
    assert_eq!(assign(json!([{ "role": "editor", "scope": "company:c" }]), "reader"), "granted");
    assert_eq!(assign(json!([{ "role": "owner", "scope": "account:b" }]), "reader"), "granted");
    let already = json!([{ "role": "reader", "scope": "account:b" }, { "role": "reader", "scope": "account:a" }]);
    assert_eq!(assign(already, "editor"), "granted");
}

#[test]
fn the_last_owner_stays() {
    let rules = json!([{ "roles": "*", "by": ["owner"] }]);
    let policy = policy(rules, json!([{ "id": "last-owner", "minimum": 1, "roles": ["owner"] }]));
    let revoke = |directory: Value| {
        let mut change = json!({ "revoke": { "role": "owner" } });
        if !directory.is_null() {
            change["directory"] = directory;
        }
        let tom = person("tom", json!([{ "role": "owner" }]));
        reason(&policy, owner(), tom, change)
    };
    assert_eq!(revoke(json!([owner()])), "granted");
    assert_eq!(revoke(json!([])), "constraint");
    assert_eq!(revoke(Value::Null), "constraint");
    for weak in [
        json!({ "role": "owner", "until": 900 }),
        json!({ "role": "owner", "status": "invited" }),
        json!({ "role": "golden" }),
    ] {
        assert_eq!(revoke(json!([person("eve", json!([weak]))])), "constraint");
    }
    // An end date takes the last owner as well, and an assignment that never counted is not missed.
    let tom = person("tom", json!([{ "role": "owner" }]));
    let end = json!({ "assign": { "role": "owner", "until": 900 }, "directory": [tom] });
    assert_eq!(reason(&policy, owner(), tom.clone(), end), "constraint");
    let invited = person("tom", json!([{ "role": "owner", "status": "invited" }]));
    assert_eq!(reason(&policy, owner(), invited, json!({ "revoke": { "role": "owner" }, "directory": [] })), "granted");
}

#[test]
fn seats_are_those_of_the_plan() {
    let policy = policy(by_owner(), json!([{ "id": "seats", "maximum": "seats", "roles": ["reader", "editor"] }]));
    let assign = |plan: Option<&str>, directory: Value| {
        let mut change = json!({ "assign": { "role": "reader" }, "directory": directory, "context": context() });
        if let Some(plan) = plan {
            change["context"]["plan"] = json!(plan);
        }
        reason(&policy, owner(), person("tom", json!([])), change)
    };
    let suspended = person("eve", json!([{ "role": "editor", "status": "suspended" }]));
    assert_eq!(assign(Some("small"), json!([])), "granted");
    assert_eq!(assign(Some("small"), json!([suspended])), "constraint");
    assert_eq!(assign(None, json!([])), "constraint");
    assert_eq!(assign(Some("ghost"), json!([])), "constraint");
}
