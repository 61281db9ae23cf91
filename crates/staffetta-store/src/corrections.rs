//! *Correggi e reinvia*: a row of a flow that went wrong is put right and waits again, as a new attempt.
//!
//! What was activated stays what is sent: the text is the flow's, and only the data of this one row is another. The data
//! that it had stays known beside it.

use crate::db::{Tx, execute, fetch_all, fetch_one, fetch_optional};
use crate::events::{About, record};
use crate::ledger::TallyChanges;
use crate::lists::Cells;
use crate::resends::{as_new_attempt, keep_attempts, sent_again};
use crate::scope::{in_scope, needed};
use crate::went_back::is_forgotten;
use crate::{Scope, Store, StoreError, values};
use staffetta_domain::{
    Amount, DueDate, FiscalCode, FlowId, NoticeNumber, NotificationId, NotificationState, Payee,
    PaymentTerms, Reason, Rights, UnixMillis,
};

/// The data of a row, as it is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The recipient.
    pub fiscal_code: FiscalCode,
    /// IO's due date.
    pub due_date: Option<DueDate>,
    /// Amount of a payment.
    pub amount: Option<Amount>,
    /// Notice number of a payment.
    pub notice_number: Option<NoticeNumber>,
    /// What else its payment says.
    pub terms: PaymentTerms,
    /// The cells of the office's row.
    pub cells: Cells,
    /// Names of the columns that were changed, for the timeline: never their values. Empty where the row is sent again
    /// as it was.
    pub changed: String,
    /// The person knows that the row may have been sent again already, where the ledger went back in time since its
    /// flow was made.
    pub all_the_same: bool,
}

/// An attempt that a person had made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierAttempt {
    /// Which, from 1.
    pub attempt: i16,
    /// How it ended.
    pub state: NotificationState,
    /// Why.
    pub reason: Option<Reason>,
    /// IO's id of its message, if IO took one.
    pub io_message_id: Option<String>,
    /// When it left the queue; none if it never did.
    pub handled_at: Option<UnixMillis>,
    /// To whom it was made.
    pub fiscal_code: FiscalCode,
}

const EARLIER: &str = concat!(
    "select e.attempt, e.state, e.reason, e.io_message_id, e.handled_at, e.fiscal_code
     from earlier_attempt e join notification n on n.id = e.notification_id
     where e.notification_id = $4 and n.organization_id = $1 and ",
    in_scope!("n.service_id", "$2", "$3"),
    " order by e.attempt"
);

const RESEND: &str = concat!(
    "update notification set ",
    as_new_attempt!("$6"),
    " where id = $4 and organization_id = $1 and attempt = $5 and state = $7 and ",
    in_scope!("service_id", "$2", "$3"),
    " and not exists (select 1 from flow f where f.id = flow_id and f.interrupted = 1 and f.queued + f.in_flight > 0)"
);

pub(crate) const KEEP: &str = concat!(keep_attempts!("$3", "$4"), "n.id = $1 and n.attempt = $2");

const REPLACE: &str =
    "update recipient set fiscal_code = $2, due_at = $3, amount_cents = $4, notice_number = $5,
       cells = $6, invalid_after_due = $7, payee = $8 where id = $1";

/// The keys of a row stand in the segment that its list has, or in that of all short lists.
const FORGET_KEYS: &str = "delete from recipient_key where recipient_id = $1 and value in ($2, $3)
     and segment in (0, (select max(id) from recipient_segment where id <= $1))";
const ADD_KEY: &str = "insert into recipient_key (segment, value, recipient_id) values ($1, $2, $3)
     on conflict do nothing";
pub(crate) const SEGMENT: &str =
    "select coalesce(max(k.segment), 0) from recipient_key k where k.recipient_id = $1
     and k.value = $2 and k.segment in (0, (select max(id) from recipient_segment where id <= $1))";

pub(crate) const OTHERS: &str = concat!(
    "select count(*) from recipient_key k join notification n on n.id = k.recipient_id
     where k.value = $5 and k.segment in (0, (select max(id) from recipient_segment where id <= $4))
       and k.recipient_id >> 24 = $4 >> 24 and k.recipient_id <> $4
       and n.organization_id = $1 and n.state not in ",
    sent_again!(),
    " and ",
    in_scope!("n.service_id", "$2", "$3")
);

