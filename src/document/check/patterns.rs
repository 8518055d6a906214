//! Patterns and single permissions: their form, and whether they name anything.

use super::walk::Walk;
use crate::compile::Expander;
use crate::document::pattern::Pattern;
use crate::name::{is_resource_path, is_segment};
use crate::pointer::Pointer;
use crate::policy::Actions;
use crate::text::{cut, fill, pieces};

impl Walk<'_> {
    /// A pattern of a grant or a rule.
    #[inline(never)]
    pub(super) fn pattern(&mut self, text: &str, at: &Pointer<'_>) {
        if self.patterns.has(text) {
            return;
        }
        // Names that are known need no second look: whether they are good is said where they are declared.
        let resolved = Pattern::split(text).and_then(|pattern| Expander::new(self.declared).resolve(&pattern));
        if let Some(resolved) = resolved.filter(|pattern| !matches!(pattern.actions, Actions::Several(_))) {
            self.patterns.keep(text, resolved);
            return;
        }
        self.other_pattern(text, at);
    }

    /// A pattern of several actions, or none that is known.
    #[inline(never)]
    fn other_pattern(&mut self, text: &str, at: &Pointer<'_>) {
        let pattern = match Pattern::parse(text) {
            Ok(pattern) => pattern,
            Err(help) => {
                let one_star = one_star(text);
                let help = one_star.as_deref().unwrap_or(help);
                return self.error("invalid-pattern", at, "`%` is no pattern", &[text], help);
            }
        };
        let Some(resolved) = Expander::new(self.declared).resolve(&pattern) else {
            let help = self.unmatched(pattern);
            return self.error("unmatched-pattern", at, "`%` matches no declared permission", &[text], &help);
        };
        for action in pieces(pattern.actions, b',') {
            // What matches with one action alone matches with that.
            if action == pattern.actions {
                break;
            }
            let pattern = Pattern { actions: action, ..pattern };
            if !self.matches(pattern) {
                let help = self.near_action(pattern);
                let message = "`%` in `%` matches no declared permission";
                return self.warning("unmatched-action", at, message, &[action, text], &help);
            }
        }
        self.patterns.keep(text, resolved);
    }

    /// A single permission of a section or a rule.
    #[inline(never)]
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
        self.error("unknown-permission", at, "`%` is no declared permission", &[text], &help);
    }

    fn matches(&self, pattern: Pattern<'_>) -> bool {
        Expander::new(self.declared).resolve(&pattern).is_some()
    }

    /// What to do about a pattern that names nothing.
    fn unmatched(&mut self, pattern: Pattern<'_>) -> String {
        let Some(path) = pattern.path else { return self.near_action(pattern) };
        let resources = &self.declared.names.resources;
        if resources.get(path).is_none() {
            let near = self.near(path, resources);
            return if near.is_empty() { fill("declare the resource `%`", &[path]) } else { near };
        }
        if self.matches(Pattern { tree: true, ..pattern }) {
            return fill("what lies below is named by `%.**:%`", &[path, pattern.actions]);
        }
        self.near_action(pattern)
    }

    /// The action that was probably meant, or those that there are.
    fn near_action(&mut self, pattern: Pattern<'_>) -> String {
        let declared = self.declared;
        let expander = Expander::new(declared);
        if let Some(every) = expander.resolve(&Pattern { actions: "*", ..pattern })
            && let Some(mut hint) = self.hint(pattern.actions)
        {
            for (_, permission) in expander.each(&every) {
                hint.offer(declared.names.actions.name(permission.action));
            }
            return hint.say("the actions there are ");
        }
        "no such action is declared there".to_owned()
    }
}

/// What to write for a path followed by one star, which reads like a pattern elsewhere.
fn one_star(text: &str) -> Option<String> {
    let (resource, actions) = cut(text, b':')?;
    let tree = resource.strip_suffix(".*").filter(|tree| is_resource_path(tree))?;
    Some(fill("write `%.**:%` for `%` and everything below it", &[tree, actions, tree]))
}
