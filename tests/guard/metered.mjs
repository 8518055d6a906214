// The package on a module that counts the instructions it executes. To be imported before anything is asked.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const module = fileURLToPath(import.meta.resolve("grantlet/grantlet.wasm"));
const metered = "target/metered/grantlet.wasm";
execFileSync(process.env.CARGO ?? "cargo", ["xtask", "meter", module, metered], { cwd: root, stdio: "inherit" });

let counter;
let memory;

const { Instance, Module } = WebAssembly;
WebAssembly.Module = function counting() {
  return new Module(readFileSync(`${root}${metered}`));
};
WebAssembly.Module.prototype = Module.prototype;
WebAssembly.Instance = function counted(module, imports) {
  const instance = new Instance(module, imports);
  counter = instance.exports.instructions;
  memory = instance.exports.memory;
  return instance;
};
WebAssembly.Instance.prototype = Instance.prototype;

export const { loadPolicy } = await import("grantlet");

/** How many instructions the module executes for `work`. */
export async function instructionsOf(work) {
  const before = counter?.value ?? 0n;
  await work();
  return Number(counter.value - before);
}

/** The module's memory in bytes. It never shrinks. */
export const memoryOf = () => memory.buffer.byteLength;
