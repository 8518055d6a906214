// The policy of the present with what is kept for it: the sessions of those who were asked about last, the actions of
// each type of resource, and the tools that searches ask.

import type { Context, Subject } from "../documents.js";
import type { Policy } from "../policy.js";
import type { Session } from "../session.js";
import { openTools, type PolicyTools } from "../tools/api.js";
import type { Place } from "./facts.js";

/** So many sessions are kept at most; the one that was opened first goes first. */
const MOST = 10_000;

/** So many reasons are kept of one session at most; at one more they are all forgotten. */
const REASONS = 64;

/** A session that is kept, with reasons that no record can change. */
export class Kept {
  readonly subject: Subject;
  readonly context: Context;
  readonly session: Session;
  #reasons: Map<string, string> | undefined;

  constructor(subject: Subject, context: Context, session: Session) {
    this.subject = subject;
    this.context = context;
    this.session = session;
  }

  /** Why, of a record at the root: `granted` is the reason of an allow, and of nothing else. */
  reason(permission: string, place: Place): string {
    const known = this.#reasons?.get(permission);
    if (known !== undefined) return known;
    if (this.session.can(permission)) return "granted";
    const resource = place.record;
    if (this.session.can(permission, { resource })) return "granted";
    const seen = new Seen(resource);
    const { reason, until } = this.session.decide(permission, { resource: seen.record });
    // What was found without a look at the record, and for ever, is the reason for every other record too.
    if (!seen.isRead && until === undefined) this.#keep(permission, reason);
    return reason;
  }

  #keep(permission: string, reason: string): void {
    this.#reasons ??= new Map();
    if (this.#reasons.size === REASONS) this.#reasons.clear();
    this.#reasons.set(permission, reason);
  }
}

/** A record that tells whether it was looked at. */
class Seen {
  isRead = false;
  readonly record: object;

  constructor(record: object) {
    const look = (): void => {
      this.isRead = true;
    };
    this.record = new Proxy(record, {
      get: (target, key) => (look(), Reflect.get(target, key)),
      getOwnPropertyDescriptor: (target, key) => (look(), Reflect.getOwnPropertyDescriptor(target, key)),
    });
  }
}

/** A policy that answers. */
export class Current {
  readonly #policy: Policy;
  /** By the subject's id. */
  readonly #sessions = new Map<string, Kept>();
  #actions: Map<string, string[]> | undefined;
  #tools: Promise<PolicyTools> | undefined;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /**
   * A session of a subject as the directory has it: the same one for as long as the directory gives the same objects.
   * It is not to be freed, and is there until the next one is asked for.
   */
  kept(subject: Subject, context: Context): Kept {
    const kept = this.#sessions.get(subject.id);
    if (kept !== undefined && kept.subject === subject && kept.context === context) return kept;
    const made = new Kept(subject, context, this.#policy.session(subject, context));
    kept?.session.free();
    if (kept === undefined && this.#sessions.size === MOST) this.#forget();
    this.#sessions.set(subject.id, made);
    return made;
  }

  /** The names of the actions of a type of resource, in the policy's order. */
  actions(type: string): readonly string[] {
    this.#actions ??= actionsOf(this.#policy.permissions);
    return this.#actions.get(type) ?? [];
  }

  /** What searches ask. */
  tools(): Promise<PolicyTools> {
    return (this.#tools ??= openTools(this.#policy.toBytes()).catch((cause: unknown) => {
      this.#tools = undefined;
      throw cause;
    }));
  }

  #forget(): void {
    const [first] = this.#sessions;
    if (first === undefined) return;
    this.#sessions.delete(first[0]);
    first[1].session.free();
  }
}

/** Of each policy that was asked, what is kept for it. */
const answering = new WeakMap<Policy, Current>();

/** What is kept for a policy. */
export function currentOf(policy: Policy): Current {
  let current = answering.get(policy);
  if (current === undefined) answering.set(policy, (current = new Current(policy)));
  return current;
}

function actionsOf(permissions: readonly string[]): Map<string, string[]> {
  const actions = new Map<string, string[]>();
  for (const permission of permissions) {
    const colon = permission.indexOf(":");
    const type = permission.slice(0, colon);
    const ofType = actions.get(type);
    if (ofType === undefined) actions.set(type, [permission.slice(colon + 1)]);
    else ofType.push(permission.slice(colon + 1));
  }
  return actions;
}
