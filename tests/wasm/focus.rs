//! The focus is not lost into a closed part.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::bound;
use crate::support::{NOBODY, SUBSCRIBED};

const FOCUSED: &str = "document.activeElement.id";

#[wasm_bindgen_test]
fn the_focus_goes_to_the_next_control_of_the_same_container() {
    let html = "<button id=x></button><div><button id=w></button><button id=a data-grant='crm:view'></button><i hidden><button></button></i>
        <button style='display:none'></button><button disabled></button><a href='#' id=y></a></div><button id=z></button>";
    bound!(place, binder, html);
    place.run("$('#a').focus()");
    assert_eq!(place.tell(FOCUSED), "a");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "y");
}

#[wasm_bindgen_test]
fn else_to_the_last_one_before_it() {
    let html = "<div><button id=w></button><button id=x></button><button id=a data-grant='crm:view' data-grant-else=disable></button></div><button></button>";
    bound!(place, binder, html);
    place.run("$('#a').focus()");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "x");
}

#[wasm_bindgen_test]
fn else_to_the_nearest_container_that_has_one() {
    let html = "<button id=w></button><section><div><p data-grant='crm:view'><input id=a></p></div></section><button id=x></button>";
    bound!(place, binder, html);
    place.run("$('#a').focus()");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "x");
}

#[wasm_bindgen_test]
fn else_to_a_heading_that_takes_the_focus_only_then() {
    bound!(
        place,
        binder,
        "<h2 hidden></h2><h2 id=x>Title</h2><div data-grant='crm:view'><h3>Part</h3><button id=a></button></div>"
    );
    place.run("$('#a').focus()");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "x");
    place.run("$('#x').blur()");
    assert_eq!(place.tell("$('#x').hasAttribute('tabindex')"), "false");
}

#[wasm_bindgen_test]
fn what_was_made_focusable_is_taken_back_with_everything_else() {
    bound!(place, binder, "<h2 id=x>Title</h2><button id=a data-grant='crm:view'></button>");
    place.run("$('#a').focus()");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "x");
    binder.binder.stop();
    assert_eq!(place.tell("$('#x').hasAttribute('tabindex')"), "false");
}

#[wasm_bindgen_test]
fn the_focus_stays_on_a_link_that_is_only_said_to_be_disabled() {
    bound!(place, binder, "<a id=a href='#' data-grant='crm:view' data-grant-else=disable></a><button></button>");
    place.run("$('#a').focus()");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "a");
}

#[wasm_bindgen_test]
fn the_focus_stays_where_it_is_when_something_else_is_closed() {
    bound!(place, binder, "<button id=a></button><button data-grant='crm:view'></button>");
    place.run("$('#a').focus()");
    binder.update(NOBODY);
    assert_eq!(place.tell(FOCUSED), "a");
    place.run("$('#a').blur()");
    binder.update(SUBSCRIBED);
    assert_eq!(place.tell("document.activeElement === document.body"), "true");
}
