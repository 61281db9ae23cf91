//! What a group holds while it is written. On SQLite it is the only writer; on PostgreSQL these rows are
//! locked, in this order, before anything is read that a person may be changing:
//!
//! 1. the ente: a group whose COMMIT was in doubt is over before the next looks at its rows, and a new owner
//!    waits for the claims of the one before it;
//! 2. its services: one that is being paused or disabled gives no claim afterwards;
//! 3. the group's flows, as who pauses, interrupts or deletes them does: flow first, then rows. What is read
//!    after the locks is what was committed before them.

use super::change::Group;
use crate::batch::{Batch, Kind};
use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::error::StoreError;
use staffetta_domain::FlowId;
use staffetta_domain::protocol::{Permission, Standing};
use std::collections::BTreeSet;

/// What the ente allows a group.
pub(crate) enum Allowed {
    /// All of it; the group is numbered.
    All,
    /// Its outcomes: nothing leaves until a person says so, or they are all that there is and need no number.
    Outcomes,
    /// Another engine has the ente, or the database went back in time: nothing more may be claimed.
    EpochLost,
}

/// Gives what the group may do; `claimed` is the last claim that the database is known to have written.
pub(crate) async fn hold(tx: &mut Tx, group: &Group, claimed: i64) -> Result<Allowed, StoreError> {
    let organization = group.organization.0;
    let mut allowed = Allowed::Outcomes;
    // Beside a server outcomes are numbered, too: one that failed over without its last commits would leave in
    // flight, for as long as this node has the ente, what nobody has in hand.
    let needs_number = !group.claims.is_empty() || tx.is_postgres();
    if needs_number && number(tx, group, claimed).await? {
        allowed = Allowed::All;
    } else if !group.claims.is_empty() || tx.is_postgres() {
        let ente = if tx.is_postgres() {
            "select epoch, last_claim from organization where id = $1 for no key update"
        } else {
            "select epoch, last_claim from organization where id = $1"
        };
        let (epoch, last_claim) = fetch_optional!(tx, (i64, i64), ente, organization)?.unwrap_or_default();
        let standing = Standing { epoch, last_claim, ..Standing::default() };
        if standing.permission(group.epoch, claimed) == Permission::Lost {
            allowed = Allowed::EpochLost;
        }
    }
    if tx.is_postgres() {
        let services = "select id from service where organization_id = $1 order by id for share";
        fetch_all!(tx, (i64,), services, organization)?;
        hold_flows(tx, group).await?;
    }
    Ok(allowed)
}

/// Gives the group's number to the ente's last claim, where it could claim: [`Standing::permission`] as a condition.
async fn number(tx: &mut Tx, group: &Group, claimed: i64) -> Result<bool, StoreError> {
    let numbered = execute!(
        tx,
        "update organization set last_claim = case when last_claim < $2 then $2 else last_claim end
         where id = $1 and epoch = $3 and last_claim >= $4 and held_at is null",
        group.organization.0,
        group.claim,
        group.epoch,
        claimed
    )?;
    Ok(numbered == 1)
}

async fn hold_flows(tx: &mut Tx, group: &Group) -> Result<(), StoreError> {
    let of_changes = group.changes.iter().filter_map(|change| change.flow);
    let of_claims = group.claims.iter().filter_map(|claim| claim.flow);
    let flows: BTreeSet<FlowId> = of_changes.chain(of_claims).collect();
    if flows.is_empty() {
        return Ok(());
    }
    let flows = Batch::new([("flow_id", Kind::Int)], flows.into_iter().map(|flow| [flow.0.into()]));
    let lock = "select id from flow where id in (select flow_id from {v}) order by id for no key update";
    flows.fetch_all::<(i64,)>(tx, lock, &[]).await?;
    Ok(())
}
