import { DurableObject } from "cloudflare:workers";
import { checkPolicy, type Diagnostic } from "grantlet";
import { publish } from "grantlet/authzen";
import type { Env } from "./env";

/** What became of a policy that somebody wants to publish. */
export type Published =
  | { readonly version: string; readonly warnings: readonly Diagnostic[] }
  | { readonly diagnostics: readonly Diagnostic[] };

/** The only one who numbers policies: each number is given once, to one policy, and what is published comes in order. */
export class PolicyVersions extends DurableObject<Env> {
  #last: Promise<unknown> = Promise.resolve();

  /** Publishes a policy, after those that came before. A broken one takes no number. */
  publish(policy: string, loggable: readonly string[]): Promise<Published> {
    const published = this.#last.then(() => this.#publish(policy, loggable));
    this.#last = published.catch(() => {});
    return published;
  }

  async #publish(policy: string, loggable: readonly string[]): Promise<Published> {
    const diagnostics = await checkPolicy(policy);
    if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
    const number = ((await this.ctx.storage.get<number>("number")) ?? 0) + 1;
    // Taken before it is used: if something fails from here on, the number is never given to another policy.
    await this.ctx.storage.put("number", number);
    const version = String(number);
    // First the record and then the pointer to it: whoever follows the pointer finds all of the policy.
    await publish(this.env.POLICIES, { version, policy, loggable });
    return { version, warnings: diagnostics };
  }
}

/** The one object that there is. */
export function versionsOf(env: Env): DurableObjectStub<PolicyVersions> {
  return env.VERSIONS.get(env.VERSIONS.idFromName("policies"));
}
