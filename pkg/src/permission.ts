// Handles: a permission looked up once, for whoever asks about it many times.

/** @internal Makes the handle of a permission. */
export let makePermission: (name: string, index: number) => Permission;

/** A permission of one policy, looked up. */
export class Permission {
  /** Its name, `resource:action`. */
  readonly name: string;
  /** Its number in the policy. Sessions believe it only of the very object that their policy made. */
  protected readonly index: number;

  private constructor(name: string, index: number) {
    this.name = name;
    this.index = index;
    Object.freeze(this);
  }

  toString(): string {
    return this.name;
  }

  static {
    makePermission = (name, index) => new this(name, index);
  }
}
