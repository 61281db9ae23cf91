//! The protocol by which nothing is sent twice and nothing is lost: who may claim, what an answer still settles,
//! what a new owner of an ente does with what the one before it left, what a person may decide.
//!
//! Each step is a function of what the ledger and the mark beside it hold. The store's statements say the same for
//! many rows at once and are compared with these functions by its tests; the model that explores every order of
//! crash, delay and loss takes its steps here.

use crate::{NotificationState as State, Phrase};

/// How long an ente belongs to the node that leased it, from the last renewal, by the database's clock.
pub const LEASE_MS: i64 = 10_000;
/// How often a node renews its leases.
pub const RENEW_MS: i64 = 3_000;
/// How much earlier than the database a node takes its own lease for over: clocks do not run alike.
pub const LEASE_MARGIN_MS: i64 = 1_000;
/// An ente on which nobody worked for longer than this, while rows waited, asks a person first: the whole machine may
/// have been put back from a copy, with whatever stands beside the database.
pub const SILENCE_MS: i64 = 30 * 60 * 1_000;
/// Bits of a claim's name that number the claims within an epoch.
const CLAIM_BITS: u32 = 40;

/// The name of the `number`th claim in an epoch; it grows with both.
#[must_use]
pub const fn claim_name(epoch: i64, number: i64) -> i64 {
    (epoch << CLAIM_BITS) | number
}

/// How far an ente was worked, as it stands outside the database: written after a claim is durable and before its
/// call leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// The epoch of the owner.
    pub epoch: i64,
    /// Its last claim.
    pub claim: i64,
}

impl Mark {
    /// Whether an owner of `epoch` may still call under what it claimed: the mark tells of no later owner, which would
    /// take the ledger for the whole truth.
    #[must_use]
    pub const fn admits(self, epoch: i64) -> bool {
        self.epoch <= epoch
    }
}

/// Why nothing of an ente leaves until a person says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(i16)]
pub enum Hold {
    /// The database is older than the calls that were made: a copy put back, commits lost in a failover.
    Older = 1,
    /// Nobody worked the ente for [`SILENCE_MS`] while rows waited.
    Silent = 2,
}

impl Hold {
    /// The one with this number in the ledger.
    #[must_use]
    pub const fn from_number(number: i16) -> Option<Self> {
        match number {
            1 => Some(Self::Older),
            2 => Some(Self::Silent),
            _ => None,
        }
    }

    /// Why, in words.
    #[must_use]
    pub fn phrase(self) -> Phrase {
        Phrase::new(match self {
            Self::Older => "hold-older",
            Self::Silent => "hold-silent",
        })
    }
}

/// What the ledger knows of who works an ente.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standing {
    /// Raised by each new owner.
    pub epoch: i64,
    /// The last claim under which a call may have left.
    pub last_claim: i64,
    /// The last claim that the first owner after that of a mark found; none where nobody took over since, or it is
    /// not known.
    pub inherited: Option<i64>,
    /// Why nothing leaves.
    pub held: Option<Hold>,
}

/// Whether a group of claims may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// It may.
    Granted,
    /// Nothing leaves until a person says so.
    Held,
    /// The ente has another owner, or the database went back in time: this owner claims nothing any more.
    Lost,
}

impl Standing {
    /// Whether the database went back in time since `mark` was written. The claims of a later owner are above those of
    /// every owner before it, and tell nothing of them: what it found when it began does.
    #[must_use]
    pub const fn is_behind(&self, mark: Mark) -> bool {
        self.epoch < mark.epoch || self.last_claim < mark.claim || self.inherited_less(mark)
    }

    const fn inherited_less(&self, mark: Mark) -> bool {
        match self.inherited {
            Some(inherited) => mark.epoch < self.epoch && inherited < mark.claim,
            None => false,
        }
    }

