// Questions over a policy, through the built package.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { loadPolicy } from "grantlet";
import { openTools, PolicyError, PolicyTools } from "grantlet/tools";

const DOCUMENT = {
  grantlet: 1,
  implies: { edit: ["view"] },
  scopes: { workspace: {} },
  resources: { page: { actions: ["view", "edit"] }, list: { actions: ["view"] } },
  roles: {
    viewer: { allow: ["page:view"] },
    editor: { inherits: ["viewer"], allow: ["page:edit"] },
    owner: {
      allow: [{ permissions: ["page:edit"], when: { eq: [{ var: "resource.owner" }, { var: "subject.id" }] } }],
    },
    silent: { allow: ["list:view"], deny: ["page:edit"] },
    local: { scopes: ["workspace"], allow: ["list:view"] },
  },
};

const DIRECTORY = ["editor", "owner", "silent"].map((role) => ({ id: `the-${role}`, assignments: [{ role }] }));

const tools = await openTools(DOCUMENT);

/** What a refused question is told. */
async function refused(ask) {
  const error = await ask().then(
    () => assert.fail("was answered"),
    (thrown) => thrown,
  );
  assert.ok(error instanceof PolicyError, String(error));
  return error.diagnostics.map(({ code, pointer }) => `${code} ${pointer}`.trim());
}

test("the matrix has a cell for what a role gives and none for what it does not", () => {
  const { roles, permissions, cells } = tools.matrix();
  assert.deepEqual(roles, ["viewer", "editor", "owner", "silent", "local"]);
  assert.deepEqual(permissions, ["page:view", "page:edit", "list:view"]);
  assert.deepEqual(cells, {
    viewer: { "page:view": "allow" },
    editor: { "page:view": "allow", "page:edit": "allow" },
    owner: { "page:view": "conditional", "page:edit": "conditional" },
    silent: { "page:edit": "deny", "list:view": "allow" },
    local: { "list:view": "allow" },
  });
});

test("the best roles are recommended, with what else they give", async () => {
  assert.deepEqual(tools.recommend(["page:view"]), { roles: ["viewer"], extra: [], missing: [] });
  assert.deepEqual(tools.recommend(["page:edit", "list:view"], { scope: "workspace" }), {
    roles: [],
    extra: [],
    missing: ["page:edit"],
  });
  // Only `silent` gives it at the root, and it denies what is needed beside it.
  assert.deepEqual(tools.recommend(["page:edit", "list:view"]), { roles: [], extra: [], missing: [] });
  assert.deepEqual(tools.recommend(["page:edit"]), { roles: ["editor"], extra: ["page:view"], missing: [] });
  assert.deepEqual(tools.recommend(["page:edit"], { atMost: 0 }), { roles: [], extra: [], missing: [] });
  assert.deepEqual(tools.recommend([]), { roles: [], extra: [], missing: [] });
});

test("a question that cannot be asked says where it is wrong", async () => {
  const asked = async (...args) => tools.recommend(...args);
  assert.deepEqual(await refused(() => asked(["page:view", "page:edti"])), ["unknown-permission /needed/1"]);
  const isHelp = ({ diagnostics: [{ help }] }) => help === "did you mean `page:edit`?";
  assert.throws(() => tools.recommend(["page:edti"]), isHelp);
  const faults = { scope: "workspac", plan: "gold", entitlements: ["x", 1], atMost: -1, most: 2 };
  assert.deepEqual(await refused(() => asked(["page:view"], faults)), [
    "unknown-scope-type /options/scope",
    "unknown-plan /options/plan",
    "unknown-entitlement /options/entitlements/0",
    "wrong-type /options/entitlements/1",
    "invalid-number /options/atMost",
    "unknown-key /options/most",
  ]);
  assert.deepEqual(await refused(() => asked([], { scope: "root" })), ["reserved-name /options/scope"]);
  assert.deepEqual(await refused(() => asked("page:view")), ["wrong-type /needed"]);
  assert.deepEqual(await refused(() => asked()), ["missing-key /needed"]);
  assert.deepEqual(await refused(() => asked([1n])), ["invalid-question"]);
  assert.deepEqual(await refused(() => asked(["x".repeat(100 << 20)])), ["too-large"]);
  assert.deepEqual(await refused(() => asked([], null)), ["wrong-type /options"]);
});

test("what is suspicious is told as warnings", async () => {
  assert.deepEqual(tools.lint(), []);
  const suspicious = structuredClone(DOCUMENT);
  suspicious.roles.editor.allow.push("page:view");
  suspicious.resources.list.actions.push("sort");
  const opened = await openTools(suspicious);
  assert.deepEqual(
    opened.lint().map(({ code, severity, pointer }) => [code, severity, pointer]),
    [
      ["inherited-grant", "warning", "/roles/editor/allow/1"],
      ["ungiven-permission", "warning", "/resources/list/actions"],
    ],
  );
});

