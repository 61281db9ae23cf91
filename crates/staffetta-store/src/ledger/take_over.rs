//! A node takes an ente over: a new epoch, doubts where the owner before it stopped, and a halt where the database
//! is older than the calls that were made or nobody looked after it for long.

use super::leases::wait_at_most;
use super::tallies::TallyChanges;
use crate::Store;
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::error::StoreError;
use crate::events::{About, MACHINE, record};
use staffetta_domain::protocol::{Hold, LEASE_MS, Mark, SILENCE_MS, Standing};
use staffetta_domain::{FlowId, NotificationState, OrganizationId, Reason, UnixMillis};

/// How long each flow with calls left open is waited for, which somebody may be changing: the node's other leases end.
const WAIT_FOR_FLOWS: &str = "2s";

/// Who takes an ente over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The node, by its number.
    pub node: String,
    /// No other engine can be at work, because the lock beside the database is this program's: leases of others are
    /// those of programs that are gone.
    pub alone: bool,
    /// Whether an ente that was silent for long, while rows waited, asks a person first.
    pub asks_after_silence: bool,
}

/// An ente that was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenOver {
    /// The new epoch.
    pub epoch: i64,
    /// Claims left open, now *Esito incerto*.
    pub uncertain: usize,
    /// Why nothing leaves until a person says so, found now or before.
    pub held: Option<Hold>,
    /// Nothing beside the database told how far it was worked: it was believed.
    pub unmarked: bool,
    /// No engine ever worked the ente: nothing that it sent can still count.
    pub first: bool,
}

#[derive(sqlx::FromRow)]
struct Known {
    epoch: i64,
    last_claim: i64,
    inherited: Option<i64>,
    held_reason: Option<i16>,
    lease_node: Option<String>,
    lease_until: i64,
    waiting: i64,
}

impl Known {
    fn standing(&self) -> Standing {
        let held = self.held_reason.and_then(Hold::from_number);
        Standing { epoch: self.epoch, last_claim: self.last_claim, inherited: self.inherited, held }
    }

    fn is_free(&self, owner: &Owner, clock_ms: i64) -> bool {
        owner.alone
            || self.lease_until <= clock_ms
            || self.lease_node.as_deref().is_none_or(|node| node == owner.node)
    }

    /// A lease ends soon after the last sign of life.
    fn is_silent(&self, owner: &Owner, clock_ms: i64) -> bool {
        owner.asks_after_silence
            && self.waiting > 0
            && self.lease_until > 0
            && clock_ms - self.lease_until > SILENCE_MS
    }
}

/// What the first owner after the mark's of epoch `$2` found in the ente `o`. [`Standing::inherited`].
macro_rules! inherited {
    () => {
        "(select w.inherited_claim from ownership w where w.organization_id = o.id and w.epoch > $2
          order by w.epoch limit 1)"
    };
}
pub(super) use inherited;

/// As the ledger stands beside the mark of this epoch. Rows waited when the last lease ended, in a flow under way,
/// paused or not, or as single notifications: what was written since was not waiting for anybody.
macro_rules! known {
    ($lock:literal) => {
        concat!(
            "select o.epoch, o.last_claim, o.held_reason, ", inherited!(), " as inherited, o.lease_node, o.lease_until,
               cast(case when exists (select 1 from flow f where f.organization_id = o.id and f.state = 2
                         and f.queued > 0 and f.started_at <= o.lease_until)
                      or exists (select 1 from notification n where n.organization_id = o.id and n.state = 0
                         and n.flow_id is null and n.created_at <= o.lease_until)
                    then 1 else 0 end as bigint) as waiting
             from organization o where o.id = $1",
            $lock
        )
    };
}