    /// What a new owner makes of it, with the mark that it finds and whether the ente was silent with rows waiting.
    /// Its epoch and its claims come after all that any mark or ledger tells of.
    #[must_use]
    pub fn taken_over(self, mark: Option<Mark>, silent: bool) -> Self {
        let mark = mark.unwrap_or_default();
        // What a mark tells is told once: it is news also for who waits for a person already.
        let held = match self.held {
            _ if self.is_behind(mark) => Some(Hold::Older),
            None if silent => Some(Hold::Silent),
            held => held,
        };
        let last_claim = self.last_claim.max(mark.claim);
        Self { epoch: self.epoch.max(mark.epoch) + 1, last_claim, inherited: Some(last_claim), held }
    }

    /// What an owner of `epoch` may do, which saw claims up to `seen` written.
    #[must_use]
    pub const fn permission(&self, epoch: i64, seen: i64) -> Permission {
        if self.epoch != epoch || self.last_claim < seen {
            Permission::Lost
        } else if self.held.is_some() {
            Permission::Held
        } else {
            Permission::Granted
        }
    }

    /// After `claim` was written.
    #[must_use]
    pub fn claimed(self, claim: i64) -> Self {
        Self { last_claim: self.last_claim.max(claim), ..self }
    }
}

/// A notification, as far as the protocol looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    /// Its state.
    pub state: State,
    /// Raised by each resend.
    pub attempt: i16,
    /// The claim under which a call may be on the wire; kept while the outcome is uncertain and undecided.
    pub claim: Option<i64>,
}

/// What must still be true of a row for an outcome to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// It waits, in this attempt.
    Queued(i16),
    /// It is held by this claim, made in this attempt.
    Claimed {
        /// The claim.
        claim: i64,
        /// The attempt.
        attempt: i16,
    },
    /// It was taken by IO, in this attempt.
    Accepted(i16),
}

/// What a person decides on an uncertain outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// *Reinvia*: the citizen may get it twice.
    Resend,
    /// *Considera inviata*: IO's id is not known, so its status is never asked for.
    ConsiderSent,
}

impl Row {
    /// A row that waits for the first time.
    pub const FRESH: Self = Self { state: State::Queued, attempt: 1, claim: None };

    /// Claimed, if it still waits in `attempt`.
    #[must_use]
    pub fn claimed(self, attempt: i16, claim: i64) -> Option<Self> {
        (self.state == State::Queued && self.attempt == attempt).then_some(Self {
            state: State::InFlight,
            claim: Some(claim),
            ..self
        })
    }

    /// After its ente got a new owner: a call that was open may have reached IO or not. Where the ledger went back in
    /// time, the call of this claim may not have been the last: its answer settles nothing any more, also where the
    /// outcome was uncertain already.
    #[must_use]
    pub fn left_open(self, held: Option<Hold>) -> Option<Self> {
        let claim = self.claim.filter(|_| held != Some(Hold::Older));
        let left = Self { state: State::Uncertain, claim, ..self };
        (matches!(self.state, State::InFlight | State::Uncertain) && left != self).then_some(left)
    }

    /// With an outcome written, if the row is as expected. The answer of a call whose outcome became uncertain
    /// meanwhile, and on which nobody decided, still settles it. That IO took the message stays true whatever the
    /// ledger forgot: it settles the same attempt also where the claim was lost with the ledger that went back.
    #[must_use]
    pub fn recorded(self, expected: Expected, to: State) -> Option<Self> {
        let is_expected = match expected {
            Expected::Queued(attempt) => self.state == State::Queued && self.attempt == attempt,
            Expected::Accepted(attempt) => self.state == State::Accepted && self.attempt == attempt,
            Expected::Claimed { claim, attempt } => {
                let late = self.state == State::Uncertain && to != State::Uncertain;
                let held = (self.state == State::InFlight || late) && self.claim == Some(claim);
                held || to == State::Accepted && self.forgot_a_call() && self.attempt == attempt
            }
        };
        let claim = self.claim.filter(|_| to == State::Uncertain);
        is_expected.then_some(Self { state: to, claim, ..self })
    }

    /// Whether a call may have been made of which the ledger knows nothing, if it went back in time.
    const fn forgot_a_call(&self) -> bool {
        matches!(self.state, State::Queued | State::Uncertain) && self.claim.is_none()
    }

