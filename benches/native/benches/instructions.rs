//! Instructions that a processor executes, counted by valgrind: `cargo xtask bench instructions`. The guard of the test
//! run counts those of the module instead, which is what pages execute and the same on every machine.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark stops where it fails")]

mod support;

use std::hint::black_box;
use std::sync::Arc;

use grantlet::decide::{Decision, Effect};
use grantlet::facts::Request;
use grantlet::policy::{PermissionId, Policy};
use grantlet::session::Session;
use grantlet::value::Value;
use grantlet_scenario::policy;
use iai_callgrind::{library_benchmark, library_benchmark_group, main};

// What is asked is handed back with the answer, so that giving its memory back is not counted.

fn loaded(times: usize) -> Arc<Policy> {
    support::load(&policy(times))
}

fn compiled(times: usize) -> Vec<u8> {
    loaded(times).to_bytes()
}

fn allowed(times: usize) -> (Session, PermissionId) {
    let (session, [allowed, ..]) = support::session(times);
    (session, allowed)
}

fn conditional(times: usize) -> (Session, PermissionId, Value<'static>) {
    let (session, [.., conditional]) = support::session(times);
    (session, conditional, support::record())
}

#[library_benchmark]
#[bench::once(args = (1), setup = policy)]
#[bench::tenfold(args = (10), setup = policy)]
fn load_from_text(text: String) -> Arc<Policy> {
    support::load(black_box(&text))
}

#[library_benchmark]
#[bench::once(args = (1), setup = compiled)]
#[bench::tenfold(args = (10), setup = compiled)]
fn load_from_bytes(bytes: Vec<u8>) -> Policy {
    Policy::from_bytes(black_box(&bytes)).unwrap()
}

#[library_benchmark]
#[bench::once(args = (1), setup = loaded)]
#[bench::tenfold(args = (10), setup = loaded)]
fn open_a_session(policy: Arc<Policy>) -> (Session, Arc<Policy>) {
    (support::open(black_box(&policy)), policy)
}

#[library_benchmark]
#[bench::once(args = (1), setup = allowed)]
#[bench::tenfold(args = (10), setup = allowed)]
fn all_effects((session, _): (Session, PermissionId)) -> (Vec<Effect>, Session) {
    (session.effects(black_box(Request::default())), session)
}

#[library_benchmark]
#[bench::once(args = (1), setup = allowed)]
#[bench::tenfold(args = (10), setup = allowed)]
fn check_allowed((session, permission): (Session, PermissionId)) -> (Effect, Session) {
    (session.effect(black_box(permission), Request::default()), session)
}

#[library_benchmark]
#[bench::once(args = (1), setup = conditional)]
#[bench::tenfold(args = (10), setup = conditional)]
fn check_of_a_record(
    (session, permission, record): (Session, PermissionId, Value<'static>),
) -> (Effect, Session, Value<'static>) {
    let request = Request { resource: Some(&record), ..Request::default() };
    (session.effect(black_box(permission), request), session, record)
}

#[library_benchmark]
#[bench::once(args = (1), setup = allowed)]
#[bench::tenfold(args = (10), setup = allowed)]
fn decide_with_reasons((session, permission): (Session, PermissionId)) -> (Decision, Session) {
    (session.decide_at(black_box(Some(permission)), Request::default()), session)
}

library_benchmark_group!(
    name = every;
    benchmarks = load_from_text, load_from_bytes, open_a_session, all_effects, check_allowed, check_of_a_record, decide_with_reasons
);
main!(library_benchmark_groups = every);
