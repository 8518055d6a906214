// Every way of asking the package against one accessibility set.

import test from "node:test";
import { loadPolicy } from "grantlet";
import { openTools } from "grantlet/tools";
import { cases, Comparison, effectOf, stateOf } from "../support/accessibility.mjs";

/** Everything that a session answers to one request. */
function compareSession(found, policy, session, { policy: written, permissions }, request, reasons, place) {
  const where = (what) => () => `${what} of ${JSON.stringify(request)} ${place()}`;
  const allowed = permissions.filter((_, number) => effectOf(reasons[number]) === "allow");
  permissions.forEach((name, number) => {
    const { effect, reason } = session.decide(name, request);
    found.equal(where(`decide ${name}`), reason, reasons[number]);
    found.equal(where(`effect ${name}`), effect, effectOf(reasons[number]));
    found.equal(where(`can ${name}`), session.can(name, request), effect === "allow");
    found.equal(where(`handle ${name}`), session.can(policy.permission(name), request), effect === "allow");
  });
  found.equal(where("allowed"), session.allowed(request).join(), allowed.join());
  found.equal(where("can nothing:fly"), session.can("nothing:fly", request), false);
  const states = session.sections(request);
  for (const [name, declaration] of Object.entries(written.sections)) {
    const expected = stateOf(declaration, (permission) => reasons[permissions.indexOf(permission)]);
    found.equal(where(`section ${name}`), session.section(name, request), expected);
    found.equal(where(`sections ${name}`), states[name], expected);
  }
}

/** A request without anything is also asked as none at all, which is another path through the package. */
const asked = (request) => (Object.keys(request).length === 0 ? [undefined, request] : [request]);

test("sessions answer what is in the set, each update of one session too", async (t) => {
  const found = new Comparison();
  for (const [number, written] of cases.entries()) {
    const { directory, instants, requests } = written;
    const policy = await loadPolicy(written.policy);
    const session = policy.session(directory[0], instants[0].context);
    for (const [at, { context, reasons }] of instants.entries()) {
      for (const [who, subject] of directory.entries()) {
        session.update(who === 0 ? { subject, context } : { subject });
        requests.forEach((request, place) => {
          for (const given of asked(request)) {
            const where = () => `in case ${number} for ${subject.id} at instant ${at}`;
            compareSession(found, policy, session, written, given, reasons[who][place], where);
          }
        });
      }
    }
    policy.free();
  }
  found.end(t, 50_000);
});

test("a session of its own answers as an updated one, over the policy compiled to bytes", async (t) => {
  const found = new Comparison();
  for (const { policy: written, permissions, directory, instants, requests } of cases) {
    const policy = await loadPolicy((await loadPolicy(JSON.stringify(written))).toBytes());
    for (const [who, subject] of directory.entries()) {
      const { context, reasons } = instants.at(-1);
      using(policy.session(subject, context), (session) =>
        requests.forEach((request, place) =>
          permissions.forEach((name, number) => {
            const expected = effectOf(reasons[who][place][number]) === "allow";
            found.equal(() => `${name} for ${subject.id}`, session.can(name, request), expected);
          }),
        ),
      );
    }
  }
  found.end(t, 5_000);
});

function using(session, work) {
  work(session);
  session.free();
}

test("who may is read off the set, and the matrix is what a holder of one role gets", async (t) => {
  const found = new Comparison();
  for (const [number, written] of cases.entries()) {
    const { permissions, directory, instants, requests } = written;
    const tools = await openTools(written.policy);
    for (const { context, reasons } of instants) {
      requests.forEach((request, place) =>
        permissions.forEach((name, permission) => {
          const who = tools.who(name, directory, context, request);
          for (const effect of ["allow", "conditional"]) {
            const holders = directory.filter((_, at) => effectOf(reasons[at][place][permission]) === effect);
            const where = () => `who ${effect} ${name} of ${JSON.stringify(request)} in case ${number}`;
            found.equal(where, who[effect].join(), holders.map(({ id }) => id).join());
          }
        }),
      );
    }
    const { cells } = tools.matrix();
    for (const role of Object.keys(written.policy.roles)) {
      for (const name of permissions) {
        found.equal(() => `${role} ${name} in case ${number}`, cells[role][name], written.matrix[role][name]);
      }
    }
    tools.free();
  }
  found.end(t, 5_000);
});

test("changes are decided as the reference does, and make the set that decide then finds", async (t) => {
  const found = new Comparison();
  for (const [number, { policy: written, permissions, requests, change: own }] of cases.entries()) {
    const policy = await loadPolicy(written);
    const { allowed, reason, constraint } = policy.decideChange(own.change);
    const where = (what) => () => `${what} of the change of case ${number}`;
    found.equal(where("reason"), reason, own.reason);
    found.equal(where("allowed"), allowed, own.reason === "granted");
    found.equal(where("constraint"), constraint, own.constraint);
    if (own.after === undefined) continue;
    using(policy.session(own.change.target, own.change.context), (session) => {
      session.update({ subject: own.after.target });
      requests.forEach((request, place) =>
        permissions.forEach((name, permission) =>
          found.equal(where(name), session.decide(name, request).reason, own.after.reasons[place][permission]),
        ),
      );
    });
  }
  found.end(t, 500);
});

test("who may change what follows from the set where rules ask for permissions", async (t) => {
  const found = new Comparison();
  for (const [number, { directory, instants, byPermission }] of cases.entries()) {
    const policy = await loadPolicy(byPermission.policy);
    const { context } = instants[0];
    for (const { actor, target, parts, reason } of byPermission.changes) {
      const decision = policy.decideChange({ actor: directory[actor], target: directory[target], context, ...parts });
      found.equal(() => `${JSON.stringify(parts)} in case ${number}`, decision.reason, reason);
    }
  }
  found.end(t, 3_000);
});
