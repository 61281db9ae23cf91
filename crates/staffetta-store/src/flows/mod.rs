//! Flows: prepared, found, activated, deleted. Their sending is not here.

mod activate;
mod delete;
mod describe;
mod draft;
mod find;
mod row;
mod same;
pub(crate) mod search;

pub use draft::{FlowText, NewFlow};
pub use find::{FlowDetail, ListDetail};
pub use row::FlowSummary;
pub use search::{FlowCursor, FlowSearch};
