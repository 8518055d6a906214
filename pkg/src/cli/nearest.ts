// The name that was probably meant.

/** How many characters have to be put in, taken out, replaced or swapped with their neighbour. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(above[column]! + 1, line[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        least = Math.min(least, before[column - 2]! + 1);
      }
      line.push(least);
    }
    [before, above] = [above, line];
  }
  return above[other.length]!;
}

/** Of the names the one nearest to what was written; nothing where none is near. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(written.length / 3));
  let found: string | undefined;
  let least = most + 1;
  for (const name of names) {
    if (Math.abs(name.length - written.length) >= least) continue;
    const far = distance(written, name);
    if (far < least) [found, least] = [name, far];
  }
  return found;
}

/** The same as a sentence. */
export function didYouMean(written: string, names: readonly string[]): string | undefined {
  const name = nearest(written, names);
  return name === undefined ? undefined : `did you mean \`${name}\`?`;
}

/** Names in backticks, with commas between them; of many the first ones. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
