// The guide for plain pages, its files written into a project with the tarball and opened in Chromium as they stand there.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { build } from "vite";
import { serving } from "./support/browsers.mjs";
import { browsing, violations, withheld } from "./support/examples.mjs";
import { scratch, write } from "./support/pack.mjs";

const guide = readFileSync(new URL("../../docs/guides/browser.md", import.meta.url), "utf8");

/** The blocks of code by the file that their first line names. */
const files = Object.fromEntries(
  [...guide.matchAll(/^```\w+\n(?:\/\/|<!--) (\S+)(?: -->)?\n([\s\S]+?)^```$/gm)].map(([, name, code]) => [name, code]),
);
const [, policy] = /^```http\nContent-Security-Policy: (.+)\n```$/m.exec(guide);
const project = scratch("browser-guide", { files, packages: [] });

const states = (page) =>
  page.$$eval("[data-grant], [data-grant-section]", (elements) =>
    Object.fromEntries(elements.map((element) => [element.id || element.textContent, element.dataset.grantState])));

const ANNA = { Relations: "enabled", Invoices: "enabled", add: "enabled", import: "hidden", write: "disabled", north: "enabled" };
const MO = { Relations: "enabled", Invoices: "enabled", add: "hidden", import: "hidden", write: "enabled", north: "hidden" };
const NOBODY = { Relations: "hidden", Invoices: "hidden", add: "hidden", import: "hidden", write: "disabled", north: "hidden" };

test("every block of code is a file that is run here, or the header of one", () => {
  assert.deepEqual(Object.keys(files), ["index.html", "page.js", "policy.json", "bundled.js", "snapshot.html", "snapshot.js"]);
  assert.equal(guide.match(/^```\w+$/gm).length, 8, "and the header, and one to install the package");
});

test("the page shows each person what they may, and nothing before it was judged", async () => {
  await serving(project, (url) => browsing(async (page) => {
    const arrive = await withheld(page);
    await page.goto(url, { waitUntil: "commit" });
    await page.getByLabel("Signed in as").waitFor();
    for (const name of ["Add a relation", "Import", "Write an invoice"]) {
      assert.equal(await page.getByText(name, { exact: true }).isVisible(), false, `${name} before it was judged`);
    }
    arrive();
    await page.locator("#add").waitFor();
    assert.deepEqual(await states(page), ANNA);
    assert.equal(await page.getByRole("button", { name: "Write an invoice" }).isDisabled(), true);
    assert.deepEqual(await violations(page), []);

    await page.getByLabel("Signed in as").selectOption("mo");
    assert.deepEqual(await states(page), MO);
    assert.equal(await page.locator("#add").isVisible(), false);

    await page.getByRole("button", { name: "Sign out" }).press("Enter");
    assert.deepEqual(await states(page), NOBODY);
  }));
});

test("the bundled page runs under the policy of the guide", async () => {
  const html = files["index.html"]
    .replace(/ *<script type="importmap">[\s\S]+?<\/script>\n/, "")
    .replace(/ *<link rel="stylesheet".*\n/, "")
    .replace("page.js", "bundled.js");
  write(project, { "bundled.html": html });
  await build({
    root: project,
    configFile: false,
    logLevel: "error",
    build: { outDir: "dist", rollupOptions: { input: join(project, "bundled.html") } },
  });
  await serving(join(project, "dist"), (url) => browsing(async (page) => {
    await page.goto(`${url}bundled.html`);
    await page.locator("#add[data-grant-state]").waitFor();
    assert.deepEqual(await states(page), { ...ANNA, Invoices: "locked" });
  }), { "Content-Security-Policy": policy });
});

test("the page with a snapshot needs no WebAssembly, and denies what is over", async () => {
  const until = Date.now() + 4000;
  const subject = { id: "anna", assignments: [{ role: "sales", until }] };
  const session = (await loadPolicy(files["policy.json"])).session(subject, { entitlements: ["finance"] });
  writeFileSync(join(project, "session.json"), JSON.stringify(session.snapshot()));
  const withoutWasm = policy.replace(" 'wasm-unsafe-eval'", "");
  assert.notEqual(withoutWasm, policy);
  await serving(project, (url) => browsing(async (page) => {
    await page.goto(`${url}snapshot.html`);
    const add = page.getByText("Add a relation");
    await add.waitFor();
    assert.equal(await page.getByText("Write an invoice").isVisible(), false);
    await add.waitFor({ state: "hidden" });
    assert.ok(Date.now() >= until);
  }), { "Content-Security-Policy": withoutWasm });
});
