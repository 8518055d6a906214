"use client";

import type { Snapshot } from "grantlet/client";
import { openSnapshot } from "grantlet/client";
import { GrantletProvider } from "grantlet/react";
import { type ReactNode, useMemo } from "react";

/** Gives what the server judged to the components of the page. */
export function Granted({ snapshot, children }: { snapshot: Snapshot; children: ReactNode }) {
  const session = useMemo(() => openSnapshot(snapshot), [snapshot]);
  return <GrantletProvider session={session}>{children}</GrantletProvider>;
}
