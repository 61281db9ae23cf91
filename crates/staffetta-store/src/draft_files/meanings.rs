//! What columns mean, as the ledger writes it: a JSON list of words, empty where a column is only text.

use crate::StoreError;
use staffetta_domain::Meaning;

/// What each column means, where a person said it.
pub type Meanings = Option<Vec<Option<Meaning>>>;

pub(crate) fn to_json(meanings: &Meanings) -> Result<Option<String>, StoreError> {
    let words = |meanings: &Vec<Option<Meaning>>| {
        let words: Vec<&str> = meanings.iter().map(|meaning| meaning.map_or("", Meaning::word)).collect();
        serde_json::to_string(&words).map_err(|_| StoreError::Corrupt("meanings of columns"))
    };
    meanings.as_ref().map(words).transpose()
}

pub(crate) fn from_json(json: Option<&str>) -> Result<Meanings, StoreError> {
    let corrupt = || StoreError::Corrupt("meanings of columns");
    let read = |json: &str| {
        let words: Vec<String> = serde_json::from_str(json).map_err(|_| corrupt())?;
        let meaning = |word: &String| match word.as_str() {
            "" => Ok(None),
            word => Meaning::from_word(word).map(Some).ok_or_else(corrupt),
        };
        words.iter().map(meaning).collect()
    };
    json.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for meanings in
            [None, Some(Vec::new()), Some(vec![None, Some(Meaning::FiscalCode), Some(Meaning::Payee)])]
        {
            assert_eq!(from_json(to_json(&meanings).unwrap().as_deref()).unwrap(), meanings);
        }
        assert!(from_json(Some("[\"altro\"]")).is_err());
    }
}
