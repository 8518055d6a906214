// A question that is asked again has the answer that it would have if it were new, whatever has changed in between: the
// policy, the directory, the request, the time.

import assert from "node:assert/strict";
import test, { mock } from "node:test";
import { setTimeout } from "node:timers/promises";
import { loadPolicy } from "grantlet";
import { cached, decisionPoint, memoryDirectory } from "grantlet/authzen";
import { answer, ask, BASE, PATHS } from "./support/asking.mjs";

const mine = { eq: [{ var: "resource.owner" }, { var: "subject.id" }] };
const POLICY = {
  grantlet: 1,
  resources: { note: { actions: ["view", "edit", "drop"] } },
  roles: {
    reader: { allow: ["note:view"] },
    writer: { inherits: ["reader"], allow: [{ permissions: ["note:edit"], when: mine }] },
    early: { allow: [{ permissions: ["note:drop"], when: { lt: [{ var: "context.now" }, 2000] } }] },
    late: { allow: [{ permissions: ["note:drop"], when: { gt: [{ var: "context.now" }, 2000] } }] },
  },
};
const STRICT = { ...POLICY, roles: { ...POLICY.roles, reader: { allow: [] } } };

const question = (id, name = "view", resource = { type: "note", id: "n" }) => ({ subject: { type: "user", id }, action: { name }, resource });
const notes = () => [{ type: "note", id: "n", attributes: { owner: "anna" } }];

/** A directory that gives at once what stands in it, and counts how often it is asked for a subject. */
function open(subjects, resources = notes()) {
  const directory = {
    subjects: new Map(subjects.map((one) => [one.id, one])),
    resources: new Map(resources.map((one) => [one.id, one])),
    around: {},
    asked: 0,
  };
  const interfaced = {
    subject: (id) => ((directory.asked += 1), directory.subjects.get(id)),
    resource: (type, id) => directory.resources.get(id),
    context: () => directory.around,
    subjects: () => ({ found: [] }),
    resources: () => ({ found: [] }),
  };
  return { directory, interfaced };
}

const decided = async (point, asked, headers) => (await answer(point, "evaluation", asked, headers)).decision;

test("the directory's newest facts count, of the subject, the resource and the context", async () => {
  const document = structuredClone(POLICY);
  document.roles.reader.allow = [{ permissions: ["note:view"], when: { eq: [{ var: "context.door" }, "open"] } }];
  const { directory, interfaced } = open([{ id: "anna", assignments: [{ role: "writer" }] }]);
  const point = decisionPoint({ policy: await loadPolicy(document), directory: interfaced });
  const twice = async (name) => {
    const answers = [await decided(point, question("anna", name)), await decided(point, question("anna", name))];
    assert.equal(answers[0], answers[1]);
    return answers[0];
  };
  assert.equal(await twice("edit"), true);
  directory.resources.set("n", { type: "note", id: "n", attributes: { owner: "bo" } });
  assert.equal(await twice("edit"), false);
  directory.resources.delete("n");
  assert.equal(await twice("edit"), false);
  directory.resources.set("n", notes()[0]);
  assert.equal(await twice("edit"), true);
  directory.subjects.set("anna", { id: "anna", assignments: [] });
  assert.equal(await twice("edit"), false);
  directory.subjects.set("anna", { id: "anna", assignments: [{ role: "writer" }] });
  assert.equal(await twice("view"), false);
  directory.around = { attributes: { door: "open" } };
  assert.equal(await twice("view"), true);
  directory.subjects.delete("anna");
  assert.equal((await answer(point, "evaluation", question("anna"))).context.reason, "unknown-subject");
  assert.equal((await answer(point, "evaluation", question("anna"))).context.reason, "unknown-subject");
  directory.subjects.set("anna", { id: "anna", assignments: [{ role: "reader" }] });
  assert.equal(await twice("view"), true);
});

