//! Which state an element has, and what is set with it.

use grantlet::dom::Binder;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::bound;
use crate::support::{CLERK, NOBODY, Place, SUBSCRIBED, looks, session};

/// The state of a `div` with these attributes, for a clerk without a subscription.
fn state(attributes: &str) -> String {
    bound!(place, _binder, &format!("<div id=a {attributes}></div>"));
    place.state("#a")
}

#[wasm_bindgen_test]
fn a_permission_that_is_allowed_enables() {
    assert_eq!(state("data-grant='crm:view'"), "enabled");
}

#[wasm_bindgen_test]
fn a_permission_that_depends_on_the_record_enables() {
    assert_eq!(state("data-grant='crm:edit'"), "enabled");
}

#[wasm_bindgen_test]
fn a_permission_that_is_denied_hides_or_disables() {
    assert_eq!(state("data-grant='crm:export'"), "hidden");
    assert_eq!(state("data-grant='crm:export' data-grant-else='hide'"), "hidden");
    assert_eq!(state("data-grant='crm:export' data-grant-else='disable'"), "disabled");
    assert_eq!(state("data-grant='crm:export' data-grant-else='disabled'"), "hidden");
}

#[wasm_bindgen_test]
fn a_permission_outside_the_subscription_locks() {
    assert_eq!(state("data-grant='finance:view'"), "locked");
    assert_eq!(state("data-grant='finance:view' data-grant-else='disable'"), "locked");
}

#[wasm_bindgen_test]
fn several_permissions_are_all_needed_and_the_first_closed_one_decides() {
    assert_eq!(state("data-grant='crm:view crm:edit'"), "enabled");
    assert_eq!(state("data-grant=' crm:view\n\tcrm:export '"), "hidden");
    assert_eq!(state("data-grant='crm:view finance:view crm:export'"), "locked");
    assert_eq!(state("data-grant='crm:export finance:view'"), "hidden");
}

#[wasm_bindgen_test]
fn an_empty_or_malformed_attribute_hides_whatever_else_is_said() {
    for attribute in
        ["data-grant=''", "data-grant=' '", "data-grant='crm'", "data-grant='crm:view crm'", "data-grant-section=''"]
    {
        assert_eq!(state(&format!("{attribute} data-grant-else='disable'")), "hidden", "{attribute}");
    }
}

#[wasm_bindgen_test]
fn a_name_that_the_policy_does_not_have_is_denied() {
    assert_eq!(state("data-grant='crm:fly'"), "hidden");
    assert_eq!(state("data-grant='crm:fly' data-grant-else='disable'"), "disabled");
    assert_eq!(state("data-grant='crm:view,edit' data-grant-else='disable'"), "disabled");
    assert_eq!(state("data-grant='crm:*'"), "hidden");
    assert_eq!(state("data-grant-section='none'"), "hidden");
    assert_eq!(state("data-grant-section='crm '"), "hidden");
    assert_eq!(state("data-grant-section='constructor'"), "hidden");
}

#[wasm_bindgen_test]
fn a_section_has_the_state_that_the_session_gives_it() {
    assert_eq!(state("data-grant-section='crm'"), "enabled");
    assert_eq!(state("data-grant-section='finance'"), "locked");
    assert_eq!(state("data-grant-section='export'"), "hidden");
    assert_eq!(state("data-grant-section='teaser'"), "disabled");
    assert_eq!(state("data-grant-section='list'"), "disabled");
}

#[wasm_bindgen_test]
fn a_hidden_section_is_disabled_where_its_element_says_so() {
    assert_eq!(state("data-grant-section='export' data-grant-else='disable'"), "disabled");
    assert_eq!(state("data-grant-section='finance' data-grant-else='disable'"), "locked");
}

#[wasm_bindgen_test]
fn of_two_attributes_the_stricter_state_stands() {
    assert_eq!(state("data-grant='crm:view' data-grant-section='crm'"), "enabled");
    assert_eq!(state("data-grant='crm:view' data-grant-section='list'"), "disabled");
    assert_eq!(state("data-grant='finance:view' data-grant-section='list'"), "locked");
    assert_eq!(state("data-grant='finance:view' data-grant-section='export'"), "hidden");
    assert_eq!(state("data-grant='crm:export' data-grant-section='crm'"), "hidden");
}

