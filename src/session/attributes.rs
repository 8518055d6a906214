//! Which attributes of a record an answer turns on once everything else is known: records that have the same
//! plain values there have the same answer, and a host may keep it.

use std::cell::RefCell;

use crate::condition::Path;
use crate::condition::evaluate::Reading;
use crate::decide::Effect;
use crate::facts::{Attributes, Request};
use crate::policy::PermissionId;
use crate::session::Session;

/// Stands for any record there could be, and notes what is read.
#[derive(Default)]
struct AnyRecord {
    paths: RefCell<Vec<Path>>,
}

impl Attributes for AnyRecord {
    fn read(&self, path: &[Box<str>]) -> Reading<'_> {
        let mut paths = self.paths.borrow_mut();
        if !paths.iter().any(|other| *other == *path) {
            paths.push(path.into());
        }
        Reading::Open
    }

    fn noted(&self) -> Option<&RefCell<Vec<Path>>> {
        Some(&self.paths)
    }
}

impl Session {
    /// The paths of the attributes that the effect of a permission turns on, for records at a scope without
    /// attributes of the action, each once. Of records with equal scalars at all of them the effect is the same.
    /// It holds for as long as the session stands.
    #[must_use]
    pub fn attributes(&self, permission: PermissionId, scope: Option<&str>) -> Vec<Path> {
        let record = AnyRecord::default();
        let _: Effect = self.effect(permission, Request { scope, resource: Some(&record), action: None });
        record.paths.into_inner()
    }
}
