//! The key that seals the services' keys, and its file.

use crate::error::StoreError;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;

/// Seals and opens the services' keys. The file that holds it is made at first start, readable by its owner only.
pub(crate) struct Keyring {
    cipher: XChaCha20Poly1305,
    fingerprint: String,
    /// Makes the marks of people, see [`Keyring::mark_of_person`].
    people: Zeroizing<[u8; 32]>,
}

impl Keyring {
    /// Reads the key file, or makes it when `may_create`.
    pub(crate) fn open(path: &Path, may_create: bool) -> Result<Self, StoreError> {
        let failed = |source| StoreError::KeyFile { path: path.display().to_string(), source };
        let mut text = Zeroizing::new(String::new());
        match std::fs::File::open(path) {
            Ok(mut file) => {
                file.read_to_string(&mut text).map_err(failed)?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound && may_create => {
                let mut key = Zeroizing::new([0_u8; 32]);
                getrandom::fill(key.as_mut()).map_err(|error| failed(std::io::Error::other(error)))?;
                *text = STANDARD.encode(key.as_ref());
                match create_private(path, text.as_bytes()) {
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                        text.clear();
                        std::fs::File::open(path)
                            .and_then(|mut file| file.read_to_string(&mut text))
                            .map_err(failed)?;
                    }
                    made => made.map_err(failed)?,
                }
            }
            Err(error) => return Err(failed(error)),
        }
        let wrong = || StoreError::KeyFileContent(path.display().to_string());
        let key = Zeroizing::new(STANDARD.decode(text.trim()).map_err(|_| wrong())?);
        let key: Zeroizing<[u8; 32]> = Zeroizing::new(key.as_slice().try_into().map_err(|_| wrong())?);
        let fingerprint = blake3::derive_key("staffetta 2026-11 key fingerprint", key.as_ref());
        Ok(Self {
            cipher: XChaCha20Poly1305::new(&(*key).into()),
            fingerprint: STANDARD.encode(&fingerprint[..12]),
            people: Zeroizing::new(blake3::derive_key("staffetta 2026-11 marks of people", key.as_ref())),
        })
    }

    /// Tells one key file from another; says nothing of the key.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// What stands for a person where the fiscal code is not to be kept. Without the key file nobody can try all codes
    /// until one fits, as with a plain hash.
    pub(crate) fn mark_of_person(&self, fiscal_code: &str) -> [u8; 16] {
        let mut mark = [0; 16];
        mark.copy_from_slice(&blake3::keyed_hash(&self.people, fiscal_code.as_bytes()).as_bytes()[..16]);
        mark
    }

    /// Seals a secret for one place in the database: opened elsewhere, it is refused.
    pub(crate) fn seal(&self, secret: &SecretString, place: &str) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| StoreError::Corrupt("no random bytes"))?;
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: place.as_bytes() };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| StoreError::Corrupt("a key cannot be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Keyring::seal`] sealed for the same place.
    pub(crate) fn open_sealed(&self, sealed: &[u8], place: &str) -> Result<SecretString, StoreError> {
        let wrong = || StoreError::Corrupt("a sealed key");
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(wrong)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().map_err(|_| wrong())?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        let secret = self.cipher.decrypt(&XNonce::from(nonce), payload).map_err(|_| wrong())?;
        Ok(SecretString::from(String::from_utf8(secret).map_err(|_| wrong())?))
    }
}

/// Whole or not at all: half a key would open nothing, and the next start would refuse it. Of two programs that make
/// it at once, the second finds the file of the first.
fn create_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".key-").tempfile_in(folder)?;
    file.write_all(content)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_key_opens_only_with_its_key_and_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let keyring = Keyring::open(&path, true).unwrap();
        let sealed = keyring.seal(&SecretString::from("segreto"), "service 1").unwrap();
        assert!(!sealed.windows(7).any(|bytes| bytes == b"segreto"));
        let again = Keyring::open(&path, false).unwrap();
        assert_eq!(again.fingerprint(), keyring.fingerprint());
        assert_eq!(again.open_sealed(&sealed, "service 1").unwrap().expose_secret(), "segreto");
        assert!(again.open_sealed(&sealed, "service 2").is_err());
        let other = Keyring::open(&folder.path().join("other"), true).unwrap();
        assert!(other.open_sealed(&sealed, "service 1").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn the_key_file_is_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        Keyring::open(&path, true).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_missing_or_foreign_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(matches!(Keyring::open(&path, false), Err(StoreError::KeyFile { .. })));
        std::fs::write(&path, "not a key").unwrap();
        assert!(matches!(Keyring::open(&path, true), Err(StoreError::KeyFileContent(_))));
    }
}
