//! Texts in a policy: what is declared, what is referred to, and the tags of languages.

use super::walk::Walk;
use crate::document::shape::{Kind, Space};
use crate::name;
use crate::pointer::Pointer;
use crate::text::{fill, pieces};

impl Walk<'_> {
    /// A string or a key that is to be of that kind.
    pub(super) fn text(&mut self, kind: &Kind, text: &str, at: &Pointer<'_>) {
        match kind {
            Kind::Words(words) => self.word(kind, words, text, at),
            Kind::Declares(space) => self.declaration(*space, text, at),
            Kind::Refers(space) => self.reference(*space, text, at),
            Kind::Pattern => self.pattern(text, at),
            Kind::Permission => self.permission(text, at),
            Kind::Language if !is_language(text) => {
                let help = "write tags such as `en`, `nl` or `pt-BR`";
                self.error("invalid-language", at, "`%` is no language tag", &[text], help);
            }
            _ => {}
        }
    }

    #[inline(never)]
    fn declaration(&mut self, space: Space, text: &str, at: &Pointer<'_>) {
        let (valid, help) = match space {
            Space::Limit => return,
            Space::Resource => (
                name::is_resource_path(text),
                "a path is 1 to 16 names joined by dots, each of 1 to 64 letters, digits, `_` and `-`, a letter or digit first",
            ),
            _ => (name::is_segment(text), "a name is 1 to 64 letters, digits, `_` and `-`, a letter or digit first"),
        };
        if !valid {
            self.error("invalid-name", at, "`%` is no name of %", &[text, article(space)], help);
        } else if space == Space::ScopeType && text == name::ROOT {
            let help = "the root needs no declaration; give the type another name";
            self.error("reserved-name", at, "`root` is the name of the root itself", &[], help);
        }
        if space == Space::Constraint {
            let before = self.ids.len();
            self.ids.insert(text);
            if self.ids.len() == before {
                let help = "an answer names the constraint by its id: give each its own";
                self.error("duplicate-id", at, "two constraints have the id `%`", &[text], help);
            }
        }
    }

    #[inline(never)]
    fn reference(&mut self, space: Space, text: &str, at: &Pointer<'_>) {
        let names = &self.declared.names;
        let (code, declared_in, index) = match space {
            Space::Entitlement => ("unknown-entitlement", "entitlements", &names.entitlements),
            Space::ScopeType | Space::ScopeTypeOrRoot => ("unknown-scope-type", "scopes", &names.scope_types),
            Space::Limit => ("unknown-limit", "limits", &names.limits),
            Space::Role => ("unknown-role", "roles", &names.roles),
            // `implies` may name an action that no resource has: it can carry on from one to another.
            _ => return self.declaration(space, text, at),
        };
        let is_root = text == name::ROOT;
        if index.get(text).is_some() || (is_root && space == Space::ScopeTypeOrRoot) {
            return;
        }
        let mut help = if is_root { "leave the key out for the root".to_owned() } else { self.near(text, index) };
        if help.is_empty() {
            help = fill("declare it in `%`", &[declared_in]);
        }
        let (message, parts) = ("`%` is not % of this policy", [text, article(space)]);
        if space == Space::Limit {
            // A limit that no plan has is 0: that decides, and it is legal.
            self.warning(code, at, message, &parts, &help);
        } else {
            self.error(code, at, message, &parts, &help);
        }
    }
}

/// What a name names, with its article.
fn article(space: Space) -> &'static str {
    match space {
        Space::Action => "an action",
        Space::Resource => "a resource",
        Space::Entitlement => "an entitlement",
        Space::Plan => "a plan",
        Space::Limit => "a limit of a plan",
        Space::ScopeType | Space::ScopeTypeOrRoot => "a scope type",
        Space::Role => "a role",
        Space::Section => "a section",
        Space::Constraint => "a constraint",
    }
}

/// True for what looks like a language tag: letters, then subtags of letters and digits.
fn is_language(tag: &str) -> bool {
    tag.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && pieces(tag, b'-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
