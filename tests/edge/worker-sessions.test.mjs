// Sessions of the example `examples/edge-worker`: which tokens let somebody in, and what becomes of all others.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { AUDIENCE, ending, example, ISSUER, running, seed } from "./support/edge-worker.mjs";

const require = createRequire(new URL("../runtimes/package.json", import.meta.url));
const { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } = await import(pathToFileURL(require.resolve("jose")));

const ends = ending(after);
const PATH = "/workspaces/sales";
let project;
let edge;
before(async () => {
  project = example("sessions");
  edge = await running(project, ends);
  await seed(edge);
});

const now = () => Math.floor(Date.now() / 1000);

/** What a token comes to at each place that asks for a session. It is the same everywhere, and reaches no upstream. */
async function shown(token) {
  const before = edge.api.requests.length;
  const [guarded, page] = await Promise.all([edge.as("", PATH, { token }), edge.as("", "/session/snapshot", { token })]);
  const [{ error }, other] = [await guarded.json(), await page.json()];
  assert.equal(guarded.status, page.status);
  if (guarded.status !== 200) {
    assert.deepEqual(other, { error });
    assert.equal(edge.api.requests.length, before);
    if (guarded.status === 401) assert.equal(guarded.headers.get("www-authenticate"), "Bearer");
  }
  return error ?? guarded.status;
}

const signed = (claims) => edge.keys.token("anna", claims);

test("a session that is signed, for this worker and of the present is let in", async () => {
  assert.equal(await shown(await signed()), 200);
  assert.equal(await shown(await signed({ aud: ["other", AUDIENCE] })), 200);
});

test("an expired token is refused, and one that is not yet valid", async () => {
  assert.equal(await shown(await signed({ exp: now() - 60 })), "expired-token");
  assert.equal(await shown(await signed({ nbf: now() + 60 })), "invalid-token");
  assert.equal(await shown(await signed({ exp: now() - 2 })), 200, "the clocks may differ by some seconds");
});

test("a token of another issuer or for another audience is refused", async () => {
  for (const iss of ["https://sign-in.example.com/", "https://evil.example.com", "", undefined]) assert.equal(await shown(await signed({ iss })), "invalid-token");
  for (const aud of ["front-office", [], "", undefined]) assert.equal(await shown(await signed({ aud })), "invalid-token");
});

test("a token without a subject, an end or the id of its key is refused", async () => {
  assert.equal(await shown(await signed({ exp: undefined })), "invalid-token");
  assert.equal(await shown(await edge.keys.token(undefined)), "invalid-token");
  assert.equal(await shown(await edge.keys.token("")), "invalid-token");
  assert.equal(await shown(await edge.keys.token("anna", { header: { kid: undefined } })), "invalid-token");
});

test("a token without a signature is refused", async () => {
  const claims = { sub: "anna", iss: ISSUER, aud: AUDIENCE, exp: now() + 300 };
  assert.equal(await shown(new UnsecuredJWT(claims).encode()), "invalid-token");
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const [, payload, signature] = (await signed()).split(".");
  for (const alg of ["none", "NONE", "None", "nOnE"]) {
    for (const end of ["", signature]) assert.equal(await shown(`${part({ alg, kid: "k1" })}.${payload}.${end}`), "invalid-token");
  }
  assert.equal(await shown(`${part({ alg: "ES256", kid: "k1" })}.${payload}.`), "invalid-token");
});

test("a public key is no shared secret", async () => {
  const { publicKey } = edge.keys.pairs.get("k1");
  const claims = { sub: "anna", iss: ISSUER, aud: AUDIENCE, exp: now() + 300 };
  const spki = await exportSPKI(publicKey);
  const secrets = [spki, spki.trim(), JSON.stringify(await exportJWK(publicKey)), ""].map((text) => new TextEncoder().encode(text.padEnd(32)));
  for (const secret of secrets) {
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(secret);
    assert.equal(await shown(token), "invalid-token");
  }
});

