// `useCan`, `useSection` and `useSession`: what they answer, when they turn, and that no failure is an allow.

import { render } from "@testing-library/vue";
import { isRef, nextTick, reactive, ref, shallowRef, watchEffect } from "vue";
import { openSnapshot } from "grantlet/client";
import { GrantletPlugin, useCan, useSection, useSession } from "grantlet/vue";
import { equal, expectLogged, ready, sleep, test } from "../support/page.js";
import { counted, PAGES, policy, ROLES, sessionOf, somebody } from "../../support/policy.js";

const BARE = { template: "<p></p>" };

/** What the composables of a component give, in an app with this session, if any. */
function within(session, use, plugins = [[GrantletPlugin, { session }]]) {
  let given;
  const { unmount } = render({ ...BARE, setup: () => void (given = use()) }, { global: { plugins } });
  return { ...given, unmount };
}

test("useCan is what session.can is, for many subjects, requests and permissions", () => {
  const requests = [
    undefined,
    {},
    { scope: "workspace:north" },
    { scope: "workspace:south" },
    { scope: "company:north" },
    { scope: "" },
    { resource: {} },
    { resource: { owner: "anna" } },
    { resource: { owner: "ruben" } },
    { action: { soft: true } },
    { action: { soft: false }, scope: "workspace:north" },
  ];
  const names = [...PAGES.slice(0, 8), "note", "invoice", "nothing"]
    .flatMap((resource) => ["view", "edit", "delete"].map((action) => `${resource}:${action}`));
  let compared = 0;
  let allowed = 0;
  for (let chosen = 0; chosen < 1 << ROLES.length; chosen += 1) {
    const subject = somebody(...ROLES.filter((_, place) => (chosen >> place) & 1));
    if (chosen % 3 === 0) subject.assignments.push({ role: "editor", scope: "workspace:north" });
    if (chosen % 13 === 5) subject.status = "suspended";
    const session = policy.session(subject, chosen % 2 ? { entitlements: ["finance"] } : {});
    const { answers, sections, unmount } = within(session, () => ({
      answers: requests.flatMap((request) => names.map((name) => [name, request, useCan(name, request)])),
      sections: requests.flatMap((request) => policy.sections.map((name) => [name, request, useSection(name, request)])),
    }));
    for (const [name, request, answer] of answers) {
      equal(answer.value, session.can(name, request), `${name} with ${JSON.stringify(request)}`);
      compared += 1;
      allowed += answer.value;
    }
    for (const [name, request, state] of sections) equal(state.value, session.section(name, request), name);
    unmount();
  }
  equal(compared > 20_000 && allowed > 1000, true, `${compared} answers with ${allowed} allows`);
});

test("what is conditional is no allow until the record is there", async () => {
  const resource = shallowRef();
  const { edit } = within(sessionOf("writer"), () => ({ edit: useCan("note:edit", { resource }) }));
  equal(edit.value, false);
  resource.value = { owner: "anna" };
  equal(edit.value, true);
});

test("permission and request may be refs, getters or both", () => {
  const name = ref("page-1:view");
  const scope = ref("workspace:north");
  const subject = { id: "anna", assignments: [{ role: "few" }, { role: "editor", scope: "workspace:north" }] };
  const { one, two, three } = within(policy.session(subject), () => ({
    one: useCan(name),
    two: useCan(() => "note:edit", { scope }),
    three: useCan("note:edit", () => ({ scope: scope.value })),
  }));
  equal([one.value, two.value, three.value], [false, true, true]);
  name.value = "page-3:view";
  scope.value = "workspace:south";
  equal([one.value, two.value, three.value], [true, false, false]);
});

test("a scope that is not known yet is not the root", () => {
  const scope = ref();
  const { edit } = within(sessionOf("few"), () => ({ edit: useCan("page-3:edit", { scope }) }));
  equal(edit.value, false);
  scope.value = "workspace:north";
  equal(edit.value, true);
  scope.value = null;
  equal(edit.value, false);
});

test("a reactive record is followed, a key that it gets later too", () => {
  const note = reactive({ id: 1 });
  const { edit } = within(sessionOf("writer"), () => ({ edit: useCan("note:edit", { resource: note }) }));
  equal(edit.value, false);
  note.owner = "anna";
  equal(edit.value, true);
  note.owner = "ruben";
  equal(edit.value, false);
  note.owner = "anna";
  delete note.owner;
  equal(edit.value, false);
});

test("a request that is no object is denied", () => {
  const { scope, nothing } = within(sessionOf("few"), () => ({
    scope: useCan("page-3:edit", "workspace:north"),
    nothing: useCan("page-3:edit", null),
  }));
  equal([scope.value, nothing.value], [false, false]);
});

test("a record that throws is denied", () => {
  const resource = { get owner() { throw new Error("no owner"); } };
  const { edit, view } = within(sessionOf("writer"), () => ({
    edit: useCan("note:edit", { resource }),
    view: useCan("note:view", { resource }),
  }));
  equal([edit.value, view.value], [false, true]);
});

test("nothing is allowed while a session is loading", async () => {
  let arrive;
  const promise = new Promise((resolve) => (arrive = resolve));
  const { edit, state, session } = within(promise, () => ({
    edit: useCan("page-3:edit"),
    state: useSection("notes"),
    session: useSession(),
  }));
  equal([edit.value, state.value, session.value === undefined], [false, "hidden", true]);
  const arrived = sessionOf("few");
  arrive(arrived);
  await promise;
  equal([edit.value, state.value, session.value === arrived], [true, "disabled", true]);
});

