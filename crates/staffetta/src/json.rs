//! The shapes that scripts rely on. A member is added, never renamed or removed.

use serde::ser::{Serialize, SerializeMap, Serializer};
use staffetta_desk::SendingTime;
use staffetta_domain::{FlowId, NotificationId, Tally, UnixMillis};
use staffetta_store::approvals::Approval;
use staffetta_store::flows::FlowSummary;
use staffetta_store::forecasts;
use staffetta_store::notifications::NotificationRow;

/// Counts by state, in the order of the states.
pub(crate) struct Counts(pub(crate) Tally);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (state, count) in self.0.iter() {
            map.serialize_entry(state.code(), &count)?;
        }
        map.end()
    }
}

/// An instant, as `2026-12-15T09:30:00Z`.
pub(crate) struct Instant(pub(crate) UnixMillis);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match jiff::Timestamp::from_millisecond(self.0.0) {
            Ok(timestamp) => serializer.collect_str(&timestamp),
            // No calendar reaches so far: what cannot be told is not told.
            Err(_) => serializer.serialize_none(),
        }
    }
}

/// `flow create`.
#[derive(serde::Serialize)]
pub(crate) struct Created {
    pub(crate) id: FlowId,
    pub(crate) valid_rows: u64,
    pub(crate) wrong_rows: u64,
}

/// `flow forecast`, and in `flow show`.
#[derive(serde::Serialize)]
pub(crate) struct Forecast {
    id: FlowId,
    asked_at: Instant,
    ended: bool,
    recipients: i64,
    reachable: i64,
    service_off: i64,
    not_on_io: i64,
    refused: i64,
}

impl Forecast {
    pub(crate) const fn of(id: FlowId, forecast: &forecasts::Forecast) -> Self {
        Self {
            id,
            asked_at: Instant(forecast.asked_at),
            ended: forecast.ended_at.is_some(),
            recipients: forecast.recipients,
            reachable: forecast.reachable,
            service_off: forecast.service_off,
            not_on_io: forecast.not_on_io,
            refused: forecast.refused,
        }
    }
}

/// `flow show`, and every change of a flow.
#[derive(serde::Serialize)]
pub(crate) struct Flow {
    id: FlowId,
    state: &'static str,
    paused: bool,
    /// Why the service paused itself.
    service_paused: Option<&'static str>,
    /// A second person has to approve it before it is sent.
    awaits_approval: bool,
    /// When it begins by itself.
    planned_at: Option<Instant>,
    /// How many of the first recipients are sent before it waits for a person.
    pilot: Option<i64>,
    recipients: i64,
    tally: Counts,
}

impl Flow {
    pub(crate) const fn of(flow: &FlowSummary) -> Self {
        Self {
            id: flow.id,
            state: flow.state.code(),
            paused: flow.paused,
            service_paused: match flow.service_paused {
                Some(reason) => Some(reason.code()),
                None => None,
            },
            awaits_approval: matches!(flow.approval, Approval::Awaited),
            planned_at: match flow.planned {
                Some(planned) => Some(Instant(planned.at)),
                None => None,
            },
            pilot: flow.pilot,
            recipients: flow.recipients,
            tally: Counts(flow.tally),
        }
    }
}

/// `flow show`.
#[derive(serde::Serialize)]
pub(crate) struct FlowShown {
    #[serde(flatten)]
    pub(crate) flow: Flow,
    /// How long the sending still takes, where that can be reckoned.
    #[serde(flatten)]
    pub(crate) time: Option<Time>,
    /// What IO said of the recipients before the sending, if it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) forecast: Option<Forecast>,
}

/// When a sending ends.
#[derive(serde::Serialize)]
pub(crate) struct Time {
    sending_seconds: u64,
    ends_at: Instant,
}

impl Time {
    pub(crate) const fn of(time: SendingTime) -> Self {
        Self { sending_seconds: time.seconds, ends_at: Instant(time.ends_at) }
    }
}

/// A line of `flow list`.
#[derive(serde::Serialize)]
pub(crate) struct FlowLine<'a> {
    #[serde(flatten)]
    flow: Flow,
    interrupted: bool,
    description: &'a str,
    reference: Option<&'a str>,
    service: &'a str,
    nature: &'a str,
    created_at: Instant,
    created_by: &'a str,
}

impl<'a> FlowLine<'a> {
    pub(crate) fn of(flow: &'a FlowSummary) -> Self {
        Self {
            flow: Flow::of(flow),
            interrupted: flow.interrupted,
            description: &flow.description,
            reference: flow.reference.as_deref(),
            service: &flow.service_name,
            nature: &flow.nature_name,
            created_at: Instant(flow.created_at),
            created_by: &flow.created_by,
        }
    }
}

/// `notification send`.
#[derive(serde::Serialize)]
pub(crate) struct Notification<'a> {
    id: NotificationId,
    state: &'static str,
    reason: Option<&'static str>,
    io_message_id: Option<&'a str>,
}

impl<'a> Notification<'a> {
    pub(crate) fn of(row: &'a NotificationRow) -> Self {
        Self {
            id: row.id,
            state: row.state.code(),
            reason: row.reason.map(|reason| reason.code()),
            io_message_id: row.io_message_id.as_deref(),
        }
    }
}

/// A line of `notification list`.
#[derive(serde::Serialize)]
pub(crate) struct NotificationLine<'a> {
    #[serde(flatten)]
    notification: Notification<'a>,
    fiscal_code: &'a str,
    service: &'a str,
    flow: Option<FlowId>,
    handled_at: Option<Instant>,
    created_at: Option<Instant>,
    due_date: Option<Instant>,
    amount_cents: Option<i64>,
    notice_number: Option<&'a str>,
    email_status: Option<&'a str>,
    reference: Option<&'a str>,
    /// The flow of whose message it is a test.
    test_of: Option<FlowId>,
}

impl<'a> NotificationLine<'a> {
    pub(crate) fn of(row: &'a NotificationRow) -> Self {
        Self {
            notification: Notification::of(row),
            fiscal_code: row.fiscal_code.as_str(),
            service: &row.service_name,
            flow: row.flow,
            handled_at: row.handled_at.map(Instant),
            created_at: row.created_at.map(Instant),
            due_date: row.due_date.map(|date| Instant(date.instant())),
            amount_cents: row.amount.map(|amount| amount.cents()),
            notice_number: row.notice_number.as_ref().map(|number| number.as_str()),
            email_status: row.email_status.as_deref(),
            reference: row.reference.as_deref(),
            test_of: row.test_of,
        }
    }
}
