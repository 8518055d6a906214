/// <reference lib="esnext.disposable" preserve="true" />
// Questions over a policy, section 9 of the model. The answers are the module's; here they get their names.

import type { Diagnostic } from "../answers.js";
import { names } from "../compiled.js";
import type { Context, PolicyDocument, Request, Subject } from "../documents.js";
import type { ImportedPolicy, PermissionName, PolicyNames, RoleName } from "../names.js";
import { reading } from "../reading.js";
import { type Asked, asked, reference } from "../request.js";
import { type Imported, type PolicySource, policyText, written } from "../source.js";
import { cross, ready, release, tools } from "./module.js";
import type { Candidates, Residual } from "./residual.js";
import type { PolicyHandle } from "../../../target/glue/grantlet-tools.js";

export type { Diagnostic } from "../answers.js";
export type { Context, PolicyDocument, Request, Subject } from "../documents.js";
export { PolicyError } from "../error.js";
export type { ImportedPolicy, PermissionName, PolicyNames, RoleName } from "../names.js";
export type { PolicySource } from "../source.js";
export type { Candidates, Residual, ResidualOperand } from "./residual.js";

/** What a role alone gives of a permission. */
export type Cell = "allow" | "conditional" | "deny";

/** What every role gives, each by itself and with every entitlement active. */
export interface Matrix {
  /** The rows, in the policy's order. */
  readonly roles: readonly string[];
  /** The columns, in the policy's order. */
  readonly permissions: readonly string[];
  /** By role and permission. Where there is no cell the role gives nothing. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, Cell>>>>;
}

/** Within what roles are recommended. */
export interface RecommendOptions {
  /** The active entitlements, together with those of `plan`. With neither given, every one is active. */
  readonly entitlements?: readonly string[];
  /** The plan, with its entitlements. */
  readonly plan?: string;
  /** The type of the scope where the roles are to be assigned. Absent: the root. */
  readonly scope?: string;
  /** How many roles there may be at most. */
  readonly atMost?: number;
}

/** The roles that together allow what is needed, or what stands in the way of it. */
export interface Recommendation<P extends PolicyNames = any> {
  /** Their names in order. Without roles although something is needed, no set of roles can have it all. */
  readonly roles: readonly RoleName<P>[];
  /** The further permissions that they give, certainly or by a condition. */
  readonly extra: readonly PermissionName<P>[];
  /** If there is no set: the needed permissions that no role gives. */
  readonly missing: readonly PermissionName<P>[];
}

/** The subjects of a directory that may, by their ids and in its order. */
export interface Who {
  /** Those who may, whatever the record. */
  readonly allow: readonly string[];
  /** Those for whom it depends on the record. */
  readonly conditional: readonly string[];
}

/** For whom, where and with what action something is left of a policy's conditions. */
export interface ResidualQuestion {
  /** Who asks. */
  readonly subject: Subject;
  /** What the request or the page adds. */
  readonly context?: Context | undefined;
  /** The references of the scopes to ask at, `undefined` for the root, which alone is asked without them. */
  readonly scopes?: readonly (string | undefined)[] | undefined;
  /** The attributes of the action. */
  readonly action?: object | undefined;
}

/** What a newer policy changes. */
export interface Diff {
  /** The roles that both have and that differ. */
  readonly roles: Readonly<Record<string, RoleDiff>>;
  /** The roles that only the newer one has. */
  readonly added: readonly string[];
  /** The roles that only the older one has. */
  readonly removed: readonly string[];
}

/** The permissions that a role gains and loses, and those that it gives under another condition. */
export interface RoleDiff {
  /** Only the newer policy gives these. */
  readonly gained: readonly string[];
  /** Only the older one does. */
  readonly lost: readonly string[];
  /** Both do, under other conditions. */
  readonly changed: readonly string[];
}

/** As the module numbers them. */
const CELLS: readonly (Cell | undefined)[] = [undefined, "allow", "conditional", "deny"];

let makeTools: (handle: PolicyHandle) => PolicyTools;

/**
 * Loads a policy to be asked about, and the WebAssembly module of the tools with the first one. Rejects with a
 * `PolicyError` that lists everything that is wrong with the policy.
 */
export function openTools<const P extends ImportedPolicy>(source: P & Imported<P>): Promise<PolicyTools<P>>;
export function openTools<const P extends PolicyDocument>(source: P): Promise<PolicyTools<P>>;
export function openTools(source: PolicySource | Promise<Response>): Promise<PolicyTools>;
export async function openTools(source: PolicySource | Promise<Response>): Promise<PolicyTools> {
  const [text] = await Promise.all([policyText(source, (url) => tools().readFile?.(url)), ready()]);
  return makeTools(cross(() => tools().PolicyHandle.load(text)));
}

/** A policy to be asked about. What cannot be asked is a `PolicyError` whose pointers lead into the arguments. */
export class PolicyTools<P extends PolicyNames = any> {
  /** Undefined once it was freed. */
  #handle: PolicyHandle | undefined;
  readonly #permissions: readonly string[];
  readonly #roles: readonly string[];

