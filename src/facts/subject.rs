//! A subject from its JSON (section 3).

use super::decode::Decoder;
use super::{Assignment, Bounds, DirectGrant, Standing, Subject};
use crate::compile::Expander;
use crate::condition::parse;
use crate::document::{self, Status};
use crate::limits;
use crate::name;
use crate::pointer::Pointer;
use crate::policy::{Pattern, RoleId, at as place_of};
use crate::text::join;
use crate::value::Value;

/// What an assignment and a direct grant have in common.
struct Common {
    scope: Option<Box<str>>,
    knows_scope: bool,
    status: Option<Status>,
    bounds: Bounds,
    /// It has no unknown key and no unknown status.
    is_plain: bool,
}

impl Common {
    fn new() -> Common {
        Common {
            scope: None,
            knows_scope: true,
            status: Some(Status::Active),
            bounds: Bounds::default(),
            is_plain: true,
        }
    }
}

impl Decoder<'_> {
    /// Reads a subject.
    pub(crate) fn subject(&mut self, value: &Value<'_>, root: &Pointer<'_>) -> Subject {
        let mut subject =
            Subject { id: None, is_active: true, attributes: Value::Null, assignments: Vec::new(), grants: Vec::new() };
        for (key, value) in self.object(value, root) {
            let at = root.key(key);
            match &**key {
                "id" => subject.id = self.string(value, &at).map(Into::into),
                "status" => subject.is_active = self.string(value, &at) == Some("active"),
                "attributes" => subject.attributes = self.attributes(value, &at),
                "assignments" => {
                    subject.assignments.clear();
                    for (place, element) in self.facts(value, &at).iter().enumerate() {
                        let at = at.index(place);
                        if let Some(assignment) = self.assignment(element, &at) {
                            subject.assignments.push(assignment);
                        }
                    }
                }
                "grants" => {
                    subject.grants.clear();
                    for (place, element) in self.facts(value, &at).iter().enumerate() {
                        let at = at.index(place);
                        if let Some(grant) = self.direct_grant(element, &at) {
                            subject.grants.push(grant);
                        }
                    }
                }
                _ => self.unknown_key(root, key),
            }
        }
        subject
    }

    /// The elements of `assignments` or `grants`, within their limit.
    fn facts<'v>(&mut self, value: &'v Value<'v>, at: &Pointer<'_>) -> &'v [Value<'v>] {
        let list = self.list(value, at);
        if list.len() > limits::SUBJECT_FACTS {
            self.error("too-large", at, &["there are more than 10000 elements"]);
            return &[];
        }
        list
    }

    /// Reads a member that assignments and direct grants have in common.
    #[inline(never)]
    fn common(&mut self, key: &str, value: &Value<'_>, fact: &Pointer<'_>, common: &mut Common) {
        let at = fact.key(key);
        match key {
            "scope" => {
                let scope = self.string(value, &at);
                common.knows_scope = scope.is_some_and(|scope| self.knows_scope(scope, &at));
                common.scope = scope.map(Into::into);
            }
            "status" => {
                let Some(text) = self.string(value, &at) else { return };
                common.status = Status::from_name(text);
                if common.status.is_none() {
                    self.notes.note(self.unknown, "unknown-status", &at, join(&["`", text, "` is no status"]), None);
                    common.is_plain = false;
                }
            }
            "from" => common.bounds.from = self.time(value, &at),
            "until" => common.bounds.until = self.time(value, &at),
            "meta" => {}
            _ => {
                self.unknown_key(fact, key);
                common.is_plain = false;
            }
        }
    }

    /// Reads one assignment.
    pub(crate) fn assignment(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Option<Assignment> {
        let Value::Object(members) = value else {
            self.wrong_type(at, "an object", value);
            return None;
        };
        let (mut name, mut common) = (None, Common::new());
        let role_at = at.key("role");
        for (key, value) in members {
            if &**key == "role" {
                name = Some(self.string(value, &role_at));
            } else {
                self.common(key, value, at, &mut common);
            }
        }
        let Some(name) = name else {
            self.missing(at, "role");
            return None;
        };
        let name = name?;
        let role = self.role(name, &role_at);
        let is_assignable =
            role.is_some_and(|role| common.knows_scope && self.is_assignable(role, common.scope.as_deref(), at));
        let standing = match (is_assignable, common.is_plain) {
            (true, true) => Standing::Sound,
            (true, false) => Standing::DeniesOnly,
            (false, _) => Standing::Inert,
        };
        let Common { scope, status, bounds, .. } = common;
        Some(Assignment { name: name.into(), role, scope, status, bounds, standing })
    }

    /// True where the role may be assigned at that scope; else a warning is noted.
    fn is_assignable(&mut self, id: RoleId, scope: Option<&str>, at: &Pointer<'_>) -> bool {
        let Some(role) = place_of(&self.policy.roles, id) else { return false };
        if role.is_abstract {
            self.warn(
                "abstract-role",
                &at.key("role"),
                &["the role `", &role.name, "` is abstract and cannot be assigned"],
            );
            return false;
        }
        let allowed = self.policy.may_be_assigned(role, scope);
        if !allowed {
            let at_what = scope.and_then(name::split_scope).map_or("the root", |(kind, _)| kind);
            self.warn("not-assignable", at, &["the role `", &role.name, "` cannot be assigned at `", at_what, "`"]);
        }
        allowed
    }

    /// Reads one direct grant.
    pub(crate) fn direct_grant(&mut self, value: &Value<'_>, at: &Pointer<'_>) -> Option<DirectGrant> {
        let Value::Object(members) = value else {
            self.wrong_type(at, "an object", value);
            return None;
        };
        let (mut patterns, mut except, mut when) = (None, Vec::new(), None);
        let (mut common, mut is_sound) = (Common::new(), true);
        for (key, value) in members {
            let place = at.key(key);
            match &**key {
                "permissions" => {
                    patterns = Some(self.patterns(value, &place, &mut is_sound));
                    if matches!(value, Value::Array(list) if list.is_empty()) {
                        self.warn("empty-list", &place, &["the grant covers nothing"]);
                        is_sound = false;
                    }
                }
                "except" => except = self.patterns(value, &place, &mut is_sound),
                "when" => {
                    when = parse::parse(value, &place, self.unknown, &mut self.notes);
                    is_sound &= when.is_some();
                }
                _ => {
                    self.common(key, value, at, &mut common);
                    is_sound &= common.knows_scope && common.is_plain;
                }
            }
        }
        if patterns.is_none() {
            self.missing(at, "permissions");
        }
        let patterns = patterns.unwrap_or_default();
        let ranges = Expander::new(self.policy).ranges(&patterns, &except, true);
        let Common { scope, status, bounds, .. } = common;
        Some(DirectGrant { patterns, ranges, scope, status, bounds, when, is_sound })
    }

    pub(crate) fn missing(&mut self, at: &Pointer<'_>, key: &str) {
        self.error("missing-key", at, &["`", key, "` is missing"]);
    }

    /// Patterns as the policy reads them. One that is none or that matches nothing makes the grant unsound.
    fn patterns(&mut self, value: &Value<'_>, at: &Pointer<'_>, is_sound: &mut bool) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for (place, element) in self.list(value, at).iter().enumerate() {
            let place = at.index(place);
            let Some(text) = self.string(element, &place) else { continue };
            let resolved =
                document::Pattern::parse(text).ok().and_then(|pattern| Expander::new(self.policy).resolve(&pattern));
            match resolved {
                Some(pattern) => patterns.push(pattern),
                None => {
                    self.warn("unknown-permission", &place, &["`", text, "` matches no permission of the policy"]);
                    *is_sound = false;
                }
            }
        }
        patterns
    }
}
