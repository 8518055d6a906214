// `v-can`: an element is there for those who may, and hidden or disabled for all others.

import { type DirectiveBinding, effect, effectScope, type ObjectDirective, shallowRef, type VNode } from "vue";
import { may } from "../answering.js";
import type { PermissionName, RegisteredPolicy } from "../names.js";
import { ATTRIBUTES, mark } from "./element.js";
import { type LiveRequest, resolve } from "./request.js";
import { SESSION } from "./session.js";

type Name = PermissionName<RegisteredPolicy>;

/** A permission, several that are all needed, or these with a request. */
export type CanValue = Name | readonly Name[] | (LiveRequest & { readonly permission: Name | readonly Name[] });

type Binding = DirectiveBinding<CanValue>;

/** What Vue says of an element. */
type Said = readonly [Binding, VNode];

/** By element: takes what Vue says of it next, and for nothing leaves it. */
const bound = new WeakMap<Element, (said?: Said) => void>();

/**
 * `v-can="'crm.relation:edit'"` hides an element from those who may not, `v-can.disable` disables it, and so does the
 * argument of `v-can:[how]` while it is `disable`. The plugin registers it; import it where directives are local.
 */
export const vCan: ObjectDirective<Element, CanValue> = {
  // Has Vue expect that a server's element has not the attributes of its author alone.
  created() {},
  // The element has its author's attributes then, and is not in the page yet, unless a server put it there.
  beforeMount(element, binding, vnode) {
    const said = shallowRef<Said>([binding, vnode]);
    let ours: readonly string[] = element.parentNode === null ? [] : ATTRIBUTES;
    // Apart from whatever component mounts the element.
    const scope = effectScope(true);
    bound.set(element, (next) => {
      if (next) said.value = next;
      else scope.stop();
    });
    scope.run(() =>
      effect(() => {
        const [binding, vnode] = said.value;
        ours = mark(element, stateOf(binding), ours, vnode.props ?? {});
      }),
    );
  },
  // Its author's attributes may have been written over the directive's.
  updated(element, binding, vnode) {
    bound.get(element)?.([binding, vnode]);
  },
  unmounted(element) {
    bound.get(element)?.();
  },
  // A server does not know the element: `inert` closes any, until the page takes over.
  getSSRProps(binding) {
    const state = stateOf(binding as Binding);
    if (state === "hidden") return { hidden: true };
    return state === "disabled" ? { inert: true, "aria-disabled": "true" } : undefined;
  },
};

function stateOf({ value, arg, modifiers, instance }: Binding): "enabled" | "disabled" | "hidden" {
  const session = instance?.$.appContext.provides[SESSION as symbol]?.value;
  const isBare = typeof value !== "object" || Array.isArray(value);
  const asked = (isBare ? { permission: value } : value) as Extract<CanValue, LiveRequest> | null;
  const names = ([] as Name[]).concat(asked?.permission ?? []);
  const request = resolve(asked ?? undefined);
  if (names.length > 0 && names.every((name) => may(session, name, request))) return "enabled";
  return arg === "disable" || (modifiers as Record<string, boolean>)["disable"] ? "disabled" : "hidden";
}
