// By keyboard, by screen reader and on a phone: nothing found by axe, nothing out of reach, no focus lost.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { covered, DESKTOP, focused, LANGUAGES, PEOPLE, PHONE, SECTIONS, shows, start, tabTo, violations, visit, wider } from "./support/demo.mjs";

let demo;
before(async () => { demo = await start(); });
after(() => demo.stop());

const LOOKS = [
  ["light", { viewport: DESKTOP, colorScheme: "light" }],
  ["dark", { viewport: DESKTOP, colorScheme: "dark" }],
  ["on a phone", { viewport: PHONE, colorScheme: "light" }],
  ["on a phone, dark", { viewport: PHONE, colorScheme: "dark" }],
];

for (const [look, options] of LOOKS) {
  // The language, the look and the person are independent of each other: all languages are tried with the first person in
  // the first look, and one each otherwise.
  test(`axe finds nothing with any person (${look})`, () =>
    visit(demo, "?person=anna&lang=nl", async (page) => {
      for (const [index, person] of PEOPLE.entries()) {
        await page.$eval(`#person-${person}`, (radio) => radio.click());
        for (const language of look === "light" && index === 0 ? LANGUAGES : [LANGUAGES[index % LANGUAGES.length]]) {
          await page.locator(`[data-language="${language}"]`).click();
          assert.deepEqual(await violations(page), [], `${person} ${language}`);
        }
      }
    }, { options }));

  test(`axe finds nothing in any section, open or locked, nor in what opens over it (${look})`, () =>
    visit(demo, "?person=sofie&lang=en", async (page) => {
      for (const section of SECTIONS) {
        await page.evaluate((name) => { location.hash = name; }, section);
        await page.locator(`.view[data-view="${section}"]`).waitFor({ state: "visible" });
        assert.deepEqual(await violations(page), [], section);
      }
      await page.locator("#products-group, #unseen-group, #roles-more").evaluateAll((groups) => groups.forEach((group) => { group.open = true; }));
      if (await page.locator("#panel-toggle").isVisible()) await page.locator("#panel-toggle").click();
      await page.locator("#product-platform").click();
      await shows(page, { settings: "locked" });
      assert.deepEqual(await violations(page), [], "panel, locked");
      if (await page.locator("#panel-close").isVisible()) await page.locator("#panel-close").click();
      await page.locator(".nav .why").first().click();
      assert.deepEqual(await violations(page), [], "dialog");
    }, { options }));
}

test("by keyboard alone: to a section, to its reason and back", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to the page");
    await tabTo(page, /^Finance$/);
    await page.keyboard.press("Enter");
    await page.locator("#finance-title").waitFor({ state: "visible" });
    assert.equal(await focused(page), "finance-title");
    await tabTo(page, /^Why\? New invoice: allowed$/);
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "why-title");
    await page.keyboard.press("Escape");
    assert.equal(await focused(page), "Why? New invoice: allowed");
  }));

test("by keyboard alone: another person, another role, another day", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    await tabTo(page, /^person-anna$/);
    await page.keyboard.press("ArrowDown");
    await shows(page, { finance: "hidden" });
    assert.equal(await focused(page), "person-ruben");
    await tabTo(page, /^1 July$/);
    await page.keyboard.press("Space");
    await page.waitForURL(/date=2026-07-01/);
    await tabTo(page, /^role-relation-viewer$/);
    await page.keyboard.press("Space");
    await shows(page, { crm: "hidden" });
    assert.equal(await focused(page), "role-relation-viewer");
  }));

test("by keyboard alone: what is locked can still be asked why", () =>
  visit(demo, "?person=sofie&lang=en&products=crm", async (page) => {
    await tabTo(page, /^Why\? Finance: not in your subscription$/);
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#why-title").innerText(), "Finance");
  }));

test("the skip link leads to the page", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "crm-title");
  }));

/** As a timer or another window would change it: without touching the focus. */
const moveTo = (page, date) => page.evaluate((value) => {
  const input = document.getElementById("date");
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}, date);

test("the focus moves to the next section when its own vanishes", () =>
  visit(demo, "?person=anna&lang=en#mailings", async (page) => {
    await page.locator('#mailing [name="subject"]').focus();
    await moveTo(page, "2026-06-30");
    await shows(page, { mailings: "hidden" });
    await page.waitForFunction(() => document.activeElement?.id === "crm-title");
  }));

