// What is published: the files of the tarball, and what two checkers of packages say about its entries and their types
// for every way in which TypeScript, Node and bundlers resolve them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { program, run, scratch, tarball } from "./support/pack.mjs";

const file = (path) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const manifest = JSON.parse(file("pkg/package.json"));

/** The files of the tarball, relative to the package. */
const files = run("tar", ["-tzf", tarball()])
  .trim()
  .split("\n")
  .map((path) => path.replace(/^package\//, ""));

/** Every path that a value of `package.json` names. */
function paths(value) {
  if (typeof value === "string") return value.startsWith("./") ? [value.slice(2)] : [];
  return Object.values(value ?? {}).flatMap(paths);
}

test("every file that the manifest names is in the tarball", () => {
  const { main, types, typesVersions, exports } = manifest;
  for (const path of paths([main, types, typesVersions, exports])) assert.ok(files.includes(path), path);
});

test("the tarball has the README, both licences, and nothing that only the repository needs", () => {
  for (const name of ["README.md", "LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(files.includes(name), name);
  const others = files.filter((path) => !path.startsWith("dist/"));
  assert.deepEqual(others.filter((path) => /\.(ts|mjs|rs)$/.test(path)), []);
});

test("the licences are those of the repository", () => {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) assert.equal(file(`pkg/${name}`), file(name));
});

test("`types` is the first condition of every entry", () => {
  for (const [entry, conditions] of Object.entries(manifest.exports)) {
    if (typeof conditions === "object") assert.equal(Object.keys(conditions)[0], "types", entry);
  }
});

test("conditions are met from the one with the most particular runtime on", () => {
  const order = ["types", "workerd", "edge-light", "react-server", "browser", "deno", "node", "default"];
  for (const [entry, conditions] of Object.entries(manifest.exports)) {
    if (typeof conditions !== "object") continue;
    const places = Object.keys(conditions).map((condition) => order.indexOf(condition));
    assert.ok(!places.includes(-1), entry);
    assert.deepEqual(places, places.toSorted((a, b) => a - b), entry);
  }
});

test("the package installs nothing else, and runs nothing when it is installed", () => {
  assert.deepEqual(Object.keys(manifest.dependencies ?? {}), []);
  for (const script of ["preinstall", "install", "postinstall", "prepare"]) assert.equal(manifest.scripts[script], undefined);
});

test("publint finds nothing, not even a suggestion", () => {
  const project = scratch("publint", { packages: [] });
  const said = run(process.execPath, [program("publint"), "--strict", `${project}/node_modules/grantlet`]);
  assert.match(said, /All good!/);
});

test("the types are those of the scripts in every way to resolve them", () => {
  const words = [program("@arethetypeswrong/cli", "attw"), tarball(), "--format", "json"];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(stderr, "");
  const { analysis, problems } = JSON.parse(stdout);
  assert.deepEqual(problems, {});
  assert.deepEqual(Object.keys(analysis.entrypoints).sort(), Object.keys(manifest.exports).sort());
});
