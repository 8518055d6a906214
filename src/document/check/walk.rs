//! The walk over a policy along its shape: every key, every JSON type and every name in it.
//!
//! What it finds is what one place and the declared names decide. What several places decide together
//! is found by `structure` and `pointless`.

use super::hint::Hint;
use super::seen::Seen;
use crate::compile::Patterns;
use crate::condition::parse::parse;
use crate::diagnostic::{Diagnostics, Severity};
use crate::document::read::count;
use crate::document::shape::{Empty, Field, Kind, Shape, VERSION};
use crate::index::Index;
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::text::{fill, listed};
use crate::value::{Member, Type, Value};

/// Names for which a near one is looked up. Each look-up goes through all that are declared, and
/// whoever has this many to mend is not helped by more.
const HINTS: u32 = 100;

const WRITE_VERSION: &str = "write `\"grantlet\": 1`";

/// The walk and what it knows.
pub(super) struct Walk<'a> {
    pub(super) declared: &'a Policy,
    /// The ids of constraints met so far.
    pub(super) ids: Index,
    /// The patterns met so far of which there is nothing to say: looking for what they name takes time.
    pub(super) patterns: &'a mut Patterns,
    out: &'a mut Diagnostics,
    hints: u32,
}

impl<'a> Walk<'a> {
    /// A walk that notes in `out` what it finds.
    pub(super) fn new(declared: &'a Policy, patterns: &'a mut Patterns, out: &'a mut Diagnostics) -> Walk<'a> {
        Walk { declared, ids: Index::default(), patterns, out, hints: HINTS }
    }

    /// Notes an error: its message with the parts in the places of its `%`, and a help that may be empty.
    #[inline(never)]
    pub(super) fn error(&mut self, code: &'static str, at: &Pointer<'_>, message: &str, parts: &[&str], help: &str) {
        self.out.error(code, at, fill(message, parts), said(help));
    }

    /// Notes a warning likewise.
    #[inline(never)]
    pub(super) fn warning(&mut self, code: &'static str, at: &Pointer<'_>, message: &str, parts: &[&str], help: &str) {
        self.out.warning(code, at, fill(message, parts), said(help));
    }

    /// A hint at what was probably meant; none where enough were given already.
    pub(super) fn hint<'n>(&mut self, written: &'n str) -> Option<Hint<'n>> {
        self.hints = self.hints.checked_sub(1)?;
        Some(Hint::new(written))
    }

    /// What to say of a name that stands in place of one of these; empty where that is nothing.
    #[inline(never)]
    pub(super) fn near(&mut self, written: &str, names: &Index) -> String {
        let Some(mut hint) = self.hint(written) else { return String::new() };
        for name in names.names() {
            hint.offer(name);
        }
        hint.say("")
    }

    /// Checks the value at `at`, which is to be of that kind.
    pub(super) fn value(&mut self, kind: &Kind, value: &Value<'_>, at: &Pointer<'_>) {
        match (kind, value) {
            (Kind::Pattern | Kind::Declares(_) | Kind::Refers(_), Value::String(text)) => self.text(kind, text, at),
            (Kind::Either([Kind::Pattern, ..]), Value::String(text)) => self.text(&Kind::Pattern, text, at),
            _ => self.other_value(kind, value, at),
        }
    }

    /// Any other value: most are short texts, and for those a short function is left sooner.
    #[inline(never)]
    fn other_value(&mut self, kind: &Kind, value: &Value<'_>, at: &Pointer<'_>) {
        match (kind, value) {
            (Kind::Either(kinds), _) => match kinds.iter().find(|kind| accepts(kind, value)) {
                Some(Kind::Words(words)) => self.word(kind, words, value.as_str().unwrap_or_default(), at),
                Some(kind) => self.value(kind, value, at),
                None => self.wrong_type(kind, value, at),
            },
            _ if !accepts(kind, value) => self.wrong_type(kind, value, at),
            (Kind::Object(shape), Value::Object(members)) => self.object(shape, members, at),
            (Kind::Map(key_kind, kind), Value::Object(members)) => {
                self.repeated_keys(members, at);
                for (key, value) in members {
                    let at = at.key(key);
                    self.text(key_kind, key, &at);
                    self.value(kind, value, &at);
                }
            }
            (Kind::List(kind, empty), Value::Array(elements)) => self.list(kind, *empty, elements, at),
            (Kind::Count, _) if count(Some(value)).is_none() => {
                self.error("invalid-number", at, "expected a whole number, 0 or more", &[], "");
            }
            (Kind::Version, _) if count(Some(value)) != Some(VERSION) => {
                self.error("unsupported-version", at, "this is no version of the format", &[], WRITE_VERSION);
            }
            (Kind::Condition, _) => self.condition(value, at),
            (_, Value::String(text)) => self.text(kind, text, at),
            _ => {}
        }
    }

    fn object(&mut self, shape: &Shape, members: &[Member<'_>], at: &Pointer<'_>) {
        let has = |key: &str| members.iter().any(|(name, _)| &**name == key);
        let chosen = shape.one_of.iter().copied().find(|key| has(key));
        // A bit for each field that stands here: a shape has less than 32.
        let mut found = 0_u32;
        let mut unknown = Seen::default();
        for (key, value) in members {
            let at = at.key(key);
            let (mut bit, mut known) = (1_u32, None);
            for field in shape.fields {
                if field.key == &**key {
                    known = Some(field);
                    break;
                }
                bit = bit.wrapping_shl(1);
            }
            let again = if known.is_some() { found & bit != 0 } else { unknown.again(key) };
            if again {
                self.repeated_key(key, &at);
            }
            let Some(field) = known else {
                self.unknown_key(shape, key, &at);
                continue;
            };
            found |= bit;
            if let Some(rival) = chosen.filter(|chosen| !stands_beside(field, shape, chosen)) {
                self.error("conflicting-keys", &at, "`%` does not go with `%`", &[key, rival], "");
            }
            self.value(field.kind, value, &at);
        }
        if chosen.is_none() && !shape.one_of.is_empty() {
            self.error("missing-key", at, "one of % is missing", &[&listed(shape.one_of, "`, `")], "");
        }
        for field in shape.fields {
            let is_there = found & 1 != 0;
            found >>= 1;
            let is_wanted = field.required
                && !is_there
                && !shape.one_of.contains(&field.key)
                && chosen.is_none_or(|chosen| field.goes_with(chosen));
            if is_wanted {
                let help = if matches!(field.kind, Kind::Version) { WRITE_VERSION } else { "" };
                self.error("missing-key", at, "the key `%` is missing", &[field.key], help);
            }
        }
    }

    fn unknown_key(&mut self, shape: &Shape, key: &str, at: &Pointer<'_>) {
        let mut help = String::new();
        if let Some(mut hint) = self.hint(key) {
            for field in shape.fields {
                hint.offer(field.key);
            }
            help = hint.say("the keys here are ");
        }
        self.error("unknown-key", at, "unknown key `%`", &[key], &help);
    }

    #[inline(never)]
    pub(super) fn repeated_key(&mut self, key: &str, at: &Pointer<'_>) {
        self.error("duplicate-key", at, "the key `%` stands here twice", &[key], "keep one of the two");
    }

    fn list(&mut self, kind: &Kind, empty: Empty, elements: &[Value<'_>], at: &Pointer<'_>) {
        if elements.is_empty() {
            match empty {
                Empty::Fine => {}
                Empty::Pointless => self.warning("empty-list", at, "an empty list names nothing", &[], ""),
                _ => {
                    let help = "name something, or leave the key out where it is optional";
                    self.error("empty-list", at, "this list is not to be empty", &[], help);
                }
            }
        }
        let mut seen = Seen::default();
        let mut distinct = 0_usize;
        for (i, element) in elements.iter().enumerate() {
            let at = at.index(i);
            self.value(kind, element, &at);
            match element {
                Value::String(text) if seen.again(text) => {
                    let help = "leave it out here: it counts once";
                    self.warning("repeated-name", &at, "`%` stands in this list twice", &[text], help);
                }
                _ => distinct = distinct.saturating_add(1),
            }
        }
        if distinct == 1 && empty == Empty::Several {
            self.error("too-few-roles", at, "one role excludes nothing", &[], "name two or more");
        }
    }

    /// One of some words, where whatever is of `kind` may stand.
    pub(super) fn word(&mut self, kind: &Kind, words: &[&'static str], text: &str, at: &Pointer<'_>) {
        if words.contains(&text) {
            return;
        }
        let mut help = String::new();
        if let Some(mut hint) = self.hint(text) {
            for word in words {
                hint.offer(word);
            }
            help = hint.say("");
        }
        if help.is_empty() {
            help.push_str(in_a_list(kind));
        }
        self.error("invalid-value", at, "expected %, found `%`", &[&expected(kind), text], &help);
    }

    fn condition(&mut self, value: &Value<'_>, at: &Pointer<'_>) {
        self.literals(value, at);
        // What only makes a fact inert is an error in a policy.
        parse(value, at, Severity::Error, self.out);
    }

    fn wrong_type(&mut self, kind: &Kind, value: &Value<'_>, at: &Pointer<'_>) {
        let help = if value.as_str().is_some() { in_a_list(kind) } else { "" };
        self.error("wrong-type", at, "expected %, found %", &[&expected(kind), value.kind().name()], help);
    }
}

fn said(help: &str) -> Option<String> {
    (!help.is_empty()).then(|| help.to_owned())
}

/// Whether a value has the JSON type of a kind.
fn accepts(kind: &Kind, value: &Value<'_>) -> bool {
    match kind {
        // A version of another type is refused as what it is: no version.
        Kind::Any | Kind::Version => true,
        Kind::Either(kinds) => kinds.iter().any(|kind| accepts(kind, value)),
        Kind::Instant => matches!(value, Value::Number(_) | Value::String(_)),
        _ => value.kind() == json_type(kind),
    }
}

/// The JSON type of a kind.
fn json_type(kind: &Kind) -> Type {
    match kind {
        Kind::Boolean => Type::Boolean,
        Kind::Count => Type::Number,
        Kind::Pair(_) | Kind::List(..) => Type::Array,
        Kind::Attributes | Kind::Condition | Kind::Map(..) | Kind::Object(_) => Type::Object,
        _ => Type::String,
    }
}

/// What a kind expects, in words.
fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Either(kinds) => {
            let mut text = String::new();
            for kind in *kinds {
                if !text.is_empty() {
                    text.push_str(" or ");
                }
                text.push_str(&expected(kind));
            }
            text
        }
        Kind::Words(words) => listed(words, "` or `"),
        _ => json_type(kind).name().to_owned(),
    }
}

/// What to do about one string where a list may stand.
fn in_a_list(kind: &Kind) -> &'static str {
    if accepts(kind, &Value::Array(Vec::new())) { "write `[…]` around it for a list of one" } else { "" }
}

/// Whether a field may stand beside the chosen key: another key of the choice may not.
fn stands_beside(field: &Field, shape: &Shape, chosen: &str) -> bool {
    field.key == chosen || (field.goes_with(chosen) && !shape.one_of.contains(&field.key))
}
