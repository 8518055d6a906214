// A program whose policy is data: any name is taken.

import type { Session } from "grantlet";
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