  private constructor(handle: PolicyHandle) {
    if (!(handle instanceof tools().PolicyHandle)) throw new TypeError("tools are opened with `openTools`");
    [this.#permissions, this.#roles] = names(cross(() => handle.names()));
    this.#handle = handle;
  }

  /** For every role and permission, what the role alone gives at its scope with every entitlement active. */
  matrix(): Matrix {
    const handle = this.#open();
    const bytes = cross(() => handle.matrix());
    const [roles, permissions] = [this.#roles, this.#permissions];
    const row = (role: number): Record<string, Cell> => {
      const cells: [string, Cell][] = [];
      permissions.forEach((permission, number) => {
        const cell = CELLS[bytes[role * permissions.length + number] ?? 0];
        if (cell !== undefined) cells.push([permission, cell]);
      });
      return Object.fromEntries(cells);
    };
    return { roles, permissions, cells: Object.fromEntries(roles.map((role, number) => [role, row(number)])) };
  }

  /**
   * The assignable roles that together allow every needed permission, whatever the record, with the fewest further
   * permissions; of equals the fewest roles, then the first names. The answer is exact: where none can be proven in
   * time it throws a `PolicyError` with the code `too-complex`, whose message names the best that was found.
   */
  recommend(needed: readonly PermissionName<P>[], options: RecommendOptions = {}): Recommendation<P> {
    return this.#ask(2, question({ needed, options }));
  }

  /**
   * The subjects of a directory for whom the decision is allow, and those for whom it is conditional. A subject without
   * an id is nobody; a permission that the policy does not have is nobody's.
   */
  who(permission: PermissionName<P>, directory: readonly Subject[], context?: Context, request?: Request): Who {
    return this.#ask(0, question({ permission, directory, context }), asked(request));
  }

  /**
   * What is left of the policy's conditions (sections 5 and 6 of the model) for each scope, in their order, once all but
   * the record is known: a condition over attributes of the record alone. A record has the decision allow, asked about
   * with the same facts at that scope, exactly if the condition comes to true for it. It holds at this instant, or at the
   * context's `now`. A permission, a scope or a role that does not exist leaves `false`; malformed facts are a
   * `PolicyError` whose pointers lead into the question.
   */
  residual(permission: PermissionName<P>, asked: ResidualQuestion): Residual[] {
    const { subject, context, scopes = [undefined], action } = asked;
    const places = Array.isArray(scopes) ? Array.from(scopes, (scope) => reference(scope) ?? null) : scopes;
    return this.#ask(1, question({ permission, subject, context, scopes: places }), { action });
  }

  /**
   * Whose assignments can give a permission, so that a search over a directory need not look at all of it. Whoever has no
   * direct grant, no assignment of one of the `roles` at the scope of a request or above it, and none of one of those
   * `below` anywhere, is denied there (section 6 of the model), unless `everyone` is true. Nobody can have a permission
   * that the policy does not have.
   */
  candidates(permission: PermissionName<P>): Candidates {
    return this.#ask(3, String(permission));
  }

  /** For each role the permissions that it gains, loses, or gives under another condition in a newer policy. */
  diff(newer: PolicyDocument | ImportedPolicy | string): Diff {
    return this.#ask(4, typeof newer === "string" ? newer : written(newer, "the newer policy", "invalid-source"));
  }

  /** What in the policy is legal but suspicious, as warnings. */
  lint(): Diagnostic[] {
    return this.#ask(5, "");
  }

  /** Gives its memory back. Every later call throws, but for this one. */
  free(): void {
    const handle = this.#handle;
    this.#handle = undefined;
    if (handle !== undefined) release(handle);
  }

  /** Calls `free`, at the end of the block of a `using`. */
  [Symbol.dispose](): void {
    this.free();
  }

  /** Asks the module: the number of the question, and of a request what goes with it, stand with its `ask`. */
  #ask<T>(number: number, text: string, { scope, resource, action }: Asked = {}): T {
    const handle = this.#open();
    const into: T[] = [];
    reading(resource, action, (resource, action) =>
      cross(() => handle.ask(number, text, Date.now(), scope, resource, action, into)),
    );
    return into[0] as T;
  }

  #open(): PolicyHandle {
    if (this.#handle === undefined) throw new Error("these tools were freed");
    return this.#handle;
  }

  static {
    makeTools = (handle) => new this(handle);
  }
}

function question(members: object): string {
  return written(members, "the question", "invalid-question");
}
