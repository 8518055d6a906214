// The answers at single scopes, a byte per permission, for as long as they hold.

/** So many scopes at once. A table of 250 permissions is 250 bytes. */
const MOST = 64;

/** Tables by scope. The oldest goes when there are too many. */
export class ScopeTables {
  /** Of a scope that was asked about once there is no table yet: a list may ask about each of its rows' scopes once. */
  readonly #tables = new Map<string, Uint8Array | undefined>();

  /** The table of a scope, made with `make` the second time that the scope is asked about. */
  at(scope: string, make: () => Uint8Array): Uint8Array | undefined {
    const found = this.#tables.get(scope);
    if (found !== undefined) return found;
    const table = this.#tables.has(scope) ? make() : undefined;
    if (table === undefined && this.#tables.size >= MOST) {
      const [oldest] = this.#tables.keys();
      this.#tables.delete(oldest as string);
    }
    this.#tables.set(scope, table);
    return table;
  }
}
