//! The walk over a policy along its shape: every key, every JSON type and every name in it.
//!
//! What it finds is what one place and the declared names decide. What several places decide together
//! is found by `structure` and `pointless`.

use super::duplicates::repeated;
use super::names::Names;
use super::near::{HINTS, nearest};
use crate::condition::parse::{Fault, parse};
use crate::diagnostic::Diagnostics;
use crate::document::read::count;
use crate::document::shape::{Empty, Field, Kind, Shape, Space, VERSION};
use crate::name;
use crate::pointer::Pointer;
use crate::text::join;
use crate::value::Value;

const WRITE_VERSION: &str = "write `\"grantlet\": 1`";

/// The walk and what it knows.
pub(super) struct Walk<'a> {
    names: &'a Names<'a>,
    pub(super) out: &'a mut Diagnostics,
    hints: u32,
}

impl<'a> Walk<'a> {
    /// A walk that notes in `out` what it finds.
    pub(super) fn new(names: &'a Names<'a>, out: &'a mut Diagnostics) -> Walk<'a> {
        Walk { names, out, hints: HINTS }
    }

    /// Checks the value at `at`, which is to be of that kind.
    pub(super) fn value(&mut self, kind: &Kind, value: &Value, at: &Pointer<'_>) {
        match (kind, value) {
            (Kind::Either(kinds), _) => match kinds.iter().find(|kind| accepts(kind, value)) {
                Some(Kind::Words(words)) => self.word(kind, words, value.as_str().unwrap_or_default(), at),
                Some(kind) => self.value(kind, value, at),
                None => self.wrong_type(kind, value, at),
            },
            _ if !accepts(kind, value) => self.wrong_type(kind, value, at),
            (Kind::Object(shape), Value::Object(members)) => self.object(shape, members, at),
            (Kind::Map(key_kind, kind), Value::Object(members)) => {
                for (key, value) in members {
                    let at = at.key(key);
                    self.text(key_kind, key, &at);
                    self.value(kind, value, &at);
                }
            }
            (Kind::List(kind, empty), Value::Array(elements)) => self.list(kind, *empty, elements, at),
            (Kind::Count, _) if count(Some(value)).is_none() => {
                self.error("invalid-number", at, "expected a whole number, 0 or more".to_owned(), None);
            }
            (Kind::Version, _) if count(Some(value)) != Some(VERSION) => {
                let help = Some(WRITE_VERSION.to_owned());
                self.error("unsupported-version", at, "this is no version of the format".to_owned(), help);
            }
            (Kind::Condition, _) => self.condition(value, at),
            (_, Value::String(text)) => self.text(kind, text, at),
            _ => {}
        }
    }

    fn object(&mut self, shape: &Shape, members: &[(Box<str>, Value)], at: &Pointer<'_>) {
        let has = |key: &str| members.iter().any(|(name, _)| &**name == key);
        let chosen = shape.one_of.iter().copied().find(|key| has(key));
        for (key, value) in members {
            let at = at.key(key);
            let Some(field) = shape.field(key) else {
                let help = self.did_you_mean(key, shape.fields.iter().map(|field| field.key));
                let known =
                    || join(&["the keys here are ", &listed(shape.fields.iter().map(|field| field.key), "and")]);
                self.error("unknown-key", &at, join(&["unknown key `", key, "`"]), help.or_else(|| Some(known())));
                continue;
            };
            if let Some(rival) = chosen.filter(|chosen| !stands_beside(field, shape, chosen)) {
                self.error("conflicting-keys", &at, join(&["`", key, "` does not go with `", rival, "`"]), None);
            }
            self.value(field.kind, value, &at);
        }
        if chosen.is_none() && !shape.one_of.is_empty() {
            self.error(
                "missing-key",
                at,
                join(&["one of ", &listed(shape.one_of.iter().copied(), "and"), " is missing"]),
                None,
            );
        }
        for field in shape.fields.iter().filter(|field| field.required && !has(field.key)) {
            let chosen_elsewhere = shape.one_of.contains(&field.key);
            let wanted = chosen.is_none_or(|chosen| field.goes_with(chosen)) && !chosen_elsewhere;
            if wanted {
                let help = matches!(field.kind, Kind::Version).then(|| WRITE_VERSION.to_owned());
                self.error("missing-key", at, join(&["the key `", field.key, "` is missing"]), help);
            }
        }
    }

    fn list(&mut self, kind: &Kind, empty: Empty, elements: &[Value], at: &Pointer<'_>) {
        if elements.is_empty() {
            match empty {
                Empty::Fine => {}
                Empty::Pointless => {
                    self.warning("empty-list", at, "an empty list names nothing".to_owned(), None);
                }
                Empty::Refused => {
                    let help = "name something, or leave the key out where it is optional".to_owned();
                    self.error("empty-list", at, "this list is not to be empty".to_owned(), Some(help));
                }
            }
        }
        for (i, element) in elements.iter().enumerate() {
            self.value(kind, element, &at.index(i));
        }
        if elements.len() < 2 {
            return;
        }
        let texts: Vec<(usize, &str)> =
            elements.iter().enumerate().filter_map(|(i, element)| Some((i, element.as_str()?))).collect();
        let names: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
        for (i, text) in repeated(&names).into_iter().filter_map(|place| texts.get(place)) {
            let help = "leave it out here: it counts once".to_owned();
            self.warning("repeated-name", &at.index(*i), join(&["`", text, "` stands in this list twice"]), Some(help));
        }
    }

    fn text(&mut self, kind: &Kind, text: &str, at: &Pointer<'_>) {
        match kind {
            Kind::Words(words) => self.word(kind, words, text, at),
            Kind::Declares(space) => self.declaration(*space, text, at),
            Kind::Refers(space) => self.reference(*space, text, at),
            Kind::Pattern => self.pattern(text, at),
            Kind::Permission => self.permission(text, at),
            Kind::Language if !is_language(text) => {
                let help = "write tags such as `en`, `nl` or `pt-BR`".to_owned();
                self.error("invalid-language", at, join(&["`", text, "` is no language tag"]), Some(help));
            }
            _ => {}
        }
    }

    /// One of some words, where whatever is of `kind` may stand.
    fn word(&mut self, kind: &Kind, words: &[&'static str], text: &str, at: &Pointer<'_>) {
        if !words.contains(&text) {
            let help = self.did_you_mean(text, words.iter().copied()).or_else(|| in_a_list(kind, text));
            self.error("invalid-value", at, join(&["expected ", &expected(kind), ", found `", text, "`"]), help);
        }
    }

    fn declaration(&mut self, space: Space, text: &str, at: &Pointer<'_>) {
        let (valid, form) = match space {
            Space::Limit => return,
            Space::Resource => (name::is_resource_path(text), "a path is 1 to 16 names joined by dots, each of"),
            _ => (name::is_segment(text), "a name is"),
        };
        if !valid {
            let help = join(&[form, " 1 to 64 letters, digits, `_` and `-`, a letter or digit first"]);
            self.error("invalid-name", at, join(&["`", text, "` is no name of ", article(space)]), Some(help));
        } else if space == Space::ScopeType && text == name::ROOT {
            let help = "the root needs no declaration; give the type another name".to_owned();
            self.error("reserved-name", at, "`root` is the name of the root itself".to_owned(), Some(help));
        }
    }

    fn reference(&mut self, space: Space, text: &str, at: &Pointer<'_>) {
        if space == Space::Action {
            // `implies` may name an action that no resource has: it can carry on from one to another.
            return self.declaration(space, text, at);
        }
        if self.names.has(space, text) {
            return;
        }
        let (code, declared_in) = match space {
            Space::Entitlement => ("unknown-entitlement", "entitlements"),
            Space::ScopeType | Space::ScopeTypeOrRoot => ("unknown-scope-type", "scopes"),
            Space::Limit => ("unknown-limit", "limits"),
            _ => ("unknown-role", "roles"),
        };
        let message = join(&["`", text, "` is not ", article(space), " of this policy"]);
        let help = if text == name::ROOT {
            "leave the key out for the root".to_owned()
        } else {
            let names = self.names.of(space).iter().copied();
            self.did_you_mean(text, names).unwrap_or_else(|| join(&["declare it in `", declared_in, "`"]))
        };
        if space == Space::Limit {
            // A limit that no plan has is 0: that decides, and it is legal.
            self.warning(code, at, message, Some(help));
        } else {
            self.error(code, at, message, Some(help));
        }
    }

    fn condition(&mut self, value: &Value, at: &Pointer<'_>) {
        let mut faults = Vec::new();
        parse(value, at, &mut faults);
        for fault in faults {
            // What only makes a fact inert is an error in a policy.
            self.out.take(Fault { malformed: true, ..fault });
        }
    }

    fn wrong_type(&mut self, kind: &Kind, value: &Value, at: &Pointer<'_>) {
        let help = value.as_str().and_then(|text| in_a_list(kind, text));
        self.error("wrong-type", at, join(&["expected ", &expected(kind), ", found ", value.kind()]), help);
    }

    /// What to say of a name that was probably meant.
    pub(super) fn did_you_mean<'n>(&mut self, written: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
        self.hints = self.hints.checked_sub(1)?;
        nearest(written, names)
    }

    /// The declared names.
    pub(super) fn names(&self) -> &'a Names<'a> {
        self.names
    }

    pub(super) fn error(&mut self, code: &'static str, at: &Pointer<'_>, message: String, help: Option<String>) {
        self.out.error(code, at, message, help);
    }

    pub(super) fn warning(&mut self, code: &'static str, at: &Pointer<'_>, message: String, help: Option<String>) {
        self.out.warning(code, at, message, help);
    }
}

/// Whether a value has the JSON type of a kind.
fn accepts(kind: &Kind, value: &Value) -> bool {
    match kind {
        // A version of another type is refused as what it is: no version.
        Kind::Any | Kind::Version => true,
        Kind::Either(kinds) => kinds.iter().any(|kind| accepts(kind, value)),
        Kind::Boolean => matches!(value, Value::Bool(_)),
        Kind::Count => matches!(value, Value::Number(_)),
        Kind::Instant => matches!(value, Value::Number(_) | Value::String(_)),
        Kind::Pair(_) | Kind::List(..) => matches!(value, Value::Array(_)),
        Kind::Attributes | Kind::Condition | Kind::Map(..) | Kind::Object(_) => matches!(value, Value::Object(_)),
        _ => matches!(value, Value::String(_)),
    }
}

/// What a kind expects, in words.
fn expected(kind: &Kind) -> String {
    let word = match kind {
        Kind::Either(kinds) => return kinds.iter().map(|kind| expected(kind)).collect::<Vec<_>>().join(" or "),
        Kind::Words(words) => return listed(words.iter().copied(), "or"),
        Kind::Boolean => "a boolean",
        Kind::Count => "a number",
        Kind::Pair(_) | Kind::List(..) => "an array",
        Kind::Attributes | Kind::Condition | Kind::Map(..) | Kind::Object(_) => "an object",
        _ => "a string",
    };
    word.to_owned()
}

/// What to do about one string where a list may stand.
fn in_a_list(kind: &Kind, text: &str) -> Option<String> {
    let takes_lists = match kind {
        Kind::Either(kinds) => kinds.iter().any(|kind| matches!(kind, Kind::List(..))),
        _ => matches!(kind, Kind::List(..)),
    };
    takes_lists.then(|| join(&["write `[\"", text, "\"]` for a list of one"]))
}

/// Names in backticks, joined by commas and the word.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>, word: &str) -> String {
    let names: Vec<&str> = names.collect();
    let mut out = String::new();
    for (i, name) in names.iter().enumerate() {
        if i > 0 && i.saturating_add(1) == names.len() {
            out.push(' ');
            out.push_str(word);
            out.push(' ');
        } else if i > 0 {
            out.push_str(", ");
        }
        out.push('`');
        out.push_str(name);
        out.push('`');
    }
    out
}

/// Whether a field may stand beside the chosen key: another key of the choice may not.
fn stands_beside(field: &Field, shape: &Shape, chosen: &str) -> bool {
    field.key == chosen || (field.goes_with(chosen) && !shape.one_of.contains(&field.key))
}

/// What a name names, with its article.
fn article(space: Space) -> &'static str {
    match space {
        Space::Action => "an action",
        Space::Resource => "a resource",
        Space::Entitlement => "an entitlement",
        Space::Plan => "a plan",
        Space::Limit => "a limit of a plan",
        Space::ScopeType | Space::ScopeTypeOrRoot => "a scope type",
        Space::Role => "a role",
        Space::Section => "a section",
        Space::Constraint => "a constraint",
    }
}

/// True for what looks like a language tag: letters, then subtags of letters and digits.
fn is_language(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let fits = |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric());
    subtags.next().is_some_and(|first| fits(first) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && subtags.all(fits)
}
