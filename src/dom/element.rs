//! What the attributes of one element ask.

use web_sys::Element;

/// Every element that asks something.
pub(super) const ASKING: &str = "[data-grant],[data-grant-section]";

/// The attributes that make up a question.
pub(super) const ASKED: [&str; 4] = ["data-grant", "data-grant-section", "data-grant-scope", "data-grant-else"];

/// One question as written. Elements with the same words ask the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wording {
    /// Permissions, all of them needed.
    pub(super) permissions: Option<String>,
    /// A section.
    pub(super) section: Option<String>,
    /// The scope at which both are asked.
    pub(super) scope: Option<String>,
    /// What is closed is shown nevertheless, disabled.
    pub(super) disables: bool,
}

impl Wording {
    /// What an element asks, if it asks anything.
    pub(super) fn of(element: &Element) -> Option<Wording> {
        let [permissions, section, scope, otherwise] = ASKED.map(|name| element.get_attribute(name));
        let disables = otherwise.as_deref() == Some("disable");
        (permissions.is_some() || section.is_some()).then_some(Wording { permissions, section, scope, disables })
    }
}
