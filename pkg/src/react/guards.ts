// Components that show what they hold to those who may see it.

import type { ReactNode } from "react";
import type { SectionState } from "../answers.js";
import type { Request } from "../documents.js";
import type { PermissionName, RegisteredPolicy, SectionName } from "../names.js";
import { useCan, useSection } from "./hooks.js";

/** The request is given by its parts: `scope`, `resource`, `action`. */
export interface CanProps extends Request {
  /** What is asked. */
  permission: PermissionName<RegisteredPolicy>;
  /** Shown to those who may not. */
  fallback?: ReactNode;
  /** Shown to those who may; a function is called with the answer either way, to disable what others may use. */
  children?: ReactNode | ((allowed: boolean) => ReactNode);
}

/**
 * Shows its children where `session.can` holds. Without a record, what depends on the record is not allowed, so a
 * button beside a record is given that record as `resource`.
 */
export function Can({ permission, scope, resource, action, fallback, children }: CanProps): ReactNode {
  const allowed = useCan(permission, requestOf(scope, resource, action));
  if (typeof children === "function") return children(allowed);
  return allowed ? children : fallback;
}

/** The request is given by its parts: `scope`, `resource`, `action`. */
export interface SectionProps extends Request {
  /** Which section is asked. */
  name: SectionName<RegisteredPolicy>;
  /** Shown where the children are not. */
  fallback?: ReactNode;
  /** Shown where the section is enabled; a function is called with its state unless that is `hidden`. */
  children?: ReactNode | ((state: Exclude<SectionState, "hidden">) => ReactNode);
}

/** Shows its children where the section is enabled, or has a function draw it enabled, disabled or locked. */
export function Section({ name, scope, resource, action, fallback, children }: SectionProps): ReactNode {
  const state = useSection(name, requestOf(scope, resource, action));
  if (typeof children === "function") return state === "hidden" ? fallback : children(state);
  return state === "enabled" ? children : fallback;
}

/** Undefined where no part is given: what is asked without a request is looked up. */
function requestOf(
  scope: string | undefined,
  resource: Request["resource"] | undefined,
  action: Request["action"] | undefined,
): Request | undefined {
  if (scope === undefined && resource === undefined && action === undefined) return undefined;
  return { scope, resource, action } as Request;
}
