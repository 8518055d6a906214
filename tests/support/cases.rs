//! Generated cases, the same ones on every run unless a seed is given.
//!
//! `GRANTLET_SEED=7 GRANTLET_CASES=50000 cargo test --test agreement` looks elsewhere and longer.

use std::sync::Arc;

use grantlet::policy::Policy;
use grantlet::session::Session;
use grantlet_reference::generate::Case;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;

use super::{Asked, policy, try_open, value};

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a whole number, not `{text}`")))
}

/// A runner of so many cases, or of `GRANTLET_CASES`. No failure is kept on disk: every run is repeatable. A law
/// passes over as many cases as have nothing to change.
pub(crate) fn runner(cases: u32) -> TestRunner {
    let cases = number("GRANTLET_CASES").map_or(cases, |cases| u32::try_from(cases).unwrap());
    let config = Config {
        cases,
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        max_shrink_iters: 40_000,
        ..Config::default()
    };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("GRANTLET_SEED").unwrap_or(1).to_le_bytes());
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed))
}

/// The engine's session of a case; panics where the engine refuses what the generator calls valid.
pub(crate) fn session(case: &Case) -> Session {
    session_over(&policy(&case.policy), case)
}

/// The session of a case whose policy is compiled already.
pub(crate) fn session_over(policy: &Arc<Policy>, case: &Case) -> Session {
    let roles = case.roles.as_ref().map(|roles| json!(roles));
    try_open(policy, &case.subject, &case.context, roles.as_ref(), case.now).unwrap()
}

/// The requests of a case.
pub(crate) fn requests(case: &Case) -> Vec<Asked> {
    let own = |request: &grantlet_reference::Request| Asked {
        scope: request.scope.clone(),
        resource: request.resource.as_ref().map(value),
        action: request.action.as_ref().map(value),
    };
    case.requests.iter().map(own).collect()
}
