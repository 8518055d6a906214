//! Sections of a page (section 7).

use crate::decide::{Effect, Reason};
use crate::facts::Request;
use crate::policy::{PermissionId, Section, at};
use crate::session::Session;

/// What becomes of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionState {
    /// It is not there. What a section that does not exist is, too.
    Hidden = 0,
    /// It is there and works.
    Enabled = 1,
    /// It is there and does not work.
    Disabled = 2,
    /// It is not in the subscription.
    Locked = 3,
}

impl SectionState {
    /// Its name in the model.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SectionState::Hidden => "hidden",
            SectionState::Enabled => "enabled",
            SectionState::Disabled => "disabled",
            SectionState::Locked => "locked",
        }
    }
}

impl Session {
    /// The state of a section by its name; hidden where the policy has none of that name.
    #[must_use]
    pub fn section(&self, name: &str, request: Request<'_>) -> SectionState {
        let number = self.policy.sections.iter().position(|section| &*section.name == name);
        number
            .and_then(|number| u32::try_from(number).ok())
            .map_or(SectionState::Hidden, |number| self.section_at(number, request))
    }

    /// The state of a section by its number; hidden where the policy has none of that number.
    #[must_use]
    pub fn section_at(&self, number: u32, request: Request<'_>) -> SectionState {
        at(&self.policy.sections, number).map_or(SectionState::Hidden, |section| self.state(section, request))
    }

    /// The states of all sections, in their order.
    #[must_use]
    pub fn sections(&self, request: Request<'_>) -> Vec<SectionState> {
        let mut states = Vec::new();
        for section in &self.policy.sections {
            states.push(self.state(section, request));
        }
        states
    }

    fn state(&self, section: &Section, request: Request<'_>) -> SectionState {
        let closed = |permission: &&PermissionId| self.effect(**permission, request) == Effect::Deny;
        let is_gated = |permission: &PermissionId| self.reason(*permission, request) == Reason::Entitlement;
        if section.show.iter().all(|permission| closed(&permission)) {
            if section.show.iter().any(is_gated) {
                SectionState::Locked
            } else if section.otherwise_disable {
                SectionState::Disabled
            } else {
                SectionState::Hidden
            }
        } else {
            match section.enable.iter().find(closed) {
                None => SectionState::Enabled,
                Some(first) if is_gated(first) => SectionState::Locked,
                Some(_) => SectionState::Disabled,
            }
        }
    }
}
