//! Codes that a spreadsheet took for numbers.
//!
//! A notice number has 18 digits and a spreadsheet keeps 15: the others are gone, and what is left is shown
//! as `3,01E+17`. Whoever saves such a sheet as text saves that. It must never reach a citizen as a code.

use super::cells::Cells;

/// From here on a number has 16 digits, one more than a spreadsheet keeps.
const LOST_FROM: f64 = 1e15;

/// Whether the last digits of a number may be lost; a number that is none has none.
pub(super) fn by_size(number: f64) -> bool {
    number.is_nan() || number.abs().round() >= LOST_FROM
}

/// The columns, counted from 0, that show such a number.
pub(super) fn columns_of(cells: Cells<'_>) -> impl Iterator<Item = usize> {
    cells.iter().enumerate().filter(|(_, cell)| is_power_of_ten(cell)).map(|(column, _)| column)
}

/// `3,01E+17`, `3.01E+017`: as a spreadsheet shows a number that is too long for its cell.
fn is_power_of_ten(cell: &str) -> bool {
    // Nearly every cell is passed over here: the sign stands third or fourth from the end.
    let bytes = cell.trim_ascii_end().as_bytes();
    let sign = [3, 4].iter().filter_map(|back| bytes.len().checked_sub(*back));
    let Some(sign) = sign.into_iter().find(|at| bytes.get(*at) == Some(&b'+')) else { return false };
    let (Some(before), Some(power)) = (bytes.get(..sign), bytes.get(sign + 1..)) else { return false };
    let Some(number) = before.strip_suffix(b"E").or(before.strip_suffix(b"e")) else { return false };
    let number = number.trim_ascii_start();
    let number = number.strip_prefix(b"-").unwrap_or(number);
    let (first, rest) = number.split_at(number.len().min(1));
    let fraction = match rest {
        [] => &b"0"[..],
        [b',' | b'.', fraction @ ..] => fraction,
        _ => return false,
    };
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    digits(first) && digits(fraction) && digits(power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_shows_of_a_long_code_is_recognised() {
        for cell in ["3,01E+17", "3.01E+17", "3E+17", " 3,01235E+11 ", "3,01E+017", "-3,0e+17"] {
            assert!(is_power_of_ten(cell), "{cell}");
        }
        for cell in [
            "",
            "+17",
            "E+17",
            "+393",
            "A,01E+17",
            "3,E+17",
            "3,01E17",
            "31E+17",
            "3,01E+",
            "3,01E+1A",
            "301000000012345678",
            "IVA E+10",
            "1+2+33",
            "RSSMRA85T10A562S",
            "è+22",
        ] {
            assert!(!is_power_of_ten(cell), "{cell}");
        }
    }

    #[test]
    fn a_spreadsheet_keeps_fifteen_digits() {
        assert!(!by_size(999_999_999_999_999.0) && !by_size(-1234.5));
        assert!(by_size(1e15) && by_size(999_999_999_999_999.9) && by_size(-301_000_000_012_345_678.0));
    }
}
