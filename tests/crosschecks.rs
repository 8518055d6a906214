//! Every way of asking against one accessibility set: over a directory, the reference decides once who may what, where
//! and on what, and `can`, `decide`, `allowed`, the sections, `who`, the matrix and changes must be what is read off it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::cell::Cell;
use std::io::Write;

use grantlet::session::Session;
use grantlet_reference::generate::{World, world};
use grantlet_reference::{AccessibilitySet, Request, id};
use proptest::prelude::*;
use serde_json::Value as Json;
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
    let (seen, answers) = (seen.get(), answers.get());
    writeln!(std::io::stderr(), "crosschecks: {what}: {seen} worlds, {answers} answers compared").unwrap();
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
