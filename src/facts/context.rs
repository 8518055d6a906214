//! A context from its JSON (section 4).

use super::decode::Decoder;
use crate::index::Index;
use crate::name;
use crate::pointer::Pointer;
use crate::policy::at as place_of;
use crate::text::join;
use crate::value::Value;

/// What the request or the page adds to the subject.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The instant, in milliseconds; absent: the clock's.
    pub now: Option<f64>,
    /// The active entitlements, by number; the plan's among them.
    pub entitled: Vec<bool>,
    /// The limits of the plan; none without one.
    pub limits: Vec<(Box<str>, u32)>,
    /// Scope instances.
    pub scopes: Vec<Scope>,
    /// Places in `scopes` by reference.
    pub by_reference: Index,
    /// Attributes, an object.
    pub attributes: Option<Value>,
}

/// One scope instance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The scope that it lies in, of the type that its own type lies in.
    pub parent: Option<Box<str>>,
    /// Its attributes, an object.
    pub attributes: Option<Value>,
}

impl Context {
    /// The scope instance of that reference, if it is listed.
    #[must_use]
    pub fn scope(&self, reference: &str) -> Option<&Scope> {
        place_of(&self.scopes, self.by_reference.get(reference)?)
    }
}

impl Decoder<'_> {
    /// Reads a context; `null` is one without anything.
    pub(super) fn context(&mut self, value: Value) -> Context {
        let root = Pointer::Root;
        let mut context = Context { entitled: vec![false; self.policy.entitlements.len()], ..Context::default() };
        if value == Value::Null {
            return context;
        }
        for (key, value) in self.object(value, &root) {
            let at = root.key(&key);
            match &*key {
                "now" => context.now = self.time(&value, &at),
                "plan" => self.plan(value, &at, &mut context),
                "entitlements" => self.entitlements(value, &at, &mut context.entitled),
                "scopes" => self.scopes(value, &at, &mut context),
                "attributes" => context.attributes = Some(Value::Object(self.object(value, &at))),
                "meta" => {}
                _ => self.unknown_key(&root, &key),
            }
        }
        context
    }

    fn plan(&mut self, value: Value, at: &Pointer<'_>, context: &mut Context) {
        let Some(text) = self.string(value, at) else { return };
        let Some(plan) = self.policy.plans.iter().find(|plan| plan.name == text) else {
            self.warn("unknown-plan", at, join(&["the policy has no plan `", &text, "`"]));
            return;
        };
        plan.entitlements.iter().for_each(|id| activate(&mut context.entitled, *id));
        context.limits.clone_from(&plan.limits);
    }

    fn entitlements(&mut self, value: Value, at: &Pointer<'_>, entitled: &mut [bool]) {
        for (place, text) in self.strings(value, at) {
            match self.policy.names.entitlements.get(&text) {
                Some(id) => activate(entitled, id),
                None => self.warn("unknown-entitlement", &at.index(place), join(&["the policy has no entitlement `", &text, "`"])),
            }
        }
    }

    fn scopes(&mut self, value: Value, at: &Pointer<'_>, context: &mut Context) {
        for (reference, value) in self.object(value, at) {
            let place = at.key(&reference);
            let scope = self.scope(&reference, value, &place);
            if self.knows_scope(&reference, &place) {
                let number = context.by_reference.insert(&reference);
                match usize::try_from(number).ok().and_then(|number| context.scopes.get_mut(number)) {
                    Some(repeated) => *repeated = scope,
                    None => context.scopes.push(scope),
                }
            }
        }
    }

    fn scope(&mut self, reference: &str, value: Value, at: &Pointer<'_>) -> Scope {
        let mut scope = Scope::default();
        for (key, value) in self.object(value, at) {
            let place = at.key(&key);
            match &*key {
                "parent" => {
                    let parent = self.string(value, &place);
                    scope.parent = parent.filter(|parent| self.is_parent(reference, parent, &place));
                }
                "attributes" => scope.attributes = Some(Value::Object(self.object(value, &place))),
                "meta" => {}
                _ => self.unknown_key(at, &key),
            }
        }
        scope
    }

    /// True where a scope may lie in that one. A type that lies in none has no use for a parent.
    fn is_parent(&mut self, reference: &str, parent: &str, at: &Pointer<'_>) -> bool {
        let kind_of = |reference| name::split_scope(reference).and_then(|(kind, _)| self.policy.names.scope_types.get(kind));
        let inside = kind_of(reference).and_then(|kind| place_of(&self.policy.scope_types, kind)).and_then(|kind| kind.inside);
        let Some(inside) = inside else { return false };
        let fits = kind_of(parent) == Some(inside);
        if !fits {
            let wanted = place_of(&self.policy.scope_types, inside).map_or("", |kind| &kind.name);
            self.warn("wrong-parent", at, join(&["`", reference, "` lies in a scope of type `", wanted, "`, not in `", parent, "`"]));
        }
        fits
    }
}

fn activate(entitled: &mut [bool], id: u32) {
    if let Some(place) = usize::try_from(id).ok().and_then(|id| entitled.get_mut(id)) {
        *place = true;
    }
}
