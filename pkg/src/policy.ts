/// <reference lib="esnext.disposable" preserve="true" />
// A compiled policy: its names, and the sessions that are opened with it.

import type { ChangeDecision } from "./answers.js";
import type { Change } from "./change.js";
import type { Context, PolicyDocument, Subject } from "./documents.js";
import { refusal } from "./error.js";
import type { PermissionName, PolicyNames, RoleName } from "./names.js";
import type { Permission } from "./permission.js";
import { makeSession, type Session } from "./session.js";
import { changeText, factsText } from "./source.js";
import { Compiled } from "./compiled.js";
import { cross, parts } from "./module.js";
import type { PolicyHandle } from "../../target/glue/grantlet.js";

/** What else a session is opened with. */
export interface SessionOptions<P extends PolicyNames = PolicyDocument> {
  /** The roles to activate («view as»); all where absent. */
  readonly roles?: readonly RoleName<P>[];
}

/** @internal Makes a policy of what the module compiled. */
export let makePolicy: (handle: PolicyHandle) => Policy;

/** A compiled policy. Without the type of its document it takes any name, and stands for any policy. */
export class Policy<P extends PolicyNames = any> {
  /** Undefined once it was freed. */
  #compiled: Compiled | undefined;

  private constructor(handle: PolicyHandle) {
    if (!(handle instanceof parts().PolicyHandle)) throw new TypeError("a policy is loaded with `loadPolicy`");
    this.#compiled = new Compiled(handle);
  }

  /** The names of all permissions, `resource:action`. */
  get permissions(): readonly string[] {
    return this.#open().permissions;
  }

  /** The names of all roles. */
  get roles(): readonly string[] {
    return this.#open().roles;
  }

  /** The names of all sections. */
  get sections(): readonly string[] {
    return this.#open().sections;
  }

  /**
   * Opens a session for a subject. What the policy does not know of the facts is inert and among the session's
   * `warnings`; malformed facts are a `PolicyError` whose pointers are of the subject, the context or the options.
   */
  session(subject: Subject, context?: Context, options?: SessionOptions<P>): Session<P> {
    return makeSession<P>(this.#open(), factsText({ subject, context, roles: options?.roles }));
  }

  /** Looks a permission up, for whoever asks about it many times. Throws where the policy has none of that name. */
  permission(name: PermissionName<P>): Permission {
    const permission = this.#open().handle(name);
    if (permission === undefined) {
      throw refusal("unknown-permission", `the policy has no permission \`${name}\``, {
        help: "compare with the policy's `permissions`",
      });
    }
    return permission;
  }

  /**
   * Whether a change of somebody's roles or direct grants may be made, and why. What is malformed or unknown in the
   * change is a `PolicyError` whose pointers are of the change.
   */
  decideChange(change: Change<P>): ChangeDecision {
    const { policy } = this.#open();
    const decisions: ChangeDecision[] = [];
    cross(() => policy.decide_change(changeText(change), Date.now(), decisions));
    return decisions[0] as ChangeDecision;
  }

  /**
   * The compiled policy as bytes, which `loadPolicy` takes back faster than the document. They have no labels and no
   * descriptions in them, and another version of grantlet may refuse them.
   */
  toBytes(): Uint8Array {
    const { policy } = this.#open();
    return cross(() => policy.to_bytes());
  }

  /** Gives its memory back, with the last of its sessions: those that are open go on. */
  free(): void {
    const compiled = this.#compiled;
    this.#compiled = undefined;
    compiled?.letGo();
  }

  /** Calls `free`, at the end of the block of a `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  #open(): Compiled {
    if (this.#compiled === undefined) throw new Error("this policy was freed");
    return this.#compiled;
  }

  static {
    makePolicy = (handle) => new this(handle);
  }
}
