// What the page shows at a moment: a system, its policy as compiled and as written, its directory, what is being looked
// at, and the session that answers for it. One object that every part of the page holds; opening another system fills it anew.

import { Directory } from "./directory.js";
import { contextOf, subjectOf } from "./facts.js";

const loaded = new Map();
const directories = new Map();

/** The policy of a system, compiled and as the document whose labels are read; once for each. */
export function policyOf(system) {
  if (!loaded.has(system.id)) {
    const loading = load(system);
    loaded.set(system.id, loading);
    loading.catch(() => loaded.delete(system.id));
  }
  return loaded.get(system.id);
}

async function load({ id }) {
  // Imported here and not at the top, so that a package which cannot be loaded is told like any other failure.
  const { loadPolicy } = await import("grantlet/dom");
  const response = await fetch(new URL(`/policies/${id}.json`, location));
  if (!response.ok) throw new Error(`the policy answered ${response.status}`);
  const written = await response.clone().json();
  return { written, policy: await loadPolicy(response) };
}

/** The people of a system with the changes that were made to them since the page was opened. */
export function directoryOf(system) {
  if (!directories.has(system.id)) directories.set(system.id, new Directory(system));
  return directories.get(system.id);
}

/** The subject and the context that what is being looked at comes to; the words need them as well as the session. */
export function factsOf(scene) {
  scene.look.subject = subjectOf(scene);
  scene.look.context = contextOf(scene);
  return { subject: scene.look.subject, context: scene.look.context };
}
