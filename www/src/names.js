// What a system calls its things, in the page's language: labels of the policy first, and the words of the demo for what
// has none there. A key is a kind and a name: `section.crm`, `resource.crm.relation`, `place.workspace:sales`.

import { inWords, label, words } from "./language.js";

const lastSegment = (path) => path.slice(path.lastIndexOf(".") + 1);

const sentenceCase = (said) => said.charAt(0).toLocaleUpperCase() + said.slice(1);

export const actionName = (action) => words().actions[action] ?? action;

export function namesOf({ system, written }) {
  const kinds = {
    section: (name) => label(written.sections[name], name),
    resource: (path) => label(written.resources[path], lastSegment(path)),
    action: (name) => sentenceCase(actionName(name)),
    place: (scope) => label(system.places[scope], scope),
    person: (id) => inWords(system.people[id].note),
    system: (key) => inWords(system[key]),
  };
  return (key) => {
    const dot = key.indexOf(".");
    return Object.hasOwn(kinds, key.slice(0, dot)) ? kinds[key.slice(0, dot)](key.slice(dot + 1)) : undefined;
  };
}
