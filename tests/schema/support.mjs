// The schemas, compiled by a validator that minds everything about them, and the policies of the tests.

import { readdirSync, readFileSync } from "node:fs";
import Ajv from "ajv";

/** The schemas of the package, by the document that each is of. */
export const FILES = { policy: "grantlet", tests: "tests", directory: "directory" };

/** A file of the repository. */
export const text = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
export const json = (path) => JSON.parse(text(path));

export const schema = (document) => json(`pkg/${FILES[document]}.schema.json`);

/**
 * What checks a document against its schema. It refuses a schema with anything odd in it, but lets an alternative name a
 * key that the object around it has: that is how one of several keys is asked for.
 */
export function validator(document) {
  const ajv = new Ajv({ strict: true, strictRequired: false, allErrors: true });
  ajv.addVocabulary(["patternErrorMessage"]);
  return ajv.compile(schema(document));
}

/** The JSON files of a folder that are no expectations and no tables. */
export function policies(folder) {
  const names = readdirSync(new URL(`../../${folder}/`, import.meta.url));
  return names.filter((name) => /^[^.]+\.json$/.test(name)).map((name) => `${folder}/${name}`);
}

/**
 * What of a policy is a matter of its form, by the code of the diagnostic. A schema refuses each of these.
 * The rest is in what names lead to, in the text, or in how much there is of something:
 */
export const OF_FORM = new Set([
  "conflicting-keys",
  "empty-list",
  "invalid-condition",
  "invalid-language",
  "invalid-name",
  "invalid-number",
  "invalid-pattern",
  "invalid-time",
  "invalid-value",
  "missing-key",
  "reserved-name",
  "too-few-roles",
  "unknown-key",
  "unknown-operand",
  "unknown-operator",
  "unknown-variable",
  "unsupported-version",
  "wrong-type",
]);

/** No schema sees these, though it refuses a name that could not be declared, and so could lead to nothing. */
export const UNSEEN = new Set([
  "condition-too-deep",
  "cycle",
  "duplicate-id",
  "duplicate-key",
  "now-misplaced",
  "syntax",
  "too-deep",
  "too-large",
  "too-many",
  "undeclared-parent",
  "unknown-entitlement",
  "unknown-permission",
  "unknown-role",
  "unknown-scope-type",
  "unmatched-pattern",
]);
