// The module of the tools is one of its own: a load that failed is tried anew, and a failure inside it is never an
// answer and no concern of the other module.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { loadPolicy } from "grantlet";
import { openTools } from "grantlet/tools";

const DOCUMENT = { grantlet: 1, resources: { crm: { actions: ["view"] } }, roles: { a: { allow: ["crm:view"] } } };

test("a load that failed is tried anew", async () => {
  const failing = mock.method(WebAssembly, "Module", () => {
    throw new WebAssembly.CompileError("not today");
  });
  const message = "the WebAssembly module of grantlet/tools could not be loaded";
  await assert.rejects(openTools(DOCUMENT), { message });
  failing.mock.restore();
});

test("after a failure inside the module nothing asks it any more", async () => {
  let trap;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function trapping(module, imports) {
    const instance = new Instance(module, imports);
    const exports = Object.fromEntries(
      Object.entries(instance.exports).map(([name, value]) => {
        const call = (...args) => {
          if (trap !== undefined) throw trap;
          return value(...args);
        };
        return [name, typeof value === "function" && !name.startsWith("__") ? call : value];
      }),
    );
    return Object.setPrototypeOf({ exports }, Instance.prototype);
  };
  WebAssembly.Instance.prototype = Instance.prototype;
  const tools = await openTools(DOCUMENT);
  WebAssembly.Instance = Instance;
  const policy = await loadPolicy(DOCUMENT);
  assert.deepEqual(tools.recommend(["crm:view"]).roles, ["a"]);
  trap = new WebAssembly.RuntimeError("unreachable");
  const failed = { message: "the WebAssembly module of grantlet/tools failed and answers no more" };
  assert.throws(() => tools.matrix(), failed);
  trap = undefined;
  assert.throws(() => tools.lint(), failed);
  assert.throws(() => tools.who("crm:view", []), failed);
  await assert.rejects(openTools(DOCUMENT), failed);
  tools.free();
  assert.equal(policy.session({ id: "anna", assignments: [{ role: "a" }] }).can("crm:view"), true);
});
