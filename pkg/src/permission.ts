// Handles: a permission looked up once, for whoever asks about it many times.

/** @internal Makes the handle of a permission, of the policy that goes by that object. */
export let makePermission: (name: string, number: number, policy: object) => Permission;

/** @internal The number of a permission in that policy; undefined for whatever is no handle of it. */
export let numberOf: (permission: unknown, policy: object) => number | undefined;

/** A permission of one policy, looked up. */
export class Permission {
  /** Its name, `resource:action`. */
  readonly name: string;
  readonly #number: number;
  readonly #policy: object;

  private constructor(name: string, number: number, policy: object) {
    this.name = name;
    this.#number = number;
    this.#policy = policy;
    Object.freeze(this);
  }

  /** Its name. */
  toString(): string {
    return this.name;
  }

  static {
    makePermission = (name, number, policy) => new this(name, number, policy);
    numberOf = (permission, policy) => {
      try {
        // Nothing but a handle has these, whatever it looks like.
        const handle = permission as Permission;
        return handle.#policy === policy ? handle.#number : undefined;
      } catch {
        return undefined;
      }
    };
  }
}
