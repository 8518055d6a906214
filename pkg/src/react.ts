"use client";
// grantlet in React: a provider of a session, hooks that answer, and components that guard what they hold.
//
// There is no policy logic here, and no evaluator: whatever answers as a session does is asked. While there is no
// session, and when asking it fails, everything is denied.

export type { AnySession, SomeSession } from "./answering.js";
export type { SectionState } from "./answers.js";
export type { Request } from "./documents.js";
export { Can, type CanProps, Section, type SectionProps } from "./react/guards.js";
export { useCan, useSection, useSession } from "./react/hooks.js";
export { GrantletProvider, type GrantletProviderProps } from "./react/provider.js";
