//! Recommendations (section 9) against a reference that tries every set of roles, and against the clock.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::io::Write;
use std::time::Instant;

use grantlet::diagnostic::Diagnostic;
use grantlet::policy::Policy;
use grantlet::tools::recommend::{Question, Recommendation, recommend};
use grantlet_reference as reference;
use grantlet_reference::generate::{RecommendCase, recommend_case};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::tally::{Tally, run};
use support::{policy, value};

fn ask(policy: &Policy, question: &Json) -> Result<Recommendation, Vec<Diagnostic>> {
    recommend(policy, &Question::read(policy, &value(question))?)
}

/// The names of the roles, of the further permissions and of the missing ones.
fn told(policy: &Policy, found: &Recommendation) -> (Vec<String>, Vec<String>, Vec<String>) {
    let permissions = |ids: &[u32]| ids.iter().map(|id| policy.permission_name(*id)).collect();
    let roles = found.roles.iter().map(|id| policy.role_name(*id).to_owned()).collect();
    (roles, permissions(&found.extra), permissions(&found.missing))
}

fn question(case: &RecommendCase) -> Json {
    let mut options = json!({});
    if let Some(entitlements) = &case.options.entitlements {
        options["entitlements"] = json!(entitlements);
    }
    if let Some(plan) = &case.options.plan {
        options["plan"] = json!(plan);
    }
    if let Some(scope) = &case.options.scope {
        options["scope"] = json!(scope);
    }
    if let Some(most) = case.options.at_most {
        options["atMost"] = json!(most);
    }
    json!({ "needed": case.needed, "options": options })
}

#[test]
fn recommendations_agree_with_trying_every_set() {
    let (outcomes, further) = (Tally::<6>::new(), Tally::<2>::new());
    run(3_000, &recommend_case(), |case| {
        let policy = policy(&case.policy);
        let expected = reference::recommend(&case.policy, &case.needed, &case.options);
        let found = ask(&policy, &question(&case)).unwrap();
        prop_assert_eq!(
            found.is_found,
            found.missing.is_empty() && (case.needed.is_empty() || !found.roles.is_empty())
        );
        let kind = match (expected.roles.len(), expected.missing.is_empty()) {
            (_, false) => 5,
            (0, true) if !case.needed.is_empty() => 4,
            (roles, true) => roles.min(3),
        };
        further.add(usize::from(!expected.extra.is_empty()));
        prop_assert_eq!(told(&policy, &found), (expected.roles, expected.extra, expected.missing));
        outcomes.add(kind);
        Ok(())
    });
    let kinds = ["for nothing", "one role", "two roles", "three roles or more", "none fits", "missing"];
    outcomes.told("recommend", kinds, 2_000);
    further.told("recommend", ["with nothing further", "with further permissions"], 2_000);
}

/// What is recommended for `page:view`, which `main` gives with four further permissions; each other role denies some.
fn recommended(deniers: &[(&str, &[&str])], constraints: Json, options: Json) -> Vec<String> {
    let mut document = json!({
        "grantlet": 1,
        "resources": { "page": { "actions": ["view", "a", "b", "c", "d"] } },
        "roles": { "main": { "allow": ["page:*"] } },
        "constraints": constraints
    });
    for (name, denied) in deniers {
        let deny: Vec<String> = denied.iter().map(|action| format!("page:{action}")).collect();
        document["roles"][name] = json!({ "deny": deny });
    }
    let question = json!({ "needed": ["page:view"], "options": options });
    let found = ask(&policy(&document), &question).unwrap();
    let expected = reference::recommend(
        &document,
        &["page:view".to_owned()],
        &reference::Options {
            at_most: options.get("atMost").map(|most| usize::try_from(most.as_u64().unwrap()).unwrap()),
            ..reference::Options::default()
        },
    );
    let roles = told(&policy(&document), &found).0;
    assert_eq!(roles, expected.roles);
    roles
}

