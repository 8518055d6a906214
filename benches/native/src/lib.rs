//! The policy of `benches/scenario.mjs`, which says what is in it, as a document of grantlet: made in the same way, to
//! the same text. The guard in `tests/guard` holds both to one fingerprint.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "whatever goes wrong here stops a benchmark"
)]

use std::collections::HashSet;
use std::fmt::Write;

const ACTIONS: [&str; 6] = ["view", "create", "edit", "delete", "send", "manage"];

const ROLES: [&str; 15] = [
    "super-user",
    "community-manager",
    "mailing-manager",
    "donation-manager",
    "shop-manager",
    "finance-manager",
    "automation-manager",
    "meetings-manager",
    "memberships-manager",
    "relation-viewer",
    "relations-manager",
    "template-manager",
    "content-manager",
    "owner",
    "freelancer",
];

/// Each top with what lies below it.
const RESOURCES: [(&str, &str); 12] = [
    ("crm", "relation organisation contact note tag segment"),
    ("finance", "invoice debit payment ledger vat"),
    ("library", "document folder image"),
    ("mailings", "mailing template list statistic"),
    ("cms", "page menu form redirect"),
    ("shop", "product order coupon stock"),
    ("meetings", "meeting attendee location"),
    ("memberships", "membership type"),
    ("donations", "donation campaign"),
    ("automation", "flow trigger"),
    ("community", "forum post"),
    ("settings", "users roles account"),
];

const GRANTS: usize = 150;
const OWN_IN_A_HUNDRED: usize = 15;
const WHEN: &str = r#"{"eq":[{"var":"resource.ownerId"},{"var":"subject.id"}]}"#;

/// The facts of the person who asks, as JSON text.
pub const SUBJECT: &str = r#"{"id":"u-1042","assignments":[{"role":"finance-manager"},{"role":"meetings-manager"},{"role":"relations-manager"}]}"#;

/// Xorshift with 32 bits.
struct Dice(u32);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        usize::try_from(self.0).unwrap_or_default() % bound
    }
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few thousand names at most"
)]
fn grown(names: &[String], times: usize) -> Vec<String> {
    let wanted = (names.len() as f64 * (times as f64).sqrt()).round() as usize;
    let name = |place: usize| match place / names.len() {
        0 => names[place].clone(),
        copy => format!("{}{copy}", names[place % names.len()]),
    };
    (0..wanted).map(name).collect()
}

fn quoted(text: &mut String, name: &str) {
    text.push('"');
    text.push_str(name);
    text.push('"');
}

/// The policy with so many times its 150 grants, as JSON text.
#[must_use]
pub fn policy(times: usize) -> String {
    let paths = RESOURCES.iter().flat_map(|(top, below)| below.split(' ').map(move |name| format!("{top}.{name}")));
    let resources = grown(&paths.collect::<Vec<_>>(), times);
    let roles = grown(&ROLES.map(str::to_owned), times);
    let mut text = String::from(r#"{"grantlet":1,"name":"back-office","resources":{"#);
    let actions = ACTIONS.map(|action| format!("\"{action}\"")).join(",");
    let mut tops = HashSet::new();
    for resource in &resources {
        let top = resource.split('.').next().unwrap_or_default();
        if tops.insert(top) {
            quoted(&mut text, top);
            text.push_str(r#":{"actions":[]},"#);
        }
        quoted(&mut text, resource);
        let _ = write!(text, r#":{{"actions":[{actions}]}},"#);
    }
    text.pop();
    text.push_str(r#"},"roles":{"#);
    let (mut dice, mut made) = (Dice(42), 0);
    for (place, role) in roles.iter().enumerate() {
        let up_to = (place + 1) * GRANTS * times / roles.len();
        let mut seen = HashSet::new();
        quoted(&mut text, role);
        text.push_str(r#":{"allow":["#);
        while made < up_to {
            let (resource, action) = (dice.below(resources.len()), dice.below(ACTIONS.len()));
            if !seen.insert((resource, action)) {
                continue;
            }
            let permission = format!("{}:{}", resources[resource], ACTIONS[action]);
            if dice.below(100) < OWN_IN_A_HUNDRED {
                let _ = write!(text, r#"{{"permissions":["{permission}"],"when":{WHEN}}}"#);
            } else {
                quoted(&mut text, &permission);
            }
            text.push(',');
            made += 1;
        }
        text.pop();
        text.push_str("]},");
    }
    text.pop();
    text.push_str("}}");
    text
}

/// A number that stands for a text: FNV-1a with 32 bits.
#[must_use]
pub fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
