// What samples come to.

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

function at(ordered, share) {
  const place = (ordered.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.ceil(place);
  return ordered[below] + (ordered[above] - ordered[below]) * (place - below);
}

export const median = (numbers) => at(sorted(numbers), 0.5);

/** The median and the quartiles. */
export function spread(numbers) {
  const ordered = sorted(numbers);
  return { median: at(ordered, 0.5), low: at(ordered, 0.25), high: at(ordered, 0.75) };
}

/** One list of samples to another, round by round. */
export const ratio = (samples, to) => spread(samples.map((sample, round) => sample / to[round]));
