//! Elements that come, change and go.

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::bound;
use crate::support::{NOBODY, Place, SUBSCRIBED, microtask, session};

#[wasm_bindgen_test]
async fn an_element_that_is_added_is_judged_before_it_is_painted() {
    bound!(place, _binder, "<div id=a></div>");
    place.run("$('#a').innerHTML = 'text <p id=b data-grant=\"crm:export\"></p><div><p id=c data-grant=\"crm:view\"></p></div>'");
    microtask().await;
    assert_eq!(place.state("#b"), "hidden");
    assert_eq!(place.state("#c"), "enabled");
}

#[wasm_bindgen_test]
async fn an_element_that_asks_something_else_is_judged_anew() {
    bound!(place, _binder, "<p id=a data-grant='crm:export'></p>");
    for (code, state) in [
        ("$('#a').dataset.grant = 'crm:view'", "enabled"),
        ("$('#a').dataset.grantSection = 'finance'", "locked"),
        ("$('#a').dataset.grantScope = 'workspace:sales'", "locked"),
        ("delete $('#a').dataset.grantSection; $('#a').dataset.grant = 'crm:delete'", "enabled"),
        ("delete $('#a').dataset.grantScope; $('#a').dataset.grantElse = 'disable'", "disabled"),
        ("delete $('#a').dataset.grantElse", "hidden"),
    ] {
        place.run(code);
        microtask().await;
        assert_eq!(place.state("#a"), state, "{code}");
    }
}

#[wasm_bindgen_test]
async fn an_element_that_asks_nothing_any_more_is_given_back() {
    bound!(place, _binder, "<p id=a data-grant='crm:export'></p>");
    place.run("delete $('#a').dataset.grant");
    microtask().await;
    assert_eq!(place.look("#a"), "");
}

#[wasm_bindgen_test]
async fn an_element_that_begins_to_ask_is_judged() {
    bound!(place, _binder, "<p id=a></p>");
    place.run("$('#a').dataset.grant = 'crm:export'");
    microtask().await;
    assert_eq!(place.state("#a"), "hidden");
}

#[wasm_bindgen_test]
async fn an_element_that_is_taken_out_is_given_back_and_judged_when_it_returns() {
    bound!(place, binder, "<div id=a><p id=b hidden data-grant='finance:view'></p></div>");
    place.run("root.kept = $('#a'); root.kept.remove()");
    microtask().await;
    assert_eq!(place.tell("root.kept.innerHTML"), "<p id=\"b\" hidden=\"\" data-grant=\"finance:view\"></p>");
    binder.update(NOBODY);
    place.run("root.append(root.kept)");
    microtask().await;
    assert_eq!(place.look("#b"), "data-grant-state=hidden hidden=");
}

#[wasm_bindgen_test]
async fn an_element_that_moves_within_the_root_keeps_its_state() {
    bound!(place, _binder, "<div id=a><p id=b data-grant='crm:export'></p></div><div id=c></div>");
    place.run("$('#c').append($('#b'))");
    assert_eq!(place.state("#b"), "hidden");
    microtask().await;
    assert_eq!(place.look("#b"), "data-grant-state=hidden hidden=grantlet");
}

#[wasm_bindgen_test]
async fn an_element_that_moves_out_of_the_root_is_not_shown() {
    let other = Place::of("");
    bound!(place, binder, "<p id=a data-grant='crm:export'></p>");
    place.run("root.previousSibling.append($('#a'))");
    microtask().await;
    assert_eq!(other.state("#a"), "hidden");
    binder.update(SUBSCRIBED);
    assert_eq!(other.look("#a"), "data-grant-state=hidden hidden=grantlet");
}

#[wasm_bindgen_test]
async fn an_element_that_comes_and_goes_at_once_is_left_as_it_is() {
    bound!(place, _binder, "");
    place.run("const p = document.createElement('p'); p.dataset.grant = 'crm:export'; root.append(p); p.remove(); root.kept = p");
    microtask().await;
    assert_eq!(place.tell("root.kept.outerHTML"), "<p data-grant=\"crm:export\"></p>");
}

#[wasm_bindgen_test]
async fn elements_that_code_of_their_own_adds_are_judged_in_the_same_pass() {
    let define = "customElements.get('adds-more') || customElements.define('adds-more', class extends HTMLElement {
        static observedAttributes = ['hidden'];
        attributeChangedCallback() { if (!this.nextElementSibling) this.insertAdjacentHTML('afterend', '<p data-grant=\"crm:export\"></p>') }
    })";
    Place::of("").run(define);
    bound!(place, _binder, "<adds-more data-grant='crm:export'></adds-more>");
    assert_eq!(place.state("p"), "hidden");
}

#[wasm_bindgen_test]
fn a_refresh_from_within_a_pass_is_done_by_that_pass() {
    let define = "customElements.get('calls-back') || customElements.define('calls-back', class extends HTMLElement {
        static observedAttributes = ['data-grant-state'];
        attributeChangedCallback() { this.back?.() }
    })";
    Place::of("").run(define);
    let place = Place::of("<calls-back data-grant='crm:view'></calls-back><p data-grant='crm:view'></p>");
    let session = session(crate::support::CLERK);
    let bound = place.bind(&session);
    let binder: &'static grantlet::dom::Binder = Box::leak(Box::new(place.binder(&session)));
    let back = Closure::<dyn Fn()>::new(move || binder.refresh());
    js_sys::Reflect::set(&place.run("return $('calls-back')"), &"back".into(), back.as_ref()).unwrap();
    bound.update(NOBODY);
    binder.refresh();
    assert_eq!(place.state("p"), "hidden");
    binder.stop();
}

#[wasm_bindgen_test]
fn a_stop_from_within_a_pass_stops_when_that_pass_ends() {
    let define = "customElements.get('stops-it') || customElements.define('stops-it', class extends HTMLElement {
        static observedAttributes = ['data-grant-state'];
        attributeChangedCallback() { this.stop?.() }
    })";
    Place::of("").run(define);
    let place = Place::of("<stops-it data-grant='crm:view'></stops-it><p data-grant='crm:view'></p>");
    let session = session(crate::support::CLERK);
    let binder: &'static grantlet::dom::Binder = Box::leak(Box::new(place.binder(&session)));
    let stop = Closure::<dyn Fn()>::new(move || binder.stop());
    js_sys::Reflect::set(&place.run("return $('stops-it')"), &"stop".into(), stop.as_ref()).unwrap();
    assert_eq!(session.update(NOBODY, 0.0), Ok(true));
    binder.refresh();
    assert_eq!(place.look("p"), "");
}
