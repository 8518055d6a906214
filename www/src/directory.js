// The people of a system as subjects, in memory: what is changed here is gone with the page. A directory of its own kind
// is a database behind a server, which decides every change again.

const copy = (value) => structuredClone(value);

export class Directory {
  #initial;
  #subjects;

  constructor({ people }) {
    this.#initial = new Map(Object.entries(people).map(([id, { assignments, grants = [] }]) => [id, { id, assignments, grants }]));
    this.reset();
  }

  get(id) {
    return this.#subjects.get(id);
  }

  put(subject) {
    this.#subjects.set(subject.id, copy(subject));
  }

  get subjects() {
    return [...this.#subjects.values()];
  }

  get isChanged() {
    return JSON.stringify([...this.#initial.values()]) !== JSON.stringify(this.subjects);
  }

  reset() {
    this.#subjects = new Map([...this.#initial].map(([id, subject]) => [id, copy(subject)]));
  }
}
