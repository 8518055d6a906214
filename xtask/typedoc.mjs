// The modules of the API reference are called what programs import them as, and say what they are for.

import { Comment, Converter, ReflectionKind } from "typedoc";

const ENTRIES = {
  index: ["grantlet", "Policies, and what they allow whom: loading, sessions, decisions, changes of roles."],
  authzen: ["grantlet/authzen", "An AuthZEN 1.0 decision point for whatever speaks fetch, and what it asks."],
  client: ["grantlet/client", "Answers of a snapshot, without WebAssembly, for pages that were handed one."],
  dom: ["grantlet/dom", "All of `grantlet`, and elements of a page that follow a session."],
  react: ["grantlet/react", "A session for React: a provider, hooks, and components that guard what they hold."],
  tools: ["grantlet/tools", "Questions over a whole policy, for command lines and administration pages."],
  vue: ["grantlet/vue", "A session for Vue: a plugin, composables, and the directive `v-can`."],
};

export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      const entry = ENTRIES[module.name];
      if (entry === undefined) throw new Error(`xtask/typedoc.mjs does not say what \`${module.name}\` is for`);
      const [name, about] = entry;
      module.name = name;
      module.comment = new Comment([{ kind: "text", text: about }]);
    }
  });
}