impl Store {
    /// Raises the ente's epoch, so that no claim of an earlier owner is accepted any more, and makes *Esito incerto*
    /// of every claim that was left open: its call may have reached IO or not. `None` where another node has the
    /// ente, or is about to.
    ///
    /// A database that was put back from a copy, or that lost its last commits, does not know what was sent
    /// since; the mark beside the key file tells. Then the ente is held: see [`Store::release_organization`].
    ///
    /// # Errors
    /// Those of the database and of the mark's file: then the lease may be this node's all the same.
    pub async fn take_over(
        &self,
        organization: OrganizationId,
        owner: &Owner,
        now: UnixMillis,
    ) -> Result<Option<TakenOver>, StoreError> {
        let marked = self.marks.read(organization.0).await?;
        let mut tx = self.db.begin().await?;
        // What another node, perhaps a dead one, still holds is not waited for: there are other enti, and leases to
        // be renewed. Nor does who writes an event of the ente wait, and perhaps holds a flow of it.
        let known = if tx.is_postgres() { known!(" for no key update skip locked") } else { known!("") };
        let Some(known) = fetch_optional!(tx, Known, known, organization.0, epoch_of(marked))? else {
            return Ok(None);
        };
        wait_at_most(&mut tx, WAIT_FOR_FLOWS).await?;
        let clock_ms = tx.clock_ms(now).await?;
        if !known.is_free(owner, clock_ms) {
            return Ok(None);
        }
        let standing = known.standing();
        let taken = standing.taken_over(marked, known.is_silent(owner, clock_ms));
        let went_back = marked.is_some_and(|mark| standing.is_behind(mark));
        if let Some(hold) = taken.held.filter(|hold| went_back || standing.held != Some(*hold)) {
            record_hold(&mut tx, organization, hold, now).await?;
        }
        execute!(
            tx,
            "update organization set epoch = $2, last_claim = $3, held_reason = $4,
               held_at = case when $4 is null then null when $8 = 1 then $5 else coalesce(held_at, $5) end,
               went_back_at = case when $8 = 1 then $5 else went_back_at end,
               lease_node = $6, lease_until = $7
             where id = $1",
            organization.0,
            taken.epoch,
            taken.last_claim,
            taken.held.map(|hold| hold as i16),
            now.0,
            &owner.node,
            clock_ms + LEASE_MS,
            i16::from(went_back)
        )?;
        if let Some(mark) = marked {
            give_account(&mut tx, organization, mark).await?;
        }
        execute!(
            tx,
            "insert into ownership (organization_id, epoch, inherited_claim) values ($1, $2, $3)",
            organization.0,
            taken.epoch,
            taken.last_claim
        )?;
        let uncertain = leave_in_doubt(&mut tx, organization, taken.held, now).await?;
        tx.commit().await?;
        let found =
            self.marks.write(organization.0, Mark { epoch: taken.epoch, claim: taken.last_claim }).await?;
        if let Some(mark) = found.filter(|found| taken.is_behind(*found)) {
            // Claims of an owner that the ledger knows nothing of, written while it was taken over.
            self.hold_older(organization, mark, now).await?;
            return Ok(None);
        }
        Ok(Some(TakenOver {
            epoch: taken.epoch,
            uncertain,
            held: taken.held,
            unmarked: marked.is_none() && known.epoch > 0,
            first: known.epoch == 0 && marked.is_none(),
        }))
    }

