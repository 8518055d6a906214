// Search: whom, on what, and what. Section 4 of the scenario.

import assert from "node:assert/strict";
import { common } from "./common.mjs";
import { act, ADMIN, answer, ARCHIVED, CONTEXT, has, isObject, isPage, record, refused, results, user } from "./expect.mjs";

const [alice, bob] = [user("alice"), user("bob", ADMIN)];
const [read, write] = [act("read"), act("write")];
const [one, archived] = [record("record-1"), record("record-2", ARCHIVED)];

/** Of each endpoint the question of its first case, and what has to be among the results. */
const FIRST = {
  subjects: [{ subject: user(), action: read, resource: one }, ["alice", "bob"]],
  resources: [{ subject: alice, action: read, resource: record() }, ["record-1"]],
  actions: [{ subject: alice, resource: one }, ["read", "write"]],
};

/** A case that finds these. */
const finds = (id, claim, endpoint, question, ...wanted) => ({
  id,
  claim,
  run: async (point) => has(await results(point, endpoint, question), ...wanted),
});

/** A case that finds what the first question finds. */
const likewise = (id, claim, endpoint, more) => ({
  id,
  claim,
  run: async (point) => {
    const [question, wanted] = FIRST[endpoint];
    const found = await results(point, endpoint, { ...question, ...more });
    has(found, ...wanted);
    assert.deepEqual(found.sort(), (await results(point, endpoint, question)).sort());
  },
});

const empty = (id, claim, endpoint, question) => ({
  id,
  claim: `${claim}: no results`,
  run: async (point) => assert.deepEqual(await results(point, endpoint, question), []),
});

const refuses = (id, claim, endpoint, question) => ({ id, claim: `${claim}: 400`, run: (point) => refused(point, endpoint, question) });

const first = (id, endpoint, claim) => finds(id, claim, endpoint, FIRST[endpoint][0], ...FIRST[endpoint][1]);

/** The sound questions without one of their members. */
const without = ["subjects", "resources", "actions"].flatMap((endpoint) => {
  const [question] = FIRST[endpoint];
  return Object.keys(question).map((name) => {
    const { [name]: _, ...rest } = question;
    return refuses("4.7.1", `a search for ${endpoint} without a ${name}`, endpoint, rest);
  });
});

const nobody = user("nonexistent-user");
const nothing = record("nonexistent-record");
const [ship, cargo] = [{ type: "spaceship" }, { type: "cargo", id: "c-1" }];

export const searchCore = [
  first("4.2.1", "subjects", "who reads record-1: alice and bob"),
  likewise("4.2.2", "who reads record-1, with a context: the same", "subjects", { context: CONTEXT }),
  likewise("4.2.3", "who reads record-1, with the id of a subject: the same", "subjects", { subject: alice }),
  first("4.3.1", "resources", "what alice reads: record-1"),
  likewise("4.3.2", "what alice reads, with a context: the same", "resources", { context: CONTEXT }),
  likewise("4.3.3", "what alice reads, with the id of a resource: the same", "resources", { resource: one }),
  first("4.4.1", "actions", "what alice may do with record-1: read and write"),
  likewise("4.4.2", "what alice may do with record-1, with a context: the same", "actions", { context: CONTEXT }),
  ...Object.entries(FIRST).flatMap(([endpoint, [question, wanted]]) => [
    {
      id: "4.5.1",
      claim: `a limit of a page is accepted (${endpoint})`,
      run: async (point) => {
        const { results: found, page } = await answer(point, endpoint, { ...question, page: { limit: 1 } });
        assert.ok(Array.isArray(found));
        if (page !== undefined) isPage(page);
      },
    },
    {
      id: "4.5.2",
      claim: `a token leads to the next page, and the last one has none (${endpoint})`,
      run: async (point) => {
        const found = [];
        const { results: some, page } = await answer(point, endpoint, { ...question, page: { limit: 1 } });
        found.push(...some);
        let token = page?.next_token ?? "";
        while (token !== "") {
          const next = await answer(point, endpoint, { ...question, page: { token } });
          assert.ok(Array.isArray(next.results));
          isPage(next.page);
          found.push(...next.results);
          token = next.page.next_token;
        }
        has(found.map((one) => one.id ?? one.name), ...wanted);
      },
    },
    {
      id: "4.5.3",
      claim: `what is said of a page has its form (${endpoint})`,
      run: async (point) => {
        const { results: found, page } = await answer(point, endpoint, { ...question, page: { limit: 1 } });
        if (page === undefined) return;
        isPage(page);
        if ("count" in page) assert.equal(page.count, found.length);
        if ("properties" in page) isObject(page.properties);
      },
    },
    {
      id: "4.5.4",
      claim: `without a page, all results come at once (${endpoint})`,
      run: async (point) => {
        const { results: found, page } = await answer(point, endpoint, question);
        has(found.map((one) => one.id ?? one.name), ...wanted);
        assert.equal(page?.next_token ?? "", "");
      },
    },
  ]),
  empty("4.6.1", "what an unknown user may do", "actions", { subject: nobody, resource: one }),
  empty("4.6.1", "what an unknown user reads", "resources", { subject: nobody, action: read, resource: record() }),
  empty("4.6.1", "who reads an unknown record", "subjects", { subject: user(), action: read, resource: nothing }),
  empty("4.6.2", "who reads, of an unknown type of subject", "subjects", { subject: ship, action: read, resource: one }),
  empty("4.6.2", "what alice reads, of an unknown type of resource", "resources", { subject: alice, action: read, resource: ship }),
  empty("4.6.2", "what alice may do with something of an unknown type", "actions", { subject: alice, resource: cargo }),
  ...without,
  refuses("4.7.2", "a search for subjects whose resource has no id", "subjects", { subject: user(), action: read, resource: record() }),
  refuses("4.7.2", "a search for resources whose subject has no id", "resources", { subject: user(), action: read, resource: record() }),
  refuses("4.7.2", "a search for actions whose subject has no id", "actions", { subject: user(), resource: one }),
  refuses("4.7.2", "a search for actions whose resource has no id", "actions", { subject: alice, resource: record() }),
  ...common(["subjects", "resources", "actions"]),
];

export const searchProperties = [
  finds("4.2.4", "who writes what is archived: bob", "subjects", { subject: user(), action: write, resource: archived }, "bob"),
  finds("4.3.4", "what an admin writes: record-2", "resources", { subject: bob, action: write, resource: record() }, "record-2"),
  finds("4.4.3", "what an admin may do with what is archived: write", "actions", { subject: bob, resource: archived }, "write"),
];
