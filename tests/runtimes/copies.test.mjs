// Where a program has several copies of the package in it, and where it is one file: no copy answers for another.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { expected } from "./list.mjs";
import { within } from "./support/browsers.mjs";
import { run, scratch } from "./support/pack.mjs";
import { LIST } from "./support/runtime.mjs";

const project = scratch("copies", { packages: [] });
const place = (path) => join(project, "node_modules/grantlet/dist", path);
const required = createRequire(import.meta.url);

/** The same entry in copies of its own: ES modules, CommonJS, and the one with the module in it. */
const COPIES = {
  "ES modules": await import(place("dom.node.js")),
  CommonJS: required(place("dom.node.cjs")),
  "`grantlet/inline`": await import(place("inline.js")),
};

const DOCUMENT = { grantlet: 1, resources: { crm: { actions: ["view"] } }, roles: { all: { allow: ["crm:view"] } } };
const ANNA = { id: "anna", assignments: [{ role: "all" }] };

for (const [name, own] of Object.entries(COPIES)) {
  for (const [other, foreign] of Object.entries(COPIES).filter(([other]) => other !== name)) {
    test(`${name} takes nothing of ${other} for its own`, async () => {
      const [policy, foreigner] = await Promise.all([own.loadPolicy(DOCUMENT), foreign.loadPolicy(DOCUMENT)]);
      const session = policy.session(ANNA);
      assert.equal(session.can("crm:view"), true);
      assert.equal(session.can(foreigner.permission("crm:view")), false, "a handle");
      assert.equal(session.decide(foreigner.permission("crm:view")).reason, "unknown-permission");
      await assert.rejects(own.loadPolicy(foreigner), (error) => error instanceof own.PolicyError && !(error instanceof foreign.PolicyError));
      if (own.bind) assert.throws(() => own.bind(foreigner.session(ANNA), {}), TypeError, "a session");
      const method = own.Session.prototype.can;
      assert.throws(() => method.call(foreigner.session(ANNA), "crm:view"), TypeError, "a method");
    });
  }
}

test("compiled bytes of one copy are a policy in another", async () => {
  const bytes = (await COPIES.CommonJS.loadPolicy(DOCUMENT)).toBytes();
  assert.equal((await COPIES["ES modules"].loadPolicy(bytes)).session(ANNA).can("crm:view"), true);
});

test("`import` and `require` give one copy where Node can require ES modules", () => {
  const program = `import { createRequire } from "node:module";
    import * as imported from "grantlet";
    import * as tools from "grantlet/tools";
    const required = createRequire(import.meta.url)("grantlet");
    console.log(required.PolicyError === imported.PolicyError, tools.PolicyError === imported.PolicyError);`;
  assert.equal(run(process.execPath, ["--input-type=module", "--eval", program], { cwd: project }), "true true\n");
});

test("CommonJS entries share one copy, as those in ES modules do", () => {
  const program = `const { PolicyError, Session } = require("grantlet");
    const dom = require("grantlet/dom");
    console.log(dom.Session === Session, [dom, require("grantlet/tools")].every((entry) => entry.PolicyError === PolicyError));`;
  const words = ["--no-experimental-require-module", "--input-type=commonjs", "--eval", program];
  assert.equal(run(process.execPath, words, { cwd: project }), "true true\n");
});

const CLAIMS = expected(false).filter(({ entry }) => entry === "grantlet/inline").length;

const ONE_FILE = `import * as inline from "grantlet/inline";
import { check } from "./held/list.mjs";
check({ "grantlet/inline": inline }).then((results) => {
  globalThis.document ? (document.documentElement.dataset.results = JSON.stringify(results)) : console.log(JSON.stringify(results));
});
`;

/** The project's program in one file, a classic script. */
async function oneFile(platform) {
  const folder = scratch(`one-file-${platform}`, { files: { ...LIST, "program.mjs": ONE_FILE }, packages: [] });
  const entryPoints = [join(folder, "program.mjs")];
  const outfile = join(folder, platform === "node" ? "out/program.cjs" : "out/program.js");
  await esbuild.build({ entryPoints, outfile, bundle: true, minify: true, platform, logLevel: "silent" });
  return outfile;
}

test("`grantlet/inline` runs from a page in one file that no server sends", async () => {
  const script = await oneFile("browser");
  const page = scratch("one-page", {
    files: { "index.html": `<!doctype html><script>${readFileSync(script, "utf8").replaceAll("</script", "<\\/script")}</script>` },
    packages: [],
  });
  for (const name of ["chromium", "firefox"]) {
    const results = await within(name, ({ results }) => results(pathToFileURL(join(page, "index.html")).href));
    assert.deepEqual(results.filter(({ error }) => error !== undefined), []);
    assert.equal(results.length, CLAIMS);
  }
});

test("`grantlet/inline` runs from one file in Node", async () => {
  const results = JSON.parse(run(process.execPath, [await oneFile("node")]));
  assert.deepEqual(results.filter(({ error }) => error !== undefined), []);
  assert.equal(results.length, CLAIMS);
});
