// What an entry is made of: few files, one state for the entries of one kind of runtime, and in a page a module that is
// fetched, whatever its server calls it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import test from "node:test";
import * as grantlet from "grantlet";
import * as dom from "grantlet/dom";
import * as tools from "grantlet/tools";

const manifest = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
const file = (path) => new URL(`../../pkg/${path}`, import.meta.url);

/** The scripts that one leads to, itself included. */
function scripts(from, found = new Set()) {
  if (found.has(from.href)) return found;
  found.add(from.href);
  const text = readFileSync(from, "utf8");
  for (const [, path] of text.matchAll(/\bfrom "(\.[^"]+\.js)"/g)) scripts(new URL(path, from), found);
  return found;
}

/** The script of an entry for a kind of runtime. */
function scriptOf(entry, condition) {
  const paths = manifest.exports[entry][condition];
  return typeof paths === "string" ? paths : paths.default;
}

for (const [entry, conditions] of Object.entries(manifest.exports)) {
  if (typeof conditions !== "object" || !("workerd" in conditions)) continue;
  for (const condition of Object.keys(conditions)) {
    if (condition === "types") continue;
    const path = scriptOf(entry, condition);
    if (entry === "./authzen") {
      test(`\`${entry}\` is one file beside the entries that it asks, for \`${condition}\``, () => {
        const asked = [".", "./tools"].flatMap((other) => [...scripts(file(scriptOf(other, condition)))]);
        assert.deepEqual([...scripts(file(path))].filter((script) => !asked.includes(script)), [file(path).href]);
        assert.ok(!manifest.sideEffects.includes(path), "it loads nothing by itself");
      });
      continue;
    }
    test(`\`${entry}\` is few files for \`${condition}\``, () => {
      const most = path.includes("node.js") ? 2 : 3;
      const all = scripts(file(path));
      assert.ok(all.size <= most, [...all].join("\n"));
      assert.ok(manifest.sideEffects.includes(path));
    });
  }
}

test("entries share what they have in common", () => {
  assert.equal(dom.PolicyError, grantlet.PolicyError);
  assert.equal(tools.PolicyError, grantlet.PolicyError);
  for (const name of ["Policy", "Session", "Permission", "loadPolicy", "checkPolicy"]) {
    assert.equal(dom[name], grantlet[name], name);
    assert.equal(grantlet[name].name, name);
  }
  assert.equal(tools.PolicyTools.name, "PolicyTools");
});

/** What a page prints that loads a policy of one permission with the entry `grantlet`, fetching as given. */
function page(fetch) {
  const program = `
    import { readFileSync } from "node:fs";
    const bytes = readFileSync(${JSON.stringify(fileURLToPath(file("dist/grantlet.wasm")))});
    let fetches = 0;
    globalThis.fetch = async (url) => {
      fetches += 1;
      if (!String(url).endsWith("/pkg/dist/grantlet.wasm")) throw new Error("fetched " + url);
      return (${fetch})(bytes);
    };
    const { loadPolicy } = await import("grantlet");
    const load = () => loadPolicy({ grantlet: 1, name: "one", resources: { a: { actions: ["b"] } }, roles: {} });
    if (fetches !== 0) throw new Error("fetched before a policy was loaded");
    const told = (policy) => policy.permissions.join();
    for (let time = 0; time < 2; time += 1) {
      console.log(await load().then(told, (error) => error.message + ": " + error.cause?.message), fetches);
    }`;
  const words = ["--conditions=browser", "--input-type=module", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, words, { cwd: fileURLToPath(file("..")), encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.trim().split("\n");
}

const MODULE = (type) => `(bytes) => new Response(bytes, { headers: { "content-type": "${type}" } })`;

test("a page fetches the module once, when the first policy is loaded", () => {
  assert.deepEqual(page(MODULE("application/wasm")), ["a:b 1", "a:b 1"]);
});

test("a module that its server calls something else is loaded too", () => {
  assert.deepEqual(page(MODULE("application/octet-stream")), ["a:b 1", "a:b 1"]);
});

test("a module that is not there is said to be missing, and asked for anew", () => {
  const lines = page("(bytes) => new Response(null, { status: 404 })");
  assert.equal(lines.length, 2);
  for (const [time, line] of lines.entries()) {
    assert.match(line, /^the WebAssembly module of grantlet could not be loaded: `.*\/grantlet\.wasm` has the status 404 \d$/);
    assert.ok(line.endsWith(` ${time + 1}`));
  }
});
