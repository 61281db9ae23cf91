//! Types and rules of writing to citizens on App IO.
//!
//! Nothing here reads a file, a socket or a clock: every rule is a function of its arguments,
//! so that it can be tested alone and used by the command line, the pages and the engine alike.
//! What a person reads is not here either: errors name a [`Phrase`], whose words are in
//! `staffetta-words`.

pub mod amount;
pub mod content;
pub mod due_date;
pub mod fiscal_code;
pub mod flow;
pub mod ids;
pub mod limits;
pub mod nature;
pub mod notice_number;
pub mod notification;
pub mod phrase;
pub mod quota;
pub mod reason;
pub mod rights;
pub mod tally;
pub mod text;
pub mod time;

pub use amount::{Amount, AmountError};
pub use content::{Content, ContentHash, Payment};
pub use due_date::{DueDate, DueDateError};
pub use fiscal_code::{FiscalCode, FiscalCodeError, ReadFiscalCode};
pub use flow::{FlowEvent, FlowState};
pub use ids::{FlowId, ListId, NatureId, NotificationId, OperatorId, OrganizationId, ServiceId};
pub use nature::Nature;
pub use notice_number::{NoticeNumber, NoticeNumberError};
pub use notification::NotificationState;
pub use phrase::Phrase;
pub use quota::Quota;
pub use reason::Reason;
pub use rights::Rights;
pub use tally::Tally;
pub use text::{Markdown, Subject, TextError, TextWarning};
pub use time::UnixMillis;
