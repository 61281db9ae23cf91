//! Enti and their natures.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::events::{About, record};
use crate::{Scope, Store, StoreError};
use staffetta_domain::limits::{MARKDOWN_MIN_DEFAULT, MARKDOWN_MIN_OF_IO};
use staffetta_domain::{Nature, NatureId, OrganizationId, Quota, UnixMillis};

/// An ente.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its number.
    pub id: OrganizationId,
    /// Its name, the only one of that name.
    pub name: String,
    /// The calls that IO grants it.
    pub quota: Quota,
    /// Least UTF-16 code units of a *contenuto*.
    pub content_min: usize,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Since when nothing leaves, because the database was found older than the calls made.
    pub held_at: Option<UnixMillis>,
}

/// A nature in an ente's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationNature {
    /// Its number.
    pub id: NatureId,
    /// What it is.
    pub nature: Nature,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    quota_calls: Option<i64>,
    quota_window_ms: i64,
    content_min: i64,
    created_at: i64,
    held_at: Option<i64>,
}

impl Store {
    /// Makes an ente with the quota and the natures that every ente starts with; `None` if the name is taken.
    ///
    /// # Errors
    /// The database.
    pub async fn make_organization(
        &self,
        name: &str,
        now: UnixMillis,
    ) -> Result<Option<OrganizationId>, StoreError> {
        let quota = Quota::IO_DEFAULT;
        let mut tx = self.db.begin().await?;
        let made = fetch_optional!(
            tx,
            (i64,),
            "insert into organization (name, quota_calls, quota_window_ms, content_min, created_at)
             values ($1, $2, $3, $4, $5) on conflict (name) do nothing returning id",
            name,
            quota.calls.map(i64::from),
            quota.window_ms,
            crate::values::limit(MARKDOWN_MIN_DEFAULT),
            now.0,
        )?;
        let Some((id,)) = made else { return Ok(None) };
        add_natures(&mut tx, id).await?;
        tx.commit().await?;
        Ok(Some(OrganizationId(id)))
    }

    /// All enti, the oldest first.
    ///
    /// # Errors
    /// The database.
    pub async fn organizations(&self) -> Result<Vec<Organization>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            Row,
            "select id, name, quota_calls, quota_window_ms, content_min, created_at, held_at from organization
             order by id"
        )?;
        rows.into_iter().map(organization).collect()
    }

    /// The ente with this number.
    ///
    /// # Errors
    /// The database.
    pub async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            Row,
            "select id, name, quota_calls, quota_window_ms, content_min, created_at, held_at
             from organization where id = $1",
            id.0
        )?;
        row.map(organization).transpose()
    }

    /// The ente with this name.
    ///
    /// # Errors
    /// The database.
    pub async fn organization_by_name(&self, name: &str) -> Result<Option<Organization>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            Row,
            "select id, name, quota_calls, quota_window_ms, content_min, created_at, held_at
             from organization where name = $1",
            name
        )?;
        row.map(organization).transpose()
    }

    /// Gives an ente another name; `false` if it is taken or there is no such ente.
    ///
    /// # Errors
    /// The database.
    pub async fn rename_organization(&self, id: OrganizationId, name: &str) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            "update organization set name = $2
             where id = $1 and not exists (select 1 from organization where name = $2 and id <> $1)",
            id.0,
            name
        )?;
        tx.commit().await?;
        Ok(won == 1)
    }

    /// Sets the calls that IO grants to an ente.
    ///
    /// # Errors
    /// The database.
    pub async fn set_quota(&self, id: OrganizationId, quota: Quota) -> Result<bool, StoreError> {
        let calls = quota.calls.map(i64::from);
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            "update organization set quota_calls = $2, quota_window_ms = $3 where id = $1",
            id.0,
            calls,
            quota.window_ms
        )?;
        tx.commit().await?;
        Ok(won == 1)
    }

    /// A person looked at what was sent after the database's copy was made: what waits may leave. `false` if
    /// the ente is not held, or the person is not its administrator.
    ///
    /// # Errors
    /// The database.
    pub async fn release_organization(&self, scope: &Scope, now: UnixMillis) -> Result<bool, StoreError> {
        if scope.operator.is_some() {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            "update organization set held_at = null where id = $1 and held_at is not null",
            scope.organization.0
        )?;
        if won == 1 {
            let (id, about) = (scope.organization, About::default());
            record(&mut tx, id, about, &scope.actor, "organization-released", None, now).await?;
        }
        tx.commit().await?;
        Ok(won == 1)
    }

    /// Sets an ente's least length of a *contenuto*; `false` outside IO's own least and the usual one.
    ///
    /// # Errors
    /// The database.
    pub async fn set_content_min(&self, id: OrganizationId, units: usize) -> Result<bool, StoreError> {
        if !(MARKDOWN_MIN_OF_IO..=MARKDOWN_MIN_DEFAULT).contains(&units) {
            return Ok(false);
        }
        let units = crate::values::limit(units);
        let mut tx = self.db.begin().await?;
        let won = execute!(tx, "update organization set content_min = $2 where id = $1", id.0, units)?;
        tx.commit().await?;
        Ok(won == 1)
    }

    /// The natures of an ente, in the order in which they are offered.
    ///
    /// # Errors
    /// The database.
    pub async fn natures(&self, organization: OrganizationId) -> Result<Vec<OrganizationNature>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (i64, String, String, i16),
            "select id, code, name, payment from nature where organization_id = $1 order by position",
            organization.0
        )?;
        Ok(rows.into_iter().map(nature).collect())
    }

    /// The nature of an ente with this code.
    ///
    /// # Errors
    /// The database.
    pub async fn nature_by_code(
        &self,
        organization: OrganizationId,
        code: &str,
    ) -> Result<Option<OrganizationNature>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (i64, String, String, i16),
            "select id, code, name, payment from nature where organization_id = $1 and code = $2",
            organization.0,
            code
        )?;
        Ok(row.map(nature))
    }
}

async fn add_natures(tx: &mut Tx, organization: i64) -> Result<(), StoreError> {
    for (position, nature) in (0_i16..).zip(Nature::initial()) {
        execute!(
            tx,
            "insert into nature (organization_id, position, code, name, payment)
             values ($1, $2, $3, $4, $5)",
            organization,
            position,
            nature.code,
            nature.name,
            i16::from(nature.payment),
        )?;
    }
    Ok(())
}

fn organization(row: Row) -> Result<Organization, StoreError> {
    let calls = row.quota_calls.map(u32::try_from).transpose().map_err(|_| StoreError::Corrupt("a quota"))?;
    Ok(Organization {
        id: OrganizationId(row.id),
        name: row.name,
        quota: Quota { calls, window_ms: row.quota_window_ms },
        content_min: usize::try_from(row.content_min).map_err(|_| StoreError::Corrupt("a least length"))?,
        created_at: UnixMillis(row.created_at),
        held_at: row.held_at.map(UnixMillis),
    })
}

fn nature((id, code, name, payment): (i64, String, String, i16)) -> OrganizationNature {
    OrganizationNature { id: NatureId(id), nature: Nature { code, name, payment: payment != 0 } }
}
