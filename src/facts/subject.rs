//! A subject from its JSON (section 3).

use super::decode::Decoder;
use super::{Assignment, Bounds, DirectGrant, Standing, Subject};
use crate::compile::Expander;
use crate::condition::{Condition, parse};
use crate::document::{self, Status};
use crate::limits;
use crate::name;
use crate::order::sorted_set;
use crate::pointer::Pointer;
use crate::policy::{Pattern, RoleId, at as place_of};
use crate::text::join;
use crate::value::Value;

impl Decoder<'_> {
    /// Reads a subject.
    pub(super) fn subject(&mut self, value: Value) -> Subject {
        let root = Pointer::Root;
        let mut subject = Subject { id: None, is_active: true, attributes: Value::Null, assignments: Vec::new(), grants: Vec::new() };
        for (key, value) in self.object(value, &root) {
            let at = root.key(&key);
            match &*key {
                "id" => subject.id = self.string(value, &at),
                "status" => subject.is_active = self.string(value, &at).is_some_and(|status| &*status == "active"),
                "attributes" => subject.attributes = Value::Object(self.object(value, &at)),
                "assignments" => subject.assignments = self.facts(value, &at, Decoder::assignment),
                "grants" => subject.grants = self.facts(value, &at, Decoder::direct_grant),
                "meta" => {}
                _ => self.unknown_key(&root, &key),
            }
        }
        subject
    }

    /// The elements of `assignments` or `grants`, within their limit.
    fn facts<T>(&mut self, value: Value, at: &Pointer<'_>, read: fn(&mut Self, Value, &Pointer<'_>) -> Option<T>) -> Vec<T> {
        let list = self.list(value, at);
        if list.len() > limits::SUBJECT_FACTS {
            self.notes.error("too-large", at, "there are more than 10000 elements".to_owned(), None);
            return Vec::new();
        }
        let mut facts = Vec::new();
        for (place, element) in list.into_iter().enumerate() {
            match element {
                Value::Object(_) => facts.extend(read(self, element, &at.index(place))),
                other => self.wrong_type(&at.index(place), "an object", &other),
            }
        }
        facts
    }

    /// Reads one assignment.
    pub(super) fn assignment(&mut self, value: Value, at: &Pointer<'_>) -> Option<Assignment> {
        let (mut name, mut has_role, mut scope, mut bounds) = (None, false, None, Bounds::default());
        let (mut status, mut is_plain, mut knows_scope) = (Some(Status::Active), true, true);
        for (key, value) in self.object(value, at) {
            let place = at.key(&key);
            match &*key {
                "role" => (name, has_role) = (self.string(value, &place), true),
                "scope" => {
                    scope = self.string(value, &place);
                    knows_scope = scope.as_ref().is_some_and(|scope| self.knows_scope(scope, &place));
                }
                "status" => {
                    status = self.status(value, &place);
                    is_plain &= status.is_some();
                }
                "from" | "until" => self.bound(&key, &value, &place, &mut bounds),
                "meta" => {}
                _ => {
                    self.unknown_key(at, &key);
                    is_plain = false;
                }
            }
        }
        if !has_role {
            self.missing(at, "role");
        }
        let name = name?;
        let role = self.policy.names.roles.get(&name);
        if role.is_none() {
            self.warn("unknown-role", &at.key("role"), join(&["the policy has no role `", &name, "`"]));
        }
        let assignable = role.is_some_and(|role| knows_scope && self.is_assignable(role, scope.as_deref(), at));
        let standing = match (assignable, is_plain) {
            (true, true) => Standing::Sound,
            (true, false) => Standing::DeniesOnly,
            (false, _) => Standing::Inert,
        };
        Some(Assignment { name, role, scope, status, bounds, standing })
    }

    /// True where the role may be assigned at that scope; else a warning is noted.
    fn is_assignable(&mut self, id: RoleId, scope: Option<&str>, at: &Pointer<'_>) -> bool {
        let Some(role) = place_of(&self.policy.roles, id) else { return false };
        if role.is_abstract {
            self.warn("abstract-role", &at.key("role"), join(&["the role `", &role.name, "` is abstract and cannot be assigned"]));
            return false;
        }
        let allowed = self.policy.may_be_assigned(role, scope);
        if !allowed {
            let at_what = scope.and_then(name::split_scope).map_or("the root", |(kind, _)| kind);
            self.warn("not-assignable", at, join(&["the role `", &role.name, "` cannot be assigned at `", at_what, "`"]));
        }
        allowed
    }

    /// Reads one direct grant.
    pub(super) fn direct_grant(&mut self, value: Value, at: &Pointer<'_>) -> Option<DirectGrant> {
        let mut grant = DirectGrant {
            written: Vec::new(),
            patterns: Vec::new(),
            ranges: Vec::new(),
            scope: None,
            status: Some(Status::Active),
            bounds: Bounds::default(),
            when: None,
            is_sound: true,
        };
        let (mut except, mut has_permissions) = (Vec::new(), false);
        for (key, value) in self.object(value, at) {
            let place = at.key(&key);
            match &*key {
                "permissions" => {
                    has_permissions = true;
                    let (written, patterns) = self.patterns(value, &place, &mut grant.is_sound);
                    (grant.written, grant.patterns) = (written, patterns);
                    if grant.written.is_empty() {
                        self.warn("empty-list", &place, "the grant covers nothing".to_owned());
                        grant.is_sound = false;
                    }
                }
                "except" => except = self.patterns(value, &place, &mut grant.is_sound).1,
                "scope" => {
                    grant.scope = self.string(value, &place);
                    grant.is_sound &= grant.scope.as_ref().is_some_and(|scope| self.knows_scope(scope, &place));
                }
                "status" => {
                    grant.status = self.status(value, &place);
                    grant.is_sound &= grant.status.is_some();
                }
                "from" | "until" => self.bound(&key, &value, &place, &mut grant.bounds),
                "when" => {
                    grant.when = self.condition(&value, &place);
                    grant.is_sound &= grant.when.is_some();
                }
                "meta" => {}
                _ => {
                    self.unknown_key(at, &key);
                    grant.is_sound = false;
                }
            }
        }
        if !has_permissions {
            self.missing(at, "permissions");
        }
        grant.ranges = Expander::new(self.policy).ranges(&grant.patterns, &except, true);
        Some(grant)
    }

    fn missing(&mut self, at: &Pointer<'_>, key: &str) {
        self.notes.error("missing-key", at, join(&["`", key, "` is missing"]), None);
    }

    /// Patterns as written (sorted, each once) and as the policy reads them. One that is none or that
    /// matches nothing makes the grant unsound.
    fn patterns(&mut self, value: Value, at: &Pointer<'_>, is_sound: &mut bool) -> (Vec<Box<str>>, Vec<Pattern>) {
        let (mut written, mut patterns) = (Vec::new(), Vec::new());
        for (place, text) in self.strings(value, at) {
            let resolved = document::Pattern::parse(&text).ok().and_then(|pattern| Expander::new(self.policy).resolve(&pattern));
            match resolved {
                Some(pattern) => patterns.push(pattern),
                None => {
                    self.warn("unknown-permission", &at.index(place), join(&["`", &text, "` matches no permission of the policy"]));
                    *is_sound = false;
                }
            }
            written.push(text);
        }
        (sorted_set(written), patterns)
    }

    /// A grant's condition; what is malformed in it is an error, what it does not know a warning.
    fn condition(&mut self, value: &Value, at: &Pointer<'_>) -> Option<Condition> {
        let mut faults = Vec::new();
        let condition = parse::parse(value, at, &mut faults);
        for fault in faults {
            self.notes.take(fault);
        }
        condition
    }
}
