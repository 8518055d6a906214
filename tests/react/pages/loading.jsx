// A session that is on its way, and one that never comes: nothing is allowed meanwhile.

import { act, render } from "@testing-library/react";
import { Can, GrantletProvider, Section, useCan, useSession } from "grantlet/react";
import { Component, lazy, startTransition, StrictMode, Suspense, useState } from "react";
import { equal, expectErrors, ready, sleep, test } from "../support/page.js";
import { policy, somebody } from "../../support/policy.js";

/** A promise with its ends in hand. */
function promised() {
  const ends = {};
  ends.promise = new Promise((resolve, reject) => Object.assign(ends, { resolve, reject }));
  return ends;
}

const session = () => policy.session(somebody("reader"));

/** Says what it was told, at every render. */
function Telling({ told }) {
  const allowed = useCan("page-1:view");
  told.push(allowed);
  return (
    <>
      <Can permission="page-1:view" fallback="denied">allowed</Can>
      <Section name="finance">{(state) => told.push(state)}</Section>
    </>
  );
}

class Boundary extends Component {
  state = {};
  static getDerivedStateFromError({ message }) {
    return { message };
  }
  render() {
    return this.state.message ?? this.props.children;
  }
}

const MODES = { plain: ({ children }) => children, strict: StrictMode };

for (const [mode, Mode] of Object.entries(MODES)) {
  test(`a promise suspends until its session is there, ${mode}`, async () => {
    const { promise, resolve } = promised();
    const told = [];
    const { container } = await act(() => render(
      <Mode>
        <Suspense fallback="loading">
          <GrantletProvider session={promise}><Telling told={told} /></GrantletProvider>
        </Suspense>
      </Mode>,
    ));
    equal(container.textContent, "loading");
    equal(told, [], "what was asked meanwhile");
    await act(() => resolve(session()));
    equal(container.textContent, "allowed");
    equal(told.includes(false), false, "a refusal of what is allowed");
  });

  test(`with a fallback a promise shows that, ${mode}`, async () => {
    const { promise, resolve } = promised();
    const told = [];
    const { container } = render(
      <Mode>
        <GrantletProvider session={promise} fallback="one moment"><Telling told={told} /></GrantletProvider>
      </Mode>,
    );
    equal(container.textContent, "one moment");
    equal(told, []);
    await act(() => resolve(session()));
    equal(container.textContent, "allowed");
  });
}

test("a fallback of nothing is a fallback", async () => {
  const { promise, resolve } = promised();
  const { container } = render(<GrantletProvider session={promise} fallback={null}><Telling told={[]} /></GrantletProvider>);
  equal(container.textContent, "");
  await act(() => resolve(session()));
  equal(container.textContent, "allowed");
});

test("a fallback is shown for no session too, and gives way to one", () => {
  const told = [];
  const drawn = (session) => (
    <GrantletProvider session={session} fallback="one moment"><Telling told={told} /></GrantletProvider>
  );
  const { container, rerender } = render(drawn(undefined));
  equal(container.textContent, "one moment");
  equal(told, []);
  rerender(drawn(session()));
  equal(container.textContent, "allowed");
  rerender(drawn(undefined));
  equal(container.textContent, "one moment");
});

for (const [name, fallback] of [["which suspends", undefined], ["with a fallback", "one moment"]]) {
  test(`what a promise is rejected with reaches the error boundary, ${name}`, async () => {
    const { promise, reject } = promised();
    const told = [];
    const { container } = await act(() => render(
      <Boundary>
        <Suspense fallback="one moment">
          <GrantletProvider session={promise} fallback={fallback}><Telling told={told} /></GrantletProvider>
        </Suspense>
      </Boundary>,
    ));
    equal(container.textContent, "one moment");
    await act(() => reject(new Error("no policy to be had")));
    equal(container.textContent, "no policy to be had");
    equal(told, [], "what was asked of a session that never came");
    expectErrors(/no policy to be had|The above error/);
  });

  test(`a promise of nobody denies, ${name}`, async () => {
    const told = [];
    const { container } = await act(() => render(
      <Suspense fallback="suspended">
        <GrantletProvider session={Promise.resolve(undefined)} fallback={fallback}><Telling told={told} /></GrantletProvider>
      </Suspense>,
    ));
    await act(() => sleep(10));
    equal(told.includes(true), false);
    equal(container.textContent, fallback ?? "denied");
  });
}

test("a promise of something else is refused by name", async () => {
  const { container } = await act(() => render(
    <Boundary>
      <GrantletProvider session={Promise.resolve(policy)} fallback="one moment"><Telling told={[]} /></GrantletProvider>
    </Boundary>,
  ));
  await act(() => sleep(10));
  equal(container.textContent, "the `session` of a `GrantletProvider` is a session, a promise of one or undefined");
  expectErrors(/`session` of a `GrantletProvider`|The above error/);
});

test("another promise in its place hides what the first one allowed, but where a transition keeps it", async () => {
  const [first, second, third] = [promised(), promised(), promised()];
  let replace;
  function Page() {
    const [promise, set] = useState(first.promise);
    replace = set;
    return <GrantletProvider session={promise}><Telling told={[]} /></GrantletProvider>;
  }
  const { container } = await act(() => render(<Suspense fallback="loading"><Page /></Suspense>));
  await act(() => first.resolve(session()));
  equal(container.innerText, "allowed");
  await act(() => replace(second.promise));
  equal(container.innerText, "loading");
  await act(() => second.resolve(policy.session(somebody())));
  equal(container.innerText, "denied");
  await act(() => startTransition(() => replace(third.promise)));
  equal(container.innerText, "denied");
  await act(() => third.resolve(session()));
  equal(container.innerText, "allowed");
});

test("two providers of one promise wait for it once, and a third that comes later not at all", async () => {
  const { promise, resolve } = promised();
  const drawn = (third) => (
    <>
      <GrantletProvider session={promise} fallback="one "><Telling told={[]} /></GrantletProvider>
      <GrantletProvider session={promise} fallback="two "><Telling told={[]} /></GrantletProvider>
      {third}
    </>
  );
  const { container, rerender } = render(drawn(null));
  equal(container.textContent, "one two ");
  await act(() => resolve(session()));
  equal(container.textContent, "allowedallowed");
  const told = [];
  rerender(drawn(<GrantletProvider session={promise}><Telling told={told} /></GrantletProvider>));
  equal(container.textContent, "allowedallowedallowed");
});

test("what else suspends below a provider is not the provider's to show", async () => {
  const { promise, resolve } = promised();
  const Late = lazy(() => promise);
  const { container } = await act(() => render(
    <Suspense fallback="the page's fallback">
      <GrantletProvider session={session()} fallback="the provider's fallback"><Late /></GrantletProvider>
    </Suspense>,
  ));
  equal(container.textContent, "the page's fallback");
  await act(async () => {
    resolve({ default: () => "late" });
    await sleep(10);
  });
  equal(container.textContent, "late");
});

test("useSession gives what the promise gave, and nothing where there is nobody", async () => {
  const anna = session();
  const given = [];
  function Given() {
    given.push(useSession());
    return null;
  }
  await act(() => render(<GrantletProvider session={Promise.resolve(anna)} fallback={null}><Given /></GrantletProvider>));
  await act(() => sleep(10));
  equal(given.every((one) => one === anna) && given.length > 0, true);
  render(<GrantletProvider session={null}><Given /></GrantletProvider>);
  equal(given.at(-1) === undefined, true);
});

ready();