test("the focus is not lost when a control in the open section vanishes", () =>
  visit(demo, "?person=anna&lang=en#crm", async (page) => {
    await page.locator('.nav a[href="#mailings"]').focus();
    await moveTo(page, "2026-06-30");
    await shows(page, { mailings: "hidden" });
    await page.waitForFunction(() => document.activeElement !== document.body && document.activeElement.checkVisibility());
  }));

test("a change is announced politely", () =>
  visit(demo, "?person=anna&lang=de", async (page) => {
    const region = page.locator("#changes");
    assert.equal(await region.getAttribute("aria-live"), "polite");
    await page.locator("#person-ruben").check();
    await page.waitForFunction(() => /Ruben, 10\. Juli 2026: Verschwunden: .*Finanzen/.test(document.getElementById("changes").textContent));
  }));

/** A page of 1280 by 1024 at 400 %: WCAG 2.2, 1.4.10. */
const AT_400_PERCENT = { width: 320, height: 256 };

/** The most that somebody may ask a page to bear by WCAG 2.2, 1.4.12; it stands for wide fonts and long words too. */
const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";

const SMALL = [
  ["a phone", PHONE, ""],
  ["a page at 400 %", AT_400_PERCENT, ""],
  ["a phone with letters, words and lines set apart", PHONE, SPACED],
];

for (const [screen, viewport, style] of SMALL) {
  test(`on ${screen} nothing is wider than the screen, in any language`, () =>
    visit(demo, "?person=sofie&lang=en", async (page) => {
      await page.evaluate((style) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
        document.adoptedStyleSheets = [sheet];
      }, style);
      for (const section of SECTIONS) {
        await page.evaluate((name) => { location.hash = name; }, section);
        await page.locator(`.view[data-view="${section}"]`).waitFor({ state: "visible" });
        for (const language of LANGUAGES) {
          await page.locator(`[data-language="${language}"]`).click();
          assert.deepEqual(await wider(page), [], `${language} ${section}`);
        }
      }
    }, { options: { viewport } }));
}

for (const viewport of [PHONE, AT_400_PERCENT, { width: 1440, height: 600 }]) {
  test(`what has the focus is behind nothing that stays in place (${viewport.width} by ${viewport.height})`, () =>
    visit(demo, "?person=sofie&lang=de#settings", async (page) => {
      for (const section of SECTIONS) {
        await page.locator(`.nav a[href="#${section}"]`).click();
        await page.waitForFunction((id) => document.activeElement.id === id, `${section}-title`);
        assert.equal(await covered(page), "", section);
        for (;;) {
          await page.keyboard.press("Tab");
          if (!(await page.evaluate(() => document.activeElement.closest("main") !== null))) break;
          assert.equal(await covered(page), "", section);
        }
      }
    }, { options: { viewport } }));
}

test("on a phone the panel opens over the page, and gives the focus back when it is left", () =>
  visit(demo, "?person=sofie&lang=en", async (page) => {
    assert.equal(await page.locator("#panel").isVisible(), false);
    await page.locator("#panel-toggle").click();
    assert.equal(await focused(page), "panel-title");
    await page.locator("#person-ruben").check();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#panel").isVisible(), false);
    assert.equal(await focused(page), "panel-toggle");
    await shows(page, { finance: "hidden" });
  }, { options: { viewport: PHONE } }));

test("targets are large enough for a finger", () =>
  visit(demo, "?person=sofie&lang=de", async (page) => {
    const small = await page.$$eval(".nav a, .why, .button, .languages button, .link", (targets) => targets
      .filter((target) => target.checkVisibility())
      .map((target) => ({ name: target.textContent || target.ariaLabel, box: target.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ name }) => name));
    assert.deepEqual(small, []);
  }, { options: { viewport: PHONE } }));

test("nothing moves for those who want it still", () =>
  visit(demo, "?person=anna&lang=en", async (page) => {
    const moving = await page.$$eval("body *", (parts) => parts.filter((part) => getComputedStyle(part).transitionDuration !== "0s").length);
    assert.equal(moving, 0);
  }));
