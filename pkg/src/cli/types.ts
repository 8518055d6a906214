// `grantlet types`: the names of a policy as TypeScript, for policies that are no literal in the program.

import type { PolicyDocument } from "../node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { readPolicy } from "./read.js";
import { asJson, visible } from "./report.js";
import { writeWhole } from "./write.js";

export const types: Command = {
  name: "types",
  usage: "POLICY [-o FILE] [--register] [--json]",
  summary: "a .d.ts with the policy's names",
  about: [
    "Writes a type `Document`, with which `Policy<Document>` and `Session<Document>` take the policy's names alone, and " +
      "the names themselves: `Permission`, `Role`, `Section`, `Entitlement`, `Plan`, `ScopeType`.",
    "With `--register` the program's components and hooks take these names too. A program registers one policy.",
  ],
  options: [
    { name: "output", short: "o", value: "FILE", about: "write this file instead of the standard output" },
    { name: "register", about: "register the policy for grantlet/react and grantlet/vue" },
    JSON_OPTION,
  ],
  examples: [
    { line: "types policy.yaml -o policy.d.ts", about: "beside the policy" },
    { line: "types --register policy.yaml", about: "for hooks and components" },
  ],
  one: "the policy has an error",
  least: 1,
  most: 1,
  run,
};

async function run(call: Call): Promise<number> {
  const { out } = call.world;
  const { source } = await readPolicy(call.word(0), call.world);
  const policy = source.value as PolicyDocument;
  const text = call.has("json") ? asJson(names(policy)) : declarations(policy, call.has("register"));
  const file = call.get("output");
  if (file === undefined || file === "-") out.write(text);
  else await writeWhole(file, text);
  return 0;
}

function names(policy: PolicyDocument): Record<string, readonly string[]> {
  const { resources, roles, sections = {}, entitlements = [], plans = {}, scopes = {} } = policy;
  return {
    permissions: Object.entries(resources).flatMap(([path, { actions }]) => actions.map((action) => `${path}:${action}`)),
    roles: Object.keys(roles),
    sections: Object.keys(sections),
    entitlements: [...new Set(entitlements)],
    plans: Object.keys(plans),
    scopeTypes: Object.keys(scopes),
  };
}

function declarations(policy: PolicyDocument, registers: boolean): string {
  const { name, resources, roles, sections = {} } = policy;
  const { entitlements = [], plans = [], scopeTypes = [] } = names(policy);
  const of = name === undefined ? "a policy" : `the policy \`${visible(name)}\``;
  const register = `
declare module "grantlet" {
  interface Register {
    readonly policy: Document;
  }
}
`;
  return `// The names of ${of}. Written by \`grantlet types\`: write it anew when the policy changes.

import type { PermissionName, PolicyDocument, RoleName, SectionName } from "grantlet";

/** Makes \`Policy<Document>\` and \`Session<Document>\` take the policy's names alone. */
export interface Document extends PolicyDocument {
  readonly resources: ${members(resources, ({ actions }) => `{ readonly actions: readonly (${union(actions)})[] }`)};
  readonly roles: ${members(roles, () => "{}")};
  readonly sections: ${members(sections, () => '{ readonly show: readonly string[] }')};
}

/** What can be allowed. */
export type Permission = PermissionName<Document>;

/** What people are assigned. */
export type Role = RoleName<Document>;

/** The parts of pages. */
export type Section = SectionName<Document>;

/** What a customer can have bought. */
export type Entitlement = ${union(entitlements)};

/** What is sold together. */
export type Plan = ${union(plans)};

/** The types of scope. */
export type ScopeType = ${union(scopeTypes)};
${registers ? register : ""}`;
}

function members<T>(record: Readonly<Record<string, T>>, type: (value: T) => string): string {
  const lines = Object.entries(record).map(([name, value]) => `    readonly ${JSON.stringify(name)}: ${type(value)};\n`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}  }`;
}

function union(names: readonly string[]): string {
  return names.length === 0 ? "never" : names.map((name) => JSON.stringify(name)).join(" | ");
}
