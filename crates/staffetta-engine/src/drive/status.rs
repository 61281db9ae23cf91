//! One status check.

use crate::decide::after_status;
use crate::drive::ente::{Ente, Said};
use crate::drive::gate::Priority;
use staffetta_domain::FiscalCode;
use staffetta_io::StatusAnswer;
use staffetta_store::ledger::CheckCandidate;
use std::sync::Arc;

/// Asks IO what became of a message, and records it.
pub(crate) async fn check(ente: Arc<Ente>, row: CheckCandidate) {
    let (Some(service), Some(fiscal_code)) =
        (ente.service(row.service()), FiscalCode::from_ledger(&row.fiscal_code))
    else {
        return ente.put_back(row.id(), None);
    };
    let Some(mut place) = ente.place(&service, Priority::Check, None).await else {
        return ente.put_back(row.id(), None);
    };
    let call = ente.io.status(&service.connection, &fiscal_code, &row.io_message_id);
    let Some(reply) = ente.on_the_wire(&service, &mut place, None, call).await else {
        service.health().not_called();
        drop(place);
        return ente.put_back(row.id(), None);
    };
    match reply.wire.status {
        Some(_) => place.answered(reply.remaining),
        None => drop(place),
    }
    let answer = reply.answer;
    let said = match &answer {
        StatusAnswer::Known { .. } | StatusAnswer::NotFound | StatusAnswer::NotTold { .. } => Said::Served,
        StatusAnswer::Later { .. } => Said::Away,
        StatusAnswer::RateLimited { after_ms } => Said::QuotaUsedUp { after_ms: *after_ms },
        StatusAnswer::ServiceStopped { reason, detail } => {
            Said::Stopped { reason: *reason, detail: detail.clone() }
        }
    };
    ente.heed(&service, said).await;
    let change = after_status(&row, &answer, ente.clock.now(), ente.chance());
    ente.ledger.record(change).await;
}
