//! Numbers in addresses.

use crate::fault::Fault;
use staffetta_domain::{NotificationId, UnixMillis};
use staffetta_store::notifications::NotificationCursor;
use std::str::FromStr;

/// The number of a thing; what is no number names nothing.
pub(crate) fn number<N: FromStr>(text: &str) -> Result<N, Fault> {
    text.parse().map_err(|_| Fault::NotFound)
}

/// The place after which a page of notifications begins: `instant.number`, the instant empty where there is none.
pub(crate) fn cursor(text: &str) -> Result<NotificationCursor, Fault> {
    let (at, id) = text.split_once('.').ok_or(Fault::BadRequest)?;
    let read = |text: &str| text.parse::<i64>().map_err(|_| Fault::BadRequest);
    let handled_at = if at.is_empty() { None } else { Some(UnixMillis(read(at)?)) };
    Ok(NotificationCursor { handled_at, id: NotificationId(read(id)?) })
}

/// The same place, as it stands in an address.
pub(crate) fn cursor_text(cursor: NotificationCursor) -> String {
    let at = cursor.handled_at.map(|at| at.0.to_string()).unwrap_or_default();
    format!("{at}.{}", cursor.id)
}

/// An address with one more question.
pub(crate) fn with(address: &str, name: &str, value: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{name}={value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for handled_at in [None, Some(UnixMillis(1_760_000_000_000))] {
            let place = NotificationCursor { handled_at, id: NotificationId(117_440_513) };
            assert_eq!(cursor(&cursor_text(place)).unwrap(), place);
        }
        assert!(matches!(cursor("domani"), Err(Fault::BadRequest)));
        assert!(matches!(number::<i64>("uno"), Err(Fault::NotFound)));
        assert_eq!(with("/notifiche?ricerca=a", "dopo", "1.2"), "/notifiche?ricerca=a&dopo=1.2");
    }
}
