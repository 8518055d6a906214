//! Sections of a page (section 7).

use serde::Serialize;

use crate::decide::{Effect, Reason};
use crate::facts::Request;
use crate::policy::{PermissionId, Section};
use crate::session::Session;

/// What becomes of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
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
        let section = self.policy.sections.iter().find(|section| &*section.name == name);
        section.map_or(SectionState::Hidden, |section| self.state(section, request))
    }

    /// The states of all sections, in their order.
    #[must_use]
    pub fn sections(&self, request: Request<'_>) -> Vec<SectionState> {
        self.policy.sections.iter().map(|section| self.state(section, request)).collect()
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
