// Programs in TypeScript that use the packed package, compiled in every way in which programs resolve packages.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { program, scratch } from "./support/pack.mjs";

/** Something of every entry, and at its end a typo that the types have to find. */
const PROGRAM = `import { definePolicy, loadPolicy, PolicyError, type Session } from "grantlet";
import { openSnapshot } from "grantlet/client";
import { bind } from "grantlet/dom";
import "grantlet/dom.css";
import { loadPolicy as loadInline } from "grantlet/inline";
import { openTools } from "grantlet/tools";

const document = definePolicy({
  grantlet: 1,
  resources: { crm: { actions: ["view", "edit"] } },
  roles: { sales: { allow: ["crm:view"] } },
});

export async function program(): Promise<boolean> {
  const policy = await loadPolicy(document);
  const session: Session<typeof document> = policy.session({ id: "anna" });
  bind(session).stop();
  const page = openSnapshot<typeof document>(session.snapshot());
  const recommended: readonly string[] = (await openTools(document)).recommend(["crm:view"]).roles;
  const error: Error = new PolicyError([]);
  const inline = (await loadInline(document)).session({ id: "anna" });
  const answers: boolean[] = [session.can("crm:view"), page.can("crm:edit"), inline.can("crm:view")];
  return answers.length > recommended.length && error.message !== "";
}

export async function typo(): Promise<boolean> {
  // @ts-expect-error
  return (await loadPolicy(document)).session({ id: "anna" }).can("crm:veiw");
}
`;

const SETTINGS = {
  "ES modules as Node resolves them": ["program.mts", "--module", "nodenext"],
  "CommonJS as Node resolves it": ["program.cts", "--module", "node16"],
  "CommonJS without `exports`, as before TypeScript 4.7": ["program.ts", "--module", "commonjs", "--moduleResolution", "node10"],
  "what a bundler resolves": ["program.ts", "--module", "esnext", "--moduleResolution", "bundler"],
};

const files = Object.fromEntries(["program.mts", "program.cts", "program.ts"].map((name) => [name, PROGRAM]));
const project = scratch("compilers", { files, packages: [] });

for (const [name, [file, ...settings]] of Object.entries(SETTINGS)) {
  test(`${name}, the types are there and find a typo`, () => {
    const strict = ["--strict", "--target", "es2022", "--lib", "es2022,dom,esnext.disposable", "--typeRoots", "none", "--noEmit"];
    const words = [program("typescript", "tsc"), file, ...settings, ...strict, "--noUncheckedSideEffectImports"];
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: project, encoding: "utf8" });
    assert.equal(stdout, "");
    assert.equal(status, 0);
  });
}
