//! The facts: subject (section 3), context (4), request and change (8).

use super::Empty::{Fine, Refused};
use super::Kind::{
    Any, Attributes, Condition, Instant, List, Map, Object, Pattern, Refers, ScopeReference, Text, Words,
};
use super::{Field, Kind, Shape, Space};

static META: Kind = Any;
static STATUS: Kind = Words(&["active", "invited", "suspended"]);

/// One user.
pub static SUBJECT: Shape = Shape::new(
    "Subject",
    "One user: who they are and what they were given.",
    &[
        Field::required("id", &Text, "Who this is."),
        Field::optional("status", &Text, "`active`, the default; with any other, every answer is deny.")
            .by_default(r#""active""#),
        Field::optional("attributes", &Attributes, "What conditions read as `subject.…`."),
        Field::optional("assignments", &List(&Object(&ASSIGNMENT), Fine), "The roles that were assigned."),
        Field::optional("grants", &List(&Object(&DIRECT_GRANT), Fine), "What was granted directly."),
        Field::optional("meta", &META, "Anything; it means nothing."),
    ],
);

/// One role assignment.
pub static ASSIGNMENT: Shape = Shape::new(
    "Assignment",
    "A role at a scope.",
    &[
        Field::required("role", &Refers(Space::Role), "The role."),
        Field::optional("scope", &ScopeReference, "Where; the root where absent."),
        Field::optional("status", &STATUS, "`active`, the default, is the only one that counts.")
            .by_default(r#""active""#),
        Field::optional("from", &Instant, "Since when."),
        Field::optional("until", &Instant, "Until when; at this instant no longer."),
        Field::optional("meta", &META, "Anything; it means nothing."),
    ],
);

/// One direct grant.
pub static DIRECT_GRANT: Shape = Shape::new(
    "DirectGrant",
    "Permissions at a scope, without a role.",
    &[
        Field::required("permissions", &List(&Pattern, Refused), "The permissions."),
        Field::optional("scope", &ScopeReference, "Where; the root where absent."),
        Field::optional("except", &List(&Pattern, Fine), "Those of them that it leaves out."),
        Field::optional("when", &Condition, "When it counts."),
        Field::optional("status", &STATUS, "`active`, the default, is the only one that counts.")
            .by_default(r#""active""#),
        Field::optional("from", &Instant, "Since when."),
        Field::optional("until", &Instant, "Until when; at this instant no longer."),
        Field::optional("meta", &META, "Anything; it means nothing."),
    ],
);

/// The circumstances of a request.
pub static CONTEXT: Shape = Shape::new(
    "Context",
    "The circumstances: the time, what was bought, which scopes there are.",
    &[
        Field::optional("now", &Instant, "The time; the clock's where absent."),
        Field::optional("plan", &Refers(Space::Plan), "The customer's plan."),
        Field::optional("entitlements", &List(&Refers(Space::Entitlement), Fine), "What the customer has beside it."),
        Field::optional("scopes", &Map(&ScopeReference, &Object(&SCOPE_INSTANCE)), "The scopes, by reference."),
        Field::optional("attributes", &Attributes, "What conditions read as `context.…`."),
        Field::optional("meta", &META, "Anything; it means nothing."),
    ],
);

/// One scope.
pub static SCOPE_INSTANCE: Shape = Shape::new(
    "ScopeInstance",
    "One scope: what it lies in, and what is known of it.",
    &[
        Field::optional("parent", &ScopeReference, "The scope that it lies in."),
        Field::optional("attributes", &Attributes, "What conditions read as `scope.…`."),
        Field::optional("meta", &META, "Anything; it means nothing."),
    ],
);

/// What a permission is asked for.
pub static REQUEST: Shape = Shape::new(
    "Request",
    "What a permission is asked for.",
    &[
        Field::optional(
            "scope",
            &Text,
            "Where, as `type:id`; the root where absent. Any other text is an unknown scope.",
        ),
        Field::optional("resource", &Attributes, "The resource's attributes. Absent: any resource there could be."),
        Field::optional("action", &Attributes, "The action's attributes."),
    ],
);

/// One change of somebody's roles or direct grants.
pub static CHANGE: Shape = Shape::new(
    "Change",
    "What an actor wants to change of a target.",
    &[
        Field::required("actor", &Object(&SUBJECT), "Who changes."),
        Field::required("target", &Object(&SUBJECT), "Whose roles or grants are changed."),
        Field::optional("revoke", &Object(&PLACE), "The role that is taken away."),
        Field::optional("assign", &Object(&ASSIGNMENT), "The role that is given."),
        Field::optional("ungrant", &Object(&UNGRANT), "The direct grants that are taken away."),
        Field::optional("grant", &Object(&DIRECT_GRANT), "The direct grant that is given."),
        Field::optional("context", &Object(&CONTEXT), "The circumstances."),
        Field::optional(
            "directory",
            &List(&Object(&SUBJECT), Fine),
            "All subjects, for rules and constraints that count them.",
        ),
    ],
);

/// A role at a scope, to be revoked.
pub static PLACE: Shape = Shape::new(
    "Revocation",
    "A role at a scope.",
    &[
        Field::required("role", &Refers(Space::Role), "The role."),
        Field::optional("scope", &ScopeReference, "Where; the root where absent."),
    ],
);

/// Direct grants, to be taken away.
pub static UNGRANT: Shape = Shape::new(
    "Ungrant",
    "The direct grants of these permissions at a scope.",
    &[
        Field::required("permissions", &List(&Pattern, Refused), "The permissions as they were written, in any order."),
        Field::optional("scope", &ScopeReference, "Where; the root where absent."),
    ],
);
