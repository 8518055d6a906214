// The start in a page of its own: from nothing of the engine imported to the first answer, in milliseconds. The policy is
// fetched as a program fetches it.

import { USER } from "../scenario.mjs";

const READ = {
  json: (response) => response.json(),
  text: (response) => response.text(),
  bytes: async (response) => new Uint8Array(await response.arrayBuffer()),
};

export async function start({ name, form, address, question }) {
  const before = performance.now();
  const [engine, written] = await Promise.all([import(`../engines/${name}.mjs`), fetch(address).then(READ[form])]);
  const session = engine.load ? engine.session(await engine.load(written), USER) : await engine.open(written, USER);
  const answer = session.can(...question);
  const spent = performance.now() - before;
  if (answer !== true) throw new Error(`${name} answers ${answer} to its first question`);
  return spent;
}
