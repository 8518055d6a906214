//! From what an element asks to its state. Elements with the same words ask the same, and most are asked once a pass.

use super::host::Node;
use crate::decide::Reason;
use crate::facts::Request;
use crate::section::SectionState;
use crate::session::Session;

/// The attributes that make up a question: permissions, a section, the scope of both, and what becomes of the closed.
const ASKED: [&str; 4] = ["data-grant", "data-grant-section", "data-grant-scope", "data-grant-else"];

/// More different questions than that are asked anew each time: to look for them would take as long.
const MOST_ANSWERS: usize = 64;

/// What stands in these attributes of one element.
type Words = [Option<String>; 4];

/// The answers of one pass.
#[derive(Default)]
pub(super) struct Answers(Vec<(Words, SectionState)>);

impl Answers {
    /// The state that an element is to have, if it asks for one.
    pub(super) fn state(&mut self, session: &Session, element: &Node) -> Option<SectionState> {
        let [permissions, section, scope, otherwise] = ASKED;
        let words =
            [element.value(permissions), element.value(section), element.value(scope), element.value(otherwise)];
        if words[0].is_none() && words[1].is_none() {
            return None;
        }
        if let Some((_, state)) = self.0.iter().find(|(known, _)| *known == words) {
            return Some(*state);
        }
        let state = judge(session, &words);
        if self.0.len() < MOST_ANSWERS {
            self.0.push((words, state));
        }
        Some(state)
    }
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
