// A program that registered its policy: hooks and components take the names of that policy, and no others.

import { definePolicy, loadPolicy, type Session } from "grantlet";
import { openSnapshot, type SnapshotSession } from "grantlet/client";
import { type AnySession, Can, GrantletProvider, Section, useCan, useSection, useSession } from "grantlet/react";

const written = definePolicy({
  grantlet: 1,
  resources: { crm: { actions: ["view"] }, "crm.relation": { actions: ["view", "edit"] } },
  roles: { sales: { allow: ["crm.relation:edit"] } },
  sections: { relations: { show: ["crm.relation:view"] } },
});

declare module "grantlet" {
  interface Register {
    policy: typeof written;
  }
}

const policy = await loadPolicy(written);
const session: Session<typeof written> = policy.session({ id: "anna" });
const snapshot: SnapshotSession<typeof written> = openSnapshot(session.snapshot());

export function Asking() {
  const may: boolean = useCan("crm.relation:edit");
  const there: boolean = useCan("crm.relation:edit", { scope: "workspace:a", resource: { owner: "anna" }, action: {} });
  const state: "enabled" | "disabled" | "locked" | "hidden" = useSection("relations");
  const given: AnySession<typeof written> | undefined = useSession();
  given?.decide("crm:view").because[0]?.pointer;
  useSession<Session<typeof written>>()?.update({ roles: ["sales"] });

  // @ts-expect-error a typing error in the action
  useCan("crm.relation:edti");
  // @ts-expect-error an action of another resource
  useCan("crm:edit");
  // @ts-expect-error a key that no request has
  useCan("crm:view", { record: {} });
  // @ts-expect-error no section of that name
  useSection("relation");
  // @ts-expect-error a snapshot's is not updated, and nobody said that it is a live one
  given?.update({});
  // @ts-expect-error there may be none yet
  useSession().can("crm:view");
  // @ts-expect-error a typing error in the action
  given?.can("crm.relation:edti");

  return [may, there, state].join();
}

export const page = (
  <GrantletProvider session={session} fallback={<p>one moment</p>}>
    <Can permission="crm.relation:edit" resource={{ owner: "anna" }} fallback="no">
      yes
    </Can>
    <Can permission="crm:view">{(allowed: boolean) => <button disabled={!allowed}>view</button>}</Can>
    <Section name="relations" scope="workspace:a">
      {(state: "enabled" | "disabled" | "locked") => <p>{state}</p>}
    </Section>
    {/* @ts-expect-error a typing error in the action */}
    <Can permission="crm.relation:edti" />
    {/* @ts-expect-error what is asked for is missing */}
    <Can>always</Can>
    {/* @ts-expect-error no section of that name */}
    <Section name="relation" />
    {/* @ts-expect-error a scope is a string */}
    <Can permission="crm:view" scope={7} />
    <Section name="relations">
      {/* @ts-expect-error a hidden section is not drawn */}
      {(state: "hidden") => state}
    </Section>
  </GrantletProvider>
);

export const others = [
  <GrantletProvider session={snapshot} />,
  <GrantletProvider session={undefined} />,
  <GrantletProvider session={null} />,
  <GrantletProvider session={Promise.resolve(session)} />,
  <GrantletProvider session={Promise.resolve(snapshot)} fallback={null} />,
  // @ts-expect-error a provider of nothing
  <GrantletProvider />,
  // @ts-expect-error a policy is no session
  <GrantletProvider session={policy} />,
  // @ts-expect-error a snapshot is to be opened
  <GrantletProvider session={session.snapshot()} />,
  // @ts-expect-error nor is a promise of a policy one of a session
  <GrantletProvider session={loadPolicy(written)} />,
];
