//! A ledger as it is after many years, for measurements.
#![allow(clippy::unwrap_used, reason = "what fails here ends a measurement")]

use super::{TestLedger, draft, person};
use crate::Scope;
use crate::flows::NewFlow;
use crate::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_domain::{FlowId, ListId, NatureId, ServiceId, UnixMillis};

/// When all of it was made.
pub const NOW: UnixMillis = UnixMillis(1_760_000_000_000);
/// Recipients of one flow.
pub const FLOW_ROWS: i64 = 100_000;

/// A ledger of many years.
pub struct Archive {
    /// The whole ente.
    pub scope: Scope,
    /// The service of all.
    pub service: ServiceId,
    /// The nature of all.
    pub nature: NatureId,
    /// The flows that have recipients, each with its list.
    pub lists: Vec<(FlowId, ListId)>,
    /// A flow that is being prepared, with its list.
    pub draft: (FlowId, ListId),
    /// Notifications in all; those of the draft are none yet.
    pub rows: i64,
}

/// Fills a new ledger: 95 of 100 outcomes are Delivered, some of each other state; a draft of a tenth of the
/// notifications stands on top.
///
/// # Panics
/// Where the ledger does not take what it must.
pub async fn archive(ledger: &TestLedger, rows: i64, flows: i64) -> Archive {
    let (scope, first) = draft(ledger, "Comune").await;
    let known = ledger.find_flow(&scope, first).await.unwrap().unwrap();
    let (service, nature) = (known.summary.service, known.summary.nature);
    let new = avviso(service, nature);
    // Flows without recipients, as a ledger of many years has; in raw text, because they are many.
    ledger
        .raw(&format!(
            "insert into flow (organization_id, service_id, nature_id, state, description, created_at, created_by,
               subject, markdown)
             with recursive number(n) as (select 1 union all select n + 1 from number where n < {flows})
             select {}, {service}, {nature}, 3 + n % 2, 'Avviso ' || n, {} + n, 'anna', 'Oggetto', '{}'
             from number",
            scope.organization,
            NOW.0 - 10_000_000,
            new.markdown,
        ))
        .await;
    ledger
        .raw(
            "insert into flow_word (organization_id, word, flow_id)
             select organization_id, 'avviso', id from flow union all
             select organization_id, cast(id % 5000 as text), id from flow",
        )
        .await;
    let mut lists = Vec::new();
    for from in (0..rows).step_by(usize::try_from(FLOW_ROWS).unwrap()) {
        let flow = ledger.create_draft(&scope, &new, NOW).await.unwrap().unwrap();
        let list = fill(ledger, &scope, flow, from, FLOW_ROWS.min(rows - from)).await;
        assert!(ledger.activate_flow(&scope, flow, list, NOW).await.unwrap());
        lists.push((flow, list));
    }
    // The engine's work, in one statement; of each flow the last 500 rows still wait.
    ledger
        .raw(&format!(
            "update notification set state = case when id % 100 < 95 then 3 else 2 + id % 7 end,
               handled_at = {} + id % 1000000, io_message_id = '01HMRBX079WA5SGYBQP1' || id
             where id % 16777216 <= {}",
            NOW.0,
            FLOW_ROWS - 500
        ))
        .await;
    for (flow, _) in &lists {
        ledger.raw(&format!(
            "update flow set state = 2, queued = (select count(*) from notification where flow_id = flow.id and state = 0),
               delivered = (select count(*) from notification where flow_id = flow.id and state = 3),
               failed = (select count(*) from notification where flow_id = flow.id and state = 6) where id = {flow}"
        )).await;
    }
    let hidden = ledger.create_draft(&scope, &new, NOW).await.unwrap().unwrap();
    let draft = (hidden, fill(ledger, &scope, hidden, 0, rows / 10).await);
    if ledger.kind() == "postgres" {
        ledger.raw("vacuum analyze").await;
    }
    Archive { scope, service, nature, lists, draft, rows }
}

fn avviso(service: ServiceId, nature: NatureId) -> NewFlow {
    NewFlow {
        service,
        nature,
        description: "Avvisi TARI".to_owned(),
        reference: None,
        subject: "Avviso per {{nome}}".to_owned(),
        markdown: "Gentile {{nome}}, ".repeat(20),
    }
}

impl Archive {
    /// Another draft in place of the first, of as many recipients as there are notifications.
    ///
    /// # Panics
    /// Where the ledger does not take it.
    pub async fn enlarge_draft(&mut self, ledger: &TestLedger) {
        let new = avviso(self.service, self.nature);
        let draft = ledger.create_draft(&self.scope, &new, NOW).await.unwrap().unwrap();
        self.draft = (draft, fill(ledger, &self.scope, draft, 0, self.rows).await);
        if ledger.kind() == "postgres" {
            ledger.raw("vacuum analyze").await;
        }
    }
}

async fn fill(ledger: &TestLedger, scope: &Scope, flow: FlowId, from: i64, rows: i64) -> ListId {
    let columns = ["codice_fiscale", "nome"].map(str::to_owned);
    let list = ledger.begin_list(scope, flow, "elenco.csv", &columns, NOW).await.unwrap().unwrap();
    for start in (0..rows).step_by(20_000) {
        let group: Vec<NewRow> = (start..rows.min(start + 20_000))
            .map(|row| NewRow {
                row: row + 1,
                fiscal_code: person(from + row),
                cells: [person(from + row).as_str(), "Maria Esposito"].into_iter().collect::<Cells>(),
                due_date: None,
                amount: None,
                notice_number: None,
                terms: staffetta_domain::PaymentTerms::default(),
            })
            .collect();
        assert!(ledger.add_rows(list, &group).await.unwrap());
    }
    assert!(ledger.finish_list(scope, list, ListFacts::default(), b"bench", FlowSeen::NEW).await.unwrap());
    list
}
