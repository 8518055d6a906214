// Policies in Workers KV: a record for each version, which never changes, and a pointer to the one of the present.

import { PolicyError } from "../error.js";
import type { Awaitable } from "./directory.js";
import type { Policies, VersionedPolicy } from "./policies.js";
import { type KVNamespaceLike, POINTER, PREFIX, Refused } from "./kv/namespace.js";
import { type Pointer, policyOf, pointerOf, textOf } from "./kv/record.js";
import { telling } from "./told.js";
import { within } from "./within.js";

/** How policies in KV are asked for. Times are milliseconds. */
export interface KVPoliciesOptions {
  /** How often the pointer is looked up at most, 10,000 where absent. KV itself may give an old one for a minute. */
  readonly refresh?: number;
  /** How long KV may take for one value, 2,000 where absent. */
  readonly timeout?: number;
  /** For how long the last good policy answers while KV does not, 300,000 where absent. Then nothing is allowed. */
  readonly maxStale?: number;
  /** Characters of a record at most, 8,000,000 where absent. */
  readonly most?: number;
  /** What all keys begin with, `policy:` where absent. */
  readonly prefix?: string;
  /**
   * The runtime's `waitUntil`, such as that of `cloudflare:workers`. With it no request waits for KV once there is a good
   * policy; without it the request that finds the pointer due does.
   */
  readonly waitUntil?: (promise: Promise<unknown>) => void;
  /** Told why a policy was not taken over, or could not be asked for; of the same reason once. */
  readonly onRefused?: (fault: Error) => void;
}

/**
 * Takes the policy from KV, and takes a newer one over while it answers. One that is broken, is not what the pointer says
 * or is older than the one that is held is refused, and the one that is held stays. Where KV fails, or has no pointer that
 * can be read, the one that is held stays for `maxStale`; without one, and then, nothing is allowed.
 */
export function kvPolicies(namespace: KVNamespaceLike, options: KVPoliciesOptions = {}): Policies {
  return new Followed(namespace, options);
}

/** The policy that is held. */
interface Held extends Pointer {
  readonly versioned: VersionedPolicy;
}

/** A record that is as the pointer says, and no policy. */
interface Broken extends Pointer {
  readonly refused: Refused;
}

class Followed implements Policies {
  readonly #namespace: KVNamespaceLike;
  readonly #options: KVPoliciesOptions;
  readonly #refused: (fault: Error) => void;
  readonly #refresh: number;
  readonly #timeout: number;
  readonly #maxStale: number;
  readonly #prefix: string;
  #held: Held | undefined;
  /** The record that was read last and is broken. It never changes, so it need not be read again. */
  #broken: Broken | undefined;
  /** When the question began that KV answered last. */
  #answered = -Infinity;
  #lookup: { readonly began: number; readonly done: Promise<void> } | undefined;
  /** When the last lookup began. */
  #looked = -Infinity;
  #failure: unknown;
  #told: string | undefined;

  constructor(namespace: KVNamespaceLike, options: KVPoliciesOptions) {
    const { refresh = 10_000, timeout = 2000, maxStale = 300_000, prefix = PREFIX } = options;
    this.#namespace = namespace;
    this.#options = options;
    this.#refused = telling(options.onRefused);
    this.#refresh = refresh;
    this.#timeout = timeout;
    this.#maxStale = maxStale;
    this.#prefix = prefix;
  }

  current(): Awaitable<VersionedPolicy> {
    const now = performance.now();
    const good = this.#good(now);
    if (good !== undefined && now - this.#looked < this.#refresh) return good;
    const done = this.#lookUp(now);
    return good !== undefined && this.#options.waitUntil !== undefined ? good : this.#after(done);
  }

  /** The policy that is held, unless KV has been silent for too long. */
  #good(now: number): VersionedPolicy | undefined {
    return now - this.#answered <= this.#maxStale ? this.#held?.versioned : undefined;
  }

  /** The lookup that is under way, or a new one. One whose request was called off may never end: it is given up. */
  #lookUp(now: number): Promise<void> {
    if (this.#lookup !== undefined && now - this.#lookup.began < this.#patience) return this.#lookup.done;
    this.#looked = now;
    const lookup = {
      began: now,
      done: this.#look(now).finally(() => {
        if (this.#lookup === lookup) this.#lookup = undefined;
      }),
    };
    this.#lookup = lookup;
    this.#options.waitUntil?.(lookup.done);
    return lookup.done;
  }

  /** Longer than two values take. */
  get #patience(): number {
    return 3 * this.#timeout;
  }

  async #after(done: Promise<void>): Promise<VersionedPolicy> {
    try {
      await within(this.#patience, done, "the lookup of the policy");
    } catch (thrown) {
      this.#failure = thrown;
    }
    const good = this.#good(performance.now());
    if (good !== undefined) return good;
    throw new Error("there is no policy that can be trusted", { cause: this.#failure });
  }

  /** Looks for a newer policy. It never rejects. */
  async #look(began: number): Promise<void> {
    try {
      const pointer = pointerOf(await this.#read(POINTER));
      if (!isSame(this.#held, pointer)) await this.#take(pointer);
      this.#answered = Math.max(this.#answered, began);
      this.#told = undefined;
    } catch (thrown) {
      if (thrown instanceof Refused) this.#answered = Math.max(this.#answered, began);
      this.#failure = thrown;
      this.#tell(thrown);
    }
  }

  /** Holds the policy that the pointer names, if it is newer and nothing is wrong with it. */
  async #take(pointer: Pointer): Promise<void> {
    const { version } = pointer;
    if (this.#broken !== undefined && isSame(this.#broken, pointer)) throw this.#broken.refused;
    this.#mustBeNewer(pointer);
    const text = await textOf(await this.#read(version), pointer, this.#options.most);
    const versioned = await policyOf(text, version).catch((cause: unknown) => {
      const thrown = cause instanceof PolicyError ? new Refused(version, cause.message, cause) : cause;
      if (thrown instanceof Refused) this.#broken = { ...pointer, refused: thrown };
      throw thrown;
    });
    // Another lookup may have been faster.
    if (isSame(this.#held, pointer)) return;
    this.#mustBeNewer(pointer);
    this.#held = { ...pointer, versioned };
  }

  #mustBeNewer({ version }: Pointer): void {
    if (this.#held === undefined || Number(version) > Number(this.#held.version)) return;
    const isOld = Number(version) < Number(this.#held.version);
    throw new Refused(version, isOld ? `it is older than \`${this.#held.version}\`` : "it is not the one of before");
  }

  #read(key: string): Promise<string | null> {
    return within(this.#timeout, this.#namespace.get(`${this.#prefix}${key}`), "KV");
  }

  #tell(thrown: unknown): void {
    const fault = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (this.#told === fault.message) return;
    this.#told = fault.message;
    this.#refused(fault);
  }
}

function isSame(held: Pointer | undefined, { version, sha256 }: Pointer): boolean {
  return held?.version === version && held.sha256 === sha256;
}
