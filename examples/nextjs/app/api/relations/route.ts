import { cookies } from "next/headers";
import { sessionOf } from "../../../lib/session";

/** The lock: whatever the page showed, who may not add is refused here. */
export async function POST(): Promise<Response> {
  const session = await sessionOf((await cookies()).get("person")?.value);
  const { effect, reason } = session.decide("relation:create");
  return effect === "allow" ? new Response("Added.", { status: 201 }) : new Response(`Refused: ${reason}.`, { status: 403 });
}
