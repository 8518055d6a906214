// `v-can`: what it sets on elements, that it takes that back, and that no element is shown before it was judged.

import { render } from "@testing-library/vue";
import { createApp, defineComponent, h, nextTick, reactive, ref, shallowRef, withDirectives } from "vue";
import { GrantletPlugin, vCan } from "grantlet/vue";
import { equal, ready, test } from "../support/page.js";
import { counted, policy, sessionOf, somebody } from "../../support/policy.js";

/** An app of one component with this template; gives what is found by id, and the attributes that a state is made of. */
function page(session, template, data = {}) {
  const { container, unmount } = render({ template, setup: () => data }, { global: { plugins: [[GrantletPlugin, { session }]] } });
  const find = (id = "it") => container.querySelector(`#${id}`);
  return { find, unmount, states: (id) => attributes(find(id)) };
}

const attributes = (element) =>
  Object.fromEntries(["hidden", "disabled", "inert", "aria-disabled"].flatMap((name) =>
    element.hasAttribute(name) ? [[name, element.getAttribute(name)]] : []));

const BY_ELEMENT = [
  // [element, hidden, disabled]
  [`<button id="it" v-can>Edit</button>`, { hidden: "", disabled: "" }, { disabled: "" }],
  [`<input id="it" v-can>`, { hidden: "", disabled: "" }, { disabled: "" }],
  [`<fieldset id="it" v-can><input></fieldset>`, { hidden: "", disabled: "" }, { disabled: "" }],
  [`<a id="it" href="#edit" v-can>Edit</a>`, { hidden: "" }, { "aria-disabled": "true" }],
  [`<span id="it" role="button" tabindex="0" v-can>Edit</span>`, { hidden: "" }, { "aria-disabled": "true" }],
  [`<div id="it" tabindex="0" v-can><button>Edit</button></div>`, { hidden: "" }, { inert: "" }],
  [`<div id="it" v-can><a href="#edit">Edit</a></div>`, { hidden: "" }, { inert: "" }],
  [`<div id="it" contenteditable="true" tabindex="0" v-can>Text</div>`, { hidden: "" }, { inert: "" }],
];

for (const [written, hidden, disabled] of BY_ELEMENT) {
  const kind = written.slice(0, written.indexOf(">") + 1);
  test(`${kind} is hidden or disabled as it needs, and given back`, async () => {
    for (const [how, expected] of [["", hidden], [".hide", hidden], [".disable", disabled], [":disable", disabled], [":[how]", disabled]]) {
      const session = sessionOf("reader");
      const { states, unmount } = page(session, written.replace("v-can", `v-can${how}="'page-3:edit'"`), { how: "disable" });
      equal(states(), expected, how);
      session.update({ subject: somebody("few") });
      await nextTick();
      equal(states(), {}, how);
      session.update({ subject: somebody("reader") });
      await nextTick();
      equal(states(), expected, how);
      session.free();
      equal(states(), expected, how);
      unmount();
    }
  });
}

test("whatever is written wrong hides", () => {
  for (const value of ["", "page-3:edti", undefined, null, 7, [], {}, { permission: [] }, { scope: "workspace:a" }, ["page-3:edit", ""]]) {
    const { states, unmount } = page(sessionOf("few"), `<p id="it" v-can="value"></p>`, { value });
    equal(states(), { hidden: "" }, JSON.stringify(value));
    unmount();
  }
  const { states } = page(sessionOf("reader"), `<a id="it" href="#" v-can.disabled="'page-3:edit'"></a>`);
  equal(states(), { hidden: "" });
});

test("of several permissions all are needed, and a request may stand with them", () => {
  const subject = { id: "anna", assignments: [{ role: "writer" }, { role: "editor", scope: "workspace:north" }] };
  const { states } = page(policy.session(subject), `
    <p id="one" v-can="['note:view', 'note:edit']"></p>
    <p id="two" v-can="{ permission: ['note:view', 'note:edit'], resource: { owner: 'anna' } }"></p>
    <p id="three" v-can="{ permission: 'note:edit', scope: 'workspace:north' }"></p>
    <p id="four" v-can="{ permission: 'note:edit', scope: 'workspace:south' }"></p>
    <p id="five" v-can="{ permission: 'note:delete', action: { soft: true } }"></p>
    <p id="six" v-can="{ permission: 'note:edit', scope: '' }"></p>`);
  equal(["one", "two", "three", "four", "five", "six"].map((id) => "hidden" in states(id)), [true, false, false, true, false, true]);
});

test("what the element asks may change, and so may a record that it asks about", async () => {
  const data = { name: ref("page-1:edit"), note: reactive({}) };
  const { states } = page(sessionOf("few", "writer"), `
    <p id="name" v-can="name"></p>
    <p id="note" v-can="{ permission: 'note:edit', resource: note }"></p>`, data);
  equal(["name", "note"].map((id) => "hidden" in states(id)), [true, true]);
  data.name.value = "page-3:edit";
  data.note.owner = "anna";
  await nextTick();
  equal(["name", "note"].map((id) => "hidden" in states(id)), [false, false]);
});

