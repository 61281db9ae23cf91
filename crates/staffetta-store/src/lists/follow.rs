//! The rows of a draft's list follow their flow to another service.

use crate::db::{Tx, execute, fetch_one, fetch_optional};
use crate::{Store, StoreError};
use staffetta_domain::ListId;

/// Rows changed in one transaction: who sends waits for the file meanwhile.
const PIECE_ROWS: i64 = 5_000;

impl Store {
    /// Gives the rows the service of their flow, a piece at a time, and at the end the list: until then the
    /// flow cannot be activated. A crash in between is made good by the next saving of the draft.
    pub(crate) async fn follow_service(&self, list: ListId) -> Result<(), StoreError> {
        let (first, end) = list.bounds();
        let (mut from, mut moving) = (first.0, None);
        loop {
            let mut tx = self.db.begin().await?;
            let Some(service) = service_to_follow(&mut tx, list).await? else { return Ok(()) };
            if moving.replace(service) != Some(service) {
                from = first.0;
            }
            let (last,): (Option<i64>,) = fetch_one!(
                tx,
                (Option<i64>,),
                "select max(id) from (
                   select id from notification where id > $1 and id <= $2 order by id limit $3
                 ) as piece",
                from,
                end.0,
                PIECE_ROWS
            )?;
            match last {
                Some(last) => {
                    execute!(
                        tx,
                        "update notification set service_id = $3 where id > $1 and id <= $2",
                        from,
                        last,
                        service
                    )?;
                    from = last;
                }
                None => {
                    execute!(tx, "update list set service_id = $2 where id = $1", list.0, service)?;
                }
            }
            tx.commit().await?;
        }
    }
}

/// The service of the list's flow, while it is a draft and the list has another. Holds the list, so that of
/// two who save the draft at once one moves a piece at a time.
async fn service_to_follow(tx: &mut Tx, list: ListId) -> Result<Option<i64>, StoreError> {
    execute!(tx, "update list set discarded = discarded where id = $1", list.0)?;
    let service = fetch_optional!(
        tx,
        (i64,),
        "select f.service_id from flow f join list l on l.id = f.list_id
         where l.id = $1 and f.state = 0 and f.service_id <> l.service_id",
        list.0
    )?;
    Ok(service.map(|(service,)| service))
}
