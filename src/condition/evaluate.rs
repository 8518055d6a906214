//! What a condition comes to (section 5). It knows nothing of sessions: it reads through [`Reader`].

use std::cell::RefCell;

use super::outcomes::{Outcomes, Truth};
use super::{Comparison, Condition, Operand, Path, Variable};
use crate::value::Value;

/// What a variable stands for in one request.
#[derive(Clone, Debug)]
pub enum Reading<'a> {
    /// This value.
    Value(&'a Value<'a>),
    /// This value, made for the request.
    Owned(Value<'a>),
    /// This string.
    Text(&'a str),
    /// This number.
    Number(f64),
    /// Nothing: the path leads nowhere.
    Missing,
    /// Nobody can say yet: an attribute of a resource that was not given.
    Open,
}

/// Where a condition's variables are read.
pub trait Reader {
    /// What `variable` stands for.
    fn read(&self, variable: &Variable) -> Reading<'_>;

    /// Where it is noted which attributes of any resource are read.
    fn noted(&self) -> Option<&RefCell<Vec<Path>>>;
}

/// What `condition` can still come to.
pub fn evaluate(condition: &Condition, reader: &dyn Reader) -> Outcomes {
    match condition {
        Condition::All(list) => joined(list, reader, Outcomes::TRUE, Outcomes::and),
        Condition::Any(list) => joined(list, reader, Outcomes::FALSE, Outcomes::or),
        Condition::Not(inner) => evaluate(inner, reader).negate(),
        Condition::Compare(comparison, left, right) => pair(Some(*comparison), left, right, reader),
        Condition::In(element, list) => pair(None, element, list, reader),
        Condition::Exists(variable) => match reader.read(variable) {
            Reading::Open => Outcomes::OPEN,
            Reading::Missing => Outcomes::FALSE,
            _ => Outcomes::TRUE,
        },
    }
}

/// What conditions come to together.
fn joined(
    list: &[Condition],
    reader: &dyn Reader,
    mut outcomes: Outcomes,
    join: fn(Outcomes, Outcomes) -> Outcomes,
) -> Outcomes {
    let noted = reader.noted().map(|paths| (paths, paths.borrow().len()));
    for each in list {
        outcomes = join(outcomes, evaluate(each, reader));
    }
    // What comes to one thing for any resource does not turn on what was read of it.
    if let Some((paths, before)) = noted
        && outcomes.is_settled()
    {
        paths.borrow_mut().truncate(before);
    }
    outcomes
}

/// An operand that is there, as far as an operator tells values apart.
#[derive(Clone, Copy)]
enum Scalar<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
    /// An array, an object, or nothing at all.
    None,
}

/// What an operand stands for.
pub(crate) fn read<'a>(operand: &'a Operand, reader: &'a dyn Reader) -> Reading<'a> {
    match operand {
        Operand::Literal(value) => Reading::Value(value),
        Operand::Variable(variable) => reader.read(variable),
    }
}

/// A comparison of two operands, or whether the first is in the second.
fn pair(comparison: Option<Comparison>, left: &Operand, right: &Operand, reader: &dyn Reader) -> Outcomes {
    let (left, right) = (read(left, reader), read(right, reader));
    if matches!(left, Reading::Open) || matches!(right, Reading::Open) {
        return Outcomes::OPEN;
    }
    match comparison {
        Some(comparison) => compare(comparison, scalar(&left), scalar(&right)).into(),
        None => contains(&right, scalar(&left)).into(),
    }
}

fn scalar<'a>(reading: &'a Reading<'_>) -> Scalar<'a> {
    match reading {
        Reading::Value(value) => of_value(value),
        Reading::Owned(value) => of_value(value),
        Reading::Text(text) => Scalar::Text(text),
        Reading::Number(number) => Scalar::Number(*number),
        Reading::Missing | Reading::Open => Scalar::None,
    }
}

fn of_value<'a>(value: &'a Value<'_>) -> Scalar<'a> {
    match value {
        Value::Null => Scalar::Null,
        Value::Bool(truth) => Scalar::Bool(*truth),
        Value::Number(number) => Scalar::Number(*number),
        Value::String(text) => Scalar::Text(text),
        Value::Array(_) | Value::Object(_) => Scalar::None,
    }
}

fn compare(comparison: Comparison, left: Scalar<'_>, right: Scalar<'_>) -> Truth {
    if let Comparison::Equal | Comparison::NotEqual = comparison {
        return match equal(left, right) {
            Truth::Unknown => Truth::Unknown,
            equal => truth((equal == Truth::True) == (comparison == Comparison::Equal)),
        };
    }
    // UTF-8 sorts by code point, so strings compare as the model asks by their bytes.
    let ordering = match (left, right) {
        (Scalar::Number(a), Scalar::Number(b)) => a.partial_cmp(&b),
        (Scalar::Text(a), Scalar::Text(b)) => Some(a.cmp(b)),
        _ => None,
    };
    let Some(ordering) = ordering else { return Truth::Unknown };
    truth(match comparison {
        Comparison::Less => ordering.is_lt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::Greater => ordering.is_gt(),
        _ => ordering.is_ge(),
    })
}

#[allow(clippy::float_cmp)]
fn equal(left: Scalar<'_>, right: Scalar<'_>) -> Truth {
    match (left, right) {
        (Scalar::None, _) | (_, Scalar::None) => Truth::Unknown,
        (Scalar::Null, Scalar::Null) => Truth::True,
        (Scalar::Null, _) | (_, Scalar::Null) => Truth::False,
        (Scalar::Bool(a), Scalar::Bool(b)) => truth(a == b),
        (Scalar::Number(a), Scalar::Number(b)) => truth(a == b),
        (Scalar::Text(a), Scalar::Text(b)) => truth(a == b),
        _ => Truth::Unknown,
    }
}

fn contains(list: &Reading<'_>, element: Scalar<'_>) -> Truth {
    let (Reading::Value(Value::Array(list)) | Reading::Owned(Value::Array(list))) = list else {
        return Truth::Unknown;
    };
    if matches!(element, Scalar::None) {
        return Truth::Unknown;
    }
    let mut answer = Truth::False;
    for each in list {
        match equal(element, of_value(each)) {
            Truth::True => return Truth::True,
            Truth::Unknown => answer = Truth::Unknown,
            Truth::False => {}
        }
    }
    answer
}

fn truth(holds: bool) -> Truth {
    if holds { Truth::True } else { Truth::False }
}
