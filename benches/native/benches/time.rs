//! Time and allocations outside JavaScript, at 1, 10, 100 and 1,000 times the grants: `cargo xtask bench time`.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark stops where it fails")]

mod support;

use divan::{AllocProfiler, Bencher, black_box};
use grantlet::facts::Request;
use grantlet::policy::Policy;
use grantlet_scenario::policy;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SIZES: [usize; 4] = [1, 10, 100, 1000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn load_from_text(bencher: Bencher<'_, '_>, times: usize) {
    let text = policy(times);
    bencher.bench(|| support::load(black_box(&text)));
}

#[divan::bench(args = SIZES)]
fn load_from_bytes(bencher: Bencher<'_, '_>, times: usize) {
    let bytes = support::load(&policy(times)).to_bytes();
    bencher.bench(|| Policy::from_bytes(black_box(&bytes)));
}

#[divan::bench(args = SIZES)]
fn open_a_session(bencher: Bencher<'_, '_>, times: usize) {
    let policy = support::load(&policy(times));
    bencher.bench(|| support::open(black_box(&policy)));
}

#[divan::bench(args = SIZES)]
fn all_effects(bencher: Bencher<'_, '_>, times: usize) {
    let (session, _) = support::session(times);
    bencher.bench(|| session.effects(black_box(Request::default())));
}

#[divan::bench(args = SIZES)]
fn check_allowed(bencher: Bencher<'_, '_>, times: usize) {
    let (session, [allowed, ..]) = support::session(times);
    bencher.bench(|| session.effect(black_box(allowed), Request::default()));
}

#[divan::bench(args = SIZES)]
fn check_denied(bencher: Bencher<'_, '_>, times: usize) {
    let (session, [_, denied, _]) = support::session(times);
    bencher.bench(|| session.effect(black_box(denied), Request::default()));
}

#[divan::bench(args = SIZES)]
fn check_of_a_record(bencher: Bencher<'_, '_>, times: usize) {
    let (session, [.., conditional]) = support::session(times);
    let record = support::record();
    bencher.bench(|| session.effect(black_box(conditional), Request { resource: Some(&record), ..Request::default() }));
}

#[divan::bench(args = SIZES)]
fn decide_with_reasons(bencher: Bencher<'_, '_>, times: usize) {
    let (session, [allowed, ..]) = support::session(times);
    bencher.bench(|| session.decide_at(black_box(Some(allowed)), Request::default()));
}
