/// <reference lib="esnext.disposable" preserve="true" />
// A compiled policy: its names, and the sessions that are opened with it.

import type { Context, PolicyDocument, Subject } from "./documents.js";
import { refusal } from "./error.js";
import { cross, release } from "./module.js";
import type { PermissionName, RoleName } from "./names.js";
import type { Permission } from "./permission.js";
import { makeSession, type Session } from "./session.js";
import { factsText } from "./source.js";
import { Vocabulary } from "./vocabulary.js";
import { PolicyHandle } from "./wasm/grantlet.js";

/** What else a session is opened with. */
export interface SessionOptions<P extends PolicyDocument = PolicyDocument> {
  /** The roles to activate («view as»); all where absent. */
  readonly roles?: readonly RoleName<P>[];
}

/** @internal Makes a policy of what the module compiled. */
export let makePolicy: (handle: PolicyHandle) => Policy;

/** A compiled policy. Without the type of its document it takes any name, and stands for any policy. */
export class Policy<P extends PolicyDocument = any> {
  /** Undefined once it was freed. */
  #handle: PolicyHandle | undefined;
  readonly #vocabulary: Vocabulary;

  private constructor(handle: PolicyHandle) {
    if (!(handle instanceof PolicyHandle)) throw new TypeError("a policy is loaded with `loadPolicy`");
    this.#handle = handle;
    this.#vocabulary = new Vocabulary(handle);
  }

  /** The names of all permissions, `resource:action`. */
  get permissions(): readonly string[] {
    this.#open();
    return this.#vocabulary.permissions;
  }

  /** The names of all roles. */
  get roles(): readonly string[] {
    this.#open();
    return this.#vocabulary.roles;
  }

  /** The names of all sections. */
  get sections(): readonly string[] {
    this.#open();
    return this.#vocabulary.sections;
  }

  /**
   * Opens a session for a subject. What the policy does not know of the facts is inert and among the session's
   * `warnings`; malformed facts are a `PolicyError` whose pointers are of the subject, the context or the options.
   */
  session(subject: Subject, context?: Context, options?: SessionOptions<P>): Session<P> {
    const handle = this.#open();
    const text = factsText({ subject, context, roles: options?.roles });
    const clock = Date.now();
    return makeSession<P>(
      this.#vocabulary,
      cross(() => handle.open(text, clock)),
      text,
    );
  }

  /** Looks a permission up, for whoever asks about it many times. Throws where the policy has none of that name. */
  permission(name: PermissionName<P>): Permission {
    this.#open();
    const permission = this.#vocabulary.handle(name);
    if (permission === undefined) {
      throw refusal("unknown-permission", `the policy has no permission \`${name}\``, {
        help: "compare with the policy's `permissions`",
      });
    }
    return permission;
  }

  /** Gives its memory back at once. Sessions that it opened go on: they hold what they need of it. */
  free(): void {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle !== undefined) release(handle);
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #open(): PolicyHandle {
    if (this.#handle === undefined) throw new Error("this policy was freed");
    return this.#handle;
  }

  static {
    makePolicy = (handle) => new Policy(handle);
  }
}
