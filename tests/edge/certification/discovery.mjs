// Discovery: what a decision point says of itself. Section 6 of the scenario.

import assert from "node:assert/strict";
import { metadataOf, wellKnown } from "./common.mjs";
import { json, PATHS } from "./expect.mjs";

const SEARCHES = ["search_subject_endpoint", "search_resource_endpoint", "search_action_endpoint"];

const checked = (id, claim, check) => ({ id, claim, run: async (point) => check(await metadataOf(point), point) });

/** An absolute URL with https, and nothing behind its path. */
function isAddress(value) {
  assert.equal(typeof value, "string");
  const { protocol, search, hash } = new URL(value);
  assert.deepEqual([protocol, search, hash], ["https:", "", ""]);
}

export const discovery = [
  checked("6.1", "the metadata are where the identifier says", (metadata) => assert.ok(metadata)),
  {
    id: "6.2",
    claim: "the metadata are JSON, with the status 200",
    run: async (point) => assert.equal(typeof (await json(await point.send(wellKnown(point), { method: "GET" }))), "object"),
  },
  checked("6.3", "the metadata name the decision point and where it evaluates", (metadata) => {
    isAddress(metadata.policy_decision_point);
    isAddress(metadata.access_evaluation_endpoint);
  }),
  checked("6.4", "what else the metadata say has its form", (metadata) => {
    for (const name of ["access_evaluations_endpoint", ...SEARCHES]) if (name in metadata) isAddress(metadata[name]);
    if (!("capabilities" in metadata)) return;
    assert.ok(Array.isArray(metadata.capabilities));
    for (const one of metadata.capabilities) assert.equal(typeof one, "string");
  }),
  checked("6.5", "the decision point is the one that was asked", (metadata, { base }) => {
    assert.equal(metadata.policy_decision_point, base);
  }),
  checked("6.5", "nothing in the metadata is signed, so that nothing is to be verified", (metadata) => {
    assert.equal("signed_metadata" in metadata, false);
  }),
  checked("6.6", "the endpoints are the default paths below the identifier", (metadata, { base }) => {
    const named = [metadata.access_evaluation_endpoint, metadata.access_evaluations_endpoint, ...SEARCHES.map((name) => metadata[name])];
    assert.deepEqual(named, Object.values(PATHS).map((path) => `${base}${path}`));
  }),
];
