// `grantlet compile`: the bytes are those of the package, and a file is there whole or not at all.

import assert from "node:assert/strict";
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { stringify } from "yaml";
import { folder, golden, grantlet, place, SYSTEMS } from "./support.mjs";

for (const system of SYSTEMS) {
  test(`${system} from its bytes answers as from its document, in JSON and in YAML`, async (t) => {
    const text = readFileSync(place(`policies/${system}.json`), "utf8");
    const cwd = folder(t, { "policy.json": text, "policy.yaml": stringify(JSON.parse(text)) });
    await golden(`compile-${system}`, ["compile", "policy.json", "-o", "policy.bin"], { cwd });
    assert.equal((await grantlet(["compile", "policy.yaml", "-o", "other.bin"], { cwd })).code, 0);
    const bytes = readFileSync(join(cwd, "policy.bin"));
    assert.ok(bytes.equals(readFileSync(join(cwd, "other.bin"))));
    const [document, compiled] = [await loadPolicy(text), await loadPolicy(bytes)];
    assert.ok(bytes.equals(document.toBytes()));
    assert.deepEqual(compiled.permissions, document.permissions);
    const { subjects, contexts, tests } = JSON.parse(readFileSync(place(`policies/${system}.tests.json`), "utf8"));
    for (const { subject, context, request, expect } of tests) {
      const session = compiled.session(subjects[subject], contexts[context]);
      for (const [permission, expected] of Object.entries(expect)) {
        const { effect, reason } = session.decide(permission, request);
        assert.ok(expected === effect || expected === reason, `${permission} is ${reason}, not ${expected}`);
      }
    }
    assert.deepEqual(readdirSync(cwd).sort(), ["other.bin", "policy.bin", "policy.json", "policy.yaml"]);
  });
}

const GOOD = '{ "grantlet": 1, "resources": { "a": { "actions": ["view"] } }, "roles": {} }';

test("a policy with an error leaves the file as it was", async (t) => {
  const cwd = folder(t, { "policy.json": '{ "grantlet": 1 }', "policy.bin": "as it was" });
  const { code, err } = await grantlet(["compile", "policy.json", "-o", "policy.bin"], { cwd });
  assert.deepEqual([code, /missing-key/.test(err)], [1, true]);
  assert.equal(readFileSync(join(cwd, "policy.bin"), "utf8"), "as it was");
  assert.deepEqual(readdirSync(cwd).sort(), ["policy.bin", "policy.json"]);
});

test("what cannot be written is said", async (t) => {
  const cwd = folder(t, { "policy.json": GOOD });
  mkdirSync(join(cwd, "folder"));
  const said = async (file) => {
    const { code, err } = await grantlet(["compile", "policy.json", "-o", file], { cwd });
    return [code, err];
  };
  assert.deepEqual(await said("folder"), [2, "grantlet: `folder` is a directory\n"]);
  assert.deepEqual(await said("none/policy.bin"), [2, "grantlet: `none/policy.bin` cannot be written: its folder is not there\n"]);
  assert.deepEqual(readdirSync(cwd).sort(), ["folder", "policy.json"]);
});

test("a link stays a link, rights stay what they were, and a device is written to", async (t) => {
  const cwd = folder(t, { "policy.json": GOOD, "real.bin": "" });
  chmodSync(join(cwd, "real.bin"), 0o600);
  symlinkSync("real.bin", join(cwd, "link.bin"));
  assert.equal((await grantlet(["compile", "policy.json", "-o", "link.bin"], { cwd })).code, 0);
  assert.ok(lstatSync(join(cwd, "link.bin")).isSymbolicLink());
  const { size, mode } = statSync(join(cwd, "real.bin"));
  assert.ok(size > 0);
  assert.equal(mode & 0o777, 0o600);
  assert.equal((await grantlet(["compile", "policy.json", "-o", "/dev/null"], { cwd })).code, 0);
  assert.ok(statSync("/dev/null").isCharacterDevice());
});

test("the bytes on the standard output, and numbers for machines", async (t) => {
  const cwd = folder(t, { "policy.json": GOOD });
  const { out } = await grantlet(["compile", "policy.json", "-o", "policy.bin", "--json"], { cwd });
  const bytes = readFileSync(join(cwd, "policy.bin"));
  assert.deepEqual(JSON.parse(out), { file: "policy.bin", bytes: bytes.length, permissions: 1, roles: 0 });
  const piped = await grantlet(["compile", "policy.json", "-o", "-"], { cwd });
  assert.equal(piped.out, bytes.toString("utf8"));
  assert.equal((await grantlet(["compile", "policy.json", "-o", "-", "--json"], { cwd })).code, 2);
});
