//! A change as it is written, and the target before and after it.

use std::sync::Arc;

use crate::compile::{Closure, Expander};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Status;
use crate::document::read::{elements, members, string, strings};
use crate::facts::{Assignment, Decoder, DirectGrant, Facts, Subject};
use crate::index::Index;
use crate::pointer::Pointer;
use crate::policy::{PermissionId, Policy, RoleId, in_ranges};
use crate::session::{Chain, Session};
use crate::value::{Member, Value};

/// One part of a change.
pub(super) struct Part<'v> {
    /// Its key: `revoke`, `assign`, `ungrant` or `grant`.
    pub(super) name: &'static str,
    /// It is an assign or a grant.
    pub(super) gives: bool,
    written: &'v Value<'v>,
    /// The assignment, of a part that is of roles: as it will be, or the one to be taken away.
    pub(super) assignment: Option<Assignment>,
    /// The direct grant, of a part that is not.
    pub(super) grant: Option<DirectGrant>,
    /// The permissions that a direct grant covers. What is taken away counts whatever it excepts.
    pub(super) covered: Vec<PermissionId>,
    /// The roles that the actor holds at its scope, and those that the target does.
    pub(super) actor_holds: Vec<RoleId>,
    pub(super) target_holds: Vec<RoleId>,
}

const KEYS: [&str; 8] = ["revoke", "assign", "ungrant", "grant", "actor", "target", "context", "directory"];

/// The parts that there are: whether they give, and the keys that they may have.
const PARTS: [(bool, &[&str]); 4] = [
    (false, &["scope", "role"]),
    (true, &["scope", "role", "status", "from", "until"]),
    (false, &["scope", "permissions"]),
    (true, &["scope", "permissions", "except", "when", "status", "from", "until"]),
];

/// Stands for a subject that is missing, which is told already.
static NOBODY: Value = Value::Object(Vec::new());

impl Part<'_> {
    /// The scope as written; absent: the root.
    pub(super) fn scope(&self) -> Option<&str> {
        string(self.written.get("scope"))
    }

    /// The name of the role; empty for a direct grant.
    pub(super) fn role(&self) -> &str {
        self.assignment.as_ref().map_or("", |assignment| &assignment.name)
    }

    /// The resulting status.
    pub(super) fn status(&self) -> Option<Status> {
        match (&self.assignment, &self.grant) {
            (Some(assignment), _) => assignment.status,
            (None, grant) => grant.as_ref()?.status,
        }
    }

    /// True for an assignment of exactly this role at exactly this scope.
    pub(super) fn is_of(&self, assignment: &Assignment) -> bool {
        self.assignment.is_some() && &*assignment.name == self.role() && assignment.scope.as_deref() == self.scope()
    }
}

/// A change by an actor on a target.
pub(super) struct Change<'v> {
    /// The session of the actor in the change's context.
    pub(super) actor: Session,
    pub(super) target: Subject,
    /// The actor and the target have one id.
    pub(super) is_self: bool,
    /// They have two ids: where both have none, nobody can say.
    pub(super) is_other: bool,
    pub(super) directory: Option<Vec<Subject>>,
    pub(super) plan: Option<&'v str>,
    pub(super) parts: Vec<Part<'v>>,
    target_grants: &'v [Value<'v>],
}

