//! The nearest double to a decimal number, by the book: exactly where doubles can do it, else by the
//! division of large integers. The standard library's reader needs ten kilobytes of tables, which do not
//! compress.

/// A number at the beginning of `text`: its value and how many bytes it has; `None` where none begins.
/// What is larger than any double is infinite.
pub(super) fn read(text: &[u8]) -> Option<(f64, usize)> {
    let mut scan = Scan { text, at: 0 };
    let negative = scan.take(b'-');
    let mut decimal = Decimal::default();
    let first = scan.peek();
    scan.digits(&mut decimal, 0)?;
    if first == b'0' && scan.at > usize::from(negative).saturating_add(1) {
        // A zero in front is no part of a number: it ends there.
        return Some((0.0, usize::from(negative).saturating_add(1)));
    }
    if scan.take(b'.') {
        scan.digits(&mut decimal, 1)?;
    }
    if scan.take(b'e') || scan.take(b'E') {
        let down = scan.take(b'-');
        if !down {
            scan.take(b'+');
        }
        let exponent = scan.exponent()?;
        decimal.exponent = decimal.exponent.saturating_add(if down { exponent.saturating_neg() } else { exponent });
    }
    let magnitude = decimal.nearest();
    Some((if negative { -magnitude } else { magnitude }, scan.at))
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or_default()
    }

    fn take(&mut self, byte: u8) -> bool {
        let next = self.peek() == byte;
        self.at = self.at.saturating_add(usize::from(next));
        next
    }

    fn digit(&mut self) -> Option<u8> {
        let digit = self.peek().wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        self.at = self.at.saturating_add(1);
        Some(digit)
    }

    /// One digit at least, each worth a tenth of the one before where `places` is one.
    fn digits(&mut self, decimal: &mut Decimal, places: i32) -> Option<()> {
        decimal.push(self.digit()?, places);
        while let Some(digit) = self.digit() {
            decimal.push(digit, places);
        }
        Some(())
    }

    fn exponent(&mut self) -> Option<i32> {
        let mut exponent = i32::from(self.digit()?);
        while let Some(digit) = self.digit() {
            exponent = exponent.saturating_mul(10).saturating_add(i32::from(digit));
        }
        Some(exponent)
    }
}

/// `mantissa × 10^exponent`.
#[derive(Default)]
struct Decimal {
    mantissa: u64,
    exponent: i32,
}

