//! A cell on its way into the workbook.

use super::WriteError;
use super::clean::clean;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::Worksheet;
use staffetta_domain::UnixMillis;

/// The day that Excel counts as 0, 30 December 1899, lies this many days before 1970.
const EXCEL_DAYS_TO_1970: f64 = 25_569.0;
const SECONDS_OF_A_DAY: f64 = 86_400.0;
/// A cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    /// An empty cell.
    Nothing,
    /// Text whatever it looks like.
    Text(&'a str),
    /// Shown in Rome's time.
    Moment(UnixMillis),
    /// Euro cents.
    Cents(i64),
    /// A whole number.
    Integer(i64),
}

impl Value<'_> {
    /// Writes the cell and tells about how many bytes of XML it takes. Only typed writes: nothing is guessed.
    pub(super) fn write(
        self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        rome: &TimeZone,
    ) -> Result<u64, WriteError> {
        /// A cell's tags, and how much escaping can stretch a character.
        const TAGS: u64 = 64;
        const STRETCH: u64 = 6;
        match self {
            Self::Nothing | Self::Text("") => return Ok(0),
            Self::Text(text) => {
                sheet.write_string(row, column, clean(text))?;
                return Ok(TAGS + STRETCH * u64::try_from(text.len()).unwrap_or(u64::MAX / 16));
            }
            Self::Moment(moment) => {
                if let Some(days) = excel_days(moment, rome) {
                    sheet.write_number(row, column, days)?;
                }
            }
            Self::Cents(cents) => {
                sheet.write_number(row, column, float(cents) / 100.0)?;
            }
            Self::Integer(number) => {
                sheet.write_number(row, column, float(number))?;
            }
        }
        Ok(TAGS)
    }
}

/// Days and fraction of a day as Excel counts them, on Rome's clocks; none where Excel has no dates.
fn excel_days(moment: UnixMillis, rome: &TimeZone) -> Option<f64> {
    let instant = Timestamp::from_millisecond(moment.0).ok()?;
    let seconds = moment.0.div_euclid(1000) + i64::from(rome.to_offset(instant).seconds());
    let days = EXCEL_DAYS_TO_1970 + float(seconds) / SECONDS_OF_A_DAY;
    (days >= 1.0).then_some(days)
}

/// The same number; exact up to 2⁵³, beyond any that is written here.
fn float(number: i64) -> f64 {
    let high = i32::try_from(number >> 32).unwrap_or_default();
    let low = u32::try_from(number & 0xffff_ffff).unwrap_or_default();
    f64::from(high) * 4_294_967_296.0 + f64::from(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_moments_are_exact() {
        for number in [0, 1, -1, 4_294_967_296, -4_294_967_297, 9_007_199_254_740_992] {
            assert_eq!(format!("{:.0}", float(number)), number.to_string());
        }
        let rome = TimeZone::get("Europe/Rome").unwrap();
        // 2026-12-15T09:30:00Z is 10:30 in Rome; 2026-07-01T22:00:00Z is midnight there.
        assert_eq!(excel_days(UnixMillis(1_797_327_000_000), &rome), Some(46_371.437_5));
        assert_eq!(excel_days(UnixMillis(1_782_943_200_000), &rome), Some(46_205.0));
        assert_eq!(excel_days(UnixMillis(-2_300_000_000_000), &rome), None);
    }
}
