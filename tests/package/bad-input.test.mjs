// Whatever comes in, the answer is a clear error, a warning or a deny, and the module answers the next question.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { inspect } from "node:util";
import { checkPolicy, loadPolicy, PolicyError } from "grantlet";
import { ANNA, DOCUMENT, policy } from "./support.mjs";

afterEach(() => {
  const session = policy.session(ANNA);
  assert.equal(session.can("crm.relation:edit", { resource: { owner: "anna" } }), true);
  assert.equal(session.decide("invoice:view").effect, "deny");
  session.free();
});

const refused = (code, pointer) => (error) => {
  assert.ok(error instanceof PolicyError, error);
  assert.equal(error.code, code);
  if (pointer !== undefined) assert.equal(error.diagnostics[0].pointer, pointer);
  return true;
};

const warned = (session) => session.warnings.map(({ code, pointer }) => `${code} ${pointer}`);

const nested = (depth) => {
  let condition = { eq: [1, 1] };
  for (let level = 0; level < depth; level += 1) condition = { not: condition };
  return condition;
};

test("a role that no longer exists is inert and listed", () => {
  const session = policy.session({ id: "anna", assignments: [{ role: "sales" }, { role: "gone" }] });
  assert.deepEqual(warned(session), ["unknown-role /assignments/1/role"]);
  assert.equal(session.can("crm:view"), true);
});

test("a malformed date is an error with its place", () => {
  const subject = { id: "anna", assignments: [{ role: "sales", until: "next week" }] };
  assert.throws(() => policy.session(subject), refused("invalid-time", "/assignments/0/until"));
  assert.throws(() => policy.session(ANNA, { now: "today" }), refused("invalid-time", "/now"));
  const invalid = { id: "anna", assignments: [{ role: "sales", until: new Date(Number.NaN) }] };
  assert.throws(() => policy.session(invalid), refused("invalid-time", "/assignments/0/until"));
});

test("dates are taken where times are", () => {
  const subject = { id: "anna", assignments: [{ role: "sales", until: new Date("2030-01-01T00:00:00Z") }] };
  const context = { now: new Date("2029-12-31T00:00:00Z") };
  const session = policy.session(subject, context);
  assert.equal(session.can("crm:view"), true);
  assert.equal(session.validUntil, Date.parse("2030-01-01T00:00:00Z"));
});

test("roles to activate are reported by their place in the list", () => {
  assert.throws(() => policy.session(ANNA, {}, { roles: [7] }), refused("wrong-type", "/roles/0"));
  const session = policy.session(ANNA, {}, { roles: ["gone"] });
  assert.deepEqual(warned(session), ["unknown-role /roles/0"]);
  assert.equal(session.can("crm:view"), false);
});

test("facts that are none are refused", () => {
  for (const subject of [undefined, null, 5, "anna", [], () => ANNA]) {
    assert.throws(() => policy.session(subject), refused("wrong-type", ""));
  }
  assert.throws(() => policy.session(ANNA, "north"), refused("wrong-type", ""));
  assert.throws(() => policy.session({ id: "anna", assignments: new Set() }), refused("wrong-type", "/assignments"));
  const cycle = { id: "anna", attributes: {} };
  cycle.attributes.self = cycle;
  assert.throws(() => policy.session(cycle), refused("invalid-fact"));
  assert.throws(
    () => policy.session(ANNA, { attributes: { n: 1n } }),
    (error) => {
      assert.match(error.message, /^the context cannot be written as JSON: .*BigInt/);
      return refused("invalid-fact")(error);
    },
  );
});

test("a policy cut off in the middle is a syntax error", async () => {
  const text = JSON.stringify(DOCUMENT);
  for (const length of [1, 20, text.length / 2, text.length - 1]) {
    await assert.rejects(loadPolicy(text.slice(0, length)), refused("syntax", ""));
  }
});

test("a policy of 100 MB is refused in every form", async () => {
  const text = `{"grantlet":1,"name":"${"x".repeat(100e6)}"}`;
  await assert.rejects(loadPolicy(text), refused("too-large"));
  await assert.rejects(loadPolicy(JSON.parse(text)), refused("too-large"));
  await assert.rejects(loadPolicy(Buffer.from(text)), refused("too-large"));
  await assert.rejects(loadPolicy(new Response(text)), refused("too-large"));
  assert.equal((await checkPolicy(text))[0].code, "too-large");
  assert.throws(() => policy.session({ id: text }), refused("too-large"));
});

test("facts over their own bound are refused", () => {
  assert.throws(() => policy.session({ id: "x".repeat(9 * 1024 * 1024) }), refused("too-large"));
});

