//! What is left of a condition once everything but the record is known (section 5): comparisons of the
//! record's attributes with literals. All else was settled, so a record is judged without reading the
//! subject, the context or the policy again.
//!
//! Of an attribute only its *kind* is handed over, a number: which of the literals it is, or between which
//! of them it lies. That is all that comparing it with these literals can tell, so a host may keep the
//! answer to each combination of kinds. What needs more has no residual: two attributes compared with each
//! other, a list of the record, strings by their order.

use super::evaluate::{Reader, Reading, Scalar, compare, evaluate, of_value, within};
use super::outcomes::Outcomes;
use super::{Comparison, Condition, Operand, Path, Variable};
use crate::value::Value;

/// So many attributes at most in one question, and so many literals: a combination of kinds is then a
/// 32-bit number.
const ATTRIBUTES: usize = 4;
const LITERALS: usize = 100;

/// One attribute that is left to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribute {
    /// Where it lies in the record.
    pub path: Path,
    /// The strings that it is compared with, each once.
    pub texts: Vec<Box<str>>,
    /// The numbers that it is compared with, ascending, each once.
    pub numbers: Vec<f64>,
}

/// The first kind that stands for a string: 0 missing, 1 nothing that compares, 2 null, 3 false, 4 true, 5 a
/// string that is none of the texts.
const TEXTS: usize = 6;

impl Attribute {
    /// How many kinds there are: from 6 on each of the texts, and behind them, for a number, the place below
    /// the first of the numbers, that number, the place between it and the second, and so on.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.first_number().saturating_add(self.numbers.len().saturating_mul(2)).saturating_add(1)
    }

    fn first_number(&self) -> usize {
        TEXTS.saturating_add(self.texts.len())
    }

    /// An attribute of that kind; `None` where it is missing.
    fn scalar(&self, kind: usize) -> Option<Scalar<'_>> {
        Some(match kind {
            0 => return None,
            1 => Scalar::None,
            2 => Scalar::Null,
            3 => Scalar::Bool(false),
            4 => Scalar::Bool(true),
            5 => Scalar::OtherText,
            _ => match self.texts.get(kind.saturating_sub(TEXTS)) {
                Some(text) => Scalar::Text(text),
                None => Scalar::Number(self.number(kind.saturating_sub(self.first_number()))),
            },
        })
    }

    /// A number that lies where every other number of that place does.
    fn number(&self, place: usize) -> f64 {
        let at_or_above = self.numbers.get(place / 2);
        let below = (place / 2).checked_sub(1).and_then(|below| self.numbers.get(below));
        match (at_or_above, below) {
            (Some(number), _) if place % 2 == 1 => *number,
            (_, None) => f64::NEG_INFINITY,
            (None, _) => f64::INFINITY,
            (Some(above), Some(below)) => below / 2.0 + above / 2.0,
        }
    }

    fn compared_with(&mut self, literal: &Value) {
        match literal {
            Value::String(text) if !self.texts.contains(text) => self.texts.push(text.clone()),
            Value::Number(number) if !self.numbers.contains(number) => {
                let place = self.numbers.partition_point(|each| each < number);
                self.numbers.insert(place, *number);
            }
            _ => {}
        }
    }
}

/// The attributes of a record as conditions compare them, by place; `None` where one is missing.
pub(crate) type Given<'a> = [Option<Scalar<'a>>; ATTRIBUTES];

/// The attributes whose kinds, the first varying fastest, are combined in a number.
pub(crate) fn given(attributes: &[Attribute], combination: u32) -> Given<'_> {
    let mut rest = usize::try_from(combination).unwrap_or_default();
    let mut given = [None; ATTRIBUTES];
    for (attribute, scalar) in attributes.iter().zip(&mut given) {
        *scalar = attribute.scalar(rest.checked_rem(attribute.kinds()).unwrap_or_default());
        rest = rest.checked_div(attribute.kinds()).unwrap_or_default();
    }
    given
}

/// What is left of a condition. Attributes are places in the list that it was settled with.
#[derive(Debug)]
pub(crate) enum Residual {
    Settled(Outcomes),
    All(Vec<Residual>),
    Any(Vec<Residual>),
    Not(Box<Residual>),
    Exists(usize),
    Compare(Comparison, usize, Value),
    In(usize, Vec<Value>),
}

/// Settles conditions of one question, gathering the attributes that they read.
#[derive(Debug, Default)]
pub(crate) struct Settling {
    pub(crate) attributes: Vec<Attribute>,
    literals: usize,
}

