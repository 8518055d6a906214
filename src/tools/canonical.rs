//! Conditions as texts that are equal exactly where two policies mean the same condition the same way: the
//! members of an object in one order, a time as the number that it is.

use crate::condition::{Condition, Operand, Variable};
use crate::order::sorted;
use crate::text::decimal;
use crate::value::Value;

/// Adds the text of a condition.
pub(super) fn condition(condition: &Condition, out: &mut String) {
    match condition {
        Condition::All(list) => conditions("all", list, out),
        Condition::Any(list) => conditions("any", list, out),
        Condition::Not(inner) => conditions("not", std::slice::from_ref(&**inner), out),
        Condition::Compare(comparison, left, right) => {
            out.push_str("is");
            out.push_str(&decimal(*comparison as usize));
            operand(left, out);
            operand(right, out);
        }
        Condition::In(left, right) => {
            out.push_str("in");
            operand(left, out);
            operand(right, out);
        }
        Condition::Exists(asked) => {
            out.push_str("exists");
            variable(asked, out);
        }
    }
}

fn conditions(operator: &str, list: &[Condition], out: &mut String) {
    out.push_str(operator);
    out.push('(');
    for each in list {
        condition(each, out);
        out.push(',');
    }
    out.push(')');
}

fn operand(operand: &Operand, out: &mut String) {
    match operand {
        Operand::Literal(literal) => value(literal, out),
        Operand::Variable(asked) => variable(asked, out),
    }
}

fn variable(variable: &Variable, out: &mut String) {
    let (name, up, path): (&str, usize, &[Box<str>]) = match variable {
        Variable::SubjectId => ("@subject.id", 0, &[]),
        Variable::Subject(path) => ("@subject", 0, path),
        Variable::Resource(path) => ("@resource", 0, path),
        Variable::Action(path) => ("@action", 0, path),
        Variable::ScopeId(up) => ("@scope.id", *up, &[]),
        Variable::ScopeType(up) => ("@scope.type", *up, &[]),
        Variable::Scope(up, path) => ("@scope", *up, path),
        Variable::Now => ("@now", 0, &[]),
        Variable::Context(path) => ("@context", 0, path),
        Variable::RoleId => ("@role.id", 0, &[]),
    };
    out.push_str(name);
    out.push_str(&decimal(up));
    for key in path {
        text(key, out);
    }
    out.push(';');
}

pub(super) fn value(value_of: &Value, out: &mut String) {
    match value_of {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            // There are two zeros, and they are equal.
            for half in [(number + 0.0).to_bits() >> 32, (number + 0.0).to_bits() & 0xffff_ffff] {
                out.push('#');
                out.push_str(&decimal(usize::try_from(half).unwrap_or_default()));
            }
        }
        Value::String(string) => text(string, out),
        Value::Array(list) => {
            out.push('[');
            for each in list {
                value(each, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut texts = Vec::new();
            for (key, member) in members {
                let mut own = String::new();
                text(key, &mut own);
                value(member, &mut own);
                texts.push(own);
            }
            out.push('{');
            for own in sorted(texts) {
                out.push_str(&own);
                out.push(',');
            }
            out.push('}');
        }
    }
}

/// A text with its length before it, so that no other sequence of texts reads the same.
fn text(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(&decimal(text.len()));
    out.push(':');
    out.push_str(text);
}
