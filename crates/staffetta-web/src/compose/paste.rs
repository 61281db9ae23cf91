//! *Incolla i codici fiscali*: a list without a file becomes one, and is kept and read as any other.

use super::draft::{Away, draft};
use super::list::{self, Beside};
use super::reading::{What, begin};
use super::spool::{Arrived, spool};
use crate::app::App;
use crate::fault::Fault;
use crate::frame::Person;
use crate::live::Live;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use staffetta_domain::columns::key;
use staffetta_domain::{Columns, Phrase, Rights};
use staffetta_words::text;

/// Most bytes that are pasted: some 50,000 codes. A longer list is a file already.
pub(super) const PASTED_MAX_BYTES: usize = 1024 * 1024;

#[derive(Deserialize)]
pub(super) struct Pasted {
    codes: String,
}

pub(super) async fn take(
    State(app): State<App>,
    person: Person,
    live: Live,
    Path(id): Path<String>,
    form: Result<Form<Pasted>, FormRejection>,
) -> Result<Response, Away> {
    let flow = draft(&app, &person, &id, Rights::COMPOSE, live).await?.summary.id;
    let told = |key: &'static str, status| (status, Beside::List, (Phrase::new(key), None));
    let Ok(Form(pasted)) = form else {
        let told = told("paste-too-long", StatusCode::PAYLOAD_TOO_LARGE);
        return list::answer_told(&app, &person, flow, live, told).await;
    };
    let codes = codes(&pasted.codes);
    if codes.is_empty() {
        let told = told("paste-empty", StatusCode::UNPROCESSABLE_ENTITY);
        return list::answer_told(&app, &person, flow, live, told).await;
    }
    let file = as_file(&codes);
    let path = spool(&app, file.as_bytes()).await.map_err(|error| Fault::Internal(error.to_string()))?;
    let arrived = Arrived { path, file_name: text("paste-file-name") };
    begin(&app, person.scope(), flow, What::Arrived(arrived)).await;
    list::answer(&app, &person, flow, live, StatusCode::OK).await
}

/// The codes, one or many in a line. A line that is one code with blanks in it, as `RSS MRA 85T10 A562S`, is one.
fn codes(pasted: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for line in pasted.lines() {
        let cells = line.split([',', ';', '\t']).map(str::trim).filter(|cell| !cell.is_empty());
        for cell in cells {
            let parts: Vec<&str> = cell.split_whitespace().collect();
            let joined = parts.concat();
            let is_one = joined.chars().count() == 16 && parts.iter().all(|part| part.chars().count() < 16);
            if is_one || is_header(cell) {
                codes.push(joined);
            } else {
                codes.extend(parts.iter().map(|part| (*part).to_owned()));
            }
        }
    }
    if codes.first().is_some_and(|first| is_header(first)) {
        codes.remove(0);
    }
    codes
}

/// Whether it is a name of the column of codes, copied with them.
fn is_header(cell: &str) -> bool {
    let columns = Columns::from_ledger(vec![key(cell)]);
    columns.iter().any(|column| column.meaning == Some(staffetta_domain::Meaning::FiscalCode))
}

/// A column with its name: without it a first code with a slip in it would be taken for one.
fn as_file(codes: &[String]) -> String {
    let mut file = String::from("codice_fiscale\n");
    for code in codes {
        // A quote would open a cell that never ends.
        file.extend(code.chars().filter(|c| *c != '"'));
        file.push('\n');
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_pasted_one_or_many_in_a_line() {
        let (a, b) = ("RSSMRA85T10A562S", "MRTMTT25D09F205Z");
        for pasted in [
            format!("{a}\n{b}"),
            format!("{a} {b}"),
            format!(" {a};{b}, \r\n\r\n"),
            format!("Codice fiscale\n{a}\t{b}"),
            format!("CF\n{a}\n{b}\n"),
        ] {
            assert_eq!(codes(&pasted), [a, b], "{pasted}");
        }
        assert_eq!(codes("RSS MRA 85T10 A562S\nRSSMRA"), [a, "RSSMRA"]);
        assert!(codes(" \n;, \t").is_empty());
        assert_eq!(as_file(&["\"A\"".into(), "B".into()]), "codice_fiscale\nA\nB\n");
    }
}
