//! From questions to states. Elements that ask the same share one question, and it is asked once.

use std::cell::Cell;
use std::rc::Rc;

use super::element::Wording;
use crate::decide::Reason;
use crate::facts::Request;
use crate::name;
use crate::section::SectionState;
use crate::session::Session;

/// A question and the state that answers it.
pub(super) struct Question {
    wording: Wording,
    state: Cell<Option<SectionState>>,
}

impl Question {
    /// The state of whatever asks this; hidden as long as it was not judged.
    pub(super) fn state(&self) -> SectionState {
        self.state.get().unwrap_or(SectionState::Hidden)
    }
}

/// The questions of a page, in the order of their words.
#[derive(Default)]
pub(super) struct Questions {
    all: Vec<Rc<Question>>,
    judged_at: f64,
}

impl Questions {
    /// The question of these words.
    pub(super) fn question(&mut self, wording: Wording) -> Rc<Question> {
        let place = self.all.partition_point(|question| question.wording < wording);
        match self.all.get(place) {
            Some(question) if question.wording == wording => Rc::clone(question),
            _ => {
                let question = Rc::new(Question { wording, state: Cell::new(None) });
                self.all.insert(place, Rc::clone(&question));
                question
            }
        }
    }

    /// Asks what was not asked yet, or everything: where that is wanted, and where the session stands at another
    /// instant than the answers. Questions that no element asks any more are dropped.
    pub(super) fn judge(&mut self, session: &Session, anew: bool) {
        let anew = anew || session.now() != self.judged_at;
        self.judged_at = session.now();
        self.all.retain(|question| Rc::strong_count(question) > 1);
        for question in &self.all {
            if anew || question.state.get().is_none() {
                question.state.set(Some(judge(session, &question.wording)));
            }
        }
    }
}

fn judge(session: &Session, wording: &Wording) -> SectionState {
    let request = Request { scope: wording.scope.as_deref(), resource: None, action: None };
    let closed = if wording.disables { SectionState::Disabled } else { SectionState::Hidden };
    let of_permissions = wording.permissions.as_ref().map(|names| of_permissions(session, names, request, closed));
    let of_section = wording.section.as_ref().map(|name| match session.section(name, request) {
        SectionState::Hidden if name::is_segment(name) => closed,
        state => state,
    });
    let states = [of_permissions, of_section].into_iter().flatten();
    states.max_by_key(|state| strictness(*state)).unwrap_or(SectionState::Hidden)
}

/// The first permission that is closed says what becomes of an element that needs them all.
fn of_permissions(session: &Session, names: &str, request: Request<'_>, closed: SectionState) -> SectionState {
    let names = || names.split_ascii_whitespace();
    if names().next().is_none() || !names().all(is_permission) {
        return SectionState::Hidden;
    }
    let reasons = names().map(|name| {
        let permission = session.policy().permission(name);
        permission.map_or(Reason::UnknownPermission, |permission| session.reason(permission, request))
    });
    let mut shut = reasons.filter(|reason| !matches!(reason, Reason::Granted | Reason::Conditional));
    match shut.next() {
        None => SectionState::Enabled,
        Some(Reason::Entitlement) => SectionState::Locked,
        Some(_) => closed,
    }
}

fn is_permission(name: &str) -> bool {
    name.split_once(':').is_some_and(|(path, action)| name::is_resource_path(path) && name::is_segment(action))
}

fn strictness(state: SectionState) -> u8 {
    match state {
        SectionState::Enabled => 0,
        SectionState::Disabled => 1,
        SectionState::Locked => 2,
        SectionState::Hidden => 3,
    }
}
