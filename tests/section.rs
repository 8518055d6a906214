//! Sections (section 7): claims worked out by hand from the text of the model.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use grantlet::section::SectionState;
use serde_json::{Value as Json, json};
use support::example::Question;

/// `a` and `b` can be granted, `c` too but only of records, and `money` is gated.
fn section(section: Json) -> Question {
    let mine = json!({ "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] });
    Question::over(&json!({
        "grantlet": 1, "entitlements": ["finance"], "scopes": { "site": {} },
        "resources": {
            "a": { "actions": ["view"] }, "b": { "actions": ["view"] }, "c": { "actions": ["view"] },
            "money": { "actions": ["view"], "requires": "finance" }
        },
        "roles": {
            "a": { "scopes": ["root", "site"], "allow": ["a:view"] }, "b": { "allow": ["b:view"] },
            "c": { "allow": [{ "permissions": ["c:view"], "when": mine }] }, "money": { "allow": ["money:view"] },
            "barred": { "deny": ["a:view"] }
        },
        "sections": { "main": section }
    }))
}

#[test]
fn a_section_is_enabled_where_one_permission_shows_it_and_none_is_wanted() {
    let ask = section(json!({ "show": ["a:view", "b:view"] }));
    assert_eq!(ask.having(&["b"]).section("main"), "enabled");
    assert_eq!(ask.section("main"), "hidden");
}

#[test]
fn a_section_is_enabled_where_all_that_is_wanted_is_open() {
    let ask = section(json!({ "show": ["a:view"], "enable": ["b:view", "c:view"] }));
    assert_eq!(ask.having(&["a", "b"]).section("main"), "disabled");
    assert_eq!(ask.having(&["a", "b", "c"]).section("main"), "enabled");
}

#[test]
fn what_depends_on_the_record_is_open_until_the_record_is_known() {
    let ask = section(json!({ "show": ["c:view"] })).by(json!({ "id": "anna", "assignments": [{ "role": "c" }] }));
    assert_eq!(ask.section("main"), "enabled");
    assert_eq!(ask.of(json!({ "owner": "tom" })).section("main"), "hidden");
    assert_eq!(ask.of(json!({ "owner": "anna" })).section("main"), "enabled");
    assert_eq!(ask.of(json!({})).section("main"), "hidden");
}

#[test]
fn what_a_subscription_would_show_is_locked() {
    let ask = section(json!({ "show": ["a:view", "money:view"], "otherwise": "disable" })).having(&["money"]);
    assert_eq!(ask.section("main"), "locked");
    assert_eq!(ask.within(json!({ "entitlements": ["finance"] })).section("main"), "enabled");
}

#[test]
fn the_first_closed_permission_says_whether_a_section_is_locked_or_disabled() {
    let money_first = section(json!({ "show": ["a:view"], "enable": ["money:view", "b:view"] }));
    assert_eq!(money_first.having(&["a", "money"]).section("main"), "locked");
    let b_first = section(json!({ "show": ["a:view"], "enable": ["b:view", "money:view"] }));
    assert_eq!(b_first.having(&["a", "money"]).section("main"), "disabled");
    assert_eq!(b_first.having(&["a", "b", "money"]).section("main"), "locked");
}

#[test]
fn what_nobody_grants_is_hidden_or_disabled_as_the_section_says() {
    for (otherwise, expected) in [("hide", "hidden"), ("disable", "disabled")] {
        let ask = section(json!({ "show": ["a:view", "money:view"], "otherwise": otherwise }));
        assert_eq!(ask.section("main"), expected);
        assert_eq!(ask.having(&["barred"]).section("main"), expected);
        assert_eq!(ask.by(json!({ "status": "left", "assignments": [{ "role": "money" }] })).section("main"), expected);
        assert_eq!(ask.having(&["a"]).at("planet:x").section("main"), expected);
    }
}

#[test]
fn a_section_is_asked_for_at_the_scope_of_the_request() {
    let ask = section(json!({ "show": ["a:view"] })).by(json!({ "assignments": [{ "role": "a", "scope": "site:s" }] }));
    assert_eq!([ask.at("site:s").section("main"), ask.section("main")], ["enabled", "hidden"]);
}

#[test]
fn a_section_that_is_not_declared_is_hidden() {
    let ask = section(json!({ "show": ["a:view"] })).having(&["a"]);
    for name in ["other", "", "constructor"] {
        assert_eq!(ask.section(name), "hidden");
    }
    assert_eq!(ask.session().sections(ask.asked().request()), [SectionState::Enabled]);
}
