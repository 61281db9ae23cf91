//! *Colonne del file*: which sheet is read, and what its columns mean.

use super::draft::{Away, draft};
use super::list;
use super::reading::{What, begin};
use crate::app::App;
use crate::choice::Choice;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use staffetta_desk::{choose_columns, choose_sheet};
use staffetta_domain::{Columns, Meaning, Rights};
use staffetta_store::draft_files::DraftFile;
use staffetta_words::text;
use std::collections::BTreeMap;

/// Where the choices of a file stand on the page.
pub(super) struct Choices {
    /// Sheets to choose from, where there are several.
    pub(super) sheets: Vec<Choice>,
    pub(super) columns: Vec<ColumnChoice>,
    /// Whether the flow asks for a payment.
    pub(super) payment: bool,
    pub(super) invalid_after_due_date: bool,
    /// They are to be looked at now: what they mean is not clear.
    pub(super) open: bool,
}

/// A column, by its name and first values.
pub(super) struct ColumnChoice {
    pub(super) name: String,
    pub(super) samples: String,
    pub(super) meanings: Vec<Choice>,
}

impl Choices {
    pub(super) fn of(file: &DraftFile, payment: bool) -> Self {
        let known = Columns::from_ledger(file.columns.clone()).meaning(file.meanings.as_deref());
        let chosen = file.sheet.as_deref().unwrap_or_default();
        let several = file.sheets.len() > 1;
        let sheets = file.sheets.iter().filter(|_| several);
        Self {
            sheets: sheets.map(|name| Choice::new(name, name.clone(), chosen)).collect(),
            columns: known
                .iter()
                .enumerate()
                .map(|(place, column)| {
                    let samples = file.samples.0.iter().filter_map(|row| row.get(place));
                    let samples: Vec<&str> =
                        samples.map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
                    ColumnChoice {
                        name: column.name.clone(),
                        samples: samples.join(" · "),
                        meanings: meanings(column.meaning, payment),
                    }
                })
                .collect(),
            payment,
            invalid_after_due_date: file.invalid_after_due_date,
            open: !known.meaning_problems().is_empty(),
        }
    }
}

/// What a column may mean: of a payment only where the flow is one, unless it means that already.
fn meanings(chosen: Option<Meaning>, payment: bool) -> Vec<Choice> {
    let word = chosen.map_or("", Meaning::word);
    let offered = Meaning::ALL.into_iter().filter(|meaning| {
        let of_any = matches!(meaning, Meaning::FiscalCode | Meaning::DueDate | Meaning::ExpeditionDate);
        payment || of_any || chosen == Some(*meaning)
    });
    let none = Choice::new("", text("meaning-text"), word);
    let named = offered
        .map(|meaning| Choice::new(meaning.word(), text(&format!("meaning-{}", meaning.word())), word));
    std::iter::once(none).chain(named).collect()
}

#[derive(Deserialize)]
pub(super) struct ChosenSheet {
    sheet: String,
}

pub(super) async fn read_sheet(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Form(chosen): Form<ChosenSheet>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    if !choose_sheet(app.store(), person.scope(), flow, &chosen.sheet).await.map_err(Fault::from)? {
        return Err(Fault::BadRequest.into());
    }
    begin(&app, person.scope(), flow, What::Kept { accept_valid: false }).await;
    list::answer(&app, &person, flow, live, StatusCode::OK).await
}

pub(super) async fn read_columns(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    Form(chosen): Form<BTreeMap<String, String>>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let meanings = chosen_meanings(&chosen).ok_or(Fault::BadRequest)?;
    let expires = chosen.contains_key("invalid_after_due_date");
    let chosen = (meanings, expires);
    if !choose_columns(app.store(), person.scope(), flow, chosen, app.now()).await.map_err(Fault::from)? {
        return Err(Fault::BadRequest.into());
    }
    begin(&app, person.scope(), flow, What::Kept { accept_valid: false }).await;
    list::answer(&app, &person, flow, live, StatusCode::OK).await
}

/// The fields `column-0`, `column-1` and so on; none may be missing or say what no column means.
fn chosen_meanings(form: &BTreeMap<String, String>) -> Option<Vec<Option<Meaning>>> {
    let columns = form.keys().filter(|name| name.starts_with("column-")).count();
    let meaning = |place: usize| match form.get(&format!("column-{place}"))?.as_str() {
        "" => Some(None),
        word => Meaning::from_word(word).map(Some),
    };
    (0..columns).map(meaning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_has_its_words() {
        for payment in [true, false] {
            for choice in meanings(Some(Meaning::Payee), payment) {
                assert!(choice.name.len() > 4 && !choice.name.starts_with("meaning"), "{}", choice.name);
            }
        }
        assert_eq!(meanings(None, false).len(), 4);
        assert_eq!(meanings(Some(Meaning::Amount), false).len(), 5);
        assert_eq!(meanings(None, true).len(), 1 + Meaning::ALL.len());
    }

    #[test]
    fn a_form_made_by_hand_chooses_nothing() {
        let form = |fields: &[(&str, &str)]| {
            let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
            chosen_meanings(&fields.iter().map(own).collect())
        };
        assert_eq!(
            form(&[("column-0", "fiscal-code"), ("column-1", "")]),
            Some(vec![Some(Meaning::FiscalCode), None])
        );
        assert_eq!(form(&[("column-0", "fiscal-code"), ("column-2", "")]), None);
        assert_eq!(form(&[("column-0", "altro")]), None);
    }
}