impl<'v> Change<'v> {
    /// Reads a change.
    #[inline(never)]
    pub(super) fn read(
        policy: &Arc<Policy>,
        written: &'v Value<'v>,
        clock: f64,
    ) -> Result<Change<'v>, Vec<Diagnostic>> {
        let root = Pointer::Root;
        let mut decoder = Decoder::new(policy);
        let keys = decoder.object(written, &root);
        only_keys(&mut decoder, keys, &root, &KEYS);
        let (actor_written, target_written) = (written.get("actor"), written.get("target"));
        let actor = subject(&mut decoder, actor_written, "actor");
        let target = subject(&mut decoder, target_written, "target");
        let around = written.get("context").unwrap_or(&Value::Null);
        let context = decoder.context(around, &root.key("context"));
        let directory = written.get("directory").map(|value| directory(&mut decoder, value));
        let mut parts = Vec::new();
        for (name, (gives, keys)) in KEYS.iter().zip(&PARTS) {
            if let Some(value) = written.get(name) {
                parts.push(part(&mut decoder, policy, (name, *gives), value, keys));
            }
        }
        if parts.is_empty() {
            decoder.error("empty-change", &root, &["the change changes nothing"]);
        }
        let (is_self, is_other) = (actor.id.is_some() && actor.id == target.id, actor.id != target.id);
        if is_self && actor_written != target_written {
            decoder.error(
                "two-documents",
                &root.key("target"),
                &["it is not the document of the actor, whose id it has"],
            );
        }
        decoder.finish()?;
        let facts = Facts { subject: target, context, roles: None, warnings: Vec::new() };
        let mut actor_session = Session::of(Arc::clone(policy), facts, clock);
        for part in &mut parts {
            part.target_holds = held(&actor_session, part.scope());
        }
        let target = std::mem::replace(&mut actor_session.facts.subject, actor);
        for part in &mut parts {
            part.actor_holds = held(&actor_session, part.scope());
        }
        let target_grants = elements(target_written.and_then(|target| target.get("grants")));
        let plan = string(around.get("plan"));
        Ok(Change { actor: actor_session, target, is_self, is_other, directory, plan, parts, target_grants })
    }

    /// The chain of a scope; `None` where it is unknown.
    pub(super) fn chain<'a>(&'a self, scope: Option<&'a str>) -> Option<Chain<'a>> {
        Chain::of(&self.actor.policy, &self.actor.facts.context, scope)
    }

    /// True where the target has what a part takes away or replaces: the role, or direct grants of the same set
    /// of permissions as written, exactly at that scope, whatever status and time.
    pub(super) fn target_has(&self, part: &Part<'_>) -> bool {
        self.target.assignments.iter().any(|assignment| part.is_of(assignment))
            || part.grant.is_some()
                && self.target_grants.iter().any(|grant| {
                    let (has, asked) = (grant.get("permissions"), part.written.get("permissions"));
                    string(grant.get("scope")) == part.scope() && is_within(has, asked) && is_within(asked, has)
                })
    }

    /// The target's assignments before the change, or after it: then none of what is revoked, and of what is assigned
    /// just the new one.
    pub(super) fn assignments(&self, after: bool) -> Vec<&Assignment> {
        let mut list = Vec::new();
        for assignment in &self.target.assignments {
            if !after || !self.parts.iter().any(|part| part.is_of(assignment)) {
                list.push(assignment);
            }
        }
        for part in &self.parts {
            if let Some(assignment) = part.assignment.as_ref().filter(|_| after && part.gives) {
                list.push(assignment);
            }
        }
        list
    }
}

/// What the session's subject holds at a scope.
#[inline(never)]
fn held(session: &Session, scope: Option<&str>) -> Vec<RoleId> {
    let chain = Chain::of(&session.policy, &session.facts.context, scope);
    chain.map_or_else(Vec::new, |chain| session.holds(&chain))
}

/// True where every string of one list is in the other.
fn is_within(list: Option<&Value<'_>>, other: Option<&Value<'_>>) -> bool {
    strings(list).all(|text| strings(other).any(|other| other == text))
}

fn only_keys(decoder: &mut Decoder<'_>, members: &[Member<'_>], at: &Pointer<'_>, known: &[&str]) {
    for (key, _) in members {
        if !known.contains(&&**key) {
            decoder.error("unknown-key", &at.key(key), &["`", key, "` is no key of a change"]);
        }
    }
}

/// The actor or the target.
#[inline(never)]
fn subject(decoder: &mut Decoder<'_>, value: Option<&Value<'_>>, key: &str) -> Subject {
    let root = Pointer::Root;
    if value.is_none() {
        decoder.missing(&root, key);
    }
    decoder.subject(value.unwrap_or(&NOBODY), &root.key(key))
}

#[inline(never)]
fn directory(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Vec<Subject> {
    let root = Pointer::Root;
    let at = root.key("directory");
    let (mut subjects, mut ids) = (Vec::new(), Index::default());
    for (place, value) in decoder.list(value, &at).iter().enumerate() {
        let at = at.index(place);
        let subject = decoder.subject(value, &at);
        if let Some(id) = &subject.id {
            let known = ids.len();
            ids.insert(id);
            if ids.len() == known {
                decoder.error("duplicate-id", &at.key("id"), &["the directory has `", id, "` twice"]);
            }
        }
        subjects.push(subject);
    }
    subjects
}

#[inline(never)]
fn part<'v>(
    decoder: &mut Decoder<'_>,
    policy: &Policy,
    (name, gives): (&'static str, bool),
    written: &'v Value<'v>,
    keys: &[&str],
) -> Part<'v> {
    let root = Pointer::Root;
    let at = root.key(name);
    only_keys(decoder, members(Some(written)), &at, keys);
    let mut part = Part {
        name,
        gives,
        written,
        assignment: None,
        grant: None,
        covered: Vec::new(),
        actor_holds: Vec::new(),
        target_holds: Vec::new(),
    };
    decoder.unknown = Severity::Error;
    if keys.contains(&"role") {
        part.assignment = decoder.assignment(written, &at);
    } else {
        part.grant = decoder.direct_grant(written, &at);
        part.covered = Expander::new(policy).written(written.get("permissions"), Closure::Up);
        if let Some(grant) = part.grant.as_ref().filter(|_| gives) {
            part.covered.retain(|id| in_ranges(&grant.ranges, *id));
        }
    }
    decoder.unknown = Severity::Warning;
    part
}
