//! What is asked for a recommendation, from its JSON.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::check::hint::Hint;
use crate::document::read::count;
use crate::index::Index;
use crate::name::ROOT;
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::text::join;
use crate::tools::bits::Bits;
use crate::value::Value;

/// What is needed, and within what.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The permissions.
    pub(super) needed: Bits,
    /// The active entitlements; absent: every one.
    active: Option<Bits>,
    /// The type of the scope where the roles are to be assigned; absent: the root.
    pub(super) scope: Option<u32>,
    /// How many roles there may be at most.
    at_most: Option<u32>,
}

impl Question {
    /// Reads the object `{ needed, options? }`: a list of permissions, and an object with `entitlements` and `plan`
    /// (without either every entitlement is active), `scope` (the type of a scope; absent: the root) and `atMost` (how
    /// many roles).
    ///
    /// # Errors
    /// Everything that is malformed or unknown to the policy, with pointers such as `/needed/0` and
    /// `/options/plan`.
    pub fn read(policy: &Policy, question: &Value) -> Result<Question, Vec<Diagnostic>> {
        let root = Pointer::Root;
        let mut reader = Reader { policy, notes: Diagnostics::default() };
        let mut found = Question { needed: Bits::new(policy.permissions.len()), ..Question::default() };
        let at = root.key("needed");
        for (place, name) in reader.list(question.get("needed"), &at).iter().enumerate() {
            let number = reader.permission(name, &at.index(place));
            found.needed.insert(number.unwrap_or(usize::MAX));
        }
        match question.get("options") {
            None => {}
            Some(Value::Object(options)) => {
                for (key, value) in options {
                    reader.option(key, value, &root.key("options"), &mut found);
                }
            }
            Some(other) => reader.wrong_type("an object", other, &root.key("options")),
        }
        if reader.notes.has_errors() { Err(reader.notes.into_list()) } else { Ok(found) }
    }

    pub(super) fn is_active(&self, entitlement: u32) -> bool {
        let number = usize::try_from(entitlement).unwrap_or(usize::MAX);
        self.active.as_ref().is_none_or(|active| active.has(number))
    }

    pub(super) fn most(&self) -> usize {
        self.at_most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX)
    }
}

struct Reader<'p> {
    policy: &'p Policy,
    notes: Diagnostics,
}

impl Reader<'_> {
    fn wrong_type(&mut self, wanted: &str, found: &Value, at: &Pointer<'_>) {
        self.notes.error("wrong-type", at, join(&["expected ", wanted, ", found ", found.kind().name()]), None);
    }

    fn list<'v>(&mut self, value: Option<&'v Value<'v>>, at: &Pointer<'_>) -> &'v [Value<'v>] {
        match value {
            Some(Value::Array(list)) => return list,
            Some(other) => self.wrong_type("an array", other, at),
            None => self.notes.error("missing-key", at, "expected an array, found nothing".to_owned(), None),
        }
        &[]
    }

    /// The number of what is named; else it is noted, with what may have been meant.
    fn known(
        &mut self,
        value: &Value,
        at: &Pointer<'_>,
        (code, kind): (&'static str, &str),
        find: &dyn Fn(&str) -> Option<u32>,
        names: &mut dyn Iterator<Item = &str>,
    ) -> Option<usize> {
        let Some(name) = value.as_str() else {
            self.wrong_type("a string", value, at);
            return None;
        };
        let found = find(name);
        if found.is_none() {
            let mut hint = Hint::new(name);
            for name in names {
                hint.offer(name);
            }
            let help = Some(hint.say("the policy has ")).filter(|help| !help.is_empty());
            self.notes.error(code, at, join(&["the policy has no ", kind, " `", name, "`"]), help);
        }
        found.and_then(|number| usize::try_from(number).ok())
    }

    fn permission(&mut self, value: &Value, at: &Pointer<'_>) -> Option<usize> {
        let policy = self.policy;
        let names: Vec<String> = match value.as_str() {
            Some(name) if policy.permission(name).is_none() => policy.permission_names().collect(),
            _ => Vec::new(),
        };
        let names = &mut names.iter().map(String::as_str);
        self.known(value, at, ("unknown-permission", "permission"), &|name| policy.permission(name), names)
    }

    fn indexed(&mut self, value: &Value, at: &Pointer<'_>, what: (&'static str, &str), index: &Index) -> Option<usize> {
        self.known(value, at, what, &|name| index.get(name), &mut index.names())
    }

    fn option(&mut self, key: &str, value: &Value, options: &Pointer<'_>, found: &mut Question) {
        let (policy, at) = (self.policy, options.key(key));
        match key {
            "entitlements" => {
                found.active.get_or_insert_with(|| Bits::new(policy.entitlements.len()));
                for (place, name) in self.list(Some(value), &at).iter().enumerate() {
                    let what = ("unknown-entitlement", "entitlement");
                    let number = self.indexed(name, &at.index(place), what, &policy.names.entitlements);
                    if let Some((active, number)) = found.active.as_mut().zip(number) {
                        active.insert(number);
                    }
                }
            }
            "plan" => {
                let active = found.active.get_or_insert_with(|| Bits::new(policy.entitlements.len()));
                let mut plans = Index::default();
                for plan in &policy.plans {
                    plans.insert(&plan.name);
                }
                let plan = self.indexed(value, &at, ("unknown-plan", "plan"), &plans);
                for id in plan.and_then(|plan| policy.plans.get(plan)).map_or(&[][..], |plan| &plan.entitlements) {
                    active.insert(usize::try_from(*id).unwrap_or(usize::MAX));
                }
            }
            "scope" => {
                if value.as_str() == Some(ROOT) {
                    let (message, help) = ("`root` is no type of a scope", "leave `scope` out for the root");
                    return self.notes.error("reserved-name", &at, message.to_owned(), Some(help.to_owned()));
                }
                let kind = self.indexed(value, &at, ("unknown-scope-type", "scope type"), &policy.names.scope_types);
                found.scope = kind.and_then(|kind| u32::try_from(kind).ok());
            }
            "atMost" => match count(Some(value)) {
                Some(most) => found.at_most = Some(most),
                None if matches!(value, Value::Number(_)) => {
                    let message = "how many roles there may be is a whole number and not negative".to_owned();
                    self.notes.error("invalid-number", &at, message, None);
                }
                None => self.wrong_type("a number", value, &at),
            },
            _ => {
                let help = "the options are `entitlements`, `plan`, `scope` and `atMost`".to_owned();
                self.notes.error("unknown-key", &at, join(&["`", key, "` is no option"]), Some(help));
            }
        }
    }
}
