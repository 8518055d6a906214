// The module is loaded once, by whoever comes first; a load that failed is tried anew.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { checkPolicy, loadPolicy } from "grantlet";

const DOCUMENT = { grantlet: 1, resources: { crm: { actions: ["view"] } }, roles: {} };

test("a load that failed is tried anew, and what was loaded is loaded once", async () => {
  const { Module } = WebAssembly;
  const failing = mock.method(WebAssembly, "Module", () => {
    throw new WebAssembly.CompileError("not today");
  });
  for (const load of [loadPolicy, checkPolicy]) {
    await assert.rejects(load(DOCUMENT), (error) => {
      assert.equal(error.message, "the WebAssembly module of grantlet could not be loaded");
      assert.match(error.cause.message, /not today/);
      return true;
    });
  }
  failing.mock.restore();
  let compiled = 0;
  WebAssembly.Module = function counted(bytes) {
    compiled += 1;
    return new Module(bytes);
  };
  WebAssembly.Module.prototype = Module.prototype;
  const [first, second] = await Promise.all([loadPolicy(DOCUMENT), loadPolicy(DOCUMENT), checkPolicy(DOCUMENT)]);
  WebAssembly.Module = Module;
  assert.equal(compiled, 1);
  assert.deepEqual(first.permissions, ["crm:view"]);
  assert.deepEqual(second.permissions, ["crm:view"]);
});
