// `grantlet serve`: an AuthZEN decision point on this machine.

import type { Awaitable, Call as Asked, Reply } from "../authzen.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { isForPeople, type Paint, paintOf } from "./paint.js";
import { Refused } from "./read.js";
import { told } from "./report.js";
import { guardOf, isLoopback, tokensOf } from "./serve-guard.js";
import { logOf } from "./serve-log.js";
import { addressOf, endOf, listening, serverOf } from "./serve-server.js";
import { Serving, watch } from "./serve-world.js";
import { UsageError, type World } from "./world.js";

const PORT = "8181";

export const serve: Command = {
  name: "serve",
  usage: "--policy FILE [--directory FILE] [--port NUMBER] [--host HOST] [--url URL] [--cert FILE --key FILE] [--token-file FILE] [--watch] [--log FILE] [--timeout SECONDS] [--json]",
  summary: "a decision point that speaks AuthZEN",
  about: [
    "Answers the OpenID AuthZEN Authorization API 1.0: evaluation, evaluations, the searches and the metadata. The type of " +
      "a resource and the name of an action make the permission; without a directory nobody is given anything but by derived roles.",
    "It listens on 127.0.0.1 unless another host is named, and there takes requests for this machine's names alone. It has " +
      "no other way of knowing who asks than the tokens of `--token-file`.",
    "SIGINT and SIGTERM end it, when what was asked is answered.",
  ],
  options: [
    { name: "policy", value: "FILE", about: "the policy" },
    { name: "directory", value: "FILE", about: "the subjects and resources that there are, and their context" },
    { name: "port", value: "NUMBER", about: `the port, ${PORT} if absent; 0 takes one that is free` },
    { name: "host", value: "HOST", about: "the name or address to listen on, 127.0.0.1 if absent" },
    { name: "url", value: "URL", about: "the identifier of the decision point, where others reach it by another address" },
    { name: "cert", value: "FILE", about: "the certificate, in PEM, to speak https" },
    { name: "key", value: "FILE", about: "its key" },
    { name: "token-file", value: "FILE", about: "bearer tokens, one in each line: whoever asks must have one of them" },
    { name: "watch", about: "take over what changes in the policy and the directory; what is broken is told and left" },
    { name: "log", value: "FILE", about: "append each decision as a line of JSON; `-` is the standard output" },
    { name: "timeout", value: "SECONDS", about: "how long a request may take to arrive, 10 if absent" },
    JSON_OPTION,
  ],
  examples: [
    { line: "serve --policy policy.yaml --directory directory.yaml --watch", about: "for programs on this machine" },
    {
      line: "serve --policy policy.yaml --directory directory.yaml --url https://pdp.example.com --token-file tokens.txt --log decisions.jsonl",
      about: "behind a proxy that speaks https",
    },
  ],
  one: "a document is not what it should be",
  least: 0,
  most: 0,
  run,
};

async function run(call: Call): Promise<number> {
  const { world } = call;
  const paint = paintOf(world.err, world.env);
  const host = call.get("host") ?? "127.0.0.1";
  const place = { host, address: await addressOf(host), url: urlOf(call) };
  const port = numberOf(call, "port", PORT, 0, 65_535);
  const seconds = numberOf(call, "timeout", "10", 1, 3600);
  const tokens = await tokensOf(call);
  const log = logOf(call.get("log"), world);
  const serving = await Serving.from(call, {
    fault: (thrown) => void world.err.write(`${paint.red("grantlet")}: ${String(thrown)}\n`),
    ...(log !== undefined && { log: log.write }),
    ...(place.url !== undefined && { url: place.url }),
  });
  const { nodeListener } = await import("../authzen.js");
  const guard = guardOf(place, tokens);
  const answer = (asked: Asked): Awaitable<Reply> => guard(asked) ?? serving.answer(asked);
  const server = await serverOf(call, seconds, nodeListener({ answer }));
  const watching = call.has("watch") ? watch(call, () => again(serving, call)) : undefined;
  try {
    const url = await listening(server, port, place);
    const ended = endOf(server);
    tell(call, url, serving.version);
    if (tokens === undefined && !isLoopback(place.address)) warn(host, paint, world);
    await ended;
  } finally {
    watching?.stop();
    log?.end();
  }
  return 0;
}

/** The first line: where it listens. It is out of the way of a log. */
function tell(call: Call, url: string, policyVersion: string): void {
  const { out, err } = call.world;
  if (call.has("json")) out.write(`${JSON.stringify({ url, policyVersion })}\n`);
  else (call.get("log") === "-" ? err : out).write(`listening on ${url}, policy ${policyVersion}\n`);
}

function warn(host: string, paint: Paint, { err }: World): void {
  err.write(
    `${paint.yellow("warning")}: \`${host}\` is reached from other machines, and whoever reaches it may ask about anybody\n` +
      `  ${paint.cyan("help")}: say who may ask with \`--token-file FILE\`, and speak https with \`--cert\` and \`--key\`\n`,
  );
}

/** Takes over what the files hold now; what is wrong with them is told, and what was there goes on. */
async function again(serving: Serving, call: Call): Promise<void> {
  const { err, env } = call.world;
  const paint = paintOf(err, env);
  try {
    await serving.renew(call);
    err.write(`policy ${serving.version} answers\n`);
  } catch (thrown) {
    if (thrown instanceof Refused) {
      for (const one of thrown.findings) err.write(told(one, thrown.sources, { paint, isForPeople: isForPeople(err, env) }));
    } else err.write(`${paint.red("grantlet")}: ${thrown instanceof UsageError ? thrown.message : String(thrown)}\n`);
    err.write(`${paint.yellow("warning")}: policy ${serving.version} goes on answering\n`);
  }
}

function numberOf(call: Call, name: string, otherwise: string, least: number, most: number): number {
  const written = call.get(name) ?? otherwise;
  const number = Number(written);
  if (/^\d{1,5}$/.test(written) && number >= least && number <= most) return number;
  throw new UsageError(`\`${written}\` is no ${name}`, `write a whole number from ${least} to ${most}`);
}

function urlOf(call: Call): string | undefined {
  const written = call.get("url");
  if (written === undefined) return undefined;
  const { protocol, search, hash, username, password } = URL.canParse(written) ? new URL(written) : new URL("none:");
  const isPlain = search === "" && hash === "" && username === "" && password === "";
  if ((protocol === "https:" || protocol === "http:") && isPlain) return written;
  throw new UsageError(`\`${written}\` is no url`, "write one such as `https://pdp.example.com`, without a query");
}
