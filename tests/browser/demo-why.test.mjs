// "Why?": each decision in words, in three languages, for what is open, disabled, locked and hidden.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import de from "../../www/texts/de.js";
import en from "../../www/texts/en.js";
import nl from "../../www/texts/nl.js";
import deWords from "../../www/words/de.js";
import enWords from "../../www/words/en.js";
import nlWords from "../../www/words/nl.js";
import { dialogText, start, visit } from "./support/demo.mjs";

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

const markAfter = (page, selector) => page.locator(`${selector} + .why`);

/** The names in a tree of words, sentences left out. */
const shape = (words) => Object.entries(words).map(([key, value]) => (typeof value === "object" ? [key, shape(value)] : key)).sort();

test("the three languages say the same things", () => {
  for (const texts of [nl, de]) assert.deepEqual(Object.keys(texts), Object.keys(en));
  for (const words of [nlWords, deWords]) assert.deepEqual(shape(words), shape(enWords));
  for (const texts of [nl, de]) {
    for (const [key, said] of Object.entries(texts)) {
      assert.deepEqual(said.match(/\{\w+\}/g)?.sort(), en[key].match(/\{\w+\}/g)?.sort(), key);
    }
  }
});

test("every guarded part that is not explained elsewhere has a mark of its own, with a name", () =>
  visit(demo, "?person=sofie&lang=en", async (page) => {
    const bare = await page.$$eval("[data-grant], [data-grant-section]", (parts) => parts
      .filter((part) => part.dataset.explained !== "elsewhere")
      .filter((part) => !part.nextElementSibling?.matches(".why[aria-label]"))
      .map((part) => part.outerHTML.slice(0, 80)));
    assert.deepEqual(bare, []);
  }));

test("what is allowed names the role that gives it, and until when", () =>
  visit(demo, "?person=anna&lang=en#mailings", async (page) => {
    await markAfter(page, '[data-grant="mailings.mailing:send"]').click();
    const said = await dialogText(page);
    assert.match(said, /Anna may do this\./);
    assert.match(said, /“Digital Mailing Manager”, which builds on “Mailing maker”, gives it, from 1 July 2026 at 00:00 until 15 July 2026 at 00:00/);
    assert.match(said, /holds until 15 July 2026/);
  }));

test("what is disabled says so, and with which role it comes", () =>
  visit(demo, "?person=ruben&lang=en", async (page) => {
    await markAfter(page, '[data-grant="crm.relation:create"]').click();
    const said = await dialogText(page);
    assert.match(said, /Ruben may not do this: none of the roles held gives it\./);
    assert.match(said, /It comes with SuperUser or Relations Manager\./);
  }));

test("what is locked names the product", () =>
  visit(demo, "?person=sofie&lang=en&products=crm,mailings,platform#crm", async (page) => {
    await markAfter(page, '.nav [href="#finance"]').click();
    const said = await dialogText(page);
    assert.match(said, /This section is not in your subscription\./);
    assert.match(said, /It belongs to the product “Finance”, which is not subscribed to\./);
  }));

test("a condition is told in words, for all records and for one", () =>
  visit(demo, "?person=mo&lang=en#mailings", async (page) => {
    await markAfter(page, '[data-grant-section="selections"]').click();
    assert.match(await dialogText(page), /for some records.*provided that this person is among those it is shared with/);
    await page.keyboard.press("Escape");
    await page.locator("[data-selection='s3'] + .why").click();
    assert.match(await dialogText(page), /Mo may not do this/);
  }));

test("a workspace's own rules are told in words", () =>
  visit(demo, "?person=chantal&lang=en#library", async (page) => {
    await markAfter(page, '[data-grant="library.document:edit"][data-grant-scope="workspace:photos"]').click();
    assert.match(await dialogText(page), /“Community Manager”, which builds on “Backend user”, gives it.*the role held is among the roles that may edit here/);
    await page.keyboard.press("Escape");
    await markAfter(page, '[data-grant="library.document:edit"][data-grant-scope="workspace:board"]').click();
    assert.match(await dialogText(page), /It comes with SuperUser or Finance Manager\./);
  }));

const LATER = {
  nl: /De rol “Digital Mailing Manager” geeft dit alleen van 1 juli 2026 om 00:00 tot 15 juli 2026 om 00:00\./,
  de: /Die Rolle „Digital Mailing Manager“ erlaubt es nur vom 1\. Juli 2026 um 00:00 bis zum 15\. Juli 2026 um 00:00\./,
  en: /The role “Digital Mailing Manager” gives it only from 1 July 2026 at 00:00 until 15 July 2026 at 00:00\./,
};

for (const [language, expected] of Object.entries(LATER)) {
  test(`what is hidden today says from when it is there (${language})`, () =>
    visit(demo, `?person=anna&lang=${language}&date=2026-06-30`, async (page) => {
      await page.locator("#unseen-group > summary").click();
      await page.locator("#unseen button", { hasText: "Mailings" }).first().click();
      assert.match(await dialogText(page), expected);
    }));
}

test("the list of what a person does not see names the sections that are hidden", () =>
  visit(demo, "?person=chantal&lang=en", async (page) => {
    await page.locator("#unseen-group > summary").click();
    const listed = await page.locator("#unseen").innerText();
    assert.doesNotMatch(listed, /Log in as|Settings/);
    for (const section of ["Mailings", "Finance", "E-mail"]) assert.match(listed, new RegExp(section));
    assert.equal(await page.locator("#unseen-title").innerText(), "What Chantal does not see");
  }));

test("every mark can be asked, for a person who holds everything and one who holds next to nothing", async () => {
  for (const person of ["sofie", "ruben"]) {
    await visit(demo, `?person=${person}&lang=nl&products=crm,library,platform`, async (page) => {
      const answers = await page.evaluate(() => {
        const dialog = document.getElementById("why");
        return [...document.querySelectorAll(".why")].map((mark) => {
          mark.click();
          const said = dialog.innerText;
          dialog.close();
          return { mark: mark.ariaLabel, said };
        });
      });
      assert.ok(answers.length > 30);
      for (const { mark, said } of answers) assert.ok(said.length > 40 && !/undefined|null|NaN/.test(said), `${mark}: ${said}`);
    });
  }
});
