//! From what an element asks to its state. Elements that look alike ask the same, which is judged once a pass.

use super::host::Node;
use crate::decide::Reason;
use crate::facts::Request;
use crate::section::SectionState;
use crate::session::Session;

/// The attributes that make up a question: permissions, a section, the scope of both, and what becomes of the closed.
const ASKED: [&str; 4] = ["data-grant", "data-grant-section", "data-grant-scope", "data-grant-else"];

/// What stands in these attributes of one element.
type Words = [Option<String>; 4];

/// What is known, within a pass, of elements that look alike: by their number.
#[derive(Default)]
pub(super) struct Answers(Vec<Option<Answer>>);

#[derive(Clone, Copy)]
struct Answer {
    /// What they are to be brought into, if they ask for a state.
    state: Option<SectionState>,
    /// They are as they are to be.
    is_settled: bool,
}

impl Answers {
    /// Whether elements of that number are as they are to be.
    pub(super) fn is_settled(&self, number: usize) -> bool {
        matches!(self.0.get(number), Some(Some(Answer { is_settled: true, .. })))
    }

    /// Elements of that number were found as they are to be.
    pub(super) fn settle(&mut self, number: usize) {
        if let Some(Some(answer)) = self.0.get_mut(number) {
            answer.is_settled = true;
        }
    }

    /// The state that an element is to have, if it asks for one.
    pub(super) fn state(&mut self, number: usize, session: &Session, element: &Node) -> Option<SectionState> {
        while self.0.len() <= number {
            self.0.push(None);
        }
        let place = self.0.get_mut(number)?;
        place.get_or_insert_with(|| Answer { state: asked(session, element), is_settled: false }).state
    }
}

fn asked(session: &Session, element: &Node) -> Option<SectionState> {
    let words = ASKED.map(|name| element.value(name));
    (words[0].is_some() || words[1].is_some()).then(|| judge(session, &words))
}

/// Of two answers the stricter one stands: hidden, locked, disabled, enabled.
fn judge(session: &Session, [permissions, section, scope, otherwise]: &Words) -> SectionState {
    let request = Request { scope: scope.as_deref(), resource: None, action: None };
    let closed = if otherwise.as_deref() == Some("disable") { SectionState::Disabled } else { SectionState::Hidden };
    let of_permissions = match permissions {
        Some(names) => of_permissions(session, names, request, closed),
        None => SectionState::Enabled,
    };
    let of_section = match section {
        Some(name) => match session.section(name, request) {
            SectionState::Hidden if !name.is_empty() => closed,
            state => state,
        },
        None => SectionState::Enabled,
    };
    // Hidden has the number 0 and enabled 1; wrapping makes hidden the last.
    let strictness = |state: SectionState| (state as u8).wrapping_sub(1);
    if strictness(of_permissions) > strictness(of_section) { of_permissions } else { of_section }
}

/// The first permission that is closed says what becomes of an element that needs them all.
fn of_permissions(session: &Session, names: &str, request: Request<'_>, closed: SectionState) -> SectionState {
    let mut state = SectionState::Hidden;
    for name in names.split_ascii_whitespace() {
        match session.policy().permission(name).map(|permission| session.reason(permission, request)) {
            Some(Reason::Granted | Reason::Conditional) => state = SectionState::Enabled,
            Some(Reason::Entitlement) => return SectionState::Locked,
            None if !name.contains(':') => return SectionState::Hidden,
            _ => return closed,
        }
    }
    state
}
