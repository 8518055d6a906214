// Before anything is timed: every engine gives the answer that follows from the grants, of every action on every
// resource, with a record of the user's own, with somebody else's, and without one. Without one they are not asked where
// the answer depends on the record: CASL then says yes ("to some"), and the others no.

import { ACTIONS, expected, record, scenario, SOMEBODY_ELSE, USER } from "../scenario.mjs";
import { opened } from "./engine.mjs";

const FEW = 1000;

function* probes(policy, unconditional) {
  const kind = expected(policy);
  for (const resource of policy.resources) {
    for (const action of ACTIONS) {
      const given = kind(resource, action);
      if (given !== "own") yield [action, resource, undefined, given === "always"];
      if (unconditional) continue;
      yield [action, resource, record(resource, USER.id), given !== "never"];
      yield [action, resource, record(resource, SOMEBODY_ELSE), given === "always"];
    }
  }
}

/** How many answers were compared; throws at the first one that is wrong. */
export async function agree(engine, times) {
  const policy = scenario(times);
  const { can, question } = await opened(engine, engine.write(policy), USER);
  const all = [...probes(policy, engine.unconditional)];
  const step = engine.slow ? Math.max(1, Math.floor(all.length / FEW)) : 1;
  let asked = 0;
  for (let place = 0; place < all.length; place += step) {
    const [action, resource, of, wanted] = all[place];
    const answer = can(...question([action, resource, of]));
    if (answer !== wanted) {
      const what = `${action} ${resource}${of === undefined ? "" : ` of ${of.ownerId}`}`;
      throw new Error(`${engine.name} answers ${answer} to \`${what}\` at ${times} times the grants, and ${wanted} is right`);
    }
    asked += 1;
  }
  return asked;
}
