//! What travels: bodies of requests and of replies.
//!
//! Requests: an optional member that is absent is left out, because IO answers 400 to `null`; and only
//! known members are written, because IO drops unknown ones in silence (a misspelt `due_date` would be
//! a message without it). Replies: unknown members and values are tolerated, IO's enums are
//! `x-extensible-enum`.

use serde::{Deserialize, Serialize};
use staffetta_domain::{Content, FiscalCode, Payment};

/// Header that carries a service's key, on every call.
pub const KEY_HEADER: &str = "ocp-apim-subscription-key";
/// Header of every reply: calls left in the window.
pub const REMAINING_HEADER: &str = "x-rate-limit-remaining";
/// Header of a 429: seconds to wait. It stands in the place of `Retry-After` (policy of the gateway's product).
pub const RETRY_AFTER_HEADER: &str = "x-rate-limit-retry-after";

/// Body of `POST /profiles` (SRV `GetLimitedProfileByPOST`): the code is in the body, never in the URL.
#[derive(Debug, Serialize)]
pub struct ProfileQuery<'a> {
    /// 16 characters.
    pub fiscal_code: &'a str,
}

/// Body of `POST /messages` (FC `NewMessage`).
#[derive(Debug, Serialize)]
pub struct NewMessage<'a> {
    /// 16 characters; in the body or in the path, never in both.
    pub fiscal_code: &'a str,
    /// What the citizen receives.
    pub content: NewContent<'a>,
}

/// `content` of a message.
#[derive(Debug, Serialize)]
pub struct NewContent<'a> {
    /// 10–120 UTF-16 code units.
    pub subject: &'a str,
    /// 80–10,000 UTF-16 code units.
    pub markdown: &'a str,
    /// ISO-8601 in UTC, with seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_date: Option<String>,
    /// A payment notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_data: Option<PaymentData<'a>>,
}

/// `payment_data` of a message.
#[derive(Debug, Serialize)]
pub struct PaymentData<'a> {
    /// Euro cents, 1–9,999,999,999.
    pub amount: i64,
    /// 18 digits.
    pub notice_number: &'a str,
    /// Whether it cannot be paid after the due date; absent is false.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub invalid_after_due_date: bool,
    /// Who is paid, where it is not the ente of the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee: Option<PayeeData<'a>>,
}

/// `payee` of a payment (403 unless the ente was granted `ApiMessageWriteWithPayee`).
#[derive(Debug, Serialize)]
pub struct PayeeData<'a> {
    /// 11 digits.
    pub fiscal_code: &'a str,
}

impl<'a> NewMessage<'a> {
    /// The body that sends `content` to `fiscal_code`.
    #[must_use]
    pub fn new(fiscal_code: &'a FiscalCode, content: &'a Content) -> Self {
        Self {
            fiscal_code: fiscal_code.as_str(),
            content: NewContent {
                subject: content.subject.as_str(),
                markdown: content.markdown.as_str(),
                due_date: content.due_date.map(staffetta_domain::DueDate::iso),
                payment_data: content.payment.as_ref().map(PaymentData::new),
            },
        }
    }
}

impl<'a> PaymentData<'a> {
    fn new(payment: &'a Payment) -> Self {
        Self {
            amount: payment.amount.cents(),
            notice_number: payment.notice_number.as_str(),
            invalid_after_due_date: payment.terms.invalid_after_due_date,
            payee: payment.terms.payee.as_ref().map(|payee| PayeeData { fiscal_code: payee.as_str() }),
        }
    }
}

/// Body of the 200 of `POST /profiles`.
#[derive(Debug, Deserialize)]
pub struct LimitedProfile {
    /// Whether this service may write to this citizen now.
    pub sender_allowed: bool,
}

/// Body of the 201 of `POST /messages`.
#[derive(Debug, Deserialize)]
pub struct CreatedMessage {
    /// IO's id, a ULID today.
    pub id: String,
}

/// Body of the 200 of `GET /messages/{fiscal_code}/{id}`. The echoed message is not read: it is
/// a citizen's data that nobody needs twice.
#[derive(Debug, Deserialize)]
pub struct MessageStatus {
    /// `ACCEPTED`, `PROCESSED`, `REJECTED`, `FAILED`, `THROTTLED`, or what IO may add. Absent is in progress.
    #[serde(default)]
    pub status: String,
    /// State by channel; IO no longer tells it (MSG `535eb1ef`).
    #[serde(default)]
    pub notification: Option<ChannelStates>,
}

/// `notification` of a message's state.
#[derive(Debug, Deserialize)]
pub struct ChannelStates {
    /// State of the copy by e-mail.
    #[serde(default)]
    pub email: Option<String>,
}

/// Body of an error: of the function (RFC 7807) or of the gateway.
#[derive(Debug, Default, Deserialize)]
pub struct Problem {
    /// The function's title.
    #[serde(default)]
    pub title: Option<String>,
    /// The function's detail. May echo the whole message: never shown, kept or logged as it is.
    #[serde(default)]
    pub detail: Option<String>,
    /// The gateway's sentence.
    #[serde(default)]
    pub message: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::{Amount, DueDate, Markdown, NoticeNumber, Subject, UnixMillis};

    #[test]
    fn absent_members_are_left_out() {
        let text = "Testo del messaggio. ".repeat(10);
        let mut content = Content {
            subject: Subject::new("Oggetto di prova").unwrap(),
            markdown: Markdown::new(&text, 80).unwrap(),
            due_date: None,
            payment: None,
        };
        let plain = serde_json::to_value(NewMessage::new(&FiscalCode::FICTITIOUS, &content)).unwrap();
        assert_eq!(
            plain,
            serde_json::json!({"fiscal_code": "AAAAAA00A00A000A",
                "content": {"subject": "Oggetto di prova", "markdown": content.markdown.as_str()}})
        );
        content.due_date = Some(DueDate::at(UnixMillis(1_798_757_999_000)));
        content.payment = Some(Payment {
            amount: Amount::from_cents(1_999).unwrap(),
            notice_number: NoticeNumber::read("301000000012345678").unwrap(),
            terms: staffetta_domain::PaymentTerms::default(),
        });
        let full = serde_json::to_value(NewMessage::new(&FiscalCode::FICTITIOUS, &content)).unwrap();
        assert_eq!(full["content"]["due_date"], "2026-12-31T22:59:59Z");
        assert_eq!(
            full["content"]["payment_data"],
            serde_json::json!({"amount": 1_999, "notice_number": "301000000012345678"})
        );
    }

    #[test]
    fn unknown_members_and_values_are_tolerated() {
        let status: MessageStatus = serde_json::from_str(
            r#"{"message":{"id":"x"},"status":"NEW_ONE","notification":{"webhook":"SENT"},"read_status":1}"#,
        )
        .unwrap();
        assert_eq!(status.status, "NEW_ONE");
        assert_eq!(status.notification.and_then(|states| states.email), None);
    }
}