#[wasm_bindgen_test]
fn a_scope_is_the_elements_own() {
    assert_eq!(state("data-grant='crm:delete'"), "hidden");
    assert_eq!(state("data-grant='crm:delete' data-grant-scope='workspace:sales'"), "enabled");
    assert_eq!(state("data-grant='crm:delete' data-grant-scope='workspace:other'"), "hidden");
    assert_eq!(state("data-grant-section='list' data-grant-scope='workspace:sales'"), "enabled");
    bound!(place, _binder, "<div data-grant-scope='workspace:sales'><p id=a data-grant='crm:delete'></p></div>");
    assert_eq!(place.state("#a"), "hidden");
}

#[wasm_bindgen_test]
fn a_scope_that_is_none_denies() {
    assert_eq!(state("data-grant='crm:view' data-grant-scope=''"), "hidden");
    assert_eq!(state("data-grant='crm:view' data-grant-scope='planet:mars'"), "hidden");
}

#[wasm_bindgen_test]
fn an_element_inside_a_hidden_one_has_its_own_state() {
    bound!(place, _binder, "<div id=a data-grant='crm:export'><p id=b data-grant='crm:view'></p></div>");
    assert_eq!(place.state("#a"), "hidden");
    assert_eq!(place.state("#b"), "enabled");
}

#[wasm_bindgen_test]
fn what_is_enabled_gets_nothing_but_its_state() {
    bound!(place, _binder, "<button id=a data-grant='crm:view'></button>");
    assert_eq!(place.look("#a"), "data-grant-state=enabled");
}

#[wasm_bindgen_test]
fn what_is_hidden_is_not_displayed() {
    bound!(place, _binder, "<p id=a data-grant='crm:export'>secret</p>");
    assert_eq!(place.tell("$('#a').hidden"), "true");
    assert_eq!(place.tell("$('#a').getClientRects().length"), "0");
    assert_eq!(place.look("#a"), "data-grant-state=hidden hidden=grantlet");
}

#[wasm_bindgen_test]
fn a_hidden_control_is_not_sent_with_its_form() {
    bound!(place, _binder, "<form><input id=a name=iban value=1 required data-grant='crm:export'></form>");
    assert_eq!(place.tell("[...new FormData($('form')).keys()]"), "");
    assert_eq!(place.tell("$('form').checkValidity()"), "true");
}

#[wasm_bindgen_test]
fn what_knows_disabled_is_disabled() {
    for html in [
        "<button id=a G></button>",
        "<input id=a G>",
        "<select><optgroup id=a G></optgroup></select>",
        "<select><option id=a G></option></select>",
        "<select id=a G></select>",
        "<textarea id=a G></textarea>",
        "<fieldset id=a G></fieldset>",
    ] {
        for (grant, state) in [("crm:export", "disabled"), ("finance:view", "locked")] {
            let attributes = format!("data-grant='{grant}' data-grant-else='disable'");
            bound!(place, _binder, &html.replace('G', &attributes));
            assert_eq!(place.look("#a"), format!("data-grant-state={state} disabled=grantlet"), "{html}");
            assert_eq!(place.tell("$('#a').matches(':disabled')"), "true", "{html}");
        }
    }
}

#[wasm_bindgen_test]
fn a_custom_element_that_knows_disabled_is_disabled() {
    let define = "customElements.get('has-disabled') ||
        customElements.define('has-disabled', class extends HTMLElement { disabled = false })";
    Place::of("").run(define);
    bound!(place, _binder, "<has-disabled id=a data-grant='finance:view'></has-disabled>");
    assert_eq!(place.look("#a"), "data-grant-state=locked disabled=grantlet");
}

#[wasm_bindgen_test]
fn another_control_is_said_to_be_disabled() {
    for html in [
        "<a id=a href='#x' G>a</a>",
        "<details><summary id=a G>a</summary></details>",
        "<span id=a role=button tabindex=0 G>a</span>",
        "<span id=a role=menuitem tabindex=-1 G>a</span>",
        "<span id=a tabindex=0 G>a</span>",
        "<svg><g id=a G></g></svg>",
    ] {
        bound!(place, _binder, &html.replace('G', "data-grant='finance:view'"));
        assert_eq!(place.look("#a"), "aria-disabled=true data-grant-aria= data-grant-state=locked", "{html}");
    }
}

