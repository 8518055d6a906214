// A program whose policy is data: any name is taken.

import { definePolicy, loadPolicy, type Session } from "grantlet";
import { openSnapshot } from "grantlet/client";
import { Can, GrantletProvider, Section, useCan, useSection } from "grantlet/react";

export function Asking({ permission, section }: { permission: string; section: string }) {
  const may: boolean = useCan(permission, { scope: "workspace:a" });
  // @ts-expect-error a permission is a string
  useCan(7);
  return `${may} ${useSection(section)}`;
}

export const page = (session: Session | undefined) => (
  <GrantletProvider session={session}>
    <Can permission="whatever:view">{(allowed) => String(allowed)}</Can>
    <Section name="whatever">{(state) => state}</Section>
  </GrantletProvider>
);

/** The session of a policy that has names, in a program that did not register it. */
export const named = (session: Session<{ grantlet: 1; resources: { crm: { actions: ["view"] } }; roles: {} }>) => (
  <GrantletProvider session={session} />
);

// A policy that is written in the program and not registered: its sessions are sessions.
const written = definePolicy({
  grantlet: 1,
  resources: { crm: { actions: ["view"] } },
  roles: {},
  sections: { crm: { show: ["crm:view"] } },
});
const session = (await loadPolicy(written)).session({ id: "anna" });
export const literal = [
  <GrantletProvider session={session} />,
  <GrantletProvider session={Promise.resolve(session)} />,
  <GrantletProvider session={openSnapshot(session.snapshot())} />,
];
