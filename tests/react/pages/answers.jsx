// What the hooks and components answer: what the session answers, and a no where there is none.

import { act, render } from "@testing-library/react";
import { openSnapshot } from "grantlet/client";
import { Can, GrantletProvider, Section, useCan, useSection, useSession } from "grantlet/react";
import { Component } from "react";
import { equal, expectErrors, ready, sleep, test } from "../support/page.js";
import { counted, PAGES, policy, ROLES, somebody } from "../../support/policy.js";

const text = (container) => container.textContent;

function Answer({ permission, request }) {
  return String(useCan(permission, request));
}

function State({ name, request }) {
  return useSection(name, request);
}

test("useCan and useSection answer what the session answers", () => {
  const permissions = [...policy.permissions, "note:fly", "constructor", ""];
  const requests = [
    undefined,
    {},
    { scope: "workspace:north" },
    { scope: "workspace:south" },
    { scope: "nothing" },
    { scope: "" },
    { resource: {} },
    { resource: { owner: "anna" } },
    { resource: { owner: "mo" } },
    { action: { soft: true } },
    { action: {} },
    { scope: "workspace:north", resource: { owner: "anna" }, action: { soft: true } },
  ];
  let seed = 7;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647 < 0.5;
  const seen = new Set();
  for (let round = 0; round < 24; round += 1) {
    const roles = ROLES.filter(chance);
    const subject = somebody(...roles);
    if (chance()) subject.assignments.push({ role: "editor", scope: "workspace:north" });
    if (chance()) subject.status = chance() ? "suspended" : "active";
    const session = policy.session(subject, chance() ? { entitlements: ["finance"] } : {});
    const request = requests[round % requests.length];
    const asked = [...permissions.slice(round * 20, round * 20 + 40), ...permissions.slice(-8)];
    for (const answering of [session, openSnapshot(session.snapshot({ scopes: ["workspace:north"] }))]) {
      const { container, unmount } = render(
        <GrantletProvider session={answering}>
          {asked.map((permission) => <p key={permission}><Answer permission={permission} request={request} /></p>)}
          {policy.sections.map((name) => <p key={name}><State name={name} request={request} /></p>)}
        </GrantletProvider>,
      );
      const expected = [
        ...asked.map((permission) => String(answering.can(permission, request))),
        ...policy.sections.map((name) => answering.section(name, request)),
      ];
      equal([...container.children].map(text), expected, JSON.stringify(request));
      for (const answer of expected) seen.add(answer);
      unmount();
    }
  }
  equal([...seen].sort(), ["disabled", "enabled", "false", "hidden", "locked", "true"], "what was answered at least once");
});

test("Can shows its children to those who may and the fallback to others", () => {
  const { container } = render(
    <GrantletProvider session={policy.session(somebody("reader"))}>
      <Can permission="page-1:view">view </Can>
      <Can permission="page-1:edit">edit </Can>
      <Can permission="page-1:edit" fallback="no edit ">edit </Can>
      <Can permission="page-1:view" fallback="no view ">{(allowed) => `view is ${allowed} `}</Can>
      <Can permission="page-1:edit" fallback="no edit ">{(allowed) => <button disabled={!allowed}>Edit</button>}</Can>
      <Can permission="page-1:veiw">typo </Can>
    </GrantletProvider>,
  );
  equal(text(container), "view no edit view is true Edit");
  equal(container.querySelector("button").disabled, true);
});

test("Can asks with the record, the scope and the action it is given, and without a record denies what depends on one", () => {
  const subject = somebody("writer");
  subject.assignments.push({ role: "editor", scope: "workspace:north" });
  const { container } = render(
    <GrantletProvider session={policy.session(subject)}>
      <Can permission="note:edit">some </Can>
      <Can permission="note:edit" resource={{ owner: "anna" }}>own </Can>
      <Can permission="note:edit" resource={{ owner: "mo" }}>other's </Can>
      <Can permission="note:edit" scope="workspace:north">northern </Can>
      <Can permission="note:edit" scope="workspace:south">southern </Can>
      <Can permission="note:delete" action={{ soft: true }}>softly </Can>
      <Can permission="note:delete" action={{ soft: false }}>for good </Can>
    </GrantletProvider>,
  );
  equal(text(container), "own northern softly ");
});