#[wasm_bindgen_test]
fn what_holds_controls_is_inert() {
    for html in [
        "<section id=a G></section>",
        "<div id=a G><button></button></div>",
        "<form id=a G></form>",
        "<nav id=a G></nav>",
        "<div id=a tabindex=-1 G></div>",
        "<div id=a tabindex=0 G><button></button></div>",
        "<div id=a tabindex=0 contenteditable G></div>",
        "<label id=a G><input></label>",
        "<iframe id=a tabindex=0 G></iframe>",
    ] {
        bound!(place, _binder, &html.replace('G', "data-grant='finance:view'"));
        assert_eq!(
            place.look("#a").replace("contenteditable= ", ""),
            "data-grant-state=locked inert=grantlet",
            "{html}"
        );
    }
}

#[wasm_bindgen_test]
fn everything_is_judged_when_the_constructor_returns() {
    let place = Place::of(&"<p data-grant='crm:export'></p><p data-grant='crm:view'></p>".repeat(50));
    let session = session(CLERK);
    let _binder = place.bind(&session);
    assert_eq!(place.tell("root.querySelectorAll('[hidden][data-grant-state=hidden]').length"), "50");
    assert_eq!(place.tell("root.querySelectorAll('[data-grant-state=enabled]').length"), "50");
}

#[wasm_bindgen_test]
fn a_refresh_is_done_when_it_returns() {
    bound!(place, binder, "<p id=a data-grant='finance:view'></p><p id=b data-grant='crm:view'></p>");
    assert_eq!((place.state("#a"), place.state("#b")), ("locked".into(), "enabled".into()));
    binder.update(SUBSCRIBED);
    assert_eq!((place.look("#a"), place.state("#b")), ("data-grant-state=enabled".into(), "enabled".into()));
    binder.update(NOBODY);
    assert_eq!((place.state("#a"), place.state("#b")), ("hidden".into(), "hidden".into()));
}

#[wasm_bindgen_test]
fn a_session_that_was_closed_denies() {
    let place = Place::of("<p id=a data-grant='crm:view'></p>");
    let session = session(CLERK);
    let bound = place.bind(&session);
    session.close();
    bound.binder.refresh();
    assert_eq!(place.state("#a"), "hidden");
}

#[wasm_bindgen_test]
fn the_root_itself_may_ask() {
    let place = Place::of("");
    place.run("root.dataset.grant = 'crm:export'");
    let session = session(CLERK);
    let bound = place.bind(&session);
    assert_eq!(place.tell("[root.dataset.grantState, root.hidden]"), "hidden,true");
    bound.binder.stop();
    assert_eq!(place.tell("[root.dataset.grantState, root.hidden]"), ",false");
}

#[wasm_bindgen_test]
fn a_shadow_root_is_bound_and_what_is_around_it_is_not() {
    let place = Place::of("<div id=host data-grant='crm:export'></div>");
    place.run("$('#host').attachShadow({ mode: 'open' }).innerHTML = '<p data-grant=\"crm:export\"></p>'");
    let session = session(CLERK);
    let root = Place::from(place.run("return $('#host').shadowRoot"));
    let _binder = root.bind(&session);
    assert_eq!(root.state("p"), "hidden");
    assert_eq!(place.state("#host"), "undefined");
}

#[wasm_bindgen_test]
fn a_fragment_is_bound() {
    let make = "const made = document.createElement('template'); made.innerHTML = '<p data-grant=\"crm:export\"></p>'; return made.content";
    let fragment = Place::from(Place::of("").run(make));
    let session = session(CLERK);
    let _binder = fragment.bind(&session);
    assert_eq!(fragment.state("p"), "hidden");
}

#[wasm_bindgen_test]
fn a_root_that_is_no_node_is_refused() {
    let session = session(CLERK);
    let refused = Binder::new(&session, JsValue::from("root").unchecked_ref(), &looks()).map(|_| ()).unwrap_err();
    assert!(js_sys::Array::is_array(&refused));
}

#[wasm_bindgen_test]
fn ten_thousand_elements_take_a_moment() {
    let row = "<p data-grant='crm:view'></p><p data-grant='finance:view'></p><a href='#' data-grant='crm:export'></a><button data-grant='crm:edit'></button>";
    let place = Place::of(&row.repeat(2500));
    let session = session(CLERK);
    let now = || js_sys::Date::now();
    let start = now();
    let bound = place.bind(&session);
    let first = now() - start;
    let start = now();
    bound.binder.refresh();
    let same = now() - start;
    let start = now();
    bound.update(NOBODY);
    let other = now() - start;
    wasm_bindgen_test::console_log!(
        "10,000 elements: bound in {first} ms, refreshed in {same} ms, all changed in {other} ms"
    );
    assert!(first < 3000.0 && same < 1500.0 && other < 3000.0);
}
