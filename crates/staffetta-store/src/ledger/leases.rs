//! Which node works which ente: leases that a node renews while it lives, by the database's clock.

use super::take_over::inherited;
use crate::Store;
use crate::batch::{Batch, Kind};
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::error::{StoreError, is_lock_timeout};
use crate::nodes::{NodeSelf, tell};
use staffetta_domain::protocol::{LEASE_MS, SILENCE_MS, Standing};
use staffetta_domain::{OrganizationId, UnixMillis};

/// A lease as all nodes see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The ente.
    pub organization: OrganizationId,
    /// The node that has it; none where it is free.
    pub node: Option<String>,
}

/// What became of a node's leases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leases {
    /// Its own for another while: each ente with its epoch.
    pub renewed: Vec<(OrganizationId, i64)>,
    /// Its own still, but not renewed: their rows are being written, and nobody waits for that.
    pub waiting: Vec<(OrganizationId, i64)>,
}

/// How long the row of one ente is waited for: a group of an ente at work holds it for milliseconds, again and again.
const WAIT_FOR_ROW: &str = "250ms";

macro_rules! own {
    ($lock:literal) => {
        concat!(
            "select id, epoch from organization where lease_node = $1 and lease_until > $2 order by id",
            $lock
        )
    };
}

impl Store {
    /// The enti, each with the node that works it now.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn leases(&self, now: UnixMillis) -> Result<Vec<Lease>, StoreError> {
        let mut reader = self.db.reader().await?;
        let clock = reader.clock_ms(now).await?;
        let found = fetch_all!(
            reader,
            (i64, Option<String>),
            "select id, case when lease_until > $1 then lease_node end from organization order by id",
            clock
        )?;
        Ok(found.into_iter().map(|(id, node)| Lease { organization: OrganizationId(id), node }).collect())
    }

    /// A node tells that it is there and renews its leases. One whose lease ended is renewed too where nobody took it,
    /// unless it was silent for so long that a person must be asked.
    ///
    /// The lease of one ente does not wait for who writes of another: those whose rows are free come first, all at
    /// once, then the others, each with a short wait of its own. Those of the enti that are `left` are left to end.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn renew_leases(
        &self,
        node: &NodeSelf,
        left: &[OrganizationId],
        now: UnixMillis,
    ) -> Result<Leases, StoreError> {
        let mut tx = self.db.begin().await?;
        let clock = tx.clock_ms(now).await?;
        tell(&mut tx, node, clock).await?;
        let oldest = clock - SILENCE_MS;
        let is_kept = |(id, _): &(i64, i64)| !left.contains(&OrganizationId(*id));
        let mut all = fetch_all!(tx, (i64, i64), own!(""), &node.id, oldest)?;
        all.retain(is_kept);
        let free = if tx.is_postgres() { own!(" for no key update skip locked") } else { own!("") };
        let mut free = fetch_all!(tx, (i64, i64), free, &node.id, oldest)?;
        free.retain(is_kept);
        let rows = Batch::new([("row_id", Kind::Int)], free.iter().map(|(id, _)| [(*id).into()]));
        let renew = "{update} organization set lease_until = o.until from {v} where id = v.row_id";
        rows.execute(&mut tx, renew, &[("until", (clock + LEASE_MS).into())]).await?;
        tx.commit().await?;
        let mut leases = Leases::default();
        for (id, epoch) in all {
            let ente = (OrganizationId(id), epoch);
            let renewed = free.contains(&(id, epoch))
                || match self.renew_one(&node.id, ente, now).await? {
                    Some(renewed) => renewed,
                    None => {
                        leases.waiting.push(ente);
                        false
                    }
                };
            if renewed {
                leases.renewed.push(ente);
            }
        }
        Ok(leases)
    }

    /// Renews the lease of an ente whose row was being written; `None` where it still is.
    async fn renew_one(
        &self,
        node: &str,
        (organization, epoch): (OrganizationId, i64),
        now: UnixMillis,
    ) -> Result<Option<bool>, StoreError> {
        let mut tx = self.db.begin().await?;
        wait_at_most(&mut tx, WAIT_FOR_ROW).await?;
        let until = tx.clock_ms(now).await? + LEASE_MS;
        let renew =
            "update organization set lease_until = $4 where id = $1 and lease_node = $2 and epoch = $3";
        let renewed = match execute!(tx, renew, organization.0, node, epoch, until) {
            Err(error) if is_lock_timeout(&error) => return Ok(None),
            renewed => renewed? == 1,
        };
        tx.commit().await?;
        Ok(Some(renewed))
    }

    /// Gives an ente back, once nothing of it is on the wire: another node need not wait for the lease to end. Who writes
    /// of the ente is not waited for, either: the lease ends by itself.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn release_lease(
        &self,
        organization: OrganizationId,
        node: &str,
        epoch: i64,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        wait_at_most(&mut tx, WAIT_FOR_ROW).await?;
        let clock = tx.clock_ms(now).await?;
        execute!(
            tx,
            "update organization set lease_node = null, lease_until = $4
             where id = $1 and lease_node = $2 and epoch = $3",
            organization.0,
            node,
            epoch,
            clock
        )?;
        tx.commit().await?;
        Ok(())
    }

    /// The enti of a node that have something to do now: the others are left alone.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn busy_organizations(
        &self,
        node: &str,
        now: UnixMillis,
    ) -> Result<Vec<OrganizationId>, StoreError> {
        let mut reader = self.db.reader().await?;
        let busy = fetch_all!(reader, (i64,), BUSY, node, now.0)?;
        Ok(busy.into_iter().map(|(id,)| OrganizationId(id)).collect())
    }

    /// The last claim that the first owner of an ente after this epoch found.
    async fn inherited(&self, organization: i64, epoch: i64) -> Result<Option<i64>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_optional!(reader, (Option<i64>,), INHERITED, organization, epoch)?;
        Ok(found.and_then(|(claim,)| claim))
    }

    /// Compares the ledger with what this program, now or earlier, wrote down of its calls beside it: where the
    /// ledger is older it went back in time, and nothing of that ente leaves until a person says so. Gives the enti
    /// that were found so, for each node to tell: the one that works an ente now may have no mark of it.
    ///
    /// # Errors
    /// Those of the database and of the marks' files, unless others were found so: then what is left is for the next
    /// look.
    pub async fn hold_what_went_back(&self, now: UnixMillis) -> Result<Vec<OrganizationId>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_all!(
            reader,
            (i64, i64, i64),
            "select id, epoch, last_claim from organization order by id"
        )?;
        drop(reader);
        let (mut held, mut failed) = (Vec::new(), None);
        for (id, epoch, last_claim) in found {
            let Some(mark) = self.marks.known(id).await? else { continue };
            let inherited = if mark.epoch < epoch { self.inherited(id, mark.epoch).await? } else { None };
            let standing = Standing { epoch, last_claim, inherited, held: None };
            if !standing.is_behind(mark) {
                continue;
            }
            match self.hold_older(OrganizationId(id), mark, now).await {
                Ok(true) => held.push(OrganizationId(id)),
                Ok(false) => {}
                // One whose row somebody holds keeps no other from being held, and is looked at again soon.
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if held.is_empty() => Err(error),
            _ => Ok(held),
        }
    }
}

