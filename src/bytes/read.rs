//! A compiled policy from its bytes.

use super::{ARRAY, FALSE, HEAD, NULL, NUMBER, OBJECT, STRING, TRUE, sum};
use crate::compile::{Patterns, add_cover, finish, keep_condition, keep_pattern, roles};
use crate::document::{self, Document};
use crate::limits;
use crate::policy::{Grant, Policy};
use crate::value::Value;

/// How deep values are read: as deep as those of a document, with a scalar or the end of a list inside.
const DEPTH: usize = limits::JSON_DEPTH.saturating_add(1);

/// Reads on in a text. Past its end stand zeros, and whoever read there is found beyond it afterwards.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    #[inline(never)]
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0_u64, 0);
        loop {
            let byte = self.text.as_bytes().get(self.at).copied().unwrap_or_default();
            self.at = self.at.saturating_add(1);
            number |= u64::from(byte & 63).checked_shl(shift).unwrap_or_default();
            shift = shift.saturating_add(6);
            if byte & 64 == 0 {
                return number;
            }
        }
    }

    /// A number of places; one that is none leads nowhere.
    #[inline(never)]
    fn place(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    /// Places counted from one, up to a zero.
    #[inline(never)]
    fn places(&mut self) -> Vec<u32> {
        let mut places = Vec::new();
        while let Some(place) = self.place().checked_sub(1) {
            places.push(place);
        }
        places
    }

    #[inline(never)]
    fn string(&mut self) -> &'t str {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX);
        let begin = self.at;
        self.at = begin.saturating_add(length);
        self.text.get(begin..self.at).unwrap_or_default()
    }

    /// A value; `None` where a list ends.
    fn value(&mut self, depth: usize) -> Option<Value<'t>> {
        let depth = depth.checked_sub(1)?;
        Some(match self.number() {
            NULL => Value::Null,
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            NUMBER => Value::Number(f64::from_bits(self.number().swap_bytes())),
            STRING => Value::String(self.string().into()),
            ARRAY => {
                let mut list = Vec::new();
                while let Some(value) = self.value(depth) {
                    list.push(value);
                }
                Value::Array(list)
            }
            OBJECT => {
                let mut members = Vec::new();
                while let Some(value) = self.value(depth) {
                    members.push((self.string().into(), value));
                }
                Value::Object(members)
            }
            _ => return None,
        })
    }
}

/// The policy of a text that begins with the head; `None` where it is not as it was written.
pub(super) fn policy(text: &str) -> Option<Policy> {
    let mut reader = Reader { text, at: HEAD.len() };
    let expected = reader.number();
    let begin = reader.at;
    if sum(text.get(begin..)?) != expected {
        return None;
    }
    let written = reader.value(DEPTH)?;
    let (Document { written, declared: mut policy }, _) = document::read_value(written).ok()?;
    roles(&mut policy, &written);
    // Their numbers are places in this list alone.
    policy.patterns = Patterns::default();
    while reader.number() == STRING {
        keep_pattern(&mut policy, reader.string())?;
    }
    while let Some(when) = reader.value(DEPTH) {
        keep_condition(&mut policy, &when)?;
    }
    loop {
        let side = reader.number();
        if side == 0 {
            break;
        }
        let (permissions, except) = (reader.places(), reader.places());
        add_cover(&mut policy, &permissions, &except, side == TRUE, &mut Vec::new());
    }
    policy.written = text.get(begin..reader.at)?.into();
    // A length that is forged makes room for no more than there can be.
    let length = usize::try_from(reader.number()).unwrap_or(usize::MAX).min(limits::GRANTS);
    policy.grants.reserve_exact(length);
    for _ in 0..length {
        policy.grants.push(Grant { cover: reader.place(), tail: reader.place() });
    }
    let mut first = 0_u32;
    for role in &mut policy.roles {
        (role.first, role.allows, role.denies) = (first, reader.place(), reader.place());
        role.carries_deny = role.denies > 0;
        first = first.saturating_add(role.allows).saturating_add(role.denies);
    }
    if reader.at != text.len() {
        return None;
    }
    finish(&mut policy, &written);
    Some(policy)
}