#[test]
fn roles_are_recommended_for_what_they_deny() {
    let exclusive = json!([{ "id": "x", "exclusive": ["one", "two"] }]);
    let free = || (json!([]), json!({}));
    let ask = |deniers: &[(&str, &[&str])], (constraints, options)| recommended(deniers, constraints, options);
    assert_eq!(ask(&[("one", &["a"])], free()), ["main", "one"]);
    // The middle one takes away only what the others do together.
    let chain: [(&str, &[&str]); 3] = [("mid", &["b", "c"]), ("one", &["a", "b"]), ("two", &["c", "d"])];
    assert_eq!(ask(&chain, free()), ["main", "one", "two"]);
    // The first by name takes away less, and the two exclude each other.
    let apart: [(&str, &[&str]); 2] = [("one", &["a"]), ("two", &["b", "c"])];
    assert_eq!(ask(&apart, free()), ["main", "one", "two"]);
    assert_eq!(ask(&apart, (exclusive, json!({}))), ["main", "two"]);
    assert_eq!(ask(&apart, (json!([]), json!({ "atMost": 2 }))), ["main", "two"]);
    assert_eq!(ask(&apart, (json!([]), json!({ "atMost": 1 }))), ["main"]);
    // What denies the needed one helps nobody.
    assert_eq!(ask(&[("one", &["view", "a"])], free()), ["main"]);
}

#[test]
fn of_equals_the_first_by_name_are_recommended_however_they_are_declared() {
    let mut roles = serde_json::Map::new();
    for name in ["z", "m", "b", "y", "a"] {
        roles.insert(name.to_owned(), json!({ "allow": ["page:view"] }));
        roles.insert(format!("{name}-too"), json!({ "allow": ["page:edit"] }));
    }
    let document = json!({ "grantlet": 1, "resources": { "page": { "actions": ["view", "edit"] } }, "roles": roles });
    let policy = policy(&document);
    let found = ask(&policy, &json!({ "needed": ["page:edit", "page:view"] })).unwrap();
    assert_eq!(told(&policy, &found).0, ["a", "a-too"]);
}

/// Pseudorandom numbers, the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

const ACTIONS: [&str; 10] =
    ["view", "list", "create", "edit", "delete", "export", "import", "share", "approve", "archive"];

/// 200 resources of 10 actions, in 20 areas.
fn resources() -> Json {
    let mut all = serde_json::Map::new();
    for area in 0..20 {
        all.insert(format!("a{area}"), json!({ "actions": ACTIONS }));
        (1..10).for_each(|item| drop(all.insert(format!("a{area}.i{item}"), json!({ "actions": ACTIONS }))));
    }
    json!(all)
}

fn permission(dice: &mut Dice) -> String {
    let (area, item) = (dice.below(20), dice.below(10));
    let path = if item == 0 { format!("a{area}") } else { format!("a{area}.i{item}") };
    format!("{path}:{}", ACTIONS[dice.below(10)])
}

