//! What is read off an accessibility set is what the reference answers when it is asked directly: the set, the matrix
//! and changes share little more than the decision.

use std::collections::BTreeMap;

use grantlet_reference::generate::{World, world};
use grantlet_reference::{
    AccessibilitySet, Facts, Place, decide_change, matrix, matrix_of_holders, permissions, ruled_by_permission,
    sections, who,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

fn worlds(count: usize) -> impl Iterator<Item = World> {
    let (mut runner, strategy) = (TestRunner::deterministic(), world());
    (0..count).map(move |_| strategy.new_tree(&mut runner).unwrap().current())
}

#[test]
fn sections_and_who_are_read_off_the_set() {
    let (mut states, mut people) = (0, 0);
    for world in worlds(40) {
        let World { policy, directory, context, instants, requests, .. } = &world;
        let set = AccessibilitySet::of(policy, directory, context, instants[0], requests);
        for (number, request) in requests.iter().enumerate() {
            for subject in directory {
                let facts = Facts { policy, subject, context, roles: None, now: instants[0] };
                for (name, state) in sections(&facts, request) {
                    let id = subject["id"].as_str().unwrap();
                    assert_eq!(set.section(&policy["sections"][&name], id, number), state);
                    states += 1;
                }
            }
            for permission in permissions(policy) {
                let (allow, conditional) = who(policy, &permission, directory, context, request, instants[0]);
                assert_eq!(set.who("allow", directory, number, &permission), allow);
                assert_eq!(set.who("conditional", directory, number, &permission), conditional);
                people += allow.len() + conditional.len();
            }
        }
    }
    assert!(states > 500 && people > 500, "{states} {people}");
}

#[test]
fn the_matrix_is_what_a_holder_of_one_role_gets_whatever_the_facts_are() {
    let mut cells = 0;
    for world in worlds(60) {
        let matrix = matrix(&world.policy);
        let derived = matrix_of_holders(&world.policy);
        cells += matrix.values().map(BTreeMap::len).sum::<usize>();
        assert_eq!(matrix, derived);
    }
    assert!(cells > 1_000, "{cells}");
}

#[test]
fn who_may_change_what_is_read_off_the_set_where_rules_ask_for_permissions() {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for world in worlds(40) {
        let needed: Vec<String> = permissions(&world.policy).into_iter().take(2).collect();
        for needed in [&needed[..1], &needed[..]] {
            let policy = ruled_by_permission(&world.policy, needed);
            let scopes: Vec<Option<String>> = world.requests.iter().step_by(3).map(|it| it.scope.clone()).collect();
            let (now, context) = (world.instants[0], world.context_at(world.instants[0]));
            let place =
                Place { policy: &policy, needed, directory: &world.directory, context: &context, scopes: &scopes, now };
            let set = AccessibilitySet::of(&policy, &world.directory, &context, now, &place.requests());
            for part in place.parts() {
                let answer = decide_change(&policy, &place.change(&part), now).unwrap();
                let reason = place.reason(&set, &part);
                assert_eq!(answer.reason, reason, "{part:?} {policy:#}");
                *reasons.entry(reason).or_default() += 1;
            }
        }
    }
    println!("{reasons:?}");
    assert!(reasons.values().all(|count| *count > 50) && reasons.len() == 6, "{reasons:?}");
}
