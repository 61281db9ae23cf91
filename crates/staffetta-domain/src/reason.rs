//! Why a notification or a service is in its state.

use crate::Phrase;

/// A reason, kept in the ledger as a number and shown in plain Italian.
///
/// Sources: the table of replies in IO's own code (order of checks of `CreateMessage`), see `docs/reference/io.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i16)]
pub enum Reason {
    /// The profile answers 404: not on IO, or with the inbox off.
    NotOnIo = 1,
    /// `sender_allowed` is false: the citizen switched this service off.
    ServiceOff = 2,

    /// 400 *Invalid message structure* or another 400.
    PayloadRefused = 10,
    /// 400: the amount is over the service's limit on IO.
    AmountOverLimit = 11,
    /// 403 *Recipient forbidden*: the key is limited to test recipients.
    RecipientForbidden = 12,
    /// IO answered "later" for 24 hours.
    RetriesEnded = 13,
    /// IO says FAILED.
    ProcessingFailed = 14,
    /// The merged text is outside IO's limits: cannot happen to a checked list, and is never sent.
    TextOutOfLimits = 15,
    /// 403: the row names a payee, and the ente was not granted that. Rows without one may go on.
    PayeeNotPermitted = 16,

    /// The call timed out after its bytes had left.
    AnswerTimedOut = 20,
    /// The connection broke after its bytes had left.
    ConnectionBroken = 21,
    /// A 5xx without problem+json after the bytes had left.
    AnswerUnclear = 22,
    /// The program stopped while the call was open.
    ProgramStopped = 23,
    /// It waited in a database that was put back from a copy, or lost its last commits: it may have left since.
    LedgerWentBack = 24,

    /// IO says REJECTED, which has no reason for senders.
    RejectedByIo = 30,
    /// IO did not tell a final outcome within 72 hours.
    FinalOutcomeNotTold = 31,
    /// IO no longer knows the message (404 on its status).
    MessageUnknownToIo = 32,
    /// A person declared it sent; IO's id is not known, so it is never asked for.
    DeclaredSent = 33,
    /// IO answered 201, but its id could not be read: taken, and never asked for.
    TakenWithoutId = 34,
    /// IO does not tell this service what became of the message (403 on its status).
    StatusNotTold = 35,

    /// A person interrupted the sending.
    Interrupted = 40,

    /// IO had a passing fault (500 with problem+json): certainly not taken.
    IoBusy = 50,
    /// IO could not be reached; no byte had left.
    IoUnreachable = 51,
    /// The quota was used up (429): certainly not taken.
    QuotaUsedUp = 52,