/// Ten roles for each area that build on one another, as products have them.
fn realistic(dice: &mut Dice) -> Json {
    let mut roles = serde_json::Map::new();
    for area in 0..20 {
        let name = |rank: &str| format!("{rank}-{area}");
        let all = |actions: &str| json!([format!("a{area}.**:{actions}")]);
        roles.insert(name("reader"), json!({ "allow": all("view,list") }));
        roles.insert(name("writer"), json!({ "inherits": [name("reader")], "allow": all("create,edit") }));
        roles.insert(name("chief"), json!({ "inherits": [name("writer")], "allow": all("delete,approve,archive") }));
        roles.insert(name("mover"), json!({ "inherits": [name("reader")], "allow": all("export,import,share") }));
        roles.insert(name("owner"), json!({ "inherits": [name("chief"), name("mover")] }));
        let item = 1 + dice.below(9);
        roles.insert(name("clerk"), json!({ "inherits": [name("reader")], "allow": [format!("a{area}.i{item}:*")] }));
        roles.insert(
            name("guest"),
            json!({ "allow": [format!("a{area}:view,list")], "deny": [format!("a{area}.**:delete")] }),
        );
        let is_own = json!({ "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] });
        let own = json!([{ "permissions": [format!("a{area}.**:edit")], "when": is_own }]);
        roles.insert(name("author"), json!({ "inherits": [name("reader")], "allow": own }));
        let next = (area + 1 + dice.below(18)) % 20;
        let both = json!([format!("a{area}.**:view,approve"), format!("a{next}.**:view,approve")]);
        roles.insert(name("auditor"), json!({ "allow": both, "deny": [format!("a{area}.**:edit")] }));
        let some: Vec<String> = (0..15).map(|_| permission(dice)).collect();
        roles.insert(name("special"), json!({ "allow": some }));
    }
    json!({ "grantlet": 1, "implies": { "edit": ["view"] }, "resources": resources(), "roles": roles,
        "constraints": [{ "id": "hats", "exclusive": ["owner-1", "auditor-1", "auditor-2"] }] })
}

/// 200 roles that give so many permissions at random, one in four denying some of what others give.
fn random(dice: &mut Dice, gives: usize, denies: bool) -> Json {
    let mut roles = serde_json::Map::new();
    for role in 0..200 {
        let allow: Vec<String> = (0..gives).map(|_| permission(dice)).collect();
        let mut written = json!({ "allow": allow });
        if denies && role % 4 == 0 {
            written["deny"] = (0..10).map(|_| permission(dice)).collect();
        }
        roles.insert(format!("r{}-{role}", dice.below(100)), written);
    }
    json!({ "grantlet": 1, "resources": resources(), "roles": roles })
}

#[test]
fn the_best_of_200_roles_are_found_in_a_second_or_nothing_is_claimed() {
    let mut dice = Dice(7);
    let kinds: [(&str, Json); 6] = [
        ("realistic", realistic(&mut dice)),
        ("random of 5", random(&mut dice, 5, false)),
        ("random of 20", random(&mut dice, 20, false)),
        ("random of 20 with denies", random(&mut dice, 20, true)),
        ("random of 100", random(&mut dice, 100, false)),
        ("random of 500", random(&mut dice, 500, false)),
    ];
    for (kind, document) in kinds {
        let policy = policy(&document);
        assert_eq!((policy.roles.len(), policy.permissions.len()), (200, 2_000));
        for size in [1, 3, 6, 12, 25] {
            let (mut exact, mut open, mut none, mut slowest) = (0, 0, 0, std::time::Duration::ZERO);
            for _ in 0..4 {
                // Of what somebody may do, so that there is a set.
                let roles = document["roles"].as_object().unwrap();
                let mut needed: Vec<String> = Vec::new();
                while needed.len() < size {
                    let (_, role) = roles.iter().nth(dice.below(200)).unwrap();
                    let wanted = match role["allow"].as_array().map(|list| (&list[dice.below(list.len())], list)) {
                        Some((Json::String(pattern), _))
                            if !pattern.contains("**") && !pattern.contains([',', '*']) =>
                        {
                            pattern.clone()
                        }
                        _ => permission(&mut dice),
                    };
                    if !needed.contains(&wanted) {
                        needed.push(wanted);
                    }
                }
                let start = Instant::now();
                let found = ask(&policy, &json!({ "needed": needed }));
                slowest = slowest.max(start.elapsed());
                match found {
                    Ok(found) if found.is_found => exact += 1,
                    Ok(_) => none += 1,
                    Err(list) => {
                        assert_eq!(list[0].code, "too-complex");
                        states_its_bounds(&list[0].message);
                        open += 1;
                    }
                }
            }
            let ms = slowest.as_millis();
            let figures = format!("{exact} exact, {none} impossible, {open} too complex, {ms} ms at most");
            writeln!(std::io::stderr(), "recommend: {kind}, {size} needed: {figures}").unwrap();
        }
    }
}

/// What was found and how far it can be from the best: both are told, or that nothing was found.
fn states_its_bounds(message: &str) {
    if message.ends_with("find any roles that fit together") {
        return;
    }
    let (_, told) = message.split_once("`, with ").unwrap();
    let (found, least) = told.split_once(" further permissions, and no roles have fewer than ").unwrap();
    let (found, least): (u32, u32) = (found.parse().unwrap(), least.parse().unwrap());
    assert!(least <= found, "{message}");
}
