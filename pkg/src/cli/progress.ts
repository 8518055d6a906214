// A bar on the terminal for what takes longer than a second. It is drawn between two pieces of work, and leaves nothing.

import type { World } from "./world.js";

/** Milliseconds before it is shown, and between two drawings. */
const PATIENCE = 1000;
const PAUSE = 100;
const WIDTH = 30;

export class Progress {
  readonly #world: Pick<World, "err" | "now">;
  readonly #what: string;
  readonly #all: number;
  readonly #start: number;
  #drawn = 0;

  constructor(world: Pick<World, "err" | "now">, what: string, all: number) {
    [this.#world, this.#what, this.#all, this.#start] = [world, what, all, world.now()];
  }

  /** Tells that so many are done. */
  at(done: number): void {
    const { err, now } = this.#world;
    const time = now();
    if (err.isTTY !== true || time - this.#start < PATIENCE || time - this.#drawn < PAUSE) return;
    this.#drawn = time;
    const part = this.#all === 0 ? 1 : done / this.#all;
    const full = Math.round(part * WIDTH);
    err.write(`\r\x1b[2K${this.#what} ${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${Math.floor(part * 100)} %`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#drawn > 0) this.#world.err.write("\r\x1b[2K");
  }
}
