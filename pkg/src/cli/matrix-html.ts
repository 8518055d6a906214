// The matrix as a page for an auditor: one file without scripts, read on a screen, on paper and aloud.

import type { Grant, PolicyDocument, Role, Text } from "../node.js";
import type { Cell, Matrix } from "../tools.node.js";
import { inWords } from "./condition.js";
import { STYLE } from "./matrix-style.js";

/** What the page is given besides the policy. */
export interface Page {
  readonly language: string;
  readonly date: string | undefined;
}

/** A label or a description as HTML, empty where there is none. */
type Worded = (given: Text | undefined) => string;

/** A sign and a word for each, so that nothing is told by its colour alone. */
const SIGNS: Readonly<Record<Cell | "nothing", readonly [sign: string, word: string, meaning: string]>> = {
  allow: ["✓", "allow", "the role allows it"],
  conditional: ["?", "conditional", "it depends on the record or on who asks: the conditions stand below"],
  deny: ["✕", "deny", "the role denies it, whoever else allows it"],
  nothing: ["·", "nothing", "the role says nothing about it"],
};

export function page(found: Matrix, policy: PolicyDocument, { language, date }: Page): string {
  const name = policy.name ?? "the policy";
  const text: Worded = (given) => inLanguage(given, language);
  const description = text(policy.description);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Permissions of ${escaped(name)}</title>
<style>
${STYLE}</style>
</head>
<body>
<header>
<h1>Permissions of ${escaped(name)}</h1>
${description === "" ? "" : `<p>${description}</p>\n`}${date === undefined ? "" : `<p>As of <time>${escaped(date)}</time></p>\n`}</header>
<main>
${summary(found)}
${legend()}
${table(found, policy, text)}
${roles(found, policy, text)}
${conditions(found, policy)}</main>
</body>
</html>
`;
}

function summary({ roles, permissions, cells }: Matrix): string {
  const all = roles.flatMap((role) => Object.values(cells[role] ?? {}));
  const counts = (["allow", "conditional", "deny"] as const).map((one) => [one, all.filter((cell) => cell === one).length]);
  const parts = [["roles", roles.length], ["permissions", permissions.length], ...counts];
  return `<dl class="summary">${parts.map(([what, number]) => `<div><dt>${what}</dt><dd>${number}</dd></div>`).join("")}</dl>`;
}

function legend(): string {
  const rows = Object.entries(SIGNS).map(
    ([kind, [sign, word, meaning]]) => `<li><span class="sign ${kind}" aria-hidden="true">${sign}</span> <b>${word}</b>: ${meaning}</li>`,
  );
  return `<section aria-labelledby="legend">
<h2 id="legend">How to read it</h2>
<p>Each column is what a role gives by itself, where it is assigned, with everything that can be bought. Whoever has
several roles is allowed what one of them allows and none of them denies.</p>
<ul class="legend">
${rows.join("\n")}
</ul>
</section>`;
}

function table(found: Matrix, { resources, roles }: PolicyDocument, text: Worded): string {
  const heads = found.roles.map((role) => `<th scope="col">${named(role, text(roles[role]?.label))}</th>`);
  const bodies = Object.entries(resources).map(([path, { label, requires }]) => {
    const permissions = found.permissions.filter((permission) => permission.startsWith(`${path}:`));
    const needs = requires === undefined ? "" : ` <span class="requires">requires ${escaped(requires)}</span>`;
    const head = `<tr class="resource"><th scope="rowgroup" colspan="${found.roles.length + 1}"><div>${named(path, text(label))}${needs}</div></th></tr>`;
    const rows = permissions.map((permission) => row(permission, path, found));
    return `<tbody>\n${[head, ...rows].join("\n")}\n</tbody>`;
  });
  return `<section aria-labelledby="matrix">
<h2 id="matrix">Roles and permissions</h2>
<div class="scroll" role="region" aria-labelledby="caption" tabindex="0">
<table>
<caption id="caption">What each role gives of each permission</caption>
<thead>
<tr><th scope="col" class="corner">permission</th>${heads.join("")}</tr>
</thead>
${bodies.join("\n")}
</table>
</div>
</section>`;
}

function row(permission: string, path: string, { roles, cells }: Matrix): string {
  const found = roles.map((role) => {
    const kind = cells[role]?.[permission] ?? "nothing";
    const [sign, word] = SIGNS[kind];
    return `<td class="${kind}"><span aria-hidden="true">${sign}</span><span class="spoken">${word}</span></td>`;
  });
  const action = permission.slice(path.length + 1);
  return `<tr><th scope="row"><span class="spoken">${escaped(path)}:</span>${escaped(action)}</th>${found.join("")}</tr>`;
}

function roles(found: Matrix, policy: PolicyDocument, text: Worded): string {
  const derived = new Set((policy.derivedRoles ?? []).map(({ role }) => role));
  const rows = found.roles.map((name) => {
    const role: Role = policy.roles[name] ?? {};
    const where = role.abstract === true ? "not assigned" : (role.scopes ?? ["root"]).join(", ");
    const comes = derived.has(name) ? `${where}; derived` : where;
    const facts = [comes, (role.inherits ?? []).join(", "), role.requires ?? ""];
    return [named(name, text(role.label)), text(role.description), ...facts.map(escaped)];
  });
  const heads = ["role", "what it is", "assigned at", "inherits", "requires"];
  return `<section aria-labelledby="roles">
<h2 id="roles">Roles</h2>
${facts("The roles, where they are assigned and what they inherit", heads, rows)}
</section>`;
}

/** A table of cells that are HTML. A column in which nothing stands is left out. */
function facts(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = heads.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== ""));
  const line = ([head = "", ...cells]: readonly string[]): string => {
    const shown = cells.filter((_, index) => columns.includes(index + 1));
    return `<tr><th scope="row">${head}</th>${shown.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  };
  return `<div class="wide" role="region" aria-label="${escaped(caption)}" tabindex="0">
<table class="facts">
<caption class="spoken">${escaped(caption)}</caption>
<thead><tr>${columns.map((column) => `<th scope="col">${heads[column]}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(line).join("\n")}
</tbody>
</table>
</div>`;
}

/** The grants with a `when`, as they are written. */
function conditions(found: Matrix, policy: PolicyDocument): string {
  const granted = found.roles.flatMap((name) => {
    const { allow = [], deny = [] }: Role = policy.roles[name] ?? {};
    return [...conditional(name, "allow", allow), ...conditional(name, "deny", deny)];
  });
  const derived = (policy.derivedRoles ?? [])
    .filter(({ role, when }) => when !== undefined && found.roles.includes(role))
    .map(({ role, when, scope }) => [role, "derived", scope === undefined ? "" : `at a ${scope}`, inWords(when)].map(escaped));
  const rows = [...granted, ...derived];
  if (rows.length === 0) return "";
  return `<section aria-labelledby="conditions">
