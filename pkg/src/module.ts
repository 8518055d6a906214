// The WebAssembly module: loaded once for all policies of a page, by the loader of the runtime's entry, and called
// so that whatever goes wrong inside it never becomes an answer.

import type { Diagnostic } from "./answers.js";
import { PolicyError } from "./error.js";
import type { aside as asideOf, check, memory, PolicyHandle } from "../../target/glue/grantlet.js";
import type { Binder } from "../../target/glue/grantlet-dom.js";

/** What differs from runtime to runtime. */
export interface Runtime {
  /** Loads and starts the module. */
  load(): unknown;
  /** Reads a `file:` URL, where there are files. */
  readFile?(url: URL): Promise<Uint8Array> | undefined;
  /** What the module has: its two builds have the same, and one of them the binder too. */
  aside: typeof asideOf;
  check: typeof check;
  memory: typeof memory;
  PolicyHandle: typeof PolicyHandle;
  Binder?: typeof Binder;
}

let runtime: Runtime;
let loading: Promise<void> | undefined;

/**
 * Called by an entry. Entries of one page share one module: that of the first one, but until it is loaded the one with
 * the binder takes its place.
 */
export function provide(given: Runtime): void {
  if (runtime === undefined || (loading === undefined && given.Binder !== undefined)) runtime = given;
}

/** What the module has. To be asked when it is there. */
export function parts(): Pick<Runtime, "check" | "memory" | "PolicyHandle" | "Binder"> {
  return runtime;
}

/** Waits for the module. A load that failed is tried anew by whoever asks next. */
export function ready(): Promise<void> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw new Error("the WebAssembly module of grantlet could not be loaded", { cause });
  });
  return loading;
}

async function load(): Promise<void> {
  await runtime.load();
}

/** Reads a `file:` URL; undefined where the runtime has no files. */
export function readFile(url: URL): Promise<Uint8Array> | undefined {
  return runtime.readFile?.(url);
}

let failure: unknown;
let calls = 0;

/** Before a call into the module. After a failure inside it its memory is not to be trusted: it answers no more. */
export function enter(): void {
  if (failure !== undefined) throw broken();
  calls += 1;
}

/** After a call into the module, however it ended. */
export function leave(): void {
  calls -= 1;
}

/** What a call threw on purpose: the diagnostics of a document. Anything else is a failure inside the module. */
function refused(thrown: unknown): PolicyError | undefined {
  const { diagnostics } = (thrown ?? {}) as { diagnostics?: Diagnostic[] };
  return diagnostics && new PolicyError(diagnostics);
}

function broken(cause = failure, rest = " and answers no more"): Error {
  return new Error(`the WebAssembly module of grantlet failed${rest}`, { cause });
}

/** One call into the module. */
export function cross<T>(call: () => T): T {
  enter();
  try {
    return call();
  } catch (thrown) {
    const error = refused(thrown);
    failure = error === undefined ? (thrown ?? "unknown") : failure;
    throw error ?? broken();
  } finally {
    leave();
  }
}

/**
 * Calls into an instance of the module that is there for these calls alone, and its memory gone with it. Whatever goes
 * wrong inside it does so there. Objects of the module are neither taken there nor brought back.
 */
export async function aside<T>(calls: () => T): Promise<T> {
  if (failure !== undefined) throw broken();
  try {
    return await runtime.aside(calls);
  } catch (thrown) {
    throw refused(thrown) ?? broken(thrown, "");
  }
}

/**
 * Gives an object of the module back. A record's getter can end up here while the module reads the record; then the
 * object is given back after that call.
 */
export function release(handle: { free(): void }): void {
  if (failure !== undefined) return;
  if (calls > 0) queueMicrotask(() => release(handle));
  else handle.free();
}
