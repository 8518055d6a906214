// A record is answered from the attributes that are left to be compared, and just as it is when the module looks at the
// record itself, which is what `decide` does.

import assert from "node:assert/strict";
import test from "node:test";
import { callsOf, loadPolicy } from "./support.mjs";

const of = (key) => ({ var: `resource.${key}` });
const CONDITIONS = {
  own: { eq: [of("owner"), { var: "subject.id" }] },
  other: { ne: [of("owner"), "bob"] },
  noted: { in: [of("owner"), ["anna", "carl", 7, null]] },
  known: { exists: of("owner") },
  missing: { not: { exists: of("owner") } },
  cheap: { lt: [of("amount"), 100] },
  between: { all: [{ ge: [of("amount"), -1.5] }, { le: [of("amount"), 100] }, { ne: [of("amount"), 7] }] },
  exact: { any: [{ eq: [of("amount"), 7] }, { eq: [of("amount"), 0] }, { eq: [of("amount"), true] }] },
  deep: { eq: [of("address.city"), "Delft"] },
  mixed: { any: [{ eq: [of("owner"), "anna"] }, { all: [{ not: { eq: [of("closed"), true] } }, { lt: [of("amount"), 7] }] }] },
  prototype: { exists: of("__proto__") },
  named: { eq: [of("constructor"), "anna"] },
  listed: { in: ["anna", of("readers")] },
  ordered: { lt: [of("owner"), "b"] },
};
const NAMES = Object.keys(CONDITIONS);

const policy = await loadPolicy({
  grantlet: 1,
  scopes: { workspace: {} },
  resources: { note: { actions: [...NAMES, "guarded"] } },
  roles: {
    reader: {
      scopes: ["root", "workspace"],
      allow: [...NAMES.map((name) => ({ permissions: [`note:${name}`], when: CONDITIONS[name] })), "note:guarded"],
      deny: [{ permissions: ["note:guarded"], when: { eq: [of("owner"), "bob"] } }],
    },
  },
});
const open = () =>
  policy.session({ id: "anna", assignments: [{ role: "reader" }, { role: "reader", scope: "workspace:north" }] });

const VALUES = [
  undefined,
  null,
  true,
  false,
  "anna",
  "bob",
  "carl",
  "Delft",
  "",
  "an\ud800na",
  "\ud800",
  "a".repeat(2000),
  -1e308,
  -1.5,
  -1,
  -0,
  0,
  6.999,
  7,
  8,
  99.99999999999999,
  100,
  101,
  Number.MAX_VALUE,
  Number.NaN,
  Infinity,
  -Infinity,
  7n,
  Symbol("anna"),
  () => "anna",
  {},
  { city: "Delft" },
  { city: ["Delft"] },
  Object.create({ city: "Delft" }),
  [],
  ["anna"],
  [, "anna"],
  new Date(0),
  new Date(Number.NaN),
  new String("anna"),
  new Number(7),
  new Map([["city", "Delft"]]),
  new Proxy({ city: "Delft" }, {}),
  new Proxy(["anna"], {}),
];

/** Asks each question of a record three times, and once of the module itself. */
function compare(session, make, told) {
  for (const name of [...NAMES, "guarded"]) {
    for (const scope of [undefined, "workspace:north"]) {
      const request = () => ({ scope, resource: make() });
      const whole = session.decide(`note:${name}`, request()).effect === "allow";
      for (let round = 0; round < 3; round += 1) {
        assert.equal(session.can(`note:${name}`, request()), whole, `${name} of ${told}`);
      }
    }
  }
}

test("an attribute of any kind is compared as when the module looks at the record", () => {
  const session = open();
  for (const [place, found] of VALUES.entries()) {
    for (const key of ["owner", "amount", "address", "closed", "readers", "__proto__", "constructor"]) {
      const make = () => Object.defineProperty({}, key, { value: found, enumerable: true });
      compare(session, make, `${key}, value ${place}`);
    }
  }
});

test("attributes of any kinds are compared together", () => {
  const session = open();
  let seed = 7;
  const next = (bound) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % bound;
  };
  for (let round = 0; round < 400; round += 1) {
    const record = {};
    for (const key of ["owner", "amount", "address", "closed", "readers"]) {
      if (next(4) > 0) record[key] = VALUES[next(VALUES.length)];
    }
    compare(session, () => record, `record ${round}`);
  }
});

