//! Sums of money on a page.

use staffetta_domain::Amount;
use staffetta_words::number;

/// `1.234,56 €`. The sum of a list may be more than one citizen can be asked for.
pub(crate) fn euro(cents: i64) -> String {
    let large = || format!("{},{:02} €", number(cents / 100), cents % 100);
    Amount::from_cents(cents).map_or_else(large, Amount::euro)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_shown_whatever_their_size() {
        assert_eq!(euro(11_009_817), "110.098,17 €");
        assert_eq!(euro(1_234_567_890_123), "12.345.678.901,23 €");
    }
}