test("Section shows its children where it is enabled, and has a function draw every state but hidden", () => {
  const draw = (roles, entitlements, name = "finance") => {
    const session = policy.session(somebody(...roles), { entitlements });
    const { container, unmount } = render(
      <GrantletProvider session={session}>
        <Section name={name} fallback="no; ">yes; </Section>
        <Section name={name}>yes; </Section>
        <Section name={name} fallback="nothing">{(state) => `it is ${state}`}</Section>
      </GrantletProvider>,
    );
    const drawn = text(container);
    unmount();
    return drawn;
  };
  equal(draw(["bookkeeper"], ["finance"]), "yes; yes; it is enabled");
  equal(draw(["clerk"], ["finance"]), "no; it is disabled");
  equal(draw(["clerk"], []), "no; it is locked");
  equal(draw([], ["finance"]), "no; nothing");
  equal(draw([], ["finance"], "unknown"), "no; nothing");
});

test("a section is asked with the scope and the record it is given", () => {
  const subject = { id: "anna", assignments: [{ role: "editor", scope: "workspace:north" }] };
  const { container } = render(
    <GrantletProvider session={policy.session(subject)}>
      <Section name="notes">{(state) => `${state} `}</Section>
      <Section name="notes" scope="workspace:north">{(state) => `${state} `}</Section>
      <Section name="notes" scope="workspace:north" resource={{}}>{(state) => state}</Section>
    </GrantletProvider>,
  );
  equal(text(container), "disabled enabled enabled");
});

class Boundary extends Component {
  state = {};
  static getDerivedStateFromError({ message }) {
    return { message };
  }
  render() {
    return this.state.message ?? this.props.children;
  }
}

test("without a provider everything is denied, and useSession says what is missing", () => {
  function Asking() {
    return useSession() === undefined ? "no session" : "a session";
  }
  const { container } = render(
    <>
      <Can permission="page-1:view" fallback="denied ">allowed</Can>
      <Section name="finance" fallback="hidden ">{(state) => state}</Section>
      <Answer permission="page-1:view" /> <State name="finance" />{" "}
      <Boundary><Asking /></Boundary>
    </>,
  );
  equal(text(container), "denied hidden false hidden `useSession` is called outside of a `GrantletProvider`");
  expectErrors(/outside of a `GrantletProvider`|The above error/);
});

test("without a session everything is denied until there is one", () => {
  const drawn = (session) => (
    <GrantletProvider session={session}>
      <Can permission="page-1:view" fallback="denied">allowed</Can> <State name="finance" />
    </GrantletProvider>
  );
  const { container, rerender } = render(drawn(undefined));
  equal(text(container), "denied hidden");
  rerender(drawn(null));
  equal(text(container), "denied hidden");
  rerender(drawn(policy.session(somebody("reader", "bookkeeper"), { entitlements: ["finance"] })));
  equal(text(container), "allowed enabled");
  rerender(drawn(undefined));
  equal(text(container), "denied hidden");
});

test("what is no session is refused by name", () => {
  const { container } = render(
    <Boundary>
      <GrantletProvider session={policy}>
        <Can permission="page-1:view">allowed</Can>
      </GrantletProvider>
    </Boundary>,
  );
  equal(text(container), "the `session` of a `GrantletProvider` is a session, a promise of one or undefined");
  expectErrors(/`session` of a `GrantletProvider`|The above error/);
});

test("the nearest provider counts, and one without a session denies", () => {
  const { container } = render(
    <GrantletProvider session={policy.session(somebody("reader"))}>
      <GrantletProvider session={policy.session(somebody("few"))}>
        <Answer permission="page-3:edit" />{" "}
      </GrantletProvider>
      <GrantletProvider session={undefined}>
        <Answer permission="page-3:view" />{" "}
      </GrantletProvider>
      <Answer permission="page-3:view" /> <Answer permission="page-3:edit" />
    </GrantletProvider>,
  );
  equal(text(container), "true false true false");
});

