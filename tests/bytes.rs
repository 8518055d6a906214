//! Compiled policies: what comes back is the policy that went in, and nothing but that comes back.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod support;

use std::fs;
use std::sync::Arc;

use grantlet::bytes::load;
use grantlet::policy::Policy;
use grantlet_reference::generate::{Case, administered_policy, case, policy};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::cases;

/// What the bytes begin with: the mark and the version.
const HEAD: &[u8] = b"\x01grantlet2";

fn document() -> Json {
    json!({
        "grantlet": 1,
        "implies": { "edit": ["view"] },
        "entitlements": ["finance"],
        "plans": { "growth": { "entitlements": ["finance"], "limits": { "seats": 3 } } },
        "scopes": { "company": {}, "account": { "in": "company" } },
        "resources": {
            "crm": { "actions": ["view"] },
            "crm.relation": { "actions": ["view", "edit"], "requires": "finance" },
        },
        "roles": {
            "reader": { "abstract": true, "allow": ["crm.**:view"] },
            "writer": {
                "scopes": ["root", "account"],
                "inherits": ["reader"],
                "allow": [
                    {
                        "permissions": ["crm.relation:*"],
                        "except": ["crm.relation:edit"],
                        "when": { "eq": [{ "var": "resource.größe" }, 0.1] },
                    },
                    "crm.relation:edit",
                ],
                "deny": [{ "permissions": ["crm:view"], "when": { "lt": [{ "var": "context.now" }, -7] } }],
            },
        },
        "derivedRoles": [{ "role": "writer", "scope": "account", "holds": { "all": ["writer"] } }],
        "administration": [{ "roles": "*", "by": ["writer"], "when": { "exists": { "var": "resource.id" } } }],
        "constraints": [{ "id": "seats", "maximum": "seats", "roles": ["writer"] }],
        "sections": { "crm": { "show": ["crm:view"], "otherwise": "disable" } },
    })
}

fn policies() -> Vec<Json> {
    let mut policies = vec![document()];
    for name in ["copernica", "performanet", "procurios", "sys", "workspaces"] {
        policies.push(serde_json::from_str(&fs::read_to_string(format!("policies/{name}.json")).unwrap()).unwrap());
    }
    policies
}

/// The code of what is said of bytes that are refused; empty where they are taken.
fn code(bytes: &[u8]) -> &'static str {
    match Policy::from_bytes(bytes) {
        Ok(_) => "",
        Err(list) => list[0].code,
    }
}

/// A body with the head and the sum that belong before it, as whoever forges a policy would make it.
fn sealed(body: &[u8]) -> Vec<u8> {
    let state = body
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let (mut bytes, mut sum) = (HEAD.to_vec(), state >> 4);
    while sum > 63 {
        bytes.push(u8::try_from(64 | sum & 63).unwrap());
        sum >>= 6;
    }
    bytes.push(u8::try_from(sum).unwrap());
    bytes.extend_from_slice(body);
    bytes
}

/// What follows the head and the sum.
fn body(bytes: &[u8]) -> &[u8] {
    let sum = bytes[HEAD.len()..].iter().position(|byte| byte & 64 == 0).unwrap();
    &bytes[HEAD.len() + sum + 1..]
}

fn same(document: &Json) -> Result<(), TestCaseError> {
    let compiled = support::policy(document);
    let bytes = compiled.to_bytes();
    let restored = Policy::from_bytes(&bytes).unwrap();
    prop_assert_eq!(format!("{compiled:#?}"), format!("{restored:#?}"));
    prop_assert_eq!(restored.to_bytes(), bytes);
    Ok(())
}

#[test]
fn what_comes_back_is_what_was_compiled() {
    for document in policies() {
        same(&document).unwrap();
    }
    cases::runner(500).run(&policy(), |document| same(&document)).unwrap();
    cases::runner(500).run(&administered_policy(), |document| same(&document)).unwrap();
}

