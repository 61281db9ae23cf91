//! *Scarica le righe da correggere*.

use super::draft::find;
use crate::app::App;
use crate::download::{self, Kind};
use crate::fault::Fault;
use crate::frame::Person;
use axum::extract::{Path, State};
use axum::response::Response;
use staffetta_desk::{DraftError, WrongRowsError, wrong_rows_file};
use staffetta_domain::Rights;

/// Also of a flow that was activated: the ledger keeps what was left out.
pub(super) async fn give(
    State(app): State<App>,
    person: Person,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let flow = find(&app, &person, &id, Rights::LOOK).await?.summary.id;
    let name = format!("righe-da-correggere-flusso-{flow}");
    let now = app.now();
    let given = download::file(&app, &name, Kind::Xlsx, async |path| {
        wrong_rows_file(app.store(), person.scope(), flow, now, path).await
    });
    given.await
}

impl From<DraftError> for Fault {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::Store(error) => Self::Store(error),
            error => Self::NotNow(error.phrase()),
        }
    }
}

impl From<WrongRowsError> for Fault {
    fn from(error: WrongRowsError) -> Self {
        match error {
            WrongRowsError::NoList => Self::NotFound,
            WrongRowsError::Draft(DraftError::Store(error)) => Self::Store(error),
            error => {
                let said = error.phrases().into_iter().next();
                said.map_or_else(|| Self::Internal(error.to_string()), |(what, _)| Self::NotNow(what))
            }
        }
    }
}
