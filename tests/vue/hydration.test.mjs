// A page that a server rendered, and what a server leaves behind.

import assert from "node:assert/strict";
import test from "node:test";
import { renderToString } from "vue/server-renderer";
import { counted, policy } from "../support/policy.js";
import { vueTests } from "./support/bundle.mjs";
import { ANNA, app } from "./support/rendered.js";

const logged = [];
for (const kind of ["error", "warn"]) console[kind] = (...words) => logged.push(words.join(" "));

const session = policy.session(ANNA);
const listened = counted(session);
const html = await renderToString(app(listened));
const text = html.replace(/<!--.*?-->/g, "").replace(/<[^>]*>/g, "");
const snapshot = JSON.stringify(session.snapshot({ scopes: ["workspace:north"] }));

/** What a server sends: the page, the answers it was made with, and for the tests its text. */
const body = `<div id="app">${html}</div>
  <script type="application/json" id="snapshot">${snapshot.replaceAll("<", "\\u003c")}</script>
  <p id="text" hidden>${text}</p>`;

test("a server subscribes to nothing, so no timer keeps what a request opened", () => {
  assert.ok(listened.asked > 0);
  assert.equal(listened.listeners, 0);
  assert.deepEqual(logged, []);
});

test("a server that does not have the session yet sends a page without an allow", async () => {
  const early = await renderToString(app(Promise.resolve(session)));
  assert.match(early, /<p id="answers">false false false hidden hidden<\/p>/);
  for (const id of ["open", "scoped"]) assert.match(early, new RegExp(`<\\w+[^>]* id="${id}"[^>]* hidden`));
  assert.doesNotMatch(early, /<h1>/);
});

test("a server whose session fails sends a page without an allow, and says so", async () => {
  const promise = Promise.reject(new Error("no directory"));
  const page = app(promise);
  await promise.catch(() => {});
  const failed = await renderToString(page);
  assert.match(failed, /<p id="answers">false false false hidden hidden<\/p>/);
  assert.match(logged.join("\n"), /no directory/);
  logged.length = 0;
});

await vueTests("hydration.js", body);
