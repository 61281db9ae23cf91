//! Whether a service may call: it pauses itself on a fault that every row would meet, and rests while IO is away.

use staffetta_domain::Reason;

/// This many equal refusals in a row are the service's fault, not the rows'.
const EQUAL_REFUSALS: u32 = 20;
/// First rest after IO did not serve a call, in milliseconds; each further one is twice as long.
const FIRST_REST_MS: i64 = 500;
const LONGEST_REST_MS: i64 = 30_000;

/// Why a service pauses itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The reason shown.
    pub reason: Reason,
    /// Facts that belong to it.
    pub detail: Option<String>,
}

/// What the last calls of a service tell.
#[derive(Debug, Default)]
pub struct ServiceHealth {
    last_refusal: Option<(Reason, Option<String>)>,
    equal_refusals: u32,
    failures: u32,
    rests_until_ms: i64,
    probing: bool,
}

impl ServiceHealth {
    /// Whether calls wait for the end of a rest, or for the one that tries.
    #[must_use]
    pub const fn rests(&self, now_ms: i64) -> bool {
        self.failures > 0 && (now_ms < self.rests_until_ms || self.probing)
    }

    /// Whether a call may start now, or when to ask again. While IO is away one call at a time tries.
    ///
    /// # Errors
    /// The instant (of the monotonic clock, in milliseconds) at which to ask again.
    pub fn may_call(&mut self, now_ms: i64) -> Result<(), i64> {
        if self.failures == 0 {
            return Ok(());
        }
        if now_ms < self.rests_until_ms {
            return Err(self.rests_until_ms);
        }
        if self.probing {
            return Err(now_ms + FIRST_REST_MS);
        }
        self.probing = true;
        Ok(())
    }

    /// The call allowed by [`ServiceHealth::may_call`] was not made after all.
    pub const fn not_called(&mut self) {
        self.probing = false;
    }

    /// IO answered properly.
    pub const fn served(&mut self) {
        self.failures = 0;
        self.probing = false;
    }

    /// IO took a message: refusals before it were the rows' own.
    pub fn accepted(&mut self) {
        self.equal_refusals = 0;
        self.last_refusal = None;
    }

    /// IO was away: rest. Calls that were under way when the rest began do not lengthen it.
    pub fn failed(&mut self, now_ms: i64) {
        let in_rest = self.failures > 0 && now_ms < self.rests_until_ms;
        self.probing = false;
        if in_rest {
            return;
        }
        self.failures = self.failures.saturating_add(1);
        let rest = FIRST_REST_MS.saturating_mul(1 << (self.failures - 1).min(10)).min(LONGEST_REST_MS);
        self.rests_until_ms = now_ms + rest;
    }

    /// IO refused a row; the twentieth equal refusal in a row pauses the service. A payee that IO does not permit says
    /// nothing of others' rows, however many of one file name it.
    pub fn refused(&mut self, reason: Reason, detail: Option<&str>) -> Option<Pause> {
        if reason == Reason::PayeeNotPermitted {
            return None;
        }
        let refusal = (reason, shared_part(reason, detail).map(str::to_owned));
        if self.last_refusal.as_ref() == Some(&refusal) {
            self.equal_refusals += 1;
        } else {
            self.last_refusal = Some(refusal);
            self.equal_refusals = 1;
        }
        (self.equal_refusals >= EQUAL_REFUSALS).then(|| {
            self.equal_refusals = 0;
            Pause { reason: Reason::ManyRefusals, detail: Some(detail.unwrap_or(reason.code()).to_owned()) }
        })
    }
}

/// What equal refusals have in common: of an amount over the limit (`1500000 > 1000000`) the limit.
fn shared_part(reason: Reason, detail: Option<&str>) -> Option<&str> {
    match reason {
        Reason::AmountOverLimit => detail.and_then(|detail| detail.rsplit(" > ").next()),
        _ => detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_over_one_limit_are_equal_refusals() {
        let mut health = ServiceHealth::default();
        let mut refuse = |amount: u32, limit: u32| {
            health.refused(Reason::AmountOverLimit, Some(&format!("{amount} > {limit}")))
        };
        assert_eq!(refuse(1_500, 1_000), None);
        for amount in 1..20 {
            assert_eq!(refuse(2_000 + amount, 2_000), None);
        }
        assert_eq!(refuse(9_000, 2_000).map(|pause| pause.reason), Some(Reason::ManyRefusals));
    }

    #[test]
    fn twenty_equal_refusals_in_a_row_pause_and_nineteen_do_not() {
        let mut health = ServiceHealth::default();
        for _ in 0..19 {
            assert_eq!(health.refused(Reason::PayloadRefused, Some("content.subject")), None);
        }
        assert_eq!(health.refused(Reason::PayloadRefused, Some("content.due_date")), None);
        for _ in 0..18 {
            assert_eq!(health.refused(Reason::PayloadRefused, Some("content.due_date")), None);
        }
        let pause = health.refused(Reason::PayloadRefused, Some("content.due_date"));
        assert_eq!(pause.map(|pause| pause.reason), Some(Reason::ManyRefusals));
    }

    #[test]
    fn a_file_of_payees_pauses_nobody() {
        let mut health = ServiceHealth::default();
        for _ in 0..19 {
            assert_eq!(health.refused(Reason::PayloadRefused, None), None);
        }
        for _ in 0..100 {
            assert_eq!(health.refused(Reason::PayeeNotPermitted, Some("payee")), None);
        }
        let pause = health.refused(Reason::PayloadRefused, None);
        assert_eq!(pause.map(|pause| pause.reason), Some(Reason::ManyRefusals), "it forgives nothing either");
    }

    #[test]
    fn a_message_that_io_takes_forgives_the_refusals() {
        let mut health = ServiceHealth::default();
        for _ in 0..100 {
            assert_eq!(health.refused(Reason::PayloadRefused, None), None);
            health.accepted();
        }
    }

    #[test]
    fn while_io_is_away_one_call_at_a_time_tries() {
        let mut health = ServiceHealth::default();
        assert_eq!(health.may_call(0), Ok(()));
        assert_eq!(health.may_call(0), Ok(()));
        health.failed(0);
        health.failed(10);
        assert_eq!(health.may_call(10), Err(FIRST_REST_MS));
        assert_eq!(health.may_call(FIRST_REST_MS), Ok(()));
        assert!(health.may_call(FIRST_REST_MS).is_err());
        health.failed(FIRST_REST_MS);
        assert_eq!(health.may_call(FIRST_REST_MS), Err(3 * FIRST_REST_MS));
        assert_eq!(health.may_call(3 * FIRST_REST_MS), Ok(()));
        health.served();
        assert_eq!(health.may_call(3 * FIRST_REST_MS), Ok(()));
    }
}
