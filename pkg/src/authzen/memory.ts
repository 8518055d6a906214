// A directory that lies in memory: a directory file, or whatever else has its form.

import type { Directory as DirectoryFile, DirectoryResource, Subject } from "../documents.js";
import type { Directory, Found, ResourcesQuestion, SubjectsQuestion } from "./directory.js";
import { forGood, lastingFor } from "./lasting.js";

/**
 * A directory of what a directory file holds. It is read once: what is changed in it afterwards is not seen. Throws a
 * `TypeError` where an id, or a resource's type and id, stand there twice.
 */
export function memoryDirectory({ context = {}, subjects, resources = [] }: DirectoryFile): Directory {
  const byId = new Map<string, Subject>();
  subjects.forEach((subject, index) => {
    if (byId.has(subject.id)) throw twice(`/subjects/${index}/id`, subject.id);
    byId.set(subject.id, subject);
  });
  const byType = new Map<string, Map<string, DirectoryResource>>();
  resources.forEach((resource, index) => {
    let ofType = byType.get(resource.type);
    if (ofType === undefined) byType.set(resource.type, (ofType = new Map<string, DirectoryResource>()));
    if (ofType.has(resource.id)) throw twice(`/resources/${index}/id`, resource.id);
    ofType.set(resource.id, resource);
  });
  const everybody = [...byId.values()];
  const lists = new Map([...byType].map(([type, ofType]) => [type, [...ofType.values()]]));

  const directory: Directory = {
    subject: (id) => byId.get(id),
    resource: (type, id) => byType.get(type)?.get(id),
    subjects: (question) => page(everybody, question, isAskedFor(question)),
    resources: (question) => resourcesOf(lists.get(question.type) ?? [], question),
    context: () => context,
  };
  return lastingFor(directory, forGood);
}

async function resourcesOf(list: readonly DirectoryResource[], question: ResourcesQuestion): Promise<Found<DirectoryResource>> {
  const scopes = [...new Set(list.map(({ scope }) => scope))];
  const residuals = await question.conditions(scopes);
  const closed = new Set(scopes.filter((_, index) => residuals[index] === false));
  return page(list, question, ({ scope }) => !closed.has(scope));
}

/** Whether a subject can be an answer, by what it has been given and where. */
function isAskedFor({ roles, below = [], scopes }: SubjectsQuestion): (subject: Subject) => boolean {
  if (roles === undefined) return () => true;
  const [here, anywhere, above] = [new Set(roles), new Set(below), new Set(scopes)];
  return ({ grants, assignments }) =>
    (grants !== undefined && grants.length > 0) ||
    (assignments ?? []).some(
      ({ role, scope }) => anywhere.has(role) || (here.has(role) && (scope === undefined || above.has(scope))),
    );
}

/** A page of a list. A place in it is the number of what comes next; at what is none, the list begins. */
function page<T>(list: readonly T[], { after, limit }: { after?: string; limit: number }, keep: (one: T) => boolean): Found<T> {
  const found: T[] = [];
  for (let index = /^\d+$/.test(after ?? "") ? Number(after) : 0; index < list.length; index += 1) {
    const one = list[index] as T;
    if (!keep(one)) continue;
    if (found.length === limit) return { found, next: String(index) };
    found.push(one);
  }
  return { found };
}

function twice(pointer: string, id: string): TypeError {
  return new TypeError(`\`${pointer}\` of the directory: \`${id}\` stands there twice`);
}
