import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { within } from "./deadline";
import type { Env } from "./env";
import { fault } from "./log";
import { unauthorized, unavailable } from "./refusal";
import { bearer } from "./token";

/** Who a request is from: a session that this Worker has verified, and nothing that the request says besides. */
export interface Session {
  /** The subject's id in the directory. */
  readonly subject: string;
}

/** How sessions are signed. A token does not get to choose: `none`, or the public key as a shared secret, is refused. */
const ALGORITHMS = ["ES256"];
/** Seconds by which the clocks may differ. */
const CLOCK_TOLERANCE = 5;
/** Milliseconds that the key server, and the table of revoked keys, may take. */
const PATIENCE = 3_000;

/** The public keys: fetched once, again for an id that is new, at most every 30 seconds, and at the latest after ten minutes. */
const keySets = new Map<string, JWTVerifyGetKey>();

function keysAt(url: string): JWTVerifyGetKey {
  let keys = keySets.get(url);
  if (keys === undefined) {
    keys = createRemoteJWKSet(new URL(url), { cacheMaxAge: 600_000, cooldownDuration: 30_000, timeoutDuration: PATIENCE });
    keySets.set(url, keys);
  }
  return keys;
}

/** Verifies the token of a request. */
export async function sessionOf(request: Request, env: Env): Promise<Session> {
  const { payload, protectedHeader } = await verified(bearer(request), env);
  const { sub } = payload;
  const { kid } = protectedHeader;
  if (sub === undefined || sub === "" || kid === undefined) throw unauthorized("invalid-token");
  if (await isRevoked(kid, env)) throw unauthorized("revoked-key");
  return { subject: sub };
}

async function verified(token: string, env: Env) {
  try {
    return await jwtVerify(token, keysAt(env.KEYS_URL), {
      algorithms: ALGORITHMS,
      issuer: env.ISSUER,
      audience: env.AUDIENCE,
      requiredClaims: ["exp", "sub"],
      clockTolerance: CLOCK_TOLERANCE,
    });
  } catch (thrown) {
    if (thrown instanceof errors.JWTExpired) throw unauthorized("expired-token");
    if (INVALID.some((kind) => thrown instanceof kind)) throw unauthorized("invalid-token");
    // The key server did not answer, or not with keys: nobody can say whether the token is good.
    fault("keys", thrown);
    throw unavailable("keys-unavailable");
  }
}

/** What is wrong with a token, and not with whoever has the keys. */
const INVALID = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** The key server takes minutes to be believed: this is asked for each request, so that a revoked key is refused at once. */
async function isRevoked(kid: string, env: Env): Promise<boolean> {
  const asking = env.KEYS.prepare("SELECT 1 FROM revoked_keys WHERE kid = ?1").bind(kid).first();
  try {
    return (await within(PATIENCE, asking)) !== null;
  } catch (thrown) {
    fault("revoked-keys", thrown);
    throw unavailable("keys-unavailable");
  }
}
