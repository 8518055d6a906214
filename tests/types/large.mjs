// Programs over a policy of two thousand permissions and over a small one, each asking two hundred times.

const ACTIONS = ["view", "create", "edit", "delete"];

/** A policy with four actions for each of so many resources, its roles, sections and conditions in proportion. */
export function policy(resources) {
  const paths = Array.from({ length: resources }, (_, i) => (i % 10 === 0 ? `area${i}` : `area${i - (i % 10)}.part${i}`));
  const some = (start, length) => Array.from({ length }, (_, i) => paths[(start + i) % resources]);
  const owned = { eq: [{ var: "resource.owner" }, { var: "subject.id" }] };
  const when = { all: [owned, { in: [{ var: "resource.region" }, ["north", "south"]] }] };
  const names = (word, share) => Array.from({ length: Math.ceil(resources / share) }, (_, i) => [`${word}${i}`, i]);
  return {
    grantlet: 1,
    implies: { edit: ["view"] },
    resources: Object.fromEntries(paths.map((path) => [path, { actions: ACTIONS, label: { en: path, nl: path } }])),
    roles: Object.fromEntries(
      names("role", 8).map(([name, i]) => {
        const plain = some(i * 8, 20).map((path) => `${path}:view,edit`);
        return [name, { label: name, allow: [...plain, { permissions: some(i, 10).map((path) => `${path}:*`), when }] }];
      }),
    ),
    sections: Object.fromEntries(
      names("section", 5).map(([name, i]) => [name, { show: [`${paths[i * 5]}:view`], enable: [`${paths[i * 5]}:edit`] }]),
    ),
  };
}

/** What asks two hundred permissions by their names, and all sections. */
function questions({ resources }) {
  const paths = Object.keys(resources);
  const ask = (_, i) => `session.can("${paths[(i * 7) % paths.length]}:${ACTIONS[i % 4]}", { resource: { owner: "anna" } });`;
  return `${Array.from({ length: 200 }, ask).join("\n")}\nexport const states = session.sections();\n`;
}

/** The policy as it is written in a program. */
export function literal(document) {
  return `import { definePolicy, loadPolicy } from "grantlet";
const written = definePolicy(${JSON.stringify(document, null, 2)});
const session = (await loadPolicy(written)).session({ id: "anna" });
${questions(document)}`;
}

/** The policy in a file, with the names that `grantlet types` wrote beside it. */
export function declared(document, names) {
  return `import { loadPolicy, type Policy } from "grantlet";
import type { Document } from "${names}";
const policy: Policy<Document> = await loadPolicy(new URL("policy.json", import.meta.url));
const session = policy.session({ id: "anna" });
${questions(document)}`;
}
