//! *Elenca*: flows by number, description, nature, service, state, dates, operator, recipient.
//!
//! The conditions are the same for every search; what differs is the one that leads, whose index the
//! database walks. The others are kept from choosing another by a `+` before their column: without it
//! SQLite, which has no figures of the table, now and then prefers an index that finds half the ente.

use crate::db::{Reader, fetch_all, fetch_one};
use crate::flows::import::shown;
use crate::flows::row::{self, FlowSummary, Row, columns};
use crate::lists::keys::in_segments;
use crate::scope::{Scope, in_scope, needed};
use crate::{Store, StoreError, values, words};
use sqlx::AssertSqlSafe;
use staffetta_domain::{FiscalCode, FlowId, FlowState, NatureId, Rights, ServiceId, UnixMillis};

/// What flows are looked for; what is `None` or empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowSearch {
    /// Its number.
    pub number: Option<FlowId>,
    /// Beginnings of words of the description, in any order.
    pub description: String,
    /// Its nature.
    pub nature: Option<NatureId>,
    /// Its service.
    pub service: Option<ServiceId>,
    /// Its state.
    pub state: Option<FlowState>,
    /// Made at or after.
    pub from: Option<UnixMillis>,
    /// Made before.
    pub to: Option<UnixMillis>,
    /// Made by the person of this name.
    pub created_by: Option<String>,
    /// With this person among its recipients.
    pub fiscal_code: Option<FiscalCode>,
}

/// The last flow of a page; the next begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowCursor {
    /// When it was made.
    pub created_at: UnixMillis,
    /// Its number.
    pub id: FlowId,
}

impl FlowSummary {
    /// The place of this flow among those that a search found.
    #[must_use]
    pub const fn cursor(&self) -> FlowCursor {
        FlowCursor { created_at: self.created_at, id: self.id }
    }
}

/// The condition that leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lead {
    Number,
    FiscalCode,
    Words,
    Operator,
    Service,
    Nature,
    Organization,
}

/// As many flows at most are gathered by their words before anything else is asked of them; beyond, the
/// flows are walked from the newest and their words looked at.
const GATHERED_BY_WORDS: i64 = 1_000;

const SERVICES: &str = concat!(
    "select s.id from service s where s.organization_id = $1 and (cast($4 as bigint) is null or s.id = $4) and ",
    in_scope!("s.id", "$2", "$3")
);

impl Store {
    /// The flows that a search finds, the newest first, after a cursor.
    ///
    /// # Errors
    /// The database.
    pub async fn search_flows(
        &self,
        scope: &Scope,
        search: &FlowSearch,
        after: Option<FlowCursor>,
        limit: usize,
    ) -> Result<Vec<FlowSummary>, StoreError> {
        let mut reader = self.db.reader().await?;
        let words = words::words(&search.description);
        let rare = rare(&mut reader, scope, &words).await?;
        let lead = lead(scope, search, rare.is_some());
        let services = match lead {
            Lead::Service => {
                services_in_scope(&mut reader, scope, search.service).await?.into_iter().map(Some).collect()
            }
            _ => vec![search.service.map(|service| service.0)],
        };
        let text = statement(search, &words, lead, reader.is_postgres());
        let mut found = Vec::new();
        for service in services {
            let rows = run(
                &mut reader,
                text.clone(),
                scope,
                search,
                (&words, rare.unwrap_or("")),
                service,
                after,
                limit,
            )
            .await?;
            found.extend(rows.into_iter().map(row::summary).collect::<Result<Vec<_>, _>>()?);
        }
        found.sort_by_key(|flow| std::cmp::Reverse((flow.created_at, flow.id)));
        found.truncate(limit);
        Ok(found)
    }
}

/// The services whose rows this person may see, or the one that is asked for.
pub(crate) async fn services_in_scope(
    reader: &mut Reader,
    scope: &Scope,
    service: Option<ServiceId>,
) -> Result<Vec<i64>, StoreError> {
    let services = fetch_all!(
        reader,
        (i64,),
        SERVICES,
        scope.organization.0,
        scope.operator(),
        needed(Rights::LOOK),
        service.map(|service| service.0),
    )?;
    Ok(services.into_iter().map(|(id,)| id).collect())
}

const fn lead(scope: &Scope, search: &FlowSearch, rare_word: bool) -> Lead {
    if search.number.is_some() {
        Lead::Number
    } else if search.fiscal_code.is_some() {
        Lead::FiscalCode
    } else if rare_word {
        Lead::Words
    } else if search.created_by.is_some() {
        Lead::Operator
    } else if search.state.is_some() || search.service.is_some() || scope.operator.is_some() {
        Lead::Service
    } else if search.nature.is_some() {
        Lead::Nature
    } else {
        Lead::Organization
    }
}

