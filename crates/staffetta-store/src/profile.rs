//! What an operator sees and keeps of themselves. Their rights are an administrator's to change.

use crate::db::{execute, fetch_optional};
use crate::events::{About, record};
use crate::sessions::{SESSION_IDLE_MS, SESSION_LENGTH_MS, hash};
use crate::{Scope, Store, StoreError, values};
use staffetta_domain::{FiscalCode, OperatorId, UnixMillis};

/// An operator's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Their fiscal code: to it go the tests that they send to themselves.
    pub fiscal_code: Option<FiscalCode>,
    /// Where else they are signed in.
    pub other_sessions: i64,
}

impl Store {
    /// The profile of an operator, who asks in the session with this token; `None` if they are no more.
    ///
    /// # Errors
    /// The database.
    pub async fn profile(
        &self,
        scope: &Scope,
        operator: OperatorId,
        token: &[u8],
        now: UnixMillis,
    ) -> Result<Option<Profile>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (Option<String>, i64),
            "select o.fiscal_code,
               (select count(*) from session s where s.operator_id = o.id and s.token_hash <> $3
                  and s.seen_at >= $4 and s.created_at >= $5)
             from operator o where o.id = $1 and o.organization_id = $2",
            operator.0,
            scope.organization.0,
            hash(token),
            now.0 - SESSION_IDLE_MS,
            now.0 - SESSION_LENGTH_MS
        )?;
        let Some((code, other_sessions)) = row else { return Ok(None) };
        let fiscal_code = code.as_deref().map(values::fiscal_code).transpose()?;
        Ok(Some(Profile { fiscal_code, other_sessions }))
    }

    /// The fiscal code that an operator keeps as their own.
    ///
    /// # Errors
    /// The database.
    pub async fn own_fiscal_code(
        &self,
        scope: &Scope,
        operator: OperatorId,
    ) -> Result<Option<FiscalCode>, StoreError> {
        let mut reader = self.db.reader().await?;
        let row = fetch_optional!(
            reader,
            (Option<String>,),
            "select fiscal_code from operator where id = $1 and organization_id = $2",
            operator.0,
            scope.organization.0
        )?;
        row.and_then(|(code,)| code).as_deref().map(values::fiscal_code).transpose()
    }

    /// Keeps another fiscal code as the operator's own, or none. That it was changed is written in the ente's history,
    /// because messages go to it; the code is not.
    ///
    /// # Errors
    /// The database.
    pub async fn set_own_fiscal_code(
        &self,
        scope: &Scope,
        operator: OperatorId,
        fiscal_code: Option<&FiscalCode>,
        now: UnixMillis,
    ) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let changed = execute!(
            tx,
            "update operator set fiscal_code = $3
             where id = $1 and organization_id = $2 and fiscal_code is distinct from cast($3 as text)",
            operator.0,
            scope.organization.0,
            fiscal_code.map(FiscalCode::as_str)
        )?;
        if changed == 1 {
            let kind = if fiscal_code.is_some() { "operator-code-set" } else { "operator-code-removed" };
            record(&mut tx, scope.organization, About::default(), &scope.actor, kind, None, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Ends the sessions of an operator but for the one with this token; gives how many.
    ///
    /// # Errors
    /// The database.
    pub async fn end_other_sessions(&self, operator: OperatorId, token: &[u8]) -> Result<u64, StoreError> {
        let mut tx = self.db.begin().await?;
        let ended = execute!(
            tx,
            "delete from session where operator_id = $1 and token_hash <> $2",
            operator.0,
            hash(token)
        )?;
        tx.commit().await?;
        Ok(ended)
    }
}
