//! For every role and permission, what the role alone gives at its scope with every entitlement active
//! (section 9, `matrix`).

use super::given::{Cell, Given, given};
use crate::diagnostic::Diagnostic;
use crate::policy::{PermissionId, Policy, RoleId, at};

/// What every role gives of every permission.
#[derive(Debug)]
pub struct Matrix {
    rows: Vec<Given>,
    permissions: usize,
}

/// The matrix of a policy.
///
/// # Errors
/// The policy has more pairs of a role and a permission than [`PAIRS`](super::PAIRS).
pub fn matrix(policy: &Policy) -> Result<Matrix, Vec<Diagnostic>> {
    Ok(Matrix { rows: given(policy, &|_| true)?, permissions: policy.permissions.len() })
}

impl Matrix {
    /// What a role gives of a permission; `None`: nothing.
    #[must_use]
    pub fn cell(&self, role: RoleId, permission: PermissionId) -> Option<Cell> {
        at(&self.rows, role)?.cell(usize::try_from(permission).ok()?)
    }

    /// A byte for each role and permission, role by role: 0 nothing, 1 allow, 2 conditional, 3 deny.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for row in &self.rows {
            for permission in 0..self.permissions {
                bytes.push(row.cell(permission).map_or(0, |cell| cell as u8));
            }
        }
        bytes
    }
}
