//! Notifications: single ones written, all of them found, shown and exported. Their sending is not here.
//!
//! Rows of a flow that was never activated do not show, except on the flow's own page
//! ([`Store::flow_rows`]).
//!
//! [`Store::flow_rows`]: crate::Store::flow_rows

pub(crate) mod archive;
pub(crate) mod find;
pub(crate) mod flow_rows;
pub(crate) mod queued;
pub(crate) mod results;
pub(crate) mod row;
pub(crate) mod search;
pub(crate) mod single;
pub(crate) mod statement;

pub use find::NotificationDetail;
pub use results::{ResultPart, ResultRow};
pub use row::{FlowTexts, NotificationPage, NotificationRow};
pub use search::{NotificationCursor, NotificationSearch};
pub use single::{NewSingle, SingleAdded};
