// The people of a system as subjects, in memory: what is changed here is gone with the page. A directory in use
// is a database behind a server, which decides every change again.

const copy = (value) => structuredClone(value);

const isAt = (given, { scope }) => given.scope === scope;

const isSameSet = (left, right) => left.every((item) => right.includes(item)) && right.every((item) => left.includes(item));

/** A subject after a change that was allowed: of what it assigns just the new, and of what it takes away nothing. */
export function changed(subject, { revoke, assign, ungrant, grant }) {
  const isGone = (assignment) => [revoke, assign].some((part) => part?.role === assignment.role && isAt(assignment, part));
  const isUngranted = (direct) => ungrant !== undefined && isAt(direct, ungrant) && isSameSet(direct.permissions, ungrant.permissions);
  return {
    ...subject,
    assignments: [...subject.assignments.filter((assignment) => !isGone(assignment)), ...(assign === undefined ? [] : [assign])],
    grants: [...subject.grants.filter((direct) => !isUngranted(direct)), ...(grant === undefined ? [] : [grant])],
  };
}

export class Directory {
  #initial;
  #subjects;
  #earlier = [];

  constructor({ people }) {
    this.#initial = new Map(Object.entries(people).map(([id, { assignments, grants = [] }]) => [id, { id, assignments, grants }]));
    this.#subjects = copy(this.#initial);
  }

  get(id) {
    return this.#subjects.get(id);
  }

  get subjects() {
    return [...this.#subjects.values()];
  }

  /** How many changes there are to undo. */
  get changes() {
    return this.#earlier.length;
  }

  put(subject) {
    this.#earlier.push(this.#subjects);
    this.#subjects = new Map(this.#subjects).set(subject.id, copy(subject));
  }

  undo() {
    this.#subjects = this.#earlier.pop() ?? this.#subjects;
  }

  reset() {
    this.#earlier = [];
    this.#subjects = copy(this.#initial);
  }
}
