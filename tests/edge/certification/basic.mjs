// Basic: one decision for each question. Section 2 of the scenario.

import assert from "node:assert/strict";
import { common } from "./common.mjs";
import { act, ADMIN, answer, ARCHIVED, CONTEXT, decision, isDecision, isObject, record, refused, user } from "./expect.mjs";

const [alice, bob] = [user("alice"), user("bob")];
const [read, write] = [act("read"), act("write")];
const one = record("record-1");
const READS = { subject: alice, action: read, resource: one };

/** A case of one question with its decision. */
const decides = (id, claim, question, expected) => ({
  id,
  claim: `${claim}: ${expected}`,
  run: async (point) => assert.equal(await decision(point, question), expected),
});

/** A case of one question that is refused. */
const refuses = (id, claim, question) => ({ id, claim: `${claim}: 400`, run: (point) => refused(point, "evaluation", question) });

const { subject: _subject, ...withoutSubject } = READS;
const { action: _action, ...withoutAction } = READS;
const { resource: _resource, ...withoutResource } = READS;

export const basicCore = [
  decides("2.2.1", "alice reads record-1", READS, true),
  decides("2.2.2", "bob writes record-1", { subject: bob, action: write, resource: one }, false),
  decides("2.2.3", "alice reads record-1, with a context", { ...READS, context: CONTEXT }, true),
  decides(
    "2.2.8",
    "alice reads record-1, with properties that no rule reads",
    {
      subject: user("alice", { department: "Sales", role: "manager" }),
      action: act("read", { method: "GET" }),
      resource: record("record-1", { status: "active", owner: "bob" }),
    },
    true,
  ),
  decides("2.2.9", "alice reads record-1, with unknown members", { ...READS, foo: "bar", futureField: { nested: true } }, true),
  {
    id: "2.3.1",
    claim: "every answer has a decision, true or false",
    run: async (point) => {
      for (const subject of [alice, bob]) {
        for (const action of [read, write, act("delete")]) isDecision(await answer(point, "evaluation", { subject, action, resource: one }));
      }
    },
  },
  {
    id: "2.3.2",
    claim: "a context in the answer is an object",
    run: async (point) => {
      const { context = {} } = await answer(point, "evaluation", READS);
      isObject(context);
    },
  },
  refuses("2.4.1", "no subject", withoutSubject),
  refuses("2.4.1", "no action", withoutAction),
  refuses("2.4.1", "no resource", withoutResource),
  refuses("2.4.2", "subject without a type", { ...READS, subject: { id: "alice" } }),
  refuses("2.4.2", "subject without an id", { ...READS, subject: { type: "user" } }),
  refuses("2.4.2", "action without a name", { ...READS, action: {} }),
  refuses("2.4.2", "resource without a type", { ...READS, resource: { id: "record-1" } }),
  refuses("2.4.2", "resource without an id", { ...READS, resource: { type: "record" } }),
  refuses("2.4.6", "subject that is a string", { ...READS, subject: "alice" }),
  refuses("2.4.6", "action whose name is a number", { ...READS, action: { name: 123 } }),
  ...common(["evaluation"]),
];

export const basicProperties = [
  decides("2.2.4", "alice writes what is archived", { subject: alice, action: write, resource: record("record-2", ARCHIVED) }, false),
  decides(
    "2.2.5",
    "an admin writes what is archived",
    { subject: user("bob", ADMIN), action: write, resource: record("record-2", ARCHIVED) },
    true,
  ),
  decides("2.2.6", "alice deletes softly", { subject: alice, action: act("delete", { soft: true }), resource: one }, true),
  decides("2.2.7", "alice deletes for good", { subject: alice, action: act("delete", { soft: false }), resource: one }, false),
];

/** Section 1.4: the rules that no request of another section asks about as they stand there. */
export const rules = [
  decides("1.4.2", "alice writes record-1", { subject: alice, action: write, resource: one }, true),
  decides("1.4.3", "bob reads record-1", { subject: bob, action: read, resource: one }, true),
];
