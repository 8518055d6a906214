// Written by `cargo run -q --example documents` from the tables that the policy is read along (`document::shape`).

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** What a condition compares as it stands: any JSON value but an object. Nothing is read inside an array. */
export type Literal = null | boolean | number | string | readonly Json[];

/** A point in time: RFC 3339 with an offset, whole milliseconds since 1970, or a `Date`. */
export type Instant = string | number | Date;

/** A label or a description: one string, or one for each language tag. */
export type Text = string | Readonly<Record<string, string>>;

/** What a product's developers write: resources, roles, grants, sections, rules. */
export interface PolicyDocument {
  /** The version of this format: 1. */
  readonly grantlet: 1;
  /** Where editors find the schema of this format. */
  readonly $schema?: string;
  /** What the policy is called. */
  readonly name?: string;
  /** What the policy is for. */
  readonly description?: Text;
  /** Actions, each with those that it implies: whoever may do the one may do the others, and whoever is denied one of the others is denied the one. */
  readonly implies?: Readonly<Record<string, readonly string[]>>;
  /** What a customer can have bought. */
  readonly entitlements?: readonly string[];
  /** Entitlements and limits that are sold together. */
  readonly plans?: Readonly<Record<string, Plan>>;
  /** The types of scope at which roles can be assigned. */
  readonly scopes?: Readonly<Record<string, ScopeType>>;
  /** What can be acted upon, by path. Every proper prefix of a path is declared too. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** The roles, by name. */
  readonly roles: Readonly<Record<string, Role>>;
  /** Roles that come by themselves. */
  readonly derivedRoles?: readonly DerivedRole[];
  /** Who may change whose roles and direct grants. */
  readonly administration?: readonly AdministrationRule[];
  /** What must hold after every change. */
  readonly constraints?: readonly Constraint[];
  /** The parts of pages that are shown, disabled, locked or hidden. */
  readonly sections?: Readonly<Record<string, Section>>;
}

/** Entitlements and limits that are sold together. */
export interface Plan {
  /** Its name for people. */
  readonly label?: Text;
  /** What it is. */
  readonly description?: Text;
  /** The entitlements that it activates. */
  readonly entitlements?: readonly string[];
  /** Its limits by name, for constraints with a `maximum`. */
  readonly limits?: Readonly<Record<string, number>>;
}

/** A type of place at which a role can be assigned. */
export interface ScopeType {
  /** Its name for people. */
  readonly label?: Text;
  /** What it is. */
  readonly description?: Text;
  /** The type of scope that each of these lies in. What lies in none stands directly below the root. */
  readonly in?: string;
}

/** Something that can be acted upon. */
export interface Resource {
  /** Its name for people. */
  readonly label?: Text;
  /** What it is. */
  readonly description?: Text;
  /** What can be done with it. */
  readonly actions: readonly string[];
  /** The entitlement that opens it and all below it. */
  readonly requires?: string;
}

/** A bundle of grants that people are assigned. */
export interface Role {
  /** Its name for people. */
  readonly label?: Text;
  /** What it is. */
  readonly description?: Text;
  /** Shown as not editable; of no effect on decisions. */
  readonly system?: boolean;
  /** It can be inherited and derived, and not assigned. */
  readonly abstract?: boolean;
  /** The entitlement without which its allow grants do not count and it is not held. */
  readonly requires?: string;
  /** The types of scope at which it may be assigned, `root` among them; the default is `["root"]`. */
  readonly scopes?: readonly string[];
  /** The roles whose grants it has too. */
  readonly inherits?: readonly string[];
  /** What it allows. */
  readonly allow?: readonly (string | Grant)[];
  /** What it denies, whoever else allows it. */
  readonly deny?: readonly (string | Grant)[];
}

/** Permissions with exceptions and a condition. One pattern as a string is a grant of it. */
export interface Grant {
  /** The permissions that it covers. */
  readonly permissions: readonly string[];
  /** Those of them that it leaves out. */
  readonly except?: readonly string[];
  /** When it counts. */
  readonly when?: Condition;
}

