//! A compiled policy from its bytes.

use super::{ARRAY, FALSE, MARK, NULL, NUMBER, OBJECT, STRING, SUM, TRUE, sum};
use crate::compile::{finish, roles};
use crate::condition::parse::parse;
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::{self, Document};
use crate::limits;
use crate::pointer::Pointer;
use crate::policy::{CoverEnd, Grant, Pattern, Policy, count};
use crate::value::Value;

/// How deep values are read: as deep as those of a document, with a scalar or the end of a list inside, and one
/// deeper, because conditions stand in a list.
const DEPTH: usize = limits::JSON_DEPTH.saturating_add(2);

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
    fn place(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    /// A number that may be absent.
    fn option(&mut self) -> Option<u32> {
        self.place().checked_sub(1)
    }

    /// How many of something follow. There cannot be more of anything than there is text.
    fn length(&mut self) -> usize {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX);
        if length > self.text.len().saturating_sub(self.at) {
            self.at = usize::MAX;
            return 0;
        }
        length
    }

    fn string(&mut self) -> Box<str> {
        let length = self.length();
        let end = self.at.saturating_add(length);
        let string = self.text.get(self.at..end).unwrap_or_default();
        self.at = end;
        string.into()
    }

    /// A value; `None` where a list ends.
    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        Some(match self.number() {
            NULL => Value::Null,
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            NUMBER => Value::Number(f64::from_bits(self.number().swap_bytes())),
            STRING => Value::String(self.string()),
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
                    members.push((self.string(), value));
                }
                Value::Object(members)
            }
            _ => return None,
        })
    }

    fn covers(&mut self, policy: &mut Policy) -> Option<()> {
        let covers = &mut policy.covers;
        for _ in 0..self.length() {
            let (resource, tree) = (self.option(), self.number() != 0);
            let actions = self.option().map(|length| {
                let mut actions = Vec::new();
                self.places(length, &mut actions);
                actions.into_boxed_slice()
            });
            covers.patterns.push(Pattern { resource, tree, actions });
        }
        for _ in 0..self.length() {
            // What is covered is counted on from one run to the next, so runs ascend.
            let mut end = 0_u32;
            for _ in 0..self.length() {
                let start = end.saturating_add(self.place());
                end = start.saturating_add(self.place());
                covers.ranges.push((start, end));
            }
            if end > count(&policy.permissions) {
                return None;
            }
            let length = self.place();
            self.places(length, &mut covers.permissions);
            covers.ends.push(CoverEnd { ranges: count(&covers.ranges), permissions: count(&covers.permissions) });
        }
        Some(())
    }

    fn places(&mut self, length: u32, into: &mut Vec<u32>) {
        for _ in 0..length {
            if self.at >= self.text.len() {
                return;
            }
            into.push(self.place());
        }
    }

    fn grants(&mut self, policy: &mut Policy) -> Option<()> {
        let length = self.length();
        if length > limits::GRANTS {
            return None;
        }
        policy.grants.reserve_exact(length);
        for _ in 0..length {
            let cover = self.place();
            policy.grants.push(Grant { cover: cover >> 1, when: self.option(), is_shorthand: cover & 1 != 0 });
        }
        let mut first = 0_u32;
        for role in &mut policy.roles {
            (role.first, role.allows, role.denies) = (first, self.place(), self.place());
            role.carries_deny = role.denies > 0;
            first = first.saturating_add(role.allows).saturating_add(role.denies);
        }
        (first == count(&policy.grants)).then_some(())
    }
}

/// The policy of a text that begins with the mark and the version; `None` where it is not as it was written.
pub(super) fn policy(text: &str) -> Option<Policy> {
    let end = text.len().checked_sub(SUM)?;
    let (text, written) = (text.get(..end)?, text.get(end..)?);
    if sum(text) != written {
        return None;
    }
    text.strip_prefix(MARK)?;
    // The version is one character.
    let begin = MARK.len().checked_add(1)?;
    let mut reader = Reader { text, at: begin };
    let declared = reader.value(DEPTH)?;
    let conditions = reader.value(DEPTH)?;
    let kept = text.get(begin..reader.at)?;
    let (Document { written, declared: mut policy }, _) = document::read_value(declared).ok()?;
    roles(&mut policy, &written);
    policy.written = kept.into();
    for when in document::read::elements(Some(&conditions)) {
        policy.conditions.push(parse(when, &Pointer::Root, Severity::Error, &mut Diagnostics::default())?);
    }
    reader.covers(&mut policy)?;
    reader.grants(&mut policy)?;
    if reader.at != text.len() {
        return None;
    }
    finish(&mut policy, written);
    Some(policy)
}
