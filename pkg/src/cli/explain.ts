// `grantlet explain`: one decision, and why.

import { type Decision, loadPolicy, type Policy, type PolicyDocument, type Request, type Subject } from "../node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { instant, located, type Origins, sentences, spotOf, spotted } from "./because.js";
import { CONTEXT_OPTIONS, type FactsFiles, factsOf, REQUEST_OPTIONS, requestOf } from "./facts.js";
import { didYouMean, listed } from "./nearest.js";
import { isForPeople, type Paint, paintOf } from "./paint.js";
import { readPolicy, type Source } from "./read.js";
import { asJson, told, visible } from "./report.js";

export const explain: Command = {
  name: "explain",
  usage: "POLICY --subject FILE PERMISSION [--context FILE] [--scope SCOPE] [--resource FILE] [--action FILE] [--now TIME] [--json]",
  summary: "one decision, and why it is so",
  about: [
    "Says whether the subject may, and what is behind it: each grant with its place in the policy, how the subject has it " +
      "with its place there, and of a deny what would be needed.",
    "A FILE may have `#` and a JSON pointer behind its name, for a subject or context inside a file of tests or a directory; " +
      "what begins with a brace is the document itself.",
  ],
  options: [
    { name: "subject", value: "FILE", about: "who asks" },
    ...CONTEXT_OPTIONS.slice(0, 1),
    ...REQUEST_OPTIONS,
    ...CONTEXT_OPTIONS.slice(1),
    JSON_OPTION,
  ],
  examples: [
    { line: "explain policy.yaml --subject anna.yaml --scope workspace:north crm.relation:edit", about: "may she, and why" },
    {
      line: "explain policy.yaml --subject policy.tests.yaml#/subjects/ben --context growth.yaml finance.invoice:edit",
      about: "a subject of a file of tests",
    },
    {
      line: "explain policy.yaml --subject anna.yaml --scope workspace:north --resource '{ owner: anna }' crm.relation:edit",
      about: "a record that is written down here",
    },
  ],
  one: "a document is not what it should be, whatever the decision",
  least: 2,
  most: 2,
  run,
};

interface Explained {
  readonly permission: string;
  readonly request: Request;
  readonly decision: Decision;
  readonly origins: Origins;
  readonly facts: FactsFiles;
  /** Roles that would allow it, or may, each by itself. */
  readonly givers: readonly string[];
}

async function run(call: Call): Promise<number> {
  const { out, env } = call.world;
  const { source, text } = await readPolicy(call.word(0), call.world);
  const policy: Policy<PolicyDocument> = await loadPolicy(text);
  const facts = await factsOf(call, policy);
  const request = await requestOf(call);
  const permission = call.word(1);
  const session = policy.session(facts.subject.value as Subject, facts.context);
  const decision = session.decide(permission, request);
  const givers = decision.reason === "not-granted" ? await rolesThatGive(permission, text) : [];
  const explained = { permission, request, decision, origins: { policy: source, subject: facts.subject }, facts, givers };
  if (call.has("json")) out.write(asJson(plain(explained)));
  else {
    const paint = paintOf(out, env);
    const manner = { paint, isForPeople: isForPeople(out, env) };
    out.write(`${lines(explained, policy, paint).join("\n")}\n`);
    for (const warning of facts.warnings) out.write(told(warning, facts.sources, manner));
  }
  return 0;
}

async function rolesThatGive(permission: string, text: string): Promise<string[]> {
  const { openTools } = await import("../tools.node.js");
  const { roles, cells } = (await openTools(text)).matrix();
  return roles.filter((role) => ["allow", "conditional"].includes(cells[role]?.[permission] ?? ""));
}

function plain({ permission, request, decision, origins, facts, givers }: Explained): unknown {
  const because = decision.because.map((one) => located(one, origins));
  return { permission, request, decision: { ...decision, because }, rolesThatGiveIt: givers, warnings: facts.warnings };
}

