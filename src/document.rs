//! The policy as it is written (section 2): typed, but not yet resolved. A [`Document`] exists only
//! where `document::read` found no error, so whatever compiles it may rely on every name in it.
//!
//! # What is said about a policy
//!
//! All at once, each with the place it is said of. The codes are stable; errors refuse the policy:
//!
//! | code | what is wrong |
//! | --- | --- |
//! | `syntax` | the text is no JSON; the message has line and column |
//! | `too-large`, `too-deep`, `too-many` | a bound of [`limits`] is exceeded |
//! | `unsupported-version` | `grantlet` is missing its 1, or the format is newer than this build |
//! | `duplicate-key` | a key stands twice in one object, a literal's included |
//! | `unknown-key`, `missing-key` | an object has a key that it does not know, or lacks one |
//! | `conflicting-keys` | two keys of which one excludes the other: a constraint of two kinds, a rule for roles and for permissions |
//! | `wrong-type`, `invalid-value`, `invalid-number` | another JSON type, word or number is expected |
//! | `empty-list` | a list that names something names nothing |
//! | `invalid-name`, `invalid-language`, `reserved-name` | what is declared cannot be called that |
//! | `unknown-role`, `unknown-entitlement`, `unknown-scope-type`, `unknown-permission` | a name leads to nothing declared |
//! | `invalid-pattern`, `unmatched-pattern` | no pattern, or one that matches no declared permission |
//! | `undeclared-parent` | a resource's path is declared without one of its prefixes |
//! | `cycle` | `implies`, `in` or `inherits` leads back to where it began |
//! | `duplicate-id`, `too-few-roles` | two constraints of one id; `exclusive` of one role |
//! | `condition-too-deep`, `invalid-condition`, `invalid-time`, `now-misplaced`, `unknown-operand`, `unknown-operator`, `unknown-variable` | a condition cannot be read |
//!
//! Warnings are about what is legal and of no use. Those above the line are found in every policy, those
//! below it only in one without errors:
//!
//! | code | what is pointless |
//! | --- | --- |
//! | `repeated-name` | a name stands twice in a list; it counts once |
//! | `empty-list` | `scopes`, `holds` or `targetLacks` is empty: legal, and never of use |
//! | `unmatched-action` | one action of a pattern's list matches nothing, while others do |
//! | `unknown-limit` | a `maximum` names a limit that no plan has: it is 0 |
//! | — | |
//! | `unknown-action` | `implies` names an action that no resource has and that carries on between no two others |
//! | `pointless-except` | an `except` takes nothing out of its grant |
//! | `pointless-derivation` | `holdsBelow` where no scope type lies below |
//! | `pointless-constraint` | nothing can break it |
//! | `unassignable-role` | a rule or a constraint names a role for a scope where it cannot be assigned; a rule that only revokes may |
//!
//! `too-many-diagnostics` ends a list that is longer than anybody reads.

use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::limits;
use crate::pointer::Pointer;
use crate::text::join;
use crate::value::Value;

mod check;
pub mod pattern;
mod read;
pub mod shape;

pub use pattern::{ActionsPattern, Pattern, ResourcePattern};

/// Reads a policy from its JSON text: the document with the warnings about it.
///
/// # Errors
/// Everything that is wrong with it, and the warnings.
pub fn read(text: &str) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut out = Diagnostics::default();
    if text.len() > limits::POLICY_BYTES {
        let message = join(&["the text has more than ", &limits::POLICY_BYTES.to_string(), " bytes"]);
        out.error("too-large", &Pointer::Root, message, None);
        return Err(out.into_list());
    }
    match Value::from_json(text) {
        Ok(value) => read_value(&value),
        Err(message) => {
            let is_too_deep = message.starts_with("nested deeper");
            let (code, lead) = if is_too_deep { ("too-deep", "") } else { ("syntax", "the text is no JSON: ") };
            out.error(code, &Pointer::Root, join(&[lead, &message]), None);
            Err(out.into_list())
        }
    }
}

/// Reads a policy from a value that was parsed already.
///
/// # Errors
/// Everything that is wrong with it, and the warnings.
pub fn read_value(value: &Value) -> Result<(Document, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut out = Diagnostics::default();
    let document = read::document(value);
    check::check(value, &document, &mut out);
    let failed = out.has_errors();
    let list = out.into_list();
    if failed { Err(list) } else { Ok((document, list)) }
}

/// Everything that is wrong or pointless in a policy.
#[must_use]
pub fn check(text: &str) -> Vec<Diagnostic> {
    match read(text) {
        Ok((_, list)) | Err(list) => list,
    }
}

/// A policy document. Labels and descriptions are checked and then left out: they decide nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// `implies`: each action with the ones that it implies directly.
    pub implies: Vec<(String, Vec<String>)>,
    /// `entitlements`.
    pub entitlements: Vec<String>,
    /// `plans`, by name.
    pub plans: Vec<Plan>,
    /// `scopes`: each type with the one it lies `in`.
    pub scopes: Vec<(String, Option<String>)>,
    /// `resources`, in the document's order.
    pub resources: Vec<Resource>,
    /// `roles`, in the document's order.
    pub roles: Vec<Role>,
    /// `derivedRoles`.
    pub derived_roles: Vec<DerivedRole>,
    /// `administration`.
    pub administration: Vec<Rule>,
    /// `constraints`.
    pub constraints: Vec<Constraint>,
    /// `sections`, in the document's order.
    pub sections: Vec<Section>,
}

