//! Laws that hold of every policy and of all facts, over generated cases. Each changes a case in one
//! way and compares what is allowed before and after, or asks one case in several ways.
//!
//! Where the law in its plain words has an exception by the model, the suite says which, shows it with
//! a case made by hand, and leaves it out of what it generates.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use grantlet::decide::Effect;
use grantlet::session::Session;
use grantlet_reference::generate::{Case, case};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::edit::{carries_deny, derive_no_deny, list, remove_attribute, shorten, turned, without_exists};
use support::{allowed, cases, example};

const CASES: u32 = 1_000;

/// Checks a law on cases, each with a few numbers that choose what is changed.
fn every_case(law: impl Fn(Case, [usize; 4]) -> Result<(), TestCaseError>) {
    let numbers = any::<[u16; 4]>().prop_map(|numbers| numbers.map(usize::from));
    if let Err(failure) = cases::runner(CASES).run(&(case(), numbers), |(case, numbers)| law(case, numbers)) {
        panic!("{failure}");
    }
}

/// What is allowed, a list for each request of the case.
fn allows(session: &Session, case: &Case) -> Vec<Vec<String>> {
    cases::requests(case).iter().map(|asked| allowed(session, asked)).collect()
}

/// Everything that one list allows, the other one does.
fn nothing_new(less: Vec<Vec<String>>, more: &[Vec<String>]) -> Result<(), TestCaseError> {
    for (less, more) in less.into_iter().zip(more) {
        for permission in less {
            prop_assert!(more.contains(&permission), "{} is allowed here alone", permission);
        }
    }
    Ok(())
}

/// Everything allowed by `less` is allowed by `more`.
fn within(less: &Case, more: &Case) -> Result<(), TestCaseError> {
    nothing_new(allows(&cases::session(less), less), &allows(&cases::session(more), more))
}

#[test]
fn whoever_is_allowed_an_action_is_allowed_what_it_implies() {
    every_case(|case, _| {
        let session = cases::session(&case);
        for asked in cases::requests(&case) {
            let effects: Vec<(String, Effect)> =
                session.policy().permission_names().zip(session.effects(asked.request())).collect();
            for (permission, effect) in &effects {
                let (resource, action) = permission.split_once(':').unwrap();
                for implied in support::edit::implied(&case.policy, action) {
                    let name = format!("{resource}:{implied}");
                    let Some((_, other)) = effects.iter().find(|(other, _)| *other == name) else { continue };
                    prop_assert!(
                        *effect != Effect::Allow || *other == Effect::Allow,
                        "{} without {}",
                        permission,
                        name
                    );
                    prop_assert!(*effect == Effect::Deny || *other != Effect::Deny, "{} without {}", permission, name);
                }
            }
        }
        Ok(())
    });
}

#[test]
fn adding_a_deny_never_adds_an_allow() {
    every_case(|case, [which, to, _, _]| {
        let roles = case.policy["roles"].as_object().unwrap();
        let grants: Vec<Json> = roles.values().flat_map(|role| list(role, "allow").to_vec()).collect();
        prop_assume!(!grants.is_empty());
        let role = roles.keys().nth(to % roles.len()).unwrap().clone();
        let mut denied = case.clone();
        let mut deny = list(&case.policy["roles"][&role], "deny").to_vec();
        deny.push(grants[which % grants.len()].clone());
        denied.policy["roles"][&role]["deny"] = json!(deny);
        within(&denied, &case)
    });
}

/// Every attribute of the facts and of the requests of a case.
fn attributes(case: &mut Case) -> Vec<&mut Json> {
    let own = [case.subject.get_mut("attributes")].into_iter().flatten();
    let context = case.context.as_object_mut().unwrap().iter_mut();
    let around = context.flat_map(|(key, value)| match key.as_str() {
        "attributes" => vec![value],
        "scopes" => {
            value.as_object_mut().unwrap().values_mut().filter_map(|scope| scope.get_mut("attributes")).collect()
        }
        _ => Vec::new(),
    });
    let asked =
        case.requests.iter_mut().flat_map(|request| [request.resource.as_mut(), request.action.as_mut()]).flatten();
    own.chain(around)
        .chain(asked)
        .filter(|attributes| attributes.as_object().is_some_and(|all| !all.is_empty()))
        .collect()
}

/// `exists` trusts that the facts are complete, so each is replaced by a comparison.
#[test]
fn removing_an_attribute_never_adds_an_allow() {
    every_case(|mut case, [which, ..]| {
        for document in [&mut case.policy, &mut case.subject] {
            without_exists(document);
        }
        let policy = support::policy(&case.policy);
        let allows = |case: &Case| allows(&cases::session_over(&policy, case), case);
        let before = allows(&case);
        let places = attributes(&mut case).len();
        for place in 0..places {
            for attribute in 0..3 {
                let mut poorer = case.clone();
                remove_attribute(attributes(&mut poorer)[place], which + attribute);
                nothing_new(allows(&poorer), &before)?;
            }
        }
        Ok(())
    });
}

/// An entitlement that wakes an inert role makes it held, and what is derived from holding it denies.
/// So no role that carries a deny is derived from another here.
#[test]
fn adding_an_entitlement_never_removes_an_allow() {
    every_case(|mut case, [which, ..]| {
        derive_no_deny(&mut case.policy);
        let declared = list(&case.policy, "entitlements").to_vec();
        prop_assume!(!declared.is_empty());
        let mut richer = case.clone();
        let mut active = list(&case.context, "entitlements").to_vec();
        active.push(declared[which % declared.len()].clone());
        richer.context["entitlements"] = json!(active);
        within(&case, &richer)
    });
}