/** What can be true, false or unknown. */
export type Condition =
  | {
      /** Each of these holds. */
      readonly all: readonly Condition[];
    }
  | {
      /** One of these holds. */
      readonly any: readonly Condition[];
    }
  | {
      /** This does not hold. */
      readonly not: Condition;
    }
  | {
      /** Two scalars of one type are equal. */
      readonly eq: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** They are not. */
      readonly ne: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** Of two numbers or two strings, the first is less. */
      readonly lt: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** It is less or equal. */
      readonly le: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** It is greater. */
      readonly gt: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** It is greater or equal. */
      readonly ge: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** A scalar is an element of an array. */
      readonly in: readonly [Variable | Time | Literal, Variable | Time | Literal];
    }
  | {
      /** The variable is present. */
      readonly exists: Variable;
    };

/** A fact that a condition reads. */
export interface Variable {
  /** `subject.…`, `resource.…`, `action.…`, `scope.…`, `context.…` or `role.id`. */
  readonly var: string;
}

/** A point in time as its milliseconds. */
export interface Time {
  /** A time with an offset, as RFC 3339 writes it. */
  readonly time: string;
}

/** A role that a subject has without an assignment, where the facts say so. */
export interface DerivedRole {
  /** The role. */
  readonly role: string;
  /** The type of scope at which it comes; the root where absent. */
  readonly scope?: string;
  /** The condition, `scope` standing for that scope. */
  readonly when?: Condition;
  /** One of these roles is assigned there or above. */
  readonly holds?: readonly string[] | AllOf;
  /** One of these roles is assigned somewhere below. */
  readonly holdsBelow?: readonly string[];
}

/** Each of these roles. */
export interface AllOf {
  /** The roles. */
  readonly all: readonly string[];
}

/** Who may assign or revoke which roles, or direct grants, of whom. */
export type AdministrationRule =
  | {
      /** The roles, or `"*"` for every role. */
      readonly roles: "*" | readonly string[];
      /** The type of scope at which; the root where absent. */
      readonly scope?: string;
      /** Who: a holder of one of these roles, of all, whoever is allowed these permissions, or `"self"`. */
      readonly by: "self" | readonly string[] | By;
      /** What they may do; both where absent. */
      readonly ops?: readonly ("assign" | "revoke")[];
      /** The statuses that an assign may result in; all where absent. */
      readonly statuses?: readonly ("active" | "invited" | "suspended")[];
      /** The status that the target's assignment of the role there must have. */
      readonly targetStatus?: readonly ("active" | "invited" | "suspended")[];
      /** The target must hold one of these roles there. */
      readonly targetHolds?: readonly string[];
      /** The target may have an assignment of none of these exactly there. */
      readonly targetLacks?: "*" | readonly string[];
      /** Nobody may have one of the rule's roles exactly there. */
      readonly vacant?: boolean;
      /** A condition on the actor as `subject`, the target as `resource`, and the scope. */
      readonly when?: Condition;
      /** Nobody gives what they do not have themselves. */
      readonly noEscalation?: boolean;
    }
  | {
      /** What direct grants may cover at most. */
      readonly permissions: readonly string[];
      /** The type of scope at which; the root where absent. */
      readonly scope?: string;
      /** Who: a holder of one of these roles, of all, whoever is allowed these permissions, or `"self"`. */
      readonly by: "self" | readonly string[] | By;
      /** What they may do; both where absent. */
      readonly ops?: readonly ("assign" | "revoke")[];
      /** The statuses that an assign may result in; all where absent. */
      readonly statuses?: readonly ("active" | "invited" | "suspended")[];
      /** The target must hold one of these roles there. */
      readonly targetHolds?: readonly string[];
      /** The target may have an assignment of none of these exactly there. */
      readonly targetLacks?: "*" | readonly string[];
      /** A condition on the actor as `subject`, the target as `resource`, and the scope. */
      readonly when?: Condition;
      /** Nobody gives what they do not have themselves. */
      readonly noEscalation?: boolean;
    };

/** Who may use a rule, where one role of a list does not say it. */
export type By =
  | {
      /** Whoever holds each of these roles. */
      readonly all: readonly string[];
    }
  | {
      /** Whoever is allowed each of these permissions at the change's scope. */
      readonly can: readonly string[];
    };

