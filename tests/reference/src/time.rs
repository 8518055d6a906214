//! Section 3: times are RFC 3339 strings with an offset, or milliseconds since 1970. Both become milliseconds as a
//! floating-point number, which keeps the fractions that RFC 3339 allows.

use serde_json::Value;

/// The milliseconds of a time, `None` where it cannot be read.
pub(crate) fn millis(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => rfc3339(text),
        _ => None,
    }
}

/// RFC 3339, section 5.6: `date "T" time offset`.
fn rfc3339(text: &str) -> Option<f64> {
    let text = text.to_ascii_uppercase();
    let (date, rest) = text.split_once('T')?;
    let date: Vec<&str> = date.split('-').collect();
    let [year, month, day] = date[..] else { return None };

    let offset_at = rest.find(['Z', '+', '-'])?;
    let (clock, offset) = rest.split_at(offset_at);
    let (clock, fraction) = match clock.split_once('.') {
        Some((clock, fraction)) => (clock, Some(fraction)),
        None => (clock, None),
    };
    let clock: Vec<&str> = clock.split(':').collect();
    let [hour, minute, second] = clock[..] else { return None };

    let days = days_since_1970(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?)?;
    let (hour, minute, second) = (digits(hour, 2)?, digits(minute, 2)?, digits(second, 2)?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset_seconds(offset)?;
    Some(seconds as f64 * 1_000.0 + fraction.map_or(Some(0.0), fraction_millis)?)
}

/// The digits after the point are thousandths up to the third, and fractions of a millisecond beyond.
fn fraction_millis(fraction: &str) -> Option<f64> {
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let padded = format!("{fraction:0<3}");
    let (whole, beyond) = padded.split_at(3);
    format!("{whole}.{beyond}0").parse().ok()
}

fn offset_seconds(offset: &str) -> Option<i64> {
    if offset == "Z" {
        return Some(0);
    }
    let (sign, clock) = offset.split_at(1);
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = hours * 3_600 + minutes * 60;
    Some(if sign == "-" { -seconds } else { seconds })
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_length(year: i64, month: i64) -> Option<i64> {
    match month {
        2 => Some(if leap(year) { 29 } else { 28 }),
        4 | 6 | 9 | 11 => Some(30),
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        _ => None,
    }
}

/// Days are counted one year and one month at a time, which nobody can get wrong.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    if day < 1 || day > month_length(year, month)? {
        return None;
    }
    let year_length = |year| if leap(year) { 366 } else { 365 };
    let years: i64 =
        if year >= 1970 { (1970..year).map(year_length).sum() } else { -(year..1970).map(year_length).sum::<i64>() };
    let months: i64 = (1..month).filter_map(|month| month_length(year, month)).sum();
    Some(years + months + day - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_are_milliseconds_since_1970() {
        assert_eq!(millis(&json!("1970-01-01T00:00:00Z")), Some(0.0));
        assert_eq!(millis(&json!("1970-01-01T00:00:00.1Z")), Some(100.0));
        assert_eq!(millis(&json!("1970-01-01T00:00:00.0005Z")), Some(0.5));
        assert_eq!(millis(&json!("1969-12-31T23:59:59Z")), Some(-1_000.0));
        assert_eq!(millis(&json!("1970-01-01T01:00:00+01:00")), Some(0.0));
        assert_eq!(millis(&json!("1969-12-31T23:30:00-00:30")), Some(0.0));
        assert_eq!(millis(&json!("2000-03-01T00:00:00Z")), Some(951_868_800_000.0));
        assert_eq!(millis(&json!("2026-11-22T09:00:00Z")), Some(1_795_338_000_000.0));
        assert_eq!(millis(&json!(250)), Some(250.0));
    }

    #[test]
    fn a_time_without_offset_or_out_of_range_is_unreadable() {
        for text in ["2026-07-01T00:00:00", "2026-02-29T00:00:00Z", "2026-07-01", "2026-7-1T00:00:00Z"] {
            assert_eq!(millis(&json!(text)), None, "{text}");
        }
    }
}
