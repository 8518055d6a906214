//! The objects of every document that goes in, as data: which keys each has, what stands under them
//! and what that means.
//!
//! One walk over a policy (`check::walk`) interprets the policy's part of these tables. Whatever
//! else needs to know a document's form (type declarations, a JSON schema, reference pages) is
//! generated from them, so that there is no second list of the keys. The sentences about each key
//! and the shapes' names are for that alone: a WebAssembly build drops them.

mod condition;
mod facts;
mod files;
#[cfg(not(target_arch = "wasm32"))]
mod parts;
mod policy;

pub use condition::{CONDITION, OPERAND, TIME, VARIABLE};
pub use facts::{ASSIGNMENT, CHANGE, CONTEXT, DIRECT_GRANT, PLACE, REQUEST, SCOPE_INSTANCE, SUBJECT, UNGRANT};
pub use files::{CHANGE_TEST, DIRECTORY, RECORD, TEST, TESTS};
#[cfg(not(target_arch = "wasm32"))]
pub use parts::shapes;
pub use policy::{
    ALL_OF, BY, CONSTRAINT, DERIVED_ROLE, GRANT, LABEL, PLAN, POLICY, RESOURCE, ROLE, RULE, SCOPE_TYPE, SECTION,
};

/// The documents that go in; every other shape is part of one of them.
pub const DOCUMENTS: [&Shape; 7] = [&POLICY, &SUBJECT, &CONTEXT, &REQUEST, &CHANGE, &DIRECTORY, &TESTS];

/// An object: its name and its keys.
#[derive(Debug)]
pub struct Shape {
    /// What the generated declarations call it.
    #[cfg(not(target_arch = "wasm32"))]
    pub name: &'static str,
    /// What it is.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
    /// Its keys, in the order in which a reader wants to meet them.
    pub fields: &'static [Field],
    /// Of these keys exactly one stands in the object; empty where there is no such choice.
    pub one_of: &'static [&'static str],
}

/// One key of an object.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What stands under it.
    pub kind: &'static Kind,
    /// Whether it must be there: wherever it may be, that is.
    pub required: bool,
    /// The keys of [`Shape::one_of`] beside which it may stand; empty: all of them.
    pub only_with: &'static [&'static str],
    /// What it means.
    #[cfg(not(target_arch = "wasm32"))]
    pub doc: &'static str,
    /// What counts where it is absent, as JSON; empty where that is nothing that could be written.
    #[cfg(not(target_arch = "wasm32"))]
    pub default: &'static str,
}

/// What may stand in one place.
#[derive(Debug)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// Any object.
    Attributes,
    /// Any string.
    Text,
    /// A boolean.
    Boolean,
    /// A whole number that is not negative.
    Count,
    /// The number of this format: [`VERSION`].
    Version,
    /// A number of milliseconds, or a time with an offset.
    Instant,
    /// One of these strings.
    Words(&'static [&'static str]),
    /// A segment that gives something its name.
    Declares(Space),
    /// The name of something that the policy declares.
    Refers(Space),
    /// `resource:actions`
    Pattern,
    /// `resource:action`, declared.
    Permission,
    /// `type:id`
    ScopeReference,
    /// The tag of a language.
    Language,
    /// A condition; its own form is [`CONDITION`].
    Condition,
    /// The path of a variable.
    Variable,
    /// A time with an offset.
    Time,
    /// Any JSON value but an object.
    Literal,
    /// An array of exactly two.
    Pair(&'static Kind),
    /// An array.
    List(&'static Kind, Empty),
    /// An object whose keys are data: what they are, and what stands under them.
    Map(&'static Kind, &'static Kind),
    /// An object of known keys.
    Object(&'static Shape),
    /// One of these, each another JSON type.
    Either(&'static [&'static Kind]),
}

/// What names name. Each is a space of its own: a role and a plan may share a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// Actions; declared by the resources that have them.
    Action,
    /// Resource paths.
    Resource,
    /// Entitlements.
    Entitlement,
    /// Plans.
    Plan,
    /// Limits; declared by the plans that set them. Any string names one.
    Limit,
    /// Scope types.
    ScopeType,
    /// Scope types and `root`.
    ScopeTypeOrRoot,
    /// Roles.
    Role,
    /// Sections.
    Section,
    /// Constraints.
    Constraint,
}

/// What an empty list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// As good as any other.
    Fine,
    /// Legal, and never of use.
    Pointless,
    /// An error.
    Refused,
    /// An error, and so is a list that names one thing alone.
    Several,
}

/// The version of the format that this build reads.
pub const VERSION: u32 = 1;

impl Shape {
    const fn new(name: &'static str, doc: &'static str, fields: &'static [Field]) -> Shape {
        Shape::choice(name, doc, &[], fields)
    }

    /// A shape in which exactly one of the keys `one_of` stands.
    #[cfg_attr(target_arch = "wasm32", allow(unused_variables))]
    const fn choice(
        name: &'static str,
        doc: &'static str,
        one_of: &'static [&'static str],
        fields: &'static [Field],
    ) -> Shape {
        Shape {
            #[cfg(not(target_arch = "wasm32"))]
            name,
            #[cfg(not(target_arch = "wasm32"))]
            doc,
            fields,
            one_of,
        }
    }

    /// The field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Field {
    const fn required(key: &'static str, kind: &'static Kind, doc: &'static str) -> Field {
        Field::optional(key, kind, doc).with_required()
    }

    #[cfg_attr(target_arch = "wasm32", allow(unused_variables))]
    const fn optional(key: &'static str, kind: &'static Kind, doc: &'static str) -> Field {
        Field {
            key,
            kind,
            required: false,
            only_with: &[],
            #[cfg(not(target_arch = "wasm32"))]
            doc,
            #[cfg(not(target_arch = "wasm32"))]
            default: "",
        }
    }

    /// The same field, of which this counts where it is absent.
    #[cfg_attr(target_arch = "wasm32", allow(unused_variables, unused_mut))]
    const fn by_default(mut self, default: &'static str) -> Field {
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.default = default;
        }
        self
    }

    const fn with_required(mut self) -> Field {
        self.required = true;
        self
    }

    /// The same field, which stands beside these keys of the choice only.
    const fn beside(mut self, only_with: &'static [&'static str]) -> Field {
        self.only_with = only_with;
        self
    }

    /// Whether it may stand beside what was chosen.
    #[must_use]
    pub fn goes_with(&self, chosen: &str) -> bool {
        self.only_with.is_empty() || self.only_with.contains(&chosen)
    }
}