#[test]
fn an_entitlement_can_bring_the_deny_of_a_role_that_is_derived_from_holding_another() {
    let policy = json!({
        "grantlet": 1, "entitlements": ["gold"],
        "resources": { "page": { "actions": ["view"] } },
        "roles": {
            "reader": { "allow": ["page:view"] },
            "guest": { "requires": "gold" },
            "barred": { "deny": ["page:view"] }
        },
        "derivedRoles": [{ "role": "barred", "holds": ["guest"] }]
    });
    let ask =
        example::Question::over(&policy).by(json!({ "assignments": [{ "role": "reader" }, { "role": "guest" }] }));
    assert_eq!(ask.reason("page:view"), "granted");
    assert_eq!(ask.within(json!({ "entitlements": ["gold"] })).reason("page:view"), "forbidden");
}

/// An assignment that ends takes its denies with it. So only those are shortened whose role carries
/// none, and no role that carries one is derived from holding another.
#[test]
fn a_shorter_validity_never_adds_an_allow() {
    every_case(|mut case, [which, end, at, _]| {
        derive_no_deny(&mut case.policy);
        let mut shorter = case.clone();
        let policy = &case.policy;
        let is_free =
            |fact: &&mut Json| !fact.get("role").and_then(Json::as_str).is_some_and(|role| carries_deny(policy, role));
        let subject = shorter.subject.as_object_mut().unwrap();
        let facts = subject.iter_mut().filter(|(key, _)| ["assignments", "grants"].contains(&key.as_str()));
        let mut facts: Vec<&mut Json> =
            facts.flat_map(|(_, facts)| facts.as_array_mut().unwrap()).filter(is_free).collect();
        prop_assume!(!facts.is_empty());
        let place = which % facts.len();
        shorten(facts[place], end % 2 == 0, [50, 99, 100, 150, 151, 200, 250, 300, 301][at % 9]);
        within(&shorter, &case)
    });
}

#[test]
fn an_assignment_that_ends_takes_its_deny_with_it() {
    let policy = json!({
        "grantlet": 1, "resources": { "page": { "actions": ["view"] } },
        "roles": { "reader": { "allow": ["page:view"] }, "barred": { "deny": ["page:view"] } }
    });
    let barred = |until: u32| json!({ "assignments": [{ "role": "reader" }, { "role": "barred", "until": until }] });
    let ask = example::Question::over(&policy).clock(1_000.0);
    assert_eq!(ask.by(barred(2_000)).reason("page:view"), "forbidden");
    assert_eq!(ask.by(barred(1_000)).reason("page:view"), "granted");
}

/// The lists of a section keep their order: of its `enable` the first closed one counts.
#[test]
fn the_order_of_resources_roles_grants_and_assignments_never_matters() {
    every_case(|case, [by, ..]| {
        let mut other = case.clone();
        turned(&mut other.policy["resources"], by);
        turned(&mut other.policy["roles"], by);
        for role in other.policy["roles"].as_object_mut().unwrap().values_mut() {
            for key in ["allow", "deny", "inherits"] {
                role.get_mut(key).into_iter().for_each(|list| turned(list, by));
            }
        }
        for (document, keys) in [
            (&mut other.policy, ["derivedRoles", "entitlements"]),
            (&mut other.subject, ["assignments", "grants"]),
            (&mut other.context, ["entitlements", "scopes"]),
        ] {
            for key in keys {
                document.get_mut(key).into_iter().for_each(|list| turned(list, by));
            }
        }
        let (one, two) = (cases::session(&case), cases::session(&other));
        for asked in cases::requests(&case) {
            for permission in one.policy().permission_names() {
                let (a, b) = (support::decide(&one, &permission, &asked), support::decide(&two, &permission, &asked));
                prop_assert_eq!((a.reason, a.until), (b.reason, b.until), "{}", permission);
                prop_assert_eq!(a.because.len(), b.because.len(), "{}", permission);
            }
            prop_assert_eq!(one.sections(asked.request()), two.sections(asked.request()));
        }
        Ok(())
    });
}

/// The instants of the generated cases lie between 0 and 400, and a clock counts whole milliseconds.
#[test]
fn no_answer_turns_before_the_session_says_so() {
    every_case(|mut case, _| {
        case.context.as_object_mut().unwrap().remove("now");
        case.now = 0.0;
        let mut session = cases::session(&case);
        let requests = cases::requests(&case);
        let answers = |session: &Session| -> Vec<Vec<Effect>> {
            requests.iter().map(|asked| session.effects(asked.request())).collect()
        };
        let (mut before, mut turns_at) = (answers(&session), session.turns_at());
        for now in 1..400_u16 {
            session.advance(f64::from(now));
            let after = answers(&session);
            if turns_at.is_some_and(|at| at <= f64::from(now)) {
                turns_at = session.turns_at();
            } else {
                prop_assert_eq!(&after, &before, "at {} before {:?}", now, turns_at);
            }
            before = after;
        }
        prop_assert_eq!(session.turns_at(), None);
        Ok(())
    });
}

#[test]
fn until_is_ahead_wherever_a_bound_is() {
    every_case(|case, _| {
        let session = cases::session(&case);
        let facts = list(&case.subject, "assignments").iter().chain(list(&case.subject, "grants"));
        let bounds = facts.flat_map(|fact| [fact.get("from"), fact.get("until")]).flatten();
        let instants = bounds.map(|bound| grantlet::time::instant(&support::value(bound)).unwrap());
        let ahead: Vec<f64> = instants.filter(|at| *at > session.now()).collect();
        let until = session.valid_until();
        prop_assert!(ahead.is_empty() || until.is_some());
        if let Some(until) = until {
            prop_assert!(until.is_finite() && until > session.now());
            prop_assert!(ahead.iter().all(|at| until <= *at));
        }
        Ok(())
    });
}
