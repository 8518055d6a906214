// How many cases each level of the scenario has, by section: its own matrix, with those sections taken apart that hold
// several, and with what it asks of all levels (2.4 to 2.6 and 5) at each endpoint of the level.

/** What is asked of all levels, for so many endpoints. */
const common = (endpoints) =>
  Object.fromEntries(["2.4.3", "2.4.4", "2.4.5", "2.5.1", "2.5.2", "2.6", "5.1", "5.2", "5.3", "5.4", "5.5"].map((id) => [id, endpoints]));

export const MATRIX = {
  "Basic Core": {
    "1.4.2": 1, "1.4.3": 1,
    "2.2.1": 1, "2.2.2": 1, "2.2.3": 1, "2.2.8": 1, "2.2.9": 1,
    "2.3.1": 1, "2.3.2": 1,
    "2.4.1": 3, "2.4.2": 5, "2.4.6": 2,
    ...common(1),
  },
  "Basic Properties": { "2.2.4": 1, "2.2.5": 1, "2.2.6": 1, "2.2.7": 1 },
  "Batch Core": {
    "3.2.1": 1, "3.2.2": 1, "3.2.5": 1, "3.2.6": 1,
    "3.3.1": 1, "3.3.2": 1, "3.3.3": 1, "3.3.4": 1,
    "3.4.1": 1, "3.4.2": 1, "3.4.3": 1,
    ...common(1),
  },
  "Batch Properties": { "3.2.3": 1, "3.2.4": 1, "3.2.7": 1 },
  "Search Core": {
    "4.2.1": 1, "4.2.2": 1, "4.2.3": 1,
    "4.3.1": 1, "4.3.2": 1, "4.3.3": 1,
    "4.4.1": 1, "4.4.2": 1,
    "4.5.1": 3, "4.5.2": 3, "4.5.3": 3, "4.5.4": 3,
    "4.6.1": 3, "4.6.2": 3,
    "4.7.1": 8, "4.7.2": 4,
    ...common(3),
  },
  "Search Properties": { "4.2.4": 1, "4.3.4": 1, "4.4.3": 1 },
  Discovery: { "6.1": 1, "6.2": 1, "6.3": 1, "6.4": 1, "6.5": 2, "6.6": 1 },
};

/** How many cases of each section there are among these checks. */
export function counted(checks) {
  const found = {};
  for (const { level, id } of checks) {
    found[level] ??= {};
    found[level][id] = (found[level][id] ?? 0) + 1;
  }
  return found;
}
