// Asking the evaluator about one subject.

import type { Context, Json, Request, Subject } from "../documents.js";
import type { Policy } from "../policy.js";
import type { Session } from "../session.js";
import { currentOf } from "./current.js";
import { contextOf, type Place, scopesOf, subjectOf } from "./facts.js";
import type { AuthzenAction, AuthzenSubject } from "./options.js";
import { isPolicyError, Refusal } from "./refusal.js";
import type { Setting } from "./setting.js";

type Said = Readonly<Record<string, Json>> | undefined;

/** Somebody who asks, as the evaluator takes it. */
export interface Asker {
  readonly subject: Subject;
  readonly context: Context;
  /** What the request said of the subject and of the circumstances, where it did. */
  readonly said: { readonly subject: AuthzenSubject; readonly context: Said };
  /** The directory's own objects, which come again. */
  readonly isKnown: boolean;
}

/** The asker of a request; undefined: nobody that the directory knows. The context tells of these scopes. */
export async function askerOf(
  setting: Setting,
  subject: AuthzenSubject,
  said: Said,
  scopes: readonly (string | undefined)[] | Promise<readonly (string | undefined)[]>,
): Promise<Asker | undefined> {
  const { directory, subjectTypes } = setting;
  const [known, places] = await Promise.all([subjectOf(directory, subjectTypes, subject), scopes]);
  if (known === undefined) return undefined;
  const context = await contextOf(directory, scopesOf([known], places), said);
  const isKnown = directory !== undefined && subject.properties === undefined && said === undefined;
  return { subject: known, context, said: { subject, context: said }, isKnown };
}

/** Asks a session of theirs, which is the question's until it returns. */
export function ask<T>(policy: Policy, asker: Asker, question: (session: Session) => T): T {
  if (asker.isKnown) return question(currentOf(policy).kept(asker.subject, asker.context));
  const session = opened(policy, asker);
  try {
    return question(session);
  } finally {
    session.free();
  }
}

/** What is asked of a record there. */
export function requestOf({ properties }: AuthzenAction, { record, scope }: Place): Request {
  return { resource: record, ...(scope !== undefined && { scope }), ...(properties !== undefined && { action: properties }) };
}

/** Why: `granted` is the reason of an allow, and of nothing else. */
export function reasonOf(session: Session, permission: string, action: AuthzenAction, place: Place): string {
  const request = requestOf(action, place);
  return session.can(permission, request) ? "granted" : session.decide(permission, request).reason;
}

function opened(policy: Policy, { subject, context, said }: Asker): Session {
  try {
    return policy.session(subject, context);
  } catch (thrown) {
    throw isTheirs(policy, said) ? new Refusal(`the request cannot be read: ${(thrown as Error).message}`) : thrown;
  }
}

/** Whether what the request said is at fault, and not what the directory has. */
function isTheirs(policy: Policy, { subject, context }: Asker["said"]): boolean {
  try {
    const attributes = { ...subject.properties };
    policy.session({ id: subject.id, attributes }, { attributes: { ...context } }).free();
    return false;
  } catch (thrown) {
    return isPolicyError(thrown);
  }
}
