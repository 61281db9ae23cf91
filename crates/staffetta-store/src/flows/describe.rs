//! Nature and description, which stay editable for the whole life of a flow.

use crate::Store;
use crate::StoreError;
use crate::db::{execute, fetch_optional};
use crate::events::{About, record};
use crate::flows::draft::write_words;
use crate::scope::{Scope, in_scope, needed};
use staffetta_domain::{FlowId, NatureId, Rights, UnixMillis};

/// Of a flow that is no more a draft the nature changes only to one that carries payments as little or as
/// much: what was activated is what is sent. Of a draft another nature is another message.
pub(crate) const DESCRIBE: &str = concat!(
    "update flow set nature_id = $5, description = $6,
       version = case when state = 0 and nature_id <> $5 then version + 1 else version end,
       sameness = case when state <> 0 or nature_id = $5 then sameness end
     where id = $4 and organization_id = $1
       and exists (select 1 from nature new join nature old on old.payment = new.payment or flow.state = 0
         where new.id = $5 and new.organization_id = $1 and old.id = flow.nature_id) and ",
    in_scope!("service_id", "$2", "$3")
);

/// What a flow is called, and the nature that it would get.
const KNOWN: &str = "select f.description, f.nature_id, new.name from flow f join nature new on new.id = $3
     where f.id = $2 and f.organization_id = $1 and new.organization_id = $1";

impl Store {
    /// Changes nature and description of a flow in any state; recorded. `false` if the flow is not this
    /// person's, or if the nature would change whether messages carry a payment after activation.
    ///
    /// # Errors
    /// The database.
    pub async fn describe_flow(
        &self,
        scope: &Scope,
        flow: FlowId,
        nature: NatureId,
        description: &str,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let known =
            fetch_optional!(tx, (String, i64, String), KNOWN, scope.organization.0, flow.0, nature.0,)?;
        let Some((old_description, old_nature, nature_name)) = known else { return Ok(false) };
        let won = execute!(
            tx,
            DESCRIBE,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            flow.0,
            nature.0,
            description,
        )?;
        if won != 1 {
            return Ok(false);
        }
        write_words(&mut tx, scope.organization.0, flow.0, description).await?;
        let about = About::flow(flow);
        let changes = [
            ("flow-renamed", description, old_description != description),
            ("flow-nature-changed", &nature_name, old_nature != nature.0),
        ];
        for (kind, detail, _) in changes.into_iter().filter(|(_, _, changed)| *changed) {
            record(&mut tx, scope.organization, about, &scope.actor, kind, Some(detail), now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
