// Runs the tests of a file in `pages/` inside Chromium, bundled as a bundler would do it, with either version of React.
// Each is a test of its own here. What a page logs as an error fails the test during which it was logged.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const HOST = "127.0.0.1";
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** By major version: where React is. */
export const REACTS = {
  19: { react: at("../../../node_modules/react"), "react-dom": at("../../../node_modules/react-dom") },
  18: { react: at("../react-18/node_modules/react"), "react-dom": at("../react-18/node_modules/react-dom") },
};

/** Bundles a file of this suite with a version of React. */
export async function bundled(file, version, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [at(`../${file}`)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    alias: REACTS[version],
    define: { "process.env.NODE_ENV": '"development"' },
    logLevel: "warning",
    ...options,
  });
  return outputFiles[0].text;
}

/** Serves these texts by path, and the package's module, to this machine alone. */
export async function serve(texts) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, `http://${HOST}`);
    if (pathname === "/grantlet.wasm") {
      response.setHeader("Content-Type", "application/wasm");
      response.end(readFileSync(at("../../../pkg/dist/grantlet.wasm")));
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

/** Declares every test of the file for every version of React. */
export async function pageTests(file) {
  const browser = await launch();
  // All pages are there before the first test is declared, for the runner ends a file with the tests that it knows.
  const opened = await Promise.all(Object.keys(REACTS).map((version) => open(browser, file, version)));
  after(async () => {
    await browser.close();
    for (const { server } of opened) await server.close();
  });
  for (const { page, version, names } of opened) {
    for (const name of names) {
      test(`${name} (React ${version})`, async (t) => {
        const { failure, notes } = await page.evaluate((name) => globalThis.tests.run(name), name);
        for (const note of notes) t.diagnostic(note);
        if (failure !== undefined) assert.fail(failure);
      });
    }
  }
}

async function open(browser, file, version) {
  const server = await serve({
    "/": `<!doctype html><html lang="en"><title>React ${version}</title><link rel="icon" href="data:,"><body></body><script type="module" src="/page.js"></script></html>`,
    "/page.js": await bundled(`pages/${file}`, version),
  });
  const page = await browser.newPage();
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error));
  await page.goto(server.url);
  await page.waitForFunction(() => "tests" in globalThis, undefined, { timeout: 15_000 }).catch((error) => {
    throw new AggregateError([error, ...thrown], `the page of ${file} did not start`);
  });
  const { names, found } = await page.evaluate(() => ({ names: globalThis.tests.names(), found: globalThis.tests.version }));
  assert.ok(names.length > 0);
  assert.ok(found.startsWith(`${version}.`), `React ${found} is not React ${version}`);
  return { server, page, version, names };
}
