// `grantlet recommend`: the roles to assign for what is needed.

import { PolicyError, type Recommendation, type RecommendOptions } from "../tools.node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { didYouMean, listed } from "./nearest.js";
import { paintOf } from "./paint.js";
import { readPolicy } from "./read.js";
import { asJson, counted } from "./report.js";
import { UsageError } from "./world.js";

export const recommend: Command = {
  name: "recommend",
  usage: "POLICY PERMISSION… [--scope TYPE] [--plan PLAN] [--entitlement NAME] [--at-most N] [--json]",
  summary: "the roles that give what is needed and least besides",
  about: [
    "The assignable roles that together allow every PERMISSION, whatever the record, with the fewest further permissions; " +
      "of equals the fewest roles. The answer is exact. Without a plan and entitlements, every entitlement is active.",
  ],
  options: [
    { name: "scope", value: "TYPE", about: "the type of scope where they are to be assigned; the root if absent" },
    { name: "plan", value: "PLAN", about: "the customer's plan" },
    { name: "entitlement", value: "NAME", several: true, about: "what the customer has beside it" },
    { name: "at-most", value: "N", about: "how many roles there may be" },
    JSON_OPTION,
  ],
  examples: [
    { line: "recommend policy.yaml crm.relation:create finance.invoice:view", about: "which roles for both" },
    { line: "recommend --scope workspace policy.yaml crm.relation:create", about: "roles for a workspace" },
  ],
  one: "no set of roles gives it",
  least: 2,
  most: Infinity,
  run,
};

async function run(call: Call): Promise<number> {
  const { out, env } = call.world;
  const { text } = await readPolicy(call.word(0), call.world);
  const { openTools } = await import("../tools.node.js");
  const tools = await openTools(text);
  const needed = call.words.slice(1);
  const { permissions } = tools.matrix();
  let found: Recommendation;
  try {
    found = tools.recommend(needed, optionsOf(call));
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    const [{ code, message, help } = { code: "", message: thrown.message, help: undefined }] = thrown.diagnostics;
    const wrong = code === "unknown-permission" ? needed.find((one) => !permissions.includes(one)) : undefined;
    throw new UsageError(message, help ?? (wrong === undefined ? undefined : didYouMean(wrong, permissions)));
  }
  const none = found.roles.length === 0;
  if (call.has("json")) out.write(asJson(found));
  else {
    const paint = paintOf(out, env);
    out.write(none ? paint.red(refusal(found)) : paint.green(found.roles.join(" ")));
    out.write(none ? "\n" : `\n${counted(found.extra.length, "further permission")}${found.extra.map((one) => `\n  ${one}`).join("")}\n`);
  }
  return none ? 1 : 0;
}

function refusal({ missing }: Recommendation): string {
  return missing.length === 0 ? "no set of roles gives all of it together" : `no role allows ${listed(missing)} whatever the record`;
}

function optionsOf(call: Call): RecommendOptions {
  const [scope, plan, atMost] = [call.get("scope"), call.get("plan"), call.get("at-most")];
  const entitlements = call.all("entitlement");
  if (atMost !== undefined && !/^[1-9]\d{0,4}$/.test(atMost)) throw new UsageError(`\`${atMost}\` is no number of roles`);
  return {
    ...(scope === undefined ? {} : { scope }),
    ...(plan === undefined ? {} : { plan }),
    ...(entitlements.length === 0 ? {} : { entitlements }),
    ...(atMost === undefined ? {} : { atMost: Number(atMost) }),
  };
}
