import type { PolicyVersions } from "./versions";

/** What the Worker is given: bindings and variables of `wrangler.jsonc`, and secrets of `wrangler secret put`. */
export interface Env {
  /** The published policies. */
  readonly POLICIES: KVNamespace;
  /** Who and what there is. */
  readonly DIRECTORY: D1Database;
  /** The revoked keys. */
  readonly KEYS: D1Database;
  /** Who numbers the policies. */
  readonly VERSIONS: DurableObjectNamespace<PolicyVersions>;

  /** The URL of the API that is guarded; the paths of the table lie below it. */
  readonly UPSTREAM: string;
  /** How long it may take to answer, in milliseconds. */
  readonly UPSTREAM_TIMEOUT: number;
  /** How often it is asked whether there is a new policy, in milliseconds. */
  readonly POLICY_REFRESH: number;
  /** How long the last good policy answers when KV does not, in milliseconds. */
  readonly POLICY_MAX_STALE: number;
  /** How long what the directory said is kept, in milliseconds: for so long somebody keeps what was taken from them. */
  readonly DIRECTORY_KEPT: number;
  /** Who signs sessions. */
  readonly ISSUER: string;
  /** For whom they sign them. */
  readonly AUDIENCE: string;
  /** Where their public keys are. */
  readonly KEYS_URL: string;

  /** Secret: by it the API knows that a request came through here. */
  readonly UPSTREAM_TOKEN: string;
  /** Secret: services that ask for decisions show it. */
  readonly SERVICE_TOKEN: string;
  /** Secret: whoever publishes a policy shows it. */
  readonly PUBLISHER_TOKEN: string;
}
