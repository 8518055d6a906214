//! Instants: milliseconds since 1970-01-01T00:00:00Z, as JavaScript counts them, with fractions
//! where an RFC 3339 string has them.

use crate::value::Value;

/// The largest number of milliseconds that a JavaScript date can hold.
const BOUND: f64 = 8.64e15;

/// An instant as a fact gives it: an RFC 3339 string with an offset, or integer milliseconds.
/// `None` for anything else.
#[must_use]
pub fn instant(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Number(ms) if ms.fract() == 0.0 && ms.abs() <= BOUND => Some(*ms),
        Value::String(text) => rfc3339(text),
        _ => None,
    }
}

/// The milliseconds of an RFC 3339 string with an offset, or `None` if it is not one. A leap second is
/// none: no clock that is asked here counts it.
#[must_use]
pub fn rfc3339(text: &str) -> Option<f64> {
    let mut scan = Scan { text: text.as_bytes(), at: 0 };
    let year = scan.digits(4);
    let month = scan.part(b"-");
    let day = scan.part(b"-");
    let hour = scan.part(b"Tt");
    let minute = scan.part(b":");
    let second = scan.part(b":");
    let mut ms = 0.0;
    if scan.take(b".") != 0 {
        let mut worth = 100.0;
        ms = scan.digits(1) * worth;
        while scan.peek().is_ascii_digit() {
            worth /= 10.0;
            ms += scan.digits(1) * worth;
        }
    }
    let mut offset = match scan.take(b"Zz+-") {
        0 => f64::NAN,
        b'+' => 1.0,
        b'-' => -1.0,
        _ => 0.0,
    };
    if offset != 0.0 {
        let (hours, minutes) = (scan.digits(2), scan.part(b":"));
        offset *= if hours <= 23.0 && minutes <= 59.0 { hours * 60.0 + minutes } else { f64::NAN };
    }
    let days = days_since_1970(year, month, day);
    let fits = (1.0..=12.0).contains(&month)
        && day >= 1.0
        && days < days_since_1970(year, month + 1.0, 1.0)
        && hour < 24.0
        && minute < 60.0
        && second < 60.0;
    let minutes = (days * 24.0 + hour) * 60.0 + minute - offset;
    let instant = minutes * 60_000.0 + second * 1000.0 + ms;
    (fits && scan.at == text.len() && !instant.is_nan()).then_some(instant)
}

/// Days from 1970-01-01 in the Gregorian calendar. The year is begun in March, so that the leap day is
/// its last and the months before it follow one rule. The month after December is the next January.
fn days_since_1970(year: f64, month: f64, day: f64) -> f64 {
    let (year, month) = if month <= 2.0 { (year - 1.0, month + 9.0) } else { (year, month - 3.0) };
    let leap_days = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    year * 365.0 + leap_days + ((month * 153.0 + 2.0) / 5.0).floor() + day - 719_469.0
}

/// Reads numbers one after the other. One that is not written as it should be is NaN, and so is all that is
/// reckoned with it.
struct Scan<'t> {
    text: &'t [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or_default()
    }

    /// The next byte, if it is one of these; zero otherwise.
    fn take(&mut self, bytes: &[u8]) -> u8 {
        let byte = self.peek();
        if !bytes.contains(&byte) {
            return 0;
        }
        self.at = self.at.saturating_add(1);
        byte
    }

    /// A number of exactly so many digits.
    #[inline(never)]
    fn digits(&mut self, count: u8) -> f64 {
        let mut number = 0.0;
        for _ in 0..count {
            let digit = self.peek();
            if !digit.is_ascii_digit() {
                return f64::NAN;
            }
            self.at = self.at.saturating_add(1);
            number = number * 10.0 + f64::from(digit & 0xf);
        }
        number
    }

    /// A number of two digits behind one of these bytes.
    #[inline(never)]
    fn part(&mut self, before: &[u8]) -> f64 {
        if self.take(before) == 0 { f64::NAN } else { self.digits(2) }
    }
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
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut expected = rfc3339("1800-01-01T00:00:00Z").unwrap();
        assert_eq!(expected, -5_364_662_400_000.0);
        for year in 1800..2200 {
            for month in 1..=12 {
                for day in 1..=31 {
                    if let Some(at) = rfc3339(&format!("{year}-{month:02}-{day:02}T00:00:00Z")) {
                        assert_eq!(at, expected, "{year}-{month}-{day}");
                        expected += 86_400_000.0;
                    }
                }
            }
        }
        assert_eq!(Some(expected), rfc3339("2200-01-01T00:00:00Z"));
    }

    #[test]
    fn a_time_without_an_offset_or_with_a_wrong_day_is_none() {
        assert_eq!(rfc3339("2026-11-22T09:00:00.25-00:30"), Some(1_795_339_800_250.0));
        for bad in [
            "2026-07-01T00:00:00",
            "2026-07-01T24:00:00Z",
            "2026-07-01T00:60:00Z",
            "2026-07-01T23:59:60Z",
            "2026-07-01T00:00:00+24:00",
            "2026-07-01T00:00:00+23:60",
            "2026-07-01T00:00:00+2:00",
            "2026-07-01T00:00:00-02",
            "2026-07-01T00:00:00.5",
            "2026-07-01T00:0x:00Z",
            "2026-12-32T00:00:00Z",
            "2026-07-01T00:00:00Z\0",
            "2026-07-01T00:00:00.Z",
            "2026-07-01T00:00:00Z ",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-7-01T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-07-01",
            "",
            "now",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(rfc3339(bad), None, "{bad}");
        }
    }
}
