//! Which node works which ente: leases that a node renews while it lives, by the database's clock.

use super::take_over::inherited;
use crate::Store;
use crate::db::{execute, fetch_all, fetch_optional};
use crate::error::StoreError;
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

    /// A node tells that it is there and renews its leases; gives the enti that are still its own, each with its epoch.
    /// One whose lease ended is renewed too where nobody took it, unless it was silent for so long that a person must
    /// be asked.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn renew_leases(
        &self,
        node: &NodeSelf,
        now: UnixMillis,
    ) -> Result<Vec<(OrganizationId, i64)>, StoreError> {
        let mut tx = self.db.begin().await?;
        let clock = tx.clock_ms(now).await?;
        tell(&mut tx, node, clock).await?;
        let renewed = fetch_all!(
            tx,
            (i64, i64),
            "update organization set lease_until = $2 where lease_node = $1 and lease_until > $3
             returning id, epoch",
            &node.id,
            clock + LEASE_MS,
            clock - SILENCE_MS
        )?;
        tx.commit().await?;
        Ok(renewed.into_iter().map(|(id, epoch)| (OrganizationId(id), epoch)).collect())
    }

    /// Gives an ente back, once nothing of it is on the wire: another node need not wait for the lease to end.
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
    /// Those of the database and of the marks' files.
    pub async fn hold_what_went_back(&self, now: UnixMillis) -> Result<Vec<OrganizationId>, StoreError> {
        let mut reader = self.db.reader().await?;
        let found = fetch_all!(
            reader,
            (i64, i64, i64),
            "select id, epoch, last_claim from organization where held_at is null order by id"
        )?;
        drop(reader);
        let mut held = Vec::new();
        for (id, epoch, last_claim) in found {
            let Some(mark) = self.marks.known(id).await? else { continue };
            let inherited = if mark.epoch < epoch { self.inherited(id, mark.epoch).await? } else { None };
            let standing = Standing { epoch, last_claim, inherited, held: None };
            if standing.is_behind(mark) && self.hold_older(OrganizationId(id), mark, now).await? {
                held.push(OrganizationId(id));
            }
        }
        Ok(held)
    }
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
