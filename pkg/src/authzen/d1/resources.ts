// Searching resources: pages in the order of their scopes, the root first, and of their ids within one.
//
// What is left of the policy's conditions depends on the scope, so scopes are found first, some at a time. Those that lie
// side by side and have the same left are one stretch of the index, and one statement.

import type { DirectoryResource } from "../../documents.js";
import type { Residual } from "../../tools/residual.js";
import type { Found, ResourcesQuestion } from "../directory.js";
import type { Ask, Row, Statement } from "./database.js";
import { RESOURCE, resourceOf } from "./rows.js";
import { type Clause, NEVER, whereOf } from "./where.js";

/** So many scopes are asked about at a time. */
const SCOPES = 500;
/** So many stretches are read in one round trip. */
const STRETCHES = 8;

/** The next scopes of a type in their order. Each is found in the index without reading what lies in the one before. */
const NEXT_SCOPES = `WITH RECURSIVE next (scope, number) AS (
    SELECT min(scope), 1 FROM resources WHERE type = ?1 AND scope > ?2
    UNION ALL
    SELECT (SELECT min(scope) FROM resources WHERE type = ?1 AND scope > next.scope), number + 1 FROM next
      WHERE next.scope IS NOT NULL AND number < ${SCOPES}
  )
  SELECT scope FROM next WHERE scope IS NOT NULL`;

/** Where to go on: after this id of this scope, or after all of it. The root is null. */
interface Place {
  readonly scope: string | null;
  readonly id?: string;
}

const BEGINNING: Place = { scope: null, id: "" };

/** Scopes that lie side by side, from the first to the last, with what is asked of what lies in them. */
interface Stretch {
  readonly first: string | null;
  last: string | null;
  readonly left: string;
  readonly clause: Clause;
}

/** A page of resources. Rows that are none are left out, and told. */
export async function resourcesOf(question: ResourcesQuestion, ask: Ask, broken: (thrown: unknown) => void): Promise<Found<DirectoryResource>> {
  const { type, after, limit } = question;
  const rows: Row[] = [];
  let place = readPlace(after);
  for (let isLast = false; !isLast && rows.length <= limit; ) {
    const next = await scopesAfter(place, type, ask);
    const scopes = place.id === undefined ? next : [place.scope, ...next];
    const last = scopes.at(-1) ?? null;
    isLast = next.length < SCOPES;
    const stretches = stretchesOf(scopes, await question.conditions(scopes.map((scope) => scope ?? undefined)));
    for (let at = 0; at < stretches.length && rows.length <= limit; at += STRETCHES) {
      const wanted = limit + 1 - rows.length;
      const some = stretches.slice(at, at + STRETCHES);
      rows.push(...(await ask(some.map((stretch) => statement(stretch, type, place, wanted)))).flat());
    }
    place = { scope: last };
  }
  const found = rows.slice(0, limit).flatMap((row) => {
    try {
      return resourceOf(row);
    } catch (thrown) {
      broken(thrown);
      return [];
    }
  });
  return rows.length > limit ? { found, next: placeOf(rows[limit - 1] as Row) } : { found };
}

async function scopesAfter({ scope }: Place, type: string, ask: Ask): Promise<readonly string[]> {
  const [rows = []] = await ask([[NEXT_SCOPES, type, scope ?? ""]]);
  return rows.map((row) => row["scope"] as string);
}

/** What is asked of these scopes. Those where nothing can be an answer are left out, and end a stretch. */
function stretchesOf(scopes: readonly (string | null)[], residuals: readonly Residual[]): Stretch[] {
  const stretches: Stretch[] = [];
  let open: Stretch | undefined;
  for (const [index, scope] of scopes.entries()) {
    const residual = residuals[index] ?? null;
    const left = JSON.stringify(residual);
    if (open?.left === left && open.first !== null) {
      open.last = scope;
      continue;
    }
    const clause = whereOf(residual, PARAMETERS + 1);
    open = clause.sql === NEVER ? undefined : { first: scope, last: scope, left, clause };
    if (open !== undefined) stretches.push(open);
  }
  return stretches;
}

/** Parameters of a statement before those of its clause. */
const PARAMETERS = 5;

function statement({ first, last, clause }: Stretch, type: string, place: Place, limit: number): Statement {
  const id = first === place.scope ? (place.id ?? "") : "";
  const where =
    first === null
      ? "resources.scope IS NULL AND ?2 IS ?4 AND resources.id > ?3"
      : "(resources.scope, resources.id) > (?2, ?3) AND resources.scope <= ?4";
  return [
    `SELECT ${RESOURCE} FROM resources WHERE resources.type = ?1 AND ${where} AND (${clause.sql})
      ORDER BY resources.scope, resources.id LIMIT ?5`,
    type,
    first,
    id,
    last,
    limit,
    ...clause.parameters,
  ];
}

/** The place that a `next` of before names; at what is none, the list begins. */
function readPlace(after: string | undefined): Place {
  if (after === undefined) return BEGINNING;
  try {
    const { scope, id } = JSON.parse(after) as Record<keyof Place, unknown>;
    if ((scope === null || typeof scope === "string") && typeof id === "string") return { scope, id };
  } catch {
    // Whoever makes page tokens of their own may write anything into one.
  }
  return BEGINNING;
}

function placeOf(row: Row): string {
  return JSON.stringify({ scope: row["scope"], id: row["id"] });
}