#[test]
fn it_answers_alike() {
    let alike = |case: Case| {
        let compiled = support::policy(&case.policy);
        let restored = Arc::new(Policy::from_bytes(&compiled.to_bytes()).unwrap());
        let (expected, found) = (cases::session_over(&compiled, &case), cases::session_over(&restored, &case));
        for asked in cases::requests(&case) {
            for name in compiled.permission_names() {
                prop_assert_eq!(found.decide(&name, asked.request()), expected.decide(&name, asked.request()));
            }
            prop_assert_eq!(found.effects(asked.request()), expected.effects(asked.request()));
            prop_assert_eq!(found.sections(asked.request()), expected.sections(asked.request()));
        }
        prop_assert_eq!(found.turns_at(), expected.turns_at());
        prop_assert_eq!(found.warnings(), expected.warnings());
        Ok(())
    };
    cases::runner(500).run(&case(), alike).unwrap();
}

#[test]
fn a_host_takes_either_form_from_one_place() {
    let text = document().to_string();
    let compiled = load(&text).unwrap();
    let bytes = String::from_utf8(compiled.to_bytes()).unwrap();
    assert_eq!(format!("{:?}", load(&bytes).unwrap()), format!("{compiled:?}"));
    assert_eq!(format!("{:?}", Policy::from_bytes(text.as_bytes()).unwrap()), format!("{compiled:?}"));
}

#[test]
fn what_no_answer_has_in_it_is_not_kept() {
    let plain = document();
    let mut told = plain.clone();
    told["name"] = json!("told");
    told["description"] = json!({ "en": "told" });
    told["$schema"] = json!("told");
    for section in ["plans", "scopes", "resources", "roles", "sections"] {
        for entry in told[section].as_object_mut().unwrap().values_mut() {
            entry["label"] = json!({ "en": "told" });
            entry["description"] = json!("told");
        }
    }
    told["roles"]["reader"]["system"] = json!(true);
    assert_eq!(support::policy(&told).to_bytes(), support::policy(&plain).to_bytes());
}

#[test]
fn names_that_are_keys_elsewhere_are_kept() {
    let document = json!({
        "grantlet": 1,
        "implies": { "allow": ["deny"] },
        "entitlements": ["name"],
        "plans": { "label": { "entitlements": ["name"], "limits": { "label": 1, "name": 2 } } },
        "scopes": { "name": {}, "description": { "in": "name" } },
        "resources": { "label": { "actions": ["allow", "deny"] }, "system": { "actions": [] } },
        "roles": { "name": { "allow": ["label:allow"] }, "system": { "deny": ["label:deny"] }, "allow": {}, "deny": {} },
        "sections": { "description": { "show": ["label:deny"] }, "name": { "show": ["label:deny"] } },
    });
    same(&document).unwrap();
}

#[test]
fn equal_conditions_are_kept_once() {
    let when = json!({ "eq": [{ "var": "resource.owner" }, { "var": "subject.id" }] });
    let mut document = document();
    for role in ["reader", "writer"] {
        let list = document["roles"][role]["allow"].as_array_mut().unwrap();
        list.push(json!({ "permissions": ["crm:view"], "when": when }));
        list.push(json!({ "permissions": ["crm.relation:view"], "when": when }));
    }
    assert_eq!(support::policy(&document).conditions.len(), 3);
    same(&document).unwrap();
}

#[test]
fn no_bit_can_be_another_one() {
    let bytes = support::policy(&document()).to_bytes();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1 << bit;
            // Without the first byte it is no longer a compiled policy, without the others one of another version.
            let expected = match place {
                0 => "syntax",
                1..10 => "wrong-version",
                _ => "corrupt",
            };
            assert_eq!(code(&flipped), expected, "bit {bit} of byte {place}");
        }
    }
}

#[test]
fn no_byte_can_be_another_one() {
    for document in policies() {
        let bytes = support::policy(&document).to_bytes();
        for place in 0..bytes.len() {
            for other in [bytes[place] ^ 1, bytes[place] ^ 64, !bytes[place]] {
                let mut flipped = bytes.clone();
                flipped[place] = other;
                assert_ne!(code(&flipped), "", "byte {place}");
            }
        }
    }
}

