// A page that a server renders and a browser takes over: composables, and the directive on elements of each kind, in a
// template and in a render function.

import { createSSRApp, defineComponent, h, withDirectives } from "vue";
import { GrantletPlugin, useCan, useSection, vCan } from "grantlet/vue";

/** A record that a condition looks at. */
const note = { owner: "anna" };

const Drawn = defineComponent(() => () => [
  withDirectives(h("button", { id: "drawn-edit", disabled: false }, "Edit"), [[vCan, "page-4:edit", "disable"]]),
  withDirectives(h("p", { id: "drawn-view", hidden: false }, "View"), [[vCan, "page-4:view"]]),
]);

const Page = defineComponent({
  components: { Drawn },
  setup: () => ({
    note,
    may: useCan("page-3:edit"),
    other: useCan("note:edit", { resource: note }),
    north: useCan("note:edit", { scope: "workspace:north" }),
    finance: useSection("finance"),
    notes: useSection("notes", { scope: "workspace:north" }),
  }),
  template: `
    <h1 v-if="may">Edit</h1><h2 v-else>View</h2>
    <p id="answers">{{ may }} {{ other }} {{ north }} {{ finance }} {{ notes }}</p>
    <button id="open" v-can="'page-3:edit'">Edit</button>
    <button id="hidden" v-can="'page-4:edit'" :disabled="false" @click="() => {}">Edit</button>
    <button id="shut" v-can.disable="'page-4:edit'" :disabled="false">Edit</button>
    <a id="link" href="#edit" v-can.disable="'page-4:edit'" title="edit">Edit</a>
    <div id="part" v-can:disable="'page-4:edit'"><input></div>
    <div id="scoped" v-can="{ permission: 'note:edit', scope: 'workspace:north' }" class="one">North</div>
    <p id="authors" hidden v-can="'page-3:edit'">Away</p>
    <Drawn v-can="'page-3:edit'" v-if="false" />
    <Drawn />
    <section v-if="finance !== 'hidden'" :inert="finance !== 'enabled'">{{ finance }}</section>`,
});

export const app = (session, create = createSSRApp) => create(Page).use(GrantletPlugin, { session });

/** Whom the page is for. */
export const ANNA = {
  id: "anna",
  assignments: [{ role: "few" }, { role: "clerk" }, { role: "editor", scope: "workspace:north" }],
};
