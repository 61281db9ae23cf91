//! When a flow is to begin, as the office's file says it.

use staffetta_domain::{Expedition, OrganizationId, UnixMillis};
use staffetta_store::flows::ListDetail;
use staffetta_store::{Store, StoreError};

/// The one day of sending of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedFor {
    /// As the file has it.
    pub day: Expedition,
    /// When that begins, by the ente's hours.
    pub at: UnixMillis,
    /// It has passed: nothing is planned, and a person is asked.
    pub passed: bool,
}

impl PlannedFor {
    /// The day of a list that has one, for all its rows.
    pub(crate) async fn of(
        store: &Store,
        organization: OrganizationId,
        list: &ListDetail,
        now: UnixMillis,
    ) -> Result<Option<Self>, StoreError> {
        let mut days = list.starts.iter().filter(|(_, rows)| *rows > 0).map(|(day, _)| day);
        let (Some(Some(day)), None) = (days.next(), days.next()) else { return Ok(None) };
        let Some(ente) = store.organization(organization).await? else { return Ok(None) };
        let at = day.start(&ente.hours).ok();
        Ok(at.map(|at| Self { day: *day, at, passed: at <= now }))
    }
}
