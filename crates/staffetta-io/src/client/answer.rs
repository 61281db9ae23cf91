//! What became of a call: what to do next, not where it failed.

use staffetta_domain::Reason;

/// An answer and what came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<A> {
    /// What to do.
    pub answer: A,
    /// Calls left in the ente's window (`x-rate-limit-remaining`), if IO said so.
    pub remaining: Option<u32>,
    /// What was seen on the wire, for logs and counters.
    pub wire: WireFacts,
}

/// What was seen on the wire; nothing of a citizen or a key is in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WireFacts {
    /// HTTP status, if a reply's head arrived.
    pub status: Option<u16>,
}

/// What became of a message.
///
/// In every `detail` stands only what is safe to keep: a field's path (`content.due_date`), two amounts
/// in cents (`1500000 > 1000000`), a sentence that IO is known to say, or `HTTP 405`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendAnswer {
    /// 201: taken. IO never takes it back.
    Accepted {
        /// IO's id, to be stored first of all; `None` where the rest of the answer could not be read.
        message_id: Option<String>,
    },
    /// Certainly not taken, and the same message never will be.
    Refused {
        /// Why.
        reason: Reason,
        /// Where, if it can be said.
        detail: Option<String>,
    },
    /// Certainly not taken, and no other message of this service will be until a person looks.
    ServiceStopped {
        /// Why.
        reason: Reason,
        /// What IO said, if it is known to be harmless.
        detail: Option<String>,
    },
    /// Certainly not taken; the same message may be sent again later.
    Later {
        /// Why.
        reason: Reason,
        /// IO's own wish, in milliseconds.
        after_ms: Option<i64>,
    },
    /// 429, certainly not taken: nobody of this ente may call before.
    RateLimited {
        /// Milliseconds to wait.
        after_ms: i64,
    },
    /// It may have been taken or not, and IO cannot be asked: only a person decides.
    Unknown {
        /// Why.
        reason: Reason,
    },
}

/// Whether this service may write to this citizen now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileAnswer {
    /// It may.
    Allowed,
    /// It may not: [`Reason::NotOnIo`] or [`Reason::ServiceOff`].
    Unreachable(Reason),
    /// IO refuses to tell for this citizen.
    Refused {
        /// Why.
        reason: Reason,
        /// Where, if it can be said.
        detail: Option<String>,
    },
    /// IO refuses to tell for this service.
    ServiceStopped {
        /// Why.
        reason: Reason,
        /// What IO said, if it is known to be harmless.
        detail: Option<String>,
    },
    /// No answer now. Asking again is harmless.
    Later {
        /// Why.
        reason: Reason,
        /// IO's own wish, in milliseconds.
        after_ms: Option<i64>,
    },
    /// 429: nobody of this ente may call before.
    RateLimited {
        /// Milliseconds to wait.
        after_ms: i64,
    },
}

/// What IO says of a message that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusAnswer {
    /// IO knows it.
    Known {
        /// Its state.
        state: IoState,
        /// State of the copy by e-mail, which IO told until 2021 (`SENT`, `THROTTLED`, `EXPIRED`, `FAILED`).
        email_status: Option<String>,
    },
    /// 404: IO does not know it (any more: a citizen never found is forgotten after 3 years), or 400:
    /// the id is none of IO's.
    NotFound,
    /// 403: IO does not tell this service, as when another service's key sent the message. It says nothing of
    /// whether the service may send.
    NotTold {
        /// What IO said, if it is known to be harmless.
        detail: Option<String>,
    },
    /// IO knows nothing of this service or its key.
    ServiceStopped {
        /// Why.
        reason: Reason,
        /// What IO said, if it is known to be harmless.
        detail: Option<String>,
    },
    /// No answer now. Asking again is harmless.
    Later {
        /// Why.
        reason: Reason,
        /// IO's own wish, in milliseconds.
        after_ms: Option<i64>,
    },
    /// 429: nobody of this ente may call before.
    RateLimited {
        /// Milliseconds to wait.
        after_ms: i64,
    },
}

/// IO's state of a message (MSG `GetMessage`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IoState {
    /// Taken, not yet worked.
    Accepted,
    /// In the citizen's inbox. Final.
    Processed,
    /// Not for this citizen; IO does not say why. Final.
    Rejected,
    /// Given up after five attempts of IO. Final.
    Failed,
    /// `THROTTLED`, which nothing of IO writes any more, or a state that is new: as if in progress.
    Other,
}

impl IoState {
    /// The state that IO's word means.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "ACCEPTED" => Self::Accepted,
            "PROCESSED" => Self::Processed,
            "REJECTED" => Self::Rejected,
            "FAILED" => Self::Failed,
            _ => Self::Other,
        }
    }
}
