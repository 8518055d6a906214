// Compiled policies through the package: the same answers, the same bytes as natively, and a `PolicyError` for whatever
// is not as it was written.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { checkPolicy, loadPolicy, PolicyError } from "grantlet";
import { ANNA, DOCUMENT, policy } from "./support.mjs";

const ROOT = new URL("../../", import.meta.url);
const NAMES = ["copernica", "performanet", "procurios", "sys", "workspaces"];
const bytes = policy.toBytes();

const refused = (...codes) => (error) => {
  assert.ok(error instanceof PolicyError, error);
  assert.ok(codes.includes(error.code), error.code);
  assert.ok(error.message.length > 0);
  return true;
};

test("a compiled policy answers as the document does, and compiles to the same bytes", async () => {
  const again = await loadPolicy(bytes);
  assert.ok(bytes instanceof Uint8Array);
  assert.deepEqual(again.toBytes(), bytes);
  assert.deepEqual([again.permissions, again.roles, again.sections], [policy.permissions, policy.roles, policy.sections]);
  const [one, other] = [policy, again].map((each) => each.session(ANNA, { now: 0 }));
  for (const request of [{}, { scope: "workspace:north" }, { resource: { owner: "anna" } }, { action: { soft: true } }]) {
    for (const name of [...policy.permissions, "crm:fly"]) {
      assert.deepEqual(other.decide(name, request), one.decide(name, request), name);
    }
    assert.deepEqual(other.sections(request), one.sections(request));
  }
});

test("every system compiles to the bytes that it compiles to natively", async () => {
  for (const name of NAMES) {
    const text = await readFile(new URL(`policies/${name}.json`, ROOT), "utf8");
    const native = execFileSync("cargo", ["run", "--quiet", "--example", "compile"], { cwd: ROOT, input: text });
    const compiled = (await loadPolicy(text)).toBytes();
    assert.ok(native.equals(compiled), name);
    assert.ok(compiled.length < Buffer.byteLength(text) / 2, `${name}: ${compiled.length} bytes`);
    assert.deepEqual((await loadPolicy(compiled)).toBytes(), compiled);
  }
});

test("it is taken in every form that bytes come in", async () => {
  const folder = await mkdtemp(join(tmpdir(), "grantlet-"));
  const file = join(folder, "policy.bin");
  await writeFile(file, bytes);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const sources = {
    bytes,
    buffer: bytes.slice().buffer,
    "part of a buffer": Buffer.concat([Buffer.from("xx"), bytes, Buffer.from("xx")]).subarray(2, 2 + bytes.length),
    "data view": new DataView(bytes.slice().buffer),
    "shared memory": shared,
    response: new Response(bytes),
    "promise of a response": Promise.resolve(new Response(bytes)),
    file: pathToFileURL(file),
    "data address": new URL(`data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`),
  };
  for (const [name, source] of Object.entries(sources)) {
    assert.deepEqual((await loadPolicy(source)).permissions, policy.permissions, name);
  }
  await rm(folder, { recursive: true });
});

test("every single byte that is another one is told", async () => {
  for (let place = 0; place < bytes.length; place += 1) {
    for (const change of [0x01, 0x40, 0x80, 0xff]) {
      const flipped = bytes.slice();
      flipped[place] ^= change;
      // The first byte says that these are compiled, the next ones of which version.
      const codes = place === 0 ? ["syntax", "invalid-source"] : place < 10 ? ["wrong-version"] : ["corrupt"];
      await assert.rejects(loadPolicy(flipped), refused(...codes), `byte ${place}`);
    }
  }
});

test("whatever is cut, longer, of another version or nothing is told", async () => {
  for (let length = 1; length < bytes.length; length += 1) {
    await assert.rejects(loadPolicy(bytes.slice(0, length)), refused(length < 10 ? "wrong-version" : "corrupt"), `cut to ${length}`);
  }
  for (const more of [[0], [10], [32, 32], [0xff], bytes]) {
    await assert.rejects(loadPolicy(new Uint8Array([...bytes, ...more])), refused("corrupt"));
  }
  await assert.rejects(loadPolicy(Buffer.from("\x01grantlet3 of a later form")), refused("wrong-version"));
  await assert.rejects(loadPolicy(new Uint8Array(0)), refused("syntax"));
  await assert.rejects(loadPolicy(new Uint8Array(64 * 1024 * 1024)), refused("syntax"));
  const zeros = new Uint8Array(64 * 1024 * 1024);
  zeros.set(bytes.subarray(0, 10));
  await assert.rejects(loadPolicy(zeros), refused("corrupt"));
  await assert.rejects(loadPolicy(new Uint8Array(64 * 1024 * 1024 + 1)), refused("too-large"));
  // The module still answers.
  assert.deepEqual((await loadPolicy(bytes)).roles, policy.roles);
});

test("an error says what to do", async () => {
  await assert.rejects(loadPolicy(bytes.slice(0, -1)), (error) => {
    assert.match(error.message, /damaged/);
    assert.match(error.diagnostics[0].help, /compile its document/);
    return true;
  });
});

test("only documents are checked", async () => {
  assert.equal((await checkPolicy(bytes))[0].severity, "error");
});

test("a policy that was freed has no bytes", async () => {
  const freed = await loadPolicy(DOCUMENT);
  freed.free();
  assert.throws(() => freed.toBytes(), /this policy was freed/);
});
