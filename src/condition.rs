//! Conditions (section 5): as they are written in a `when`, and what they come to.

pub mod evaluate;
pub mod outcomes;
pub mod parse;

use crate::value::Value;

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `all`: holds where each does.
    All(Vec<Condition>),
    /// `any`: holds where one does.
    Any(Vec<Condition>),
    /// `not`
    Not(Box<Condition>),
    /// `eq`, `ne`, `lt`, `le`, `gt`, `ge`
    Compare(Comparison, Operand, Operand),
    /// `in`: a scalar and an array.
    In(Operand, Operand),
    /// `exists`
    Exists(Variable),
}

/// The comparisons of two scalars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `eq`
    Equal,
    /// `ne`
    NotEqual,
    /// `lt`
    Less,
    /// `le`
    LessOrEqual,
    /// `gt`
    Greater,
    /// `ge`
    GreaterOrEqual,
}

/// What a comparison compares.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A literal; a `{"time": …}` is its number of milliseconds.
    Literal(Value<'static>),
    /// A `{"var": …}`.
    Variable(Variable),
}

/// What a condition can read. A path holds one key at least.
#[derive(Clone, Debug, PartialEq)]
pub enum Variable {
    /// `subject.id`
    SubjectId,
    /// `subject.<path>`
    Subject(Path),
    /// `resource.<path>`
    Resource(Path),
    /// `action.<path>`
    Action(Path),
    /// `scope.id`, or of the scope so many parents up.
    ScopeId(usize),
    /// `scope.type`, likewise.
    ScopeType(usize),
    /// `scope.<path>`, likewise.
    Scope(usize, Path),
    /// `context.now`
    Now,
    /// `context.<path>`
    Context(Path),
    /// `role.id`
    RoleId,
}

/// The keys that a variable steps through.
pub type Path = Vec<Box<str>>;
