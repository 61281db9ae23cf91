//! IO's own checks of a message (FC `NewMessage`; limits were tried on the real codec).
//!
//! A good message is read once, borrowing; only for a bad one the first fault is looked for member by
//! member, to be told as IO tells it.

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use staffetta_domain::limits::{
    AMOUNT_MAX_CENTS, MARKDOWN_MAX, MARKDOWN_MIN_OF_IO, SUBJECT_MAX, SUBJECT_MIN,
};
use staffetta_domain::text::utf16_len;
use std::borrow::Cow;

/// A message as IO's codec takes it. Unknown members are ignored; `null` is not absence.
#[derive(Debug, Deserialize)]
pub(crate) struct Payload<'a> {
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) fiscal_code: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) content: PayloadContent<'a>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) feature_level_type: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "present")]
    time_to_live: Option<i64>,
}

/// Its content.
#[derive(Debug, Deserialize)]
pub(crate) struct PayloadContent<'a> {
    #[serde(borrow)]
    pub(crate) subject: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) markdown: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) due_date: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "present")]
    #[expect(dead_code, reason = "read so that a wrong type is refused")]
    require_secure_channels: Option<bool>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) payment_data: Option<PayloadPayment<'a>>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) third_party_data: Option<Value>,
}

/// Its payment.
#[derive(Debug, Deserialize)]
pub(crate) struct PayloadPayment<'a> {
    pub(crate) amount: i64,
    #[serde(borrow)]
    pub(crate) notice_number: Cow<'a, str>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) invalid_after_due_date: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    pub(crate) payee: Option<Value>,
}

/// A member that is there: `null` is then an error, as for IO.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Reads and checks a message; the error is IO's detail.
pub(crate) fn read(body: &[u8]) -> Result<Payload<'_>, String> {
    match serde_json::from_slice::<Payload<'_>>(body) {
        Ok(payload) if is_good(&payload) => Ok(payload),
        _ => Err(explain(body)),
    }
}

fn is_good(payload: &Payload<'_>) -> bool {
    let content = &payload.content;
    let payment_is_good = content.payment_data.as_ref().is_none_or(|payment| {
        (1..=AMOUNT_MAX_CENTS).contains(&payment.amount) && is_notice_number(&payment.notice_number)
    });
    is_subject(&content.subject)
        && is_markdown(&content.markdown)
        && content.due_date.as_deref().is_none_or(is_timestamp)
        && payment_is_good
        && payload.fiscal_code.as_deref().is_none_or(is_fiscal_code)
        && payload.feature_level_type.as_deref().is_none_or(is_feature_level)
        && payload.time_to_live.is_none_or(is_time_to_live)
}

fn is_subject(text: &str) -> bool {
    (SUBJECT_MIN..=SUBJECT_MAX).contains(&utf16_len(text))
}

fn is_markdown(text: &str) -> bool {
    (MARKDOWN_MIN_OF_IO..=MARKDOWN_MAX).contains(&utf16_len(text))
}

fn is_notice_number(text: &str) -> bool {
    text.len() == 18
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.as_bytes().first().is_some_and(|first| *first <= b'3')
}

fn is_feature_level(text: &str) -> bool {
    matches!(text, "STANDARD" | "ADVANCED")
}

fn is_time_to_live(seconds: i64) -> bool {
    (3_600..=604_800).contains(&seconds)
}

/// TC `FiscalCode`: the layout with omocodia; neither day nor check character.
pub(crate) fn is_fiscal_code(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'L'..=b'N' | b'P'..=b'V');
    let bytes = text.as_bytes();
    bytes.len() == 16
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            6 | 7 | 9 | 10 | 12..=14 => digit(*byte),
            8 => b"ABCDEHLMPRST".contains(byte),
            _ => byte.is_ascii_uppercase(),
        })
}

