//! Patterns and single permissions: their form, and whether they name anything.

use super::walk::{Walk, listed};
use crate::document::pattern::{ActionsPattern, Pattern, ResourcePattern};
use crate::document::shape::Space;
use crate::pointer::Pointer;
use crate::text::join;

impl Walk<'_> {
    /// A pattern of a grant or a rule.
    pub(super) fn pattern(&mut self, text: &str, at: &Pointer<'_>) {
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(fault) => return self.error("invalid-pattern", at, fault.message, Some(fault.help)),
        };
        let part = self.names().part(&pattern.resource);
        if !part.matches(&pattern.actions) {
            let help = self.unmatched(&pattern);
            return self.error("unmatched-pattern", at, join(&["`", text, "` matches no declared permission"]), help);
        }
        if let ActionsPattern::These(actions) = &pattern.actions {
            for (i, action) in actions.iter().enumerate() {
                if !part.has(action) {
                    let help = self.near_action(&pattern.resource, action);
                    self.warning(
                        "unmatched-action",
                        at,
                        join(&["`", action, "` in `", text, "` matches no declared permission"]),
                        help,
                    );
                } else if actions.iter().take(i).any(|earlier| earlier == action) {
                    self.warning("repeated-name", at, join(&["`", action, "` stands in `", text, "` twice"]), None);
                }
            }
        }
    }

    /// A single permission of a section or a rule.
    pub(super) fn permission(&mut self, text: &str, at: &Pointer<'_>) {
        let names = self.names();
        if text.split_once(':').is_some_and(|(path, action)| names.has_permission(path, action)) {
            return;
        }
        let help = match Pattern::parse(text) {
            Err(_) => Some("write one permission, such as `crm.relation:view`".to_owned()),
            Ok(pattern) if is_single(&pattern) => self.unmatched(&pattern),
            Ok(_) => Some("name each permission by itself: a pattern does not stand here".to_owned()),
        };
        self.error("unknown-permission", at, join(&["`", text, "` is no declared permission"]), help);
    }

    /// What to do about a pattern that names nothing.
    fn unmatched(&mut self, pattern: &Pattern) -> Option<String> {
        let names = self.names();
        let path = match &pattern.resource {
            ResourcePattern::Every => None,
            ResourcePattern::One(path) | ResourcePattern::Tree(path) => Some(path),
        };
        if let Some(path) = path.filter(|path| !names.has(Space::Resource, path)) {
            let near = self.did_you_mean(path, names.of(Space::Resource).iter().copied());
            return near.or_else(|| Some(join(&["declare the resource `", path, "`"])));
        }
        if let ResourcePattern::One(path) = &pattern.resource {
            let tree = Pattern { resource: ResourcePattern::Tree(path.clone()), actions: pattern.actions.clone() };
            if names.part(&tree.resource).matches(&tree.actions) {
                return Some(join(&["what lies below is named by `", &tree.written(), "`"]));
            }
        }
        match &pattern.actions {
            ActionsPattern::These(actions) => self.near_action(&pattern.resource, actions.first()?),
            ActionsPattern::Every => Some("no action is declared there".to_owned()),
        }
    }

    /// The action that was probably meant, or those that there are.
    fn near_action(&mut self, resource: &ResourcePattern, action: &str) -> Option<String> {
        let names = self.names();
        let all = names.of(Space::Action).iter().copied();
        let part = names.part(resource);
        let there = |action: &&str| part.has(action);
        self.did_you_mean(action, all.clone().filter(there)).or_else(|| {
            // More than a handful is no help in one sentence.
            let some: Vec<&str> = all.filter(there).take(9).collect();
            (1..9)
                .contains(&some.len())
                .then(|| join(&["the actions there are ", &listed(some.iter().copied(), "and")]))
        })
    }
}

fn is_single(pattern: &Pattern) -> bool {
    matches!(pattern.resource, ResourcePattern::One(_))
        && matches!(&pattern.actions, ActionsPattern::These(actions) if actions.len() == 1)
}
