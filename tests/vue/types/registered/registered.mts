// Where a program registers its policy, composables and the directive know its names.

import { definePolicy, loadPolicy, type Session } from "grantlet";
import { openSnapshot, type Snapshot } from "grantlet/client";
import { GrantletPlugin, useCan, useSection, useSession, vCan, type CanValue } from "grantlet/vue";
import { computed, createApp, type GlobalDirectives, type ObjectDirective, ref, shallowRef } from "vue";

const written = definePolicy({
  grantlet: 1,
  resources: { relation: { actions: ["view", "edit"] } },
  roles: { sales: { allow: ["relation:edit"] } },
  sections: { crm: { show: ["relation:view"] } },
});

declare module "grantlet" {
  interface Register {
    policy: typeof written;
  }
}

const policy = await loadPolicy(written);
const session = policy.session({ id: "anna" });
const snapshot = openSnapshot({} as Snapshot<typeof written>);

const app = createApp({});
app.use(GrantletPlugin, { session });
app.use(GrantletPlugin, { session: snapshot });
app.use(GrantletPlugin, { session: Promise.resolve(session) });
app.use(GrantletPlugin, { session: shallowRef(snapshot) });
app.use(GrantletPlugin, { session: () => (Math.random() > 0.5 ? session : Promise.resolve(snapshot)) });
app.use(GrantletPlugin, { session: null });

const may: boolean = useCan("relation:edit").value;
const here = useCan("relation:edit", { scope: ref("workspace:a"), resource: () => ({ owner: "anna" }), action: { soft: true } });
const later = useCan(() => "relation:edit", () => ({ scope: "workspace:a" }));
const state: "enabled" | "disabled" | "locked" | "hidden" = useSection("crm").value;
const found = useSession();
const asked: boolean | undefined = found.value?.can("relation:view");
const live = useSession<Session<typeof written>>();
const allowed = computed(() => live.value?.allowed());

const values: CanValue[] = [
  "relation:edit",
  ["relation:view", "relation:edit"],
  { permission: "relation:edit", scope: "workspace:a" },
  { permission: ["relation:edit"], resource: { owner: "anna" } },
];

// Templates are checked by what is registered under the directive's name.
type Registered = GlobalDirectives["vCan"];
type ValueOf<D> = D extends ObjectDirective<any, infer V> ? V : never;
const own: Registered = vCan;
const inTemplate: ValueOf<Registered> = "relation:edit";

// @ts-expect-error a typing error in the action
useCan("relation:edti");
// @ts-expect-error a typing error in what a getter gives
useCan(() => "relation:edti");
// @ts-expect-error no section of that name
useSection("crn");
// @ts-expect-error a typing error, asked of the session itself
found.value?.can("relation:edti");
// @ts-expect-error there may be no session
found.value.can("relation:edit");
// @ts-expect-error the answer is read only
here.value = true;
// @ts-expect-error a typing error in a template
const mistyped: ValueOf<Registered> = "relation:edti";
// @ts-expect-error a typing error in one of several
const several: CanValue = ["relation:view", "relation:edti"];
// @ts-expect-error a request without a permission
const request: CanValue = { scope: "workspace:a" };
// @ts-expect-error what answers nothing is no session
app.use(GrantletPlugin, { session: {} });
// @ts-expect-error a policy is no session
app.use(GrantletPlugin, { session: policy });
// @ts-expect-error the plugin is given a session
app.use(GrantletPlugin);

export { allowed, asked, inTemplate, later, may, mistyped, own, request, several, state, values };
