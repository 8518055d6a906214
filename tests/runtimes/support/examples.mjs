// An example as its reader would have it: copied, grantlet installed from the tarball, and opened in Chromium.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LAUNCHES } from "./browsers.mjs";
import { scratch } from "./pack.mjs";

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));
/** What tools write beside an example's files. */
const WRITTEN = ["node_modules", "dist", ".next", "next-env.d.ts"];

/** An example's files, by name. */
export function filesOf(name, folder = "") {
  const files = {};
  for (const entry of readdirSync(join(EXAMPLES, name, folder))) {
    const path = join(folder, entry);
    if (WRITTEN.includes(entry)) continue;
    if (statSync(join(EXAMPLES, name, path)).isDirectory()) Object.assign(files, filesOf(name, path));
    else files[path] = readFileSync(join(EXAMPLES, name, path), "utf8");
  }
  return files;
}

/** A copy of an example to build; gives its path. */
export function copied(name, changes = {}) {
  const { "package.json": manifest, ...files } = { ...filesOf(name), ...changes };
  return scratch(`example-${name}`, { files, manifest: JSON.parse(manifest) });
}

/** A page in Chromium that fails when it logs an error. */
export async function browsing(use) {
  const browser = await LAUNCHES.chromium();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    const logged = [];
    page.on("console", (message) => message.type() === "error" && logged.push(`${message.text()} ${message.location().url}`));
    page.on("pageerror", (error) => logged.push(String(error)));
    await use(page);
    assert.deepEqual(logged, []);
  } finally {
    await browser.close();
  }
}

/** Keeps the WebAssembly module on its way to a page; what it gives lets it arrive. */
export async function withheld(page) {
  let arrive;
  const held = new Promise((resolve) => (arrive = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  return arrive;
}

/** Starts a program that serves, and waits until it says where. */
export async function started(program, words, options, address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/) {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], ...options });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const [found] = address.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("exit", (code) => reject(new Error(`it ended with ${code}: ${said}`)));
    child.on("error", reject);
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners("exit");
      child.on("exit", resolve);
      child.kill("SIGTERM");
    });
  return { url, stop, said: () => said };
}

/** What axe has against a page, a line each. */
export async function violations(page) {
  const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
  await page.evaluate(`${axe}; undefined`);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
