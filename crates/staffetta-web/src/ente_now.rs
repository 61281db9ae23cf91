//! What of an ente bears on all its flows at a moment.

use staffetta_domain::UnixMillis;
use staffetta_store::organizations::Organization;

/// What of an ente bears on all its flows now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EnteNow {
    /// Nothing leaves until an administrator says so.
    pub(crate) held: bool,
    /// Outside the sending hours: when they open again.
    pub(crate) rests_until: Option<UnixMillis>,
}

impl EnteNow {
    pub(crate) fn of(organization: &Organization, now: UnixMillis) -> Self {
        let open_at = organization.hours.open_at(now);
        Self { held: organization.held.is_some(), rests_until: (open_at > now).then_some(open_at) }
    }
}
