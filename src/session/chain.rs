//! `ancestors*(s)`: a scope, its parent, and so on up to the root (section 4).

use crate::facts::Context;
use crate::name;
use crate::policy::{Policy, at};

/// A known scope and those it lies in, from the inside out; the root, which ends every chain, is not
/// listed. The chain of the root is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain<'a> {
    links: Vec<Link<'a>>,
}

/// One scope of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The number of its type.
    pub kind: u32,
    /// Its reference.
    pub reference: &'a str,
}

impl<'a> Chain<'a> {
    /// The chain of a scope; `None` where it is unknown: no reference, a type that is not declared, or a
    /// parent that is not listed.
    #[must_use]
    pub fn of(policy: &Policy, context: &'a Context, scope: Option<&'a str>) -> Option<Chain<'a>> {
        let mut links = Vec::new();
        let mut next = scope;
        while let Some(reference) = next {
            let (kind, _) = name::split_scope(reference)?;
            let kind = policy.names.scope_types.get(kind)?;
            // A parent has the type that this one's type lies in, and types do not lie in themselves.
            if links.len() > policy.scope_types.len() {
                return None;
            }
            links.push(Link { kind, reference });
            next = match at(&policy.scope_types, kind)?.inside {
                Some(_) => Some(context.scope(reference)?.parent.as_deref()?),
                None => None,
            };
        }
        Some(Chain { links })
    }

    /// The scopes below the root, from the inside out.
    #[must_use]
    pub fn links(&self) -> &[Link<'a>] {
        &self.links
    }

    /// How many scopes lie below the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.links.len()
    }

    /// How many steps up from the innermost scope `scope` lies, the root being the last; `None` where
    /// it is not on the chain.
    #[must_use]
    pub fn height(&self, scope: Option<&str>) -> Option<usize> {
        match scope {
            None => Some(self.links.len()),
            Some(scope) => self.links.iter().position(|link| link.reference == scope),
        }
    }
}
