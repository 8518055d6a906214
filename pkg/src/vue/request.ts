// A request whose parts may be refs or getters, as it is now.

import { isReactive, type MaybeRefOrGetter, toValue } from "vue";
import type { Request } from "../documents.js";

/** A request, each part of which may be a ref or a getter too. */
export interface LiveRequest {
  /** Where; the root where absent. A ref or getter that holds nothing yet asks about an unknown scope: denied. */
  readonly scope?: MaybeRefOrGetter<string | null | undefined>;
  /** The resource's attributes. Absent, or nothing yet: any resource there could be. */
  readonly resource?: MaybeRefOrGetter<object | undefined>;
  /** The action's attributes. */
  readonly action?: MaybeRefOrGetter<object | undefined>;
}

/** The request as a session takes it. What is no object is left for the session to deny. */
export function resolve(request: MaybeRefOrGetter<LiveRequest | undefined>): Request | undefined {
  const given = toValue(request);
  if (typeof given !== "object" || given === null) return given;
  const { scope, resource, action } = given;
  return {
    scope: scope === undefined ? scope : (toValue(scope) ?? ""),
    resource: tracked(toValue(resource)),
    action: tracked(toValue(action)),
  } as Request;
}

/** Depends on the keys of a reactive record too: a condition looks whether there is one, which Vue does not notice. */
function tracked(record: object | undefined): object | undefined {
  if (isReactive(record)) Object.keys(record as object);
  return record;
}