test("a signature by an unknown key, or by another one than it says, is refused", async () => {
  const stranger = await generateKeyPair("ES256", { extractable: true });
  assert.equal(await shown(await signed({ kid: "unknown", key: stranger.privateKey })), "invalid-token");
  assert.equal(await shown(await signed({ key: stranger.privateKey })), "invalid-token");
  const jwk = await exportJWK(stranger.publicKey);
  assert.equal(await shown(await signed({ key: stranger.privateKey, header: { jwk } })), "invalid-token", "it brings its own key");
  const { privateKey } = await generateKeyPair("ES384", { extractable: true });
  assert.equal(await shown(await signed({ key: privateKey, header: { alg: "ES384" } })), "invalid-token");
});

test("a token that was changed, or is none, is refused", async () => {
  const [header, payload, signature] = (await signed()).split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url"));
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: "sofie" })).toString("base64url");
  assert.equal(await shown(`${header}.${changed}.${signature}`), "invalid-token");
  for (const token of ["a", "a.b", "a.b.c", "..", `${header}.${payload}`, `${header}.${payload}.${signature}.x`]) {
    assert.equal(await shown(token), "invalid-token", token);
  }
  for (const authorization of ["", "Bearer", "Bearer ", `Basic ${header}`, `bearer  ${header}`]) {
    assert.deepEqual(await (await edge.ask(PATH, { headers: { authorization } })).json(), { error: "no-token" });
  }
  assert.equal(await shown(await signed({ header: { crit: ["exp"], exp: 1 } }).catch(() => "a.b.c")), "invalid-token");
});

test("a key that is revoked opens nothing from then on, however good its signatures are", async () => {
  await edge.keys.pair("k2");
  const fresh = await running(project, ends);
  await seed(fresh);
  await fresh.keys.pair("k2");
  const ask = async (kid) => (await fresh.as("", PATH, { token: await fresh.keys.token("anna", { kid }) })).status;
  assert.deepEqual([await ask("k1"), await ask("k2")], [200, 200]);
  const revoked = await fresh.miniflare.getD1Database("KEYS");
  await revoked.prepare("INSERT INTO revoked_keys (kid) VALUES (?1)").bind("k2").run();
  assert.deepEqual([await ask("k1"), await ask("k2")], [200, 401]);
  const answer = await fresh.as("", "/session/snapshot", { token: await fresh.keys.token("anna", { kid: "k2" }) });
  assert.deepEqual(await answer.json(), { error: "revoked-key" });
});

test("keys are asked for once, and not for every id that somebody makes up", async () => {
  const fresh = await running(project, ends);
  await seed(fresh);
  const stranger = await generateKeyPair("ES256", { extractable: true });
  assert.equal((await fresh.as("anna", PATH)).status, 200);
  assert.equal(fresh.keys.state.asked, 1);
  for (let index = 0; index < 50; index += 1) {
    const token = await fresh.keys.token("anna", { kid: `made-up-${index}`, key: stranger.privateKey });
    assert.equal((await fresh.as("", PATH, { token })).status, 401);
  }
  assert.equal((await fresh.as("anna", PATH)).status, 200);
  assert.equal(fresh.keys.state.asked, 1);
});

test("without the key server nobody new is let in, and it is asked again", async () => {
  const fresh = await running(project, ends);
  await seed(fresh);
  fresh.keys.state.answers = () => false;
  const refused = await fresh.as("anna", PATH);
  assert.deepEqual([refused.status, await refused.json(), refused.headers.get("retry-after")], [503, { error: "keys-unavailable" }, "5"]);
  assert.equal((await fresh.as("anna", "/session/snapshot")).status, 503);
  assert.equal(fresh.api.requests.length, 0);
  assert.ok((await fresh.logged("fault")).every(({ of }) => of === "keys"));
  fresh.keys.state.answers = () => true;
  assert.equal((await fresh.as("anna", PATH)).status, 200);
  // What it said holds for ten minutes.
  fresh.keys.state.answers = () => false;
  assert.equal((await fresh.as("bo", "/invoices/2026-001")).status, 200);
});
