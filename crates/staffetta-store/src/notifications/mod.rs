//! Notifications: single ones written, all of them found, shown and exported. Their sending is not here.
//!
//! Rows of a flow that was never activated do not show, except on the flow's own page
//! ([`Store::flow_rows`]).
//!
//! [`Store::flow_rows`]: crate::Store::flow_rows

mod archive;
mod find;
mod flow_rows;
mod queued;
mod row;
mod search;
mod single;
mod statement;

pub use find::NotificationDetail;
pub use row::{FlowTexts, NotificationPage, NotificationRow};
pub use search::{NotificationCursor, NotificationSearch};
pub use single::{NewSingle, SingleAdded};