/** What must hold after every change. */
export type Constraint =
  | {
      /** Its name in the answer. */
      readonly id: string;
      /** Roles of which a subject has `limit` at most along one chain of scopes. */
      readonly exclusive: readonly string[];
      /** How many of them; 1 where absent. */
      readonly limit?: number;
    }
  | {
      /** Its name in the answer. */
      readonly id: string;
      /** At how many scopes a subject has the roles at most. */
      readonly perSubject: number;
      /** The roles. */
      readonly roles: readonly string[];
      /** The type of scope; the root where absent. */
      readonly scope?: string;
    }
  | {
      /** Its name in the answer. */
      readonly id: string;
      /** How many active subjects have the roles at each scope at least. */
      readonly minimum: number;
      /** The roles. */
      readonly roles: readonly string[];
      /** The type of scope; the root where absent. */
      readonly scope?: string;
    }
  | {
      /** Its name in the answer. */
      readonly id: string;
      /** How many subjects have the roles at each scope at most: a number, or the name of a limit of the plan. */
      readonly maximum: number | string;
      /** The roles. */
      readonly roles: readonly string[];
      /** The type of scope; the root where absent. */
      readonly scope?: string;
    };

/** A part of a page. */
export interface Section {
  /** Its name for people. */
  readonly label?: Text;
  /** What it is. */
  readonly description?: Text;
  /** It is shown where one of these permissions is open. */
  readonly show: readonly string[];
  /** It is enabled where all of these are open. */
  readonly enable?: readonly string[];
  /** What becomes of it where nothing is open; `hide` where absent. */
  readonly otherwise?: "hide" | "disable";
}

/** One user: who they are and what they were given. */
export interface Subject {
  /** Who this is. */
  readonly id: string;
  /** `active`, the default; with any other, every answer is deny. */
  readonly status?: string;
  /** What conditions read as `subject.…`. */
  readonly attributes?: object;
  /** The roles that were assigned. */
  readonly assignments?: readonly Assignment[];
  /** What was granted directly. */
  readonly grants?: readonly DirectGrant[];
  /** Anything; it means nothing. */
  readonly meta?: Json;
}

/** A role at a scope. */
export interface Assignment {
  /** The role. */
  readonly role: string;
  /** Where; the root where absent. */
  readonly scope?: string;
  /** `active`, the default, is the only one that counts. */
  readonly status?: "active" | "invited" | "suspended";
  /** Since when. */
  readonly from?: Instant;
  /** Until when; at this instant no longer. */
  readonly until?: Instant;
  /** Anything; it means nothing. */
  readonly meta?: Json;
}

/** Permissions at a scope, without a role. */
export interface DirectGrant {
  /** The permissions. */
  readonly permissions: readonly string[];
  /** Where; the root where absent. */
  readonly scope?: string;
  /** Those of them that it leaves out. */
  readonly except?: readonly string[];
  /** When it counts. */
  readonly when?: Condition;
  /** `active`, the default, is the only one that counts. */
  readonly status?: "active" | "invited" | "suspended";
  /** Since when. */
  readonly from?: Instant;
  /** Until when; at this instant no longer. */
  readonly until?: Instant;
  /** Anything; it means nothing. */
  readonly meta?: Json;
}

/** The circumstances: the time, what was bought, which scopes there are. */
export interface Context {
  /** The time; the clock's where absent. */
  readonly now?: Instant;
  /** The customer's plan. */
  readonly plan?: string;
  /** What the customer has beside it. */
  readonly entitlements?: readonly string[];
  /** The scopes, by reference. */
  readonly scopes?: Readonly<Record<string, ScopeInstance>>;
  /** What conditions read as `context.…`. */
  readonly attributes?: object;
  /** Anything; it means nothing. */
  readonly meta?: Json;
}

/** One scope: what it lies in, and what is known of it. */
export interface ScopeInstance {
  /** The scope that it lies in. */
  readonly parent?: string;
  /** What conditions read as `scope.…`. */
  readonly attributes?: object;
  /** Anything; it means nothing. */
  readonly meta?: Json;
}