test("what the author writes stays the author's", async () => {
  const data = { busy: ref(true), away: ref(true), aria: ref("false"), turn: ref(0) };
  const session = sessionOf("reader");
  const { states } = page(session, `
    <button id="button" :disabled="busy" :title="'' + turn" v-can.disable="'page-3:edit'"></button>
    <p id="text" :hidden="away" v-can="'page-3:edit'"></p>
    <p id="part" inert v-can.disable="'page-3:edit'"></p>
    <a id="link" href="#" :aria-disabled="aria" v-can.disable="'page-3:edit'"></a>`, data);
  const all = () => ["button", "text", "part", "link"].map(states);
  const turn = async (role) => {
    session.update({ subject: somebody(role) });
    await nextTick();
  };
  const closed = [{ disabled: "" }, { hidden: "" }, { inert: "" }, { "aria-disabled": "true" }];
  equal(all(), closed, "while closed");
  await turn("few");
  equal(all(), [{ disabled: "" }, { hidden: "" }, { inert: "" }, { "aria-disabled": "false" }], "once open");
  await turn("reader");
  data.busy.value = data.away.value = false;
  data.aria.value = undefined;
  await nextTick();
  equal(all(), closed, "while closed, written over");
  data.turn.value += 1;
  await nextTick();
  equal(all(), closed, "while closed, rendered again");
  await turn("few");
  equal(all(), [{}, {}, { inert: "" }, {}], "once open, written over");
  data.busy.value = true;
  await nextTick();
  equal(states("button"), { disabled: "" }, "closed by the author alone");
});

test("a link that is disabled is not followed, and one that is given back is", async () => {
  const session = sessionOf("reader");
  const heard = [];
  const data = { hear: (event) => heard.push(event.type) };
  const { find } = page(session, `
    <a id="it" href="#followed" @click="hear" @keydown="hear" v-can.disable="'page-3:edit'"><b id="in">Edit</b></a>`, data);
  location.hash = "";
  find("in").click();
  find().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  equal([heard, location.hash], [[], ""]);
  find().dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true, cancelable: true }));
  equal(heard, ["keydown"], "what moves the focus on");
  session.update({ subject: somebody("few") });
  await nextTick();
  find("in").click();
  equal([heard, location.hash], [["keydown", "click"], "#followed"]);
  location.hash = "";
});

test("no element is in the page before it was judged", async () => {
  const seen = [];
  customElements.define("seen-when-added", class extends HTMLElement {
    connectedCallback() {
      seen.push(this.hidden);
    }
  });
  const list = ref([1]);
  let arrive;
  const promise = new Promise((resolve) => (arrive = resolve));
  const { find } = page(promise, `
    <div id="all"><seen-when-added v-for="one in list" :key="one" :id="'n' + one" v-can="'page-3:edit'"></seen-when-added></div>`, { list });
  list.value = [1, 2];
  await nextTick();
  equal([new Set(seen).size, seen[0], seen.length >= 2], [1, true, true], "while the session is loading");
  arrive(sessionOf("reader"));
  await promise;
  list.value = [1, 2, 3];
  await nextTick();
  equal([new Set(seen).size, seen[0], seen.length >= 3], [1, true, true], "without the permission");
  equal([...find("all").children].map((child) => child.hidden), [true, true, true]);
});

test("a component is judged by its root, and its slots may have elements of their own", async () => {
  const Card = defineComponent({ template: `<article><slot /></article>` });
  const session = sessionOf("reader");
  const { container } = render(
    { components: { Card }, template: `<Card id="it" v-can="'page-3:edit'"><b v-can="'page-3:view'"></b></Card>` },
    { global: { plugins: [[GrantletPlugin, { session }]] } },
  );
  const [card, inner] = ["#it", "b"].map((selector) => container.querySelector(selector));
  equal([card.hidden, inner.hidden], [true, false]);
  session.update({ subject: somebody("few") });
  await nextTick();
  equal([card.hidden, inner.hidden], [false, false]);
});

test("the directive may be imported, and without the plugin it hides", () => {
  const component = { render: () => withDirectives(h("p", { id: "it" }), [[vCan, "page-3:edit"]]) };
  const session = sessionOf("few");
  const within = render(component, { global: { plugins: [[GrantletPlugin, { session }]] } });
  equal(within.container.querySelector("#it").hidden, false);
  within.unmount();
  const without = render(component);
  equal(without.container.querySelector("#it").hidden, true);
});

test("an app in a component of another has a session of its own", async () => {
  const mount = (role) => {
    const place = document.body.appendChild(document.createElement("div"));
    const session = shallowRef(sessionOf(role));
    const app = createApp({ template: `<p v-can="'page-3:edit'"></p>` }).use(GrantletPlugin, { session });
    app.mount(place);
    return { app, place, session };
  };
  let inner;
  const outer = render({ template: "<i></i>", setup: () => void (inner = mount("few")) });
  equal(inner.place.firstChild.hidden, false);
  outer.unmount();
  inner.session.value = sessionOf("reader");
  await nextTick();
  equal(inner.place.firstChild.hidden, true, "after the component that mounted it is gone");
  inner.app.unmount();
  inner.place.remove();
});

test("what is gone asks no more, and an app that is unmounted listens no more", async () => {
  const session = sessionOf("few");
  const listened = counted(session);
  const there = ref(true);
  const { unmount } = page(listened, `<p v-if="there" v-can="'page-3:edit'"></p><b v-can="'page-4:edit'"></b>`, { there });
  there.value = false;
  await nextTick();
  const before = listened.asked;
  session.update({ subject: somebody("reader") });
  await nextTick();
  equal([listened.asked - before, listened.listeners], [1, 1], "questions of a change, and listeners");
  unmount();
  session.update({ subject: somebody("few") });
  await nextTick();
  equal([listened.asked - before, listened.listeners], [1, 0], "questions of a change, and listeners");
});

ready();
