// The server renders a page with a session or with its snapshot, and the browser takes it over with the snapshot.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import test, { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openSnapshot } from "grantlet/client";
import { bundled, launch, REACTS, serve } from "./support/pages.mjs";
import { policy, somebody, written } from "../support/policy.js";

const WORK = fileURLToPath(new URL("../../target/react", import.meta.url));
const browser = await launch();
after(() => browser.close());

/** The server's half with a version of React, as a module of this process. */
async function rendering(version) {
  const text = await bundled("hydrated/server.jsx", version, {
    platform: "node",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
  });
  mkdirSync(WORK, { recursive: true });
  const file = `${WORK}/server-${version}.mjs`;
  writeFileSync(file, text);
  return import(pathToFileURL(file).href);
}

const subject = (until) => ({
  id: "anna",
  assignments: [
    { role: "reader" },
    { role: "bookkeeper" },
    { role: "editor", scope: "workspace:north" },
    { role: "few", ...(until === undefined ? {} : { until }) },
  ],
});

const snapshotOf = (session) => JSON.parse(JSON.stringify(session.snapshot({ scopes: ["workspace:north"] })));

/** Opens the server's page in the browser, looks at it before it is taken over, and hands it on. */
async function visit({ markup, snapshot, script }, use) {
  const data = JSON.stringify(snapshot).replaceAll("<", "\\u003c");
  const server = await serve({
    "/": `<!doctype html><html lang="en"><title>Pages</title><link rel="icon" href="data:,"><div id="app">${markup}</div>
<script type="application/json" id="snapshot">${data}</script><script type="module" src="/page.js"></script></html>`,
    "/page.js": script,
  });
  const page = await browser.newPage();
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => "hydrate" in globalThis);
    await use(page);
    assert.deepEqual(thrown, []);
  } finally {
    await page.close();
    await server.close();
  }
}

const buttons = (page) => page.$$eval("button:enabled", (found) => found.map(({ textContent }) => textContent));
const hydrated = (page) => page.evaluate(async () => {
  globalThis.hydrate();
  await new Promise((resolve) => setTimeout(resolve, 150));
});
const seen = (page) => page.evaluate(() => globalThis.seen);
const markupOf = (page) => page.$eval("#app", (app) => app.innerHTML);

