// The package as it is published: packed once, and installed into scratch projects below `target/runtimes`.
//
// Several files of tests run at a time, each in a process of its own. A tarball goes by the contents of the package and
// appears whole or not at all; a scratch project belongs to the one test that names it.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const PACKAGE = at("../../../pkg");
const WORK = at("../../../target/runtimes");
const MODULES = at("../node_modules");
/** What of the package's folder is never published. */
const UNPUBLISHED = ["node_modules", "src"];

/** Everything that the suite has installed, by name. */
const { devDependencies, optionalDependencies } = JSON.parse(readFileSync(at("../package.json"), "utf8"));
const INSTALLED = Object.keys({ ...devDependencies, ...optionalDependencies });

/** Runs a program to its end and gives what it printed; one that fails is an error with all that it said. */
export function run(program, words, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: "utf8", ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`\`${[program, ...words].join(" ")}\` ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

function digest() {
  const hash = createHash("sha256");
  const read = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (UNPUBLISHED.includes(entry.name)) continue;
      if (entry.isDirectory()) read(path);
      else hash.update(`${path}\n`).update(readFileSync(path));
    }
  };
  read(PACKAGE);
  return hash.digest("hex").slice(0, 16);
}

/** The path of the package's tarball; packs it if nobody has packed it as it is now. */
export function tarball() {
  const place = join(WORK, `pack-${digest()}`);
  const path = join(place, "grantlet.tgz");
  if (existsSync(path)) return path;
  mkdirSync(WORK, { recursive: true });
  const making = mkdtempSync(join(WORK, "packing-"));
  const [{ filename }] = JSON.parse(run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", making], { cwd: PACKAGE }));
  renameSync(join(making, filename), join(making, "grantlet.tgz"));
  try {
    renameSync(making, place);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(path)) throw error;
    rmSync(making, { recursive: true });
  }
  return path;
}

/**
 * A fresh project below `target/runtimes` with grantlet installed from its tarball; gives its path. `files` are its
 * files by name, `manifest` what else its `package.json` says, and `packages` what else it finds in its `node_modules`:
 * links to what the suite has installed, everything where it does not say. `npm: true` has npm install the tarball,
 * which takes seconds; otherwise it is unpacked to where npm would put it.
 */
export function scratch(name, { files = {}, manifest = {}, packages = INSTALLED, npm = false } = {}) {
  const project = join(WORK, name);
  rmSync(project, { recursive: true, force: true });
  write(project, {
    ...files,
    "package.json": JSON.stringify({ name, version: "0.0.0", private: true, type: "module", ...manifest }, null, 2),
  });
  install(project, npm);
  for (const wanted of packages) {
    const link = join(project, "node_modules", wanted);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(MODULES, wanted), link);
  }
  return project;
}

/** Writes files into a folder, by name. */
export function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function install(project, npm) {
  if (npm) {
    run("npm", ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", tarball()], { cwd: project });
    return;
  }
  const place = join(project, "node_modules/grantlet");
  mkdirSync(place, { recursive: true });
  run("tar", ["-xzf", tarball(), "--strip-components=1", "-C", place]);
}

/** The path of the program that an installed package brings, such as `vite`, to be run by Node. */
export function program(name, bin = name) {
  const manifest = manifestOf(name);
  return join(MODULES, name, typeof manifest.bin === "string" ? manifest.bin : manifest.bin[bin]);
}

/** The version of an installed package. */
export function version(name) {
  return manifestOf(name).version;
}

function manifestOf(name) {
  return JSON.parse(readFileSync(join(MODULES, name, "package.json"), "utf8"));
}