    /// Holds an ente whose ledger is older than its mark; its owner loses it. `false` where it is not older, or was found so before.
    pub(super) async fn hold_older(
        &self,
        organization: OrganizationId,
        mark: Mark,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        wait_at_most(&mut tx, WAIT_FOR_FLOWS).await?;
        let known = if tx.is_postgres() { known!(" for no key update") } else { known!("") };
        let known = fetch_optional!(tx, Known, known, organization.0, mark.epoch)?;
        let standing = known.map(|known| known.standing()).unwrap_or_default();
        if !standing.is_behind(mark) {
            return Ok(false);
        }
        execute!(
            tx,
            "update organization set held_at = $4, went_back_at = $4, held_reason = $5,
               epoch = case when epoch < $2 then $2 else epoch end + 1,
               last_claim = case when last_claim < $3 then $3 else last_claim end
             where id = $1",
            organization.0,
            mark.epoch,
            mark.claim,
            now.0,
            Hold::Older as i16
        )?;
        give_account(&mut tx, organization, mark).await?;
        record_hold(&mut tx, organization, Hold::Older, now).await?;
        leave_in_doubt(&mut tx, organization, Some(Hold::Older), now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// In a database that was put back from a copy: holds every ente, unless its mark tells that nothing of it left
    /// since the copy was made. Of one that has something to send the mark is not believed: a machine that lost its
    /// power may have lost the last of it, too, and here a person can be asked. Gives how many are held.
    pub(crate) async fn hold_restored(&self, now: UnixMillis) -> Result<usize, StoreError> {
        let mut held = 0;
        for ente in self.organizations().await? {
            let mark = self.marks.read(ente.id.0).await?;
            let mut tx = self.db.begin().await?;
            let known = fetch_optional!(tx, Known, known!(""), ente.id.0, epoch_of(mark))?;
            let standing = known.ok_or(StoreError::Corrupt("an ente that is not there"))?.standing();
            let busy = fetch_optional!(tx, (i64,), SOMETHING_OPEN, ente.id.0)?.is_some();
            let is_current = !busy && mark.is_some_and(|mark| !standing.is_behind(mark));
            // A hold that the copy knows of was perhaps answered since, and something sent.
            if !is_current {
                let hold =
                    "update organization set held_at = $2, went_back_at = $2, held_reason = $3, epoch = epoch + 1
                     where id = $1";
                execute!(tx, hold, ente.id.0, now.0, Hold::Older as i16)?;
                record_hold(&mut tx, ente.id, Hold::Older, now).await?;
            }
            tx.commit().await?;
            held += usize::from(standing.held.is_some() || !is_current);
        }
        Ok(held)
    }
}

/// Something of the ente is queued or in flight in what was once sent, or under way.
const SOMETHING_OPEN: &str = "select o.id from organization o where o.id = $1 and (
       exists (select 1 from flow f where f.organization_id = o.id and f.state = 2)
       or exists (select 1 from notification n where n.organization_id = o.id and n.state = 0 and n.flow_id is null)
       or exists (select 1 from notification n where n.organization_id = o.id and n.state = 1))";

/// No owner comes after a mark that is not there.
fn epoch_of(mark: Option<Mark>) -> i64 {
    mark.map_or(i64::MAX, |mark| mark.epoch)
}

/// What a mark tells is told once.
async fn give_account(tx: &mut Tx, organization: OrganizationId, mark: Mark) -> Result<(), StoreError> {
    execute!(
        tx,
        "update ownership set inherited_claim = $3
         where organization_id = $1 and epoch > $2 and inherited_claim < $3",
        organization.0,
        mark.epoch,
        mark.claim
    )?;
    Ok(())
}

async fn record_hold(
    tx: &mut Tx,
    organization: OrganizationId,
    hold: Hold,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let kind = match hold {
        Hold::Older => "organization-held",
        Hold::Silent => "organization-silent",
    };
    record(tx, organization, About::default(), MACHINE, kind, None, now).await
}

/// Of a ledger that went back, no answer that comes late is believed: a person may have decided since, and what was
/// sent then is not known here.
pub(crate) const FORGET_CLAIMS: &str = "update notification set claim = null
     where state = 7 and state >= 2 and claim is not null
       and service_id in (select id from service where organization_id = $1)";

/// InFlight → Uncertain for the whole ente; gives how many. [`staffetta_domain::protocol::Row::left_open`].
async fn leave_in_doubt(
    tx: &mut Tx,
    organization: OrganizationId,
    held: Option<Hold>,
    now: UnixMillis,
) -> Result<usize, StoreError> {
    let doubtful = fetch_all!(
        tx,
        (Option<i64>,),
        "update notification set state = 7, reason = $2, settled_at = $3
         where organization_id = $1 and state = 1 returning flow_id",
        organization.0,
        Reason::ProgramStopped as i16,
        now.0
    )?;
    if held == Some(Hold::Older) {
        execute!(tx, FORGET_CLAIMS, organization.0)?;
    }
    let mut tallies = TallyChanges::default();
    for (flow,) in &doubtful {
        tallies.moved(flow.map(FlowId), NotificationState::InFlight, NotificationState::Uncertain);
    }
    tallies.write(tx, now).await?;
    Ok(doubtful.len())
}
