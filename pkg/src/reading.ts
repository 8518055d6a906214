// Attributes of records: how they are found, and what the module is told of them.

/** Elements of a list in a record: a longer one compares as unknown. */
const LONGEST_LIST = 100_000;

/** What compares as unknown. */
const OPAQUE = "{}";

/** What reads the attributes of a record for the module, and throws nothing. */
interface Reader {
  /** The attribute at a path as JSON text; undefined where it is missing. */
  read(path: string): string | undefined;
}

/** What lies at a path of own keys; undefined where nothing does. A list has no keys. */
export function lookUp(record: unknown, path: readonly string[]): unknown {
  let found = record;
  for (let step = 0; step < path.length; step += 1) {
    const key = path[step] as string;
    if (typeof found !== "object" || found === null || Array.isArray(found) || !Object.hasOwn(found, key)) {
      return undefined;
    }
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** Asks the module about a record and action attributes, and throws what reading them threw first. */
export function reading<T>(
  resource: unknown,
  action: unknown,
  ask: (resource: Reader | undefined, action: Reader | undefined) => T,
): T {
  const thrown: unknown[] = [];
  const reader = (record: unknown): Reader | undefined =>
    record === undefined
      ? undefined
      : {
          read(path) {
            try {
              const found = lookUp(record, path.split("."));
              return found === undefined ? undefined : told(found);
            } catch (fault) {
              thrown.push(fault);
              return OPAQUE;
            }
          },
        };
  const answer = ask(reader(resource), reader(action));
  if (thrown.length > 0) throw thrown[0];
  return answer;
}

/** An attribute as conditions tell values apart: a scalar, a list of them, or a date, which is the string of its JSON. */
function told(found: unknown): string {
  if (found instanceof Date) {
    try {
      return scalar(Date.prototype.toISOString.call(found));
    } catch {
      // An invalid date has no such string, nor has what only looks like a date.
      return OPAQUE;
    }
  }
  if (!Array.isArray(found)) return scalar(found);
  const { length } = found;
  if (length > LONGEST_LIST) return OPAQUE;
  const elements: string[] = [];
  for (let place = 0; place < length; place += 1) elements.push(scalar(found[place]));
  return `[${elements}]`;
}

/** Half a character is written as an escape that the module refuses, and compares as unknown too. */
function scalar(found: unknown): string {
  const isScalar =
    found === null || typeof found === "string" || typeof found === "boolean" || Number.isFinite(found);
  return isScalar ? JSON.stringify(found) : OPAQUE;
}
