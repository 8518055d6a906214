//! The instants at which an answer can turn (section 6): the literals that conditions compare with
//! `context.now`.
//!
//! The model names the literal itself. `le`, `gt`, `eq` and `ne` turn only after it, so for those the
//! millisecond after the literal is kept beside it: a live session wakes at both.

use crate::condition::{Comparison, Condition, Operand, Variable};
use crate::order::{Total, sorted_set};
use crate::policy::Instants;
use crate::value::Value;

/// Gathers instants from conditions.
#[derive(Default)]
pub(crate) struct Collector {
    instants: Instants,
}

impl Collector {
    /// Adds those of one condition.
    pub(crate) fn collect(&mut self, condition: &Condition) {
        match condition {
            Condition::All(list) | Condition::Any(list) => list.iter().for_each(|each| self.collect(each)),
            Condition::Not(inner) => self.collect(inner),
            Condition::Compare(comparison, left, right) => {
                if let (Operand::Variable(Variable::Now), Operand::Literal(Value::Number(at)))
                | (Operand::Literal(Value::Number(at)), Operand::Variable(Variable::Now)) = (left, right)
                {
                    self.instants.literals.push(*at);
                    self.instants.turns.push(*at);
                    let on_the_left = matches!(left, Operand::Variable(_));
                    let turns_at_once = match comparison {
                        Comparison::Less | Comparison::GreaterOrEqual => on_the_left,
                        Comparison::LessOrEqual | Comparison::Greater => !on_the_left,
                        Comparison::Equal | Comparison::NotEqual => false,
                    };
                    if !turns_at_once {
                        // Clocks count whole milliseconds: the next one is the first past the literal.
                        self.instants.turns.push(at.floor() + 1.0);
                    }
                }
            }
            Condition::In(..) | Condition::Exists(_) => {}
        }
    }

    /// All of them, ascending, each once.
    pub(crate) fn finish(mut self) -> Instants {
        for list in [&mut self.instants.literals, &mut self.instants.turns] {
            let ascending = sorted_set(list.drain(..).map(Total).collect());
            list.extend(ascending.into_iter().map(|at| at.0));
        }
        self.instants
    }
}

/// The first of ascending instants that lies after `now`.
#[must_use]
pub(crate) fn next_after(instants: &[f64], now: f64) -> Option<f64> {
    instants.get(instants.partition_point(|at| *at <= now)).copied()
}
