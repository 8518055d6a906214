// The worker of the example with a crowd that asks it: what tests bundle in place of `src/worker.ts`, beside which this
// file is put. Over sockets 10,000 requests at once would try how many connections a machine can open at a time; here each
// comes over the worker's binding to itself, and is a request like any other.

import worker from "./src/worker";

export { PolicyVersions } from "./src/worker";

/** So many requests are sent in one turn, none of which waits for those of before. */
const AT_ONCE = 500;

/** Sends requests without waiting for answers, and publishes policies meanwhile, one after the other. */
async function crowd({ SELF }, { requests, publisher, policies }) {
  let seen = 0;
  let isOver = false;
  let open = 0;
  let most = 0;
  const post = async ({ path, headers, body }) => {
    const response = await SELF.fetch(`http://edge${path}`, { method: "POST", headers, body });
    return { status: response.status, version: response.headers.get("policy-version"), text: await response.text() };
  };
  /** With the newest version that an answer had named when it was sent. */
  const one = async (request) => {
    const floor = seen;
    most = Math.max(most, ++open);
    const answer = await post(request);
    open -= 1;
    const [named] = /(?<="policyVersion":")\d+/.exec(answer.text) ?? [0];
    seen = Math.max(seen, Number(answer.version ?? named));
    return { floor, ...answer };
  };
  const published = (async () => {
    const versions = [];
    for (const body of policies) {
      if (isOver) break;
      versions.push(JSON.parse((await post({ path: "/policies", headers: publisher, body })).text).version);
      await scheduler.wait(25);
    }
    return versions;
  })();
  const asked = [];
  for (const [index, request] of requests.entries()) {
    asked.push(one(request));
    if (index % AT_ONCE === 0) await scheduler.wait(1);
  }
  const answers = await Promise.all(asked);
  isOver = true;
  return { answers, published: await published, most };
}

export default {
  async fetch(request, env, context) {
    if (new URL(request.url).pathname !== "/test/crowd") return worker.fetch(request, env, context);
    return Response.json(await crowd(env, await request.json()));
  },
};
