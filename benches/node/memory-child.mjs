// `node --expose-gc memory-child.mjs ENGINE TIMES FORM`: in a process of its own, the memory that a policy takes, and at
// its own size the memory of a session. Prints the bytes as JSON: of JavaScript's heap, and of the memories of
// WebAssembly modules, which never shrink, so that all is in it that an instance that is still there ever took at once.

import { readFileSync } from "node:fs";
import { questions, record, scenario, USER } from "../scenario.mjs";

const SESSIONS = 1000;

const [name, times, form, file] = process.argv.slice(2);
const memories = new Set();
const { Instance, instantiate } = WebAssembly;
function seen(instance) {
  for (const value of Object.values(instance.exports)) {
    if (value instanceof WebAssembly.Memory) memories.add(new WeakRef(value));
  }
  return instance;
}
WebAssembly.Instance = function watched(module, imports) {
  return seen(new Instance(module, imports));
};
WebAssembly.Instance.prototype = Instance.prototype;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  seen(made.instance ?? made);
  return made;
};

const engine = await import(`../engines/${name}.mjs`);

async function taken() {
  for (let pass = 0; pass < 3; pass += 1) {
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  let module = 0;
  for (const memory of memories) module += memory.deref()?.buffer.byteLength ?? 0;
  return { heap: process.memoryUsage().heapUsed, module };
}

const less = (after, before) => ({ heap: after.heap - before.heap, module: after.module - before.module });

const given = (policy) => (form === "bytes" ? readFileSync(file) : engine.write(policy));
const loaded = async (written) => (engine.load ? engine.load(written) : written);
const open = (policy, user) => (engine.load ? engine.session(policy, user) : engine.open(policy, user));

// What the engine takes for itself is there before anything is measured.
const warm = await open(await loaded(engine.write(scenario())), USER);

const before = await taken();
// The text that an engine was given is garbage once it is loaded.
let policy = await loaded(given(scenario(Number(times))));
const all = less(await taken(), before);

const sessions = [];
let plain;
let asked;
if (times === "1") {
  const { allow, condition } = questions(scenario());
  const question = engine.question ?? ((each) => each);
  const unopened = await taken();
  for (let number = 0; number < SESSIONS; number += 1) {
    const session = await open(policy, { ...USER, id: `u-${number}` });
    session.can(...question(allow[0]));
    sessions.push(session);
  }
  plain = less(await taken(), unopened);
  const [action, resource] = condition[0];
  sessions.forEach((session, number) => session.can(...question([action, resource, record(resource, `u-${number}`)])));
  asked = less(await taken(), unopened);
}
process.stdout.write(JSON.stringify({ policy: all, sessions: SESSIONS, plain, asked, kept: [warm, policy].length }));
