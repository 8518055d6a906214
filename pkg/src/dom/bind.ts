/// <reference lib="esnext.disposable" preserve="true" />
// Elements that follow a session. What they get is decided and set inside the module; here it is told when to look
// again.

import { Looks } from "./looks.js";
import { cross, parts, release } from "../module.js";
import type { PolicyNames } from "../names.js";
import { follow, type Session } from "../session.js";
import type { Binder, SessionHandle } from "../../../target/glue/grantlet-dom.js";

/** Elements that follow a session. */
export interface Binding {
  /** Ends it, and takes back everything that it set on the page. */
  stop(): void;
  /** Calls `stop`, at the end of the block of a `using`. */
  [Symbol.dispose](): void;
}

/**
 * Has the elements below a root follow a session by their attributes `data-grant`, `data-grant-section`,
 * `data-grant-else` and `data-grant-scope`, those that are added later too. All of them are judged when it returns.
 * Once the session is freed, everything is closed.
 */
export function bind<P extends PolicyNames>(
  session: Session<P>,
  root: Document | DocumentFragment | Element = document,
): Binding {
  const { handle: shared, leave } = follow(session, () =>
    cross(() => {
      handle.close();
      binder.refresh();
    }),
  );
  // Of the build that has the binder, which is the one that is loaded: `opened` looks.
  const handle = shared as SessionHandle;
  const binder = opened(handle, root, leave);
  const unsubscribe = session.subscribe(() => cross(() => binder.refresh()));
  let isBound = true;
  const stop = (): void => {
    if (!isBound) return;
    isBound = false;
    unsubscribe();
    leave();
    cross(() => binder.stop());
    release(binder);
  };
  return { stop, [Symbol.dispose]: stop };
}

function opened(handle: SessionHandle, root: Node, leave: () => void): Binder {
  try {
    const { Binder } = parts();
    if (Binder === undefined) throw new Error("a policy was loaded before `grantlet/dom` was imported: import it first");
    return cross(() => new Binder(handle, root, new Looks()));
  } catch (thrown) {
    leave();
    throw thrown;
  }
}
