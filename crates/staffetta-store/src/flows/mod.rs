//! Flows: prepared, found, activated, deleted. Their sending is not here.

pub(crate) mod activate;
pub(crate) mod delete;
pub(crate) mod describe;
pub(crate) mod draft;
pub(crate) mod find;
pub(crate) mod import;
mod outcomes;
pub(crate) mod part;
pub(crate) mod progress;
pub(crate) mod row;
pub(crate) mod same;
pub(crate) mod search;
pub(crate) mod under_way;

pub use draft::{DraftSaved, FlowText, NewFlow};
pub use find::{FlowDetail, ListDetail};
pub use import::ImportEnd;
pub use outcomes::OutcomeCount;
pub use part::{HiddenPart, Part, Parting};
pub use progress::FlowProgress;
pub use row::{FlowSummary, Planned};
pub use search::{FlowCursor, FlowSearch};
pub use under_way::Elsewhere;
