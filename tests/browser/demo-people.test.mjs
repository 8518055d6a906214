// What each person sees, on which day, and what the rest of the page offers them there.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { control, enabled, PEOPLE, shows, start, visit } from "./support/demo.mjs";
import { sceneOf, sectionsOf } from "./support/systems.mjs";

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

const scene = await sceneOf("procurios");

/** The entries that lead somewhere, as the package answers in Node. */
const sees = (person) => scene.system.entries.filter((section) => sectionsOf(scene, { person })[section] === "enabled");

/** Where each person's day shows best; a picture of it is kept for who wants to look. */
const PICTURED = { anna: "mailings", ruben: "crm", chantal: "library", mo: "mailings", sofie: "settings" };
const PICTURES = process.env.SCREENSHOTS ?? fileURLToPath(new URL("../../test-results", import.meta.url));

for (const person of PEOPLE) {
  test(`${person} sees the sections that the roles give, and no others`, () =>
    visit(demo, `?person=${person}&lang=en&date=2026-07-10#${PICTURED[person]}`, async (page) => {
      await page.screenshot({ path: join(PICTURES, `demo-${person}.png`) });
      assert.deepEqual(await enabled(page), sees(person));
      assert.ok(sees(person).includes("crm"));
      await shows(page, { settings: person === "sofie" ? "enabled" : "disabled" });
      const shown = await page.$$eval(".nav a", (links) => links.filter((link) => link.checkVisibility() && link.dataset.grantState === "enabled").length);
      assert.equal(shown, sees(person).length);
    }));
}

test("Anna has a colleague's mailings from 1 July until the 15th, and not before or after", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    for (const [date, mailings] of [["2026-06-30", "hidden"], ["2026-07-01", "enabled"], ["2026-07-14", "enabled"], ["2026-07-15", "hidden"]]) {
      await page.locator("#date").fill(date);
      await shows(page, { mailings, finance: "enabled" });
    }
  }));

test("a Relation Viewer reads relations and changes nothing", () =>
  visit(demo, "?person=ruben&lang=en", async (page) => {
    assert.equal(await page.locator("#relations tr").count(), 7);
    assert.equal(await page.locator('#relation [name="iban"]').isDisabled(), true);
    assert.equal(await control(page, "crm.relation:create").isDisabled(), true);
    assert.equal(await page.locator('#relation [type="submit"]').isDisabled(), true);
    assert.equal(await control(page, "crm.relation:delete").isVisible(), false);
    assert.equal(await page.locator('[data-grant-section="library"][data-grant-scope="workspace:welcome"]').getAttribute("data-grant-state"), "disabled");
  }));

test("a Finance Manager changes an IBAN and deletes no relation", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    await page.locator('#relation [name="iban"]').fill("XX00 DEMO 1111");
    await page.locator('#relation [type="submit"]').click();
    await page.getByRole("button", { name: "Fiene Vlinderman" }).click();
    await page.getByRole("button", { name: "Vereniging van Sterrentellers" }).click();
    assert.equal(await page.locator('#relation [name="iban"]').inputValue(), "XX00 DEMO 1111");
    assert.equal(await control(page, "crm.relation:delete").isVisible(), false);
    assert.equal(await control(page, "crm.relation:create").isDisabled(), true);
  }));

test("the SuperUser adds and deletes relations", () =>
  visit(demo, "?person=sofie&lang=en", async (page) => {
    await control(page, "crm.relation:create").click();
    assert.equal(await page.locator("#relations tr").count(), 8);
    await control(page, "crm.relation:delete").click();
    assert.equal(await page.locator("#relations tr").count(), 7);
    assert.equal(await page.locator("#relation-title").evaluate((heading) => heading === document.activeElement), true);
  }));

test("who holds two roles has what each gives, and uses only the selections shared with him", () =>
  visit(demo, "?person=mo&lang=en#mailings", async (page) => {
    assert.equal(await control(page, "mailings.mailing:send").isEnabled(), true);
    assert.equal(await control(page, "crm.selection:create").isVisible(), false);
    assert.equal(await control(page, "mailings.mailing:view").isVisible(), false);
    const uses = page.locator("[data-selection]");
    assert.deepEqual(await uses.evaluateAll((buttons) => buttons.map((button) => button.disabled)), [false, false, true]);
    assert.equal(await page.locator('[data-grant-section="mailing-layouts"]').getAttribute("data-grant-state"), "disabled");
  }));

test("a workspace says which role edits there", () =>
  visit(demo, "?person=chantal&lang=en#library", async (page) => {
    assert.equal(await control(page, "library.document:edit", "workspace:photos").isEnabled(), true);
    assert.equal(await control(page, "library.document:edit", "workspace:board").isDisabled(), true);
    assert.equal(await control(page, "library.document:create", "workspace:board").isEnabled(), true);
  }));

test("the page follows from one person to the next", () =>
  visit(demo, "?person=sofie&lang=en#settings", async (page) => {
    for (const person of [...PEOPLE, "anna"]) {
      await page.locator(`#person-${person}`).check();
      await shows(page, Object.fromEntries(sees(person).map((section) => [section, "enabled"])));
      assert.deepEqual(await enabled(page), sees(person));
    }
  }));