test("what becomes a promise is waited for, and what fails then denies", async () => {
  const { directory, interfaced } = open([{ id: "anna", assignments: [{ role: "reader" }] }]);
  let turn = (found) => found;
  const faults = [];
  const point = decisionPoint({
    policy: await loadPolicy(POLICY),
    directory: { ...interfaced, subject: (id) => turn(interfaced.subject(id)) },
    fault: ({ message }) => faults.push(message),
  });
  assert.equal(await decided(point, question("anna")), true);
  turn = async () => ({ id: "anna", assignments: [] });
  assert.equal(await decided(point, question("anna")), false);
  turn = async () => {
    throw new Error("down");
  };
  assert.equal((await ask(point, "evaluation", question("anna"))).status, 500);
  turn = () => {
    throw new Error("broken");
  };
  assert.equal((await ask(point, "evaluation", question("anna"))).status, 500);
  assert.deepEqual(faults, ["down", "broken"]);
  turn = (found) => found;
  assert.equal(await decided(point, question("anna")), true);
  assert.ok(directory.asked > 4);
});

test("the policy of the present answers, and one that cannot be had denies", async () => {
  const [first, second] = [await loadPolicy(POLICY), await loadPolicy(STRICT)];
  const versions = [{ policy: first, version: "1" }, { policy: second, version: "2" }];
  let present = versions[0];
  const policies = {
    current: () => {
      if (present === undefined) throw new Error("none");
      return present;
    },
  };
  const directory = memoryDirectory({ subjects: [{ id: "anna", assignments: [{ role: "reader" }] }], resources: notes() });
  const point = decisionPoint({ policy: policies, directory });
  for (const place of [0, 0, 1, 1, 0, 1]) {
    present = versions[place];
    const { decision, context } = await answer(point, "evaluation", question("anna"));
    assert.deepEqual([decision, context.policyVersion], [place === 0, versions[place].version]);
  }
  present = undefined;
  assert.equal((await ask(point, "evaluation", question("anna"))).status, 500);
});

test("an answer turns at its instant, to the millisecond, also where it was asked in that millisecond", async () => {
  const anna = { id: "anna", assignments: [{ role: "reader", from: 1000, until: 3000 }, { role: "early" }] };
  const bo = { id: "bo", assignments: [{ role: "late" }], grants: [{ permissions: ["note:view"], until: 2500 }] };
  const directory = { subjects: [anna, bo], resources: notes() };
  mock.timers.enable({ apis: ["Date"], now: 0 });
  try {
    const policy = await loadPolicy(POLICY);
    const points = [memoryDirectory(directory), open(directory.subjects).interfaced, cached(memoryDirectory(directory), { milliseconds: 1e9, most: 9 })].map(
      (directory) => decisionPoint({ policy, directory }),
    );
    for (const now of [0, 999, 1000, 1001, 1999, 2000, 2001, 2499, 2500, 2999, 3000, 3001]) {
      mock.timers.setTime(now);
      const expected = new Map([
        [question("anna"), now >= 1000 && now < 3000],
        [question("anna", "drop"), now < 2000],
        [question("bo", "drop"), now > 2000],
        [question("bo"), now < 2500],
      ]);
      for (const point of points) {
        for (const [asked, decision] of expected) {
          for (let time = 0; time < 3; time += 1) assert.equal(await decided(point, asked), decision, `${JSON.stringify(asked)} at ${now}`);
        }
      }
    }
  } finally {
    mock.timers.reset();
  }
});