test("a record of any kind is read as when the module looks at it", () => {
  const session = open();
  class Owned {
    owner = "anna";
  }
  class Inherited {
    get owner() {
      return "anna";
    }
  }
  const records = [
    null,
    "anna",
    7,
    () => {},
    Object.assign(() => {}, { owner: "anna" }),
    ["anna"],
    Object.assign(["anna"], { owner: "anna" }),
    new Owned(),
    new Inherited(),
    Object.create({ owner: "anna" }),
    Object.assign(Object.create(null), { owner: "anna", amount: 7 }),
    new Proxy({ owner: "anna" }, {}),
    new Proxy({}, { get: () => "anna" }),
    JSON.parse('{"__proto__":"anna","constructor":"anna"}'),
  ];
  for (const [place, record] of records.entries()) compare(session, () => record, `record ${place}`);
});

test("what a record throws is thrown, and nothing else is the matter", () => {
  const session = open();
  const thrown = new Error("no");
  const angry = () => {
    throw thrown;
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const records = [
    Object.defineProperty({}, "owner", { get: angry }),
    new Proxy({}, { getOwnPropertyDescriptor: angry }),
    new Proxy({ owner: "anna" }, { get: angry }),
  ];
  for (const resource of records) {
    for (let round = 0; round < 3; round += 1) assert.throws(() => session.can("note:own", { resource }), thrown);
    assert.throws(() => session.decide("note:own", { resource }), thrown);
  }
  assert.throws(() => session.can("note:own", { resource: revoked.proxy }), TypeError);
  assert.equal(session.can("note:own", { resource: { owner: "anna" } }), true);
  session.update({ subject: { id: "bob", assignments: [{ role: "reader" }] } });
  assert.equal(session.can("note:own", { resource: { owner: "anna" } }), false);
  assert.equal(session.can("note:own", { resource: { owner: "bob" } }), true);
});

test("only what is left to be compared is read, and each once", () => {
  const session = open();
  const read = [];
  const record = new Proxy({ owner: "anna", amount: 3, closed: false, secret: 1 }, {
    get: (target, key) => (read.push(key), target[key]),
  });
  session.can("note:mixed", { resource: record });
  read.length = 0;
  assert.equal(session.can("note:mixed", { resource: record }), true);
  assert.deepEqual(read.sort(), ["amount", "closed", "owner"]);
});

test("records that hold what others held are answered without a call", () => {
  const session = open();
  const can = (owner, scope) => session.can("note:own", { scope, resource: { owner } });
  for (const scope of [undefined, "workspace:north", "workspace:north"]) {
    can("anna", scope);
    for (let round = 0; round < 50; round += 1) can(`user ${round}`, scope);
  }
  const made = callsOf(() => {
    for (let round = 0; round < 50; round += 1) {
      for (const scope of [undefined, "workspace:north"]) {
        assert.equal(can("anna", scope), true);
        assert.equal(can(`user ${round}`, scope), false);
      }
    }
  });
  assert.equal(made, 0);
});

test("more questions than are kept are answered all the same", () => {
  const session = open();
  for (let round = 0; round < 3; round += 1) {
    for (let place = 0; place < 150; place += 1) {
      const scope = `workspace:w${place % 60}`;
      for (const name of NAMES.slice(0, 8)) {
        const resource = { owner: "anna", amount: 3 };
        assert.equal(
          session.can(`note:${name}`, { scope, resource }),
          session.decide(`note:${name}`, { scope, resource }).effect === "allow",
          `${name} at ${scope}`,
        );
      }
    }
  }
});

test("a question holds until time turns the answer", () => {
  const until = Date.now() + 40;
  const session = policy.session({ id: "anna", assignments: [{ role: "reader", until }] });
  const can = () => session.can("note:own", { resource: { owner: "anna" } });
  assert.equal(can(), true);
  assert.equal(can(), true);
  while (Date.now() < until);
  assert.equal(can(), false);
  assert.equal(session.can("note:own", { scope: "workspace:north", resource: { owner: "anna" } }), false);
});
