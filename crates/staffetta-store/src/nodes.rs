//! The running programs on this database, as they tell of themselves.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::{Scope, Store, StoreError};
use staffetta_domain::UnixMillis;
use staffetta_domain::protocol::LEASE_MS;

/// A node that is not seen for so long is forgotten, in milliseconds: until then people see that it went away.
const FORGOTTEN_MS: i64 = 60 * 60 * 1_000;

/// A run of the program, as it tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSelf {
    /// Random, of this run.
    pub id: String,
    /// The machine's name.
    pub name: String,
    /// The program's version.
    pub version: String,
    /// Whether it sends.
    pub works: bool,
    /// It takes no ente any more: it is being stopped or, where it does not send, could not although it should.
    pub stopping: bool,
}

/// A node as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its number.
    pub id: String,
    /// The machine's name.
    pub name: String,
    /// The program's version.
    pub version: String,
    /// Whether it sends.
    pub works: bool,
    /// It is being stopped or, where it does not send, could not although it should.
    pub stopping: bool,
    /// When it started.
    pub started_at: UnixMillis,
    /// When it last told of itself.
    pub seen_at: UnixMillis,
    /// It told of itself a moment ago.
    pub alive: bool,
    /// How many enti it works.
    pub organizations: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    version: String,
    works: i16,
    stopping: i16,
    started_at: i64,
    seen_at: i64,
    organizations: i64,
    works_it: i32,
}

const NODES: &str = "select n.id, n.name, n.version, n.works, n.stopping, n.started_at, n.seen_at,
       (select count(*) from organization o where o.lease_node = n.id and o.lease_until > $1) as organizations,
       case when exists (select 1 from organization o where o.id = $3 and o.lease_node = n.id and o.lease_until > $1)
         then 1 else 0 end as works_it
     from node n order by case when n.seen_at > $2 then 0 else 1 end, n.started_at, n.id";

impl Store {
    /// A node that works no ente tells that it is there; one that does tells it when it renews its leases.
    ///
    /// # Errors
    /// The database.
    pub async fn tell_node(&self, node: &NodeSelf, now: UnixMillis) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let clock = tx.clock_ms(now).await?;
        tell(&mut tx, node, clock).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A node that stopped in order is gone at once.
    ///
    /// # Errors
    /// The database.
    pub async fn remove_node(&self, id: &str) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, "delete from node where id = $1", id)?;
        tx.commit().await?;
        Ok(())
    }

    /// The nodes, the living first, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn nodes(&self, now: UnixMillis) -> Result<Vec<Node>, StoreError> {
        // No ente has this number.
        Ok(self.nodes_beside(0, now).await?.into_iter().map(|(node, _)| node).collect())
    }

    /// The nodes as the administrator of an ente sees them, in the same order, each with whether it works that ente;
    /// none for who is no administrator. Of other enti only their number is told.
    ///
    /// # Errors
    /// The database.
    pub async fn nodes_of(&self, scope: &Scope, now: UnixMillis) -> Result<Vec<(Node, bool)>, StoreError> {
        if scope.operator.is_some() {
            return Ok(Vec::new());
        }
        self.nodes_beside(scope.organization.0, now).await
    }

    async fn nodes_beside(
        &self,
        organization: i64,
        now: UnixMillis,
    ) -> Result<Vec<(Node, bool)>, StoreError> {
        let mut reader = self.db.reader().await?;
        let clock = reader.clock_ms(now).await?;
        let rows = fetch_all!(reader, Row, NODES, clock, clock - LEASE_MS, organization)?;
        let node = |row: Row| Node {
            alive: row.seen_at > clock - LEASE_MS,
            id: row.id,
            name: row.name,
            version: row.version,
            works: row.works != 0,
            stopping: row.stopping != 0,
            started_at: UnixMillis(row.started_at),
            seen_at: UnixMillis(row.seen_at),
            organizations: row.organizations,
        };
        Ok(rows
            .into_iter()
            .map(|row| (row.works_it != 0, row))
            .map(|(works, row)| (node(row), works))
            .collect())
    }

    /// Whether a node that sends told of itself a moment ago.
    pub(crate) async fn a_node_works(&self, now: UnixMillis) -> Result<bool, StoreError> {
        let mut reader = self.db.reader().await?;
        let clock = reader.clock_ms(now).await?;
        let found = fetch_optional!(
            reader,
            (i32,),
            "select 1 from node where works = 1 and stopping = 0 and seen_at > $1 limit 1",
            clock - LEASE_MS
        )?;
        Ok(found.is_some())
    }
}

/// Writes a sign of life, and forgets those who gave none for long.
pub(crate) async fn tell(tx: &mut Tx, node: &NodeSelf, clock_ms: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into node (id, name, version, works, started_at, seen_at, stopping)
         values ($1, $2, $3, $4, $5, $5, $6)
         on conflict (id) do update
           set seen_at = excluded.seen_at, stopping = excluded.stopping, works = excluded.works",
        &node.id,
        &node.name,
        &node.version,
        i16::from(node.works),
        clock_ms,
        i16::from(node.stopping)
    )?;
    execute!(tx, "delete from node where seen_at < $1", clock_ms - FORGOTTEN_MS)?;
    Ok(())
}
