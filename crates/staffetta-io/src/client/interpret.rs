//! What a call's outcome means: the table of IO's replies (MSG `CreateMessage`, `GetMessage`;
//! SRV `GetLimitedProfile`; the gateway's policy), read with one question in mind: *was it taken?*
//!
//! A message counts as certainly not taken only where IO's code shows it (its 4xx and its own 500,
//! which comes before the message is queued) or where no byte left. Everything else is unknown.

use crate::client::answer::{IoState, ProfileAnswer, SendAnswer, StatusAnswer};
use crate::client::detail::{PAYEE, amounts_over_limit, known_sentence, refused_path};
use crate::client::exchange::{Answered, Body, Exchange, NotSent};
use crate::client::wait::{after_fault_ms, after_rate_limit_ms};
use crate::wire::{CreatedMessage, LimitedProfile, MessageStatus, Problem};
use serde::de::DeserializeOwned;
use staffetta_domain::Reason;

/// Most bytes of a message id; IO's has 26.
const MESSAGE_ID_MAX: usize = 128;

/// What became of `POST /messages`.
pub(crate) fn send(exchange: &Exchange) -> SendAnswer {
    let answered = match exchange {
        Exchange::Answered(answered) => answered,
        Exchange::NotSent(why) => {
            return match stopped_before_sending(*why) {
                Some((reason, detail)) => SendAnswer::ServiceStopped { reason, detail },
                None => SendAnswer::Later { reason: Reason::IoUnreachable, after_ms: None },
            };
        }
        Exchange::TimedOut => return SendAnswer::Unknown { reason: Reason::AnswerTimedOut },
        Exchange::Broken => return SendAnswer::Unknown { reason: Reason::ConnectionBroken },
    };
    if answered.status == 201 {
        return created(answered);
    }
    match fault(answered) {
        Fault::Refused(reason, detail) => SendAnswer::Refused { reason, detail },
        Fault::Stopped(reason, detail) => SendAnswer::ServiceStopped { reason, detail },
        // Of what a message refers to, only a remote content could be missing, which we never send.
        Fault::NotFound => {
            SendAnswer::ServiceStopped { reason: Reason::WrongAddress, detail: sentence_or_status(answered) }
        }
        Fault::RateLimited { after_ms } => SendAnswer::RateLimited { after_ms },
        Fault::Busy { after_ms } => SendAnswer::Later { reason: Reason::IoBusy, after_ms },
        Fault::Unclear { .. } => SendAnswer::Unknown { reason: Reason::AnswerUnclear },
    }
}

/// A 201: the message was taken, whatever the body looks like.
fn created(answered: &Answered) -> SendAnswer {
    let body = answered.body.whole().and_then(|bytes| serde_json::from_slice::<CreatedMessage>(bytes).ok());
    SendAnswer::Accepted { message_id: body.map(|body| body.id).filter(|id| is_message_id(id)) }
}

