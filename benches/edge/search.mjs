// Searches over ten thousand subjects and resources in memory, each beside as many evaluations one by one.

import { loadPolicy } from "grantlet";
import { authzenHandler, memoryDirectory } from "grantlet/authzen";
import { directory, KNOWN, policy } from "./data.mjs";

const BASE = "http://127.0.0.1/access/v1";
const HEADERS = { "content-type": "application/json" };

/** What is searched: who may do that to a record, and on which records somebody may do it. Roles of several give it. */
const RECORD = { type: "finance.invoice", id: "r-6" };
const ACTION = { name: "view" };
const USER = { type: "user", id: "u-1" };

/**
 * Samples in milliseconds, by turns, of a search and of evaluations of everything that it was asked about: through the
 * handler, and by `session.can` with a session for each subject. Throws where they do not find the same.
 */
export async function searches(rounds) {
  const loaded = await loadPolicy(policy(1));
  const known = directory();
  // Those whose records are searched are all of one type.
  known.resources = known.resources.map((resource) => ({ ...resource, type: RECORD.type }));
  const decided = authzenHandler({ policy: loaded, directory: memoryDirectory(known), limits: { results: KNOWN, looked: KNOWN } });
  const post = async (path, body) => {
    const response = await decided(new Request(`${BASE}/${path}`, { method: "POST", headers: HEADERS, body: JSON.stringify(body) }));
    if (response.status !== 200) throw new Error(await response.text());
    return response.json();
  };
  const evaluated = async (entities, question) => {
    const ids = [];
    for (const { id } of entities) if ((await post("evaluation", question(id))).decision) ids.push(id);
    return ids;
  };
  const found = async (kind, body) => (await post(`search/${kind}`, body)).results.map(({ id }) => id);

  const record = (id) => ({ ...known.resources.find((resource) => resource.id === id).attributes, ...RECORD, id });
  const records = known.resources.map(({ id, attributes }) => ({ ...attributes, ...RECORD, id }));
  const permission = `${RECORD.type}:${ACTION.name}`;
  const asked = { resource: record(RECORD.id) };
  const mayView = (subject) => {
    const session = loaded.session(subject, {});
    const may = session.can(permission, asked);
    session.free();
    return may;
  };
  const one = known.subjects.find(({ id }) => id === USER.id);
  const mine = () => {
    const session = loaded.session(one, {});
    const ids = records.filter((resource) => session.can(permission, { resource })).map(({ id }) => id);
    session.free();
    return ids;
  };

  const groups = [
    ["subjects", {
      search: () => found("subject", { subject: { type: "user" }, action: ACTION, resource: RECORD }),
      evaluations: () => evaluated(known.subjects, (id) => ({ subject: { type: "user", id }, action: ACTION, resource: RECORD })),
      sessions: async () => known.subjects.filter(mayView).map(({ id }) => id),
    }],
    ["resources", {
      search: () => found("resource", { subject: USER, action: ACTION, resource: { type: RECORD.type } }),
      evaluations: () => evaluated(known.resources, (id) => ({ subject: USER, action: ACTION, resource: { type: RECORD.type, id } })),
      sessions: async () => mine(),
    }],
  ];
  const samples = groups.flatMap(([group, ways]) => Object.keys(ways).map((engine) => ({ group, engine, samples: [] })));
  // The first round compiles the code and fills the caches.
  for (let round = -1; round < rounds; round += 1) {
    for (const [group, ways] of groups) {
      let first;
      for (const [engine, run] of Object.entries(ways)) {
        const began = performance.now();
        const ids = (await run()).sort().join();
        const spent = performance.now() - began;
        first ??= ids;
        if (ids !== first || ids === "") throw new Error(`${engine} of ${group} find something else`);
        if (round >= 0) samples.find((each) => each.group === group && each.engine === engine).samples.push(spent);
      }
    }
  }
  return samples;
}
