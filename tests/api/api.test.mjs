// The API reference is there for every entry of the package, says something of every public item, and its links lead
// somewhere.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const typedoc = join(dirname(createRequire(import.meta.url).resolve("typedoc/package.json")), "bin/typedoc");
const folder = mkdtempSync(join(root, "target/api-"));
after(() => rmSync(folder, { recursive: true }));

function generate(...options) {
  return spawnSync(process.execPath, [typedoc, "--out", folder, ...options], { cwd: root, encoding: "utf8" });
}

test("it is written without a warning: every public item is documented, and what it names is in it", () => {
  const { status, stdout, stderr } = generate();
  assert.equal(status, 0, stdout + stderr);
  assert.doesNotMatch(stdout + stderr, /warning|error/);
});

test("every entry that has types is in it, by the name that programs import", () => {
  const { exports } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  // A module and a style sheet have no items, and the entry with the module inside has those of `grantlet`.
  const typed = Object.keys(exports).filter((path) => exports[path].types !== undefined && !/(wasm|css|inline)$/.test(path));
  const pages = readdirSync(join(folder, "modules")).map((file) => file.replace(".html", ""));
  assert.deepEqual(pages.sort(), typed.map((path) => path.replace(".", "grantlet").replace("/", "_")).sort());
});

test("its links lead somewhere", () => {
  const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  const texts = new Map(pages.map((page) => [resolve(folder, page), readFileSync(join(folder, page), "utf8")]));
  const ids = new Map([...texts].map(([page, text]) => [page, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]));
  const broken = [];
  let links = 0;
  for (const [page, text] of texts) {
    for (const [, href] of text.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      if (/^[a-z]+:/.test(href)) continue;
      links += 1;
      const [path, anchor] = href.split("#");
      const target = path === "" ? page : resolve(dirname(page), decodeURIComponent(path));
      const isThere = existsSync(target) && (!anchor || ids.get(target)?.has(decodeURIComponent(anchor)));
      if (!isThere) broken.push(`${page}: ${href}`);
    }
  }
  assert.deepEqual(broken.slice(0, 5), [], `${broken.length} of ${links}`);
  assert.ok(pages.length > 80 && links > 2_000, `${pages.length} pages, ${links} links`);
});

test("an item without documentation would be told", () => {
  const { status, stdout, stderr } = generate("--intentionallyNotDocumented", "nothing", "--emit", "none");
  assert.notEqual(status, 0);
  assert.match(stdout + stderr, /does not have any documentation/);
});
