//! Passwords made up for the sample operators.

use crate::failure::Failure;
use secrecy::SecretString;

/// Signs that are not taken for each other: five bits each.
const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// 80 bits.
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// A new one, as `abcd-efgh-ijkm-npqr`.
pub(super) fn new_password() -> Result<SecretString, Failure> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|error| Failure::system("cli-no-random", &error.into()))?;
    Ok(SecretString::from(spell(&bytes)))
}

fn spell(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / GROUP);
    for (position, byte) in bytes.iter().enumerate() {
        if position > 0 && position.is_multiple_of(GROUP) {
            text.push('-');
        }
        text.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_spelt_in_groups() {
        assert_eq!(spell(&[0, 1, 2, 31, 32, 63]), "abc9-a9");
        let (one, other) = (new_password().unwrap(), new_password().unwrap());
        use secrecy::ExposeSecret;
        assert_ne!(one.expose_secret(), other.expose_secret());
        assert_eq!(one.expose_secret().len(), LENGTH + 3);
    }
}
