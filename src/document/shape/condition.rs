//! Conditions (section 5). Their faults are found by the parser of conditions itself; this is their
//! form for whoever declares it elsewhere.

use super::Empty::Fine;
use super::Kind::{Condition, Either, List, Literal, Object, Pair};
use super::{Field, Kind, Shape};

/// What a comparison compares.
pub static OPERAND: Kind = Either(&[&Object(&VARIABLE), &Object(&TIME), &Literal]);

/// One condition: an object of one operator.
pub static CONDITION: Shape = Shape::choice(
    "Condition",
    "What can be true, false or unknown.",
    &["all", "any", "not", "eq", "ne", "lt", "le", "gt", "ge", "in", "exists"],
    &[
        Field::required("all", &List(&Condition, Fine), "Each of these holds."),
        Field::required("any", &List(&Condition, Fine), "One of these holds."),
        Field::required("not", &Condition, "This does not hold."),
        Field::required("eq", &Pair(&OPERAND), "Two scalars of one type are equal."),
        Field::required("ne", &Pair(&OPERAND), "They are not."),
        Field::required("lt", &Pair(&OPERAND), "Of two numbers or two strings, the first is less."),
        Field::required("le", &Pair(&OPERAND), "It is less or equal."),
        Field::required("gt", &Pair(&OPERAND), "It is greater."),
        Field::required("ge", &Pair(&OPERAND), "It is greater or equal."),
        Field::required("in", &Pair(&OPERAND), "A scalar is an element of an array."),
        Field::required("exists", &Object(&VARIABLE), "The variable is present."),
    ],
);

/// A variable.
pub static VARIABLE: Shape = Shape::new(
    "Variable",
    "A fact that a condition reads.",
    &[Field::required(
        "var",
        &Kind::Variable,
        "`subject.…`, `resource.…`, `action.…`, `scope.…`, `context.…` or `role.id`.",
    )],
);

/// A point in time as a literal.
pub static TIME: Shape = Shape::new(
    "Time",
    "A point in time as its milliseconds.",
    &[Field::required("time", &Kind::Time, "A time with an offset, as RFC 3339 writes it.")],
);
