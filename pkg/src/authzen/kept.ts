// A session that is kept, with the reasons of what it denied. A reason takes the module a hundred times as long as the
// answer itself, and is the same for every record that holds the same where it was looked at.

import type { Context, Subject } from "../documents.js";
import type { Session } from "../session.js";
import type { Place } from "./facts.js";

/** So many reasons are kept of one session at most; at one more they are all forgotten. */
const MOST = 64;

/** Why a permission is denied, for each value of the one member of the record that it turns on. */
interface Reasons {
  readonly member: string;
  readonly byValue: Map<unknown, string>;
}

export class Kept {
  readonly subject: Subject;
  readonly context: Context;
  readonly session: Session;
  /** By permission; a string is the reason for every record. */
  readonly #reasons = new Map<string, string | Reasons>();
  #count = 0;

  constructor(subject: Subject, context: Context, session: Session) {
    this.subject = subject;
    this.context = context;
    this.session = session;
  }

  /** Why, of a record at the root: `granted` is the reason of an allow, and of nothing else. */
  reason(permission: string, place: Place): string {
    const known = this.#reasons.get(permission);
    if (typeof known === "string") return known;
    if (this.session.can(permission)) return "granted";
    const record = place.record;
    const reason = known?.byValue.get(valueOf(record, known.member));
    if (reason !== undefined) return reason;
    return this.session.can(permission, { resource: record }) ? "granted" : this.#denied(permission, record);
  }

  /** Why it is denied. A reason that holds for ever is kept, if it turned on one plain value of the record at most. */
  #denied(permission: string, record: object): string {
    const seen = new Seen(record);
    const { reason } = this.session.decide(permission, { resource: seen.record });
    const [first, another] = seen.members;
    if (this.session.turnsAt !== Infinity || another !== undefined || Object(first?.[1]) === first?.[1]) return reason;
    if (this.#count === MOST) {
      this.#reasons.clear();
      this.#count = 0;
    }
    this.#count += 1;
    if (first === undefined) {
      this.#reasons.set(permission, reason);
      return reason;
    }
    const [member, value] = first;
    const known = this.#reasons.get(permission);
    if (typeof known === "object" && known.member === member) known.byValue.set(value, reason);
    else this.#reasons.set(permission, { member, byValue: new Map([[value, reason]]) });
    return reason;
  }
}

function valueOf(record: object, member: string): unknown {
  return Object.hasOwn(record, member) ? (record as Record<string, unknown>)[member] : undefined;
}

/** A record that remembers which of its members were looked at, and what stood there. */
class Seen {
  readonly members = new Map<string, unknown>();
  readonly record: object;

  constructor(record: object) {
    const look = (key: string | symbol): void => void this.members.set(String(key), valueOf(record, String(key)));
    this.record = new Proxy(record, {
      get: (target, key) => (look(key), Reflect.get(target, key) as unknown),
      getOwnPropertyDescriptor: (target, key) => (look(key), Reflect.getOwnPropertyDescriptor(target, key)),
    });
  }
}
