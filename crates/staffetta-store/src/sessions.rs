//! Who is signed in. A session ends by signing out, after hours without a request, and after a working day.

use crate::db::{execute, fetch_optional};
use crate::scope::Scope;
use crate::{Store, StoreError};
use staffetta_domain::{OperatorId, OrganizationId, UnixMillis};

/// A session without a request for this long is over, in milliseconds.
pub const SESSION_IDLE_MS: i64 = 2 * 3_600_000;
/// A session is over after this long whatever was done, in milliseconds.
pub const SESSION_LENGTH_MS: i64 = 12 * 3_600_000;
/// A request is noted at most this often, in milliseconds: not every page is a write.
const SEEN_EVERY_MS: i64 = 60_000;

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub operator: OperatorId,
    /// Whether they administer the ente.
    pub admin: bool,
    /// What they see and may do.
    pub scope: Scope,
}

#[derive(sqlx::FromRow)]
struct Row {
    organization_id: i64,
    operator_id: i64,
    seen_at: i64,
    name: String,
    admin: i16,
}

/// Hash under which a session is kept.
pub(crate) fn hash(token: &[u8]) -> Vec<u8> {
    blake3::hash(token).as_bytes().to_vec()
}

impl Store {
    /// Begins a session under a token of the caller's, random and secret. Sessions that are over are removed.
    ///
    /// # Errors
    /// The database.
    pub async fn begin_session(
        &self,
        organization: OrganizationId,
        operator: OperatorId,
        token: &[u8],
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(
            tx,
            "insert into session (token_hash, organization_id, operator_id, created_at, seen_at)
             values ($1, $2, $3, $4, $4)",
            hash(token),
            organization.0,
            operator.0,
            now.0
        )?;
        execute!(tx, "delete from session where seen_at < $1", now.0 - SESSION_LENGTH_MS)?;
        tx.commit().await?;
        Ok(())
    }

    /// The person of a session, if it is not over; their rights are those of this moment.
    ///
    /// # Errors
    /// The database.
    pub async fn session(&self, token: &[u8], now: UnixMillis) -> Result<Option<SignedIn>, StoreError> {
        let Some((signed_in, seen_at)) = self.standing(token, now).await? else { return Ok(None) };
        if seen_at + SEEN_EVERY_MS <= now.0 {
            let mut tx = self.db.begin().await?;
            execute!(tx, "update session set seen_at = $2 where token_hash = $1", hash(token), now.0)?;
            tx.commit().await?;
        }
        Ok(Some(signed_in))
    }

    /// The person of a session, asked by a page that refreshes by itself: it is no sign that they are there.
    ///
    /// # Errors
    /// The database.
    pub async fn unattended_session(
        &self,
        token: &[u8],
        now: UnixMillis,
    ) -> Result<Option<SignedIn>, StoreError> {
        Ok(self.standing(token, now).await?.map(|(signed_in, _)| signed_in))
    }

    /// The person of a session that is not over, and when they were last seen.
    async fn standing(&self, token: &[u8], now: UnixMillis) -> Result<Option<(SignedIn, i64)>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            Row,
            "select s.organization_id, s.operator_id, s.seen_at, o.name, o.admin
             from session s join operator o on o.id = s.operator_id and o.organization_id = s.organization_id
             where s.token_hash = $1 and s.seen_at >= $2 and s.created_at >= $3",
            hash(token),
            now.0 - SESSION_IDLE_MS,
            now.0 - SESSION_LENGTH_MS
        )?;
        let Some(row) = row else { return Ok(None) };
        let operator = OperatorId(row.operator_id);
        let admin = row.admin != 0;
        let scope = Scope {
            organization: OrganizationId(row.organization_id),
            operator: (!admin).then_some(operator),
            actor: row.name,
        };
        Ok(Some((SignedIn { operator, admin, scope }, row.seen_at)))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database.
    pub async fn end_session(&self, token: &[u8]) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, "delete from session where token_hash = $1", hash(token))?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// The database.
    pub async fn end_sessions_of(&self, operator: OperatorId) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, "delete from session where operator_id = $1", operator.0)?;
        tx.commit().await?;
        Ok(())
    }
}
