// `node cold-child.mjs ENGINE FILE FORM QUESTION`: in a process of its own, from nothing of the engine imported to the
// first answer. Prints the milliseconds.

import { readFileSync } from "node:fs";
import { USER } from "../scenario.mjs";

const READ = { text: (bytes) => bytes.toString(), json: (bytes) => JSON.parse(bytes.toString()), bytes: (bytes) => bytes };

const [name, file, form, question] = process.argv.slice(2);
const asked = JSON.parse(question);

const start = performance.now();
const engine = await import(`../engines/${name}.mjs`);
const written = READ[form](readFileSync(file));
const session = engine.load ? engine.session(await engine.load(written), USER) : await engine.open(written, USER);
const answer = session.can(...asked);
const spent = performance.now() - start;

if (answer !== true) throw new Error(`${name} answers ${answer} to its first question`);
process.stdout.write(String(spent));
