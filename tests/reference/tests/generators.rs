//! The generators reach every answer, and what they generate is what the model calls valid.

use std::collections::BTreeMap;

use grantlet_reference::generate::{Case, ChangeCase, case, change_case};
use grantlet_reference::{Facts, decide, decide_change, permissions, sections};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn every_reason_and_every_section_state_occurs() {
    let mut runner = TestRunner::deterministic();
    let strategy = case();
    let (mut reasons, mut states) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..500 {
        let Case { policy, subject, context, roles, now, requests } = strategy.new_tree(&mut runner).unwrap().current();
        let facts = Facts { policy: &policy, subject: &subject, context: &context, roles: roles.as_deref(), now };
        for request in &requests {
            for permission in permissions(&policy) {
                *reasons.entry(decide(&facts, &permission, request).reason).or_insert(0) += 1;
            }
            for (_, state) in sections(&facts, request) {
                *states.entry(state).or_insert(0) += 1;
            }
        }
    }
    println!("{reasons:?} {states:?}");
    for reason in
        ["suspended", "unknown-scope", "forbidden", "granted", "conditional", "entitlement", "inactive", "not-granted"]
    {
        assert!(reasons.get(reason).is_some_and(|count| *count >= 50), "{reason}: {reasons:?}");
    }
    for state in ["enabled", "disabled", "locked", "hidden"] {
        assert!(states.get(state).is_some_and(|count| *count >= 10), "{state}: {states:?}");
    }
}

#[test]
fn every_reason_of_a_change_occurs_in_one_of_a_hundred() {
    const CASES: usize = 6_000;
    let mut runner = TestRunner::deterministic();
    let strategy = change_case();
    let (mut reasons, mut constraints) = (BTreeMap::new(), BTreeMap::new());
    for _ in 0..CASES {
        let ChangeCase { policy, change, now } = strategy.new_tree(&mut runner).unwrap().current();
        let answer = decide_change(&policy, &change, now).expect("a change that is no error");
        if let Some(id) = answer.constraint {
            let all = policy["constraints"].as_array().unwrap();
            let broken = all.iter().find(|constraint| constraint["id"] == *id).unwrap();
            let kind =
                ["exclusive", "perSubject", "minimum", "maximum"].into_iter().find(|key| broken.get(key).is_some());
            *constraints.entry(kind.unwrap()).or_insert(0) += 1;
        }
        *reasons.entry(answer.reason).or_insert(0) += 1;
    }
    println!("{reasons:?} {constraints:?}");
    for reason in [
        "suspended",
        "unknown-scope",
        "role-unavailable",
        "unknown-permission",
        "not-held",
        "not-administrator",
        "constraint",
        "granted",
    ] {
        assert!(reasons.get(reason).is_some_and(|count| *count * 100 >= CASES), "{reason}: {reasons:?}");
    }
    assert_eq!(constraints.len(), 4, "{constraints:?}");
}