#[test]
fn no_part_can_be_missing_added_or_moved() {
    for document in policies() {
        let bytes = support::policy(&document).to_bytes();
        for length in HEAD.len()..bytes.len() {
            assert_eq!(code(&bytes[..length]), "corrupt", "cut to {length}");
        }
        for length in 0..HEAD.len() {
            assert_ne!(code(&bytes[..length]), "", "cut to {length}");
        }
        for more in [&b"\0"[..], b"\n", b"    ", &bytes] {
            assert_eq!(code(&[&bytes, more].concat()), "corrupt");
        }
        for place in HEAD.len()..bytes.len() - 1 {
            if bytes[place] != bytes[place + 1] {
                let mut swapped = bytes.clone();
                swapped.swap(place, place + 1);
                assert_eq!(code(&swapped), "corrupt", "swapped at {place}");
            }
        }
    }
}

#[test]
fn another_version_is_told_apart_from_damage() {
    let bytes = support::policy(&document()).to_bytes();
    let other = [&b"\x01grantlet3"[..], b"whatever that one has in it"].concat();
    let list = Policy::from_bytes(&other).unwrap_err();
    assert_eq!(list[0].code, "wrong-version");
    assert!(list[0].help.as_deref().unwrap().starts_with("compile its document"));
    let mut list = Policy::from_bytes(&bytes[..40]).unwrap_err();
    assert_eq!((list.len(), list.remove(0).help.is_some()), (1, true));
    assert_eq!(code(b""), "syntax");
    assert_eq!(code(b"\x01"), "wrong-version");
    assert_eq!(code(HEAD), "corrupt");
    assert_eq!(code(&sealed(b"")), "corrupt");
    assert_eq!(code(&vec![0; 1 << 20]), "syntax");
    assert_eq!(code(&[HEAD, &vec![0; 1 << 20]].concat()), "corrupt");
    assert_eq!(code(&sealed(&vec![0; 1 << 20])), "corrupt");
}

#[test]
fn lengths_and_depths_of_a_forger_cost_nothing() {
    let bytes = support::policy(&document()).to_bytes();
    let body = body(&bytes);
    // A text, a list and a number of grants that claim to be longer than everything.
    let endless = [0x7f; 12];
    for place in 0..body.len() - 1 {
        let forged = [&body[..place], &endless, b"\x01"].concat();
        assert_eq!(code(&sealed(&forged)), "corrupt", "at {place}");
        // Where a list ends any other end will do, and a number may be a larger one.
        let forged = [&body[..place], &endless, &body[place..]].concat();
        assert!(["", "corrupt"].contains(&code(&sealed(&forged))), "at {place}");
    }
    for kind in [6, 7] {
        assert_eq!(code(&sealed(&vec![kind; 1 << 20])), "corrupt");
    }
}

/// The place of a part of some bytes that has to be in them.
fn place_of(part: &[u8], bytes: &[u8]) -> usize {
    bytes.windows(part.len()).position(|window| window == part).unwrap()
}

#[test]
fn a_forger_declares_nothing_that_a_document_could_not() {
    let mut document = document();
    document["roles"]["reader"]["inherits"] = json!([]);
    document["roles"]["zreader"] = json!({ "inherits": ["reader"] });
    let bytes = support::policy(&document).to_bytes();
    for (from, to) in [
        // `reader` comes to be called `writer`, which there is.
        (&b"\x06reader"[..], &b"\x06writer"[..]),
        (b"\x04view", b"\x04vi w"),
        (b"\x08inherits", b"\x08inherita"),
        (b"\x0ccrm.relation", b"\x0ccrn.relation"),
        (b"\x07company", b"\x07account"),
    ] {
        let mut forged = body(&bytes).to_vec();
        let place = place_of(from, &forged);
        forged[place..place + to.len()].copy_from_slice(to);
        assert_eq!(code(&sealed(&forged)), "corrupt", "{}", String::from_utf8_lossy(to));
    }
}

