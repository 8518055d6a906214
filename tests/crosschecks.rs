//! Every way of asking against one accessibility set: over a directory, the reference decides once who may what, where
//! and on what, and `can`, `decide`, `allowed`, the sections, `who`, the matrix and changes must be what is read off it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::cell::Cell;
use std::io::Write;
use std::sync::Arc;

use grantlet::administration::{ChangeReason, decide_change};
use grantlet::decide::Effect;
use grantlet::policy::Policy;
use grantlet::session::Session;
use grantlet::tools::matrix::matrix;
use grantlet::tools::who::who;
use grantlet_reference::generate::{World, world};
use grantlet_reference::{
    AccessibilitySet, Cell as Gives, Place, Request, derives_a_deny, id, matrix_of_holders, permissions,
    ruled_by_permission, target_after, without_self_rules,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::{Asked, allowed, cases, effect_name};

const ANSWERS: usize = 20_000;

/// Runs over generated worlds, and asserts that so many answers were compared.
fn over_worlds(
    what: &str,
    worlds: u32,
    least: usize,
    check: impl Fn(&World, &Cell<usize>) -> Result<(), TestCaseError>,
) {
    let (seen, answers) = (Cell::new(0), Cell::new(0));
    let checked = |world: World| {
        seen.set(seen.get() + 1);
        check(&world, &answers)
    };
    if let Err(failure) = cases::runner(worlds).run(&world(), checked) {
        panic!("{failure}");
    }
    // Written past the capture of the test harness: the figure belongs in the log of every run.
    let (seen, answers, mut out) = (seen.get(), answers.get(), std::io::stderr());
    writeln!(out, "crosschecks: {what}: {seen} worlds, {answers} answers compared").unwrap();
    assert!(answers >= least, "{answers} answers are too few");
}

/// The requests as the engine takes them.
fn asked(requests: &[Request]) -> Vec<Asked> {
    let own = |request: &Request| Asked {
        scope: request.scope.clone(),
        resource: request.resource.as_ref().map(support::value),
        action: request.action.as_ref().map(support::value),
    };
    requests.iter().map(own).collect()
}

#[test]
fn every_way_of_asking_is_read_off_the_set() {
    over_worlds("can, decide, allowed, sections", 80, ANSWERS, |world, answers| {
        let policy = support::policy(&world.policy);
        let requests = asked(&world.requests);
        for subject in &world.directory {
            // One session for all instants: its clock moves on.
            let mut session = support::open(&policy, subject, &world.context, world.instants[0]);
            for &instant in &world.instants {
                session.advance(instant);
                let set = AccessibilitySet::of(
                    &world.policy,
                    std::slice::from_ref(subject),
                    &world.context,
                    instant,
                    &world.requests,
                );
                for (number, asked) in requests.iter().enumerate() {
                    answers.set(answers.get() + of_request(&session, &world.policy, &set, id(subject), number, asked)?);
                }
            }
        }
        Ok(())
    });
}

/// Everything that a session says of one request; how many answers that is.
fn of_request(
    session: &Session,
    policy: &Json,
    set: &AccessibilitySet,
    subject: &str,
    number: usize,
    asked: &Asked,
) -> Result<usize, TestCaseError> {
    let mut answers = 0;
    for (name, expected) in set.permissions().iter().zip(set.answers(subject, number)) {
        let permission = session.policy().permission(name).unwrap();
        let can = effect_name(session.effect(permission, asked.request()));
        prop_assert_eq!(can, expected.effect, "can {} of {:?}", name, asked);
        let decision = session.decide(name, asked.request());
        let decided = (effect_name(decision.effect), decision.reason.name());
        prop_assert_eq!(decided, (expected.effect, expected.reason), "decide {} of {:?}", name, asked);
        answers += 2;
    }
    prop_assert_eq!(allowed(session, asked), set.with("allow", subject, number), "allowed of {:?}", asked);
    let effects: Vec<_> = session.effects(asked.request()).into_iter().map(effect_name).collect();
    let of_set: Vec<_> = set.answers(subject, number).iter().map(|answer| answer.effect).collect();
    prop_assert_eq!(effects, of_set);
    let states = session.sections(asked.request());
    let declared = policy["sections"].as_object().unwrap();
    prop_assert_eq!(states.len(), declared.len());
    for ((name, declaration), state) in declared.iter().zip(states) {
        let expected = set.section(declaration, subject, number);
        prop_assert_eq!(state.name(), expected, "section {} among all of {:?}", name, asked);
        prop_assert_eq!(session.section(name, asked.request()).name(), expected, "section {} of {:?}", name, asked);
        answers += 2;
    }
    Ok(answers + 2)
}

#[test]
fn who_may_is_read_off_the_set() {
    over_worlds("who", 60, 5_000, |world, answers| {
        let policy = support::policy(&world.policy);
        let World { directory, context, instants, requests, .. } = world;
        let (subjects, facts) = (support::value(&json!(directory)), support::value(context));
        for &instant in instants {
            let set = AccessibilitySet::of(&world.policy, directory, context, instant, requests);
            for (number, asked) in asked(requests).iter().enumerate() {
                for permission in set.permissions() {
                    let found = who(&policy, permission, &subjects, &facts, asked.request(), instant).unwrap();
                    for (effect, ids) in [("allow", found.allow), ("conditional", found.conditional)] {
                        let ids: Vec<String> = ids.iter().map(|id| id.to_string()).collect();
                        prop_assert_eq!(
                            &ids,
                            &set.who(effect, directory, number, permission),
                            "{} {}",
                            effect,
                            permission
                        );
                    }
                    answers.set(answers.get() + directory.len());
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_matrix_is_what_a_holder_of_one_role_gets_whatever_the_facts_are() {
    over_worlds("matrix", 200, 4_000, |world, answers| {
        let (policy, holders) = (support::policy(&world.policy), matrix_of_holders(&world.policy));
        let found = matrix(&policy).unwrap();
        for (role, number) in world.policy["roles"].as_object().unwrap().keys().zip(0..) {
            for permission in policy.permission_names() {
                let expected = holders[role].get(&permission).map(|cell| match cell {
                    Gives::Allow => "allow",
                    Gives::Conditional => "conditional",
                    Gives::Deny => "deny",
                });
                let cell = found.cell(number, policy.permission(&permission).unwrap());
                prop_assert_eq!(cell.map(|cell| cell.name()), expected, "{} of {}", permission, role);
                answers.set(answers.get() + 1);
            }
        }
        Ok(())
    });
}

/// What the engine says of a change at an instant.
fn reason_of(policy: &Arc<Policy>, change: &Json, now: f64) -> ChangeReason {
    let decision = decide_change(policy, &support::value(change), now);
    decision.unwrap_or_else(|list| panic!("{list:#?}\n{change:#}")).reason
}

/// Some scopes of a world, the root among them.
fn scopes(world: &World) -> Vec<Option<String>> {
    let mut scopes: Vec<_> = world.requests.iter().map(|request| request.scope.clone()).collect();
    scopes.dedup();
    scopes
}

#[test]
fn who_may_change_what_follows_from_the_set_where_rules_ask_for_permissions() {
    over_worlds("changes by permission", 60, 3_000, |world, answers| {
        let needed: Vec<String> = permissions(&world.policy).into_iter().take(1).collect();
        let ruled = ruled_by_permission(&world.policy, &needed);
        let (now, scopes, policy) = (world.instants[0], scopes(world), support::policy(&ruled));
        let World { directory, context, .. } = world;
        let place = Place { policy: &ruled, needed: &needed, directory, context, scopes: &scopes, now };
        let set = AccessibilitySet::of(&ruled, directory, context, now, &place.requests());
        for part in place.parts() {
            let found = reason_of(&policy, &place.change(&part), now);
            prop_assert_eq!(found.name(), place.reason(&set, &part), "{:?}", part);
            answers.set(answers.get() + 1);
        }
        Ok(())
    });
}

/// What the engine says of somebody is the set of that document; how many answers that is.
fn is_as_in_the_set(
    world: &World,
    policy: &Arc<Policy>,
    subject: &Json,
    set_of: &Json,
) -> Result<usize, TestCaseError> {
    let World { policy: written, context, instants, requests, .. } = world;
    let mut answers = 0;
    let set = AccessibilitySet::of(written, std::slice::from_ref(set_of), context, instants[0], requests);
    let session = support::open(policy, subject, context, instants[0]);
    for (number, asked) in asked(requests).iter().enumerate() {
        for (name, expected) in set.permissions().iter().zip(set.answers(id(set_of), number)) {
            let found = session.decide(name, asked.request());
            let found = (effect_name(found.effect), found.reason.name());
            prop_assert_eq!(found, (expected.effect, expected.reason), "{} of {:?} for {:#}", name, asked, subject);
            answers += 1;
        }
    }
    Ok(answers)
}

#[test]
fn an_allowed_change_makes_the_set_and_its_opposite_restores_it() {
    over_worlds("changes there and back", 200, 6_000, |world, answers| {
        let policy = support::policy(&world.policy);
        let now = world.instants[0];
        let whole = world.change_at(now);
        let lone = |part: &str| whole.get(part).map(|fact| json!({ part: fact }));
        let mut changes: Vec<Json> = ["assign", "revoke", "grant", "ungrant"].into_iter().filter_map(lone).collect();
        changes.push(world.change.clone());
        for parts in changes {
            let mut change = parts.clone();
            for key in ["actor", "target", "context", "directory"] {
                change[key] = whole[key].clone();
            }
            if reason_of(&policy, &change, now) != ChangeReason::Granted {
                continue;
            }
            let target = &whole["target"];
            let after = target_after(&world.policy, &change).unwrap();
            answers.set(answers.get() + is_as_in_the_set(world, &policy, &after, &after)?);

            let (there, back) = match (parts.get("assign"), parts.get("grant")) {
                (Some(fact), None) => ("assign", json!({ "revoke": without(fact, &["status", "from", "until"]) })),
                (None, Some(fact)) => {
                    ("grant", json!({ "ungrant": without(fact, &["except", "when", "status", "from", "until"]) }))
                }
                _ => continue,
            };
            // What the target had before of the same role or permissions there, the way back takes with it.
            let mut probe = back.clone();
            probe["actor"] = whole["actor"].clone();
            probe["target"] = target.clone();
            probe["context"] = whole["context"].clone();
            let had_it = reason_of(&policy, &probe, now) != ChangeReason::NotHeld;
            if parts.as_object().unwrap().len() > 1 || had_it {
                continue;
            }
            probe["target"] = after.clone();
            if whole["actor"]["id"] == target["id"] {
                probe["actor"] = after.clone();
            }
            prop_assert!(reason_of(&policy, &probe, now) != ChangeReason::NotHeld, "{} was not made", there);
            let again = target_after(&world.policy, &probe).unwrap();
            answers.set(answers.get() + is_as_in_the_set(world, &policy, &again, target)?);
        }
        Ok(())
    });
}

/// An object without some of its keys.
fn without(fact: &Json, keys: &[&str]) -> Json {
    let kept = fact.as_object().unwrap().iter().filter(|(key, _)| !keys.contains(&key.as_str()));
    Json::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

#[test]
fn nobody_widens_their_own_set_where_no_rule_is_for_oneself() {
    over_worlds("changes of oneself", 150, 10_000, |world, answers| {
        let needed: Vec<String> = permissions(&world.policy).into_iter().take(1).collect();
        for rules in [without_self_rules(&world.policy), ruled_by_permission(&world.policy, &needed)] {
            // A deny that is derived from a role without one goes with it: the model's rule is about the role alone.
            if derives_a_deny(&rules) {
                continue;
            }
            let (policy, now) = (support::policy(&rules), world.instants[0]);
            for subject in &world.directory {
                let before = effects(world, &policy, subject);
                for parts in of_oneself(world, subject) {
                    let mut change = parts.clone();
                    change["actor"] = subject.clone();
                    change["target"] = subject.clone();
                    change["context"] = world.context_at(now);
                    change["directory"] = json!(world.directory);
                    if reason_of(&policy, &change, now) == ChangeReason::Granted {
                        let after = effects(world, &policy, &target_after(&rules, &change).unwrap());
                        for (is, was) in after.iter().zip(&before) {
                            prop_assert!(width(*is) <= width(*was), "{:#} widens {:#}", parts, subject);
                        }
                        answers.set(answers.get() + after.len());
                    }
                }
            }
        }
        Ok(())
    });
}

/// How far an effect opens.
fn width(effect: Effect) -> u8 {
    match effect {
        Effect::Deny => 0,
        Effect::Conditional => 1,
        Effect::Allow => 2,
    }
}

/// The effects of every permission at every request of the world.
fn effects(world: &World, policy: &Arc<Policy>, subject: &Json) -> Vec<Effect> {
    let session = support::open(policy, subject, &world.context, world.instants[0]);
    asked(&world.requests).iter().flat_map(|asked| session.effects(asked.request())).collect()
}

/// What somebody may want to change of their own: to give themselves each role and permission, to lay down each that
/// they have, and to exchange one for another.
fn of_oneself(world: &World, subject: &Json) -> Vec<Json> {
    let list = |key: &str| subject.get(key).and_then(Json::as_array).into_iter().flatten();
    let place = |mut fact: Json, scope: Option<&Json>| {
        if let Some(scope) = scope {
            fact["scope"] = scope.clone();
        }
        fact
    };
    let revokes: Vec<Json> =
        list("assignments").map(|held| place(json!({ "role": held["role"] }), held.get("scope"))).collect();
    let ungrants = list("grants").map(|held| place(json!({ "permissions": held["permissions"] }), held.get("scope")));
    let mut changes: Vec<Json> = ungrants.map(|fact| json!({ "ungrant": fact })).collect();
    for scope in scopes(world).iter().map(|scope| scope.as_ref().map(|scope| json!(scope))) {
        for role in world.policy["roles"].as_object().unwrap().keys() {
            let assign = place(json!({ "role": role }), scope.as_ref());
            changes.extend(revokes.iter().map(|revoke| json!({ "revoke": revoke, "assign": assign })));
            changes.push(json!({ "assign": assign }));
        }
        changes.push(json!({ "grant": place(json!({ "permissions": ["*:*"] }), scope.as_ref()) }));
    }
    changes.extend(revokes.iter().map(|revoke| json!({ "revoke": revoke })));
    changes
}
