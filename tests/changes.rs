//! Section 8: the engine's decision on a change against the reference's, and what it says about why.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;

use grantlet::administration::{ChangeDecision, ChangeReason, decide_change};
use grantlet_reference::generate::{ChangeCase, change_case};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::{cases, policy, value};

const CASES: u32 = 24_000;
const COMPARED: usize = 20_000;

const REASONS: [ChangeReason; 8] = [
    ChangeReason::Suspended,
    ChangeReason::UnknownScope,
    ChangeReason::RoleUnavailable,
    ChangeReason::UnknownPermission,
    ChangeReason::NotHeld,
    ChangeReason::NotAdministrator,
    ChangeReason::Constraint,
    ChangeReason::Granted,
];

fn decide(rules: &Json, change: &Json, now: f64) -> ChangeDecision {
    decide_change(&policy(rules), &value(change), now).unwrap_or_else(|list| panic!("{list:#?}\n{change:#}"))
}

#[test]
fn the_engine_decides_changes_as_the_reference_does() {
    let shares = RefCell::new(BTreeMap::<&str, usize>::new());
    let kinds = RefCell::new(BTreeMap::<&str, usize>::new());
    let mut runner = cases::runner(CASES);
    let compare = |case: ChangeCase| {
        let ChangeCase { policy, change, now } = &case;
        let expected = grantlet_reference::decide_change(policy, change, *now).unwrap();
        let found = decide(policy, change, *now);
        prop_assert_eq!(found.reason.name(), expected.reason.as_str(), "{:#?}", found);
        prop_assert_eq!(&found.constraint, &expected.constraint);
        prop_assert_eq!(found.reason == ChangeReason::Granted, expected.allowed);
        *shares.borrow_mut().entry(found.reason.name()).or_default() += 1;
        if let Some(id) = &found.constraint {
            let broken = policy["constraints"].as_array().unwrap().iter().find(|each| each["id"] == **id).unwrap();
            let kind = ["exclusive", "perSubject", "minimum", "maximum"];
            let kind = kind.into_iter().find(|key| broken.get(key).is_some()).unwrap();
            *kinds.borrow_mut().entry(kind).or_default() += 1;
        }
        because_says_why(policy, change, *now, &found)
    };
    if let Err(failure) = runner.run(&change_case(), compare) {
        panic!("{failure}");
    }
    let (shares, kinds) = (shares.into_inner(), kinds.into_inner());
    let total: usize = shares.values().sum();
    // Written past the capture of the test harness: the figures belong in the log of every run.
    let mut out = std::io::stderr();
    writeln!(out, "changes: {total} compared, constraints {kinds:?}").unwrap();
    for reason in REASONS {
        let share = shares.get(reason.name()).copied().unwrap_or(0) as f64 * 100.0 / total as f64;
        writeln!(out, "changes: {:20} {share:5.1} %", reason.name()).unwrap();
        assert!(share >= 1.0, "{shares:?}");
    }
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    assert!(total >= COMPARED);
}

/// An allowed change names a rule for each part; a refused one what stands against it. Without what the closest
/// rule is said to ask in vain, the reference allows the change.
fn because_says_why(policy: &Json, change: &Json, now: f64, found: &ChangeDecision) -> Result<(), TestCaseError> {
    let because = &found.because;
    prop_assert!(!because.is_empty());
    let parts = ["revoke", "assign", "ungrant", "grant"].iter().filter(|part| change.get(**part).is_some()).count();
    let is_allowed = found.reason == ChangeReason::Granted;
    for each in because {
        prop_assert_eq!(each.effect == "allow", is_allowed);
        prop_assert_eq!(each.lacks.is_empty(), is_allowed || each.via != "rule");
        let document = if each.via.is_empty() && each.pointer != "/administration" { change } else { policy };
        let exists = document.pointer(&each.pointer).is_some()
            || ["/scopes", "/scope", "/status", "/administration"].iter().any(|end| each.pointer.ends_with(end));
        prop_assert!(exists, "{:?}", each);
    }
    if is_allowed {
        prop_assert_eq!(because.len(), parts);
    }
    if found.reason != ChangeReason::NotAdministrator {
        return Ok(());
    }
    let mut mended = policy.clone();
    let mut extra = Vec::new();
    for each in because {
        let Some(index) = each.index else { return Ok(()) };
        let rule = &mut mended["administration"][index];
        for lack in &each.lacks {
            match *lack {
                "by" | "self" => rule["by"] = json!("self"),
                "revoke" => {
                    extra.push(json!({ "roles": "*", "ops": ["revoke"], "by": "self", "scope": rule.get("scope") }))
                }
                key => drop(rule.as_object_mut().unwrap().remove(key)),
            }
        }
        let is_self = change["actor"]["id"] == change["target"]["id"];
        // No rule can be written that fits everybody; and without `targetStatus` an assign asks for a revoke.
        if each.lacks.contains(&"targetStatus")
            || !is_self && each.lacks.iter().any(|key| ["by", "revoke"].contains(key))
        {
            return Ok(());
        }
    }
    for mut rule in extra {
        if rule["scope"].is_null() {
            drop(rule.as_object_mut().unwrap().remove("scope"));
        }
        mended["administration"].as_array_mut().unwrap().push(rule);
    }
    let answer = grantlet_reference::decide_change(&mended, change, now).unwrap();
    prop_assert!(answer.reason != "not-administrator", "{:#?}\n{:#}", because, mended["administration"]);
    Ok(())
}