test("what the request says of subject, resource, action and context is a part of the question", async () => {
  const document = structuredClone(POLICY);
  document.roles.writer.allow.push({
    permissions: ["note:drop"],
    when: { all: [{ eq: [{ var: "action.soft" }, true] }, { eq: [{ var: "context.door" }, "open"] }, { eq: [{ var: "subject.badge" }, 7] }] },
  });
  const directory = memoryDirectory({ subjects: [{ id: "anna", assignments: [{ role: "writer" }] }], resources: notes() });
  const point = decisionPoint({ policy: await loadPolicy(document), directory });
  const dropping = (soft, door, badge, owner) => ({
    subject: { type: "user", id: "anna", properties: { badge } },
    action: { name: "drop", properties: { soft } },
    resource: { type: "note", id: "n", properties: { owner } },
    context: { door },
  });
  for (let time = 0; time < 3; time += 1) {
    for (const soft of [true, false]) {
      for (const door of ["open", "shut"]) {
        for (const badge of [7, 8]) {
          assert.equal(await decided(point, dropping(soft, door, badge, "bo")), soft && door === "open" && badge === 7);
        }
      }
    }
    assert.equal(await decided(point, question("anna", "edit")), true);
    assert.equal(await decided(point, { ...dropping(true, "open", 7, "bo"), action: { name: "edit" } }), false);
  }
});

test("each time is in the log, with its own request, and what the log does to it changes nothing", async () => {
  const entries = [];
  const log = (entry) => {
    entries.push(structuredClone(entry));
    entry.subject.id = "***";
    entry.decision = true;
  };
  const loaded = { policy: await loadPolicy(POLICY), version: "7", loggable: ["resource.owner", "subject.team"] };
  const directory = memoryDirectory({ subjects: [{ id: "bo", attributes: { team: "blue" }, assignments: [{ role: "writer" }] }], resources: notes() });
  const point = decisionPoint({ policy: loaded, directory, log });
  for (const id of ["a", "b", "c"]) {
    const response = await ask(point, "evaluation", question("bo", "edit"), { "x-request-id": id });
    assert.equal(response.headers.get("x-request-id"), id);
    assert.equal((await response.json()).decision, false);
  }
  assert.deepEqual(entries.map(({ requestId }) => requestId), ["a", "b", "c"]);
  for (const { time, duration, requestId, ...entry } of entries) {
    assert.ok(time > 0 && duration >= 0);
    assert.deepEqual(entry, {
      endpoint: "evaluation",
      policyVersion: "7",
      subject: { type: "user", id: "bo" },
      action: "edit",
      resource: { type: "note", id: "n" },
      decision: false,
      reason: "not-granted",
      attributes: { "resource.owner": "anna", "subject.team": "blue" },
    });
  }
  const failing = decisionPoint({ policy: loaded, directory, log: () => assert.fail("full") });
  for (let time = 0; time < 3; time += 1) assert.equal((await ask(failing, "evaluation", question("bo"))).status, 500);
});

test("a request that is none stays none", async () => {
  const directory = memoryDirectory({ subjects: [{ id: "anna", assignments: [{ role: "reader" }] }], resources: notes() });
  const point = decisionPoint({ policy: await loadPolicy(POLICY), directory });
  const body = JSON.stringify(question("anna"));
  const send = (init, endpoint = "evaluation") => point.fetch(new Request(`${BASE}${PATHS[endpoint]}`, { method: "POST", body, ...init }));
  const json = { "content-type": "application/json" };
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await send({ headers: json })).status, 200);
    assert.equal((await send({ headers: { "content-type": "text/plain" } })).status, 400);
    assert.equal((await send({ headers: json, method: "PUT" })).status, 405);
    // The same body asks something else there.
    assert.deepEqual(await (await send({ headers: json }, "action")).json().then(({ results }) => results), [{ name: "view" }]);
    assert.equal((await send({ headers: json }, "evaluations")).status, 200);
    assert.equal((await ask(point, "evaluation", `${body} x`)).status, 400);
  }
});

test("a copy of a directory in memory with another method is asked each time", async () => {
  const directory = memoryDirectory({ subjects: [{ id: "anna", assignments: [{ role: "reader" }] }], resources: notes() });
  let isThere = true;
  const point = decisionPoint({
    policy: await loadPolicy(POLICY),
    directory: { ...directory, subject: (id) => (isThere ? directory.subject(id) : undefined) },
  });
  assert.deepEqual([await decided(point, question("anna")), await decided(point, question("anna"))], [true, true]);
  isThere = false;
  assert.equal(await decided(point, question("anna")), false);
  assert.throws(() => (directory.subject = () => undefined), TypeError);
});

