//! IO says that it took a message, and the ledger knows of another call of the same attempt: it went back in time, and
//! an owner that did not know of the first call made the second. The row goes the way of the second; that the citizen
//! may get the message twice is written down for people, because nothing else will ever tell.

use super::change::{Change, Group, Guard};
use crate::batch::{Batch, Kind};
use crate::db::Tx;
use crate::error::StoreError;
use crate::events::MACHINE;
use staffetta_domain::NotificationState;

/// The row is held by a later claim, or was taken under another of IO's ids.
const TELL: &str = "insert into event (organization_id, notification_id, at, actor, kind, detail)
     select o.organization_id, n.id, o.now, o.actor, 'taken-twice', v.io_message_id
     from {v}, notification n
     where n.id = v.row_id and n.attempt = v.attempt and n.organization_id = o.organization_id
       and (n.state = 1 and n.claim > v.claim or n.io_message_id <> v.io_message_id)";

/// Looks at answers that found no row to be written to.
pub(super) async fn tell(tx: &mut Tx, group: &Group, unwritten: &[&Change]) -> Result<(), StoreError> {
    let taken = unwritten.iter().filter_map(|change| match change.guard {
        Guard::Claimed { claim, attempt } if change.to == NotificationState::Accepted => {
            let io_message_id = change.io_message_id.as_deref();
            Some([change.id.0.into(), attempt.into(), claim.into(), io_message_id.into()])
        }
        _ => None,
    });
    let columns =
        [("row_id", Kind::Int), ("attempt", Kind::Int), ("claim", Kind::Int), ("io_message_id", Kind::Text)];
    let taken = Batch::new(columns, taken);
    if taken.len() > 0 {
        let own = [
            ("organization_id", group.organization.0.into()),
            ("now", group.now.0.into()),
            ("actor", MACHINE.into()),
        ];
        taken.execute(tx, TELL, &own).await?;
    }
    Ok(())
}
