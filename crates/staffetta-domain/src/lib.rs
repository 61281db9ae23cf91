//! Types and rules of writing to citizens on App IO.
//!
//! Nothing here reads a file, a socket or a clock: every rule is a function of its arguments,
//! so that it can be tested alone and used by the command line, the pages and the engine alike.
//! What a person reads is not here either: errors name a [`Phrase`], whose words are in
//! `staffetta-words`.

pub mod amount;
pub mod buttons;
pub mod columns;
pub mod content;
pub mod due_date;
pub mod errata;
pub mod expedition;
pub mod fiscal_code;
pub mod flow;
pub mod format;
pub mod frozen_message;
pub mod ids;
pub mod io_service_id;
pub mod limits;
pub mod list_plan;
pub mod markdown_escape;
pub mod meaning;
mod merge;
pub mod nature;
pub mod notice_number;
pub mod notification;
pub mod payee;
pub mod payment_terms;
pub mod phrase;
pub mod problem;
pub mod protocol;
pub mod quota;
pub mod reach;
pub mod reason;
pub mod repeats;
pub mod rights;
mod row_hash;
pub mod sending_hours;
pub mod subject_line;
pub mod tally;
pub mod template;
pub mod text;
pub mod text_warning;
pub mod time;
mod typed_number;

pub use amount::{Amount, AmountError};
pub use buttons::{ActionKind, Button, ButtonAction, Buttons};
pub use columns::{Column, Columns};
pub use content::{Content, ContentHash, Payment};
pub use due_date::{DueDate, DueDateError};
pub use errata::{ErrataKind, Receipt, Receipts, Taking, errata_subject, subject_in_markdown};
pub use expedition::Expedition;
pub use fiscal_code::{FiscalCode, FiscalCodeError, ReadFiscalCode};
pub use flow::{FlowEvent, FlowState};
pub use format::Format;
pub use frozen_message::FrozenMessage;
pub use ids::{
    DraftFileId, FlowId, ListId, ModelId, NatureId, NotificationId, OperatorId, OrganizationId, ServiceId,
};
pub use io_service_id::{IoServiceId, IoServiceIdError};
pub use list_plan::{CheckedRow, ListPlan, PlanInput};
pub use meaning::Meaning;
pub use nature::Nature;
pub use notice_number::{NoticeNumber, NoticeNumberError};
pub use notification::NotificationState;
pub use payee::{Payee, PayeeError};
pub use payment_terms::PaymentTerms;
pub use phrase::Phrase;
pub use problem::{PlanProblem, RowFault, RowProblem};
pub use quota::Quota;
pub use reach::Reach;
pub use reason::Reason;
pub use repeats::{Repeat, Repeats};
pub use rights::Rights;
pub use sending_hours::{SendingHours, SendingHoursError};
pub use subject_line::SubjectLine;
pub use tally::Tally;
pub use template::{Template, TemplateError, TemplatePiece};
pub use text::{Markdown, Subject, TextError};
pub use text_warning::TextWarning;
pub use time::{DateError, UnixMillis};
pub use typed_number::typed_number;
