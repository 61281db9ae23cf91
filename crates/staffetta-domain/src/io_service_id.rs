//! IO's own id of a service, which people copy from IO's pages to tell services apart.

/// Most characters of an id. IO makes ULIDs of 26; ids of its first years have other forms.
const MAX: usize = 64;

/// An id of a service on IO.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IoServiceId(String);

/// A text that cannot be an id of a service on IO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id of a service on IO has letters and digits, as 01GQQZ9HF5GAPRVKJM1VDAVFHM: at most {MAX}")]
pub struct IoServiceIdError;

impl IoServiceId {
    /// Reads what a person pasted. Nothing asks IO for it, so that only what cannot be an id is refused.
    ///
    /// # Errors
    /// It is not one.
    pub fn read(text: &str) -> Result<Self, IoServiceIdError> {
        let text = text.trim();
        let right = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if right && (1..=MAX).contains(&text.len()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(IoServiceIdError)
        }
    }

    /// Its text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_all_years_are_read_and_other_texts_are_not() {
        for id in ["01GQQZ9HF5GAPRVKJM1VDAVFHM", " 5a563817fcc896087002ea46c49a\n", "azure-deployc49a"] {
            assert_eq!(IoServiceId::read(id).unwrap().as_str(), id.trim());
        }
        for wrong in ["", " ", "01GQ Z9", "<b>", "è", &"A".repeat(65)] {
            assert_eq!(IoServiceId::read(wrong), Err(IoServiceIdError), "{wrong}");
        }
    }
}
