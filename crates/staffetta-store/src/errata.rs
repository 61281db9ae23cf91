//! *Errata corrige*: a draft to exactly those who got the message of another flow.
//!
//! The draft is hidden, as one that is imported, until its file of recipients is whole: a crash leaves nothing that
//! anybody sees, and a sweep removes it. Its rows are no copies in the ledger but a file, which is read and checked as
//! the office's own is, and read again when the message changes. Whom to take is told by the domain.

use crate::db::{execute, fetch_all, fetch_optional};
use crate::events::{About, record};
use crate::flows::NewFlow;
use crate::flows::draft::create;
use crate::flows::import::shown;
use crate::scope::{Scope, in_scope, needed};
use crate::went_back::is_held;
use crate::{Store, StoreError, values};
use staffetta_domain::{ErrataKind, FlowId, FlowState, Receipt, Receipts, Rights, Taking, UnixMillis};

/// An errata to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewErrata {
    /// The flow whose message was wrong.
    pub source: FlowId,
    /// What it says.
    pub kind: ErrataKind,
    /// Whom it takes.
    pub taking: Taking,
    /// The last one of the source that the person knew of: 0 where there was none.
    pub seen: i64,
}

/// What came of the beginning of an errata.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrataBegun {
    /// Its draft, still hidden.
    Begun(FlowId),
    /// Another was made that the person did not know of: a second click, another window.
    Another,
    /// The flow is not over, or not this person's, or its service is disabled.
    NotNow,
}

/// An errata, as the pages of both flows tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errata {
    /// The flow that puts right.
    pub flow: FlowId,
    /// Its state.
    pub state: FlowState,
    /// When it was made.
    pub created_at: UnixMillis,
    /// Who made it.
    pub created_by: String,
    /// The flow whose message was wrong.
    pub source: FlowId,
    /// What it says.
    pub kind: ErrataKind,
    /// Whom it takes.
    pub taking: Taking,
    /// How the source's recipients stood when they were taken.
    pub receipts: Receipts,
}

#[derive(sqlx::FromRow)]
struct Row {
    flow_id: i64,
    state: i16,
    created_at: i64,
    created_by: String,
    source_id: i64,
    kind: i16,
    takes_uncertain: i16,
    takes_declared: i16,
    reached: i64,
    uncertain: i64,
    declared: i64,
    not_reached: i64,
}

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "select e.flow_id, f.state, f.created_at, f.created_by, e.source_id, e.kind, e.takes_uncertain,
               e.takes_declared, e.reached, e.uncertain, e.declared, e.not_reached
             from errata e join flow f on f.id = e.flow_id
             where ",
            $condition,
            " and f.organization_id = $1 and ",
            shown!(),
            " and ",
            in_scope!("f.service_id", "$2", "$3"),
            " order by e.ordinal"
        )
    };
}

pub(crate) const OF_FLOW: &str = select!("e.flow_id = $4");
pub(crate) const OF_SOURCE: &str = select!("e.source_id = $4");

/// Of a flow that is over; those that are still hidden count, too.
pub(crate) const BEGIN: &str = concat!(
    "insert into errata (flow_id, source_id, ordinal, kind, takes_uncertain, takes_declared)
     select $5, f.id, $6 + 1, $7, $8, $9 from flow f
     where f.id = $4 and f.organization_id = $1 and not exists (
       select 1 from errata e where e.source_id = f.id and e.ordinal > $6) and ",
    in_scope!("f.service_id", "$2", "$3"),
    " on conflict (source_id, ordinal) do nothing"
);

/// While the ente is held nobody knows who got what.
const IS_OVER: &str = concat!(
    "select id from flow where id = $4 and organization_id = $1 and state in (3, 4)
       and queued = 0 and in_flight = 0 and not ",
    is_held!(),
    " and ",
    in_scope!("service_id", "$2", "$3")
);

const LAST: &str = concat!(
    "select max(e.ordinal) from errata e join flow f on f.id = e.source_id
     where e.source_id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3")
);

