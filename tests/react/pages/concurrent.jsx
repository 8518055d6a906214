// Rendering that React interrupts: a change in the midst of it never puts two answers to one question on the page.

import { GrantletProvider, useCan, useSession } from "grantlet/react";
import { startTransition, useLayoutEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { equal, note, ready, sleep, test, unattended } from "../support/page.js";
import { policy, somebody } from "../../support/policy.js";

const PARTS = 60;

/** Takes long enough to be interrupted. */
function busy(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function Part({ rendered }) {
  const allowed = useCan("page-3:edit");
  rendered.push(allowed);
  busy(2);
  return <i>{String(allowed)}</i>;
}

/** What the page shows, each time that React changed it: the answers that stand beside each other. */
function Watch({ place, seen, children }) {
  useLayoutEffect(() => {
    seen.push([...new Set([...place.querySelectorAll("i")].map(({ textContent }) => textContent))].join(" and "));
  });
  return children;
}

async function interrupted(before, after) {
  const session = policy.session(somebody(...before));
  const [rendered, seen] = [[], []];
  await unattended(async (place) => {
    let show;
    function Page() {
      const [shown, set] = useState(false);
      show = set;
      return (
        <Watch place={place} seen={seen}>
          {shown && Array.from({ length: PARTS }, (_, number) => <Part key={number} rendered={rendered} />)}
        </Watch>
      );
    }
    const observer = new MutationObserver(() => {
      seen.push([...new Set([...place.querySelectorAll("i")].map(({ textContent }) => textContent))].join(" and "));
    });
    observer.observe(place, { childList: true, subtree: true, characterData: true });
    const root = createRoot(place);
    root.render(<GrantletProvider session={session}><Page /></GrantletProvider>);
    await sleep(50);
    startTransition(() => show(true));
    while (rendered.length < PARTS / 4) await sleep(1);
    const started = rendered.length;
    session.update({ subject: somebody(...after) });
    while (place.querySelectorAll("i").length < PARTS) await sleep(5);
    await sleep(30);
    note(`changed after ${started} of ${PARTS} parts were rendered; ${rendered.length} renders in all`);
    if (started >= PARTS) throw new Error("the rendering was not interrupted");
    root.unmount();
    observer.disconnect();
  });
  return { seen, session };
}

test("a right that is taken away while a transition is rendered never shows beside its opposite", async () => {
  const { seen } = await interrupted(["few"], []);
  equal(seen.filter((answers) => !["", "false"].includes(answers)), [], "what was shown but a refusal");
  equal(seen.includes("false"), true);
});

test("a right that is given while a transition is rendered is given to every part", async () => {
  const { seen } = await interrupted([], ["few"]);
  equal(seen.filter((answers) => !["", "true"].includes(answers)), [], "what was shown but an allow");
  equal(seen.includes("true"), true);
});

test("a session that is freed while a transition is rendered is shown nowhere", async () => {
  const session = policy.session(somebody("few"));
  const rendered = [];
  await unattended(async (place) => {
    let show;
    function Page() {
      const [shown, set] = useState(false);
      show = set;
      return shown && Array.from({ length: PARTS }, (_, number) => <Part key={number} rendered={rendered} />);
    }
    const root = createRoot(place);
    root.render(<GrantletProvider session={session}><Page /></GrantletProvider>);
    await sleep(50);
    startTransition(() => show(true));
    while (rendered.length < PARTS / 4) await sleep(1);
    session.free();
    while (place.querySelectorAll("i").length < PARTS) await sleep(5);
    equal([...new Set([...place.querySelectorAll("i")].map(({ textContent }) => textContent))], ["false"]);
    root.unmount();
  });
});

test("outside of any batch a change is on the page before the next frame", async () => {
  const session = policy.session(somebody("few"));
  await unattended(async (place) => {
    const root = createRoot(place);
    const rendered = [];
    root.render(<GrantletProvider session={session}><Part rendered={rendered} /></GrantletProvider>);
    await sleep(50);
    equal(place.textContent, "true");
    session.update({ subject: somebody() });
    await new Promise((resolve) => requestAnimationFrame(resolve));
    equal(place.textContent, "false");
    equal(rendered, [true, false]);
    root.unmount();
  });
});

test("useSession misses no change either, not even one before it listened", async () => {
  const session = policy.session(somebody("few"));
  function All() {
    return useSession().allowed().length;
  }
  function Changing() {
    useLayoutEffect(() => session.update({ subject: somebody() }), []);
    return null;
  }
  await unattended(async (place) => {
    const root = createRoot(place);
    root.render(<GrantletProvider session={session}><All /><Changing /></GrantletProvider>);
    await sleep(50);
    equal(place.textContent, "0");
    session.update({ subject: somebody("few") });
    await sleep(30);
    equal(place.textContent, "6");
    root.unmount();
  });
});

ready();
