// How often is rendered: a component only when its own answer has turned, and once for each change.

import { render } from "@testing-library/vue";
import { defineComponent, h, nextTick, version } from "vue";
import { GrantletPlugin, useCan, useSection, useSession } from "grantlet/vue";
import { equal, note, ready, sleep, test } from "../support/page.js";
import { counted, PAGES, policy, sessionOf, somebody } from "../../support/policy.js";

/** A page of 200 components that ask for one permission each, and the times that each was rendered. */
function buttons(session, action = "edit") {
  const renders = new Map(PAGES.map((name) => [name, 0]));
  let pages = 0;
  const Guarded = defineComponent((props) => {
    const may = useCan(() => `${props.name}:${action}`);
    return () => {
      renders.set(props.name, renders.get(props.name) + 1);
      return h("button", { disabled: !may.value }, props.name);
    };
  }, { props: ["name"] });
  const Page = () => {
    pages += 1;
    return PAGES.map((name) => h(Guarded, { name, key: name }));
  };
  const { container, unmount } = render(defineComponent(() => Page), { global: { plugins: [[GrantletPlugin, { session }]] } });
  const enabled = () => [...container.querySelectorAll("button:not([disabled])")].map((button) => button.textContent);
  /** What was rendered since the last time that this was asked. */
  const rendered = () => {
    const found = [...renders].filter(([, times]) => times > 0);
    for (const name of renders.keys()) renders.set(name, 0);
    return found;
  };
  return { enabled, rendered, pages: () => pages, unmount };
}

/** Updates a session; gives how long that and what follows of it takes. */
async function update(session, facts) {
  const before = performance.now();
  session.update(facts);
  await nextTick();
  return `${(performance.now() - before).toFixed(1)} ms`;
}

const editable = (role) => PAGES.filter((name) => sessionOf(role).can(`${name}:edit`));
const once = (names) => names.map((name) => [name, 1]);

test("of 200 components those are rendered whose answer turned, once each", async () => {
  const session = sessionOf("reader");
  const { enabled, rendered, pages } = buttons(session);
  equal(rendered(), once(PAGES), "rendered at first");

  const first = await update(session, { subject: somebody("reader", "few") });
  const few = rendered();
  equal(few, once(editable("few")), "rendered as few answers turned");
  equal(enabled(), editable("few"));
  note(`Vue ${version}: 200 guarded components, ${few.length} answers turn: ${few.length} renders, ${first}`);

  const second = await update(session, { subject: somebody("reader", "seventh") });
  const turned = PAGES.filter((name) => editable("few").includes(name) !== editable("seventh").includes(name));
  const some = rendered();
  equal(some, once(turned), "rendered as others turned");
  note(`Vue ${version}: 200 guarded components, ${turned.length} answers turn: ${some.length} renders, ${second}`);

  const third = await update(session, { context: { entitlements: ["finance"] } });
  equal(rendered(), [], "rendered as no answer turned");
  note(`Vue ${version}: 200 guarded components, no answer turns: 0 renders, ${third}`);

  session.update({ subject: somebody() });
  session.update({ subject: somebody("few") });
  session.update({ subject: somebody("seventh") });
  await nextTick();
  equal(rendered(), [], "rendered as answers turned and turned back");
  equal(pages(), 1, "renders of the page around them");
});

test("of 200 elements with the directive those are written that turned, and nothing is rendered", async () => {
  const session = sessionOf("reader");
  let renders = 0;
  const { container } = render(
    {
      setup: () => ({ names: PAGES, rendered: () => void (renders += 1) }),
      template: `{{ rendered() }}<button v-for="name in names" :key="name" v-can="name + ':edit'">{{ name }}</button>`,
    },
    { global: { plugins: [[GrantletPlugin, { session }]] } },
  );
  const records = [];
  const observer = new MutationObserver((some) => records.push(...some));
  observer.observe(container, { subtree: true, attributes: true, childList: true, characterData: true });
  const time = await update(session, { subject: somebody("few") });
  const written = new Set([...records, ...observer.takeRecords()].map(({ target }) => target.textContent));
  observer.disconnect();
  equal([...written], editable("few"));
  equal(renders, 1, "renders");
  note(`Vue ${version}: 200 elements with v-can, ${written.size} answers turn: ${written.size} elements written, 0 renders, ${time}`);
});

test("answers turn by themselves when a time bound passes, in those components alone", async () => {
  const until = Date.now() + 300;
  const subject = { id: "anna", assignments: [{ role: "seventh" }, { role: "few", until }] };
  const { enabled, rendered } = buttons(policy.session(subject));
  rendered();
  equal(enabled().length, editable("seventh").length + editable("few").length);
  await sleep(until - Date.now() + 100);
  equal(rendered(), once(editable("few")));
  equal(enabled(), editable("seventh"));
});

test("a page that is gone leaves no listener and asks nothing", async () => {
  const session = sessionOf("few");
  const listened = counted(session);
  const { rendered, unmount } = buttons(listened);
  equal(listened.listeners, 1, "listeners of 200 components");
  unmount();
  rendered();
  const { asked } = listened;
  session.update({ subject: somebody("reader") });
  await nextTick();
  equal([listened.listeners, listened.asked - asked, rendered().length], [0, 0, 0]);
});

test("of an answer that turned before the app was mounted the page shows the new one", () => {
  const session = sessionOf("few");
  const plugin = { install: (app) => app.runWithContext(() => void useCan("page-3:edit").value) };
  const { container } = render(
    { template: `<p v-if="may">yes</p>`, setup: () => ({ may: useCan("page-3:edit") }) },
    { global: { plugins: [[GrantletPlugin, { session }], plugin, () => session.update({ subject: somebody("reader") })] } },
  );
  equal(container.textContent, "");
});

test("a section and an answer in one component are one render for a change of both", async () => {
  const session = policy.session(somebody("clerk"));
  let renders = 0;
  const { container } = render(
    defineComponent(() => {
      const [state, may] = [useSection("finance"), useCan("invoice:edit")];
      return () => {
        renders += 1;
        return `${state.value} ${may.value}`;
      };
    }),
    { global: { plugins: [[GrantletPlugin, { session }]] } },
  );
  equal([container.textContent, renders], ["locked false", 1]);
  session.update({ subject: somebody("bookkeeper"), context: { entitlements: ["finance"] } });
  await nextTick();
  equal([container.textContent, renders], ["enabled true", 2]);
});

test("a component that reads the session is rendered at every change of it, once", async () => {
  const session = sessionOf("reader");
  let renders = 0;
  const { container } = render(
    { setup: () => ({ session: useSession(), rendered: () => void (renders += 1) }), template: `{{ rendered() }}{{ session.allowed().length }}` },
    { global: { plugins: [[GrantletPlugin, { session }]] } },
  );
  equal([container.textContent, renders], ["200", 1]);
  session.update({ subject: somebody("few") });
  await nextTick();
  equal([container.textContent, renders], ["6", 2]);
});

ready();