/// Beside a server: how long each row is waited for that another transaction holds, until this one ends.
pub(super) async fn wait_at_most(tx: &mut Tx, time: &str) -> Result<(), StoreError> {
    if tx.is_postgres() {
        execute!(tx, "select set_config('lock_timeout', $1, true)", time)?;
    }
    Ok(())
}

const INHERITED: &str = concat!("select ", inherited!(), " from organization o where o.id = $1");

/// Status checks go on also while nothing leaves.
pub(crate) const BUSY: &str = "select o.id from organization o where o.lease_node = $1 and (
       exists (select 1 from notification n where n.organization_id = o.id and n.next_check_at is not null
            and n.next_check_at <= $2)
       or o.held_at is null and (
            exists (select 1 from flow f where f.organization_id = o.id and f.state = 2 and f.paused = 0)
            or exists (select 1 from notification n where n.organization_id = o.id and n.state = 0
                 and n.flow_id is null)
            or exists (select 1 from planned_start p where p.organization_id = o.id and p.missed_at is null
                 and p.at <= $2)
            or exists (select 1 from forecast c join flow f on f.id = c.flow_id and f.list_id = c.list_id
                 and f.state < 2 where c.organization_id = o.id and c.ended_at is null)))";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestLedger, draft};

    #[tokio::test]
    async fn the_leases_of_a_node_do_not_wait_for_one_whose_row_is_held() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let mut enti = Vec::new();
        for name in ["Comune di Prova", "Altro Comune", "Terzo Comune"] {
            let ente = draft(&ledger, name).await.0.organization;
            let epoch = ledger.taken(ente, UnixMillis(0)).await.epoch;
            enti.push((ente, epoch));
        }
        let [id, name, version] = ["prova", "macchina", "0.1.0"].map(str::to_owned);
        let node = NodeSelf { id, name, version, works: true, stopping: false };
        let renew = async || ledger.renew_leases(&node, &[], UnixMillis(0)).await.unwrap();
        assert_eq!(renew().await, Leases { renewed: enti.clone(), waiting: Vec::new() });

        // As a group that waits for a flow does.
        let mut group = ledger.db.begin().await.unwrap();
        execute!(group, "update organization set last_claim = last_claim where id = $1", enti[1].0.0)
            .unwrap();
        let others = vec![enti[0], enti[2]];
        assert_eq!(renew().await, Leases { renewed: others.clone(), waiting: vec![enti[1]] });
        let given_back = ledger.release_lease(enti[1].0, "prova", enti[1].1, UnixMillis(0)).await;
        assert!(given_back.is_err(), "it ends by itself");
        group.commit().await.unwrap();
        assert_eq!(renew().await.renewed, enti);

        ledger.raw(&format!("update organization set lease_node = 'altro' where id = {}", enti[1].0)).await;
        assert_eq!(renew().await, Leases { renewed: others, waiting: Vec::new() });
        ledger.remove().await;
    }

    #[tokio::test]
    async fn an_ente_whose_row_is_held_keeps_no_other_from_being_compared() {
        let Some(ledger) = TestLedger::postgres().await else { return };
        let mut enti = Vec::new();
        for name in ["Comune di Prova", "Altro Comune"] {
            let ente = draft(&ledger, name).await.0.organization;
            ledger.taken(ente, UnixMillis(0)).await;
            enti.push(ente);
        }
        ledger.raw("update organization set epoch = 0, last_claim = -1").await;
        let look = async || ledger.hold_what_went_back(UnixMillis(0)).await;
        let mut group = ledger.db.begin().await.unwrap();
        execute!(group, "update organization set last_claim = last_claim where id = $1", enti[0].0).unwrap();
        assert_eq!(look().await.unwrap(), [enti[1]]);
        assert!(look().await.is_err(), "of the one that is left nothing is known yet");
        group.commit().await.unwrap();
        assert_eq!(look().await.unwrap(), [enti[0]]);
        ledger.remove().await;
    }
}
