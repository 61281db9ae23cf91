//! What the engine writes down: claims and changes, a group at a time.

use staffetta_domain::{
    ContentHash, FlowId, NotificationId, NotificationState, OrganizationId, Reason, UnixMillis,
};

/// Most claims, and most outcomes, of a [`Group`].
pub const GROUP_MAX: usize = 512;

/// What must still be true for a change to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The row waits in the queue, in this attempt; its flow is the sending that the engine read.
    Queued {
        /// The attempt that the engine saw.
        attempt: i16,
        /// When its flow was started, as the engine read it; `None` for a single notification.
        started_at: Option<UnixMillis>,
    },
    /// The row is held by this claim: it is InFlight, or Uncertain and undecided (a late answer). Where the ledger
    /// lost the claim, that IO took the message is written all the same.
    Claimed {
        /// The claim under which the call left.
        claim: i64,
        /// The attempt that was claimed.
        attempt: i16,
    },
    /// The row was taken by IO, in this attempt.
    Accepted {
        /// The attempt that the status belongs to.
        attempt: i16,
    },
}

/// A change of one notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which notification.
    pub id: NotificationId,
    /// Its flow; `None` for a single notification.
    pub flow: Option<FlowId>,
    /// What must still be true.
    pub guard: Guard,
    /// The new state (may be the old one: a retry, or a status still open).
    pub to: NotificationState,
    /// Why.
    pub reason: Option<Reason>,
    /// Facts that belong to the reason, safe to show: never a text or a fiscal code.
    pub detail: Option<String>,
    /// When a row that goes back to the queue may be tried again.
    pub retry_at: Option<UnixMillis>,
    /// Since when IO says "later", where this counts as a retry (a used-up quota does not).
    pub retry_since: Option<UnixMillis>,
    /// IO's id of the message.
    pub io_message_id: Option<String>,
    /// Hash of what IO got.
    pub content_hash: Option<ContentHash>,
    /// When IO is asked for the status next.
    pub next_check_at: Option<UnixMillis>,
    /// Whether this is the answer of a status check.
    pub checked: bool,
    /// What IO says of the e-mail copy, where it does.
    pub email_status: Option<String>,
}

impl Change {
    /// A change to `to` with nothing else said.
    #[must_use]
    pub const fn new(id: NotificationId, flow: Option<FlowId>, guard: Guard, to: NotificationState) -> Self {
        Self {
            id,
            flow,
            guard,
            to,
            reason: None,
            detail: None,
            retry_at: None,
            retry_since: None,
            io_message_id: None,
            content_hash: None,
            next_check_at: None,
            checked: false,
            email_status: None,
        }
    }
}

/// A notification about to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Which notification.
    pub id: NotificationId,
    /// Its flow; `None` for a single notification.
    pub flow: Option<FlowId>,
    /// The attempt that the engine saw.
    pub attempt: i16,
    /// When its flow was started, as the engine read it: taken back, changed and sent again, it is another.
    pub started_at: Option<UnixMillis>,
}

/// What is written in one transaction: outcomes of earlier calls ride with the next claims.
#[derive(Clone, Debug)]
pub struct Group {
    /// The ente; all rows are its own.
    pub organization: OrganizationId,
    /// The epoch under which the engine works the ente.
    pub epoch: i64,
    /// Name of the claims of this group; never used twice within an ente.
    pub claim: i64,
    /// Rows to claim.
    pub claims: Vec<Claim>,
    /// Outcomes to record.
    pub changes: Vec<Change>,
    /// The time written beside all of it.
    pub now: UnixMillis,
}

/// What of a [`Group`] was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupDone {
    /// The claims that won: only these may be sent.
    pub claimed: Vec<NotificationId>,
    /// The changes that found their row as they expected it.
    pub changed: usize,
    /// Another engine has the ente: nothing was claimed, and nothing more may be.
    pub epoch_lost: bool,
}
