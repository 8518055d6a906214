//! A compiled policy into its bytes.

use super::{ARRAY, FALSE, MARK, NULL, NUMBER, OBJECT, STRING, TRUE, VERSION, sum};
use crate::policy::Policy;
use crate::value::Value;

/// What is not kept of a policy and of its entries: grants become numbers, and no answer has the rest in it.
const DROPPED: [&str; 7] = ["$schema", "name", "label", "description", "system", "allow", "deny"];

/// What compiling leaves of a document for [`policy`] to write: what it declares, and the conditions of its
/// grants as [`value`] writes them.
pub(crate) fn kept(written: &Value, conditions: &[Box<str>]) -> String {
    let mut text = String::new();
    value(&mut text, written, 0);
    number(&mut text, ARRAY);
    for condition in conditions {
        text.push_str(condition);
    }
    number(&mut text, 0);
    text
}

/// Adds a number.
#[inline(never)]
pub(super) fn number(text: &mut String, mut number: u64) {
    let mut more = true;
    while more {
        more = number > 63;
        let low = u8::try_from(number & 63).unwrap_or_default();
        text.push(char::from(if more { low | 64 } else { low }));
        number >>= 6;
    }
}

/// Adds a number that may be absent.
fn option(text: &mut String, given: Option<u32>) {
    number(text, given.map_or(0, |given| u64::from(given).saturating_add(1)));
}

fn string(text: &mut String, string: &str) {
    number(text, string.len() as u64);
    text.push_str(string);
}

/// Adds a value that lies so many steps inside a policy. Lists end with a zero, where the next kind would stand; so a
/// member's value stands before its name.
pub(crate) fn value(text: &mut String, value: &Value, level: u32) {
    let kind = match value {
        Value::Null => NULL,
        Value::Bool(false) => FALSE,
        Value::Bool(true) => TRUE,
        Value::Number(_) => NUMBER,
        Value::String(_) => STRING,
        Value::Array(_) => ARRAY,
        Value::Object(_) => OBJECT,
    };
    number(text, kind);
    let inside = level.saturating_add(1);
    match value {
        // A small number has its zeros last.
        Value::Number(value) => return number(text, value.to_bits().swap_bytes()),
        Value::String(value) => return string(text, value),
        Value::Array(list) => {
            for each in list {
                self::value(text, each, inside);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                // In between stand the names of what is declared.
                if (level != 0 && level != 2) || !DROPPED.contains(&&**name) {
                    self::value(text, value, inside);
                    string(text, name);
                }
            }
        }
        _ => return,
    }
    number(text, 0);
}

pub(super) fn policy(policy: &Policy) -> String {
    let mut out = String::from(MARK);
    out.push(VERSION);
    out.push_str(&policy.written);
    let text = &mut out;
    let covers = &policy.covers;
    number(text, covers.patterns.len() as u64);
    for pattern in &covers.patterns {
        option(text, pattern.resource);
        number(text, u64::from(pattern.tree));
        let actions = pattern.actions.as_deref();
        option(text, actions.map(crate::policy::count));
        numbers(text, actions.unwrap_or_default());
    }
    number(text, covers.ends.len() as u64);
    for cover in 0..crate::policy::count(&covers.ends) {
        let ranges = covers.ranges(cover);
        number(text, ranges.len() as u64);
        let mut before = 0;
        for (start, end) in ranges {
            numbers(text, &[start.saturating_sub(before), end.saturating_sub(*start)]);
            before = *end;
        }
        let patterns = covers.pattern_places(cover);
        number(text, patterns.len() as u64);
        numbers(text, patterns);
    }
    number(text, policy.grants.len() as u64);
    for grant in &policy.grants {
        number(text, u64::from(grant.cover) << 1 | u64::from(grant.is_shorthand));
        option(text, grant.when);
    }
    for role in &policy.roles {
        numbers(text, &[role.allows, role.denies]);
    }
    let sum = sum(text);
    out.push_str(&sum);
    out
}

fn numbers(text: &mut String, list: &[u32]) {
    for each in list {
        number(text, u64::from(*each));
    }
}
