import { Section } from "grantlet/react";
import { cookies } from "next/headers";
import { relations } from "../lib/relations";
import { sessionOf } from "../lib/session";
import { Add } from "./add";
import { Granted } from "./granted";
import { SignedIn } from "./signed-in";

export default async function Page() {
  const person = (await cookies()).get("person")?.value;
  const session = await sessionOf(person);
  const visible = relations.filter((relation) => session.can("relation:view", { resource: relation }));
  return (
    <Granted snapshot={session.snapshot()}>
      <main>
        <h1>Relations</h1>
        <SignedIn person={person} />
        <nav aria-label="Sections">
          <Section name="reports" fallback="Reports (not for you)">
            <a href="/reports">Reports</a>
          </Section>
        </nav>
        <ul>
          {visible.map((relation) => (
            <li key={relation.id}>
              {relation.name} {session.can("relation:edit", { resource: relation }) && <button>Edit {relation.name}</button>}
            </li>
          ))}
        </ul>
        <Add />
      </main>
    </Granted>
  );
}