/// Whoever was sent to meanwhile would be missing: then it is made again. A status that comes moves nobody from one of
/// these sums to another.
const END: &str = concat!(
    "update errata set reached = $5, uncertain = $6, declared = $7, not_reached = $8
     where flow_id = $4 and flow_id in (select f.id from flow f where f.id = $4 and f.organization_id = $1
       and f.state = 0 and f.file_id is not null and ",
    in_scope!("f.service_id", "$2", "$3"),
    ") and exists (select 1 from flow where flow.id = source_id and flow.state in (3, 4)
         and flow.queued = 0 and flow.in_flight = 0 and flow.accepted + flow.delivered = $5 + $7
         and flow.uncertain = $6 and not ",
    is_held!(),
    ") returning source_id"
);

/// The rows of a flow's list stand side by side: one walk of them, no index.
pub(crate) const RECEIPTS: &str = concat!(
    "select n.state, case when n.io_message_id is null then 0 else 1 end as has_id, count(*)
     from flow f join notification n on n.id > f.list_id << 24 and n.id < (f.list_id + 1) << 24
     where f.id = $4 and f.organization_id = $1 and ",
    in_scope!("f.service_id", "$2", "$3"),
    " group by n.state, has_id"
);

impl Store {
    /// Makes the draft of an errata, which nobody sees before [`Store::end_errata`].
    ///
    /// # Errors
    /// The database.
    pub async fn begin_errata(
        &self,
        scope: &Scope,
        errata: NewErrata,
        new: &NewFlow,
        now: UnixMillis,
    ) -> Result<ErrataBegun, StoreError> {
        let (organization, operator) = (scope.organization.0, scope.operator());
        let compose = needed(Rights::COMPOSE);
        let source = errata.source.0;
        let mut tx = self.db.begin().await?;
        if fetch_optional!(tx, (i64,), IS_OVER, organization, operator, compose, source)?.is_none() {
            return Ok(ErrataBegun::NotNow);
        }
        let Some(flow) = create(&mut tx, scope, new, None, now).await? else {
            return Ok(ErrataBegun::NotNow);
        };
        execute!(tx, "insert into flow_import (flow_id, created_at) values ($1, $2)", flow.0, now.0)?;
        let begun = execute!(
            tx,
            BEGIN,
            organization,
            operator,
            compose,
            source,
            flow.0,
            errata.seen,
            errata.kind as i16,
            i16::from(errata.taking.uncertain),
            i16::from(errata.taking.declared)
        )?;
        if begun != 1 {
            return Ok(ErrataBegun::Another);
        }
        tx.commit().await?;
        Ok(ErrataBegun::Begun(flow))
    }

    /// Shows an errata whose file is whole, and says in the history of both flows whence it came; `false` if it is not
    /// there any more, or has no file, or its source is being sent again.
    ///
    /// # Errors
    /// The database.
    pub async fn end_errata(
        &self,
        scope: &Scope,
        flow: FlowId,
        receipts: &Receipts,
        now: UnixMillis,
    ) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        if execute!(tx, "delete from flow_import where flow_id = $1", flow.0)? != 1 {
            return Ok(false);
        }
        let ended = fetch_optional!(
            tx,
            (i64,),
            END,
            scope.organization.0,
            scope.operator(),
            needed(Rights::COMPOSE),
            flow.0,
            receipts.reached,
            receipts.uncertain,
            receipts.declared,
            receipts.not_reached
        )?;
        let Some((source,)) = ended else { return Ok(false) };
        for (of, kind, other) in [(source, "flow-errata-made", flow.0), (flow.0, "flow-errata-of", source)] {
            let (about, other) = (About::flow(FlowId(of)), other.to_string());
            record(&mut tx, scope.organization, about, &scope.actor, kind, Some(&other), now).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// The errata that a flow is, if it is one.
    ///
    /// # Errors
    /// The database.
    pub async fn errata(&self, scope: &Scope, flow: FlowId) -> Result<Option<Errata>, StoreError> {
        Ok(self.found(OF_FLOW, scope, flow).await?.pop())
    }

    /// The errata of a flow, the first one first.
    ///
    /// # Errors
    /// The database.
    pub async fn errata_of(&self, scope: &Scope, source: FlowId) -> Result<Vec<Errata>, StoreError> {
        self.found(OF_SOURCE, scope, source).await
    }

    /// The number of the last errata of a flow, those included that are being made; 0 where there is none.
    ///
    /// # Errors
    /// The database.
    pub async fn last_errata(&self, scope: &Scope, source: FlowId) -> Result<i64, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let look = needed(Rights::LOOK);
        let last = fetch_optional!(reader, (Option<i64>,), LAST, organization, operator, look, source.0)?;
        Ok(last.and_then(|(last,)| last).unwrap_or(0))
    }

    /// How the recipients of a flow stand.
    ///
    /// # Errors
    /// The database.
    pub async fn receipts(&self, scope: &Scope, flow: FlowId) -> Result<Receipts, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let look = needed(Rights::LOOK);
        let rows = fetch_all!(reader, (i16, i32, i64), RECEIPTS, organization, operator, look, flow.0)?;
        let mut receipts = Receipts::default();
        for (state, has_id, count) in rows {
            receipts.add(Receipt::of(values::notification_state(state)?, has_id != 0), count);
        }
        Ok(receipts)
    }

    async fn found(
        &self,
        statement: &'static str,
        scope: &Scope,
        flow: FlowId,
    ) -> Result<Vec<Errata>, StoreError> {
        let mut reader = self.db.reader().await?;
        let (organization, operator) = (scope.organization.0, scope.operator());
        let look = needed(Rights::LOOK);
        let rows = fetch_all!(reader, Row, statement, organization, operator, look, flow.0)?;
        rows.into_iter().map(errata).collect()
    }
}

fn errata(row: Row) -> Result<Errata, StoreError> {
    Ok(Errata {
        flow: FlowId(row.flow_id),
        state: values::flow_state(row.state)?,
        created_at: UnixMillis(row.created_at),
        created_by: row.created_by,
        source: FlowId(row.source_id),
        kind: ErrataKind::from_number(row.kind).ok_or(StoreError::Corrupt("what an errata says"))?,
        taking: Taking { uncertain: row.takes_uncertain != 0, declared: row.takes_declared != 0 },
        receipts: Receipts {
            reached: row.reached,
            uncertain: row.uncertain,
            declared: row.declared,
            not_reached: row.not_reached,
        },
    })
}
