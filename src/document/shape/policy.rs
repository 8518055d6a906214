//! The policy (section 2), with the rules and constraints of section 8 and the sections of 7.

use super::Empty::{Fine, Pointless, Refused, Several};
use super::Kind::{
    Boolean, Condition, Count, Declares, Either, Language, List, Map, Object, Pattern, Permission, Refers,
};
use super::{Field, Kind, Shape, Space};

/// A label or a description: one string, or one for each language.
pub static LABEL: Kind = Either(&[&Kind::Text, &Map(&Language, &Kind::Text)]);

/// The policy itself.
pub static POLICY: Shape = Shape::new(
    "PolicyDocument",
    "What a product's developers write: resources, roles, grants, sections, rules.",
    &[
        Field::required("grantlet", &Kind::Version, "The version of this format: 1."),
        Field::optional("$schema", &Kind::Text, "Where editors find the schema of this format."),
        Field::optional("name", &Kind::Text, "What the policy is called."),
        Field::optional("description", &LABEL, "What the policy is for."),
        Field::optional(
            "implies",
            &Map(&Refers(Space::Action), &List(&Refers(Space::Action), Fine)),
            "Actions, each with those that it implies: whoever may do the one may do the others, and whoever is denied one of the others is denied the one.",
        ),
        Field::optional("entitlements", &List(&Declares(Space::Entitlement), Fine), "What a customer can have bought."),
        Field::optional(
            "plans",
            &Map(&Declares(Space::Plan), &Object(&PLAN)),
            "Entitlements and limits that are sold together.",
        ),
        Field::optional(
            "scopes",
            &Map(&Declares(Space::ScopeType), &Object(&SCOPE_TYPE)),
            "The types of scope at which roles can be assigned.",
        ),
        Field::required(
            "resources",
            &Map(&Declares(Space::Resource), &Object(&RESOURCE)),
            "What can be acted upon, by path. Every proper prefix of a path is declared too.",
        ),
        Field::required("roles", &Map(&Declares(Space::Role), &Object(&ROLE)), "The roles, by name."),
        Field::optional("derivedRoles", &List(&Object(&DERIVED_ROLE), Fine), "Roles that come by themselves."),
        Field::optional("administration", &List(&Object(&RULE), Fine), "Who may change whose roles and direct grants."),
        Field::optional("constraints", &List(&Object(&CONSTRAINT), Fine), "What must hold after every change."),
        Field::optional(
            "sections",
            &Map(&Declares(Space::Section), &Object(&SECTION)),
            "The parts of pages that are shown, disabled, locked or hidden.",
        ),
    ],
);

/// One plan.
pub static PLAN: Shape = Shape::new(
    "Plan",
    "Entitlements and limits that are sold together.",
    &[
        Field::optional("label", &LABEL, "Its name for people."),
        Field::optional("description", &LABEL, "What it is."),
        Field::optional(
            "entitlements",
            &List(&Refers(Space::Entitlement), Fine),
            "The entitlements that it activates.",
        ),
        Field::optional(
            "limits",
            &Map(&Declares(Space::Limit), &Count),
            "Its limits by name, for constraints with a `maximum`.",
        ),
    ],
);

/// One scope type.
pub static SCOPE_TYPE: Shape = Shape::new(
    "ScopeType",
    "A type of place at which a role can be assigned.",
    &[
        Field::optional("label", &LABEL, "Its name for people."),
        Field::optional("description", &LABEL, "What it is."),
        Field::optional(
            "in",
            &Refers(Space::ScopeType),
            "The type of scope that each of these lies in. What lies in none stands directly below the root.",
        ),
    ],
);

/// One resource.
pub static RESOURCE: Shape = Shape::new(
    "Resource",
    "Something that can be acted upon.",
    &[
        Field::optional("label", &LABEL, "Its name for people."),
        Field::optional("description", &LABEL, "What it is."),
        Field::required("actions", &List(&Declares(Space::Action), Fine), "What can be done with it."),
        Field::optional("requires", &Refers(Space::Entitlement), "The entitlement that opens it and all below it."),
    ],
);

