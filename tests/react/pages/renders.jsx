// How often components are rendered: once for a change, and only those whose answer it turned.

import { act, render } from "@testing-library/react";
import { openSnapshot } from "grantlet/client";
import { Can, GrantletProvider, Section, useCan, useSection } from "grantlet/react";
import { Profiler, StrictMode, useLayoutEffect, useState, version } from "react";
import { equal, note, ready, sleep, test } from "../support/page.js";
import { counted, PAGES, policy, somebody } from "../../support/policy.js";

/** Counts renders by name. */
class Renders {
  #counts = new Map();
  add(name) {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
  /** The counts since the last time. */
  take() {
    const counts = Object.fromEntries(this.#counts);
    this.#counts.clear();
    return counts;
  }
}

function Editing({ page, renders }) {
  renders.add(page);
  return <button disabled={!useCan(`${page}:edit`)}>{page}</button>;
}

function Guards({ session, renders, commits }) {
  return (
    <Profiler id="guards" onRender={() => commits.add("commit")}>
      <GrantletProvider session={session}>
        {PAGES.map((page) => <Editing key={page} page={page} renders={renders} />)}
      </GrantletProvider>
    </Profiler>
  );
}

const enabled = (container) => [...container.querySelectorAll("button:enabled")].map(({ textContent }) => textContent);
const once = (pages) => Object.fromEntries(pages.map((page) => [page, 1]));
const FEW = ["page-3", "page-50", "page-150"];
const SEVENTH = PAGES.filter((_, number) => number % 7 === 0);

test("of 200 guarded elements those whose answer a change turns are rendered again, once each", () => {
  const session = policy.session(somebody("reader"));
  const [renders, commits] = [new Renders(), new Renders()];
  const { container } = render(<Guards session={session} renders={renders} commits={commits} />);
  equal(renders.take(), once(PAGES), "the first renders");
  commits.take();

  const changes = [
    ["3 answers turn", ["reader", "few"], FEW, FEW],
    ["32 answers turn", ["reader", "seventh"], SEVENTH, [...FEW, ...SEVENTH]],
    ["no answer turns", ["seventh", "reader", "clerk"], SEVENTH, []],
    ["29 answers turn", ["reader"], [], SEVENTH],
  ];
  for (const [name, roles, open, turned] of changes) {
    const started = performance.now();
    act(() => session.update({ subject: somebody(...roles) }));
    const time = performance.now() - started;
    equal(enabled(container), open, `what is enabled where ${name}`);
    const found = renders.take();
    const sorted = (counts) => Object.entries(counts).sort();
    equal(sorted(found), sorted(once(turned)), `the renders where ${name}`);
    const { commit = 0 } = commits.take();
    equal(commit, turned.length > 0 ? 1 : 0, `the commits where ${name}`);
    note(`React ${version}: ${PAGES.length} guarded elements, ${name}: ${Object.keys(found).length} renders, ${commit} commits, ${time.toFixed(1)} ms`);
  }
});

test("two changes in a row are one render of what both turned, and none of what was turned back", () => {
  const session = policy.session(somebody("reader"));
  const [renders, commits] = [new Renders(), new Renders()];
  render(<Guards session={session} renders={renders} commits={commits} />);
  renders.take();
  act(() => {
    session.update({ subject: somebody("seventh") });
    session.update({ subject: somebody("few") });
  });
  const found = renders.take();
  equal(FEW.map((page) => found[page]), [1, 1, 1]);
  equal(Math.max(...Object.values(found)), 1, "the most renders of one element");
});

test("a request that is written anew at every render causes no render of its own", () => {
  const session = policy.session(somebody("writer"));
  const renders = new Renders();
  function Note({ owner }) {
    renders.add(owner);
    const allowed = useCan("note:edit", { resource: { owner }, action: { by: [owner] } });
    const state = useSection("notes", { resource: { owner } });
    return `${allowed} ${state} `;
  }
  const { container } = render(
    <GrantletProvider session={session}>
      <Note owner="anna" />
      <Note owner="mo" />
    </GrantletProvider>,
  );
  equal(container.textContent, "true enabled false disabled ");
  equal(renders.take(), { anna: 1, mo: 1 }, "the first renders");
  act(() => session.update({ context: { entitlements: ["finance"] } }));
  equal(renders.take(), {}, "the renders of a change that turns nothing");
  act(() => session.update({ subject: { ...somebody("writer"), id: "mo" } }));
  equal(container.textContent, "false disabled true enabled ");
  equal(renders.take(), { anna: 1, mo: 1 }, "the renders of a change that turns both");
});

test("what Can and Section hold is drawn once for a change", () => {
  const session = policy.session(somebody("bookkeeper"));
  const renders = new Renders();
  const { container } = render(
    <GrantletProvider session={session}>
      <Can permission="invoice:view">{(allowed) => (renders.add("can"), String(allowed))}</Can>{" "}
      <Can permission="page-1:view">{(allowed) => (renders.add("other"), String(allowed))}</Can>{" "}
      <Section name="finance">{(state) => (renders.add("section"), state)}</Section>
    </GrantletProvider>,
  );
  equal(container.textContent, "false false locked");
  renders.take();
  act(() => session.update({ context: { entitlements: ["finance"] } }));
  equal(container.textContent, "true false enabled");
  equal(renders.take(), { can: 1, section: 1 });
});

test("a provider that is rendered again with the same session renders nothing below it, and subscribes to nothing anew", () => {
  const session = counted(policy.session(somebody("reader")));
  const [renders, commits] = [new Renders(), new Renders()];
  const inside = PAGES.map((page) => <Editing key={page} page={page} renders={renders} />);
  const { rerender } = render(<GrantletProvider session={session}>{inside}</GrantletProvider>);
  renders.take();
  for (let round = 0; round < 3; round += 1) rerender(<GrantletProvider session={session}>{inside}</GrantletProvider>);
  equal([renders.take(), commits.take()], [{}, {}]);
  equal([session.listeners, session.subscriptions], [PAGES.length, PAGES.length], "the listeners and subscriptions");
});

test("an assignment that ends by itself is followed by the session's timer, and turns what it turned alone", async () => {
  const until = Date.now() + 400;
  const subject = { id: "anna", assignments: [{ role: "reader" }, { role: "seventh" }, { role: "few", until }] };
  const [renders, commits] = [new Renders(), new Renders()];
  const { container } = render(<Guards session={policy.session(subject)} renders={renders} commits={commits} />);
  equal(enabled(container).length, FEW.length + SEVENTH.length);
  renders.take();
  await act(() => sleep(until - Date.now() + 60));
  equal(enabled(container), SEVENTH);
  equal(renders.take(), once(FEW));
});

test("a snapshot's time ends for all that it allowed, once each", async () => {
  const until = Date.now() + 400;
  const subject = { id: "anna", assignments: [{ role: "seventh" }, { role: "few", until }] };
  const session = openSnapshot(policy.session(subject).snapshot());
  const [renders, commits] = [new Renders(), new Renders()];
  const { container } = render(<Guards session={session} renders={renders} commits={commits} />);
  renders.take();
  await act(() => sleep(until - Date.now() + 60));
  equal(enabled(container), []);
  equal(Object.entries(renders.take()).sort(), Object.entries(once([...FEW, ...SEVENTH])).sort());
});

test("what leaves the page no longer listens, in strict mode too", () => {
  for (const Mode of [({ children }) => children, StrictMode]) {
    const session = counted(policy.session(somebody("reader", "few")));
    const [renders, commits] = [new Renders(), new Renders()];
    let show;
    function Switch() {
      const [shown, set] = useState(true);
      show = set;
      return shown && <Guards session={session} renders={renders} commits={commits} />;
    }
    const { container, unmount } = render(<Mode><Switch /></Mode>);
    equal(enabled(container), FEW);
    equal(session.listeners, PAGES.length, "who listens to the page");
    act(() => show(false));
    equal(session.listeners, 0, "who listens to what is gone");
    act(() => show(true));
    equal(session.listeners, PAGES.length, "who listens to what came back");
    unmount();
    equal(session.listeners, 0, "who listens at the end");
  }
});

test("strict mode changes no answer", () => {
  const session = policy.session(somebody("reader"));
  const [renders, commits] = [new Renders(), new Renders()];
  const { container } = render(<StrictMode><Guards session={session} renders={renders} commits={commits} /></StrictMode>);
  equal(renders.take(), Object.fromEntries(PAGES.map((page) => [page, 2])), "the first renders");
  act(() => session.update({ subject: somebody("few") }));
  equal(enabled(container), FEW);
  equal(renders.take(), Object.fromEntries(FEW.map((page) => [page, 2])), "the renders of a change");
});

test("a change between the render and the subscription is not missed", () => {
  const session = policy.session(somebody("few"));
  function Changing() {
    useLayoutEffect(() => session.update({ subject: somebody("seventh") }), []);
    return null;
  }
  const renders = new Renders();
  const { container } = render(
    <GrantletProvider session={session}>
      <Editing page="page-3" renders={renders} />
      <Editing page="page-7" renders={renders} />
      <Editing page="page-8" renders={renders} />
      <Changing />
    </GrantletProvider>,
  );
  equal(enabled(container), ["page-7"]);
  equal(renders.take(), { "page-3": 2, "page-7": 2, "page-8": 1 });
});

ready();
