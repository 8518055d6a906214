import { loadPolicy, type Session, type Subject } from "grantlet";
import { document } from "./policy";

// An application finds these in its database.
const people = new Map<string, Subject>([
  ["anna", { id: "anna", assignments: [{ role: "sales" }] }],
  ["mo", { id: "mo", assignments: [{ role: "reader" }] }],
  ["sofie", { id: "sofie", assignments: [{ role: "manager" }] }],
]);

const loading = loadPolicy(document);

/**
 * The session of whoever a request is from. Here that is whom the cookie `person` names; an application takes it from
 * a session that it has verified.
 */
export async function sessionOf(person: string | undefined): Promise<Session<typeof document>> {
  const policy = await loading;
  return policy.session(people.get(person ?? "") ?? { id: "guest" });
}
