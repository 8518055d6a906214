//! A compiled policy into its bytes.

use super::{ARRAY, FALSE, HEAD, NULL, NUMBER, OBJECT, STRING, TRUE, sum};
use crate::compile::Builder;
use crate::index::Index;
use crate::policy::Policy;
use crate::value::Value;

/// What is not kept of a policy and of its entries: grants become numbers, and no answer has the rest in it.
const DROPPED: [&str; 7] = ["$schema", "name", "label", "description", "system", "allow", "deny"];

/// What compiling leaves of a document for [`policy`] to write: what it declares, and what its grants are made of, the
/// conditions, the patterns, and the covers, each as it is written here.
pub(crate) fn kept(written: &Value<'_>, patterns: &Index, builder: &Builder) -> String {
    let mut text = String::new();
    value(&mut text, written, 0);
    for pattern in patterns.names() {
        number(&mut text, STRING);
        string(&mut text, pattern);
    }
    number(&mut text, 0);
    for parts in [&builder.conditions, &builder.covers] {
        for part in parts.names() {
            text.push_str(part);
        }
        number(&mut text, 0);
    }
    text
}

/// Adds what a grant covers: whether it allows, then the numbers of its patterns counted from one, and of its exceptions; a
/// zero ends each list.
pub(crate) fn cover(text: &mut String, permissions: &[u32], except: &[u32], is_allow: bool) {
    number(text, if is_allow { TRUE } else { FALSE });
    places(text, permissions);
    places(text, except);
}

#[inline(never)]
fn places(text: &mut String, places: &[u32]) {
    for place in places {
        number(text, u64::from(*place).saturating_add(1));
    }
    number(text, 0);
}

/// Adds a number.
#[inline(never)]
fn number(text: &mut String, mut number: u64) {
    let mut more = true;
    while more {
        more = number > 63;
        let low = u8::try_from(number & 63).unwrap_or_default();
        text.push(char::from(if more { low | 64 } else { low }));
        number >>= 6;
    }
}

#[inline(never)]
fn string(text: &mut String, string: &str) {
    number(text, string.len() as u64);
    text.push_str(string);
}

/// Adds a value that lies so many steps inside a policy. Lists end with a zero, where the next kind would stand; so a
/// member's value stands before its name.
pub(crate) fn value(text: &mut String, value: &Value<'_>, level: u32) {
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
    let mut body = String::from(&*policy.written);
    number(&mut body, policy.grants.len() as u64);
    for grant in &policy.grants {
        numbers(&mut body, [grant.cover, grant.tail]);
    }
    for role in &policy.roles {
        numbers(&mut body, [role.allows, role.denies]);
    }
    let mut text = String::from(HEAD);
    number(&mut text, sum(&body));
    text.push_str(&body);
    text
}

#[inline(never)]
fn numbers(text: &mut String, pair: [u32; 2]) {
    for each in pair {
        number(text, u64::from(each));
    }
}
