// What has to be shown, row by row: a figure of grantlet's as a ratio to another one that was measured in the same
// rounds, and the bound that it must not be over. The second bound is what is aimed at.

const CASL = "CASL";
const OWN = "grantlet";
const HANDLE = "grantlet by handle";

const row = (what, engine, group, [against, other, otherGroup = group], bound, aim) =>
  ({ what, engine, group, against, other, otherGroup, bound, aim });

export const ROWS = [
  row("check by name, allowed", OWN, "allow", [CASL, CASL], 0.4, 0.25),
  row("check by name, denied", OWN, "deny", [CASL, CASL], 0.3, 0.2),
  row("check by handle", HANDLE, "allow", [CASL, CASL], 0.2, 0.1),
  row("page of 40 checks", OWN, "page", [CASL, CASL], 0.35, 0.25),
  row("one condition on a record", OWN, "condition", [CASL, CASL], 0.6, 0.4),
  row("session and first answer, the policy loaded", OWN, "session", [CASL, CASL], 1, 0.5),
  row("the same for a person who was there before", OWN, "again", [CASL, CASL], 1, 0.5),
  row("150 grants from text, session, first answer", OWN, "load", ["Cedar's session", "Cedar", "session"], 0.3, 0.1),
  row("cold start, nothing imported, to the first answer", OWN, "cold", [CASL, CASL], 1.2, 0.8),
  row("check at 1,000 times the grants", OWN, "allow at 1000", ["itself at 1", OWN, "allow at 1"], 1.15, 1.05),
  row("session at 1,000 times the grants", OWN, "session at 1000", [CASL, CASL], 1, 0.3),
  row("150,000 grants from bytes", OWN, "bytes at 1000", ["the same from text", OWN, "load at 1000"], 0.25, 0.1),
];

/** Bytes in the module for each grant of the largest policy. */
export const MEMORY = { what: "memory at 150,000 grants, bytes per grant in the module", times: 1000, bound: 64, aim: 24 };