/// Asks everything that can be asked of what may be a forged policy. The answers are the forger's.
fn ask(policy: Policy, case: &Case) {
    let policy = Arc::new(policy);
    let everyone: Vec<Json> = policy
        .roles
        .iter()
        .flat_map(|role| [json!({ "role": &*role.name }), json!({ "role": &*role.name, "scope": "account:a" })])
        .collect();
    let subject = json!({ "assignments": everyone });
    let context = json!({ "scopes": { "account:a": { "parent": "company:c" } } });
    let _ = support::open(&policy, &subject, &context, 0.0).sections(support::Asked::default().request());
    if let Ok(session) = support::try_open(
        &policy,
        &case.subject,
        &case.context,
        case.roles.as_ref().map(|r| json!(r)).as_ref(),
        case.now,
    ) {
        for asked in cases::requests(case) {
            let _ = session.effects(asked.request());
            for name in policy.permission_names() {
                let _ = session.decide(&name, asked.request());
            }
        }
    }
    let _ = policy.to_bytes();
}

#[test]
fn a_forged_policy_is_refused_or_answers() {
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), 0..=127_u8, 0..3_u8), 1..4);
    let (taken, refused) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let forge = |(case, changes): (Case, Vec<(prop::sample::Index, u8, u8)>)| {
        let bytes = support::policy(&case.policy).to_bytes();
        let mut forged = body(&bytes).to_vec();
        for (place, byte, what) in changes {
            let place = place.index(forged.len());
            match what {
                0 => forged.insert(place, byte),
                1 => drop(forged.remove(place)),
                _ => forged[place] = byte,
            }
        }
        match Policy::from_bytes(&sealed(&forged)) {
            Ok(policy) => {
                taken.set(taken.get() + 1);
                ask(policy, &case);
            }
            Err(list) => {
                refused.set(refused.get() + 1);
                prop_assert_eq!(list[0].code, "corrupt");
            }
        }
        Ok(())
    };
    cases::runner(3_000).run(&(case(), changes), forge).unwrap();
    // The numbers of grants can be others that are numbers too.
    assert!(taken.get() > 100 && refused.get() > 100, "{} taken, {} refused", taken.get(), refused.get());
}

#[test]
fn any_bytes_at_all_are_refused_or_answer() {
    let noise = proptest::collection::vec(prop_oneof![0..8_u8, 0..=255_u8], 0..400);
    let any = |(case, noise): (Case, Vec<u8>)| {
        if let Ok(policy) = Policy::from_bytes(&sealed(&noise)) {
            ask(policy, &case);
        }
        prop_assert!(Policy::from_bytes(&noise).is_err());
        Ok(())
    };
    cases::runner(2_000).run(&(case(), noise), any).unwrap();
}

#[test]
fn a_number_that_leads_nowhere_grants_nothing() {
    let document = json!({
        "grantlet": 1,
        "resources": { "a": { "actions": ["b", "c"] } },
        "roles": { "r": { "allow": ["a:b", { "permissions": ["a:c"], "when": { "all": [] } }] } },
    });
    let bytes = support::policy(&document).to_bytes();
    // Two grants: cover 0, as a string and without a condition; cover 1 with condition 0. One role with two allows.
    let numbers = [2, 0, 1, 1, 2, 2, 0];
    let begin = body(&bytes).len() - numbers.len();
    assert_eq!(body(&bytes)[begin..], numbers);
    let allowed = |changes: &[(usize, u8)]| {
        let mut forged = body(&bytes).to_vec();
        for (place, number) in changes {
            forged[begin + place] = *number;
        }
        let policy = Arc::new(Policy::from_bytes(&sealed(&forged)).unwrap());
        let subject = json!({ "assignments": [{ "role": "r" }] });
        support::allowed(&support::open(&policy, &subject, &json!({}), 0.0), &support::Asked::default())
    };
    assert_eq!(allowed(&[]), ["a:b", "a:c"]);
    assert_eq!(allowed(&[(1, 9)]), ["a:c"]);
    assert_eq!(allowed(&[(4, 8)]), ["a:b"]);
    assert_eq!(allowed(&[(5, 9)]), [""; 0]);
    assert_eq!(allowed(&[(5, 0), (6, 2)]), [""; 0]);
}
