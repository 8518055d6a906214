//! What is not enabled cannot be activated.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::bound;
use crate::support::SUBSCRIBED;

const HEAR: &str = "root.heard = [];
    for (const kind of ['click', 'auxclick', 'dblclick', 'keydown', 'keyup', 'submit', 'dragstart', 'drop'])
      $('#a').addEventListener(kind, (event) => { root.heard.push(event.key ?? kind); event.preventDefault() });";
const ACT: &str = "root.heard.length = 0;
    const target = $('#b') ?? $('#a');
    const give = { bubbles: true, cancelable: true, composed: true };
    const done = [new MouseEvent('click', give), new MouseEvent('auxclick', give), new MouseEvent('dblclick', give),
      ...['Enter', ' ', 'Tab', 'x'].map((key) => new KeyboardEvent('keydown', { ...give, key })),
      new KeyboardEvent('keyup', { ...give, key: ' ' }), new Event('submit', give), new Event('dragstart', give),
      new Event('drop', give)].map((event) => target.dispatchEvent(event));
    root.prevented = done.filter((passed) => !passed).length;";

#[wasm_bindgen_test]
fn no_activation_reaches_a_control_that_is_said_to_be_disabled() {
    bound!(place, binder, "<a id=a href='#x' data-grant='finance:view'><i id=b>text</i></a>");
    place.run(HEAR);
    place.run(ACT);
    assert_eq!(place.tell("root.heard"), "Tab,x");
    assert_eq!(place.tell("root.prevented"), "11");
    binder.update(SUBSCRIBED);
    place.run(ACT);
    assert_eq!(place.tell("root.heard"), "click,auxclick,dblclick,Enter, ,Tab,x, ,submit,dragstart,drop");
}

#[wasm_bindgen_test]
fn a_disabled_link_leads_nowhere() {
    bound!(place, _binder, "<a id=a href='#elsewhere' data-grant='finance:view'>a</a>");
    place.run("$('#a').click()");
    assert_eq!(place.tell("location.hash.includes('elsewhere')"), "false");
}

#[wasm_bindgen_test]
fn the_hidden_default_button_of_a_form_is_not_pressed() {
    bound!(place, _binder, "<form><input id=i><div data-grant='crm:export'><button id=a>send</button></div></form>");
    place.run("root.heard = []; $('form').addEventListener('submit', (event) => { root.heard.push('sent'); event.preventDefault() })");
    place.run("$('#a').click()");
    assert_eq!(place.tell("root.heard"), "");
}

#[wasm_bindgen_test]
fn a_form_that_is_closed_is_not_sent() {
    bound!(place, _binder, "<form id=a data-grant='finance:view'></form>");
    place.run("root.heard = []; $('form').addEventListener('submit', (event) => { root.heard.push('sent'); event.preventDefault() })");
    place.run("$('form').requestSubmit()");
    assert_eq!(place.tell("root.heard"), "");
}

#[wasm_bindgen_test]
fn what_is_enabled_or_asks_nothing_is_left_alone() {
    bound!(place, _binder, "<a id=a href='#x' data-grant='crm:view'>a</a>");
    place.run(HEAR);
    place.run(ACT);
    assert_eq!(place.tell("root.heard.length"), "11");
}
