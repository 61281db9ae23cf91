//! What templates write besides their own words.

#![expect(unreachable_pub, reason = "in what the macro makes of a filter")]

use crate::assets;
use askama::Values;
use staffetta_domain::UnixMillis;
use staffetta_domain::time::{italian_date, italian_date_time};

/// The words of a key.
#[askama::filter_fn]
pub(crate) fn t(key: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(staffetta_words::text(key))
}

/// `18.420`.
#[askama::filter_fn]
pub(crate) fn number(number: &i64, _: &dyn Values) -> askama::Result<String> {
    Ok(staffetta_words::number(*number))
}

/// `24/11/2026`.
#[askama::filter_fn]
pub(crate) fn date(at: &UnixMillis, _: &dyn Values) -> askama::Result<String> {
    Ok(italian_date(*at))
}

/// `24/11/2026 09:41`.
#[askama::filter_fn]
pub(crate) fn moment(at: &UnixMillis, _: &dyn Values) -> askama::Result<String> {
    Ok(italian_date_time(*at))
}

/// The address of a file of ours.
#[askama::filter_fn]
pub(crate) fn asset(file: &str, _: &dyn Values) -> askama::Result<String> {
    Ok(assets::address(file))
}
