//! Instants: milliseconds since 1970-01-01T00:00:00Z, as JavaScript counts them, with fractions
//! where an RFC 3339 string has them.

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::value::Value;

/// The largest number of milliseconds that a JavaScript date can hold.
const BOUND: f64 = 8.64e15;

/// An instant as a fact gives it: an RFC 3339 string with an offset, or integer milliseconds.
/// `None` for anything else.
#[must_use]
pub fn instant(value: &Value) -> Option<f64> {
    match value {
        Value::Number(ms) if ms.fract() == 0.0 && ms.abs() <= BOUND => Some(*ms),
        Value::String(text) => rfc3339(text),
        _ => None,
    }
}

/// The milliseconds of an RFC 3339 string with an offset, or `None` if it is not one.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn rfc3339(text: &str) -> Option<f64> {
    let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    Some(at.unix_timestamp() as f64 * 1e3 + f64::from(at.nanosecond()) / 1e6)
}

#[cfg(test)]
mod tests {
    use super::rfc3339;

    #[test]
    fn offsets_fractions_and_the_years_before_1970_count() {
        assert_eq!(rfc3339("1970-01-01T00:00:00Z"), Some(0.0));
        assert_eq!(rfc3339("2026-07-01T02:00:00+02:00"), rfc3339("2026-07-01T00:00:00Z"));
        assert_eq!(rfc3339("1969-12-31T23:59:59.5Z"), Some(-500.0));
        assert_eq!(rfc3339("1970-01-01T00:00:00.0005Z"), Some(0.5));
    }

    #[test]
    fn a_time_without_an_offset_or_with_a_wrong_day_is_none() {
        for bad in ["2026-07-01T00:00:00", "2026-02-30T00:00:00Z", "2026-07-01", "", "now", "2026-13-01T00:00:00Z"] {
            assert_eq!(rfc3339(bad), None, "{bad}");
        }
    }
}