/// One role.
pub static ROLE: Shape = Shape::new(
    "Role",
    "A bundle of grants that people are assigned.",
    &[
        Field::optional("label", &LABEL, "Its name for people."),
        Field::optional("description", &LABEL, "What it is."),
        Field::optional("system", &Boolean, "Shown as not editable; of no effect on decisions.").by_default("false"),
        Field::optional("abstract", &Boolean, "It can be inherited and derived, and not assigned.").by_default("false"),
        Field::optional(
            "requires",
            &Refers(Space::Entitlement),
            "The entitlement without which its allow grants do not count and it is not held.",
        ),
        Field::optional(
            "scopes",
            &List(&Refers(Space::ScopeTypeOrRoot), Pointless),
            "The types of scope at which it may be assigned, `root` among them; the default is `[\"root\"]`.",
        )
        .by_default(r#"["root"]"#),
        Field::optional("inherits", &List(&Refers(Space::Role), Fine), "The roles whose grants it has too."),
        Field::optional("allow", &GRANTS, "What it allows."),
        Field::optional("deny", &GRANTS, "What it denies, whoever else allows it."),
    ],
);

static GRANTS: Kind = List(&Either(&[&Pattern, &Object(&GRANT)]), Fine);

/// One grant of a role, written as an object.
pub static GRANT: Shape = Shape::new(
    "Grant",
    "Permissions with exceptions and a condition. One pattern as a string is a grant of it.",
    &[
        Field::required("permissions", &List(&Pattern, Refused), "The permissions that it covers."),
        Field::optional("except", &List(&Pattern, Fine), "Those of them that it leaves out."),
        Field::optional("when", &Condition, "When it counts."),
    ],
);

/// One derived role.
pub static DERIVED_ROLE: Shape = Shape::new(
    "DerivedRole",
    "A role that a subject has without an assignment, where the facts say so.",
    &[
        Field::required("role", &Refers(Space::Role), "The role."),
        Field::optional(
            "scope",
            &Refers(Space::ScopeType),
            "The type of scope at which it comes; the root where absent.",
        ),
        Field::optional("when", &Condition, "The condition, `scope` standing for that scope."),
        Field::optional(
            "holds",
            &Either(&[&List(&Refers(Space::Role), Pointless), &Object(&ALL_OF)]),
            "One of these roles is assigned there or above.",
        ),
        Field::optional(
            "holdsBelow",
            &List(&Refers(Space::Role), Refused),
            "One of these roles is assigned somewhere below.",
        ),
    ],
);

/// `{"all": [...]}`
pub static ALL_OF: Shape = Shape::new("AllOf", "Each of these roles.", &[Field::required("all", &ROLES, "The roles.")]);

static ROLES: Kind = List(&Refers(Space::Role), Refused);
static ROLES_OR_ALL: Kind = Either(&[&Kind::Words(&["*"]), &ROLES]);
static STATUSES: Kind = List(&Kind::Words(&["active", "invited", "suspended"]), Refused);

/// One rule of `administration`.
pub static RULE: Shape = Shape::choice(
    "AdministrationRule",
    "Who may assign or revoke which roles, or direct grants, of whom.",
    &["roles", "permissions"],
    &[
        Field::required("roles", &ROLES_OR_ALL, "The roles, or `\"*\"` for every role."),
        Field::required("permissions", &List(&Pattern, Refused), "What direct grants may cover at most."),
        Field::optional("scope", &Refers(Space::ScopeType), "The type of scope at which; the root where absent."),
        Field::required(
            "by",
            &Either(&[&Kind::Words(&["self"]), &ROLES, &Object(&BY)]),
            "Who: a holder of one of these roles, of all, whoever is allowed these permissions, or `\"self\"`.",
        ),
        Field::optional(
            "ops",
            &List(&Kind::Words(&["assign", "revoke"]), Refused),
            "What they may do; both where absent.",
        )
        .by_default(r#"["assign", "revoke"]"#),
        Field::optional("statuses", &STATUSES, "The statuses that an assign may result in; all where absent.")
            .by_default(r#"["active", "invited", "suspended"]"#),
        Field::optional(
            "targetStatus",
            &STATUSES,
            "The status that the target's assignment of the role there must have.",
        )
        .beside(&["roles"]),
        Field::optional("targetHolds", &ROLES, "The target must hold one of these roles there."),
        Field::optional(
            "targetLacks",
            &Either(&[&Kind::Words(&["*"]), &List(&Refers(Space::Role), Pointless)]),
            "The target may have an assignment of none of these exactly there.",
        ),
        Field::optional("vacant", &Boolean, "Nobody may have one of the rule's roles exactly there.")
            .beside(&["roles"])
            .by_default("false"),
        Field::optional(
            "when",
            &Condition,
            "A condition on the actor as `subject`, the target as `resource`, and the scope.",
        ),
        Field::optional("noEscalation", &Boolean, "Nobody gives what they do not have themselves.").by_default("false"),
    ],
);

/// `by` as an object.
pub static BY: Shape = Shape::choice(
    "By",
    "Who may use a rule, where one role of a list does not say it.",
    &["all", "can"],
    &[
        Field::required("all", &ROLES, "Whoever holds each of these roles."),
        Field::required("can", &PERMISSIONS, "Whoever is allowed each of these permissions at the change's scope."),
    ],
);

static PERMISSIONS: Kind = List(&Permission, Refused);

/// One constraint.
pub static CONSTRAINT: Shape = Shape::choice(
    "Constraint",
    "What must hold after every change.",
    &["exclusive", "perSubject", "minimum", "maximum"],
    &[
        Field::required("id", &Declares(Space::Constraint), "Its name in the answer."),
        Field::required(
            "exclusive",
            &List(&Refers(Space::Role), Several),
            "Roles of which a subject has `limit` at most along one chain of scopes.",
        ),
        Field::optional("limit", &Count, "How many of them; 1 where absent.").beside(&["exclusive"]).by_default("1"),
        Field::required("perSubject", &Count, "At how many scopes a subject has the roles at most."),
        Field::required("minimum", &Count, "How many active subjects have the roles at each scope at least."),
        Field::required(
            "maximum",
            &Either(&[&Count, &Refers(Space::Limit)]),
            "How many subjects have the roles at each scope at most: a number, or the name of a limit of the plan.",
        ),
        Field::required("roles", &ROLES, "The roles.").beside(&COUNTING),
        Field::optional("scope", &Refers(Space::ScopeType), "The type of scope; the root where absent.")
            .beside(&COUNTING),
    ],
);

const COUNTING: [&str; 3] = ["perSubject", "minimum", "maximum"];

/// One section.
pub static SECTION: Shape = Shape::new(
    "Section",
    "A part of a page.",
    &[
        Field::optional("label", &LABEL, "Its name for people."),
        Field::optional("description", &LABEL, "What it is."),
        Field::required("show", &PERMISSIONS, "It is shown where one of these permissions is open."),
        Field::optional("enable", &List(&Permission, Fine), "It is enabled where all of these are open."),
        Field::optional(
            "otherwise",
            &Kind::Words(&["hide", "disable"]),
            "What becomes of it where nothing is open; `hide` where absent.",
        )
        .by_default(r#""hide""#),
    ],
);
