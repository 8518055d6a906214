// Asking the evaluator about one subject.

import type { Context, Json, Request, Subject } from "../documents.js";
import type { Policy } from "../policy.js";
import type { Session } from "../session.js";
import { currentOf } from "./current.js";
import { contextOf, type Place, scopesOf, subjectOf } from "./facts.js";
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

type Scopes = readonly (string | undefined)[];

/**
 * Whoever a request asks for, by the scopes that the context is to tell of; undefined: nobody that the directory knows.
 */
export async function askerOf(
  setting: Setting,
  subject: AuthzenSubject,
  said: Said,
  scopes: Promise<Scopes>,
): Promise<Asker | undefined> {
  const finding = subjectOf(setting.directory, setting.subjectTypes, subject);
  const [known, places] = await Promise.all([finding, scopes]);
  if (known === undefined) return undefined;
  const isKnown = setting.directory !== undefined && subject.properties === undefined && said === undefined;
  return { subject: known, context: await contextAround(setting, known, said, places), isKnown };
}

/** The context of a subject's questions at these scopes. */
export function contextAround({ directory }: Setting, subject: Subject, said: Said, scopes: Scopes): Promise<Context> {
  return contextOf(directory, scopesOf([subject], scopes), said);
}

/** Asks a session of theirs, which is the question's until it returns. */
export function ask<T>(policy: Policy, { subject, context, isKnown }: Asker, question: (session: Session) => T): T {
  if (isKnown) return question(currentOf(policy).kept(subject, context));
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
export function reasonOf(session: Session, permission: string, action: AuthzenAction, place: Place): string {
  const request = requestOf(action, place);
  return session.can(permission, request) ? "granted" : session.decide(permission, request).reason;
}
