// Days as the systems' people write them: where they are, and without an hour.

export const TIME_ZONE = "Europe/Amsterdam";

const DATE = /^20\d{2}-\d{2}-\d{2}$/;

/** A day of this century that exists: the last days of February are where a pattern alone is not enough. */
export function isDate(text) {
  if (!DATE.test(text ?? "")) return false;
  const instant = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

export const noon = (date) => new Date(`${date}T12:00:00Z`);

/** The first instant of a day, with the offset that holds there on it. */
export function startOf(date) {
  const named = new Intl.DateTimeFormat("en", { timeZone: TIME_ZONE, timeZoneName: "longOffset" })
    .formatToParts(new Date(`${date}T00:00:00Z`))
    .find(({ type }) => type === "timeZoneName").value;
  return `${date}T00:00:00${named.slice("GMT".length) || "Z"}`;
}

/** The day in which an instant lies there. */
export const dayOf = (instant) => new Intl.DateTimeFormat("sv", { timeZone: TIME_ZONE }).format(new Date(instant));
