// Times as the database has them: whole milliseconds.

/** The largest number of milliseconds that a date can hold. */
const BOUND = 8.64e15;

const RFC3339 = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

/**
 * The milliseconds of an instant as facts give it; undefined where it is none. A part of a millisecond counts as a whole
 * one: no bound of an assignment tells them apart.
 */
export function millisecondsOf(instant: unknown): number | undefined {
  if (instant instanceof Date) return millisecondsOf(instant.getTime());
  if (typeof instant === "number") return Number.isInteger(instant) && Math.abs(instant) <= BOUND ? instant : undefined;
  if (typeof instant !== "string") return undefined;
  const [, day, time, fraction = "", sign, hours = "0", minutes = "0"] = RFC3339.exec(instant) ?? [];
  const whole = Date.parse(`${day}T${time}Z`);
  // A day that no month has is taken for one of the next month.
  if (Number.isNaN(whole) || !new Date(whole).toISOString().startsWith(`${day}T${time}`)) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === "-" ? -1 : 1);
  const part = Number(fraction.slice(0, 3).padEnd(3, "0")) + (/[1-9]/.test(fraction.slice(3)) ? 1 : 0);
  return whole - offset + part;
}
