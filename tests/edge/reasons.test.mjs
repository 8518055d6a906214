// The reason of an answer is that of a session opened for this one question, however often and of whatever else was
// asked before: a decision point keeps sessions and reasons.

import assert from "node:assert/strict";
import test from "node:test";
import { loadPolicy } from "grantlet";
import { decisionPoint, memoryDirectory } from "grantlet/authzen";

const mine = { eq: [{ var: "resource.owner" }, { var: "subject.id" }] };
const isLocked = { eq: [{ var: "resource.locked" }, true] };
const POLICY = {
  grantlet: 1,
  entitlements: ["sales"],
  resources: { note: { actions: ["view", "edit", "drop"] }, order: { actions: ["view", "edit"], requires: "sales" } },
  roles: {
    reader: { allow: ["note:view", "order:view"] },
    writer: { inherits: ["reader"], allow: [{ permissions: ["note:edit"], when: mine }, { permissions: ["order:edit"], when: mine }] },
    // What is not granted otherwise is forbidden of some records.
    guard: { deny: [{ permissions: ["note:drop", "note:edit"], when: { all: [isLocked, { ne: [{ var: "resource.owner" }, "bo"] }] } }] },
    editor: { allow: ["note:*", { permissions: ["order:edit"], when: { in: [{ var: "resource.tag.name" }, ["open", "new"]] } }] },
  },
};
const RETIRED = { until: "2020-01-01T00:00:00Z" };
const ASSIGNED = {
  anna: [{ role: "writer" }, { role: "guard" }],
  bo: [{ role: "reader" }, { role: "editor", ...RETIRED }],
  cy: [{ role: "guard" }, { role: "writer", ...RETIRED }],
  di: [{ role: "editor" }],
  eve: [],
};
const subjects = [
  ...Object.entries(ASSIGNED).map(([id, assignments]) => ({ id, assignments })),
  { id: "fay", status: "left", assignments: [{ role: "editor" }] },
];
const resources = ["note", "order"].flatMap((type) =>
  ["anna", "bo", undefined].flatMap((owner) =>
    [true, false, undefined].flatMap((locked) =>
      [{ name: "open" }, "open", undefined].map((tag, place) => ({
        type,
        id: `${owner}-${locked}-${place}`,
        attributes: JSON.parse(JSON.stringify({ owner, locked, tag })),
      })),
    ),
  ),
);

const policy = await loadPolicy(POLICY);
const point = decisionPoint({ policy, directory: memoryDirectory({ subjects, resources }) });

function reasonOf(subject, permission, { type, id, attributes }) {
  const session = policy.session(subject, {});
  const { reason } = session.decide(permission, { resource: { ...attributes, type, id } });
  session.free();
  return reason;
}

test("a reason is the same as that of a session of its own", async () => {
  const met = new Set();
  const questions = subjects.flatMap((subject) =>
    resources.flatMap((resource) => ["view", "edit", "drop", "burn"].map((name) => ({ subject, resource, name }))),
  );
  // Backwards too: what is kept first is another thing then.
  for (const { subject, resource, name } of [...questions, ...questions.toReversed()]) {
    const { type, id } = resource;
    const asked = { subject: { type: "user", id: subject.id }, action: { name }, resource: { type, id } };
    const { decision, context } = await point.evaluate(asked);
    const expected = reasonOf(subject, `${type}:${name}`, resource);
    assert.deepEqual([decision, context.reason], [expected === "granted", expected], JSON.stringify(asked));
    met.add(expected);
  }
  const all = ["entitlement", "forbidden", "granted", "inactive", "not-granted", "suspended", "unknown-permission"];
  assert.deepEqual([...met].sort(), all);
});

/** The policy, with each session that is opened shown first to whoever watches. */
function watched(watch) {
  const session = (subject, context) => {
    const opened = policy.session(subject, context);
    watch(opened, subject);
    return opened;
  };
  return Object.create(policy, { session: { value: session } });
}

test("no more than 10,000 sessions are open, and the one that was opened first goes first", async () => {
  const open = [];
  const counted = watched((opened, { id }) => {
    const free = opened.free.bind(opened);
    open.push(id);
    opened.free = () => {
      open.splice(open.indexOf(id), 1);
      free();
    };
  });
  const people = Array.from({ length: 12_000 }, (_, index) => ({ id: `p${index}`, assignments: ASSIGNED[index % 3 ? "di" : "eve"] }));
  const point = decisionPoint({ policy: counted, directory: memoryDirectory({ subjects: people, resources }) });
  const [{ type, id }] = resources;
  const isRight = async (index) => {
    const asked = { subject: { type: "user", id: `p${index}` }, action: { name: "view" }, resource: { type, id } };
    assert.equal((await point.evaluate(asked)).decision, index % 3 > 0, `p${index}`);
  };
  for (let index = 0; index < 12_000; index += 1) await isRight(index);
  const ids = (from, to) => people.slice(from, to).map(({ id }) => id);
  assert.deepEqual(open, ids(2000, 12_000));
  for (const index of [5000, 11_999, 2000]) await isRight(index);
  assert.deepEqual(open, ids(2000, 12_000), "who is there is not opened again");
  for (const index of [0, 1]) await isRight(index);
  assert.deepEqual(open, [...ids(2002, 12_000), "p0", "p1"]);
});

test("of one session no more than 64 reasons are kept, whatever requests say of resources", async () => {
  let looked = 0;
  const counted = watched((opened) => {
    const decide = opened.decide.bind(opened);
    opened.decide = (...asked) => ((looked += 1), decide(...asked));
  });
  const wim = { id: "wim", assignments: [{ role: "writer" }] };
  const counting = decisionPoint({ policy: counted, directory: memoryDirectory({ subjects: [wim] }) });
  const ask = async (from, to) => {
    for (let index = from; index < to; index += 1) {
      const resource = { type: "note", id: "n", properties: { owner: `p${index}` } };
      const { context } = await counting.evaluate({ subject: { type: "user", id: "wim" }, action: { name: "edit" }, resource });
      assert.equal(context.reason, "not-granted");
    }
    return looked;
  };
  assert.equal(await ask(0, 64), 64);
  assert.equal(await ask(0, 64), 64, "a reason that is kept is not looked for again");
  assert.equal(await ask(64, 65), 65);
  assert.equal(await ask(0, 1), 66, "the first one was forgotten");
});
