//! The people who work with Staffetta and the services that are enabled to them.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::passwords::{self, HashedPassword};
use crate::scope::Scope;
use crate::{Store, StoreError};
use secrecy::SecretString;
use staffetta_domain::{OperatorId, OrganizationId, Rights, ServiceId, UnixMillis};
use std::collections::BTreeMap;
use tokio::sync::Semaphore;

/// Wrong passwords in a row after which none is tried for a while.
const WRONG_PASSWORDS_MAX: i64 = 5;
/// The first while, in milliseconds; it doubles up to 32 times this.
const LOCK_MS: i64 = 30_000;

/// Passwords that are looked at at once: each takes some 20 MB for some tens of milliseconds.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What came of a name and a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    /// They are this person's.
    Right(OperatorId),
    /// They are nobody's.
    Wrong,
    /// Too many wrong passwords came before: none is tried until then.
    Locked {
        /// When one is tried again.
        until: UnixMillis,
    },
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// Their number.
    pub id: OperatorId,
    /// Their name, the only one of that name in the ente.
    pub name: String,
    /// Whether they administer the ente: then every service is enabled to them, with all rights.
    pub admin: bool,
    /// The services enabled to them, and what they may do with each.
    pub services: Vec<(ServiceId, Rights)>,
    /// When they were added.
    pub created_at: UnixMillis,
}

/// What of an operator is changed; what is `None` stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct OperatorChange<'a> {
    /// Another password.
    pub password: Option<&'a HashedPassword>,
    /// Whether they administer the ente.
    pub admin: Option<bool>,
    /// The services enabled to them, in place of those that were.
    pub services: Option<&'a [(ServiceId, Rights)]>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    name: String,
    admin: i16,
    created_at: i64,
}

impl Store {
    /// Adds an operator; `None` if the name is taken or a service is not the ente's.
    ///
    /// # Errors
    /// The database.
    pub async fn add_operator(
        &self,
        organization: OrganizationId,
        name: &str,
        password: &HashedPassword,
        admin: bool,
        services: &[(ServiceId, Rights)],
        now: UnixMillis,
    ) -> Result<Option<OperatorId>, StoreError> {
        let mut tx = self.db.begin().await?;
        let added = fetch_optional!(
            tx,
            (i64,),
            "insert into operator (organization_id, name, password_hash, admin, created_at)
             values ($1, $2, $3, $4, $5) on conflict (organization_id, name) do nothing returning id",
            organization.0,
            name,
            password.as_str(),
            i16::from(admin),
            now.0,
        )?;
        let Some((id,)) = added else { return Ok(None) };
        if !enable(&mut tx, organization, id, services).await? {
            return Ok(None);
        }
        tx.commit().await?;
        Ok(Some(OperatorId(id)))
    }

