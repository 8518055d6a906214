//! A context from its JSON (section 4).

use super::decode::Decoder;
use crate::index::Index;
use crate::name;
use crate::pointer::Pointer;
use crate::policy::at as place_of;
use crate::value::Value;

/// What the request or the page adds to the subject.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The instant, in milliseconds; absent: the clock's.
    pub now: Option<f64>,
    /// The active entitlements, by number; the plan's among them.
    pub entitled: Vec<bool>,
    /// Scope instances.
    pub scopes: Vec<Scope>,
    /// Places in `scopes` by reference.
    pub by_reference: Index,
    /// Attributes, an object.
    pub attributes: Option<Value<'static>>,
}

/// One scope instance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The scope that it lies in, of the type that its own type lies in.
    pub parent: Option<Box<str>>,
    /// Its attributes, an object.
    pub attributes: Option<Value<'static>>,
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
    pub(crate) fn context(&mut self, value: &Value<'_>, root: &Pointer<'_>) -> Context {
        let mut context = Context { entitled: vec![false; self.policy.entitlements.len()], ..Context::default() };
        if matches!(value, Value::Null) {
            return context;
        }
        for (key, value) in self.object(value, root) {
            let at = root.key(key);
            match &**key {
                "now" => context.now = self.time(value, &at),
                "plan" => self.plan(value, &at, &mut context),
                "entitlements" => {
                    for (place, element) in self.list(value, &at).iter().enumerate() {
                        self.entitlement(element, &at.index(place), &mut context.entitled);
                    }
                }
                "scopes" => self.scopes(value, &at, &mut context),
                "attributes" => context.attributes = Some(self.attributes(value, &at)),
                _ => self.unknown_key(root, key),
            }
        }
        context
    }

    fn plan(&mut self, value: &Value<'_>, at: &Pointer<'_>, context: &mut Context) {
        let Some(name) = self.string(value, at) else { return };
        for plan in &self.policy.plans {
            if &*plan.name == name {
                for id in &plan.entitlements {
                    activate(&mut context.entitled, *id);
                }
                return;
            }
        }
        self.known(None, "unknown-plan", at, "plan", name);
    }

    fn entitlement(&mut self, value: &Value<'_>, at: &Pointer<'_>, entitled: &mut [bool]) {
        let Some(name) = self.string(value, at) else { return };
        let found = self.policy.names.entitlements.get(name);
        if let Some(id) = self.known(found, "unknown-entitlement", at, "entitlement", name) {
            activate(entitled, id);
        }
    }

    fn scopes(&mut self, value: &Value<'_>, at: &Pointer<'_>, context: &mut Context) {
        for (reference, value) in self.object(value, at) {
            let place = at.key(reference);
            let scope = self.scope(reference, value, &place);
            if self.knows_scope(reference, &place) {
                let number = context.by_reference.insert(reference);
                match usize::try_from(number).ok().and_then(|number| context.scopes.get_mut(number)) {
                    Some(repeated) => *repeated = scope,
                    None => context.scopes.push(scope),
                }
            }
        }
    }

    fn scope(&mut self, reference: &str, value: &Value<'_>, at: &Pointer<'_>) -> Scope {
        let mut scope = Scope::default();
        for (key, value) in self.object(value, at) {
            let place = at.key(key);
            match &**key {
                "parent" => {
                    let parent = self.string(value, &place);
                    scope.parent = parent.filter(|parent| self.is_parent(reference, parent, &place)).map(Into::into);
                }
                "attributes" => scope.attributes = Some(self.attributes(value, &place)),
                _ => self.unknown_key(at, key),
            }
        }
        scope
    }

    /// True where a scope may lie in that one. A type that lies in none has no use for a parent.
    fn is_parent(&mut self, reference: &str, parent: &str, at: &Pointer<'_>) -> bool {
        let types = &self.policy.scope_types;
        let kind_of =
            |reference| name::split_scope(reference).and_then(|(kind, _)| self.policy.names.scope_types.get(kind));
        let inside = kind_of(reference).and_then(|kind| place_of(types, kind)).and_then(|kind| kind.inside);
        let Some(inside) = inside else { return false };
        let fits = kind_of(parent) == Some(inside);
        if !fits {
            let wanted = place_of(types, inside).map_or("", |kind| &kind.name);
            self.warn(
                "wrong-parent",
                at,
                &["`", reference, "` lies in a scope of type `", wanted, "`, not in `", parent, "`"],
            );
        }
        fits
    }
}

fn activate(entitled: &mut [bool], id: u32) {
    if let Some(place) = usize::try_from(id).ok().and_then(|id| entitled.get_mut(id)) {
        *place = true;
    }
}
