//! The engine against the reference evaluator, which is written from the model alone and shares no
//! code with it: the same effect, reason and `until` of every decision, the same sections, and every
//! way of asking the engine gives the same answer.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::cell::Cell;
use std::io::Write;

use grantlet::document;
use grantlet::section::SectionState;
use grantlet_reference::generate::{Case, case, policy};
use grantlet_reference::{Facts, decide, permissions, sections};
use proptest::prelude::*;
use support::{allowed, cases, effect_name};

const CASES: u32 = 4_000;
const DECISIONS: usize = 20_000;

#[derive(Default)]
struct Compared {
    decisions: Cell<usize>,
    sections: Cell<usize>,
}

#[test]
fn the_engine_agrees_with_the_reference() {
    let compared = Compared::default();
    let mut runner = cases::runner(CASES);
    if let Err(failure) = runner.run(&case(), |case| compare(&case, &compared)) {
        panic!("{failure}");
    }
    let (decisions, sections) = (compared.decisions.get(), compared.sections.get());
    // Written past the capture of the test harness: the figure belongs in the log of every run.
    writeln!(std::io::stderr(), "agreement: {decisions} decisions, {sections} sections compared").unwrap();
    assert!(decisions >= DECISIONS);
}

fn compare(case: &Case, compared: &Compared) -> Result<(), TestCaseError> {
    let Case { policy, subject, context, roles, now, requests } = case;
    let facts = Facts { policy, subject, context, roles: roles.as_deref(), now: *now };
    let session = cases::session(case);
    let declared = permissions(policy);
    prop_assert_eq!(session.policy().permission_names().collect::<Vec<_>>(), declared.clone());

    for (request, asked) in requests.iter().zip(cases::requests(case)) {
        prop_assert_eq!(session.effects(asked.request()).len(), declared.len());
        let mut allows = Vec::new();
        for name in declared.iter().map(String::as_str).chain(["page:fly"]) {
            let expected = decide(&facts, name, request);
            let found = support::decide(&session, name, &asked);
            let found = (effect_name(found.effect), found.reason.name(), found.until);
            prop_assert_eq!(found, (expected.effect, expected.reason, expected.until), "{} of {:?}", name, request);
            if expected.effect == "allow" {
                allows.push(name.to_owned());
            }
            compared.decisions.set(compared.decisions.get() + 1);
        }
        prop_assert_eq!(allowed(&session, &asked), allows, "{:?}", request);

        let states = session.sections(asked.request());
        for ((name, expected), state) in sections(&facts, request).into_iter().zip(&states) {
            prop_assert_eq!(state.name(), expected, "section {} of {:?}", &name, request);
            prop_assert_eq!(session.section(&name, asked.request()), *state);
            compared.sections.set(compared.sections.get() + 1);
        }
        prop_assert_eq!(session.section("nowhere", asked.request()), SectionState::Hidden);
    }
    Ok(())
}

#[test]
fn every_generated_policy_is_one_that_the_engine_takes() {
    let taken = |policy: serde_json::Value| {
        let list = document::check(&policy.to_string());
        let is_error =
            |found: &&grantlet::diagnostic::Diagnostic| found.severity == grantlet::diagnostic::Severity::Error;
        prop_assert!(list.iter().find(is_error).is_none(), "{:#?}", list);
        Ok(())
    };
    if let Err(failure) = cases::runner(1_000).run(&policy(), taken) {
        panic!("{failure}");
    }
}
