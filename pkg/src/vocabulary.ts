// The names of one policy, shared by the policy and its sessions so that either can go before the other.

import { makePermission, type Permission } from "./permission.js";
import { cross } from "./module.js";
import type { PolicyHandle } from "./wasm/grantlet.js";

export class Vocabulary {
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  readonly sections: readonly string[];
  /** The number of each permission. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The handles that were made, by number. A handle is of this policy exactly if it stands in its place here. */
  readonly handles: (Permission | undefined)[];

  constructor(handle: PolicyHandle) {
    const lines = (text: string): readonly string[] => Object.freeze(text === "" ? [] : text.split("\n"));
    this.permissions = lines(cross(() => handle.permissions()));
    this.roles = lines(cross(() => handle.roles()));
    this.sections = lines(cross(() => handle.sections()));
    this.numbers = new Map(this.permissions.map((name, number) => [name, number]));
    this.handles = this.permissions.map(() => undefined);
  }

  handle(name: string): Permission | undefined {
    const number = this.numbers.get(name);
    return number === undefined ? undefined : (this.handles[number] ??= makePermission(name, number));
  }

  /** The number of a permission by name or handle; undefined for whatever is no permission of this policy. */
  number(permission: unknown): number | undefined {
    if (typeof permission === "string") return this.numbers.get(permission);
    const number = (permission as Permission | null | undefined)?.["index"];
    return number !== undefined && this.handles[number] === permission ? number : undefined;
  }
}
