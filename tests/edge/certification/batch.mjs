// Batch: several decisions in one request. Section 3 of the scenario.

import assert from "node:assert/strict";
import { common } from "./common.mjs";
import { act, ADMIN, answer, ARCHIVED, decision, decisions, isDecision, record, user } from "./expect.mjs";

const [alice, bob] = [user("alice"), user("bob")];
const [read, write] = [act("read"), act("write")];
const [one, two] = [record("record-1"), record("record-2")];
const [active, archived] = [record("record-1", { status: "active" }), record("record-2", ARCHIVED)];
const READS = { subject: alice, action: read, resource: one };
const BOTH = { subject: alice, action: read, evaluations: [{ resource: one }, { resource: two }] };
const BOB = { subject: bob, resource: one, evaluations: [{ action: read }, { action: write }] };

/** A case of several questions with their decisions. */
const decide = (id, claim, question, ...expected) => ({
  id,
  claim: `${claim}: ${expected.join(", ")}`,
  run: async (point) => assert.deepEqual(await decisions(point, question), expected),
});

export const batchCore = [
  { id: "3.2.1", claim: "alice reads both records: two decisions", run: (point) => decisions(point, BOTH) },
  decide("3.2.2", "bob reads and writes record-1", BOB, true, false),
  decide("3.2.5", "each evaluation is whole", { evaluations: [READS, { subject: bob, action: write, resource: one }] }, true, false),
  {
    id: "3.2.6",
    claim: "a context for all, and one of an evaluation's own: two decisions",
    run: (point) =>
      decisions(point, {
        ...BOTH,
        context: { time: "2025-06-27T18:03-07:00" },
        evaluations: [{ resource: one }, { resource: two, context: { time: "2025-06-27T19:00-07:00", source: "batch-override" } }],
      }),
  },
  {
    id: "3.3.1",
    claim: "as many answers as evaluations",
    run: async (point) => {
      for (const count of [1, 2, 7]) await decisions(point, { ...READS, evaluations: Array(count).fill({}) });
    },
  },
  {
    id: "3.3.2",
    claim: "the answers have the order of the evaluations",
    run: async (point) => {
      const questions = [write, read, write, read, read].map((action) => ({ action }));
      assert.deepEqual(await decisions(point, { ...BOB, evaluations: questions }), [false, true, false, true, true]);
    },
  },
  {
    id: "3.3.3",
    claim: "each answer has a decision",
    run: async (point) => (await answer(point, "evaluations", BOTH)).evaluations.forEach(isDecision),
  },
  {
    id: "3.3.4",
    claim: "there is no decision over all of them",
    run: async (point) => assert.equal("decision" in (await answer(point, "evaluations", BOTH)), false),
  },
  decide(
    "3.4.1",
    "the second of two has no resource",
    { subject: alice, action: read, options: { evaluations_semantic: "execute_all" }, evaluations: [{ resource: one }, {}] },
    true,
    false,
  ),
  {
    id: "3.4.2",
    claim: "no evaluations: one decision",
    run: async (point) => assert.equal(await decision(point, READS, "evaluations"), true),
  },
  {
    id: "3.4.3",
    claim: "an empty list of evaluations: one decision",
    run: async (point) => assert.equal(await decision(point, { ...READS, evaluations: [] }, "evaluations"), true),
  },
  ...common(["evaluations"]),
];

export const batchProperties = [
  decide("3.2.3", "alice writes by status", { subject: alice, action: write, evaluations: [{ resource: active }, { resource: archived }] }, true, false),
  decide(
    "3.2.4",
    "alice and an admin write what is archived",
    { action: write, resource: archived, evaluations: [{ subject: alice }, { subject: user("bob", ADMIN) }] },
    false,
    true,
  ),
  decide("3.2.7", "what stands for all, and whole in its place", { subject: alice, action: write, resource: active, evaluations: [{}, { resource: archived }] }, true, false),
];
