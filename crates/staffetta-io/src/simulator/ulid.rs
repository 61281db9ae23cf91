//! Message ids in IO's form: a ULID, 48 bits of time and 80 of chance in Crockford's base 32.

use staffetta_domain::UnixMillis;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a ULID.
pub(crate) const LENGTH: usize = 26;

/// The id of a time and ten bytes of chance.
pub(crate) fn write(at: UnixMillis, tail: [u8; 10]) -> String {
    let time = u128::try_from(at.0).unwrap_or_default() << 80;
    let mut number = tail.iter().fold(0_u128, |number, byte| (number << 8) | u128::from(*byte)) | time;
    let mut text = [b'0'; LENGTH];
    for place in text.iter_mut().rev() {
        let digit = usize::try_from(number & 31).unwrap_or_default();
        *place = ALPHABET[digit];
        number >>= 5;
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Time and chance of an id.
pub(crate) fn read(text: &str) -> Option<(UnixMillis, [u8; 10])> {
    // The first character has three bits only: more would be over 128.
    if text.len() != LENGTH || text.as_bytes().first().is_none_or(|first| *first > b'7') {
        return None;
    }
    let mut number = 0_u128;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|known| *known == byte)?;
        number = (number << 5) | u128::try_from(digit).ok()?;
    }
    let [time @ .., a, b, c, d, e, f, g, h, i, j] = number.to_be_bytes();
    let at = time.iter().fold(0_i64, |at, byte| (at << 8) | i64::from(*byte));
    Some((UnixMillis(at), [a, b, c, d, e, f, g, h, i, j]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back() {
        let tail = [1, 2, 3, 4, 5, 6, 7, 8, 9, 255];
        let id = write(UnixMillis(1_780_000_000_123), tail);
        assert_eq!(id.len(), LENGTH);
        assert_eq!(read(&id), Some((UnixMillis(1_780_000_000_123), tail)));
        // A known pair: the example of the ULID specification.
        assert_eq!(read("01ARZ3NDEKTSV4RRFFQ69G5FAV").map(|(at, _)| at), Some(UnixMillis(1_469_922_850_259)));
        for text in
            ["", "01ARZ3NDEKTSV4RRFFQ69G5FA", "81ARZ3NDEKTSV4RRFFQ69G5FAV", "01ARZ3NDEKTSV4RRFFQ69G5FAU"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