function lines(explained: Explained, policy: Policy<PolicyDocument>, paint: Paint): string[] {
  const { permission, request, decision, origins } = explained;
  const { effect, reason, until } = decision;
  const colour = { allow: paint.green, conditional: paint.yellow, deny: paint.red }[effect];
  const { id } = origins.subject.value as Subject;
  const where = request.scope === undefined ? "" : ` at \`${request.scope}\``;
  const head = `\`${permission}\` for \`${String(id)}\`${where}`;
  const word = effect === reason ? effect : `${effect} (${reason})`;
  const found = [`${colour(word)}: ${visible(head)}`];
  for (const [first, ...rest] of [...sentences(decision, origins), ...further(explained, policy)]) {
    found.push(`  - ${first}`, ...rest.map((line) => `    ${line}`));
  }
  if (until !== undefined) found.push(`  This can turn at ${instant(until)}.`);
  return found;
}

/** What a reason says that has no grant behind it, or what would be needed. */
function further(explained: Explained, policy: Policy<PolicyDocument>): string[][] {
  const { permission, request, decision, origins, givers } = explained;
  const { policy: written, subject } = origins;
  const document = written.value as PolicyDocument;
  switch (decision.reason) {
    case "unknown-permission":
      return [[`the policy has no such permission${tail(didYouMean(permission, policy.permissions))}`]];
    case "suspended":
      return [[`the status of the subject is \`${visible(String((subject.value as Subject).status))}\` (${spotted(spotOf(subject, "/status"))})`]];
    case "unknown-scope":
      return [[missingScope(request.scope ?? "", explained.facts, document)]];
    case "entitlement":
      return plansWith(decision, document);
    case "inactive": {
      const isTold = decision.because.some(({ status, from, until }) => (status ?? from ?? until) !== undefined);
      return isTold ? [] : [["an assignment that it is derived from is not active"]];
    }
    case "not-granted":
      return [["nothing that counts for the subject there gives it"], ...whoGives(givers, document, written)];
    default:
      return [];
  }
}

function tail(help: string | undefined): string {
  return help === undefined ? "" : `; ${help}`;
}

/** The first scope of the chain that is not known. */
function missingScope(reference: string, { context }: FactsFiles, { scopes = {} }: PolicyDocument): string {
  const seen = new Set<string>();
  let scope = reference;
  for (;;) {
    const type = scope.slice(0, Math.max(0, scope.indexOf(":")));
    const parentType = Object.hasOwn(scopes, type) ? scopes[type]?.in : undefined;
    if (!Object.hasOwn(scopes, type)) {
      const types = Object.keys(scopes);
      return `\`${visible(scope)}\` is no scope: the policy has ${types.length === 0 ? "no types of scope" : listed(types)}${tail(didYouMean(type, types))}`;
    }
    if (parentType === undefined) return `\`${visible(scope)}\` is no reference of a scope: one is a type, \`:\` and an id`;
    const parent = Object.hasOwn(context.scopes ?? {}, scope) ? context.scopes?.[scope]?.parent : undefined;
    if (parent === undefined || !parent.startsWith(`${parentType}:`) || seen.has(scope)) {
      return `\`${visible(scope)}\` is not known: the context has to list it in \`scopes\`, with a parent of the type \`${parentType}\``;
    }
    seen.add(scope);
    scope = parent;
  }
}

function plansWith({ because }: Decision, { plans = {} }: PolicyDocument): string[][] {
  const needed = new Set(because.map(({ entitlement }) => entitlement).filter((one) => one !== undefined));
  return [...needed].map((entitlement) => {
    const having = Object.keys(plans).filter((plan) => plans[plan]?.entitlements?.includes(entitlement));
    return [`\`${entitlement}\` is active where the context has it${having.length === 0 ? "" : `, or the plan ${having.map((plan) => `\`${plan}\``).join(" or ")}`}`];
  });
}

function whoGives(givers: readonly string[], { roles }: PolicyDocument, written: Source): string[][] {
  const assignable = givers.filter((role) => roles[role]?.abstract !== true);
  if (givers.length === 0) return [["no role of the policy gives it"]];
  const lines = (assignable.length === 0 ? givers : assignable).map((role) => {
    const { abstract, scopes = ["root"] } = roles[role] ?? {};
    const where = abstract === true ? "which is derived or inherited" : `assigned at ${scopes.map((type) => (type === "root" ? "the root" : `a \`${type}\``)).join(" or ")}`;
    return `\`${role}\`, ${where} (${spotted(spotOf(written, `/roles/${role}`))})`;
  });
  return [["these roles give it, at least under a condition:", ...lines]];
}