test("a condition nested 10,000 deep is refused, as text and as an object", async () => {
  const text = `${'{"not":'.repeat(10_000)}{"eq":[1,1]}${"}".repeat(10_000)}`;
  const grant = (when) => ({ permissions: ["crm:view"], when });
  const policyText = JSON.stringify(DOCUMENT).replace('"crm:view"', `{"permissions":["crm:view"],"when":${text}}`);
  await assert.rejects(loadPolicy(policyText), PolicyError);
  const document = structuredClone(DOCUMENT);
  document.roles.sales.allow.push(grant(nested(10_000)));
  await assert.rejects(loadPolicy(document), PolicyError);
  const subject = { id: "anna", grants: [grant(nested(10_000))] };
  assert.throws(() => policy.session(subject), PolicyError);
});

test("documents and facts that throw are refused with what they threw", async () => {
  const angry = new Proxy(
    {},
    {
      get: () => {
        throw new Error("not today");
      },
      ownKeys: () => {
        throw new Error("not today");
      },
    },
  );
  const getter = {
    get grantlet() {
      throw new Error("not today");
    },
  };
  for (const source of [angry, getter]) {
    await assert.rejects(loadPolicy(source), (error) => /not today/.test(error.message));
    assert.ok((await checkPolicy(source)).length > 0);
  }
  assert.throws(
    () =>
      policy.session({
        get id() {
          throw new Error("not today");
        },
      }),
    /the subject .*not today/,
  );
  assert.throws(() => policy.session(angry), /not today/);
});

test("a record that throws is never an allow, and what it threw reaches the caller", () => {
  const session = policy.session(ANNA);
  const thrown = new RangeError("not today");
  const records = [
    {
      get owner() {
        throw thrown;
      },
    },
    new Proxy(
      { owner: "anna" },
      {
        get: () => {
          throw thrown;
        },
      },
    ),
    new Proxy(
      { owner: "anna" },
      {
        getOwnPropertyDescriptor: () => {
          throw thrown;
        },
      },
    ),
  ];
  for (const resource of records) {
    for (const ask of ["can", "decide"]) {
      assert.throws(
        () => session[ask]("crm.relation:edit", { resource }),
        (error) => error === thrown,
      );
    }
    assert.throws(
      () => session.allowed({ resource }),
      (error) => error === thrown,
    );
  }
  const { proxy, revoke } = Proxy.revocable({ owner: "anna" }, {});
  revoke();
  assert.throws(() => session.can("crm.relation:edit", { resource: proxy }), TypeError);
  assert.throws(
    () =>
      session.can("crm:view", {
        get resource() {
          throw thrown;
        },
      }),
    (error) => error === thrown,
  );
  assert.equal(session.can("crm:view"), true);
});

test("attributes of every kind are compared or unknown, and never an allow", () => {
  const session = policy.session({ ...ANNA, id: "\ufffd" });
  const values = [
    undefined,
    null,
    5,
    Number.NaN,
    5n,
    true,
    Symbol("anna"),
    () => "anna",
    [],
    ["\ufffd"],
    {},
    new Map(),
    new Date(),
    new Date(Number.NaN),
    Object.create(Date.prototype),
    new Proxy(new Date(), {}),
    new Proxy([], {}),
    "\ud800",
    new String("\ufffd"),
    "x".repeat(1e6),
  ];
  for (const owner of values) {
    assert.equal(session.can("crm.relation:edit", { resource: { owner } }), false);
    assert.equal(session.decide("crm.relation:edit", { resource: { owner } }).effect, "deny");
  }
  assert.equal(session.can("crm.relation:edit", { resource: { owner: "\ufffd" } }), true);
});

