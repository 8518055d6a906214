//! The bounds on everything that comes in. A document over one of them is refused whole.

/// Bytes of one policy text.
pub const POLICY_BYTES: usize = 64 * 1024 * 1024;
/// Bytes of one subject, context or request as JSON text.
pub const FACTS_BYTES: usize = 8 * 1024 * 1024;
/// Nested arrays and objects in any document: conditions of the permitted depth fit.
pub const JSON_DEPTH: usize = 100;
/// Nested conditions in one `when` (section 5).
pub const CONDITION_DEPTH: usize = 32;
/// Characters of a segment (section 1).
pub const SEGMENT: usize = 64;
/// Segments of a resource path (section 1).
pub const PATH_SEGMENTS: usize = 16;
/// Characters of a scope's id (section 1).
pub const SCOPE_ID: usize = 256;
/// Declared permissions of one policy.
pub const PERMISSIONS: usize = 262_144;
/// Roles of one policy.
pub const ROLES: usize = 65_536;
/// Grants of one policy, allow and deny together.
pub const GRANTS: usize = 1_048_576;
/// Assignments, and likewise direct grants, of one subject.
pub const SUBJECT_FACTS: usize = 10_000;
/// Diagnostics that one check lists; the rest are counted in a last one.
pub const DIAGNOSTICS: usize = 1_000;
