//! What in a policy is legal but suspicious (section 9, `lint`). All of it is a warning, with a code that is
//! stable:
//!
//! | code | what is suspicious |
//! | --- | --- |
//! | `inherited-grant` | a role gives or denies what it inherits anyway: under no condition, or under the same one. What is inherited only while an entitlement is active is not meant |
//! | `pointless-deny` | no role of the policy allows anything that a deny grant covers |
//! | `shallow-deny` | a deny of `r:a` is of exactly `r`, and the role or an heir of it allows `a` on something below `r` |
//! | `exists-in-deny` | what denies asks whether an attribute is there: where facts are missing, nothing is denied. Also of a derived role that denies |
//! | `negated-exists-in-allow` | what allows asks whether an attribute is not there: where facts are missing, it allows. Also of a derived role that allows |
//! | `unreachable-role` | a role that can be neither assigned nor derived, and that no other inherits that can |
//! | `ungiven-permission` | no role allows it, not even by a condition; direct grants still can |
//! | `closed-section` | no role allows any of the `show` permissions |
//! | `pointless-implication` | an action implies another, and no resource has both, nor others between which it leads |

mod exists;
mod grants;
mod unused;

use super::bits::Bits;
use super::given::{Given, given};
use super::refused;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;
use crate::policy::Policy;
use crate::text::fill;

/// Grants and permissions that are looked at. A policy that takes more is refused.
const WORK: usize = 1 << 27;

/// Everything suspicious in a policy: of its roles, each with its grants, of its derived roles, permissions and
/// sections, and of what actions imply.
///
/// # Errors
/// `too-large` for a policy with more pairs of a role and a permission than [`PAIRS`](super::PAIRS), `too-complex`
/// for one whose roles inherit too much from too many.
pub fn lint(policy: &Policy) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let all = given(policy, &|_| true)?;
    let none = || Bits::new(policy.permissions.len());
    let (mut allowed, mut mentioned) = (none(), none());
    for given in &all {
        allowed.add(&given.open());
        mentioned.add(&given.may_allow);
    }
    let mut lint = Lint { policy, notes: Diagnostics::default(), left: WORK, all, allowed, mentioned };
    lint.roles()?;
    lint.derived_roles();
    lint.permissions();
    lint.sections();
    lint.implications()?;
    Ok(lint.notes.into_list())
}

/// A policy that is looked through.
struct Lint<'p> {
    policy: &'p Policy,
    notes: Diagnostics,
    left: usize,
    /// What each role gives with every entitlement active.
    all: Vec<Given>,
    /// What some role allows or may allow.
    allowed: Bits,
    /// What some allow grant covers, denied to its role or not.
    mentioned: Bits,
}

impl Lint<'_> {
    fn warn(&mut self, code: &'static str, at: &Pointer<'_>, message: &str, parts: &[&str], help: &str) {
        self.notes.warning(code, at, fill(message, parts), Some(help.to_owned()));
    }

    fn spend(&mut self, work: usize) -> Result<(), Vec<Diagnostic>> {
        match self.left.checked_sub(work) {
            Some(left) => self.left = left,
            None => {
                let message = "looking this policy through takes too long".to_owned();
                return Err(refused("too-complex", &Pointer::Root, message, "look parts of it through by themselves"));
            }
        }
        Ok(())
    }
}
