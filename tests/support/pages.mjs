// Runs the tests of a page inside Chromium, bundled as a bundler would do it. Each is a test of its own here. What a page
// logs as an error or a warning fails the test during which it was logged.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const HOST = "127.0.0.1";
const MODULES = new URL("../../pkg/dist/", import.meta.url);

/** Bundles a script for a page. */
export async function bundled(file, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(file)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    logLevel: "warning",
    ...options,
  });
  return outputFiles[0].text;
}

/** A page that runs the script at `/page.js`, with this in its body. */
export const html = (title, body = "") =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,"><body>${body}</body><script type="module" src="/page.js"></script></html>`;

/** Serves these texts by path, and the package's modules, to this machine alone. */
export async function serve(texts) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, `http://${HOST}`);
    if (/^\/grantlet[a-z-]*\.wasm$/.test(pathname)) {
      response.setHeader("Content-Type", "application/wasm");
      response.end(readFileSync(new URL(pathname.slice(1), MODULES)));
    } else if (texts[pathname] === undefined) {
      response.writeHead(404).end();
    } else {
      response.setHeader("Content-Type", pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8");
      response.end(texts[pathname]);
    }
  });
  await new Promise((resolve) => server.listen(0, HOST, resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://${HOST}:${server.address().port}`, close };
}

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: ["--no-sandbox", "--disable-gpu"] });

/** Declares every test of each page as a test, its title added; `look`, where given, looks at the page before that. */
export async function pageTests(pages) {
  const browser = await launch();
  // All pages are there before the first test is declared, for the runner ends a file with the tests that it knows.
  const opened = await Promise.all(pages.map((page) => open(browser, page)));
  after(async () => {
    await browser.close();
    for (const { server } of opened) await server.close();
  });
  for (const { page, title, names } of opened) {
    for (const name of names) {
      test(`${name} (${title})`, async (t) => {
        const { failure, notes } = await page.evaluate((name) => globalThis.tests.run(name), name);
        for (const note of notes) t.diagnostic(note);
        if (failure !== undefined) assert.fail(failure);
      });
    }
  }
}

async function open(browser, { title, body, script, look }) {
  const server = await serve({ "/": html(title, body), "/page.js": script });
  const page = await browser.newPage();
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error));
  await page.goto(server.url);
  await page.waitForFunction(() => "tests" in globalThis, undefined, { timeout: 15_000 }).catch((error) => {
    throw new AggregateError([error, ...thrown], `the page \`${title}\` did not start`);
  });
  const names = await page.evaluate(() => globalThis.tests.names());
  assert.ok(names.length > 0);
  await look?.(page);
  return { server, page, title, names };
}
