// The listeners of a session, and the timer that calls them when its answers can have turned.

/** The longest delay that timers know. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** There is a timer only while somebody listens. */
export class Alarm {
  /** An entry for each subscription: one function may have several. */
  readonly #listeners = new Set<{ readonly tell: () => void }>();
  /** Takes the session to the present, and gives the next instant at which its answers can turn. */
  readonly #next: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(next: () => number) {
    this.#next = next;
  }

  /** Adds a listener. Returns what takes it away. */
  add(tell: () => void): () => void {
    const listener = { tell };
    this.#listeners.add(listener);
    if (this.#timer === undefined) this.#set();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#unset();
    };
  }

  /** Tells the listeners, and sets the timer anew. One that throws does not keep the others from being told. */
  ring(): void {
    this.#set();
    for (const listener of [...this.#listeners]) {
      // One listener may take another away.
      if (!this.#listeners.has(listener)) continue;
      try {
        listener.tell();
      } catch (thrown) {
        queueMicrotask(() => {
          throw thrown;
        });
      }
    }
  }

  /** For good. */
  end(): void {
    this.#listeners.clear();
    this.#unset();
  }

  #set(): void {
    this.#unset();
    if (this.#listeners.size > 0 && typeof setTimeout === "function") this.#wait(this.#next());
  }

  /** A timer may be early, and a distant instant takes several. What comes next is asked only once the instant has passed. */
  #wait(instant: number): void {
    if (instant === Infinity) return;
    const delay = Math.min(Math.max(instant - Date.now(), 1), LONGEST_DELAY);
    const timer = setTimeout(() => (Date.now() < instant ? this.#wait(instant) : this.ring()), delay);
    this.#timer = timer;
    // A session does not keep a process alive.
    if (typeof timer === "object") timer.unref?.();
  }

  #unset(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
