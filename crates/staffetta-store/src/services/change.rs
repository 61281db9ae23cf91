//! Services are added and changed, by administrators; a pause is ended by who may send.

use crate::db::{Tx, execute, fetch_optional};
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::services::place;
use crate::{Store, StoreError};
use secrecy::SecretString;
use staffetta_domain::{Amount, Rights, ServiceId, UnixMillis};

/// A service to add.
#[derive(Debug)]
pub struct NewService<'a> {
    /// Its name.
    pub name: &'a str,
    /// IO's own id of it, if it is known.
    pub io_service_id: Option<&'a str>,
    /// Where IO's API is for it; the caller has judged the address.
    pub base_url: &'a str,
    /// Its key.
    pub key: &'a SecretString,
    /// The largest amount that it takes.
    pub max_amount: Amount,
}

/// What may be changed of a service; `None` leaves it as it is.
#[derive(Debug, Default)]
pub struct ServiceChange<'a> {
    /// Another name.
    pub name: Option<&'a str>,
    /// Another id of IO; an empty one takes it away.
    pub io_service_id: Option<&'a str>,
    /// Another address: refused without the key, so that a key never goes where it was not given for.
    pub base_url: Option<&'a str>,
    /// Another key, or the same again.
    pub key: Option<&'a SecretString>,
    /// Another largest amount.
    pub max_amount: Option<Amount>,
}

/// What became of a change of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceChanged {
    /// It is changed.
    Done,
    /// Another service of the ente has that name.
    NameTaken,
    /// A new address demands the key again.
    KeyNeeded,
    /// There is no such service, or it is not this person's to change.
    Missing,
}

impl Store {
    /// Adds a service; `None` if the name is taken or the person is not an administrator.
    ///
    /// # Errors
    /// The database.
    pub async fn add_service(
        &self,
        scope: &Scope,
        new: &NewService<'_>,
        now: UnixMillis,
    ) -> Result<Option<ServiceId>, StoreError> {
        if scope.operator.is_some() {
            return Ok(None);
        }
        let mut tx = self.db.begin().await?;
        // The key is sealed for its row, whose number is known only now.
        let added = fetch_optional!(
            tx,
            (i64,),
            "insert into service
               (organization_id, name, base_url, key_sealed, max_amount_cents, created_at, io_service_id)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (organization_id, name) do nothing returning id",
            scope.organization.0,
            new.name,
            new.base_url,
            Vec::<u8>::new(),
            new.max_amount.cents(),
            now.0,
            new.io_service_id,
        )?;
        let Some((id,)) = added else { return Ok(None) };
        let id = ServiceId(id);
        let sealed = self.keyring.seal(new.key, &place(id))?;
        execute!(tx, "update service set key_sealed = $2 where id = $1", id.0, sealed)?;
        record(&mut tx, scope.organization, About::service(id), &scope.actor, "service-added", None, now)
            .await?;
        tx.commit().await?;
        Ok(Some(id))
    }

    /// Changes a service.
    ///
    /// # Errors
    /// The database.
    pub async fn change_service(
        &self,
        scope: &Scope,
        id: ServiceId,
        change: &ServiceChange<'_>,
        now: UnixMillis,
    ) -> Result<ServiceChanged, StoreError> {
        if scope.operator.is_some() {
            return Ok(ServiceChanged::Missing);
        }
        let sealed = change.key.map(|key| self.keyring.seal(key, &place(id))).transpose()?;
        let mut tx = self.db.begin().await?;
        let changed = change_row(&mut tx, scope, id, change, sealed).await?;
        if changed != ServiceChanged::Done {
            return Ok(changed);
        }
        // What was changed, never to what: an address may tell a network, a key is a key.
        let parts = [
            change.name.map(|_| "name"),
            change.io_service_id.map(|_| "io_service_id"),
            change.base_url.map(|_| "base_url"),
            change.key.map(|_| "key"),
            change.max_amount.map(|_| "max_amount"),
        ];
        let detail = parts.into_iter().flatten().collect::<Vec<_>>().join(",");
        let about = About::service(id);
        record(&mut tx, scope.organization, about, &scope.actor, "service-changed", Some(&detail), now)
            .await?;
        tx.commit().await?;
        Ok(ServiceChanged::Done)
    }

    /// Enables or disables a service; `false` if it is so already, or is not this person's to change.
    ///
    /// # Errors
    /// The database.
    pub async fn enable_service(
        &self,
        scope: &Scope,
        id: ServiceId,
        enabled: bool,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        if scope.operator.is_some() {
            return Ok(false);
        }
        let mut tx = self.db.begin().await?;
        let won = execute!(
            tx,
            "update service set enabled = $3 where id = $1 and organization_id = $2 and enabled <> $3",
            id.0,
            scope.organization.0,
            i16::from(enabled),
        )?;
        if won == 1 {
            let kind = if enabled { "service-enabled" } else { "service-disabled" };
            record(&mut tx, scope.organization, About::service(id), &scope.actor, kind, None, now).await?;
        }
        tx.commit().await?;
        Ok(won == 1)
    }

    /// Ends a service's pause; `false` if it is not paused, or not this person's (the right to send is needed).
    ///
    /// # Errors
    /// The database.
    pub async fn resume_service(
        &self,
        scope: &Scope,
        id: ServiceId,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        const RESUME: &str = concat!(
            "update service set paused_reason = null, paused_detail = null, paused_at = null
             where id = $4 and organization_id = $1 and paused_reason is not null and ",
            in_scope!("id", "$2", "$3")
        );
        let mut tx = self.db.begin().await?;
        let operator = scope.operator();
        let won = execute!(tx, RESUME, scope.organization.0, operator, needed(Rights::SEND), id.0)?;
        if won == 1 {
            let about = About::service(id);
            record(&mut tx, scope.organization, about, &scope.actor, "service-resumed", None, now).await?;
        }
        tx.commit().await?;
        Ok(won == 1)
    }
}

async fn change_row(
    tx: &mut Tx,
    scope: &Scope,
    id: ServiceId,
    change: &ServiceChange<'_>,
    sealed: Option<Vec<u8>>,
) -> Result<ServiceChanged, StoreError> {
    let known: Option<(String, String)> = fetch_optional!(
        tx,
        (String, String),
        "select name, base_url from service where id = $1 and organization_id = $2",
        id.0,
        scope.organization.0
    )?;
    let Some((name, base_url)) = known else { return Ok(ServiceChanged::Missing) };
    if sealed.is_none() && change.base_url.is_some_and(|new| new != base_url) {
        return Ok(ServiceChanged::KeyNeeded);
    }
    let won = execute!(
        tx,
        "update service set name = $3, base_url = $4, key_sealed = coalesce($5, key_sealed),
           max_amount_cents = coalesce($6, max_amount_cents),
           io_service_id = nullif(coalesce($8, io_service_id), '')
         where id = $1 and organization_id = $2 and base_url = $7
           and not exists (select 1 from service where organization_id = $2 and name = $3 and id <> $1)",
        id.0,
        scope.organization.0,
        change.name.unwrap_or(&name),
        change.base_url.unwrap_or(&base_url),
        sealed,
        change.max_amount.map(Amount::cents),
        &base_url,
        change.io_service_id,
    )?;
    Ok(if won == 1 { ServiceChanged::Done } else { ServiceChanged::NameTaken })
}
