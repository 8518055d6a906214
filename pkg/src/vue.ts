// grantlet in Vue: a plugin that is given a session, composables that answer, and a directive that guards an element.
//
// There is no policy logic here, and no evaluator: whatever answers as a session does is asked. While there is no
// session, and when asking it fails, everything is denied.

import type { ObjectDirective } from "vue";
import type { CanValue } from "./vue/directive.js";

declare module "vue" {
  interface GlobalDirectives {
    vCan: ObjectDirective<Element, CanValue>;
  }
}

export type { AnySession, SomeSession } from "./answering.js";
export type { SectionState } from "./answers.js";
export type { Request } from "./documents.js";
export { useCan, useSection, useSession } from "./vue/answers.js";
export { type CanValue, vCan } from "./vue/directive.js";
export { GrantletPlugin, type GrantletPluginOptions } from "./vue/plugin.js";
export type { LiveRequest } from "./vue/request.js";
