// Asking the evaluator about one subject.

import type { Context, Json, Request, Subject } from "../documents.js";
import type { Policy } from "../policy.js";
import type { Session } from "../session.js";
import { currentOf } from "./current.js";
import type { Awaitable, ContextQuestion } from "./directory.js";
import { Around, contextOf, type Place, resourceOf, type Scopes, subjectOf, withAttributes, withProperties } from "./facts.js";
import { after, both } from "./later.js";
import type { AuthzenAction, AuthzenResource, AuthzenSubject } from "./options.js";
import type { Setting } from "./setting.js";

type Said = Readonly<Record<string, Json>> | undefined;

/** Somebody who asks, as the evaluator takes it, and what the directory has of it. */
export interface Asker {
  readonly subject: Subject;
  readonly context: Context;
  /** What the subject is without what the request says of it. */
  readonly known: Subject;
  /** What the context is without what the request says of it, and how the directory was asked for it. */
  readonly around: Context;
  readonly asked: ContextQuestion;
  /** The directory's own objects, which come again. */
  readonly isKnown: boolean;
}

/** Why, and how long this holds, in milliseconds since 1970-01-01T00:00:00Z. */
export interface Judged {
  /** `granted` is the reason of an allow, and of nothing else. */
  readonly reason: string;
  /** Infinite: for good. */
  readonly until: number;
}

/**
 * Whoever a request asks for, by the scopes that the context is to tell of; undefined: nobody that the directory knows.
 * `since` is before anything was asked of the directory, in milliseconds of `performance.now()`.
 */
export function askerOf(
  setting: Setting,
  subject: AuthzenSubject,
  said: Said,
  scopes: Awaitable<Scopes>,
  since: number,
): Awaitable<Asker | undefined> {
  return both(
    scopes,
    () => subjectOf(setting.directory, setting.subjectTypes, subject),
    (places, known) => {
      if (known === undefined) return undefined;
      const isKnown = setting.directory !== undefined && subject.properties === undefined && said === undefined;
      const who = withProperties(known, subject.properties);
      const asked = new Around([who], places);
      return after(contextOf(setting.directory, asked, since), (around) => {
        return { subject: who, context: withAttributes(around, said), known, around, asked, isKnown };
      });
    },
  );
}

/** Goes on with whoever a request asks for and the resource that it is about, which are looked up together. */
export function found<T>(
  setting: Setting,
  subject: AuthzenSubject,
  resource: AuthzenResource,
  said: Said,
  next: (asker: Asker | undefined, place: Place) => Awaitable<T>,
): Awaitable<T> {
  const since = performance.now();
  const finding = resourceOf(setting.directory, resource);
  const scopes = after(finding, ({ scope }) => [scope]);
  return after(askerOf(setting, subject, said, scopes, since), (asker) => after(finding, (place) => next(asker, place)));
}

/** The context of a subject's questions at these scopes. */
export function contextAround({ directory }: Setting, subject: Subject, said: Said, scopes: Scopes): Awaitable<Context> {
  return after(contextOf(directory, new Around([subject], scopes)), (around) => withAttributes(around, said));
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

/** Why, and how long this holds: that is asked first, so that what turns meanwhile is past it. */
export function judged(policy: Policy, asker: Asker, permission: string, action: AuthzenAction, place: Place): Judged {
  // Where nothing but the record is said, it is put together only for answers that turn on it.
  if (asker.isKnown && action.properties === undefined && place.scope === undefined) {
    const kept = currentOf(policy).kept(asker.subject, asker.context);
    const until = kept.session.turnsAt;
    return { reason: kept.reason(permission, place), until };
  }
  const request = requestOf(action, place);
  return ask(policy, asker, (session) => {
    const until = session.turnsAt;
    return { reason: session.can(permission, request) ? "granted" : session.decide(permission, request).reason, until };
  });
}
