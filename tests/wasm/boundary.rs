//! Sessions as JavaScript asks them.

use grantlet::wasm::{PolicyHandle, Record, SessionHandle};
use js_sys::{Array, Function, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{CLERK, NOBODY, POLICY, session};

/// What an expression comes to.
fn js(expression: &str) -> JsValue {
    Function::new_no_args(&format!("return {expression}")).call0(&JsValue::UNDEFINED).unwrap()
}

/// The questions that a session is asked, by number.
const EFFECT: u32 = 0;
const SECTION: u32 = 1;
const EFFECTS: u32 = 2;
const SECTIONS: u32 = 3;
const DECISION: u32 = 4;
const WARNINGS: u32 = 5;
const VALID_UNTIL: u32 = 6;
const TURNS_AT: u32 = 7;

/// What reads a record, as the package does it, from what it answers to a path.
fn reader(read: &str) -> Record {
    js(&format!("({{ read: (path) => {read} }})")).unchecked_into()
}

fn none() -> Record {
    JsValue::UNDEFINED.unchecked_into()
}

fn ask(session: &SessionHandle, question: u32, number: u32, record: &Record) -> f64 {
    session.ask(question, number, None, record, &none(), &JsValue::UNDEFINED)
}

/// What a session puts into the list of whoever asks.
fn answer_of(session: &SessionHandle, question: u32, number: u32, scope: Option<&str>) -> JsValue {
    let list = Array::new();
    session.ask(question, number, scope.map(str::to_owned), &none(), &none(), &list);
    list.get(0)
}

fn answer(question: u32, number: u32, scope: Option<&str>) -> JsValue {
    answer_of(&session(CLERK), question, number, scope)
}

/// The effect of editing a record with that region, which is JSON text.
fn edit(region: &str) -> f64 {
    ask(&session(CLERK), EFFECT, 1, &reader(&format!("path === 'region' ? {region} : undefined")))
}

#[wasm_bindgen_test]
fn a_record_decides_what_depends_on_it() {
    assert_eq!(ask(&session(CLERK), EFFECT, 1, &none()), 2.0);
    assert_eq!(edit(r#"'"north"'"#), 1.0);
    assert_eq!(edit(r#"'"south"'"#), 0.0);
    assert_eq!(edit("undefined"), 0.0);
}

#[wasm_bindgen_test]
fn what_is_no_json_allows_nothing() {
    for region in [r"'north'", r#"'"\\ud800"'"#, r"''", r"'{}'", r#"'["north"]'"#] {
        assert_eq!(edit(region), 0.0, "{region}");
    }
}

#[wasm_bindgen_test]
fn a_session_can_be_asked_from_within_a_record() {
    let asked = session(CLERK);
    let inner = Closure::<dyn Fn() -> String>::new(|| {
        assert_eq!(edit(r#"'"north"'"#), 1.0);
        r#""north""#.to_owned()
    });
    let record = js("(back) => ({ read: () => back() })");
    let record = record.unchecked_ref::<Function>().call1(&JsValue::UNDEFINED, inner.as_ref()).unwrap();
    assert_eq!(ask(&asked, EFFECT, 1, record.unchecked_ref()), 1.0);
}

/// Bytes of the module's memory, as the package copies them.
fn memory(start: f64, length: u32) -> Vec<u8> {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let all = Uint8Array::new(&memory.buffer());
    (0..length).map(|place| all.get_index(start as u32 + place)).collect()
}

#[wasm_bindgen_test]
fn effects_are_four_to_a_byte_and_sections_a_byte_each_in_their_order() {
    let session = session(CLERK);
    let bytes = |question, scope: Option<&str>, length| {
        let start = session.ask(question, 0, scope.map(str::to_owned), &none(), &none(), &JsValue::UNDEFINED);
        memory(start, length)
    };
    assert_eq!(bytes(EFFECTS, None, 2), [0b00_00_10_01, 0]);
    assert_eq!(bytes(EFFECTS, Some("workspace:sales"), 2), [0b00_01_10_01, 0]);
    assert_eq!(bytes(SECTIONS, None, 5), [1, 3, 0, 2, 2]);
    assert_eq!(ask(&session, SECTION, 1, &none()), 3.0);
}

#[wasm_bindgen_test]
fn a_survey_has_the_effects_and_the_instant_at_which_they_turn() {
    let policy = PolicyHandle::load(POLICY).unwrap();
    let survey = |facts| memory(f64::from(policy.survey(facts, 0.0)), 10);
    assert_eq!(survey(CLERK), [0b00_00_10_01, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let bounded = survey(r#"{ "subject": { "assignments": [{ "role": "clerk", "until": 5 }] } }"#);
    assert_eq!(bounded[2..], 5.0_f64.to_le_bytes());
    assert_eq!(policy.survey(r#"{ "subject": { "assignments": 7 } }"#, 0.0), 0);
}

#[wasm_bindgen_test]
fn a_decision_has_its_effect_and_its_reason() {
    let decision = answer(DECISION, 0, None);
    let member = |name: &str| Reflect::get(&decision, &name.into()).unwrap().as_string();
    assert_eq!((member("effect").as_deref(), member("reason").as_deref()), (Some("allow"), Some("granted")));
}

#[wasm_bindgen_test]
fn what_is_inert_is_a_warning() {
    let facts = r#"{ "subject": { "assignments": [{ "role": "pilot" }] } }"#;
    assert_eq!(Array::from(&answer_of(&session(facts), WARNINGS, 0, None)).length(), 1);
}

#[wasm_bindgen_test]
fn instants_are_numbers_and_infinite_where_none_is_ahead() {
    let bounded = r#"{ "subject": { "assignments": [{ "role": "clerk", "until": 5 }] } }"#;
    for question in [VALID_UNTIL, TURNS_AT] {
        assert_eq!(ask(&session(CLERK), question, 0, &none()), f64::INFINITY);
        assert_eq!(ask(&session(bounded), question, 0, &none()), 5.0);
    }
}

#[wasm_bindgen_test]
fn a_session_takes_other_facts() {
    let session = session(NOBODY);
    assert_eq!(session.update(CLERK, 0.0), Ok(true));
    assert!(session.update(r#"{ "subject": { "assignments": 7 } }"#, 0.0).is_err());
    assert_eq!(ask(&session, EFFECT, 0, &none()), 1.0);
}

#[wasm_bindgen_test]
fn what_is_malformed_is_refused() {
    assert!(PolicyHandle::load("{").is_err());
    let policy = PolicyHandle::load(POLICY).unwrap();
    assert!(policy.open("[", 0.0).is_err());
    assert!(policy.open(r#"{ "subject": { "assignments": 7 } }"#, 0.0).is_err());
}
