//! A call as it went, before anyone says what it means. The same for a socket and for the simulator
//! in process, so that both are read by the same code.

use crate::client::answer::WireFacts;

/// Most bytes of a reply's body. IO's longest reply echoes one message, 40 KB at the most.
pub(crate) const REPLY_MAX_BYTES: usize = 1024 * 1024;

/// How a call went.
#[derive(Debug)]
pub(crate) enum Exchange {
    /// A reply's head arrived.
    Answered(Answered),
    /// No byte of the request left.
    NotSent(NotSent),
    /// The request may have arrived; no reply within the time.
    TimedOut,
    /// The request may have arrived; the connection broke.
    Broken,
}

/// Why nothing left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotSent {
    /// Name, connection, proxy or TLS.
    Unreachable,
    /// The host's name leads to an address that the policy forbids.
    ForbiddenAddress,
    /// The key has characters that cannot stand in a header.
    KeyUnusable,
}

/// A reply.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// The content type is `application/problem+json`: the function speaks, not the gateway.
    pub(crate) problem_json: bool,
    pub(crate) remaining: Option<u32>,
    /// Text of `x-rate-limit-retry-after`, or else of `Retry-After`.
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Body,
}

/// A reply's body.
#[derive(Debug)]
pub(crate) enum Body {
    Whole(Vec<u8>),
    /// Over [`REPLY_MAX_BYTES`].
    TooLong,
    TimedOut,
    Broken,
}

impl Body {
    /// Its bytes, if all of them arrived.
    pub(crate) fn whole(&self) -> Option<&[u8]> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            Self::TooLong | Self::TimedOut | Self::Broken => None,
        }
    }
}

impl Exchange {
    pub(crate) fn facts(&self) -> (Option<u32>, WireFacts) {
        match self {
            Self::Answered(answered) => (answered.remaining, WireFacts { status: Some(answered.status) }),
            Self::NotSent(_) | Self::TimedOut | Self::Broken => (None, WireFacts::default()),
        }
    }
}
