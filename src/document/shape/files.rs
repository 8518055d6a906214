//! The files of the command line: directories and tables of expected decisions.

use super::Empty::Fine;
use super::Kind::{Attributes, List, Map, Object, Permission, Refers, ScopeReference, Text, Words};
use super::{ASSIGNMENT, CONTEXT, DIRECT_GRANT, Field, PLACE, REQUEST, SUBJECT, Shape, Space, UNGRANT};

/// A directory.
pub static DIRECTORY: Shape = Shape::new(
    "Directory",
    "The subjects that there are, and resources that can be asked about.",
    &[
        Field::optional("$schema", &Text, "Where editors find the schema of this format."),
        Field::optional("context", &Object(&CONTEXT), "The circumstances."),
        Field::required("subjects", &List(&Object(&SUBJECT), Fine), "The subjects, each with an id of its own."),
        Field::optional("resources", &List(&Object(&RECORD), Fine), "The resources."),
    ],
);

/// One resource of a directory.
pub static RECORD: Shape = Shape::new(
    "DirectoryResource",
    "One thing of a declared resource.",
    &[
        Field::required("type", &Refers(Space::Resource), "The path of the resource that it is."),
        Field::required("id", &Text, "Which one it is."),
        Field::optional("scope", &ScopeReference, "Where it lies; the root where absent."),
        Field::optional("attributes", &Attributes, "What conditions read as `resource.…`."),
    ],
);

/// A table of expected decisions.
pub static TESTS: Shape = Shape::new(
    "TestsDocument",
    "What a policy must answer.",
    &[
        Field::optional("$schema", &Text, "Where editors find the schema of this format."),
        Field::required("policy", &Text, "The policy's file, from where this file is."),
        Field::required("subjects", &Map(&Text, &Object(&SUBJECT)), "The subjects, by a name for the tests."),
        Field::optional("contexts", &Map(&Text, &Object(&CONTEXT)), "The circumstances, by a name for the tests."),
        Field::required("tests", &List(&Object(&TEST), Fine), "The tests."),
        Field::optional("changes", &List(&Object(&CHANGE_TEST), Fine), "What is said of changes of roles and grants."),
    ],
);

/// One test.
pub static TEST: Shape = Shape::new(
    "Test",
    "What one subject is answered for one request.",
    &[
        Field::required("name", &Text, "What is claimed."),
        Field::required("subject", &Text, "The name of a subject of this file."),
        Field::optional("context", &Text, "The name of a context of this file."),
        Field::optional("request", &Object(&REQUEST), "What is asked for."),
        Field::required(
            "expect",
            &Map(
                &Permission,
                &Words(&[
                    "allow",
                    "conditional",
                    "deny",
                    "granted",
                    "unknown-permission",
                    "suspended",
                    "unknown-scope",
                    "forbidden",
                    "entitlement",
                    "inactive",
                    "not-granted",
                ]),
            ),
            "The effect, or the reason, for each permission.",
        ),
        Field::optional(
            "sections",
            &Map(&Refers(Space::Section), &Words(&["enabled", "disabled", "locked", "hidden"])),
            "The state of each section.",
        ),
    ],
);

/// One test of a change.
pub static CHANGE_TEST: Shape = Shape::new(
    "ChangeTest",
    "What an actor is told of a change.",
    &[
        Field::required("name", &Text, "What is claimed."),
        Field::required("actor", &Text, "The name of the subject of this file who changes."),
        Field::required("target", &Text, "The name of the subject of this file whose roles or grants are changed."),
        Field::optional("context", &Text, "The name of a context of this file."),
        Field::optional("directory", &List(&Text, Fine), "The names of all subjects, for what counts them."),
        Field::optional("revoke", &Object(&PLACE), "The role that is taken away."),
        Field::optional("assign", &Object(&ASSIGNMENT), "The role that is given."),
        Field::optional("ungrant", &Object(&UNGRANT), "The direct grants that are taken away."),
        Field::optional("grant", &Object(&DIRECT_GRANT), "The direct grant that is given."),
        Field::required(
            "expect",
            &Words(&[
                "granted",
                "suspended",
                "unknown-scope",
                "role-unavailable",
                "unknown-permission",
                "not-held",
                "not-administrator",
                "constraint",
            ]),
            "The reason.",
        ),
        Field::optional("constraint", &Refers(Space::Constraint), "The constraint that it would break."),
    ],
);
