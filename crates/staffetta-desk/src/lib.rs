//! What an operator does, whatever the way in: the command line and the pages call these use cases.
//!
//! Composing a flow from an office's file, writing a single notification, exporting. Reading and checking
//! run in a thread of their own, rows go to the ledger in groups: memory does not grow with the list.
//! Not here: how it is asked for and shown, and anything that leaves for IO.

mod activate;
mod already_file;
mod already_sent;
mod balance;
mod check_list;
mod checked_file;
mod citizen_content;
mod copied;
mod correction;
mod create_draft;
mod create_flow;
mod create_parts;
mod draft_error;
mod draft_text;
mod duplicate;
mod email;
mod email_copy;
mod errata;
mod errata_text;
mod errata_told;
mod example_list;
mod excluded;
mod export;
mod find_recipient;
mod how_to_read;
mod import;
mod invented;
mod keep_file;
mod leave_out;
mod list_read;
mod list_report;
mod look_into;
mod message;
mod model;
mod needed_columns;
mod office_file;
mod part;
mod planned_for;
mod preview;
mod read_differently;
mod read_list;
mod readiness;
mod results;
mod save_draft;
mod save_model;
mod sending_time;
mod shared_models;
mod single;
mod subjects;
mod test_send;
mod text_warnings;
mod upload_exclusion;
mod upload_list;
mod wrong_rows_file;

pub use activate::{Activation, activate};
pub use already_file::already_file;
pub use balance::{Balance, balance, earlier_phrase};
pub use checked_file::checked_file;
pub use citizen_content::{NotAMessage, citizen_content};
pub use correction::{NotCorrected, can_be_corrected, check_correction};
pub use create_draft::{create_draft, create_draft_from};
pub use create_flow::{CreateError, FlowCreated, FlowRequest, create_flow};
pub use create_parts::{PartsCreated, create_parts};
pub use draft_error::DraftError;
pub use draft_text::DraftText;
pub use duplicate::duplicate_flow;
pub use email::email_phrase;
pub use email_copy::email_copy;
pub use errata::{ErrataRequest, NoErrata, is_over, make_errata};
pub use errata_told::errata_phrases;
pub use example_list::{example_rows, write_message_example, write_model_example};
pub use export::{ExportError, export_notifications};
pub use find_recipient::{FoundRecipient, find_recipient};
pub use leave_out::leave_out_already_sent;
pub use list_read::{ListRead, ListReady};
pub use list_report::{Cents, Lengths, ListReport, NamedProblem, ProblemKind, Repetition, STARTS_MAX};
pub use model::{
    Model, ModelColumn, ModelKey, NoSuchModel, find_model, model_named, own_models, shared_models,
};
pub use needed_columns::needed_columns;
pub use part::{Parted, part_flow};
pub use planned_for::PlannedFor;
pub use preview::{Preview, PreviewOf, PreviewRecipient, preview};
pub use read_differently::{NotFixed, choose_columns, choose_sheet, fix_cell};
pub use read_list::read_list;
pub use readiness::{NotReady, readiness};
pub use results::result_file;
pub use save_draft::{DraftSaving, save_draft};
pub use save_model::{ModelNotSaved, rename_model, save_model};
pub use sending_time::{SendingTime, forecast_time, sending_time};
pub use single::{
    FieldProblem, SingleAmount, SingleError, SingleField, SingleRecorded, SingleRequest, add_single,
};
pub use staffetta_sheets::{ResultFormat, panic_becomes_error};
pub use staffetta_store::notifications::ResultPart;
pub use subjects::Subjects;
pub use test_send::{NotTested, TestMessage, TestRequest, send_test, test_message};
pub use text_warnings::text_warnings;
pub use upload_exclusion::{ExclusionRead, upload_exclusion};
pub use upload_list::{Upload, upload_list};
pub use wrong_rows_file::{WrongRowsError, wrong_rows_file, wrong_rows_of_request};