/// Lenient on form (a ULID today), strict on what could not be stored or asked for.
fn is_message_id(id: &str) -> bool {
    (1..=MESSAGE_ID_MAX).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The words of IO's `notification.email`: of anything else nothing is kept.
fn is_email_word(word: &str) -> bool {
    matches!(word, "SENT" | "THROTTLED" | "EXPIRED" | "FAILED")
}

/// What became of `POST /profiles`.
pub(crate) fn profile(exchange: &Exchange) -> ProfileAnswer {
    let answered = match reach(exchange) {
        Ok(answered) => answered,
        Err(Unreached::Stopped(reason, detail)) => return ProfileAnswer::ServiceStopped { reason, detail },
        Err(Unreached::Later(reason)) => return ProfileAnswer::Later { reason, after_ms: None },
    };
    if answered.status == 200 {
        return match read::<LimitedProfile>(answered) {
            Ok(LimitedProfile { sender_allowed: true }) => ProfileAnswer::Allowed,
            Ok(LimitedProfile { sender_allowed: false }) => ProfileAnswer::Unreachable(Reason::ServiceOff),
            Err(Unreached::Stopped(reason, detail)) => ProfileAnswer::ServiceStopped { reason, detail },
            Err(Unreached::Later(reason)) => ProfileAnswer::Later { reason, after_ms: None },
        };
    }
    match fault(answered) {
        Fault::Refused(reason, detail) => ProfileAnswer::Refused { reason, detail },
        Fault::Stopped(reason, detail) => ProfileAnswer::ServiceStopped { reason, detail },
        Fault::NotFound => ProfileAnswer::Unreachable(Reason::NotOnIo),
        Fault::RateLimited { after_ms } => ProfileAnswer::RateLimited { after_ms },
        Fault::Busy { after_ms } | Fault::Unclear { after_ms } => {
            ProfileAnswer::Later { reason: Reason::IoBusy, after_ms }
        }
    }
}

/// What became of `GET /messages/{fiscal_code}/{id}`.
pub(crate) fn status(exchange: &Exchange) -> StatusAnswer {
    let answered = match reach(exchange) {
        Ok(answered) => answered,
        Err(Unreached::Stopped(reason, detail)) => return StatusAnswer::ServiceStopped { reason, detail },
        Err(Unreached::Later(reason)) => return StatusAnswer::Later { reason, after_ms: None },
    };
    if answered.status == 200 {
        return match read::<MessageStatus>(answered) {
            Ok(MessageStatus { status, notification }) => StatusAnswer::Known {
                state: IoState::from_word(&status),
                email_status: notification.and_then(|states| states.email).filter(|word| is_email_word(word)),
            },
            Err(Unreached::Stopped(reason, detail)) => StatusAnswer::ServiceStopped { reason, detail },
            Err(Unreached::Later(reason)) => StatusAnswer::Later { reason, after_ms: None },
        };
    }
    match fault(answered) {
        // An id that IO calls malformed is none of IO's, and asking again will not help.
        Fault::NotFound | Fault::Refused(Reason::PayloadRefused, _) => StatusAnswer::NotFound,
        Fault::Refused(_, detail) | Fault::Stopped(Reason::NotPermitted, detail) => {
            StatusAnswer::NotTold { detail }
        }
        Fault::Stopped(reason, detail) => StatusAnswer::ServiceStopped { reason, detail },
        Fault::RateLimited { after_ms } => StatusAnswer::RateLimited { after_ms },
        Fault::Busy { after_ms } | Fault::Unclear { after_ms } => {
            StatusAnswer::Later { reason: Reason::IoBusy, after_ms }
        }
    }
}

/// A question that got no usable answer; asking again is harmless.
enum Unreached {
    Stopped(Reason, Option<String>),
    Later(Reason),
}

fn reach(exchange: &Exchange) -> Result<&Answered, Unreached> {
    match exchange {
        Exchange::Answered(answered) => Ok(answered),
        Exchange::NotSent(why) => Err(match stopped_before_sending(*why) {
            Some((reason, detail)) => Unreached::Stopped(reason, detail),
            None => Unreached::Later(Reason::IoUnreachable),
        }),
        Exchange::TimedOut | Exchange::Broken => Err(Unreached::Later(Reason::IoUnreachable)),
    }
}

fn stopped_before_sending(why: NotSent) -> Option<(Reason, Option<String>)> {
    match why {
        NotSent::Unreachable => None,
        NotSent::ForbiddenAddress => Some((Reason::WrongAddress, Some("private address".to_owned()))),
        NotSent::KeyUnusable => Some((Reason::KeyRefused, None)),
    }
}

/// Reads the body of a 200. One that arrived whole and is not IO's comes from another site.
fn read<T: DeserializeOwned>(answered: &Answered) -> Result<T, Unreached> {
    match &answered.body {
        Body::Whole(bytes) => serde_json::from_slice(bytes)
            .map_err(|_| Unreached::Stopped(Reason::WrongAddress, Some("HTTP 200".to_owned()))),
        Body::TooLong => Err(Unreached::Stopped(Reason::WrongAddress, Some("HTTP 200".to_owned()))),
        Body::TimedOut | Body::Broken => Err(Unreached::Later(Reason::IoUnreachable)),
    }
}

/// What an answer other than the wished-for one means, whichever call it belongs to.
enum Fault {
    /// Not this citizen or this message.
    Refused(Reason, Option<String>),
    /// Nothing of this service.
    Stopped(Reason, Option<String>),
    /// 404 of the function: the path is right, the thing is not there.
    NotFound,
    RateLimited {
        after_ms: i64,
    },
    /// 500 of the function: raised before the message is queued (MSG `CreateMessage`), so not taken.
    Busy {
        after_ms: Option<i64>,
    },
    /// It cannot be said whether the request was worked.
    Unclear {
        after_ms: Option<i64>,
    },
}

fn fault(answered: &Answered) -> Fault {
    let problem = problem(answered);
    let after_ms = after_fault_ms(answered.retry_after.as_deref());
    match answered.status {
        400 => refused(&problem),
        401 => Fault::Stopped(Reason::KeyRefused, sentence_or_status(answered)),
        403 => forbidden(answered, &problem),
        404 if is_of_the_function(&problem) => Fault::NotFound,
        // The gateway's limit on a body, and refusals of its form: this message, not the others.
        413 | 422 => Fault::Refused(Reason::PayloadRefused, Some(format!("HTTP {}", answered.status))),
        429 => Fault::RateLimited {
            after_ms: after_rate_limit_ms(answered.retry_after.as_deref(), problem.message.as_deref()),
        },
        // Not worked by definition (RFC 8470).
        425 => Fault::Busy { after_ms },
        // A request given up half-way, or in conflict with what was done before: perhaps with itself.
        408 | 409 | 499 => Fault::Unclear { after_ms },
        // A redirect is not followed. Any other refusal means that the address is not IO's, or a proxy
        // (407) stands in between: the same for every message.
        300..=499 => Fault::Stopped(Reason::WrongAddress, sentence_or_status(answered)),
        500 if answered.problem_json && (problem.title.is_some() || problem.detail.is_some()) => {
            Fault::Busy { after_ms }
        }
        // 502, 503, 504 come from what stands before IO; a bare 500 from a host that may have died
        // after queueing; a 2xx that IO never gives from who knows whom.
        _ => Fault::Unclear { after_ms },
    }
}

fn refused(problem: &Problem) -> Fault {
    let detail = problem.detail.as_deref().unwrap_or_default();
    match amounts_over_limit(detail) {
        Some(amounts) => Fault::Refused(Reason::AmountOverLimit, Some(amounts)),
        None => Fault::Refused(Reason::PayloadRefused, refused_path(detail).map(str::to_owned)),
    }
}

fn forbidden(answered: &Answered, problem: &Problem) -> Fault {
    let detail = sentence_or_status(answered);
    match known_sentence(words(problem)) {
        Some("Recipient forbidden") => Fault::Refused(Reason::RecipientForbidden, detail),
        // The row asks for it, and not the service: what others of it send is none the worse.
        Some(PAYEE) => Fault::Refused(Reason::PayeeNotPermitted, detail),
        _ => Fault::Stopped(Reason::NotPermitted, detail),
    }
}

/// Whether a 404 is the function's, which names what it did not find (*Profile not found*, *Message not found*), and
/// not the gateway's (`statusCode`, `message`) or a stranger's (`Not Found`): a wrong path must not turn every citizen
/// into one who is not on IO.
fn is_of_the_function(problem: &Problem) -> bool {
    let names = |text: &String| {
        let text = text.to_ascii_lowercase();
        text.contains("profile") || text.contains("message")
    };
    [&problem.title, &problem.detail].into_iter().flatten().any(names)
}

fn problem(answered: &Answered) -> Problem {
    answered.body.whole().and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default()
}

fn words(problem: &Problem) -> impl Iterator<Item = &str> {
    [&problem.title, &problem.detail, &problem.message].into_iter().flatten().map(String::as_str)
}

fn sentence_or_status(answered: &Answered) -> Option<String> {
    let problem = problem(answered);
    Some(known_sentence(words(&problem)).map_or_else(|| format!("HTTP {}", answered.status), str::to_owned))
}
