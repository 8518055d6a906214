// From a state to the attributes of one element, and back to what its author has there.

/** What is set on elements. */
export const ATTRIBUTES = ["hidden", "disabled", "inert", "aria-disabled"];

/** What can be operated without knowing `disabled`; `inert` would keep those who tab through a page from hearing of it. */
const CONTROL = "a,area,summary,[role][tabindex],[tabindex]:not([tabindex^='-'],[contenteditable],iframe,audio,video)";
/** What such an element must not hold, for only `inert` stops that. */
const CONTROLS = "a[href],area,button,input,select,textarea,summary,iframe,audio,video,[tabindex],[contenteditable]";

/** How a control is operated that knows no `disabled`. */
const EVENTS = ["click", "auxclick", "dblclick", "keydown", "keyup", "dragstart"];

/**
 * Brings an element into a state, and gives what is set for it. `ours` was set before, and is given back to the author,
 * whose attributes `authors` has.
 */
export function mark(
  element: Element,
  state: "enabled" | "disabled" | "hidden",
  ours: readonly string[],
  authors: Readonly<Record<string, unknown>>,
): readonly string[] {
  const set = wanted(element, state);
  for (const name of ours) if (!set.includes(name)) write(element, name, authors[name]);
  for (const name of set) write(element, name, true);
  const isGuarded = set.includes("aria-disabled");
  for (const event of EVENTS) {
    element[isGuarded ? "addEventListener" : "removeEventListener"](event, stop, true);
  }
  return set;
}

function wanted(element: Element, state: "enabled" | "disabled" | "hidden"): readonly string[] {
  if (state === "enabled") return [];
  // A form's default button is pressed even while it is hidden.
  const set = "disabled" in element ? ["disabled"] : [];
  if (state === "hidden") return [...set, "hidden"];
  if (set.length > 0) return set;
  return [element.matches(CONTROL) && element.querySelector(CONTROLS) === null ? "aria-disabled" : "inert"];
}

/** Writes an attribute as Vue does, where it is another. */
function write(element: Element, name: string, value: unknown): void {
  const isBoolean = name !== "aria-disabled";
  const isThere = isBoolean ? value || value === "" : value != null;
  const text = isBoolean && value === true ? "" : String(value);
  if (!isThere) element.removeAttribute(name);
  else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
}

/** Keys that activate nothing move the focus on, or ask the browser for something. */
function stop(event: Event): void {
  const { key } = event as KeyboardEvent;
  if (key !== undefined && key !== "Enter" && key !== " ") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}
