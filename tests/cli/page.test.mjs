// `grantlet matrix --format html` in a browser: whole, accessible, on a screen, a phone and paper.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";
import { launch } from "../support/pages.mjs";
import { folder, grantlet, place } from "./support.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function open(t, words, { cwd, ...options } = {}) {
  const { out } = await grantlet(["matrix", "--format", "html", ...words], cwd === undefined ? {} : { cwd });
  const page = await browser.newPage(options);
  t.after(() => page.close());
  const requests = [];
  page.on("request", (request) => request.url().startsWith("data:") || requests.push(request.url()));
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent(out)}`);
  assert.deepEqual(problems, []);
  assert.deepEqual(requests, [], "the page is whole in one file");
  return page;
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe has nothing against the page, ${colorScheme}`, async (t) => {
    const page = await open(t, ["policies/procurios.json"], { colorScheme });
    // The page's own policy lets no script in; the debugger is not bound by it.
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), []);
    assert.ok(passes.some(({ id }) => id === "color-contrast"));
  });
}

test("every cell says in words what the matrix says", async (t) => {
  const page = await open(t, ["policies/procurios.json"]);
  const { out } = await grantlet(["matrix", "--json", "policies/procurios.json"]);
  const { roles, permissions, cells } = JSON.parse(out);
  const found = await page.evaluate(() =>
    [...document.querySelectorAll(".scroll tbody tr:not(.resource)")].map((row) => ({
      permission: row.querySelector("th").textContent,
      cells: [...row.querySelectorAll("td")].map((cell) => cell.querySelector(".spoken").textContent),
    })),
  );
  const expected = permissions.map((permission) => ({ permission, cells: roles.map((role) => cells[role]?.[permission] ?? "nothing") }));
  const sorted = (rows) => rows.toSorted((one, other) => (one.permission < other.permission ? -1 : 1));
  assert.deepEqual(sorted(found), sorted(expected));
});

test("the heads stay where they are while the table is scrolled, by keyboard too", async (t) => {
  const page = await open(t, ["policies/procurios.json"], { viewport: { width: 900, height: 700 } });
  await page.locator(".scroll").focus();
  await page.locator(".scroll").evaluate((table) => (table.scrollTop = table.scrollLeft = 400));
  const places = await page.evaluate(() => {
    const at = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [table, corner, head] = [at(".scroll"), at(".corner"), at(".scroll thead th:last-child")];
    return { corner: [corner.left - table.left, corner.top - table.top], head: head.top - table.top };
  });
  assert.deepEqual(places, { corner: [1, 1], head: 1 });
  assert.equal(await page.evaluate(() => document.activeElement.className), "scroll");
});

test("nothing of the page is wider than a phone", async (t) => {
  const page = await open(t, ["policies/procurios.json"], { viewport: { width: 390, height: 800 } });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

test("on paper all of the table is there, with its heads standing", async (t) => {
  const page = await open(t, ["policies/procurios.json"], { viewport: { width: 1040, height: 720 } });
  await page.emulateMedia({ media: "print" });
  const print = await page.evaluate(() => {
    const table = document.querySelector(".scroll");
    const head = getComputedStyle(document.querySelector(".scroll thead th:last-child"));
    return { overflow: getComputedStyle(table).overflow, mode: head.writingMode, wide: table.querySelector("table").offsetWidth };
  });
  assert.deepEqual([print.overflow, print.mode], ["visible", "vertical-rl"]);
  assert.ok(print.wide <= 1040, `${print.wide} pixels`);
});

test("what a policy says is text, and the date is that which was given", async (t) => {
  const bad = '<img src=x onerror="document.title=1">';
  const policy = {
    grantlet: 1,
    name: bad,
    description: bad,
    resources: { crm: { actions: ["view"], label: { nl: bad } } },
    roles: { r: { label: bad, description: { en: bad }, allow: [{ permissions: ["crm:view"], when: { eq: [{ var: "resource.a" }, bad] } }] } },
  };
  const cwd = folder(t, { "policy.json": JSON.stringify(policy) });
  const page = await open(t, ["policy.json", "--date", "22 <b>November</b>", "--lang", 'x"><i>'], { cwd });
  assert.equal(await page.locator("img, i").count(), 0);
  assert.equal(await page.title(), `Permissions of ${bad}`);
  assert.equal(await page.locator("time").textContent(), "22 <b>November</b>");
  assert.match(await page.locator("#conditions ~ .wide td").last().textContent(), /^resource\.a = "<img/);
  const plain = await open(t, ["policy.json"], { cwd });
  assert.equal(await plain.locator("time").count(), 0);
});

test("labels are in the language that was asked for", async (t) => {
  const page = await open(t, [place("policies/procurios.json"), "--lang", "nl"]);
  assert.match(await page.locator(".scroll").textContent(), /Relaties/);
  // The page's own words are English, and those of the policy say which language they are in.
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.ok((await page.locator('.scroll span[lang="nl"]').count()) > 20);
});