test("who lists those who may and those who might, for a record too", () => {
  assert.deepEqual(tools.who("page:edit", DIRECTORY), { allow: ["the-editor"], conditional: ["the-owner"] });
  const request = { resource: { owner: "the-owner" } };
  const certain = { allow: ["the-editor", "the-owner"], conditional: [] };
  assert.deepEqual(tools.who("page:edit", DIRECTORY, {}, request), certain);
  const local = [{ id: "anna", assignments: [{ role: "local", scope: "workspace:w" }] }];
  assert.deepEqual(tools.who("list:view", local).allow, []);
  assert.deepEqual(tools.who("list:view", local, undefined, { scope: "workspace:w" }).allow, ["anna"]);
  assert.deepEqual(tools.who("page:fly", DIRECTORY), { allow: [], conditional: [] });
  assert.deepEqual(tools.who("page:edit", []), { allow: [], conditional: [] });
});

test("who stands at the clock, or at the context's now", () => {
  const directory = [{ id: "anna", assignments: [{ role: "viewer", until: Date.now() + 100_000 }] }];
  assert.deepEqual(tools.who("page:view", directory).allow, ["anna"]);
  assert.deepEqual(tools.who("page:view", directory, { now: Date.now() + 200_000 }).allow, []);
});

test("malformed facts are told with their place, and a record's own error reaches the caller", async () => {
  const asked = async (...args) => tools.who("page:view", ...args);
  const broken = [DIRECTORY[0], { id: "tom", assignments: [{ role: 1 }] }];
  assert.deepEqual(await refused(() => asked(broken)), ["wrong-type /directory/1/assignments/0/role"]);
  assert.deepEqual(await refused(() => asked([], { now: "later" })), ["invalid-time /context/now"]);
  assert.deepEqual(await refused(() => asked("anna")), ["wrong-type /directory"]);
  assert.deepEqual(await refused(() => asked(undefined)), ["wrong-type /directory"]);
  const cyclic = { id: "anna" };
  cyclic.meta = cyclic;
  assert.deepEqual(await refused(() => asked([cyclic])), ["invalid-question"]);
  const mine = new Error("mine");
  const resource = {
    get owner() {
      throw mine;
    },
  };
  assert.throws(() => tools.who("page:edit", DIRECTORY, {}, { resource }), mine);
  assert.deepEqual(tools.who("page:view", DIRECTORY).allow, ["the-editor"]);
});

test("a difference lists only the roles that differ", () => {
  const newer = structuredClone(DOCUMENT);
  newer.roles.viewer.allow = ["list:view"];
  newer.roles.owner.allow[0].when = { all: [] };
  newer.roles.newest = {};
  delete newer.roles.local;
  const expected = {
    roles: {
      viewer: { gained: ["list:view"], lost: ["page:view"], changed: [] },
      editor: { gained: ["list:view"], lost: [], changed: [] },
      owner: { gained: [], lost: [], changed: ["page:view", "page:edit"] },
    },
    added: ["newest"],
    removed: ["local"],
  };
  assert.deepEqual(tools.diff(newer), expected);
  assert.deepEqual(tools.diff(JSON.stringify(newer)), expected);
  assert.deepEqual(tools.diff(DOCUMENT), { roles: {}, added: [], removed: [] });
});

test("a newer policy that is none is told as any policy is", async () => {
  assert.deepEqual(await refused(async () => tools.diff("{")), ["syntax"]);
  const wrong = { grantlet: 1, resources: {}, roles: { a: { allow: ["x:y"] } } };
  assert.deepEqual(await refused(async () => tools.diff(wrong)), ["unmatched-pattern /roles/a/allow/0"]);
  assert.deepEqual(await refused(async () => tools.diff(undefined)), ["invalid-source"]);
});

test("tools are opened from whatever a policy is loaded from", async () => {
  const text = JSON.stringify(DOCUMENT);
  const folder = mkdtempSync(join(tmpdir(), "grantlet-"));
  const file = join(folder, "policy.json");
  writeFileSync(file, text);
  const compiled = (await loadPolicy(DOCUMENT)).toBytes();
  const encoded = new TextEncoder().encode(text);
  const responses = [new Response(text), Promise.resolve(new Response(text))];
  const sources = [text, compiled, encoded, encoded.buffer, ...responses, pathToFileURL(file)];
  for (const source of sources) {
    const opened = await openTools(source);
    assert.equal(opened.matrix().roles.length, 5);
    opened.free();
  }
  rmSync(folder, { recursive: true });
  assert.deepEqual(await refused(() => openTools({ grantlet: 1, resources: {} })), ["missing-key"]);
  assert.deepEqual(await refused(() => openTools("{")), ["syntax"]);
});

test("freed tools throw, and nobody makes any by hand", async () => {
  const opened = await openTools(DOCUMENT);
  opened.free();
  opened.free();
  const freed = { message: "these tools were freed" };
  const questions = {
    matrix: () => opened.matrix(),
    recommend: () => opened.recommend([]),
    who: () => opened.who("page:view", []),
    diff: () => opened.diff(DOCUMENT),
    lint: () => opened.lint(),
  };
  for (const [name, ask] of Object.entries(questions)) assert.throws(ask, freed, name);
  assert.throws(() => new PolicyTools({}), TypeError);
});

test("tools freed by a record that is read for them answer that question and are gone after it", async () => {
  const opened = await openTools(DOCUMENT);
  const resource = {
    get owner() {
      opened.free();
      return "the-owner";
    },
  };
  assert.deepEqual(opened.who("page:edit", DIRECTORY, {}, { resource }).allow, ["the-editor", "the-owner"]);
  assert.throws(() => opened.matrix(), { message: "these tools were freed" });
});