test("over `cached` an answer lasts as long as the oldest of what it was given from, and no longer", async () => {
  const milliseconds = 1000;
  const { directory, interfaced } = open([{ id: "anna", assignments: [{ role: "reader" }] }], [...notes(), { type: "note", id: "m" }]);
  const point = decisionPoint({ policy: await loadPolicy(POLICY), directory: cached(interfaced, { milliseconds, most: 100 }) });
  const asked = ["n", "m"].map((id) => question("anna", "view", { type: "note", id }));
  const all = () => Promise.all(asked.map((one) => decided(point, one)));
  const began = performance.now();
  // The subject is as old as the first record, and the other one is younger.
  assert.equal(await decided(point, asked[0]), true);
  await setTimeout(milliseconds / 2);
  for (let time = 0; time < 3; time += 1) assert.deepEqual(await all(), [true, true]);
  assert.equal(directory.asked, 1);
  directory.subjects.set("anna", { id: "anna", assignments: [] });
  if (performance.now() - began < milliseconds) assert.deepEqual(await all(), [true, true]);
  await setTimeout(began + milliseconds + 20 - performance.now());
  for (let time = 0; time < 3; time += 1) assert.deepEqual(await all(), [false, false]);
  assert.equal(directory.asked, 2);
});

test("over `cached` what is not there is answered, and found as soon as it is there", async () => {
  const { directory, interfaced } = open([{ id: "anna", assignments: [{ role: "writer" }] }], []);
  const point = decisionPoint({ policy: await loadPolicy(POLICY), directory: cached(interfaced, { milliseconds: 60_000, most: 100 }) });
  for (let time = 0; time < 3; time += 1) assert.equal(await decided(point, question("anna", "edit")), false);
  for (let time = 0; time < 3; time += 1) assert.equal(await decided(point, question("anna", "view")), true);
  directory.resources.set("n", { type: "note", id: "n", attributes: { owner: "anna" } });
  assert.equal(await decided(point, question("anna", "edit")), true);
});

test("a copy of `cached` with another method is asked each time", async () => {
  const { interfaced } = open([{ id: "anna", assignments: [{ role: "reader" }] }]);
  const keeping = cached(interfaced, { milliseconds: 60_000, most: 100 });
  let isThere = true;
  const directory = { ...keeping, subject: (id) => (isThere ? keeping.subject(id) : undefined) };
  const point = decisionPoint({ policy: await loadPolicy(POLICY), directory });
  for (let time = 0; time < 3; time += 1) assert.equal(await decided(point, question("anna")), true);
  isThere = false;
  assert.equal(await decided(point, question("anna")), false);
  assert.throws(() => (keeping.subject = () => undefined), TypeError);
});

test("more questions than are kept are answered rightly, each time", async () => {
  const people = Array.from({ length: 300 }, (_, number) => ({ id: `u${number}`, assignments: number % 3 === 0 ? [{ role: "reader" }] : [] }));
  const directory = memoryDirectory({ subjects: people, resources: notes() });
  const point = decisionPoint({ policy: await loadPolicy(POLICY), directory });
  const header = (name) => ({ "content-type": "application/json" })[name];
  const reply = (asked) => {
    const text = JSON.stringify(asked);
    const { status, body } = point.answer({ method: "POST", url: `${BASE}${PATHS.evaluation}`, header, body: () => text });
    assert.equal(status, 200);
    return JSON.parse(body).decision;
  };
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < 40_000; number += 1) {
      const who = number % people.length;
      assert.equal(reply(question(`u${who}`, "view", { type: "note", id: `n${number}` })), who % 3 === 0);
    }
  }
  const long = { type: "note", id: "n".repeat(5000) };
  assert.deepEqual([reply(question("u0", "view", long)), reply(question("u0", "view", long)), reply(question("u1", "view", long))], [true, true, false]);
});