test("nothing is allowed after a failure, and the app hears of it", async () => {
  const heard = [];
  const plugin = { install: (app) => (app.config.errorHandler = (error) => heard.push(error.message)) };
  const promise = Promise.reject(new Error("no network"));
  const { edit } = within(promise, () => ({ edit: useCan("page-3:edit") }), [plugin, [GrantletPlugin, { session: promise }]]);
  await sleep(0);
  equal([edit.value, heard], [false, ["no network"]]);
});

test("a failure that no handler takes is in the console", async () => {
  const { edit } = within(Promise.reject(new Error("no network")), () => ({ edit: useCan("page-3:edit") }));
  await sleep(0);
  equal(edit.value, false);
  expectLogged(/no network/);
});

test("nothing is allowed without the plugin, and developers are told", () => {
  const { edit, state, session } = within(undefined, () => ({
    edit: useCan("page-3:edit"),
    state: useSection("notes"),
    session: useSession(),
  }), []);
  equal([edit.value, state.value, session.value === undefined], [false, "hidden", true]);
  expectLogged(/`app\.use\(GrantletPlugin, \{ session \}\)`/);
});

test("without a session nothing is allowed", () => {
  for (const session of [undefined, null, ref(), () => undefined]) {
    const { edit, unmount } = within(session, () => ({ edit: useCan("page-3:edit") }));
    equal(edit.value, false);
    unmount();
  }
});

test("a session that was freed before is denied everything", () => {
  const session = sessionOf("few");
  session.free();
  const { edit, state } = within(session, () => ({ edit: useCan("page-3:edit"), state: useSection("notes") }));
  equal([edit.value, state.value], [false, "hidden"]);
});

test("a session that is freed meanwhile takes every allow with it", () => {
  const session = sessionOf("few", "writer");
  const { edit, state } = within(session, () => ({ edit: useCan("page-3:edit"), state: useSection("notes") }));
  equal([edit.value, state.value], [true, "enabled"]);
  session.free();
  equal([edit.value, state.value], [false, "hidden"]);
});

test("a session that is replaced is asked no more", async () => {
  const before = counted(sessionOf("few"));
  const after = counted(sessionOf("seventh"));
  const session = shallowRef(before);
  const { three, seven } = within(session, () => ({ three: useCan("page-3:edit"), seven: useCan("page-7:edit") }));
  equal([three.value, seven.value, before.listeners], [true, false, 1]);
  session.value = after;
  equal([three.value, seven.value, before.listeners, after.listeners], [false, true, 0, 1]);
  session.value = undefined;
  equal([three.value, seven.value, after.listeners], [false, false, 0]);
});

test("while another session is loading the one before answers nothing, and a late one is not taken", async () => {
  let [first, second] = [];
  const session = shallowRef(sessionOf("few"));
  const { three, seven } = within(session, () => ({ three: useCan("page-3:edit"), seven: useCan("page-7:edit") }));
  equal(three.value, true);
  session.value = new Promise((resolve) => (first = resolve));
  equal([three.value, seven.value], [false, false]);
  session.value = new Promise((resolve) => (second = resolve));
  second(sessionOf("seventh"));
  await sleep(0);
  first(sessionOf("few"));
  await sleep(0);
  equal([three.value, seven.value], [false, true]);
});

test("a getter that makes promises is asked once for each change of what it reads", async () => {
  const role = ref("few");
  let made = 0;
  const source = () => {
    made += 1;
    return Promise.resolve(sessionOf(role.value));
  };
  const { three, seven } = within(source, () => ({ three: useCan("page-3:edit"), seven: useCan("page-7:edit") }));
  await sleep(0);
  equal([three.value, seven.value, made], [true, false, 1]);
  role.value = "seventh";
  equal(three.value, false);
  await sleep(0);
  equal([three.value, seven.value, made], [false, true, 2]);
});

test("a session in a deep ref answers, although Vue has it behind a proxy", async () => {
  const { edit, session } = within(ref(sessionOf("few")), () => ({ edit: useCan("page-3:edit"), session: useSession() }));
  equal([edit.value, session.value.can("page-3:edit")], [true, true]);
});

test("useSession is triggered by each change of the session, and one answer by its own", async () => {
  const session = sessionOf("reader");
  const seen = { session: 0, edit: 0 };
  const { given } = within(session, () => {
    const given = useSession();
    const edit = useCan("page-3:edit");
    watchEffect(() => void (given.value, (seen.session += 1)));
    watchEffect(() => void (edit.value, (seen.edit += 1)));
    return { given };
  });
  equal([isRef(given), given.value === session, seen], [true, true, { session: 1, edit: 1 }]);
  session.update({ subject: somebody("seventh") });
  await nextTick();
  equal(seen, { session: 2, edit: 1 });
  session.update({ subject: somebody("few") });
  await nextTick();
  equal(seen, { session: 3, edit: 2 });
});

test("a snapshot answers as its session did, until its time is over", async () => {
  const until = Date.now() + 300;
  const session = policy.session({ id: "anna", assignments: [{ role: "few", until }] });
  const snapshot = openSnapshot(JSON.parse(JSON.stringify(session.snapshot())));
  const { edit, view } = within(snapshot, () => ({ edit: useCan("page-3:edit"), view: useCan("page-4:view") }));
  equal([edit.value, view.value], [true, false]);
  await sleep(until - Date.now() + 50);
  equal([edit.value, view.value], [false, false]);
});

ready();
