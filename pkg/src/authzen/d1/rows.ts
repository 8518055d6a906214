// From rows to facts. A row that is no fact throws; what only the evaluator can judge is handed on as it stands.

import type { Assignment, Context, DirectGrant, DirectoryResource, ScopeInstance, Subject } from "../../documents.js";
import type { Row } from "./database.js";

/**
 * The columns of a subject, with all that they were given. Lists are JSON of lists, so that one row has them all; the
 * JSON inside them stays text, so that a fault in it is one of this subject alone.
 */
export const SUBJECT = `subjects.id, subjects.status, subjects.attributes,
  (SELECT json_group_array(json_array(role, scope, status, "from", until) ORDER BY position)
    FROM assignments WHERE subject = subjects.id) AS assignments,
  (SELECT json_group_array(json_array(permissions, scope, "except", "when", status, "from", until) ORDER BY position)
    FROM grants WHERE subject = subjects.id) AS grants`;

/** The columns of a resource. */
export const RESOURCE = "resources.type, resources.id, resources.scope, resources.attributes";

/** A subject of a row with the columns `SUBJECT`. */
export function subjectOf({ id, status, attributes, assignments, grants }: Row): Subject {
  const what = `the subject \`${id as string}\``;
  return {
    id: id as string,
    ...given({ status, attributes: object(attributes, `attributes of ${what}`) }),
    assignments: list(assignments, `assignments of ${what}`).map(assignmentOf),
    grants: list(grants, `grants of ${what}`).map((grant) => grantOf(grant, what)),
  };
}

/** A resource of a row with the columns `RESOURCE`. */
export function resourceOf({ type, id, scope, attributes }: Row): DirectoryResource {
  const what = `attributes of the \`${type as string}\` \`${id as string}\``;
  return { type: type as string, id: id as string, ...given({ scope, attributes: object(attributes, what) }) };
}

/** The context of its row, where there is one, and of those of scopes. */
export function contextOf(row: Row | undefined, scopes: readonly Row[]): Context {
  const instances = scopes.map(({ reference, parent, attributes }) => {
    const instance = given({ parent, attributes: object(attributes, `attributes of the scope \`${reference as string}\``) });
    return [reference as string, instance as ScopeInstance] as const;
  });
  const context = given({
    plan: row?.["plan"],
    entitlements: listOrNothing(row?.["entitlements"], "entitlements of the context"),
    attributes: object(row?.["attributes"], "attributes of the context"),
  });
  return { ...context, scopes: Object.fromEntries(instances) };
}

function assignmentOf(row: unknown): Assignment {
  const [role, scope, status, from, until] = row as unknown[];
  return { role: role as string, ...given({ scope, status, from, until }) };
}

function grantOf(row: unknown, what: string): DirectGrant {
  const [permissions, scope, except, when, status, from, until] = row as unknown[];
  return {
    permissions: list(permissions, `permissions of a grant of ${what}`) as string[],
    ...given({
      scope,
      except: listOrNothing(except, `except of a grant of ${what}`),
      when: object(when, `when of a grant of ${what}`),
      status,
      from,
      until,
    }),
  };
}

/** What is there: NULL and nothing are the same. The evaluator judges the types of what only it reads. */
function given(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined));
}

function object(column: unknown, what: string): object | undefined {
  if (column === null || column === undefined) return undefined;
  const value = json(column, what);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`the ${what} are no JSON object`);
}

function listOrNothing(column: unknown, what: string): readonly unknown[] | undefined {
  return column === null || column === undefined ? undefined : list(column, what);
}

function list(column: unknown, what: string): readonly unknown[] {
  const value = json(column, what);
  if (Array.isArray(value)) return value as unknown[];
  throw new TypeError(`the ${what} are no JSON list`);
}

/** Whether a text may have a number that is larger than any double. */
const MAY_BE_HUGE = /\d{200}|[eE]\+?\d{3}/;

function json(column: unknown, what: string): unknown {
  if (typeof column !== "string") throw new TypeError(`the ${what} are no text`);
  try {
    return JSON.parse(column, MAY_BE_HUGE.test(column) ? finite : undefined) as unknown;
  } catch (cause) {
    throw new TypeError(`the ${what} are no JSON`, { cause });
  }
}

/** Such a number is an error in facts. It would be read as infinite, and handed on as null. */
function finite(_: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError("a number is larger than any double");
  return value;
}
