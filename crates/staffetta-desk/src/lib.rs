//! What an operator does, whatever the way in: the command line and the pages call these use cases.
//!
//! Composing a flow from an office's file, writing a single notification, exporting. Reading and checking
//! run in a thread of their own, rows go to the ledger in groups: memory does not grow with the list.
//! Not here: how it is asked for and shown, and anything that leaves for IO.

mod check_list;
mod citizen_content;
mod create_flow;
mod export;
mod import;
mod single;
mod subjects;

pub use check_list::{ListReport, NamedProblem, Repetition};
pub use citizen_content::{NotAMessage, citizen_content};
pub use create_flow::{CreateError, FlowCreated, FlowRequest, create_flow};
pub use export::{ExportError, export_flow, export_notifications};
pub use single::{
    FieldProblem, SingleAmount, SingleError, SingleField, SingleRecorded, SingleRequest, add_single,
};
pub use subjects::Subjects;
