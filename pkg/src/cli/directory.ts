// Directory files: the subjects and resources that a policy is asked about.

import type { Diagnostic, Directory } from "../node.js";
import { didYouMean } from "./nearest.js";
import { pointerOf } from "./place.js";
import type { Source } from "./read.js";

const KEYS = ["$schema", "context", "subjects", "resources"];
const RESOURCE_KEYS = ["type", "id", "scope", "attributes"];

type Wrong = (code: string, pointer: string, message: string, help?: string) => void;

/** The directory, refused with everything that is wrong with its shape. */
export function directoryOf(source: Source): Directory {
  const found: Diagnostic[] = [];
  const wrong: Wrong = (code, pointer, message, help) => {
    found.push({ code, severity: "error", pointer, message, ...(help === undefined ? {} : { help }) });
  };
  const directory = source.value;
  if (isObject(directory)) shape(directory, wrong);
  else wrong("wrong-type", "", "expected an object with `subjects`");
  source.refuse(found);
  return directory as Directory;
}

function shape(directory: Record<string, unknown>, wrong: Wrong): void {
  keys(directory, KEYS, "", wrong);
  const { subjects, resources = [] } = directory;
  if (!Array.isArray(subjects)) wrong("missing-key", "", "the key `subjects` is missing, a list");
  const ids = new Set<unknown>();
  for (const [index, subject] of (Array.isArray(subjects) ? (subjects as unknown[]) : []).entries()) {
    const { id } = (subject ?? {}) as { id?: unknown };
    if (id !== undefined && ids.has(id)) wrong("duplicate-id", pointerOf("subjects", index, "id"), `the id \`${String(id)}\` stands here twice`);
    ids.add(id);
  }
  if (!Array.isArray(resources)) wrong("wrong-type", "/resources", "expected a list");
  const names = new Set<string>();
  for (const [index, resource] of (Array.isArray(resources) ? (resources as unknown[]) : []).entries()) {
    one(resource, pointerOf("resources", index), names, wrong);
  }
}

function one(resource: unknown, at: string, names: Set<string>, wrong: Wrong): void {
  if (!isObject(resource)) return wrong("wrong-type", at, "expected an object");
  keys(resource, RESOURCE_KEYS, at, wrong);
  const { type, id, scope, attributes } = resource;
  for (const name of ["type", "id"]) {
    if (resource[name] === undefined) wrong("missing-key", at, `the key \`${name}\` is missing, a string`);
    else if (typeof resource[name] !== "string") wrong("wrong-type", `${at}/${name}`, "expected a string");
  }
  if (scope !== undefined && typeof scope !== "string") wrong("wrong-type", `${at}/scope`, "expected a string");
  if (attributes !== undefined && !isObject(attributes)) wrong("wrong-type", `${at}/attributes`, "expected an object");
  const name = JSON.stringify([type, id]);
  if (names.has(name)) wrong("duplicate-id", `${at}/id`, `the id \`${String(id)}\` stands here twice for \`${String(type)}\``);
  names.add(name);
}

function keys(object: object, known: readonly string[], at: string, wrong: Wrong): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) wrong("unknown-key", `${at}${pointerOf(key)}`, `unknown key \`${key}\``, didYouMean(key, known));
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
