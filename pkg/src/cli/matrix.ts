// `grantlet matrix`: roles × permissions, for a terminal, a document, a spreadsheet or an auditor.

import type { PolicyDocument } from "../node.js";
import type { Cell, Matrix } from "../tools.node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { page } from "./matrix-html.js";
import { didYouMean } from "./nearest.js";
import { readPolicy } from "./read.js";
import { asJson } from "./report.js";
import { aligned, csv, markdown, type Rows } from "./table.js";
import { UsageError, widthOf } from "./world.js";

export const matrix: Command = {
  name: "matrix",
  usage: "POLICY [--format table|markdown|csv|html] [--role ROLE] [--lang TAG] [--date DATE] [--json]",
  summary: "what each role gives: roles × permissions",
  about: [
    "For every role and permission what the role alone gives at its scope with every entitlement active: allow, " +
      "conditional, deny, or nothing.",
    "`--format html` is a page for an auditor, whole in one file: the table, the roles, and the conditions as the roles " +
      "have them. The same policy gives the same page; it bears a date only if one is given.",
  ],
  options: [
    { name: "format", value: "FORMAT", of: ["table", "markdown", "csv", "html"], about: "table is the default" },
    { name: "role", value: "ROLE", several: true, about: "this role alone" },
    { name: "lang", value: "TAG", about: "the language of labels in the page, `en` if absent" },
    { name: "date", value: "DATE", about: "the date that the page bears" },
    JSON_OPTION,
  ],
  examples: [
    { line: "matrix policy.yaml", about: "on the terminal" },
    { line: "matrix --role sales --role manager policy.yaml", about: "two roles beside each other" },
    { line: "matrix --format html --date 2026-11-22 policy.yaml", about: "a page for an auditor" },
  ],
  one: "the policy has an error",
  least: 1,
  most: 1,
  run,
};

async function run(call: Call): Promise<number> {
  const { out } = call.world;
  const { source, text } = await readPolicy(call.word(0), call.world);
  const { openTools } = await import("../tools.node.js");
  const found = only((await openTools(text)).matrix(), call.all("role"));
  if (call.has("json")) out.write(asJson(found));
  else out.write(written(found, source.value as PolicyDocument, call));
  return 0;
}

function written(found: Matrix, policy: PolicyDocument, call: Call): string {
  switch (call.get("format")) {
    case "markdown":
      return markdown(rowsOf(found, ""));
    case "csv":
      return csv(rowsOf(found, ""));
    case "html":
      return page(found, policy, { language: call.get("lang") ?? "en", date: call.get("date") });
    default:
      return `${aligned(rowsOf(found, "·", { conditional: "cond" }), widthOf(call.world.out))}\ncond: it depends on the record   ·: nothing\n`;
  }
}

/** The matrix with these roles alone. */
function only(found: Matrix, roles: readonly string[]): Matrix {
  for (const role of roles) {
    if (!found.roles.includes(role)) throw new UsageError(`the policy has no role \`${role}\``, didYouMean(role, found.roles));
  }
  return roles.length === 0 ? found : { ...found, roles: found.roles.filter((role) => roles.includes(role)) };
}

function rowsOf({ roles, permissions, cells }: Matrix, nothing: string, short: Partial<Record<Cell, string>> = {}): Rows {
  const cell = (role: string, permission: string): string => {
    const found = cells[role]?.[permission];
    return found === undefined ? nothing : (short[found] ?? found);
  };
  return [["permission", ...roles], ...permissions.map((permission) => [permission, ...roles.map((role) => cell(role, permission))])];
}
