// Asking the evaluator about one subject.

import type { Context, Json, Request, Subject } from "../documents.js";
import type { Policy } from "../policy.js";
import type { Session } from "../session.js";
import { currentOf } from "./current.js";
import type { Awaitable } from "./directory.js";
import { contextOf, type Place, type Scopes, subjectOf } from "./facts.js";
import { after, both } from "./later.js";
import type { AuthzenAction, AuthzenSubject } from "./options.js";
import type { Setting } from "./setting.js";

type Said = Readonly<Record<string, Json>> | undefined;

/** Somebody who asks, as the evaluator takes it. */
export interface Asker {
  readonly subject: Subject;
  readonly context: Context;
  /** The directory's own objects, which come again. */
  readonly isKnown: boolean;
}

/**
 * Whoever a request asks for, by the scopes that the context is to tell of; undefined: nobody that the directory knows.
 */
export function askerOf(
  setting: Setting,
  subject: AuthzenSubject,
  said: Said,
  scopes: Awaitable<Scopes>,
): Awaitable<Asker | undefined> {
  return both(
    scopes,
    () => subjectOf(setting.directory, setting.subjectTypes, subject),
    (places, known) => {
      if (known === undefined) return undefined;
      const isKnown = setting.directory !== undefined && subject.properties === undefined && said === undefined;
      return after(contextAround(setting, known, said, places), (context) => ({ subject: known, context, isKnown }));
    },
  );
}

/** The context of a subject's questions at these scopes. */
export function contextAround({ directory }: Setting, subject: Subject, said: Said, scopes: Scopes): Awaitable<Context> {
  return contextOf(directory, [subject], scopes, said);
}

/** Asks a session of theirs, which is the question's until it returns. */
export function ask<T>(policy: Policy, { subject, context, isKnown }: Asker, question: (session: Session) => T): T {
  if (isKnown) return question(currentOf(policy).kept(subject, context).session);
  const session = policy.session(subject, context);
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
export function reasonOf(policy: Policy, asker: Asker, permission: string, action: AuthzenAction, place: Place): string {
  // Where nothing but the record is said, it is put together only for answers that turn on it.
  if (asker.isKnown && action.properties === undefined && place.scope === undefined) {
    return currentOf(policy).kept(asker.subject, asker.context).reason(permission, place);
  }
  const request = requestOf(action, place);
  return ask(policy, asker, (session) => (session.can(permission, request) ? "granted" : session.decide(permission, request).reason));
}
