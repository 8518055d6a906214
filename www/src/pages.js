// Which section is open. The address's fragment names it; a section that is not there for this person gives way to the first that is.

const links = () => [...document.querySelectorAll(".nav a")];

/** The page of members is no section: nothing guards the link to it. */
const isThere = (link) => link.dataset.grantSection === undefined || !["hidden", undefined].includes(link.dataset.grantState);

const nameOf = (link) => link.getAttribute("href").slice(1);

export class Pages {
  #opened;
  #hadFocus;
  current;

  constructor(opened) {
    this.#opened = opened;
    addEventListener("hashchange", () => this.#follow());
  }

  #follow() {
    const name = location.hash.slice(1);
    const link = links().find((candidate) => nameOf(candidate) === name);
    if (link === undefined || name === this.current) return;
    if (isThere(link)) {
      this.#open(name, true);
      this.#opened();
    } else {
      history.replaceState(null, "", `#${this.current}`);
    }
  }

  /** Before a change: whether the open page has the focus. What the change closes may hand it on before `settle`. */
  remember() {
    this.#hadFocus = this.#hasFocus();
  }

  #hasFocus() {
    const open = document.querySelector(`.view[data-view="${this.current}"]`);
    const active = document.activeElement;
    return open !== null && (open.contains(active) || active === document.body || active?.id === "main");
  }

  /** Before the pages of another system: none of them is open yet. */
  forget() {
    this.current = undefined;
    this.#hadFocus = false;
  }

  /** Opens what the address asks for, or stays, or gives way; the heading gets the focus only if the old page had it. */
  settle() {
    const hadFocus = this.#hadFocus ?? this.#hasFocus();
    this.#hadFocus = undefined;
    const there = links().filter(isThere);
    const asked = this.current ?? location.hash.slice(1);
    const stays = there.find((link) => nameOf(link) === asked);
    const next = stays ?? there.find((link) => link.dataset.grantState === "enabled");
    const name = next === undefined ? "nothing" : nameOf(next);
    if (name === this.current) return;
    this.#open(name, hadFocus);
  }

  #open(name, focus) {
    this.current = name;
    for (const view of document.querySelectorAll(".view")) view.hidden = view.dataset.view !== name;
    for (const link of links()) {
      if (nameOf(link) === name) {
        link.setAttribute("aria-current", "page");
        link.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else link.removeAttribute("aria-current");
    }
    if (name !== "nothing" && location.hash !== `#${name}`) history.replaceState(null, "", `#${name}`);
    if (focus) this.focusHeading();
  }

  focusHeading() {
    const headings = document.querySelectorAll(`.view[data-view="${this.current}"] h1`);
    const shown = [...headings].find((heading) => heading.checkVisibility());
    (shown ?? document.getElementById("main")).focus();
  }
}
