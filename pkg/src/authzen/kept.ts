// A session that is kept, with the reasons of what it denied. A reason takes the module a hundred times as long as the
// answer itself, and is the same for every record that holds the same where it was looked at.

import type { Context, Subject } from "../documents.js";
import type { Session } from "../session.js";
import type { Place } from "./facts.js";

/** So many reasons are kept of one session at most; at one more they are all forgotten. */
const MOST = 64;

/** Why a permission is denied: one reason for every record, or one for each value of one of its members. */
interface Reasons {
  readonly member: string | undefined;
  readonly byValue: Map<unknown, string>;
}

export class Kept {
  readonly subject: Subject;
  readonly context: Context;
  readonly session: Session;
  readonly #reasons = new Map<string, Reasons>();
  #count = 0;

  constructor(subject: Subject, context: Context, session: Session) {
    this.subject = subject;
    this.context = context;
    this.session = session;
  }

  /** Why, of a record at the root: `granted` is the reason of an allow, and of nothing else. */
  reason(permission: string, place: Place): string {
    const known = this.#reasons.get(permission);
    if (known !== undefined && known.member === undefined) return known.byValue.get(undefined) as string;
    if (this.session.can(permission)) return "granted";
    const record = place.record;
    if (known?.member !== undefined) {
      const reason = known.byValue.get(valueOf(record, known.member));
      if (reason !== undefined) return reason;
    }
    if (this.session.can(permission, { resource: record })) return "granted";
    const seen = new Seen(record);
    const { reason, until } = this.session.decide(permission, { resource: seen.record });
    if (until === undefined) this.#keep(permission, seen, reason);
    return reason;
  }

  /** Keeps a reason that holds for ever, if it turned on one plain value of the record at most. */
  #keep(permission: string, { members }: Seen, reason: string): void {
    const [[member, value] = [undefined, undefined], another] = members;
    if (another !== undefined || Object(value) === value) return;
    if (this.#count === MOST) {
      this.#reasons.clear();
      this.#count = 0;
    }
    this.#count += 1;
    const known = this.#reasons.get(permission);
    if (known?.member === member && known !== undefined) known.byValue.set(value, reason);
    else this.#reasons.set(permission, { member, byValue: new Map([[value, reason]]) });
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