test("attributes that JSON has no words for compare as unknown, whoever has them", async () => {
  const none = [Number.NaN, Infinity, -Infinity, new Date(Number.NaN), [Number.NaN], [undefined], [() => 5], [Symbol("5")], [new Date(Number.NaN)]];
  const when = (operand) => ({
    ne: { ne: [operand, 5] },
    eq: { eq: [operand, null] },
    above: { not: { gt: [operand, 5] } },
    absent: { not: { in: [5, operand] } },
    among: { in: [null, operand] },
    exists: { exists: operand },
  });
  const roots = ["subject", "context", "resource"];
  const grants = (root) => Object.entries(when({ var: `${root}.x` })).map(([action, when]) => ({ permissions: [`${root}:${action}`], when }));
  const resources = Object.fromEntries(roots.map((root) => [root, { actions: Object.keys(when()) }]));
  const strange = await loadPolicy({ grantlet: 1, resources, roles: { all: { allow: roots.flatMap(grants) } } });
  for (const x of none) {
    const session = strange.session({ id: "anna", assignments: [{ role: "all" }], attributes: { x, nothing: null } }, { attributes: { x } });
    for (const root of roots) {
      for (const action of Object.keys(when())) {
        const { effect } = session.decide(`${root}:${action}`, { resource: { x } });
        assert.equal(effect, action === "exists" ? "allow" : "deny", `${root}:${action} ${inspect(x)}`);
      }
    }
    session.free();
  }
  const rules = [{ roles: ["all"], by: ["all"], when: { ne: [{ var: "resource.level" }, 5] } }];
  const guarded = await loadPolicy({ grantlet: 1, resources, roles: { all: { allow: [] } }, administration: rules });
  const decided = (level) =>
    guarded.decideChange({ actor: { id: "anna", assignments: [{ role: "all" }] }, target: { id: "bob", attributes: { level } }, assign: { role: "all" } }).allowed;
  assert.deepEqual([4, 5, null, Number.NaN].map(decided), [true, false, true, false]);
  await assert.rejects(loadPolicy({ grantlet: 1, resources: {}, roles: { all: { allow: [{ permissions: ["*:*"], when: { ne: [{ var: "subject.x" }, Number.NaN] } }] } } }), PolicyError);
});

test("of a record its own properties count", () => {
  class Relation {
    owner = "anna";
  }
  class Inherited {
    get owner() {
      return "anna";
    }
  }
  const session = policy.session(ANNA);
  const can = (resource) => session.can("crm.relation:edit", { resource });
  assert.equal(can(new Relation()), true);
  assert.equal(can(new Proxy({ owner: "anna" }, {})), true);
  assert.equal(can(Object.assign(Object.create(null), { owner: "anna" })), true);
  assert.equal(
    can({
      get owner() {
        return "anna";
      },
    }),
    true,
  );
  assert.equal(can(new Inherited()), false);
  assert.equal(can(Object.create({ owner: "anna" })), false);
  assert.equal(can(["anna"]), false);
  assert.equal(can(Object.assign(() => {}, { owner: "anna" })), false);
  assert.equal(can(null), false);
  assert.equal(can("anna"), false);
});

test("a request that is none is an unknown scope", () => {
  const session = policy.session(ANNA);
  for (const request of [null, "workspace:north", 5, true, () => {}]) {
    assert.equal(session.can("crm:view", request), false);
    assert.equal(session.decide("crm:view", request).reason, "unknown-scope");
    assert.deepEqual(session.allowed(request), []);
    assert.equal(session.section("relations", request), "hidden");
  }
  const half = "workspace:\ud800";
  for (const scope of ["", null, 5, {}, ["workspace:north"], "north", "root", half, `workspace:${"x".repeat(1e7)}`]) {
    assert.equal(session.can("crm:view", { scope }), false);
    assert.equal(session.can("crm:view", { scope }), false);
    assert.equal(session.decide("crm:view", { scope }).reason, "unknown-scope");
  }
  const north = policy.session({ id: "anna", assignments: [{ role: "editor", scope: "workspace:\ufffd" }] });
  assert.equal(north.can("page:edit", { scope: "workspace:\ufffd" }), true);
  assert.equal(north.can("page:edit", { scope: half }), false);
});

test("a record may ask its session while it is read", () => {
  const session = policy.session(ANNA);
  const asking = (ask) => ({
    get owner() {
      return (ask(), "anna");
    },
  });
  const can = (ask) => session.can("crm.relation:edit", { resource: asking(ask) });
  assert.equal(
    can(() => session.can("crm.relation:edit", { resource: { owner: "bob" } })),
    true,
  );
  assert.equal(
    can(() => session.decide("crm:view")),
    true,
  );
  assert.equal(
    can(() => policy.session(ANNA).free()),
    true,
  );
  assert.throws(() => can(() => session.update({ roles: [] })), refused("busy"));
  assert.equal(session.can("crm:view"), true);
  assert.equal(
    can(() => session.free()),
    true,
  );
  assert.throws(() => session.can("crm:view"), /freed/);
});

test("a list in a record that is longer than any list is unknown, and looked at in no time", async () => {
  const listed = await loadPolicy({
    grantlet: 1,
    resources: { note: { actions: ["view"] } },
    roles: {
      reader: {
        allow: [
          { permissions: ["note:view"], when: { in: [{ var: "subject.id" }, { var: "resource.readers" }] } },
        ],
      },
    },
  });
  const session = listed.session({ id: "anna", assignments: [{ role: "reader" }] });
  const readers = ["anna"];
  assert.equal(session.can("note:view", { resource: { readers } }), true);
  readers.length = 2 ** 32 - 1;
  assert.equal(session.can("note:view", { resource: { readers } }), false);
});
