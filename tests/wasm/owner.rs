//! What the binder set it takes back; what the author has stays the author's.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::bound;
use crate::support::{NOBODY, SUBSCRIBED, microtask, milliseconds};

#[wasm_bindgen_test]
fn stop_takes_everything_back() {
    let html = "<p id=a data-grant='crm:export'></p><button id=b data-grant='finance:view'></button>
        <a id=c href='#' data-grant='finance:view'></a><div id=d data-grant='finance:view'></div><i id=e data-grant='crm:view'></i>";
    bound!(place, binder, html);
    for selector in ["#a", "#b", "#c", "#d", "#e"] {
        assert_ne!(place.look(selector), "");
    }
    binder.binder.stop();
    for selector in ["#a", "#b", "#c", "#d", "#e"] {
        assert_eq!(place.look(selector), "");
    }
}

#[wasm_bindgen_test]
async fn after_stop_nothing_is_bound_or_prevented() {
    bound!(place, binder, "<a id=a href='#x' data-grant='finance:view'></a>");
    binder.binder.stop();
    binder.binder.stop();
    binder.binder.refresh();
    place.run("const b = document.createElement('b'); b.dataset.grant = 'crm:export'; root.append(b)");
    microtask().await;
    assert_eq!(place.look("b"), "");
    assert_eq!(
        place.tell("$('#a').dispatchEvent(new MouseEvent('click', { cancelable: true, bubbles: true }))"),
        "true"
    );
}

#[wasm_bindgen_test]
fn what_the_author_set_before_is_still_there_afterwards() {
    let html = "<p id=a hidden data-grant='crm:export'></p>
        <button id=b disabled='disabled' data-grant='finance:view'></button>
        <a id=c href='#' aria-disabled=true data-grant='finance:view'></a>
        <a id=d href='#' aria-disabled=false data-grant='finance:view'></a>
        <div id=e inert data-grant='finance:view'></div>";
    bound!(place, binder, html);
    assert_eq!(place.tell("$('#d').ariaDisabled"), "true");
    binder.update(NOBODY);
    binder.update(SUBSCRIBED);
    assert_eq!(place.look("#a"), "data-grant-state=hidden hidden=");
    assert_eq!(place.look("#b"), "data-grant-state=enabled disabled=disabled");
    assert_eq!(place.look("#c"), "aria-disabled=true data-grant-state=enabled");
    assert_eq!(place.look("#d"), "aria-disabled=false data-grant-state=enabled");
    assert_eq!(place.look("#e"), "data-grant-state=enabled inert=");
    binder.binder.stop();
    assert_eq!(place.look("#a"), "hidden=");
    assert_eq!(place.look("#d"), "aria-disabled=false");
}

#[wasm_bindgen_test]
async fn what_the_author_sets_meanwhile_is_still_there_afterwards() {
    let html = "<p id=a data-grant='finance:edit'></p><button id=b data-grant='finance:view'></button>
        <a id=c href='#' data-grant='finance:view'></a><div id=d data-grant='finance:view'></div>";
    bound!(place, binder, html);
    place.run("$('#a').hidden = true; $('#b').disabled = true; $('#c').ariaDisabled = 'false'; $('#d').inert = true");
    microtask().await;
    assert_eq!(place.look("#c"), "aria-disabled=true data-grant-aria=false data-grant-state=locked");
    binder.binder.stop();
    assert_eq!(place.look("#a"), "hidden=");
    assert_eq!(place.look("#b"), "disabled=");
    assert_eq!(place.look("#c"), "aria-disabled=false");
    assert_eq!(place.look("#d"), "inert=");
}

#[wasm_bindgen_test]
fn what_the_author_sets_at_the_last_moment_stays() {
    bound!(place, binder, "<button id=a data-grant='finance:view'></button>");
    place.run("$('#a').disabled = true");
    binder.update(SUBSCRIBED);
    assert_eq!(place.look("#a"), "data-grant-state=enabled disabled=");
}

#[wasm_bindgen_test]
async fn what_the_author_takes_away_of_their_own_is_gone_afterwards() {
    bound!(place, binder, "<button id=a disabled data-grant='finance:view'></button>");
    place.run("$('#a').disabled = false");
    microtask().await;
    assert_eq!(place.tell("$('#a').disabled"), "true");
    binder.update(SUBSCRIBED);
    assert_eq!(place.look("#a"), "data-grant-state=enabled");
}

#[wasm_bindgen_test]
async fn what_the_author_shows_is_hidden_again_before_it_is_painted() {
    bound!(place, _binder, "<p id=a data-grant='crm:export'></p><button id=b data-grant='finance:view'></button>");
    place.run("$('#a').hidden = false; $('#b').disabled = false; $('#b').removeAttribute('data-grant-state')");
    microtask().await;
    assert_eq!(place.look("#a"), "data-grant-state=hidden hidden=grantlet");
    assert_eq!(place.look("#b"), "data-grant-state=locked disabled=grantlet");
}

#[wasm_bindgen_test]
async fn a_state_that_the_page_makes_up_is_corrected() {
    bound!(place, _binder, "<p id=a data-grant='crm:export' data-grant-state=enabled></p>");
    assert_eq!(place.look("#a"), "data-grant-state=hidden hidden=grantlet");
    place.run("$('#a').dataset.grantState = 'enabled'; $('#a').hidden = false");
    microtask().await;
    assert_eq!(place.look("#a"), "data-grant-state=hidden hidden=grantlet");
}

#[wasm_bindgen_test]
async fn a_copy_is_judged_for_itself_and_given_back_like_its_original() {
    bound!(place, binder, "<p id=a data-grant='crm:export'></p><a id=b href='#' data-grant='finance:view'></a>");
    place.run("for (const id of ['a', 'b']) { const copy = $(`#${id}`).cloneNode(); copy.id += 2; root.append(copy) }");
    place.run("$('#a2').dataset.grant = 'crm:view'");
    microtask().await;
    assert_eq!(place.look("#a2"), "data-grant-state=enabled");
    binder.update(SUBSCRIBED);
    assert_eq!(place.look("#b2"), "data-grant-state=enabled");
}

#[wasm_bindgen_test]
async fn a_page_that_fights_back_is_still_painted() {
    bound!(place, binder, "<p id=a data-grant='crm:export'></p>");
    place.run(
        "root.undoing = new MutationObserver(() => { if ($('#a').hidden) $('#a').hidden = false });
         root.undoing.observe($('#a'), { attributes: true });
         $('#a').hidden = false",
    );
    milliseconds(50).await;
    place.run("root.undoing.disconnect()");
    binder.binder.refresh();
    assert_eq!(place.look("#a"), "data-grant-state=hidden hidden=grantlet");
}
