// The module of `grantlet/tools`: a build of its own, loaded once for all tools, and asked nothing more once it failed.
// A page that has both entries has two modules that share nothing.

import type { Diagnostic } from "../answers.js";
import { PolicyError } from "../error.js";
import type { PolicyHandle } from "../../../target/glue/grantlet-tools.js";

/** What differs from runtime to runtime. */
export interface ToolsRuntime {
  /** Loads and starts the module. */
  load(): unknown;
  /** Reads a `file:` URL, where there are files. */
  readFile?(url: URL): Promise<Uint8Array>;
  PolicyHandle: typeof PolicyHandle;
}

let runtime: ToolsRuntime;
let loading: Promise<void> | undefined;
let failure: unknown;
let calls = 0;

/** Called by the entry. */
export function provide(given: ToolsRuntime): void {
  runtime = given;
}

/** What the module and its runtime have. The module is to be asked when it is there. */
export function tools(): ToolsRuntime {
  return runtime;
}

/** Waits for the module. A load that failed is tried anew by whoever asks next. */
export function ready(): Promise<void> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw new Error("the WebAssembly module of grantlet/tools could not be loaded", { cause });
  });
  return loading;
}

async function load(): Promise<void> {
  await runtime.load();
}

/**
 * One call into the module. On purpose it throws an object with the diagnostics of a question; anything else is a
 * failure inside, after which its memory is not to be trusted.
 */
export function cross<T>(call: () => T): T {
  if (failure !== undefined) throw broken();
  calls += 1;
  try {
    return call();
  } catch (thrown) {
    const { diagnostics } = (thrown ?? {}) as { diagnostics?: Diagnostic[] };
    if (diagnostics !== undefined) throw new PolicyError(diagnostics);
    failure = thrown ?? "unknown";
    throw broken();
  } finally {
    calls -= 1;
  }
}

function broken(): Error {
  return new Error("the WebAssembly module of grantlet/tools failed and answers no more", { cause: failure });
}

/** Gives a policy back, after the call during which a record's getter may have asked for that. */
export function release(handle: PolicyHandle): void {
  if (failure !== undefined) return;
  if (calls > 0) queueMicrotask(() => release(handle));
  else handle.free();
}
