// Parts of URLs, for which most of them need not be taken apart.

/** The path of a URL, or of one that begins with it. */
export function pathOf(url: string): string {
  const start = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("//") + 2);
  if (start === -1) return "/";
  const end = url.indexOf("?", start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
}

/** The scheme and the host of a URL. */
export function originOf(url: string): string {
  const end = url.indexOf("/", url.indexOf("//") + 2);
  return end === -1 ? url : url.slice(0, end);
}

/** The URL that a decision point goes by. Throws a `TypeError` for one that identifies none. */
export function identifierOf(url: string): string {
  const { origin, pathname, search, hash, protocol } = new URL(url);
  if ((protocol !== "https:" && protocol !== "http:") || search !== "" || hash !== "") {
    throw new TypeError(`\`${url}\` identifies no decision point: it must be an https URL without query and fragment`);
  }
  return `${origin}${pathname.replace(/\/+$/, "")}`;
}
