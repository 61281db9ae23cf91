//! A flow is prepared.

use crate::db::{Tx, execute, fetch_optional};
use crate::events::{About, record};
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, words};
use staffetta_domain::{FlowId, ListId, NatureId, Rights, ServiceId, UnixMillis};

/// A flow to make. Its texts may still be short of IO's limits: a draft is checked when it is activated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFlow {
    /// The service that writes.
    pub service: ServiceId,
    /// The nature.
    pub nature: NatureId,
    /// The ente's own description.
    pub description: String,
    /// The ente's own reference, the only one of its kind among its flows.
    pub reference: Option<String>,
    /// *Oggetto*, with its places.
    pub subject: String,
    /// *Contenuto*, with its places.
    pub markdown: String,
}

/// What of a draft is saved again and again while it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowText {
    /// The service that writes.
    pub service: ServiceId,
    /// The nature.
    pub nature: NatureId,
    /// The ente's own description.
    pub description: String,
    /// The ente's own reference, the only one of its kind among its flows.
    pub reference: Option<String>,
    /// *Oggetto*, with its places.
    pub subject: String,
    /// *Contenuto*, with its places.
    pub markdown: String,
}

/// What became of the saving of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftSaved {
    /// Saved; the flow has this version now.
    Saved {
        /// The version.
        version: i64,
    },
    /// Nothing was saved: another flow of the ente has the reference.
    ReferenceTaken,
    /// Nothing was saved: its message was changed after it was seen, as by another window.
    Moved,
    /// Nothing was saved: it is no more a draft, or the flow, the service or the nature is not this person's.
    NotDraft,
}

const CREATE: &str = concat!(
    "insert into flow (organization_id, service_id, nature_id, description, reference, subject, markdown,
       created_at, created_by)
     select s.organization_id, s.id, n.id, $6, $7, $8, $9, $10, $11
     from service s join nature n on n.organization_id = s.organization_id
     where s.organization_id = $1 and s.id = $4 and s.enabled = 1 and n.id = $5 and ",
    in_scope!("s.id", "$2", "$3"),
    " on conflict (organization_id, reference) where reference is not null do nothing returning id"
);

/// Whether what is saved says to the recipients what was saved before. Each compares the new with the old.
macro_rules! same_message {
    () => {
        "service_id = $5 and nature_id = $6 and subject = $8 and markdown = $9"
    };
}

/// The person must be able to compose for the service that it had and for the one that it gets. A message
/// that was changed since it was seen is overwritten only by itself: an answer that was lost is asked again.
pub(crate) const UPDATE: &str = concat!(
    "update flow set service_id = $5, nature_id = $6, description = $7, subject = $8, markdown = $9,
       reference = $10, version = case when ",
    same_message!(),
    " then version else version + 1 end, sameness = case when ",
    same_message!(),
    " then sameness end
     where id = $4 and organization_id = $1 and state = 0
       and (cast($11 as bigint) is null or version = $11 or (",
    same_message!(),
    "))
       and exists (select 1 from service where id = $5 and organization_id = $1 and enabled = 1)
       and exists (select 1 from nature where id = $6 and organization_id = $1) and ",
    in_scope!("service_id", "$2", "$3"),
    " and ",
    in_scope!("$5", "$2", "$3"),
    " returning list_id, version"
);

const OTHER_VERSION: &str = concat!(
    "select version from flow where id = $4 and organization_id = $1 and state = 0 and version <> $5 and ",
    in_scope!("service_id", "$2", "$3")
);

impl Store {
    /// Makes a flow, *Inattivo*; `None` if the reference is taken, the service is disabled or not this
    /// person's, or the nature not the ente's.
    ///
    /// # Errors
    /// The database.
    pub async fn create_draft(
        &self,
        scope: &Scope,
        new: &NewFlow,
        now: UnixMillis,
    ) -> Result<Option<FlowId>, StoreError> {
        let mut tx = self.db.begin().await?;
        let created = fetch_optional!(
            tx,
            (i64,),
            CREATE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            new.service.0,
            new.nature.0,
            &new.description,
            &new.reference,
            &new.subject,
            &new.markdown,
            now.0,
            &scope.actor,
        )?;
        let Some((id,)) = created else { return Ok(None) };
        write_words(&mut tx, scope.organization.0, id, &new.description).await?;
        let about = About::flow(FlowId(id));
        record(&mut tx, scope.organization, about, &scope.actor, "flow-created", None, now).await?;
        tx.commit().await?;
        Ok(Some(FlowId(id)))
    }

    /// Saves a draft. `seen` is the version of the message that the person was changing; with `None` the
    /// last to save wins. The version grows when service, nature, *oggetto* or *contenuto* change.
    ///
    /// A list already read stays: its rows follow the flow to another service. But it was checked for
    /// another version: until it is read again, the flow cannot be activated.
    ///
    /// # Errors
    /// The database.
    pub async fn update_draft(
        &self,
        scope: &Scope,
        flow: FlowId,
        text: &FlowText,
        seen: Option<i64>,
    ) -> Result<DraftSaved, StoreError> {
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let mut tx = self.db.begin().await?;
        let saved = fetch_optional!(
            tx,
            (Option<i64>, i64),
            UPDATE,
            organization,
            operator,
            compose,
            flow.0,
            text.service.0,
            text.nature.0,
            &text.description,
            &text.subject,
            &text.markdown,
            &text.reference,
            seen,
        );
        let saved = match saved {
            // The reference is the one thing of a flow that can be another's.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                return Ok(DraftSaved::ReferenceTaken);
            }
            saved => saved?,
        };
        let Some((list, version)) = saved else {
            let other =
                fetch_optional!(tx, (i64,), OTHER_VERSION, organization, operator, compose, flow.0, seen)?;
            return Ok(if other.is_some() { DraftSaved::Moved } else { DraftSaved::NotDraft });
        };
        write_words(&mut tx, scope.organization.0, flow.0, &text.description).await?;
        tx.commit().await?;
        if let Some(list) = list {
            self.follow_service(ListId(list)).await?;
        }
        Ok(DraftSaved::Saved { version })
    }
}

/// The words by which the flow is found, in place of those it had.
pub(crate) async fn write_words(
    tx: &mut Tx,
    organization: i64,
    flow: i64,
    description: &str,
) -> Result<(), StoreError> {
    let words =
        serde_json::to_string(&words::words(description)).map_err(|_| StoreError::Corrupt("words"))?;
    execute!(tx, "delete from flow_word where flow_id = $1", flow)?;
    let insert = if tx.is_postgres() {
        "insert into flow_word (organization_id, word, flow_id)
         select $2, value, $3 from json_array_elements_text($1::json)"
    } else {
        "insert into flow_word (organization_id, word, flow_id) select $2, value, $3 from json_each($1)"
    };
    execute!(tx, insert, words, organization, flow)?;
    Ok(())
}