for (const version of Object.keys(REACTS)) {
  const server = await rendering(version);
  const script = await bundled("hydrated/page.jsx", version);
  const react = (name) => `${name} (React ${version})`;

  test(react("a server renders the same with a session and with its snapshot"), () => {
    const session = policy.session(subject(), { entitlements: ["finance"] });
    const markup = server.text({ session });
    assert.equal(server.text({ session: openSnapshot(snapshotOf(session)) }), markup);
    assert.match(markup, /<button>Edit<\/button><i>may not edit<\/i>/);
    assert.match(markup, /href="#enabled"/);
    assert.match(markup, /finance is (<!-- -->)?enabled/);
    assert.doesNotMatch(server.text({ session: undefined }), /<button>Edit<|>true</);
  });

  test(react("the browser takes the page over without a mismatch, and renders each component once"), async () => {
    const session = policy.session(subject(), { entitlements: ["finance"] });
    await visit({ markup: server.text({ session }), snapshot: snapshotOf(session), script }, async (page) => {
      const markup = await markupOf(page);
      await page.$eval("button", (button) => (globalThis.first = button));
      await hydrated(page);
      const { logged, recovered, told } = await seen(page);
      assert.deepEqual({ logged, recovered }, { logged: [], recovered: [] });
      assert.deepEqual(told, ["page-3:edit true", "page-4:edit false", "note:edit true", "finance enabled"]);
      assert.equal(await markupOf(page), markup);
      assert.equal(await page.evaluate(() => globalThis.first === document.querySelector("button")), true);
    });
  });

  test(react("where the snapshot's time is over before the browser takes over, nothing is allowed and nothing breaks"), async () => {
    const until = Date.now() + 2500;
    const session = policy.session(subject(until), { entitlements: ["finance"] });
    const markup = server.text({ session });
    assert.match(markup, /<button>Edit<\/button>/);
    await visit({ markup, snapshot: snapshotOf(session), script }, async (page) => {
      await page.waitForFunction((until) => Date.now() > until, until);
      await hydrated(page);
      const { told, recovered } = await seen(page);
      assert.deepEqual(told.filter((words) => /true|enabled/.test(words)), []);
      assert.deepEqual(await buttons(page), []);
      assert.match(await page.innerText("main"), /^Pages[\s\S]*may not edit\s*may not edit[\s\S]*finance is hidden\s*expired$/);
      for (const message of recovered) assert.match(message, /hydrat|server-rendered/i);
    });
  });

  test(react("a snapshot's time that is over later ends what it allowed"), async () => {
    const until = Date.now() + 4000;
    const session = policy.session(subject(until), { entitlements: ["finance"] });
    await visit({ markup: server.text({ session }), snapshot: snapshotOf(session), script }, async (page) => {
      await hydrated(page);
      assert.deepEqual(await buttons(page), ["Edit"]);
      await page.waitForFunction(() => document.querySelectorAll("button:enabled").length === 0);
      assert.ok(Date.now() >= until);
      const { logged, recovered } = await seen(page);
      assert.deepEqual({ logged, recovered }, { logged: [], recovered: [] });
    });
  });

  test(react("a page that goes on to a live session renders again what is answered differently, and no more"), async () => {
    const session = policy.session(subject(), { entitlements: ["finance"] });
    await visit({ markup: server.text({ session }), snapshot: snapshotOf(session), script }, async (page) => {
      await hydrated(page);
      const markup = await markupOf(page);
      await page.evaluate(([written, facts]) => globalThis.upgrade(written, facts), [written, subject()]);
      await page.waitForFunction(() => document.querySelector("a").hash === "#locked");
      assert.equal(await markupOf(page), markup.replace("#enabled", "#locked").replace("enabled", "locked"));
      await page.evaluate(() => globalThis.live.update({ subject: { id: "anna" } }));
      assert.deepEqual(await buttons(page), []);
      const { logged, recovered } = await seen(page);
      assert.deepEqual({ logged, recovered }, { logged: [], recovered: [] });
    });
  });

  test(react("a server that streams waits for a promised session, and allows nothing before"), async () => {
    const session = policy.session(subject());
    let early;
    const written = [];
    const promise = new Promise((resolve) => {
      setTimeout(() => {
        early = written.join("");
        resolve(session);
      }, 300);
    });
    const errors = await server.stream({ session: promise }, (chunk) => written.push(chunk));
    assert.deepEqual(errors, []);
    assert.doesNotMatch(early, /<button|true/);
    assert.match(written.join(""), /<button>Edit<\/button>/);
    assert.match(server.text({ session: promise, fallback: "one moment" }), /<button>Edit<\/button>/);
  });

  test(react("on a server a promise that has not come yet shows the fallback, and one that fails nothing"), async () => {
    const never = new Promise(() => {});
    assert.equal(server.text({ session: never, fallback: "one moment" }), "<main><h1>Pages</h1>one moment</main>");
    const failing = new Promise((_, reject) => setTimeout(() => reject(new Error("no policy to be had")), 100));
    const written = [];
    const errors = await server.stream({ session: failing }, (chunk) => written.push(chunk));
    assert.deepEqual(errors, ["no policy to be had"]);
    assert.match(written.join(""), /<b>loading<\/b>/);
    assert.doesNotMatch(written.join(""), /<button|true/);
  });

  test(react("a server renders a page of somebody, and not of the next one"), () => {
    const pages = [subject(), somebody("reader"), subject()].map((facts) => server.text({ session: policy.session(facts) }));
    assert.equal(pages[0], pages[2]);
    assert.notEqual(pages[0], pages[1]);
    assert.doesNotMatch(pages[1], /<button>Edit</);
  });
}
