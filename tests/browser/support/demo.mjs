// Opens the demo in a browser for the suites `demo-*.test.mjs`, and reads off it what a person would see.
// A page that logs an error, a refused resource of its content security policy included, fails the test that opened it.

import assert from "node:assert/strict";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { serve } from "../../../xtask/serve.mjs";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const PEOPLE = ["anna", "ruben", "chantal", "mo", "sofie"];
export const LANGUAGES = ["nl", "de", "en"];
/** Of the system that opens first, those that are drawn by hand. */
export const SECTIONS = ["crm", "mailings", "finance", "library", "email-dashboard", "settings"];
export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 740 };

/** One browser and one server for a file of tests. */
export async function start() {
  const [server, browser] = await Promise.all([
    serve({ port: 0 }),
    chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", "--disable-gpu"] }),
  ]);
  return {
    browser,
    url: server.url,
    async stop() {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Runs `use` on a fresh page of the demo; `address` is what follows the server's name. `before` may set the page up
 * before it is loaded, and a page that is not `expected` to get ready is handed over as it is.
 */
export async function visit({ browser, url }, address, use, { options = {}, before, ready = true, errors = false } = {}) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", reducedMotion: "reduce", ...options });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const logged = [];
    page.on("console", (message) => message.type() === "error" && logged.push(message.text()));
    page.on("pageerror", (error) => logged.push(String(error)));
    await before?.(page);
    await page.goto(new URL(address, url).href);
    if (ready) await page.locator("#app").waitFor({ state: "visible" });
    await use(page);
    if (!errors) assert.deepEqual(logged, []);
  } finally {
    await context.close();
  }
}

/** Section → state, as the navigation shows it. */
export function navigation(page) {
  return page.$$eval(".nav [data-grant-section]", (links) =>
    Object.fromEntries(links.map((link) => [link.getAttribute("href").slice(1), link.dataset.grantState])));
}

/** The sections that are enabled, in order: most expectations are about these. */
export async function enabled(page) {
  const states = await navigation(page);
  return Object.keys(states).filter((section) => states[section] === "enabled");
}

/** Waits until the navigation shows these states; what a control does reaches the page a moment after it. */
export async function shows(page, expected) {
  const deadline = Date.now() + 5000;
  for (;;) {
    const states = await navigation(page);
    const found = Object.fromEntries(Object.keys(expected).map((section) => [section, states[section]]));
    try {
      assert.deepEqual(found, expected);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.waitForTimeout(20);
    }
  }
}

export const control = (page, permission, scope) =>
  page.locator(`[data-grant="${permission}"]${scope === undefined ? "" : `[data-grant-scope="${scope}"]`}`);

/** What has the focus: its id, its name or its text. */
export const focused = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  return at.id || at.getAttribute("aria-label") || at.textContent.trim();
});

/** Presses the tab key until the focus is where it is wanted. */
export async function tabTo(page, wanted, most = 120) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press("Tab");
    if (wanted.test(await focused(page))) return;
  }
  assert.fail(`the focus never came to ${wanted}`);
}

/** What sticks out of the screen; what scrolls in a bar of its own does not. */
export const wider = (page) => page.evaluate(() => [...document.querySelectorAll("main *, .top *, .systems *, .nav ul")]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 80)));

/** What has the focus, if anything lies over the middle of its first line; else an empty text. */
export const covered = (page) => page.evaluate(() => {
  const { activeElement } = document;
  const { left, top, width, height } = activeElement.getClientRects()[0];
  const there = document.elementFromPoint(left + width / 2, top + height / 2);
  return activeElement.contains(there) ? "" : `${activeElement.outerHTML.slice(0, 80)} behind ${there?.outerHTML.slice(0, 80)}`;
});

/** Waits until the live region says this. */
export const announced = (page, expected) =>
  page.waitForFunction((words) => document.getElementById("changes").textContent.includes(words), expected);

/** What the dialog says, as one text. */
export async function dialogText(page) {
  const dialog = page.locator("#why");
  await dialog.waitFor({ state: "visible" });
  return (await dialog.innerText()).replace(/\s+/g, " ");
}

/** What axe finds wrong with the page, in one line each. */
export async function violations(page) {
  const there = await page.evaluate(() => "axe" in globalThis);
  if (!there) await page.evaluate(`${axe.source}; undefined`);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`));
}
