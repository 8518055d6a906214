// Workers as Wrangler bundles them, run in workerd.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { program, run } from "./pack.mjs";

/** Bundles the project's script as for a release that is not made; gives its modules, as miniflare takes them. */
export function bundled(project, script, compatibilityDate) {
  const folder = join(project, `out-${script.replaceAll("/", "-")}`);
  const words = ["deploy", script, "--dry-run", "--outdir", folder, "--name", "worker"];
  run(process.execPath, [program("wrangler"), ...words, "--compatibility-date", compatibilityDate], {
    cwd: project,
    env: { ...process.env, CI: "true", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: join(project, "logs") },
  });
  const files = readdirSync(folder);
  const module = (type, name) => ({ type, path: `/${name}`, contents: readFileSync(join(folder, name)) });
  return [
    ...files.filter((name) => name.endsWith(".js")).map((name) => module("ESModule", name)),
    ...files.filter((name) => name.endsWith(".wasm")).map((name) => module("CompiledWasm", name)),
  ];
}

/** Bundles the script, and starts it; `options` are miniflare's. */
export function worker(project, script, compatibilityDate, options = {}) {
  return started(bundled(project, script, compatibilityDate), compatibilityDate, options);
}

/** Starts modules that were bundled. */
export function started(modules, compatibilityDate, options = {}) {
  return new Miniflare({
    cf: false,
    telemetry: { enabled: false },
    compatibilityDate,
    modulesRoot: "/",
    modules,
    ...options,
  });
}
