//! Prints generated cases with their answers, a line of JSON each, for suites that ask the package.
//!
//! `cargo run -q --example cases 40 7` prints forty, from the seed seven. The answers are those of the reference
//! evaluator: one accessibility set for each instant, and what is read off it.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use std::io::{Write, stdout};

use grantlet_reference::generate::{World, world};
use grantlet_reference::{
    AccessibilitySet, Cell, OnePart, Place, Request, decide_change, id, matrix_of_holders, permissions,
    ruled_by_permission, target_after,
};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

fn main() {
    let mut numbers = std::env::args().skip(1).map(|argument| argument.parse::<u64>().unwrap());
    let (count, seed) = (numbers.next().unwrap_or(10), numbers.next().unwrap_or(1));
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let (mut runner, strategy, mut out) = (TestRunner::new_with_rng(Config::default(), rng), world(), stdout());
    for _ in 0..count {
        let world = strategy.new_tree(&mut runner).unwrap().current();
        writeln!(out, "{}", case(&world)).unwrap();
    }
}

/// A world with its answers.
fn case(world: &World) -> Value {
    let World { policy, directory, instants, requests, .. } = world;
    let at = |instant: &f64| {
        let context = world.context_at(*instant);
        json!({ "reasons": reasons(policy, directory, &context, requests), "context": context })
    };
    json!({
        "policy": policy,
        "permissions": permissions(policy),
        "directory": directory,
        "requests": requests.iter().map(written).collect::<Vec<_>>(),
        "instants": instants.iter().map(at).collect::<Vec<_>>(),
        "matrix": matrix(policy),
        "change": change(world),
        "byPermission": by_permission(world),
    })
}

fn written(request: &Request) -> Value {
    let mut written = json!({});
    if let Some(scope) = &request.scope {
        written["scope"] = json!(scope);
    }
    if let Some(resource) = &request.resource {
        written["resource"] = resource.clone();
    }
    if let Some(action) = &request.action {
        written["action"] = action.clone();
    }
    written
}

/// The set as lists: by subject, by request, the reason for each permission, which says the effect as well.
fn reasons(policy: &Value, directory: &[Value], context: &Value, requests: &[Request]) -> Value {
    let set = AccessibilitySet::of(policy, directory, context, 0.0, requests);
    let of_request = |subject: &Value, number: usize| -> Value {
        set.answers(id(subject), number).iter().map(|answer| json!(answer.reason)).collect()
    };
    let of_subject = |subject: &Value| -> Value { (0..requests.len()).map(|it| of_request(subject, it)).collect() };
    directory.iter().map(of_subject).collect()
}

/// What a holder of each role alone gets, whatever the facts are.
fn matrix(policy: &Value) -> Value {
    let name = |cell: &Cell| match cell {
        Cell::Allow => "allow",
        Cell::Conditional => "conditional",
        Cell::Deny => "deny",
    };
    let mut all = json!({});
    for (role, cells) in matrix_of_holders(policy) {
        all[&role] = json!({});
        for (permission, cell) in cells {
            all[&role][permission] = json!(name(&cell));
        }
    }
    all
}

/// The world's own change with its decision and, where it is allowed, what the target may afterwards.
fn change(world: &World) -> Value {
    let World { policy, instants, requests, .. } = world;
    let change = world.change_at(instants[0]);
    let answer = decide_change(policy, &change, 0.0).unwrap();
    let mut decided = json!({ "reason": answer.reason });
    if let Some(constraint) = answer.constraint {
        decided["constraint"] = json!(constraint);
    }
    if answer.allowed {
        let after = target_after(policy, &change).unwrap();
        let reasons = reasons(policy, std::slice::from_ref(&after), &change["context"], requests);
        decided["after"] = json!({ "target": after, "reasons": reasons[0] });
    }
    decided["change"] = change;
    decided
}

/// Changes where rules are for whoever can do one permission, with the reasons that the set gives them.
fn by_permission(world: &World) -> Value {
    let needed: Vec<String> = permissions(&world.policy).into_iter().take(1).collect();
    let policy = ruled_by_permission(&world.policy, &needed);
    let context = world.context_at(world.instants[0]);
    let scopes: Vec<Option<String>> = world.requests.iter().step_by(3).map(|request| request.scope.clone()).collect();
    let directory = &world.directory;
    let place = Place { policy: &policy, needed: &needed, directory, context: &context, scopes: &scopes, now: 0.0 };
    let set = AccessibilitySet::of(&policy, directory, &context, 0.0, &place.requests());
    let decided = |part: OnePart| {
        let reason = place.reason(&set, &part);
        json!({ "actor": part.actor, "target": part.target, "parts": { part.kind: part.fact }, "reason": reason })
    };
    let changes: Vec<Value> = place.parts().into_iter().map(decided).collect();
    json!({ "policy": policy, "changes": changes })
}
