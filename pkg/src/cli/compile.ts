// `grantlet compile`: a policy as bytes, which `loadPolicy` takes faster than the document.

import { loadPolicy } from "../node.js";
import { type Call, type Command, JSON_OPTION } from "./arguments.js";
import { readPolicy } from "./read.js";
import { asJson } from "./report.js";
import { UsageError } from "./world.js";
import { writeWhole } from "./write.js";

export const compile: Command = {
  name: "compile",
  usage: "POLICY -o FILE [--json]",
  summary: "a policy as bytes, which load faster",
  about: [
    "Writes what `loadPolicy` takes faster than the document. The file has no labels and no descriptions in it, and " +
      "another version of grantlet may refuse it: compile it with the version that loads it. It is written whole or not at all.",
  ],
  options: [{ name: "output", short: "o", value: "FILE", about: "the file; `-` is the standard output" }, JSON_OPTION],
  examples: [{ line: "compile policy.yaml -o policy.bin", about: "in a build" }],
  one: "the policy has an error",
  least: 1,
  most: 1,
  run,
};

async function run(call: Call): Promise<number> {
  const { out } = call.world;
  const file = call.need("output", "say where with `-o FILE`");
  const { text } = await readPolicy(call.word(0), call.world);
  const policy = await loadPolicy(text);
  const bytes = policy.toBytes();
  if (file === "-") {
    if (call.has("json")) throw new UsageError("the standard output takes either the bytes or `--json`");
    if (out.isTTY === true) throw new UsageError("bytes are nothing for a terminal", "name a file: `-o policy.bin`");
    out.write(bytes);
    return 0;
  }
  await writeWhole(file, bytes);
  const counts = { permissions: policy.permissions.length, roles: policy.roles.length };
  if (call.has("json")) out.write(asJson({ file, bytes: bytes.length, ...counts }));
  else out.write(`${file}: ${bytes.length} bytes, ${counts.permissions} permissions, ${counts.roles} roles\n`);
  return 0;
}