/** What a permission is asked for. */
export interface Request {
  /** Where, as `type:id`; the root where absent. Any other text is an unknown scope. */
  readonly scope?: string;
  /** The resource's attributes. Absent: any resource there could be. */
  readonly resource?: object;
  /** The action's attributes. */
  readonly action?: object;
}

/** What an actor wants to change of a target. */
export interface Change {
  /** Who changes. */
  readonly actor: Subject;
  /** Whose roles or grants are changed. */
  readonly target: Subject;
  /** The role that is taken away. */
  readonly revoke?: Revocation;
  /** The role that is given. */
  readonly assign?: Assignment;
  /** The direct grants that are taken away. */
  readonly ungrant?: Ungrant;
  /** The direct grant that is given. */
  readonly grant?: DirectGrant;
  /** The circumstances. */
  readonly context?: Context;
  /** All subjects, for rules and constraints that count them. */
  readonly directory?: readonly Subject[];
}

/** A role at a scope. */
export interface Revocation {
  /** The role. */
  readonly role: string;
  /** Where; the root where absent. */
  readonly scope?: string;
}

/** The direct grants of these permissions at a scope. */
export interface Ungrant {
  /** The permissions as they were written, in any order. */
  readonly permissions: readonly string[];
  /** Where; the root where absent. */
  readonly scope?: string;
}

/** The subjects that there are, and resources that can be asked about. */
export interface Directory {
  /** Where editors find the schema of this format. */
  readonly $schema?: string;
  /** The circumstances. */
  readonly context?: Context;
  /** The subjects, each with an id of its own. */
  readonly subjects: readonly Subject[];
  /** The resources. */
  readonly resources?: readonly DirectoryResource[];
}

/** One thing of a declared resource. */
export interface DirectoryResource {
  /** The path of the resource that it is. */
  readonly type: string;
  /** Which one it is. */
  readonly id: string;
  /** Where it lies; the root where absent. */
  readonly scope?: string;
  /** What conditions read as `resource.…`. */
  readonly attributes?: object;
}

/** What a policy must answer. */
export interface TestsDocument {
  /** Where editors find the schema of this format. */
  readonly $schema?: string;
  /** The policy's file, from where this file is. */
  readonly policy: string;
  /** The subjects, by a name for the tests. */
  readonly subjects: Readonly<Record<string, Subject>>;
  /** The circumstances, by a name for the tests. */
  readonly contexts?: Readonly<Record<string, Context>>;
  /** The tests. */
  readonly tests: readonly Test[];
  /** What is said of changes of roles and grants. */
  readonly changes?: readonly ChangeTest[];
}

/** What one subject is answered for one request. */
export interface Test {
  /** What is claimed. */
  readonly name: string;
  /** The name of a subject of this file. */
  readonly subject: string;
  /** The name of a context of this file. */
  readonly context?: string;
  /** What is asked for. */
  readonly request?: Request;
  /** The effect, or the reason, for each permission. */
  readonly expect: Readonly<Record<string, "allow" | "conditional" | "deny" | "granted" | "unknown-permission" | "suspended" | "unknown-scope" | "forbidden" | "entitlement" | "inactive" | "not-granted">>;
  /** The state of each section. */
  readonly sections?: Readonly<Record<string, "enabled" | "disabled" | "locked" | "hidden">>;
}

/** What an actor is told of a change. */
export interface ChangeTest {
  /** What is claimed. */
  readonly name: string;
  /** The name of the subject of this file who changes. */
  readonly actor: string;
  /** The name of the subject of this file whose roles or grants are changed. */
  readonly target: string;
  /** The name of a context of this file. */
  readonly context?: string;
  /** The names of all subjects, for what counts them. */
  readonly directory?: readonly string[];
  /** The role that is taken away. */
  readonly revoke?: Revocation;
  /** The role that is given. */
  readonly assign?: Assignment;
  /** The direct grants that are taken away. */
  readonly ungrant?: Ungrant;
  /** The direct grant that is given. */
  readonly grant?: DirectGrant;
  /** The reason. */
  readonly expect: "granted" | "suspended" | "unknown-scope" | "role-unavailable" | "unknown-permission" | "not-held" | "not-administrator" | "constraint";
  /** The constraint that it would break. */
  readonly constraint?: string;
}
