// What elements look like to the binder, as numbers. It reads a dozen attributes of each, and to take their texts over
// one by one costs more than everything else that it does: here one text is made of them, and the module gets a number.

/** Everything that the binder reads of an element: what asks, and what is set. */
const READ = [
  "data-grant",
  "data-grant-section",
  "data-grant-scope",
  "data-grant-else",
  "data-grant-state",
  "data-grant-aria",
  "hidden",
  "disabled",
  "inert",
  "aria-disabled",
];

/** Within a pass, elements with one number are of one kind and have the same in all these attributes. */
export class Looks {
  readonly #numbers = new Map<string, number>();

  /** Numbers from 0 again. */
  begin(): void {
    this.#numbers.clear();
  }

  number(element: Element): number {
    let look = element.localName;
    for (const name of READ) {
      const value = element.getAttribute(name);
      // With its length before it no value reads as two.
      look += value === null ? ";" : `;${value.length}:${value}`;
    }
    const numbers = this.#numbers;
    const known = numbers.get(look);
    if (known !== undefined) return known;
    numbers.set(look, numbers.size);
    return numbers.size - 1;
  }
}
