//! What the variables of a condition stand for in one request (section 5).

use std::cell::RefCell;

use crate::condition::evaluate::{Reader, Reading};
use crate::condition::{Path, Variable};
use crate::facts::{Attributes, Context, Subject};
use crate::name;
use crate::session::chain::Chain;
use crate::value::Value;

/// Reads variables for one grant of one request.
pub(crate) struct RequestReader<'a> {
    pub(crate) subject: &'a Subject,
    pub(crate) context: &'a Context,
    pub(crate) now: f64,
    pub(crate) chain: &'a Chain<'a>,
    /// How many steps up the chain `scope.` stands.
    pub(crate) height: usize,
    /// The record; absent: any there could be.
    pub(crate) resource: Option<&'a dyn Attributes>,
    pub(crate) action: Option<&'a dyn Attributes>,
    /// The role that the grant counts through.
    pub(crate) role: Option<&'a str>,
}

impl RequestReader<'_> {
    fn scope(&self, up: usize) -> Option<&str> {
        let link = self.chain.links().get(self.height.checked_add(up)?)?;
        Some(link.reference)
    }

    fn scope_attribute(&self, up: usize, path: &Path) -> Reading<'_> {
        let attributes =
            self.scope(up).and_then(|scope| self.context.scope(scope)).and_then(|scope| scope.attributes.as_ref());
        inside(attributes, path)
    }
}

impl Reader for RequestReader<'_> {
    fn noted(&self) -> Option<&RefCell<Vec<Path>>> {
        self.resource?.noted()
    }

    fn read(&self, variable: &Variable) -> Reading<'_> {
        match variable {
            Variable::SubjectId => text(self.subject.id.as_deref()),
            Variable::Subject(path) => inside(Some(&self.subject.attributes), path),
            Variable::Resource(path) => self.resource.map_or(Reading::Open, |resource| resource.read(path)),
            Variable::Action(path) => self.action.map_or(Reading::Missing, |action| action.read(path)),
            Variable::ScopeId(up) => text(self.scope(*up)),
            Variable::ScopeType(up) => text(self.scope(*up).and_then(name::split_scope).map(|(kind, _)| kind)),
            Variable::Scope(up, path) => self.scope_attribute(*up, path),
            Variable::Now => Reading::Number(self.now),
            Variable::Context(path) => inside(self.context.attributes.as_ref(), path),
            Variable::RoleId => text(self.role),
        }
    }
}

fn text(text: Option<&str>) -> Reading<'_> {
    text.map_or(Reading::Missing, Reading::Text)
}

fn inside<'a>(attributes: Option<&'a Value>, path: &Path) -> Reading<'a> {
    attributes.map_or(Reading::Missing, |attributes| attributes.read(path))
}
