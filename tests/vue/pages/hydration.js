// A page from a server is taken over with a snapshot: no element is made anew, and Vue finds nothing that differs.

import { createApp, nextTick, shallowRef } from "vue";
import { openSnapshot } from "grantlet/client";
import { equal, ready, test } from "../support/page.js";
import { policy, sessionOf, somebody } from "../../support/policy.js";
import { ANNA, app } from "../support/rendered.js";

const place = document.querySelector("#app");
const attributes = () =>
  Object.fromEntries([...place.querySelectorAll("[id]")].map((element) => [
    element.id,
    ["hidden", "disabled", "inert", "aria-disabled"].filter((name) => element.hasAttribute(name)).join(),
  ]));

test("what the server sent is closed as it is to be, before a script has run", () => {
  equal(attributes(), {
    answers: "",
    open: "",
    hidden: "hidden",
    shut: "inert,aria-disabled",
    link: "inert,aria-disabled",
    part: "inert,aria-disabled",
    scoped: "",
    authors: "hidden",
    "drawn-edit": "inert,aria-disabled",
    "drawn-view": "hidden",
  });
});

test("the browser takes the page over as it is, and gives each element what it needs", async () => {
  const snapshot = openSnapshot(JSON.parse(document.querySelector("#snapshot").textContent));
  const session = shallowRef(snapshot);
  const before = [...place.querySelectorAll("*")];
  const text = place.textContent;

  const taken = app(session);
  taken.mount(place);
  const after = [...place.querySelectorAll("*")];
  equal([after.length, after.every((element, number) => element === before[number])], [before.length, true], "elements");
  equal(place.textContent, text);
  const closed = {
    answers: "",
    open: "",
    hidden: "hidden,disabled",
    shut: "disabled",
    link: "aria-disabled",
    part: "inert",
    scoped: "",
    authors: "hidden",
    "drawn-edit": "disabled",
    "drawn-view": "hidden",
  };
  equal(attributes(), closed);

  session.value = policy.session(ANNA);
  await nextTick();
  equal(attributes(), closed, "with the session itself");
  equal(place.querySelector("#answers").textContent, "true false true locked enabled");

  session.value = sessionOf("seventh");
  await nextTick();
  equal(attributes().open, "hidden,disabled");
  session.value.update({ subject: { id: "anna", grants: [{ permissions: ["page-3:edit", "page-4:edit"] }] } });
  await nextTick();
  equal(attributes(), { ...Object.fromEntries(Object.keys(closed).map((id) => [id, ""])), scoped: "hidden", authors: "hidden" });
  taken.unmount();
});

test("a page made in the browser is the one that the server sent", async () => {
  const session = policy.session(ANNA);
  const made = document.body.appendChild(document.createElement("div"));
  const page = app(session, createApp);
  page.mount(made);
  equal(made.textContent, document.querySelector("#text").textContent);
  session.update({ subject: somebody() });
  await nextTick();
  equal(made.querySelector("#answers").textContent, "false false false hidden disabled");
  page.unmount();
  made.remove();
});

ready();
