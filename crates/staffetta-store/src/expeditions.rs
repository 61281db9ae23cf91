//! Days of sending, as the ledger writes them: a row without one has the empty text.

use crate::StoreError;
use staffetta_domain::Expedition;

/// Days of sending in a list, in order, each with how many of its rows go out then.
pub type Starts = Vec<(Option<Expedition>, i64)>;

const CORRUPT: StoreError = StoreError::Corrupt("a day of sending");

pub(crate) fn to_text(day: Option<Expedition>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

pub(crate) fn from_text(text: &str) -> Result<Option<Expedition>, StoreError> {
    match text {
        "" => Ok(None),
        text => Expedition::from_ledger(text).map(Some).ok_or(CORRUPT),
    }
}

pub(crate) fn to_json(starts: &[(Option<Expedition>, i64)]) -> Result<String, StoreError> {
    let written: Vec<(String, i64)> = starts.iter().map(|(day, rows)| (to_text(*day), *rows)).collect();
    serde_json::to_string(&written).map_err(|_| CORRUPT)
}

pub(crate) fn from_json(json: Option<&str>) -> Result<Starts, StoreError> {
    let Some(json) = json else { return Ok(Starts::new()) };
    let written: Vec<(String, i64)> = serde_json::from_str(json).map_err(|_| CORRUPT)?;
    written.into_iter().map(|(day, rows)| Ok((from_text(&day)?, rows))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let days = ["", "2027-01-03", "2027-01-03T10:00"].map(|text| from_text(text).unwrap());
        let starts: Starts = days.into_iter().zip(1..).collect();
        assert_eq!(from_json(Some(&to_json(&starts).unwrap())).unwrap(), starts);
        assert!(from_json(None).unwrap().is_empty());
        assert!(from_json(Some("[[\"domani\",1]]")).is_err());
    }
}
