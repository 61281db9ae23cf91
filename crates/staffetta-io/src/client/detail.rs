//! What may be kept of an error's words.
//!
//! IO's 400 repeats the refused value, that is a citizen's whole text or fiscal code, and a foreign
//! receiver may say anything. So nothing is copied: known paths and sentences are recognised, and
//! numbers are read.

/// Members of a message that IO may refuse. A longer path stands before its own beginning.
const PATHS: [&str; 12] = [
    "content.payment_data.payee.fiscal_code",
    "content.payment_data.invalid_after_due_date",
    "content.payment_data.notice_number",
    "content.payment_data.amount",
    "content.payment_data",
    "content.require_secure_channels",
    "content.due_date",
    "content.subject",
    "content.markdown",
    "content",
    "time_to_live",
    "fiscal_code",
];

/// What IO says of a payment for another ente, where that was not granted (MSG `CreateMessage`).
pub(crate) const PAYEE: &str = "You do not have enough permissions to send a payment message with payee";

/// What IO and its gateway say when they stop a service (MSG `CreateMessage`, FC `azure_api_auth`,
/// the gateway's own 401s). The longer stand before what they contain.
const SENTENCES: [&str; 17] = [
    "Access denied due to invalid subscription key",
    "Access denied due to missing subscription key",
    "Invalid client certificate",
    "Anonymous user",
    "User has no valid scopes",
    PAYEE,
    "You do not have enough permissions to send a Premium message",
    "You do not have enough permissions to send a third party message",
    "You do not have enough permissions to send an EUCovidCert message",
    "You are not allowed to read this message",
    "You are not allowed here",
    "Production call forbidden",
    "Recipient forbidden",
    "No configuration id for remote content",
    "Not your configuration",
    "Attachments call forbidden",
    "Remote Content Configuration NOT FOUND",
];

/// The path of the refused member in `value … at root.content.due_date is not a valid […]`.
///
/// The value comes before the path and may contain anything, so the last path counts.
pub(crate) fn refused_path(detail: &str) -> Option<&'static str> {
    let (_, after) = detail.rsplit_once("root.")?;
    let path = after.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).next()?;
    // The codec of an intersection puts the number of its part in between: `root.0.content.subject`.
    let path = path.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    PATHS
        .into_iter()
        .find(|known| path.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
}

/// The two amounts, in cents, of `The requested amount (N cents) exceeds the maximum allowed for this
/// service (M cents)` (MSG `CreateMessage`), as `N > M`.
pub(crate) fn amounts_over_limit(detail: &str) -> Option<String> {
    let mut cents = detail.split('(').skip(1).filter_map(|part| {
        let (number, _) = part.split_once(" cents)")?;
        number.parse::<u64>().ok()
    });
    let (requested, limit) = (cents.next()?, cents.next()?);
    detail.contains("exceeds the maximum allowed").then(|| format!("{requested} > {limit}"))
}

/// The known sentence that these words contain.
pub(crate) fn known_sentence<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<&'static str> {
    let mut found = words.into_iter().filter_map(|text| {
        SENTENCES.iter().position(|sentence| text.contains(sentence)).map(|index| (index, SENTENCES[index]))
    });
    // The detail says more than its title.
    let first = found.next()?;
    found.chain([first]).min_by_key(|(index, _)| *index).map(|(_, sentence)| sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_and_values_never_copied() {
        for (detail, path) in [
            (
                "value \"2026-12-31\" at root.content.due_date is not a valid [Timestamp]",
                Some("content.due_date"),
            ),
            ("value [x] at [root.0.content.subject] is not a valid [string]", Some("content.subject")),
            ("value \"root.content.subject\" at root.content.markdown is not", Some("content.markdown")),
            ("value 1 at root.content.payment_data.amount is not", Some("content.payment_data.amount")),
            ("value 1 at root.content.third_party_data.id is not", Some("content")),
            ("value 1 at root.contents is not", None),
            ("value \"RSSMRA85T10A562S\" at root.RSSMRA85T10A562S", None),
            ("Gentile Mario Rossi, RSSMRA85T10A562S", None),
            ("", None),
        ] {
            assert_eq!(refused_path(detail), path, "{detail}");
        }
    }

    #[test]
    fn amounts_are_read_as_numbers() {
        let detail = "The requested amount (1500000 cents) exceeds the maximum allowed for this service (1000000 cents)";
        assert_eq!(amounts_over_limit(detail).as_deref(), Some("1500000 > 1000000"));
        assert_eq!(
            amounts_over_limit("The requested amount (RSSMRA cents) exceeds the maximum allowed"),
            None
        );
        assert_eq!(amounts_over_limit("(1 cents) (2 cents)"), None);
    }

    #[test]
    fn the_sentence_that_says_more_is_kept() {
        let words = [
            "You are not allowed here",
            "You do not have enough permissions to send a Premium message (needs a group)",
        ];
        assert_eq!(
            known_sentence(words),
            Some("You do not have enough permissions to send a Premium message")
        );
        assert_eq!(known_sentence(["You are not allowed here", "x"]), Some("You are not allowed here"));
        assert_eq!(known_sentence(["Mario Rossi"]), None);
    }
}