    /// After a person said that what waited in a held ente may have left. No claim is known to which an answer belongs.
    #[must_use]
    pub fn put_in_doubt(self) -> Option<Self> {
        (self.state == State::Queued).then_some(Self { state: State::Uncertain, claim: None, ..self })
    }

    /// With a person's decision on an uncertain outcome. From then on no late answer touches it.
    #[must_use]
    pub fn decided(self, decision: Decision) -> Option<Self> {
        if self.state != State::Uncertain {
            return None;
        }
        Some(match decision {
            Decision::Resend => Self { state: State::Queued, attempt: self.attempt + 1, claim: None },
            Decision::ConsiderSent => Self { state: State::Accepted, claim: None, ..self },
        })
    }
}

/// Until when a node that renewed its lease at `renewed_ms` may let calls leave. Both by a clock of its own that
/// never jumps back and goes on while the machine sleeps; `renewed_ms` was read before the database was asked.
#[must_use]
pub const fn lease_ends_ms(renewed_ms: i64) -> i64 {
    renewed_ms + LEASE_MS - LEASE_MARGIN_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: i64 = claim_name(3, 1);
    const CALL: Expected = Expected::Claimed { claim: CLAIM, attempt: 1 };

    fn in_flight() -> Row {
        Row::FRESH.claimed(1, CLAIM).unwrap()
    }

    #[test]
    fn claims_grow_with_their_epoch() {
        assert!(claim_name(1, 2) > claim_name(1, 1));
        assert!(claim_name(2, 0) > claim_name(1, (1 << CLAIM_BITS) - 1));
    }

    #[test]
    fn a_new_owner_comes_after_ledger_and_mark() {
        let standing = Standing { epoch: 2, last_claim: 20, ..Standing::default() };
        let taken = standing.taken_over(None, false);
        assert_eq!(taken, Standing { epoch: 3, inherited: Some(20), ..standing });
        assert_eq!(standing.taken_over(None, true).held, Some(Hold::Silent));
        let taken = standing.taken_over(Some(Mark { epoch: 5, claim: 10 }), false);
        assert_eq!(
            taken,
            Standing { epoch: 6, last_claim: 20, inherited: Some(20), held: Some(Hold::Older) }
        );
        let taken = standing.taken_over(Some(Mark { epoch: 2, claim: 21 }), true);
        assert_eq!(
            taken,
            Standing { epoch: 3, last_claim: 21, inherited: Some(21), held: Some(Hold::Older) }
        );
        assert_eq!(taken.taken_over(None, false).held, Some(Hold::Older), "a new start is no answer");
        let silent = Standing { held: Some(Hold::Silent), ..standing };
        assert_eq!(silent.taken_over(None, true).held, Some(Hold::Silent));
        let told = silent.taken_over(Some(Mark { epoch: 2, claim: 21 }), true);
        assert_eq!(told.held, Some(Hold::Older), "a mark tells more than a silence");
    }

    #[test]
    fn the_claims_of_a_new_owner_do_not_hide_those_that_were_lost_before_it() {
        let found = Standing { epoch: 1, last_claim: claim_name(1, 4), ..Standing::default() };
        let worked = found.taken_over(None, false).claimed(claim_name(2, 9));
        let mark = |number| Mark { epoch: 1, claim: claim_name(1, number) };
        assert_eq!([3, 4, 5].map(|number| worked.is_behind(mark(number))), [false, false, true]);
        let told = worked.taken_over(Some(mark(5)), false);
        assert_eq!(told.held, Some(Hold::Older));
        assert!(!Standing { held: None, ..told }.is_behind(mark(5)), "it is told once");
    }

    #[test]
    fn only_the_owner_claims_and_only_in_a_ledger_that_knows_its_claims() {
        let standing = Standing { epoch: 2, last_claim: 20, ..Standing::default() };
        assert_eq!(standing.permission(2, 20), Permission::Granted);
        assert_eq!(standing.permission(1, 0), Permission::Lost);
        assert_eq!(standing.permission(2, 21), Permission::Lost);
        assert_eq!(Standing { held: Some(Hold::Older), ..standing }.permission(2, 20), Permission::Held);
    }

    #[test]
    fn an_answer_settles_the_claim_it_belongs_to_and_no_other() {
        let row = in_flight();
        let accepted = row.recorded(CALL, State::Accepted).unwrap();
        assert_eq!((accepted.state, accepted.claim), (State::Accepted, None));
        assert_eq!(row.recorded(Expected::Claimed { claim: CLAIM + 1, attempt: 1 }, State::Accepted), None);
        let doubt = row.left_open(None).unwrap();
        assert_eq!(doubt.recorded(CALL, State::Accepted), Some(accepted));
        assert_eq!(doubt.recorded(CALL, State::Uncertain), None);
        assert_eq!(accepted.recorded(CALL, State::Failed), None, "it was settled");
    }

    #[test]
    fn after_a_decision_no_late_answer_counts() {
        let doubt = in_flight().left_open(None).unwrap();
        for decision in [Decision::Resend, Decision::ConsiderSent] {
            let decided = doubt.decided(decision).unwrap();
            assert_eq!(decided.recorded(CALL, State::Accepted), None);
            assert_eq!(decided.decided(decision), None, "of two who decide one wins");
        }
        let again = doubt.decided(Decision::Resend).unwrap();
        assert_eq!(again.claimed(1, CLAIM + 1), None, "who read the row before claims nothing");
        assert!(again.claimed(2, CLAIM + 1).is_some());
    }

    #[test]
    fn that_io_took_it_is_true_also_in_a_ledger_that_forgot_the_claim() {
        for forgotten in [Row::FRESH, Row::FRESH.put_in_doubt().unwrap()] {
            assert_eq!(forgotten.recorded(CALL, State::Accepted).unwrap().state, State::Accepted);
            for other in [State::Failed, State::Queued, State::Uncertain] {
                assert_eq!(forgotten.recorded(CALL, other), None);
            }
            let again = Row { attempt: 2, ..forgotten };
            assert_eq!(again.recorded(CALL, State::Accepted), None, "a person sent it again");
        }
    }

    #[test]
    fn in_a_ledger_that_went_back_no_answer_settles_what_was_open() {
        let doubt = in_flight().left_open(Some(Hold::Older)).unwrap();
        assert_eq!((doubt.state, doubt.claim), (State::Uncertain, None));
        assert_eq!(doubt.recorded(CALL, State::Failed), None, "another call may have come after it");
        assert_eq!(in_flight().left_open(Some(Hold::Silent)), in_flight().left_open(None));
        let before = in_flight().left_open(None).unwrap();
        assert_eq!(before.left_open(Some(Hold::Older)), Some(doubt), "nor that of an earlier doubt");
        assert_eq!(before.left_open(Some(Hold::Silent)), None);
        assert_eq!(doubt.left_open(Some(Hold::Older)), None);
    }

    #[test]
    fn a_mark_of_a_later_owner_lets_no_call_of_an_earlier_one_leave() {
        let mark = Mark { epoch: 3, claim: CLAIM };
        assert_eq!([2, 3, 4].map(|epoch| mark.admits(epoch)), [false, true, true]);
    }

    #[test]
    fn what_may_have_left_is_a_doubt_that_only_a_person_settles() {
        let doubt = Row::FRESH.put_in_doubt().unwrap();
        assert_eq!((doubt.state, doubt.claim), (State::Uncertain, None));
        assert_eq!(doubt.recorded(CALL, State::Failed), None);
        assert_eq!(in_flight().put_in_doubt(), None);
    }

    #[test]
    fn a_row_in_the_queue_is_in_nobodys_hands() {
        assert_eq!(Row::FRESH.left_open(None), None);
        assert_eq!(Row::FRESH.decided(Decision::Resend), None);
        assert_eq!(in_flight().claimed(1, CLAIM + 1), None);
    }
}
