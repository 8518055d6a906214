// What a policy and its sessions share: the names, and the module's side of the policy. Either can go before the other.

import { makePermission, type Permission } from "./permission.js";
import { cross, release } from "./module.js";
import type { PolicyHandle } from "../../target/glue/grantlet.js";

/** The byte of an answer that allows. */
export const ALLOW = 1;

export class Compiled {
  readonly policy: PolicyHandle;
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  readonly sections: readonly string[];
  /** The number of each permission. */
  readonly numbers: Numbers;
  /** The handles that were made, by number. A handle is of this policy exactly if it stands in its place here. */
  readonly handles: (Permission | undefined)[];
  /** The policy and each of its sessions that was not freed. */
  #holders = 1;

  constructor(policy: PolicyHandle) {
    this.policy = policy;
    [this.permissions, this.roles, this.sections] = names(cross(() => policy.names()));
    this.numbers = numbered(this.permissions);
    this.handles = this.permissions.map(() => undefined);
  }

  hold(): void {
    this.#holders += 1;
  }

  /** The last one to let go gives the module's memory back. */
  letGo(): void {
    this.#holders -= 1;
    if (this.#holders === 0) release(this.policy);
  }

  handle(name: string): Permission | undefined {
    const number = this.numbers[name];
    return number === undefined ? undefined : (this.handles[number] ??= makePermission(name, number));
  }

  /** The number of a permission by name or handle; undefined for whatever is no permission of this policy. */
  number(permission: unknown): number | undefined {
    if (typeof permission === "string") return this.numbers[permission];
    const number = (permission as Permission | null | undefined)?.["index"];
    return number !== undefined && this.handles[number] === permission ? number : undefined;
  }
}

/** The names of each kind: a line each, and an empty one between two kinds. */
export function names(text: string): [permissions: readonly string[], roles: readonly string[], sections: readonly string[]] {
  const lines = text.split("\n");
  const next = (): readonly string[] => Object.freeze(lines.splice(0, lines.indexOf("") + 1).slice(0, -1));
  return [next(), next(), next()];
}

/**
 * Numbers by name, in an object without a prototype. V8 looks a name up in it in 6 to 11 ns; in a map it does so only
 * for a literal of the program, and takes 40 to 80 ns for a name that was put together at run time.
 */
export type Numbers = Readonly<Record<string, number>>;

function numbered(names: readonly string[]): Numbers {
  const numbers = Object.create(null) as Record<string, number>;
  names.forEach((name, number) => {
    numbers[name] = number;
  });
  return numbers;
}
