//! Where the focus goes when its element is closed: to the next control after it in the nearest container that
//! has one, else to the last before it. Where a container is focusable itself, or is the page's main part, a
//! dialog or the body, and holds none, the focus goes to it or to its heading, which is made focusable until
//! the focus leaves it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node};

use super::guard::CLOSED;

const FOCUSABLE: &str = "a[href],area[href],button,input,select,textarea,summary,iframe,[tabindex],[contenteditable]";
/// What cannot hold the focus.
const LOST: &str = ":disabled,[hidden],[hidden] *,[inert],[inert] *";
/// Containers that the focus does not leave.
const PLACE: &str = "[tabindex],main,[role=main],dialog,[role=dialog],body";
const HEADING: &str = "h1,h2,h3,h4,h5,h6,main,[role=main]";
const TABINDEX: &str = "tabindex";

/// The element of the root's tree that has the focus.
pub(super) fn active(root: &Node) -> Option<Element> {
    // A shadow root has this property as a document does; a fragment does not.
    root.get_root_node().unchecked_ref::<Document>().active_element()
}

/// Moves the focus on if the element that had it was closed. Returns what makes the new place unfocusable again.
pub(super) fn rescue(root: &Node, from: &Element) -> Option<EventListener> {
    let is_closed = matches!(from.closest(CLOSED), Ok(Some(_)));
    if !is_closed || !from.matches(LOST).unwrap_or(false) || !root.contains(Some(from)) {
        return None;
    }
    let mut container = from.parent_element();
    while let Some(place) = container {
        if neighbour(root, &place, from) {
            return None;
        }
        if place.matches(PLACE).unwrap_or(false) && !is_lost(&place) {
            return lend(&place);
        }
        container = place.parent_element();
    }
    lend(root.unchecked_ref())
}

/// Focuses what comes next after an element within a container, or else what came last before it.
fn neighbour(root: &Node, container: &Element, from: &Element) -> bool {
    let Ok(found) = container.query_selector_all(FOCUSABLE) else { return false };
    let all = (0..found.length()).filter_map(|place| found.item(place)).map(JsCast::unchecked_into::<HtmlElement>);
    let (after, before): (Vec<_>, Vec<_>) =
        all.partition(|each| from.compare_document_position(each) & Node::DOCUMENT_POSITION_FOLLOWING != 0);
    after
        .iter()
        .chain(before.iter().rev())
        .any(|each| each.tab_index() >= 0 && !is_lost(each) && takes_focus(root, each))
}

fn is_lost(element: &Element) -> bool {
    element.matches(LOST).unwrap_or(true) || !matches!(element.closest(CLOSED), Ok(None))
}

/// Focuses an element, unless the page's style keeps it from that.
fn takes_focus(root: &Node, element: &HtmlElement) -> bool {
    let _ = element.focus();
    active(root).is_some_and(|active| active == **element)
}

fn lend(place: &Element) -> Option<EventListener> {
    let heading = || place.query_selector(HEADING).ok().flatten().filter(|heading| !is_lost(heading));
    let target = if place.matches("[tabindex]").unwrap_or(false) { None } else { heading() };
    let target = target.unwrap_or_else(|| place.clone());
    let is_lent = target.matches(":not([tabindex])").unwrap_or(false);
    if is_lent {
        let _ = target.set_attribute(TABINDEX, "-1");
    }
    let _ = target.unchecked_ref::<HtmlElement>().focus();
    is_lent.then(|| {
        let borrowed = target.clone();
        EventListener::once(&target, "blur", move |_| {
            let _ = borrowed.remove_attribute(TABINDEX);
        })
    })
}
