// Nothing guarded is shown before it was judged, whatever is slow or fails.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start, visit } from "./support/demo.mjs";

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

const GUARDED = "[data-grant], [data-grant-section]";

const visible = (page) => page.$$eval(GUARDED, (parts) => parts.filter((part) => part.checkVisibility()).length);

/** Counts from the first moment on, in every frame, how many guarded parts were visible without a state. */
const watch = (page) => page.addInitScript((guarded) => {
  globalThis.shownUnjudged = 0;
  const look = () => {
    for (const part of document.querySelectorAll(guarded)) {
      if (part.dataset.grantState === undefined && part.checkVisibility()) globalThis.shownUnjudged += 1;
    }
    requestAnimationFrame(look);
  };
  look();
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}, GUARDED);

test("while the policy is on its way nothing guarded is visible, and then it is", async () => {
  let arrive;
  const held = new Promise((resolve) => { arrive = resolve; });
  await visit(demo, "?person=sofie&lang=en", async (page) => {
    await page.waitForTimeout(300);
    assert.equal(await visible(page), 0);
    assert.equal(await page.locator("#boot").innerText(), "Loading…");
    arrive();
    await page.locator("#app").waitFor({ state: "visible" });
    assert.ok(await visible(page) > 5);
    assert.equal(await page.evaluate(() => globalThis.shownUnjudged), 0);
  }, {
    ready: false,
    before: async (page) => {
      await watch(page);
      await page.route("**/policies/*.json", async (route) => {
        await held;
        await route.continue();
      });
    },
  });
});

test("the style alone hides what has no state, even where the page is already shown", () =>
  visit(demo, "?person=sofie&lang=en", async (page) => {
    await page.evaluate(() => { document.getElementById("app").hidden = false; });
    assert.equal(await visible(page), 0);
  }, { ready: false, errors: true, before: (page) => page.route("**/pkg/dist/**", (route) => route.abort()) }));

for (const [what, pattern, answer] of [
  ["the policy is not there", "**/policies/*.json", { status: 500, body: "no" }],
  ["the policy is broken", "**/policies/*.json", { status: 200, contentType: "application/json", body: "{}" }],
  ["the module is not there", "**/*.wasm", { status: 404, body: "" }],
  ["the package is not there", "**/pkg/dist/dom.js", { status: 404, body: "" }],
]) {
  test(`when ${what}, nothing is shown and the page says so`, () =>
    visit(demo, "?person=sofie&lang=en", async (page) => {
      await page.locator("#boot[role=alert]").waitFor();
      assert.match(await page.locator("#boot").innerText(), /nothing is shown/);
      assert.equal(await visible(page), 0);
    }, { ready: false, errors: true, before: (page) => page.route(pattern, (route) => route.fulfill(answer)) }));
}

test("what a person changes is never shown unjudged either", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    for (const person of ["ruben", "sofie", "mo", "chantal"]) await page.locator(`#person-${person}`).check();
    for (const language of ["nl", "de"]) await page.locator(`[data-language="${language}"]`).click();
    assert.equal(await page.evaluate(() => globalThis.shownUnjudged), 0);
  }, { before: watch }));

test("a control brought back by hand does nothing that the roles do not give", () =>
  visit(demo, "?person=ruben&lang=en", async (page) => {
    await page.$$eval('[data-grant="crm.relation:delete"], [data-grant="crm.relation:create"]', (controls) => {
      for (const control of controls) {
        control.hidden = false;
        control.disabled = false;
        control.click();
      }
    });
    assert.equal(await page.locator("#relations tr").count(), 7);
  }));