test("a session that is freed denies everything at once, and what is mounted later too", () => {
  const session = policy.session(somebody("reader", "bookkeeper"), { entitlements: ["finance"] });
  const drawn = (more) => (
    <GrantletProvider session={session}>
      <Can permission="page-1:view" fallback="denied ">allowed </Can>
      <Can permission="note:edit" resource={{ owner: "anna" }} fallback="denied ">allowed </Can>
      <State name="finance" />
      {more}
    </GrantletProvider>
  );
  const { container, rerender } = render(drawn(""));
  equal(text(container), "allowed denied enabled");
  act(() => session.free());
  equal(text(container), "denied denied hidden");
  rerender(drawn(<Can permission="page-2:view" fallback=" denied">allowed</Can>));
  equal(text(container), "denied denied hidden denied");
});

test("a session that is freed is gone for what asks it more, and breaks nothing", () => {
  const session = policy.session(somebody("reader"));
  function Reason() {
    return useSession()?.decide("page-1:view").reason ?? "no session";
  }
  const drawn = (more) => <GrantletProvider session={session}><Reason />{more}</GrantletProvider>;
  const { container, rerender } = render(drawn(""));
  equal(text(container), "granted");
  act(() => session.free());
  equal(text(container), "no session");
  rerender(drawn(<Reason />));
  equal(text(container), "no sessionno session");
});

test("a record that throws is denied", () => {
  const record = {
    get owner() {
      throw new Error("not read");
    },
  };
  const { container } = render(
    <GrantletProvider session={policy.session(somebody("writer"))}>
      <Can permission="note:edit" resource={record} fallback="denied ">allowed </Can>
      <Can permission="note:edit" resource={{ owner: "anna" }} fallback="denied">allowed</Can>
    </GrantletProvider>,
  );
  equal(text(container), "denied allowed");
});

test("a session that takes another's place is followed, and the old one let go", () => {
  const [anna, mo] = [policy.session(somebody("reader")), policy.session(somebody("few"))];
  const [first, second] = [counted(anna), counted(mo)];
  const drawn = (session) => (
    <GrantletProvider session={session}>
      <Answer permission="page-3:view" /> <Answer permission="page-3:edit" />
    </GrantletProvider>
  );
  const { container, rerender } = render(drawn(first));
  equal(text(container), "true false");
  equal([first.listeners, second.listeners], [2, 0], "the listeners");
  rerender(drawn(second));
  equal(text(container), "true true");
  equal([first.listeners, second.listeners], [0, 2], "the listeners");
  act(() => anna.update({ subject: somebody("reader", "few") }));
  act(() => mo.update({ subject: somebody() }));
  equal(text(container), "false false");
});

test("useSession gives the session that was handed over, and is rendered again at its changes", () => {
  const session = policy.session(somebody("few"));
  let renders = 0;
  function Count() {
    renders += 1;
    return useSession()?.allowed().length;
  }
  const drawn = (
    <GrantletProvider session={session}>
      <Count />
    </GrantletProvider>
  );
  const { container } = render(drawn);
  equal(text(container), String(session.allowed().length));
  renders = 0;
  act(() => session.update({ subject: somebody("reader") }));
  equal(text(container), String(PAGES.length));
  equal(renders, 1, "the renders of one change");
});

test("a snapshot's answers end with its time", async () => {
  const until = Date.now() + 400;
  const subject = { id: "anna", assignments: [{ role: "reader" }, { role: "few", until }] };
  const snapshot = JSON.parse(JSON.stringify(policy.session(subject).snapshot()));
  const { container } = render(
    <GrantletProvider session={openSnapshot(snapshot)}>
      <Answer permission="page-3:edit" /> <Answer permission="page-3:view" /> <Answer permission="page-4:edit" />
    </GrantletProvider>,
  );
  equal(text(container), "true true false");
  await act(() => sleep(until - Date.now() + 60));
  equal(text(container), "false false false");
});

ready();
