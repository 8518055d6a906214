// A failure inside the module is never an answer, neither at once nor later.

import assert from "node:assert/strict";
import test from "node:test";
import { checkPolicy } from "grantlet";
import { ANNA, DOCUMENT, loadPolicy, policy, trapWith } from "./support.mjs";

test("after a failure inside the module nothing asks it any more", async () => {
  const session = policy.session(ANNA);
  const until = Date.now() + 100;
  const ending = policy.session({ id: "anna", assignments: [{ role: "sales", until }] });
  assert.equal(ending.can("crm:view"), true);
  const failed = { message: "the WebAssembly module of grantlet failed and answers no more" };
  trapWith(new WebAssembly.RuntimeError("unreachable"));
  assert.throws(() => session.can("crm.relation:edit", { resource: { owner: "anna" } }), failed);
  trapWith(undefined);
  const calls = {
    conditional: () => session.can("crm.relation:edit", { resource: { owner: "anna" } }),
    scope: () => session.can("page:edit", { scope: "workspace:north" }),
    decide: () => session.decide("crm:view"),
    section: () => session.section("relations"),
    update: () => session.update({ subject: ANNA }),
    session: () => policy.session(ANNA),
  };
  for (const [name, call] of Object.entries(calls)) assert.throws(call, failed, name);
  await assert.rejects(loadPolicy(DOCUMENT), failed);
  await assert.rejects(checkPolicy(DOCUMENT), failed);
  await new Promise((resolve) => setTimeout(resolve, until - Date.now() + 1));
  assert.throws(() => ending.can("crm:view"), failed);
  assert.throws(() => ending.can("crm:view"), failed);
  session.free();
  assert.throws(() => session.can("crm:view"), { message: "this session was freed" });
});
