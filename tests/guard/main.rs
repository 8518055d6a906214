//! The guard against more memory: how often loading, opening and asking take memory, and how much, against the counts in
//! `benches/guard.json`. `instructions.test.mjs` beside this file guards the instructions. `BLESS=1` writes new counts.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::fs;
use std::hint::black_box;
use std::sync::{Arc, Mutex};

use allocation_counter::measure;
use grantlet::compile::compile;
use grantlet::decide::Effect;
use grantlet::document;
use grantlet::facts::{Attributes, Request};
use grantlet::policy::{PermissionId, Policy};
use grantlet::session::Session;
use grantlet::value::Value;
use grantlet_scenario::{SUBJECT, fingerprint, policy};
use serde_json::Value as Json;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/guard.json");
/// In a hundred.
const MOST_GROWTH: u64 = 5;

const SIZES: [(usize, &str); 2] = [(1, "150 grants"), (10, "1,500 grants")];

/// Tests run side by side, and each may write to the file.
static WRITING: Mutex<()> = Mutex::new(());

fn load(text: &str) -> Arc<Policy> {
    Arc::new(compile(document::read(text).unwrap().0))
}

fn open(policy: &Arc<Policy>) -> Session {
    let subject = Value::from_json(SUBJECT).unwrap();
    Session::open(Arc::clone(policy), subject, Value::Object(Vec::new()), None, 0.0).unwrap()
}

/// The first permission with that effect.
fn permission(session: &Session, effect: Effect) -> PermissionId {
    let place = session.effects(Request::default()).iter().position(|each| *each == effect);
    u32::try_from(place.unwrap()).unwrap()
}

fn record() -> Value<'static> {
    Value::from_json(r#"{"type":"crm.relation","ownerId":"u-1042"}"#).unwrap()
}

/// Holds counts to those that are kept under that name, or keeps them.
fn guard(section: &str, what: &str, counts: &[(&str, u64)]) {
    let _alone = WRITING.lock();
    let mut kept: Json = serde_json::from_str(&fs::read_to_string(FILE).unwrap()).unwrap();
    if std::env::var("BLESS").is_ok_and(|value| value == "1") {
        let entry: Json = counts.iter().map(|(name, count)| ((*name).to_owned(), Json::from(*count))).collect();
        kept[section][what] = entry;
        kept[section].as_object_mut().unwrap().sort_keys();
        fs::write(FILE, format!("{kept:#}\n")).unwrap();
        return;
    }
    for (name, count) in counts {
        let before = kept[section][what][name].as_u64();
        let before =
            before.unwrap_or_else(|| panic!("`{what}` has no `{name}` in benches/guard.json; BLESS=1 writes it"));
        assert!(
            count * 100 <= before * (100 + MOST_GROWTH),
            "`{what}` takes {count} {name}, more than {MOST_GROWTH} % over the {before} in benches/guard.json; \
             BLESS=1 accepts that"
        );
    }
}

/// What a piece of work takes, and what it keeps.
fn guard_work<T>(what: &str, work: impl FnOnce() -> T) {
    let mut kept = None;
    let counted = measure(|| kept = Some(work()));
    let bytes = u64::try_from(counted.bytes_current).unwrap();
    let counts = [("allocations", counted.count_total), ("bytes at most", counted.bytes_max), ("bytes kept", bytes)];
    drop(kept);
    guard("allocations", what, &counts);
}

#[test]
fn the_policy_is_the_one_that_is_counted() {
    for (times, size) in SIZES {
        guard_fingerprint(size, fingerprint(&policy(times)));
    }
}

fn guard_fingerprint(size: &str, found: u32) {
    let _alone = WRITING.lock();
    let mut kept: Json = serde_json::from_str(&fs::read_to_string(FILE).unwrap()).unwrap();
    if std::env::var("BLESS").is_ok_and(|value| value == "1") {
        kept["fingerprints"][size] = found.into();
        fs::write(FILE, format!("{kept:#}\n")).unwrap();
        return;
    }
    assert_eq!(kept["fingerprints"][size], found, "another policy than the one whose counts are kept");
}

#[test]
fn loading_takes_no_more_memory() {
    for (times, size) in SIZES {
        let text = policy(times);
        guard_work(&format!("load {size} from text"), || load(&text));
        let bytes = load(&text).to_bytes();
        guard_work(&format!("load {size} from bytes"), || Policy::from_bytes(&bytes).unwrap());
    }
}

#[test]
fn opening_a_session_takes_no_more_memory() {
    for (times, size) in SIZES {
        let policy = load(&policy(times));
        guard_work(&format!("session of {size}"), || open(&policy));
        let session = open(&policy);
        guard_work(&format!("all effects with {size}"), || session.effects(Request::default()));
    }
}

#[test]
fn a_decision_takes_no_more_memory() {
    for (times, size) in SIZES {
        let session = open(&load(&policy(times)));
        let allowed = permission(&session, Effect::Allow);
        guard_work(&format!("decision with {size}"), || session.decide_at(Some(allowed), Request::default()));
    }
}

#[test]
fn a_check_takes_no_memory() {
    for (times, _) in SIZES {
        let session = open(&load(&policy(times)));
        let record = record();
        for effect in [Effect::Allow, Effect::Deny, Effect::Conditional] {
            let permission = permission(&session, effect);
            for resource in [None, Some(&record as &dyn Attributes)] {
                let request = Request { resource, ..Request::default() };
                let counted = measure(|| {
                    black_box(session.effect(permission, request));
                });
                assert_eq!(counted.count_total, 0, "{effect:?} at {times} times the grants");
            }
        }
    }
}