impl Store {
    /// Puts a row of a flow right and has it sent again; `false` where its outcome is another by now, or it is not this
    /// person's, or the ledger may have forgotten that it was sent again and the person does not do so all the same.
    ///
    /// # Errors
    /// The database.
    pub async fn correct_and_resend(
        &self,
        scope: &Scope,
        (id, attempt): (NotificationId, i16),
        correction: &Correction,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let Some((flow, state)) = hold(&mut tx, scope, id, correction.all_the_same).await? else {
            return Ok(false);
        };
        execute!(tx, KEEP, id.0, attempt, now.0, &scope.actor)?;
        let resent = execute!(
            tx,
            RESEND,
            scope.organization.0,
            scope.operator(),
            needed(Rights::SEND),
            id.0,
            attempt,
            now.0,
            state as i16
        )?;
        if resent != 1 {
            return Ok(false);
        }
        if !correction.changed.is_empty() {
            replace(&mut tx, id, correction).await?;
        }
        let (kind, detail) = match correction.changed.as_str() {
            "" => ("row-resent", None),
            changed => ("row-corrected", Some(changed)),
        };
        let about = About::notification(id);
        record(&mut tx, scope.organization, about, &scope.actor, kind, detail, now).await?;
        execute!(tx, "update flow set interrupted = 0 where id = $1 and interrupted = 1", flow.0)?;
        let mut tallies = TallyChanges::default();
        tallies.moved(Some(flow), state, NotificationState::Queued);
        tallies.write(&mut tx, now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The attempts of a notification that a person had made again, the first one first.
    ///
    /// # Errors
    /// The database.
    pub async fn earlier_attempts(
        &self,
        scope: &Scope,
        id: NotificationId,
    ) -> Result<Vec<EarlierAttempt>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (i16, i16, Option<i16>, Option<String>, Option<i64>, String),
            EARLIER,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            id.0
        )?;
        rows.into_iter()
            .map(|(attempt, state, reason, io_message_id, handled_at, fiscal_code)| {
                Ok(EarlierAttempt {
                    attempt,
                    state: values::notification_state(state)?,
                    reason: values::reason(reason)?,
                    io_message_id,
                    handled_at: handled_at.map(UnixMillis),
                    fiscal_code: FiscalCode::from_ledger(&fiscal_code)
                        .ok_or(StoreError::Corrupt("a fiscal code"))?,
                })
            })
            .collect()
    }

    /// Other rows of the row's list that are for this person, and did not go wrong.
    ///
    /// # Errors
    /// The database.
    pub async fn other_rows_of(
        &self,
        scope: &Scope,
        id: NotificationId,
        fiscal_code: &FiscalCode,
    ) -> Result<i64, StoreError> {
        let mut reader = self.db.reader().await?;
        let (count,): (i64,) = fetch_one!(
            reader,
            (i64,),
            OTHERS,
            scope.organization.0,
            scope.operator(),
            needed(Rights::LOOK),
            id.0,
            fiscal_code.as_str()
        )?;
        Ok(count)
    }
}

/// Locks the row's flow, as all do who change its rows, and gives it with the row's negative outcome.
async fn hold(
    tx: &mut Tx,
    scope: &Scope,
    id: NotificationId,
    all_the_same: bool,
) -> Result<Option<(FlowId, NotificationState)>, StoreError> {
    let find = concat!(
        "select flow_id, state from notification
         where id = $1 and organization_id = $2 and flow_id is not null and state in ",
        sent_again!()
    );
    let found = fetch_optional!(tx, (i64, i16), find, id.0, scope.organization.0)?;
    let Some((flow, state)) = found else { return Ok(None) };
    let hold = concat!(
        "update flow set interrupted = interrupted
         where id = $1 and list_id = $2 >> 24 and ($3 = 1 or not ",
        is_forgotten!(),
        ")"
    );
    let held = execute!(tx, hold, flow, id.0, i16::from(all_the_same))?;
    let state = values::notification_state(state)?;
    Ok((held == 1).then_some((FlowId(flow), state)))
}

async fn replace(tx: &mut Tx, id: NotificationId, correction: &Correction) -> Result<(), StoreError> {
    let (old_code, old_notice): (String, Option<String>) = fetch_one!(
        tx,
        (String, Option<String>),
        "select fiscal_code, notice_number from recipient where id = $1",
        id.0
    )?;
    let (segment,): (i64,) = fetch_one!(tx, (i64,), SEGMENT, id.0, &old_code)?;
    let notice = correction.notice_number.as_ref().map(NoticeNumber::as_str);
    execute!(
        tx,
        REPLACE,
        id.0,
        correction.fiscal_code.as_str(),
        correction.due_date.map(|date| date.instant().0),
        correction.amount.map(|amount| amount.cents()),
        notice,
        correction.cells.as_json(),
        correction.terms.invalid_after_due_date.then_some(1_i16),
        correction.terms.payee.as_ref().map(Payee::as_str)
    )?;
    execute!(tx, FORGET_KEYS, id.0, &old_code, old_notice)?;
    for value in [Some(correction.fiscal_code.as_str()), notice].into_iter().flatten() {
        execute!(tx, ADD_KEY, segment, value, id.0)?;
    }
    execute!(tx, "delete from reach where notification_id = $1", id.0)?;
    Ok(())
}
