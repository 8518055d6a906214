//! A question made by hand, a part at a time; each part given makes another question of it.

use std::sync::Arc;

use grantlet::decide::Decision;
use grantlet::diagnostic::Diagnostic;
use grantlet::policy::Policy;
use grantlet::session::Session;
use serde_json::{Value as Json, json};

use super::{Asked, decide, policy, try_open};

/// Who asks what, of which policy, and when. At first it is nobody, at the root, without a resource,
/// at a clock of 1000.
#[derive(Clone)]
pub(crate) struct Question {
    policy: Arc<Policy>,
    subject: Json,
    context: Json,
    roles: Option<Json>,
    clock: f64,
    request: Json,
}

impl Question {
    pub(crate) fn over(document: &Json) -> Question {
        let (subject, context, request) = (json!({}), json!({}), json!({}));
        Question { policy: policy(document), subject, context, roles: None, clock: 1_000.0, request }
    }

    pub(crate) fn by(&self, subject: Json) -> Question {
        Question { subject, ..self.clone() }
    }

    /// By a subject with these roles at the root.
    pub(crate) fn having(&self, roles: &[&str]) -> Question {
        let assignments: Vec<Json> = roles.iter().map(|role| json!({ "role": role })).collect();
        self.by(json!({ "assignments": assignments }))
    }

    pub(crate) fn within(&self, context: Json) -> Question {
        Question { context, ..self.clone() }
    }

    /// With these roles activated alone.
    pub(crate) fn viewing_as(&self, roles: Json) -> Question {
        Question { roles: Some(roles), ..self.clone() }
    }

    pub(crate) fn clock(&self, clock: f64) -> Question {
        Question { clock, ..self.clone() }
    }

    pub(crate) fn at(&self, scope: &str) -> Question {
        self.with("scope", json!(scope))
    }

    pub(crate) fn of(&self, resource: Json) -> Question {
        self.with("resource", resource)
    }

    pub(crate) fn doing(&self, action: Json) -> Question {
        self.with("action", action)
    }

    fn with(&self, key: &str, value: Json) -> Question {
        let mut question = self.clone();
        question.request[key] = value;
        question
    }

    pub(crate) fn asked(&self) -> Asked {
        Asked::from_json(&self.request)
    }

    pub(crate) fn try_session(&self) -> Result<Session, Vec<Diagnostic>> {
        try_open(&self.policy, &self.subject, &self.context, self.roles.as_ref(), self.clock)
    }

    pub(crate) fn session(&self) -> Session {
        self.try_session().unwrap()
    }

    pub(crate) fn decide(&self, permission: &str) -> Decision {
        decide(&self.session(), permission, &self.asked())
    }

    pub(crate) fn reason(&self, permission: &str) -> &'static str {
        self.decide(permission).reason.name()
    }

    pub(crate) fn section(&self, name: &str) -> &'static str {
        self.session().section(name, self.asked().request()).name()
    }
}