impl Decimal {
    /// Nineteen digits are kept: more than tell any two neighbouring doubles apart that JSON is written
    /// from. Those after them only count places.
    fn push(&mut self, digit: u8, places: i32) {
        if self.mantissa < 1_000_000_000_000_000_000 {
            self.mantissa = self.mantissa.saturating_mul(10).saturating_add(u64::from(digit));
            self.exponent = self.exponent.saturating_sub(places);
        } else {
            self.exponent = self.exponent.saturating_add(1_i32.saturating_sub(places));
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn nearest(&self) -> f64 {
        let power = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(usize::MAX);
        if self.mantissa == 0 || self.exponent < -400 {
            return 0.0;
        }
        if self.exponent > 400 {
            return f64::INFINITY;
        }
        if self.mantissa <= 1 << 53 && power <= 22 {
            // Both are doubles without a rest, so one operation rounds once.
            let scale = (0..power).fold(1.0, |scale, _| scale * 10.0);
            let mantissa = self.mantissa as f64;
            return if self.exponent < 0 { mantissa / scale } else { mantissa * scale };
        }
        let (mut above, mut below) = (Large::of(self.mantissa), Large::of(1));
        let scaled = if self.exponent < 0 { &mut below } else { &mut above };
        (0..power).for_each(|_| scaled.scale(10));
        quotient(&mut above, &mut below)
    }
}

/// The double nearest to `above / below`, ties to even.
#[allow(clippy::cast_precision_loss)]
fn quotient(above: &mut Large, below: &mut Large) -> f64 {
    // `above` is brought to between one and two times `below`.
    let mut exponent = 0_i32;
    while above.is_less_than(below) {
        above.scale(2);
        exponent = exponent.saturating_sub(1);
    }
    loop {
        below.scale(2);
        if above.is_less_than(below) {
            break;
        }
        exponent = exponent.saturating_add(1);
    }
    // Below 2^-1022 doubles have fewer bits: those that are left, and two more to round by.
    let bits = exponent.saturating_add(1075).clamp(0, 53).saturating_add(2);
    let mut taken = 0_u64;
    for _ in 0..bits {
        above.scale(2);
        let bit = !above.is_less_than(below);
        if bit {
            above.subtract(below);
        }
        taken = taken << 1 | u64::from(bit);
    }
    if above.words.iter().any(|word| *word != 0) {
        taken |= 1;
    }
    // The last two bits say whether to round up.
    let mut whole = taken >> 2;
    let rest = taken & 3;
    if rest == 3 || (rest == 2 && whole & 1 == 1) {
        whole = whole.saturating_add(1);
    }
    let mut value = whole as f64;
    let mut shift = exponent.saturating_add(3).saturating_sub(bits);
    while shift > 0 && value.is_finite() {
        value *= 2.0;
        shift = shift.saturating_sub(1);
    }
    while shift < 0 && value != 0.0 {
        value *= 0.5;
        shift = shift.saturating_add(1);
    }
    value
}

/// A large whole number, its lowest word first.
struct Large {
    words: Vec<u32>,
}

impl Large {
    fn of(number: u64) -> Large {
        let mut large = Large { words: Vec::new() };
        large.carry(number);
        large
    }

    fn carry(&mut self, mut rest: u64) {
        while rest != 0 {
            self.words.push(low(rest));
            rest >>= 32;
        }
    }

    fn scale(&mut self, factor: u64) {
        let mut rest = 0;
        for word in &mut self.words {
            let product = u64::from(*word).wrapping_mul(factor).wrapping_add(rest);
            *word = low(product);
            rest = product >> 32;
        }
        self.carry(rest);
    }

    fn word(&self, place: usize) -> u32 {
        self.words.get(place).copied().unwrap_or_default()
    }

    fn is_less_than(&self, other: &Large) -> bool {
        let length = self.words.len().max(other.words.len());
        let differing = (0..length).rev().map(|place| (self.word(place), other.word(place))).find(|(a, b)| a != b);
        differing.is_some_and(|(a, b)| a < b)
    }

    /// Takes away a number that is not larger.
    fn subtract(&mut self, other: &Large) {
        let mut borrow = false;
        for (place, word) in self.words.iter_mut().enumerate() {
            let (less, first) = word.overflowing_sub(other.word(place));
            let (less, second) = less.overflowing_sub(u32::from(borrow));
            (*word, borrow) = (less, first || second);
        }
    }
}

#[allow(clippy::cast_possible_truncation)]
fn low(number: u64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn it_is_the_double_that_the_standard_library_reads() {
        let hard = "0 -0 1 -1 10 0.1 0.30000000000000004 123456789012345678 9007199254740993 9007199254740992 1e22 1e23 \
            5e-324 4.9e-324 2.4e-324 2.5e-324 2.2250738585072014e-308 2.2250738585072011e-308 1.7976931348623157e308 1e308 1e-400 \
            8.5e-322 52.370215999999999 179769313486231570000 3.141592653589793 1e0 1E+2 1e-2 6.02214076e23 2.2204460492503131e-16";
        for text in hard.split_whitespace() {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(read(text.as_bytes()), Some((expected, text.len())), "{text}");
        }
        assert_eq!(read(b"1e309").map(|(number, _)| number), Some(f64::INFINITY));
    }

    #[test]
    fn doubles_come_back_as_they_were_written() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = f64::from_bits(state ^ state >> 29);
            if number.is_finite() {
                let text = format!("{number:e}");
                assert_eq!(read(text.as_bytes()).map(|(read, _)| read.to_bits()), Some(number.to_bits()), "{text}");
            }
        }
    }

    #[test]
    fn a_number_ends_where_it_ends() {
        assert_eq!(read(b"12]"), Some((12.0, 2)));
        assert_eq!(read(b"01"), Some((0.0, 1)));
        for bad in ["", "-", "+1", ".5", "1.", "1.e1", "1e", "1e+", "x"] {
            assert_eq!(read(bad.as_bytes()), None, "{bad}");
        }
    }
}
