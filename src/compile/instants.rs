//! The instants at which an answer can turn (section 6): the literals that conditions compare with
//! `context.now`.
//!
//! The model names the literal itself. `le`, `gt`, `eq` and `ne` turn only after it, so for those the
//! millisecond after the literal is kept beside it: a live session wakes at both.

use crate::condition::{Comparison, Condition, Operand, Variable};
use crate::policy::Instants;
use crate::value::Value;

impl Instants {
    /// Adds those of one condition.
    pub(crate) fn collect(&mut self, condition: &Condition) {
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                for each in list {
                    self.collect(each);
                }
            }
            Condition::Not(inner) => self.collect(inner),
            Condition::Compare(comparison, left, right) => {
                if let (Operand::Variable(Variable::Now), Operand::Literal(Value::Number(at)))
                | (Operand::Literal(Value::Number(at)), Operand::Variable(Variable::Now)) = (left, right)
                {
                    self.literals.push(*at);
                    let on_the_left = matches!(left, Operand::Variable(_));
                    let turns_at_once = match comparison {
                        Comparison::Less | Comparison::GreaterOrEqual => on_the_left,
                        Comparison::LessOrEqual | Comparison::Greater => !on_the_left,
                        Comparison::Equal | Comparison::NotEqual => false,
                    };
                    if !turns_at_once {
                        // Clocks count whole milliseconds: the next one is the first past the literal.
                        self.after.push(at.floor() + 1.0);
                    }
                }
            }
            Condition::In(..) | Condition::Exists(_) => {}
        }
    }
}