impl Settling {
    /// What is left of a condition; `None` where it needs more of a record than is handed over.
    pub(crate) fn settle(&mut self, condition: &Condition, reader: &dyn Reader) -> Option<Residual> {
        Some(match condition {
            Condition::All(list) => match self.list(list, reader, Outcomes::FALSE)? {
                Ok(list) => Residual::All(list),
                Err(settled) => Residual::Settled(settled),
            },
            Condition::Any(list) => match self.list(list, reader, Outcomes::TRUE)? {
                Ok(list) => Residual::Any(list),
                Err(settled) => Residual::Settled(settled),
            },
            Condition::Not(inner) => match self.settle(inner, reader)? {
                Residual::Settled(outcomes) => Residual::Settled(outcomes.negate()),
                left => Residual::Not(Box::new(left)),
            },
            Condition::Exists(Variable::Resource(path)) => Residual::Exists(self.attribute(path)?),
            Condition::Compare(comparison, Operand::Variable(Variable::Resource(path)), other) => {
                self.comparison(*comparison, path, other, reader)?
            }
            Condition::Compare(comparison, other, Operand::Variable(Variable::Resource(path))) => {
                self.comparison(comparison.mirrored(), path, other, reader)?
            }
            Condition::In(Operand::Variable(Variable::Resource(path)), list) => {
                let Some(Value::Array(list)) = self.value(list, reader)? else {
                    return Some(Residual::Settled(Outcomes::UNKNOWN));
                };
                let place = self.attribute(path)?;
                for each in &list {
                    self.literal(place, each)?;
                }
                Residual::In(place, list)
            }
            Condition::In(_, Operand::Variable(Variable::Resource(_))) => return None,
            settled => Residual::Settled(evaluate(settled, reader)),
        })
    }

    /// What is left of each; `Err` where one of them settles them all, which is what `decides` does.
    #[allow(clippy::type_complexity)]
    fn list(
        &mut self,
        list: &[Condition],
        reader: &dyn Reader,
        decides: Outcomes,
    ) -> Option<Result<Vec<Residual>, Outcomes>> {
        let (mut left, known) = (Vec::new(), self.attributes.len());
        for each in list {
            match self.settle(each, reader)? {
                Residual::Settled(outcomes) if outcomes == decides => {
                    // Nobody asks any more for what the others would have read.
                    self.attributes.truncate(known);
                    return Some(Err(decides));
                }
                Residual::Settled(outcomes) if outcomes == decides.negate() => {}
                each => left.push(each),
            }
        }
        Some(if left.is_empty() { Err(decides.negate()) } else { Ok(left) })
    }

    fn comparison(
        &mut self,
        comparison: Comparison,
        path: &Path,
        other: &Operand,
        reader: &dyn Reader,
    ) -> Option<Residual> {
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        match self.value(other, reader)? {
            None => Some(Residual::Settled(Outcomes::UNKNOWN)),
            Some(Value::String(_)) if !is_equality => None,
            Some(literal) => {
                let place = self.attribute(path)?;
                self.literal(place, &literal)?;
                Some(Residual::Compare(comparison, place, literal))
            }
        }
    }

    /// The value of an operand, `Some(None)` where it is missing; `None` for another attribute.
    #[allow(clippy::option_option)]
    fn value(&self, operand: &Operand, reader: &dyn Reader) -> Option<Option<Value>> {
        Some(match operand {
            Operand::Literal(value) => Some(value.clone()),
            Operand::Variable(variable) => match reader.read(variable) {
                Reading::Value(value) => Some(value.clone()),
                Reading::Owned(value) => Some(value),
                Reading::Text(text) => Some(Value::String(text.into())),
                Reading::Number(number) => Some(Value::Number(number)),
                Reading::Missing => None,
                Reading::Open => return None,
            },
        })
    }

    /// The place of an attribute.
    fn attribute(&mut self, path: &Path) -> Option<usize> {
        if let Some(place) = self.attributes.iter().position(|attribute| attribute.path == *path) {
            return Some(place);
        }
        self.attributes.push(Attribute { path: path.clone(), ..Attribute::default() });
        self.attributes.len().checked_sub(1).filter(|place| *place < ATTRIBUTES)
    }

    /// Notes what an attribute is compared with.
    fn literal(&mut self, place: usize, literal: &Value) -> Option<()> {
        self.literals = self.literals.checked_add(1).filter(|count| *count <= LITERALS)?;
        self.attributes.get_mut(place)?.compared_with(literal);
        Some(())
    }
}

impl Residual {
    /// What it comes to for a record with these attributes.
    pub(crate) fn evaluate(&self, given: &Given<'_>) -> Outcomes {
        let scalar = |place: &usize| given.get(*place).copied().flatten();
        match self {
            Residual::Settled(outcomes) => *outcomes,
            Residual::All(list) => list.iter().fold(Outcomes::TRUE, |set, each| set.and(each.evaluate(given))),
            Residual::Any(list) => list.iter().fold(Outcomes::FALSE, |set, each| set.or(each.evaluate(given))),
            Residual::Not(inner) => inner.evaluate(given).negate(),
            Residual::Exists(place) => scalar(place).is_some().into(),
            Residual::Compare(comparison, place, literal) => {
                compare(*comparison, scalar(place).unwrap_or(Scalar::None), of_value(literal)).into()
            }
            Residual::In(place, list) => within(list, scalar(place).unwrap_or(Scalar::None)).into(),
        }
    }
}