    /// The key is refused (401).
    KeyRefused = 60,
    /// IO does not let this service do that (403).
    NotPermitted = 61,
    /// The address is not IO's (404 on the path, or an unexpected answer such as a redirect).
    WrongAddress = 62,
    /// Twenty equal refusals in a row.
    ManyRefusals = 63,
    /// The key in the ledger does not open with the key file.
    KeyUnreadable = 64,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 29] = [
        Self::NotOnIo,
        Self::ServiceOff,
        Self::PayloadRefused,
        Self::AmountOverLimit,
        Self::RecipientForbidden,
        Self::RetriesEnded,
        Self::ProcessingFailed,
        Self::TextOutOfLimits,
        Self::PayeeNotPermitted,
        Self::AnswerTimedOut,
        Self::ConnectionBroken,
        Self::AnswerUnclear,
        Self::ProgramStopped,
        Self::LedgerWentBack,
        Self::RejectedByIo,
        Self::FinalOutcomeNotTold,
        Self::MessageUnknownToIo,
        Self::DeclaredSent,
        Self::TakenWithoutId,
        Self::StatusNotTold,
        Self::Interrupted,
        Self::IoBusy,
        Self::IoUnreachable,
        Self::QuotaUsedUp,
        Self::KeyRefused,
        Self::NotPermitted,
        Self::WrongAddress,
        Self::ManyRefusals,
        Self::KeyUnreadable,
    ];

    /// The reason with this number in the ledger.
    #[must_use]
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| *reason as i16 == number)
    }

    /// Word in JSON.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotOnIo => "not-on-io",
            Self::ServiceOff => "service-off",
            Self::PayloadRefused => "payload-refused",
            Self::AmountOverLimit => "amount-over-limit",
            Self::RecipientForbidden => "recipient-forbidden",
            Self::RetriesEnded => "retries-ended",
            Self::ProcessingFailed => "processing-failed",
            Self::TextOutOfLimits => "text-out-of-limits",
            Self::PayeeNotPermitted => "payee-not-permitted",
            Self::AnswerTimedOut => "answer-timed-out",
            Self::ConnectionBroken => "connection-broken",
            Self::AnswerUnclear => "answer-unclear",
            Self::ProgramStopped => "program-stopped",
            Self::LedgerWentBack => "ledger-went-back",
            Self::RejectedByIo => "rejected-by-io",
            Self::FinalOutcomeNotTold => "final-outcome-not-told",
            Self::MessageUnknownToIo => "message-unknown-to-io",
            Self::DeclaredSent => "declared-sent",
            Self::TakenWithoutId => "taken-without-id",
            Self::StatusNotTold => "status-not-told",
            Self::Interrupted => "interrupted",
            Self::IoBusy => "io-busy",
            Self::IoUnreachable => "io-unreachable",
            Self::QuotaUsedUp => "quota-used-up",
            Self::KeyRefused => "key-refused",
            Self::NotPermitted => "not-permitted",
            Self::WrongAddress => "wrong-address",
            Self::ManyRefusals => "many-refusals",
            Self::KeyUnreadable => "key-unreadable",
        }
    }

    /// Its sentence on screen: what happened and what to do next. Keys are `reason-` and the code.
    #[must_use]
    pub const fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::NotOnIo => "reason-not-on-io",
            Self::ServiceOff => "reason-service-off",
            Self::PayloadRefused => "reason-payload-refused",
            Self::AmountOverLimit => "reason-amount-over-limit",
            Self::RecipientForbidden => "reason-recipient-forbidden",
            Self::RetriesEnded => "reason-retries-ended",
            Self::ProcessingFailed => "reason-processing-failed",
            Self::TextOutOfLimits => "reason-text-out-of-limits",
            Self::PayeeNotPermitted => "reason-payee-not-permitted",
            Self::AnswerTimedOut => "reason-answer-timed-out",
            Self::ConnectionBroken => "reason-connection-broken",
            Self::AnswerUnclear => "reason-answer-unclear",
            Self::ProgramStopped => "reason-program-stopped",
            Self::LedgerWentBack => "reason-ledger-went-back",
            Self::RejectedByIo => "reason-rejected-by-io",
            Self::FinalOutcomeNotTold => "reason-final-outcome-not-told",
            Self::MessageUnknownToIo => "reason-message-unknown-to-io",
            Self::DeclaredSent => "reason-declared-sent",
            Self::TakenWithoutId => "reason-taken-without-id",
            Self::StatusNotTold => "reason-status-not-told",
            Self::Interrupted => "reason-interrupted",
            Self::IoBusy => "reason-io-busy",
            Self::IoUnreachable => "reason-io-unreachable",
            Self::QuotaUsedUp => "reason-quota-used-up",
            Self::KeyRefused => "reason-key-refused",
            Self::NotPermitted => "reason-not-permitted",
            Self::WrongAddress => "reason-wrong-address",
            Self::ManyRefusals => "reason-many-refusals",
            Self::KeyUnreadable => "reason-key-unreadable",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_and_the_phrase_is_the_code() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_number(reason as i16), Some(reason));
            assert_eq!(reason.phrase().key, format!("reason-{}", reason.code()));
        }
    }
}