/// One plan: what a subscription to it activates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Its name.
    pub name: String,
    /// The entitlements that it activates.
    pub entitlements: Vec<String>,
    /// Its limits by name, each a non-negative whole number.
    pub limits: Vec<(String, u32)>,
}

/// One resource.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// Its path, segments joined by dots.
    pub path: String,
    /// The actions that exist on it.
    pub actions: Vec<String>,
    /// The entitlement that gates it and all below it.
    pub requires: Option<String>,
}

/// One role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// May be inherited and derived, not assigned.
    pub is_abstract: bool,
    /// The entitlement without which it is inert.
    pub requires: Option<String>,
    /// Where it may be assigned: scope types, `root` among them; the default is `root` alone.
    pub scopes: Vec<String>,
    /// The roles that it inherits directly.
    pub inherits: Vec<String>,
    /// Its own allow grants.
    pub allow: Vec<Grant>,
    /// Its own deny grants.
    pub deny: Vec<Grant>,
}

/// One grant of a role.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grant {
    /// What it covers.
    pub permissions: Vec<Pattern>,
    /// What it leaves out.
    pub except: Vec<Pattern>,
    /// When it counts.
    pub when: Option<Condition>,
    /// It was written as one string, not as an object.
    pub is_shorthand: bool,
}

/// One entry of `derivedRoles`.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivedRole {
    /// The role that it activates.
    pub role: String,
    /// The scope type at which it activates it; the root where absent.
    pub scope: Option<String>,
    /// When it does.
    pub when: Option<Condition>,
    /// Which roles the subject must hold there or above.
    pub holds: Option<Roles>,
    /// Which roles, one of them, the subject must hold somewhere below.
    pub holds_below: Vec<String>,
}

/// A list of roles: one of them, or all of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Roles {
    /// One of these.
    Any(Vec<String>),
    /// Each of these: `{"all": [...]}`.
    All(Vec<String>),
}

/// Which roles a rule speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum RoleSet {
    /// `"*"`
    Every,
    /// A list.
    These(Vec<String>),
}

/// One rule of `administration` (section 8).
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What it lets an actor change.
    pub subject_matter: Matter,
    /// The scope type of the change; the root where absent.
    pub scope: Option<String>,
    /// Who may.
    pub by: By,
    /// `assign`, default true.
    pub assign: bool,
    /// `revoke`, default true.
    pub revoke: bool,
    /// The statuses that an assign may result in; empty: all.
    pub statuses: Vec<Status>,
    /// The statuses that all the target's assignments of that role there must have; empty: not asked.
    pub target_status: Vec<Status>,
    /// One of these the target must hold; empty: not asked.
    pub target_holds: Vec<String>,
    /// None of these may the target have exactly there.
    pub target_lacks: Option<RoleSet>,
    /// Nobody may have one of the rule's roles exactly there.
    pub vacant: bool,
    /// A condition on actor, target and scope.
    pub when: Option<Condition>,
    /// Nothing may be given that the actor does not have.
    pub no_escalation: bool,
}

/// Whether a rule is about roles or about direct grants.
#[derive(Clone, Debug, PartialEq)]
pub enum Matter {
    /// `roles`
    Roles(RoleSet),
    /// `permissions`
    Permissions(Vec<Pattern>),
}

/// Who may use a rule.
#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// `"self"`: the target.
    Myself,
    /// Whoever holds one, or all, of these roles.
    Roles(Roles),
    /// `{"can": [...]}`: whoever is allowed each of these permissions.
    Can(Vec<String>),
}

/// The status of an assignment or a direct grant (section 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// `active`, the default.
    #[default]
    Active,
    /// `invited`
    Invited,
    /// `suspended`
    Suspended,
}

impl Status {
    /// The status of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Status> {
        match name {
            "active" => Some(Status::Active),
            "invited" => Some(Status::Invited),
            "suspended" => Some(Status::Suspended),
            _ => None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Status::Active => "active",
            Status::Invited => "invited",
            Status::Suspended => "suspended",
        }
    }
}

/// One constraint (section 8).
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// Its id.
    pub id: String,
    /// The roles it counts.
    pub roles: Vec<String>,
    /// The scope type; the root where absent. `None` for `exclusive`, which knows no type.
    pub scope: Option<String>,
    /// What it bounds.
    pub kind: ConstraintKind,
}

/// What a constraint bounds.
#[derive(Clone, Debug, PartialEq)]
pub enum ConstraintKind {
    /// `exclusive` with its `limit`: so many of the roles at most on one subject along a scope chain.
    Exclusive(u32),
    /// `perSubject`: at so many scopes of the type at most.
    PerSubject(u32),
    /// `minimum`: so many subjects at least.
    Minimum(u32),
    /// `maximum`: so many subjects at most.
    Maximum(Maximum),
}

/// The bound of a `maximum`.
#[derive(Clone, Debug, PartialEq)]
pub enum Maximum {
    /// A number.
    Number(u32),
    /// The limit of that name of the plan.
    Limit(String),
}

/// One section of a page (section 7).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// It is shown where one of these permissions is open.
    pub show: Vec<String>,
    /// It is enabled where all of these are open.
    pub enable: Vec<String>,
    /// `otherwise` is `"disable"`: it is disabled, not hidden, where nothing is open.
    pub otherwise_disable: bool,
}