<h2 id="conditions">Conditions</h2>
<p>As each role has them itself; a role that inherits another has that role's too.</p>
${facts("What counts under a condition", ["role", "effect", "permissions", "when"], rows)}
</section>
`;
}

function conditional(role: string, effect: string, grants: readonly (string | Grant)[]): string[][] {
  return grants.flatMap((grant) => {
    if (typeof grant === "string" || grant.when === undefined) return [];
    const { permissions, except = [], when } = grant;
    const without = except.length === 0 ? "" : ` except ${except.join(", ")}`;
    return [[role, effect, permissions.join(", ") + without, inWords(when)].map(escaped)];
  });
}

/** What people call it, and what it is called in the policy where that is something else. */
function named(name: string, label: string): string {
  return label === "" || label === escaped(name) ? escaped(name) : `${label} <code>${escaped(name)}</code>`;
}

/** The text in the language that was asked for, else in English or the first that it has; told where it is not English. */
function inLanguage(given: Text | undefined, language: string): string {
  if (given === undefined || typeof given === "string") return escaped(given ?? "");
  const tag = [language, "en", ...Object.keys(given)].find((one) => Object.hasOwn(given, one)) ?? "en";
  const text = escaped(given[tag] ?? "");
  return tag === "en" || text === "" ? text : `<span lang="${escaped(tag)}">${text}</span>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
