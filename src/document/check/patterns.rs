//! Patterns and single permissions: their form, and whether they name anything.

use super::walk::Walk;
use crate::compile::Expander;
use crate::document::pattern::Pattern;
use crate::name::{is_resource_path, is_segment};
use crate::pointer::Pointer;
use crate::policy::at as nth;
use crate::text::join;

impl Walk<'_> {
    /// A pattern of a grant or a rule.
    pub(super) fn pattern(&mut self, text: &str, at: &Pointer<'_>) {
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(help) => {
                let message = ["`", text, "` is no pattern"];
                return self.error("invalid-pattern", at, &message, one_star(text).as_deref().unwrap_or(help));
            }
        };
        let declared = Expander::new(self.declared);
        let matches = |action: &&str| declared.resolve(&Pattern { actions: action, ..pattern }).is_some();
        if !matches(&pattern.actions) {
            let help = self.unmatched(pattern);
            self.error("unmatched-pattern", at, &["`", text, "` matches no declared permission"], &help);
        } else if let Some(action) = pattern.actions.split(',').find(|action| !matches(action)) {
            let help = self.near_action(Pattern { actions: action, ..pattern });
            let message = ["`", action, "` in `", text, "` matches no declared permission"];
            self.warning("unmatched-action", at, &message, &help);
        }
    }

    /// A single permission of a section or a rule.
    pub(super) fn permission(&mut self, text: &str, at: &Pointer<'_>) {
        if self.declared.permission(text).is_some() {
            return;
        }
        let help = match Pattern::parse(text) {
            Ok(pattern) if pattern.path.is_some() && !pattern.tree && is_segment(pattern.actions) => {
                self.unmatched(pattern)
            }
            _ => "write single permissions such as `crm.relation:view`: a pattern does not stand here".to_owned(),
        };
        self.error("unknown-permission", at, &["`", text, "` is no declared permission"], &help);
    }

    /// What to do about a pattern that names nothing.
    fn unmatched(&mut self, pattern: Pattern<'_>) -> String {
        let resources = &self.declared.names.resources;
        let Some(path) = pattern.path else { return self.near_action(pattern) };
        if resources.get(path).is_none() {
            let near = self.hint(path, "", &|hint| {
                for name in resources.names() {
                    hint.offer(name);
                }
            });
            return if near.is_empty() { join(&["declare the resource `", path, "`"]) } else { near };
        }
        if Expander::new(self.declared).resolve(&Pattern { tree: true, ..pattern }).is_some() {
            return join(&["what lies below is named by `", path, ".**:", pattern.actions, "`"]);
        }
        self.near_action(pattern)
    }

    /// The action that was probably meant, or those that there are.
    fn near_action(&mut self, pattern: Pattern<'_>) -> String {
        let declared = self.declared;
        let help = self.hint(pattern.actions, "the actions there are ", &|hint| {
            let expander = Expander::new(declared);
            if let Some(every) = expander.resolve(&Pattern { actions: "*", ..pattern }) {
                expander.each(&every, &mut |_, _, action| {
                    hint.offer(nth(&declared.actions, action).map_or("", |name| name));
                    true
                });
            }
        });
        if help.is_empty() { "no such action is declared there".to_owned() } else { help }
    }
}

/// What to write for a path followed by one star, which reads like a pattern elsewhere.
fn one_star(text: &str) -> Option<String> {
    let (resource, actions) = text.split_once(':')?;
    let tree = resource.strip_suffix(".*").filter(|tree| is_resource_path(tree))?;
    Some(join(&["write `", tree, ".**:", actions, "` for `", tree, "` and everything below it"]))
}
