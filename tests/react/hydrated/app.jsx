// The page that a server renders and a browser takes over.

import { Can, GrantletProvider, Section, useCan, useSection, useSession } from "grantlet/react";

/** Everything that a component was told, by those who want to know. */
export const told = [];

function Told({ permission, scope }) {
  const allowed = useCan(permission, scope && { scope });
  told.push(`${permission} ${allowed}`);
  return <p>{String(allowed)}</p>;
}

function Finance() {
  const state = useSection("finance");
  told.push(`finance ${state}`);
  return <p>finance is {state}</p>;
}

function Reason() {
  return <p>{useSession()?.decide("page-1:edit").reason ?? "nobody"}</p>;
}

export function App({ session, fallback }) {
  return (
    <main>
      <h1>Pages</h1>
      <GrantletProvider session={session} fallback={fallback}>
        <Told permission="page-3:edit" />
        <Told permission="page-4:edit" />
        <Told permission="note:edit" scope="workspace:north" />
        <Can permission="page-3:edit" fallback={<i>may not edit</i>}><button>Edit</button></Can>
        <Can permission="page-4:edit" fallback={<i>may not edit</i>}><button>Edit</button></Can>
        <Can permission="note:edit">{(allowed) => <button disabled={!allowed}>Edit note</button>}</Can>
        <Section name="finance" fallback={<i>no finance</i>}>{(state) => <a href={`#${state}`}>Finance</a>}</Section>
        <Section name="wiki" fallback={<i>no wiki</i>}>wiki</Section>
        <Finance />
        <Reason />
      </GrantletProvider>
    </main>
  );
}
