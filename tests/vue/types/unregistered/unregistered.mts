// Where no policy is registered any name is taken, and the session of any policy.

import { definePolicy, loadPolicy, type Session } from "grantlet";
import { openSnapshot } from "grantlet/client";
import { GrantletPlugin, useCan, useSection, useSession, type CanValue } from "grantlet/vue";
import { createApp } from "vue";

const written = definePolicy({
  grantlet: 1,
  resources: { relation: { actions: ["view"] } },
  roles: { sales: { allow: ["relation:view"] } },
  sections: { crm: { show: ["relation:view"] } },
});

const policy = await loadPolicy(written);
const session = policy.session({ id: "anna" });
const data = (await loadPolicy("{}")).session({ id: "anna" });

const app = createApp({});
app.use(GrantletPlugin, { session });
app.use(GrantletPlugin, { session: data });
app.use(GrantletPlugin, { session: Promise.resolve(session) });
app.use(GrantletPlugin, { session: openSnapshot(session.snapshot()) });
app.use(GrantletPlugin, { session: openSnapshot(JSON.parse("{}")) });

const any: CanValue = "whatever:view";
const live = useSession<Session<typeof written>>();
// @ts-expect-error the session's own policy knows its names
live.value?.can("relation:veiw");

export const answers = [useCan("whatever:view").value, useSection("whatever").value, useSession().value?.can("whatever:view"), any];