    /// The names of the operators whom a person works with, in alphabetical order: those who share a service with them
    /// and the administrators; of the whole ente for an administrator.
    ///
    /// # Errors
    /// The database.
    pub async fn operator_names(&self, scope: &Scope) -> Result<Vec<String>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            (String,),
            "select o.name from operator o where o.organization_id = $1 and (cast($2 as bigint) is null
               or exists (select 1 from operator_service mine where mine.operator_id = $2 and (o.admin = 1
                    or exists (select 1 from operator_service theirs
                         where theirs.operator_id = o.id and theirs.service_id = mine.service_id))))",
            scope.organization.0,
            scope.operator()
        )?;
        let mut names: Vec<String> = rows.into_iter().map(|(name,)| name).collect();
        // The two databases do not sort letters alike.
        names.sort_by_cached_key(|name| name.to_lowercase());
        Ok(names)
    }

    /// Changes what an operator may do, or their password, which ends where they are signed in; `false` if they
    /// are not there or a service is not the ente's: then nothing was changed.
    ///
    /// # Errors
    /// The database.
    pub async fn change_operator(
        &self,
        organization: OrganizationId,
        operator: OperatorId,
        change: &OperatorChange<'_>,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let changed = execute!(
            tx,
            "update operator set password_hash = coalesce($3, password_hash), admin = coalesce($4, admin),
               wrong_passwords = case when $3 is null then wrong_passwords else 0 end,
               locked_until = case when $3 is null then locked_until end
             where id = $1 and organization_id = $2",
            operator.0,
            organization.0,
            change.password.map(HashedPassword::as_str),
            change.admin.map(i16::from),
        )?;
        if changed != 1 {
            return Ok(false);
        }
        if change.password.is_some() {
            execute!(tx, "delete from session where operator_id = $1", operator.0)?;
        }
        if let Some(services) = change.services {
            execute!(tx, "delete from operator_service where operator_id = $1", operator.0)?;
            if !enable(&mut tx, organization, operator.0, services).await? {
                return Ok(false);
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The operators of an ente, by name, each with the services enabled to them.
    ///
    /// # Errors
    /// The database.
    pub async fn operators(&self, organization: OrganizationId) -> Result<Vec<Operator>, StoreError> {
        let mut reader = self.db.reader().await?;
        let rows = fetch_all!(
            reader,
            Row,
            "select id, name, admin, created_at from operator where organization_id = $1 order by id",
            organization.0
        )?;
        let enabled = fetch_all!(
            reader,
            (i64, i64, i64),
            "select e.operator_id, e.service_id, e.rights
             from operator o join operator_service e on e.operator_id = o.id
             where o.organization_id = $1 order by e.operator_id, e.service_id",
            organization.0
        )?;
        let mut services: BTreeMap<i64, Vec<(ServiceId, Rights)>> = BTreeMap::new();
        for (operator, service, rights) in enabled {
            services.entry(operator).or_default().push((ServiceId(service), Rights(rights)));
        }
        let mut operators: Vec<_> = rows
            .into_iter()
            .map(|row| Operator {
                services: services.remove(&row.id).unwrap_or_default(),
                id: OperatorId(row.id),
                name: row.name,
                admin: row.admin != 0,
                created_at: UnixMillis(row.created_at),
            })
            .collect();
        operators.sort_by_cached_key(|operator| (operator.name.to_lowercase(), operator.id));
        Ok(operators)
    }

    /// The operator with this name, if the password is theirs and not too many wrong ones came before. It
    /// takes as long where there is no such name.
    ///
    /// # Errors
    /// The database.
    pub async fn verify_operator(
        &self,
        organization: OrganizationId,
        name: &str,
        password: SecretString,
        now: UnixMillis,
    ) -> Result<Verified, StoreError> {
        let mut reader = self.db.reader().await?;
        let known: Option<(i64, String, Option<i64>)> = fetch_optional!(
            reader,
            (i64, String, Option<i64>),
            "select id, password_hash, locked_until from operator where organization_id = $1 and name = $2",
            organization.0,
            name
        )?;
        // The hash takes tens of milliseconds: no connection waits for it, and no other task.
        drop(reader);
        if let Some((_, _, Some(until))) = known
            && now.0 < until
        {
            return Ok(Verified::Locked { until: UnixMillis(until) });
        }
        let (id, hash) = known.map(|(id, hash, _)| (id, hash)).unzip();
        // Each takes much memory, and whoever asks needs no account for it.
        let Ok(_turn) = HASHING.acquire().await else { return Ok(Verified::Wrong) };
        if let Some(id) = id
            && let Some(until) = self.note_try(id, now).await?
        {
            return Ok(Verified::Locked { until });
        }
        let right = tokio::task::spawn_blocking(move || passwords::verify(hash.as_deref(), &password))
            .await
            .unwrap_or(false);
        let Some(id) = id.filter(|_| right) else { return Ok(Verified::Wrong) };
        self.forget_tries(id).await?;
        Ok(Verified::Right(OperatorId(id)))
    }

    /// Counts a try before the password is looked at, so that many at once are as many tries. After some in a row
    /// none is allowed for a while, longer each time: gives until when, if this one is not.
    async fn note_try(&self, operator: i64, now: UnixMillis) -> Result<Option<UnixMillis>, StoreError> {
        let mut tx = self.db.begin().await?;
        let counted = execute!(
            tx,
            "update operator set wrong_passwords = wrong_passwords + 1,
               locked_until = case when wrong_passwords + 1 < $3 then null when wrong_passwords + 1 >= $3 + 5
                 then $2 + 32 * $4 else $2 + (1 << cast(wrong_passwords + 1 - $3 as integer)) * $4 end
             where id = $1 and (locked_until is null or locked_until <= $2)",
            operator,
            now.0,
            WRONG_PASSWORDS_MAX,
            LOCK_MS
        )?;
        let locked = match counted {
            1 => None,
            _ => fetch_optional!(
                tx,
                (Option<i64>,),
                "select locked_until from operator where id = $1",
                operator
            )?,
        };
        tx.commit().await?;
        Ok(locked.and_then(|(until,)| until).map(UnixMillis))
    }

    /// The password was right.
    async fn forget_tries(&self, operator: i64) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        execute!(tx, "update operator set wrong_passwords = 0, locked_until = null where id = $1", operator)?;
        tx.commit().await?;
        Ok(())
    }

    /// What an operator sees and may do; `None` if they are no more, or of another ente.
    ///
    /// # Errors
    /// The database.
    pub async fn scope_of(
        &self,
        organization: OrganizationId,
        operator: OperatorId,
    ) -> Result<Option<Scope>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (String, i16),
            "select name, admin from operator where id = $1 and organization_id = $2",
            operator.0,
            organization.0
        )?;
        Ok(row.map(|(actor, admin)| Scope {
            organization,
            operator: (admin == 0).then_some(operator),
            actor,
        }))
    }
}

/// Enables services to an operator who has none yet; `false` if one is not the ente's.
async fn enable(
    tx: &mut Tx,
    organization: OrganizationId,
    operator: i64,
    services: &[(ServiceId, Rights)],
) -> Result<bool, StoreError> {
    let services: BTreeMap<i64, i64> =
        services.iter().map(|(service, rights)| (service.0, rights.0)).collect();
    for (service, rights) in services {
        let enabled = execute!(
            tx,
            "insert into operator_service (operator_id, service_id, rights)
             select $1, id, $3 from service where id = $2 and organization_id = $4",
            operator,
            service,
            rights,
            organization.0,
        )?;
        if enabled != 1 {
            return Ok(false);
        }
    }
    Ok(true)
}
