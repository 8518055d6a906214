// The policy of the present with what is kept for it: the sessions of those who were asked about last, the actions of
// each type of resource, and the tools that searches ask.

import type { Context, Subject } from "../documents.js";
import type { Policy } from "../policy.js";
import { openTools, type PolicyTools } from "../tools/api.js";
import { Kept } from "./kept.js";

/** So many sessions are kept at most; the one that was opened first goes first. */
const MOST = 10_000;

/** A policy that answers. */
export class Current {
  readonly #policy: Policy;
  /** By the subject's id. */
  readonly #sessions = new Map<string, Kept>();
  /** Whose they are, in a circle: the oldest one is at `#next`. A map looks for its first key past all that were deleted. */
  readonly #ids: string[] = [];
  #next = 0;
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
    if (kept === undefined) this.#makeRoom(subject.id);
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

  #makeRoom(id: string): void {
    const oldest = this.#ids[this.#next];
    if (oldest !== undefined) {
      this.#sessions.get(oldest)?.session.free();
      this.#sessions.delete(oldest);
    }
    this.#ids[this.#next] = id;
    this.#next = (this.#next + 1) % MOST;
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
