//! Files out: the archive of notifications, a flow's results, the list of wrong rows. XLSX, results also as CSV.
//!
//! Streamed: memory does not grow with the rows. Whole or not at all: rows go to a temporary file
//! without a name in the target's folder, the workbook to one beside the target that takes its name
//! when it is complete and on the disk.
//!
//! What is *not* done here: no text of an office or a citizen is ever looked at to guess what it is, so
//! none can become a formula, a number or a link. (A CSV cannot say what is text; see there.)

mod archive;
mod book;
mod checked_list;
mod clean;
mod csv_file;
mod error;
mod example;
mod office_rows;
mod results;
mod value;
mod wrong_rows;

pub use archive::{ArchiveRow, ArchiveWriter};
pub use checked_list::CheckedListWriter;
pub use error::WriteError;
pub use example::ExampleWriter;
pub use office_rows::OfficeRowsWriter;
pub use results::{ResultFormat, ResultRow, ResultWriter};
pub use wrong_rows::{WrongRow, WrongRowsWriter};

use staffetta_domain::Phrase;

/// The one who has words for a phrase: `staffetta_words::say`.
pub type Say = fn(&Phrase) -> String;
