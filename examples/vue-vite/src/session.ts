import { type FactsUpdate, loadPolicy, type Subject } from "grantlet";
import { document } from "./policy";

// An application gets these from its server, with everything else about whoever is signed in.
export const people = {
  anna: { id: "anna", assignments: [{ role: "sales" }] },
  mo: { id: "mo", assignments: [{ role: "bookkeeper" }] },
  guest: { id: "guest" },
} satisfies Record<string, Subject>;

/** Loads grantlet once, and opens a session for whoever is signed in. */
export const session = loadPolicy(document).then((policy) => policy.session(people.anna));

/** Tells the session what is new; everything whose answer turned follows. */
export async function change(facts: FactsUpdate<typeof document>): Promise<void> {
  (await session).update(facts);
}
