//! What both benchmarks do, through the public surface of the crate.

use std::sync::Arc;

use grantlet::compile::compile;
use grantlet::document;
use grantlet::facts::Request;
use grantlet::policy::{PermissionId, Policy};
use grantlet::session::Session;
use grantlet::value::Value;
use grantlet_scenario::SUBJECT;

/// Reads, checks and compiles.
pub(crate) fn load(text: &str) -> Arc<Policy> {
    Arc::new(compile(document::read(text).unwrap().0))
}

/// Reads the facts and opens.
pub(crate) fn open(policy: &Arc<Policy>) -> Session {
    let subject = Value::from_json(SUBJECT).unwrap();
    Session::open(Arc::clone(policy), subject, Value::Object(Vec::new()), None, 0.0).unwrap()
}

/// A session with the numbers of a permission that is allowed, of one that is not, and of one that depends on the
/// record.
pub(crate) fn session(times: usize) -> (Session, [PermissionId; 3]) {
    use grantlet::decide::Effect;
    let session = open(&load(&grantlet_scenario::policy(times)));
    let effects = session.effects(Request::default());
    let first = |wanted| u32::try_from(effects.iter().position(|effect| *effect == wanted).unwrap()).unwrap();
    let numbers = [first(Effect::Allow), first(Effect::Deny), first(Effect::Conditional)];
    (session, numbers)
}

/// A record of the person's own.
pub(crate) fn record() -> Value<'static> {
    Value::from_json(r#"{"ownerId":"u-1042"}"#).unwrap()
}
