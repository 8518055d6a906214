import { DurableObject } from "cloudflare:workers";
import { checkPolicy, type Diagnostic } from "grantlet";
import type { Env } from "./env";

/** What became of a policy that somebody wants to publish. */
export type Published =
  | { readonly version: string; readonly warnings: readonly Diagnostic[] }
  | { readonly diagnostics: readonly Diagnostic[] };

/** The only one who numbers policies: each number is given once, to one policy, and what is published comes in order. */
export class PolicyVersions extends DurableObject<Env> {
  #last: Promise<unknown> = Promise.resolve();

  /** Publishes a policy, after those that came before. A broken one takes no number. */
  publish(text: string, loggable: readonly string[]): Promise<Published> {
    const published = this.#last.then(() => this.#publish(text, loggable));
    this.#last = published.catch(() => {});
    return published;
  }

  /** The version that was published last. */
  async newest(): Promise<string | undefined> {
    return this.ctx.storage.get<string>("newest");
  }

  async #publish(text: string, loggable: readonly string[]): Promise<Published> {
    const diagnostics = await checkPolicy(text);
    if (diagnostics.some(({ severity }) => severity === "error")) return { diagnostics };
    const number = ((await this.ctx.storage.get<number>("number")) ?? 0) + 1;
    // Taken before it is used: if something fails from here on, the number is never given to another policy.
    await this.ctx.storage.put("number", number);
    const version = String(number);
    // The text as it was checked, and not as another reader of JSON would have it.
    await this.env.POLICIES.put(`policy:${version}`, `{"version":"${version}","loggable":${JSON.stringify(loggable)},"policy":${text}}`);
    // The pointer last: whoever follows it finds all of the policy.
    await this.env.POLICIES.put("newest", version);
    await this.ctx.storage.put("newest", version);
    return { version, warnings: diagnostics };
  }
}

/** The one object that there is. */
export function versionsOf(env: Env): DurableObjectStub<PolicyVersions> {
  return env.VERSIONS.get(env.VERSIONS.idFromName("policies"));
}
