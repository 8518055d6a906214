// The todo scenario of the AuthZEN interop: who may do what with a list of todos that several people share. 40 questions
// for one decision and 3 for two, asked of any decision point that answers from `policy.json` and `directory.json`. A
// point is what `certification/checks.mjs` says it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));

export const policy = read("policy.json");
export const directory = read("directory.json");

/** By the first part of their address: the subjects, and the last digit of the todo that is theirs. */
const people = new Map(
  directory.subjects.map(({ id, attributes: { email } }) => [email.slice(0, email.indexOf("@")), { subject: { type: "user", id }, email }]),
);
const LAST_DIGIT = { morty: 1, rick: 2, summer: 3, beth: 4, jerry: 5 };

const subject = (who) => people.get(who).subject;
const profile = (of) => ({ type: "user", id: people.get(of).email });
const list = { type: "todo", id: "todo-1" };
const todo = (of) => ({
  type: "todo",
  id: `7240d0db-8ff0-41ec-98b2-34a096273b9${LAST_DIGIT[of]}`,
  properties: { ownerID: people.get(of).email },
});

/** Who; whether they may add a todo; and whether they may change and whether they may remove that of each of two. */
const EXPECTED = {
  rick: { creates: true, updates: { rick: true, morty: true }, deletes: { rick: true, morty: true } },
  morty: { creates: true, updates: { rick: false, morty: true }, deletes: { rick: false, morty: true } },
  summer: { creates: true, updates: { rick: false, summer: true }, deletes: { rick: false, summer: true } },
  beth: { creates: false, updates: { rick: false, beth: false }, deletes: { rick: false, beth: false } },
  jerry: { creates: false, updates: { rick: false, jerry: false }, deletes: { rick: false, jerry: false } },
};

/** Who, and whether they may change the todo of each of two, asked at one time. */
const TOGETHER = [
  ["rick", { rick: true, jerry: true }],
  ["morty", { rick: false, morty: true }],
  ["jerry", { rick: false, jerry: false }],
];

const single = (who, name, resource, expected, about = "") => ({
  name: `${who} ${name}${about}: ${expected}`,
  path: "/access/v1/evaluation",
  request: { subject: subject(who), action: { name }, resource },
  expected: [expected],
});

const owned = (who, name, expected) => Object.entries(expected).map(([of, may]) => single(who, name, todo(of), may, ` of ${of}`));

export const cases = [
  ...Object.entries(EXPECTED).flatMap(([who, { creates, updates, deletes }]) => [
    ...["beth", who].map((of) => single(who, "can_read_user", profile(of), true, ` of ${of}`)),
    single(who, "can_read_todos", list, true),
    single(who, "can_create_todo", list, creates),
    ...owned(who, "can_update_todo", updates),
    ...owned(who, "can_delete_todo", deletes),
  ]),
  ...TOGETHER.map(([who, expected]) => ({
    name: `${who} can_update_todo of ${Object.keys(expected).join(" and ")}: ${Object.values(expected).join(", ")}`,
    path: "/access/v1/evaluations",
    request: {
      subject: subject(who),
      action: { name: "can_update_todo" },
      evaluations: Object.keys(expected).map((of) => ({ resource: todo(of) })),
    },
    expected: Object.values(expected),
  })),
];

/** The cases as checks of a decision point: `{ name, run(point) }`. */
export const checks = cases.map(({ name, path, request, expected }) => ({
  name: `todo: ${name}`,
  run: async ({ base, send }) => {
    const response = await send(`${new URL(base).pathname.replace(/\/$/, "")}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    assert.equal(response.status, 200);
    const answered = await response.json();
    assert.deepEqual((answered.evaluations ?? [answered]).map(({ decision }) => decision), expected);
  },
}));
