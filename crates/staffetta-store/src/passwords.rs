//! Operators' passwords. Slow on purpose: call these where blocking is allowed.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use std::sync::LazyLock;

/// Least characters of a password.
pub const PASSWORD_MIN: usize = 12;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// It is too short.
    #[error("a password has at least {PASSWORD_MIN} characters")]
    Short,
    /// The system gives no random bytes, or the password is absurdly long.
    #[error("the password cannot be hashed")]
    Unhashable,
}

/// The argon2id hash of a password that may be taken.
#[derive(Clone)]
pub struct HashedPassword(String);

impl HashedPassword {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for HashedPassword {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("HashedPassword(…)")
    }
}

/// Hashes a password.
///
/// # Errors
/// [`PasswordError`].
pub fn hash_password(password: &SecretString) -> Result<HashedPassword, PasswordError> {
    let password = password.expose_secret();
    if password.chars().count() < PASSWORD_MIN {
        return Err(PasswordError::Short);
    }
    hash(password).map(HashedPassword)
}

fn hash(password: &str) -> Result<String, PasswordError> {
    let hashed: PasswordHash =
        Argon2::default().hash_password(password.as_bytes()).map_err(|_| PasswordError::Unhashable)?;
    Ok(hashed.to_string())
}

/// What is verified where there is no such name, so that its absence is not told by the time of the answer.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// Whether `password` is the one of `known`; as slow where nobody is known.
pub(crate) fn verify(known: Option<&str>, password: &SecretString) -> bool {
    let text = known.unwrap_or(&NOBODY);
    let Ok(hash) = PasswordHash::new(text) else { return false };
    let right = Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
    right && known.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_verified_and_nobody_has_none() {
        let password = SecretString::from("una frase abbastanza lunga");
        let hashed = hash_password(&password).unwrap();
        assert!(hashed.as_str().starts_with("$argon2id$"));
        assert!(verify(Some(hashed.as_str()), &password));
        assert!(!verify(Some(hashed.as_str()), &SecretString::from("un'altra frase lunga")));
        assert!(!verify(None, &password));
        assert!(!verify(None, &SecretString::from("nobody has this password")));
        assert!(!format!("{hashed:?}").contains("argon2"));
    }

    #[test]
    fn a_short_password_is_refused_by_its_characters() {
        assert_eq!(hash_password(&SecretString::from("undici àèìò")).err(), Some(PasswordError::Short));
        assert!(hash_password(&SecretString::from("dodici àèìòù")).is_ok());
    }
}
