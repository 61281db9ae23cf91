//! Limits with their units and the source of each.

/// Least UTF-16 code units of an *oggetto* (IO: `WithinRangeString(10, 121)`).
pub const SUBJECT_MIN: usize = 10;
/// Most UTF-16 code units of an *oggetto*.
pub const SUBJECT_MAX: usize = 120;
/// IO's own least UTF-16 code units of a *contenuto* (`WithinRangeString(80, 10001)`); an ente may not go below.
pub const MARKDOWN_MIN_OF_IO: usize = 80;
/// The least that an ente starts with, and the most that it may ask for.
pub const MARKDOWN_MIN_DEFAULT: usize = 120;
/// Most UTF-16 code units of a *contenuto*, front matter included.
pub const MARKDOWN_MAX: usize = 10_000;
/// Most characters of a flow's description and of an own reference.
pub const DESCRIPTION_MAX: usize = 200;
/// IO's largest amount, in euro cents.
pub const AMOUNT_MAX_CENTS: i64 = 9_999_999_999;
/// The largest amount that a service takes at first: 10,000 euro, as IO sets it on approval.
pub const SERVICE_AMOUNT_DEFAULT_CENTS: i64 = 1_000_000;
/// Most bytes of one row of an office's file.
pub const ROW_MAX_BYTES: usize = 64 * 1024;
/// Most columns of an office's file.
pub const COLUMNS_MAX: usize = 200;
/// Most characters of a wrong value that are kept and shown.
pub const SHOWN_VALUE_MAX: usize = 40;
/// Most wrong rows that are kept with their reason; all are counted.
pub const WRONG_ROWS_KEPT: usize = 100_000;
