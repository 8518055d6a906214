import type { DecisionEntry } from "grantlet/authzen";

/** One line for each decision, for whoever collects what Workers print. */
export function log(entry: DecisionEntry): void {
  const { time, subject, action, resource, scope, decision, results, ...rest } = entry;
  console.log(
    JSON.stringify({
      kind: "decision",
      at: new Date(time).toISOString(),
      who: subject,
      what: { action, resource, scope },
      // A search gives no answer of its own, but how many it found.
      ...(decision === undefined ? { results } : { answer: decision ? "allow" : "deny" }),
      // The reason, the policy's version, the duration in milliseconds; and the attributes that the version lists.
      ...rest,
    }),
  );
}

/** One line for what failed. What the caller is told does not say it. */
export function fault(of: string, thrown: unknown): void {
  console.error(JSON.stringify({ kind: "fault", of, message: thrown instanceof Error ? thrown.message : String(thrown) }));
}
