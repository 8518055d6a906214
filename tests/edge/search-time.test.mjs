// Ten thousand subjects, and as many resources, are searched in less than the time of as many evaluations, and in less
// than that of as many sessions asked once.

import assert from "node:assert/strict";
import test from "node:test";
import { ratio } from "../../benches/measure/figures.mjs";
import { searches } from "../../benches/edge/search.mjs";

const ROUNDS = 5;
const samples = await searches(ROUNDS);
const of = (group, engine) => samples.find((each) => each.group === group && each.engine === engine).samples;

for (const group of ["subjects", "resources"]) {
  test(`a search for ${group} takes less than as many evaluations`, () => {
    const { median } = ratio(of(group, "search"), of(group, "evaluations"));
    assert.ok(median < 1, `it takes ${median} times as long`);
  });
}

test("a search for subjects takes less than a session for each of them", () => {
  const { median } = ratio(of("subjects", "search"), of("subjects", "sessions"));
  assert.ok(median < 1, `it takes ${median} times as long`);
});
