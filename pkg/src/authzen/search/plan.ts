// What the policy says beforehand of what a search has to look at.

import type { Context, Subject } from "../../documents.js";
import type { PolicyTools } from "../../tools/api.js";
import type { Candidates, Residual } from "../../tools/residual.js";

export function candidates(_tools: PolicyTools, _permission: string): Candidates {
  return { everyone: true, roles: [], below: [] };
}

export function residual(
  _tools: PolicyTools,
  _permission: string,
  { scopes }: { subject: Subject; context: Context; scopes: readonly (string | undefined)[]; action?: object },
): readonly Residual[] {
  return scopes.map(() => true);
}