/// TC `Timestamp`: a date and a time with seconds, then `Z` or an offset.
fn is_timestamp(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| -> Option<u32> {
        let digits = text.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let mark =
        |place: usize, marks: &[u8]| text.as_bytes().get(place).is_some_and(|byte| marks.contains(byte));
    let parts = || {
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60).then_some(())
    };
    let marks = mark(4, b"-") && mark(7, b"-") && mark(10, b"T") && mark(13, b":") && mark(16, b":");
    marks && parts().is_some() && is_zone(text.get(19..).unwrap_or_default())
}

/// What follows the seconds: a fraction if any, then `Z` or `±hh:mm`.
fn is_zone(text: &str) -> bool {
    let rest = match text.strip_prefix('.') {
        Some(fraction) => {
            let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == fraction.len() {
                return false;
            }
            rest
        }
        None => text,
    };
    let offset = |text: &str| {
        text.split_once(':').is_some_and(|(hours, minutes)| {
            [hours, minutes]
                .iter()
                .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    rest == "Z" || rest.strip_prefix(['+', '-']).is_some_and(offset)
}

/// IO's detail for the first member that is wrong. It echoes the value, whatever it is: so does IO.
fn explain(body: &[u8]) -> String {
    let Ok(whole) = serde_json::from_slice::<Value>(body) else {
        return "value undefined at root is not a valid [NewMessage]".to_owned();
    };
    let wrong = |path: &str, codec: &str| {
        let pointer = format!("/{}", path.replace('.', "/"));
        let value = whole.pointer(&pointer).map_or_else(|| "undefined".to_owned(), Value::to_string);
        format!("value {value} at root.{path} is not a valid [{codec}]")
    };
    RULES
        .iter()
        .find(|rule| {
            let value = whole.pointer(&format!("/{}", rule.path.replace('.', "/")));
            !value.map_or_else(|| !rule.required || !has_parent(&whole, rule.path), rule.holds)
        })
        .map_or_else(|| wrong("content", "MessageContent"), |rule| wrong(rule.path, rule.codec))
}

/// A required member of an optional object is missing only where the object is there.
fn has_parent(whole: &Value, path: &str) -> bool {
    match path.rsplit_once('.') {
        Some((parent, _)) => whole.pointer(&format!("/{}", parent.replace('.', "/"))).is_some(),
        None => true,
    }
}

struct Rule {
    path: &'static str,
    codec: &'static str,
    required: bool,
    holds: fn(&Value) -> bool,
}

const fn rule(path: &'static str, codec: &'static str, required: bool, holds: fn(&Value) -> bool) -> Rule {
    Rule { path, codec, required, holds }
}

const RULES: [Rule; 12] = [
    rule("content", "MessageContent", true, Value::is_object),
    rule("content.subject", "string of length >= 10 and < 121", true, |value| {
        value.as_str().is_some_and(is_subject)
    }),
    rule("content.markdown", "string of length >= 80 and < 10001", true, |value| {
        value.as_str().is_some_and(is_markdown)
    }),
    rule("content.due_date", "UTCISODateFromString", false, |value| value.as_str().is_some_and(is_timestamp)),
    rule("content.require_secure_channels", "boolean", false, Value::is_boolean),
    rule("content.payment_data", "PaymentData", false, Value::is_object),
    rule("content.payment_data.amount", "integer >= 1 and < 10000000000", true, |value| {
        value.as_i64().is_some_and(|amount| (1..=AMOUNT_MAX_CENTS).contains(&amount))
    }),
    rule(
        "content.payment_data.notice_number",
        "string that matches the pattern \"^[0123][0-9]{17}$\"",
        true,
        |value| value.as_str().is_some_and(is_notice_number),
    ),
    rule("content.payment_data.invalid_after_due_date", "boolean", false, Value::is_boolean),
    rule("fiscal_code", "FiscalCode", false, |value| value.as_str().is_some_and(is_fiscal_code)),
    rule("time_to_live", "integer >= 3600 and < 604801", false, |value| {
        value.as_i64().is_some_and(is_time_to_live)
    }),
    rule("feature_level_type", "FeatureLevelType", false, |value| {
        value.as_str().is_some_and(is_feature_level)
    }),
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(change: impl FnOnce(&mut Value)) -> Option<String> {
        let mut message = json!({"fiscal_code": "RSSMRA85T10A562S",
            "content": {"subject": "Oggetto di prova", "markdown": "x".repeat(80)}});
        change(&mut message);
        read(message.to_string().as_bytes()).err()
    }

    #[test]
    fn good_messages_pass() {
        assert_eq!(fault(|_| ()), None);
        assert_eq!(fault(|m| m["content"]["subject"] = json!("😀".repeat(60))), None);
        assert_eq!(fault(|m| m["content"]["markdown"] = json!("x".repeat(10_000))), None);
        assert_eq!(fault(|m| m["content"]["due_dat"] = json!(1)), None);
        for date in ["2026-12-31T22:59:59Z", "2028-02-29T00:00:00.123Z", "2026-12-31T23:59:59+01:00"] {
            assert_eq!(fault(|m| m["content"]["due_date"] = json!(date)), None, "{date}");
        }
        let payment = json!({"amount": 9_999_999_999_i64, "notice_number": "301000000012345678"});
        assert_eq!(fault(|m| m["content"]["payment_data"] = payment), None);
        assert_eq!(fault(|m| m["fiscal_code"] = json!("RSSMRALPTQUH50MV")), None);
        assert_eq!(fault(|m| m["content"]["subject"] = json!("Con \"virgolette\" e \\ barre")), None);
    }

    #[test]
    fn the_first_fault_is_told_with_its_path() {
        type Case = (&'static str, fn(&mut Value));
        let cases: [Case; 21] = [
            ("content.subject", |m| m["content"]["subject"] = json!("x".repeat(9))),
            ("content.subject", |m| m["content"]["subject"] = json!("😀".repeat(61))),
            ("content.subject", |m| m["content"]["subject"] = Value::Null),
            ("content.markdown", |m| m["content"]["markdown"] = json!("x".repeat(79))),
            ("content.markdown", |m| m["content"]["markdown"] = json!("x".repeat(10_001))),
            ("content.due_date", |m| m["content"]["due_date"] = Value::Null),
            ("content.due_date", |m| m["content"]["due_date"] = json!("2026-12-31")),
            ("content.due_date", |m| m["content"]["due_date"] = json!("2026-12-31T22:59Z")),
            ("content.due_date", |m| m["content"]["due_date"] = json!("2026-13-01T00:00:00Z")),
            ("content.due_date", |m| m["content"]["due_date"] = json!("2026-02-29T00:00:00Z")),
            ("content.due_date", |m| m["content"]["due_date"] = json!("2026-12-31T22:59:59")),
            ("content.payment_data.amount", |m| {
                m["content"]["payment_data"] = json!({"amount": 0, "notice_number": "301000000012345678"});
            }),
            ("content.payment_data.amount", |m| {
                m["content"]["payment_data"] = json!({"notice_number": "301000000012345678"});
            }),
            ("content.payment_data.amount", |m| {
                m["content"]["payment_data"] = json!({"amount": 1.5, "notice_number": "301000000012345678"});
            }),
            ("content.payment_data.notice_number", |m| {
                m["content"]["payment_data"] = json!({"amount": 1, "notice_number": "401000000012345678"});
            }),
            ("content.payment_data", |m| m["content"]["payment_data"] = json!([])),
            ("content.require_secure_channels", |m| m["content"]["require_secure_channels"] = json!("no")),
            ("fiscal_code", |m| m["fiscal_code"] = json!("rssmra85t10a562s")),
            ("fiscal_code", |m| m["fiscal_code"] = json!("01234567890")),
            ("time_to_live", |m| m["time_to_live"] = json!(60)),
            ("content", |m| *m = json!({"fiscal_code": "RSSMRA85T10A562S"})),
        ];
        for (path, change) in cases {
            let detail = fault(change).unwrap_or_default();
            assert!(detail.contains(&format!(" at root.{path} is not")), "{path}: {detail}");
        }
        assert!(read(b"{").is_err_and(|detail| detail.contains("at root is not")));
    }
}
