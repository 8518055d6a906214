//! A policy, a session, and a piece of page that goes away with its test. What happens to the page is written in
//! JavaScript, as the page's own code would do it.

use std::ops::Deref;

use grantlet::dom::{Binder, Looks};
use grantlet::wasm::{PolicyHandle, SessionHandle};
use js_sys::futures::JsFuture;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

pub const POLICY: &str = r#"{
  "grantlet": 1,
  "entitlements": ["finance"],
  "scopes": { "workspace": {} },
  "resources": {
    "crm": { "actions": ["view", "edit", "delete", "export"] },
    "finance": { "actions": ["view", "edit"], "requires": "finance" }
  },
  "roles": {
    "clerk": {
      "allow": [
        "crm:view",
        "finance:view",
        { "permissions": ["crm:edit"], "when": { "eq": [{ "var": "resource.region" }, { "var": "subject.region" }] } }
      ]
    },
    "editor": { "scopes": ["workspace"], "allow": ["crm:delete"] }
  },
  "sections": {
    "crm": { "show": ["crm:view"] },
    "finance": { "show": ["finance:view"] },
    "export": { "show": ["crm:export"] },
    "teaser": { "show": ["crm:export"], "otherwise": "disable" },
    "list": { "show": ["crm:view"], "enable": ["crm:delete"] }
  }
}"#;

pub const CLERK: &str = r#"{ "subject": { "id": "anna", "attributes": { "region": "north" },
  "assignments": [{ "role": "clerk" }, { "role": "editor", "scope": "workspace:sales" }] } }"#;
pub const SUBSCRIBED: &str = r#"{ "subject": { "id": "anna", "attributes": { "region": "north" },
  "assignments": [{ "role": "clerk" }] }, "context": { "entitlements": ["finance"] } }"#;
pub const NOBODY: &str = r#"{ "subject": { "id": "ben" } }"#;

pub fn session(facts: &str) -> SessionHandle {
    PolicyHandle::load(POLICY).unwrap().open(facts, 0.0).unwrap()
}

/// An element of the page with this inside.
pub struct Place(JsValue);

impl Place {
    pub fn of(html: &str) -> Place {
        let make = "const root = document.createElement('div'); root.innerHTML = html; document.body.append(root); return root";
        Place(Function::new_with_args("html", make).call1(&JsValue::UNDEFINED, &html.into()).unwrap())
    }

    /// Runs code in which `root` is the place, `$` finds an element in it, `state` tells an element's state, and
    /// `look` its attributes but for those that ask. What is thrown fails the test.
    pub fn run(&self, code: &str) -> JsValue {
        let code = format!(
            "const $ = (selector) => root.querySelector(selector);
            const state = (selector) => $(selector).dataset.grantState;
            const look = (selector) => [...$(selector).attributes]
              .filter((each) => !/^(id|data-grant(-section|-scope|-else)?|tabindex|role|href|style)$/.test(each.name))
              .map((each) => `${{each.name}}=${{each.value}}`).sort().join(' ');
            {code}"
        );
        Function::new_with_args("root", &code).call1(&JsValue::UNDEFINED, &self.0).unwrap()
    }

    /// What an expression comes to, as a string.
    pub fn tell(&self, expression: &str) -> String {
        self.run(&format!("return String({expression})")).as_string().unwrap()
    }

    pub fn state(&self, selector: &str) -> String {
        self.tell(&format!("state(`{selector}`)"))
    }

    /// The attributes that a binder may have set.
    pub fn look(&self, selector: &str) -> String {
        self.tell(&format!("look(`{selector}`)"))
    }

    pub fn bind<'a>(&self, session: &'a SessionHandle) -> Bound<'a> {
        Bound { session, binder: self.binder(session) }
    }

    pub fn binder(&self, session: &SessionHandle) -> Binder {
        Binder::new(session, self.0.unchecked_ref(), &looks()).unwrap()
    }
}

/// Every element looks like none before it, so that each is judged by itself. That those that look alike are judged
/// together is the package's doing, and tested there.
pub fn looks() -> Looks {
    let make = "let next = 0; return { begin() { next = 0 }, number: () => next++ }";
    Function::new_no_args(make).call0(&JsValue::UNDEFINED).unwrap().unchecked_into()
}

impl From<JsValue> for Place {
    /// A node that is in the page already, or in none.
    fn from(node: JsValue) -> Place {
        Place(node)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.run("root.remove?.()");
    }
}

impl Deref for Place {
    type Target = JsValue;

    fn deref(&self) -> &JsValue {
        &self.0
    }
}

/// A binder that is stopped with its test.
pub struct Bound<'a> {
    session: &'a SessionHandle,
    pub binder: Binder,
}

impl Bound<'_> {
    /// New facts, as a subscriber to the session passes them on.
    pub fn update(&self, facts: &str) {
        assert_eq!(self.session.update(facts, 0.0), Ok(true));
        self.binder.refresh();
    }
}

impl Drop for Bound<'_> {
    fn drop(&mut self) {
        self.binder.stop();
    }
}

/// Binds a piece of page for a clerk without a subscription.
#[macro_export]
macro_rules! bound {
    ($place:ident, $binder:ident, $html:expr) => {
        let $place = $crate::support::Place::of($html);
        let session = $crate::support::session($crate::support::CLERK);
        let $binder = $place.bind(&session);
    };
}

/// After the callbacks of observers, and before the next paint.
pub async fn microtask() {
    JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await.unwrap();
}

pub async fn milliseconds(time: u32) {
    let wait = Function::new_with_args("time", "return new Promise((done) => setTimeout(done, time))");
    let promise: Promise = wait.call1(&JsValue::UNDEFINED, &time.into()).unwrap().unchecked_into();
    JsFuture::from(promise).await.unwrap();
}
