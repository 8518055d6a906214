//! The facts that a policy is evaluated with (sections 3 and 4): one subject, one context. They come
//! from somebody's database, so what the policy does not know makes that one fact inert, with a
//! warning; only what has the wrong JSON form is an error.

mod context;
mod decode;
mod subject;

use std::cell::RefCell;

use crate::condition::evaluate::Reading;
use crate::condition::{Condition, Path};
use crate::diagnostic::Diagnostic;
use crate::document::Status;
use crate::pointer::Pointer;
use crate::policy::{Pattern, PermissionId, Policy, RoleId};
use crate::value::Value;
pub use context::{Context, Scope};
pub(crate) use decode::Decoder;

/// One user (section 3).
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its id; the variable `subject.id` is missing without one.
    pub id: Option<Box<str>>,
    /// Its status is `active`; with any other every answer is deny.
    pub is_active: bool,
    /// Its attributes, an object.
    pub attributes: Value<'static>,
    /// Its role assignments, inert ones too.
    pub assignments: Vec<Assignment>,
    /// Its direct grants, inert ones too.
    pub grants: Vec<DirectGrant>,
}

/// One role assignment, as written and as understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The role's name as written.
    pub name: Box<str>,
    /// The role, if the policy has it.
    pub role: Option<RoleId>,
    /// The scope reference as written; absent: the root.
    pub scope: Option<Box<str>>,
    /// The status; absent for one that the model does not know.
    pub status: Option<Status>,
    /// When it counts.
    pub bounds: Bounds,
    /// Whether it counts at all.
    pub standing: Standing,
}

/// Whether an assignment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Sound,
    /// It has an unknown key or status: it gives and holds nothing, but its role's denies count.
    DeniesOnly,
    /// It gives, denies and holds nothing.
    Inert,
}

/// The bounds in time of an assignment or a direct grant, in milliseconds: `from <= t < until`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The first instant.
    pub from: Option<f64>,
    /// The first instant after.
    pub until: Option<f64>,
}

impl Bounds {
    /// True at an instant within the bounds.
    #[must_use]
    pub fn contain(&self, now: f64) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }
}

/// One direct allow grant, as written and as understood.
#[derive(Clone, Debug, PartialEq)]
pub struct DirectGrant {
    /// The patterns as the policy reads them, in the order written.
    pub patterns: Vec<Pattern>,
    /// What it covers, as ascending runs of permission numbers.
    pub ranges: Vec<(PermissionId, PermissionId)>,
    /// The scope reference as written; absent: the root.
    pub scope: Option<Box<str>>,
    /// The status; absent for one that the model does not know.
    pub status: Option<Status>,
    /// When it counts.
    pub bounds: Bounds,
    /// Its condition.
    pub when: Option<Condition>,
    /// It has no fault that makes it inert.
    pub is_sound: bool,
}

/// Everything that a session is opened with.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The subject.
    pub subject: Subject,
    /// The context.
    pub context: Context,
    /// The roles to activate («view as»); absent: all.
    pub roles: Option<Vec<RoleId>>,
    /// What is inert or passed over, and why.
    pub warnings: Vec<Diagnostic>,
}

impl Facts {
    /// Reads the facts of a session for a policy.
    ///
    /// # Errors
    /// Every malformed fact with its JSON pointer in its own document.
    pub fn read(
        policy: &Policy,
        subject: &Value<'_>,
        context: &Value<'_>,
        roles: Option<&Value<'_>>,
    ) -> Result<Facts, Vec<Diagnostic>> {
        let mut decoder = Decoder::new(policy);
        let subject = decoder.subject(subject, &Pointer::Root);
        let context = decoder.context(context, &Pointer::Root);
        let roles = roles.map(|roles| decoder.roles(roles));
        let warnings = decoder.finish()?;
        Ok(Facts { subject, context, roles, warnings })
    }
}

/// Attributes of a record, wherever they live.
pub trait Attributes {
    /// What lies at a path of own keys.
    fn read(&self, path: &[Box<str>]) -> Reading<'_>;

    /// Where it is noted what is read, if they stand for those of any record.
    fn noted(&self) -> Option<&RefCell<Vec<Path>>> {
        None
    }
}

impl Attributes for Value<'_> {
    fn read(&self, path: &[Box<str>]) -> Reading<'_> {
        let mut found = self;
        for key in path {
            match found.get(key) {
                Some(inner) => found = inner,
                None => return Reading::Missing,
            }
        }
        Reading::Value(found)
    }
}

/// What is asked about: where, of which record, and with what action attributes.
#[derive(Clone, Copy, Default)]
pub struct Request<'a> {
    /// The scope reference; absent: the root.
    pub scope: Option<&'a str>,
    /// The record; absent: any there could be.
    pub resource: Option<&'a dyn Attributes>,
    /// The action's attributes.
    pub action: Option<&'a dyn Attributes>,
}