/// Of the words that are asked for, the one that begins the fewest words of flows, if they are few.
async fn rare<'a>(
    reader: &mut Reader,
    scope: &Scope,
    words: &'a [String],
) -> Result<Option<&'a str>, StoreError> {
    let mut rarest = (GATHERED_BY_WORDS + 1, None);
    for word in words {
        let (flows,): (i64,) = fetch_one!(
            reader,
            (i64,),
            "select count(*) from (
               select 1 from flow_word where organization_id = $1 and word >= $2 and word < $3 limit $4
             ) as found",
            scope.organization.0,
            word,
            words::after_beginning(word),
            rarest.0,
        )?;
        if flows < rarest.0 {
            rarest = (flows, Some(word.as_str()));
        }
    }
    Ok(rarest.1)
}

pub(crate) fn statement(search: &FlowSearch, words: &[String], lead: Lead, postgres: bool) -> String {
    let mut text = format!(
        "select {} from flow f join service s on s.id = f.service_id join nature n on n.id = f.nature_id
           left join list l on l.id = f.list_id
         where {}f.organization_id = $1 and {} and {}",
        columns!(),
        if lead == Lead::Organization { "" } else { "+" },
        in_scope!("+f.service_id", "$2", "$3"),
        shown!(),
    );
    text.push_str(" and (f.created_at, f.id) < ($4, $5) and f.created_at >= $6");
    text.push_str(match lead {
        Lead::Number => " and f.id = $7",
        Lead::FiscalCode => {
            concat!(
                " and f.list_id is not null
                  and f.list_id in (select k.recipient_id >> 24 from recipient_key k where k.value = $8",
                in_segments!(),
                ")"
            )
        }
        Lead::Words => {
            " and f.id in (select w.flow_id from flow_word w
                where w.organization_id = $1 and w.word >= $9 and w.word < $10)"
        }
        Lead::Operator => " and f.created_by = $11",
        Lead::Service => " and f.service_id = $12",
        Lead::Nature => " and f.nature_id = $13",
        Lead::Organization => "",
    });
    if search.created_by.is_some() && lead != Lead::Operator {
        text.push_str(" and f.created_by || '' = $11");
    }
    if search.service.is_some() && lead != Lead::Service {
        text.push_str(" and +f.service_id = $12");
    }
    if search.nature.is_some() && lead != Lead::Nature {
        text.push_str(" and +f.nature_id = $13");
    }
    if search.state.is_some() {
        text.push_str(if lead == Lead::Service { " and f.state = $14" } else { " and +f.state = $14" });
    }
    if words.len() > 1 || (words.len() == 1 && lead != Lead::Words) {
        text.push_str(EVERY_WORD);
        text.push_str(if postgres { "json_array_elements($15::json)" } else { "json_each($15)" });
        text.push_str(HAS_NONE);
    }
    text.push_str(" order by f.created_at desc, f.id desc limit $16");
    text
}

const EVERY_WORD: &str = " and not exists (select 1 from ";
const HAS_NONE: &str = " asked where not exists (select 1 from flow_word w
     where w.flow_id = f.id and w.word >= asked.value->>0 and w.word < asked.value->>1))";

#[expect(clippy::too_many_arguments, reason = "one place that binds, for every search")]
async fn run(
    reader: &mut Reader,
    text: String,
    scope: &Scope,
    search: &FlowSearch,
    (words, word): (&[String], &str),
    service: Option<i64>,
    after: Option<FlowCursor>,
    limit: usize,
) -> Result<Vec<Row>, StoreError> {
    // One upper bound for the dates and for the page: of two, SQLite would walk from the wrong one.
    let (at, id) = after
        .map_or((i64::MAX, i64::MAX), |after| (after.created_at.0, after.id.0))
        .min((search.to.map_or(i64::MAX, |to| to.0), i64::MIN));
    let asked: Vec<_> = words.iter().map(|word| [word.clone(), words::after_beginning(word)]).collect();
    let asked = serde_json::to_string(&asked).map_err(|_| StoreError::Corrupt("words"))?;
    Ok(fetch_all!(
        reader,
        Row,
        AssertSqlSafe(text),
        scope.organization.0,
        scope.operator(),
        needed(Rights::LOOK),
        at,
        id,
        search.from.map_or(i64::MIN, |from| from.0),
        search.number.map(|number| number.0),
        search.fiscal_code.as_ref().map(FiscalCode::as_str),
        word,
        words::after_beginning(word),
        search.created_by.as_deref(),
        service,
        search.nature.map(|nature| nature.0),
        search.state.map(|state| state as i16),
        asked,
        values::limit(limit),
    )?)
}
