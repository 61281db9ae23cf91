//! The lists hold what their plans say, judged by the product's own rules.

use crate::list::{COLUMNS, Kind, Row, make};
use crate::outcome::Outcome;
use crate::plan::{LARGE, SMALL};
use crate::{csv, folder};
use staffetta_domain::{Amount, FiscalCode, ListPlan, PlanInput, Repeat, Repeats};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

#[test]
fn committed_files_are_what_is_made() {
    for (name, bytes) in crate::make().unwrap() {
        let committed = fs::read(folder().unwrap().join(&name)).unwrap_or_default();
        assert!(
            committed == bytes,
            "examples/{name} differs: run `cargo xtask examples` and look at the change"
        );
    }
}

#[test]
fn the_page_names_the_simulator_s_own_defaults() {
    let options = staffetta_io::SimulatorOptions::default();
    let named = format!("--seed {} --reach {}", options.seed, options.reach);
    assert!(fs::read_to_string(folder().unwrap().join("ATTESI.md")).unwrap().contains(&named));
}

#[test]
fn lists_hold_what_their_plans_say() {
    for plan in [&SMALL, &LARGE] {
        let rows = make(plan);
        assert_eq!(rows.len(), plan.rows);
        let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
        for row in &rows {
            if let Kind::Valid(outcome) = row.kind {
                *counts.entry(outcome).or_default() += 1;
                let read = FiscalCode::read(&row.code).unwrap();
                assert_eq!(read.repaired, row.repaired);
                assert_eq!(Outcome::of(&read.code), outcome);
            }
        }
        assert_eq!(counts.remove(&Outcome::Delivered), Some(plan.delivered()));
        assert_eq!(counts, plan.outcomes.iter().copied().collect());
        assert_eq!(rows.iter().filter(|row| row.kind == Kind::Again).count(), plan.twice);
        let repaired = rows.iter().filter(|row| row.repaired && row.kind != Kind::Again).count();
        assert_eq!(repaired, plan.lower_case + plan.spaced);
    }
}

#[test]
fn the_product_reads_every_row_as_promised() {
    for plan in [&SMALL, &LARGE] {
        let rows = make(plan);
        let fitted = fit("avviso-tari.md", true);
        let mut repeats = Repeats::default();
        let mut second = 0;
        for (line, row) in (2..).zip(&rows) {
            let values = csv::values(row);
            let checked = fitted.check(&values.each_ref().map(String::as_str));
            match (row.kind, checked) {
                (Kind::Wrong(wrong), Err(problems)) => {
                    let columns: Vec<_> =
                        problems.iter().filter_map(|problem| problem.column.as_deref()).collect();
                    assert_eq!(columns, [COLUMNS[wrong.column()]], "line {line}");
                }
                (kind, Ok(checked)) => {
                    assert_eq!(checked.repaired, row.repaired, "line {line}");
                    let repeat = repeats.see(line, &checked);
                    assert_eq!(matches!(repeat, Repeat::Same { .. }), kind == Kind::Again, "line {line}");
                    second += usize::from(matches!(repeat, Repeat::Different { .. }));
                }
                (kind, checked) => panic!("line {line}: {kind:?}, but {checked:?}"),
            }
        }
        assert_eq!(second, plan.second);
        for (wrong, count) in plan.wrong {
            assert_eq!(
                rows.iter().filter(|row| row.kind == Kind::Wrong(*wrong)).count(),
                *count,
                "{wrong:?}"
            );
        }
    }
}

#[test]
fn all_three_texts_fit_the_lists() {
    for (text, payment) in
        [("avviso-tari.md", true), ("promemoria-carta-identita.md", false), ("convocazione-seggio.md", false)]
    {
        let fitted = fit(text, payment);
        let good = make(&SMALL)
            .iter()
            .filter(|row| fitted.check(&csv::values(row).each_ref().map(String::as_str)).is_ok())
            .count();
        assert!(good >= SMALL.valid_rows(), "{text}: {good} good rows");
    }
}

#[test]
fn notice_numbers_and_people_are_told_apart() {
    for plan in [&SMALL, &LARGE] {
        let rows = make(plan);
        let valid: Vec<&Row> = rows.iter().filter(|row| matches!(row.kind, Kind::Valid(_))).collect();
        let notices: BTreeSet<_> = valid.iter().map(|row| &row.notice).collect();
        let people: BTreeSet<_> = valid.iter().map(|row| FiscalCode::read(&row.code).unwrap().code).collect();
        assert_eq!(notices.len(), plan.valid_rows());
        assert_eq!(people.len(), plan.valid_rows() - plan.second);
    }
}

#[test]
fn the_csv_is_as_excel_in_italy_saves_it() {
    let bytes = csv::write(&make(&SMALL)).unwrap();
    assert!(bytes.starts_with(b"Codice Fiscale;Cognome;Nome;Indirizzo;Importo;Scadenza;Numero avviso\r\n"));
    assert!(bytes.ends_with(b"\r\n"));
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 301);
    // In UTF-8 an accented letter would be two bytes and never this one alone.
    assert!(std::str::from_utf8(&bytes).is_err() && bytes.contains(&0xf2));
    assert!(bytes.windows(10).any(|part| part == b"; scala B\""), "no value needs quotes");
}

/// A text of the examples, fitted to the lists' header.
fn fit(text: &str, payment: bool) -> ListPlan {
    let markdown = fs::read_to_string(folder().unwrap().join(text)).unwrap();
    let input = PlanInput {
        header: &COLUMNS.map(str::to_owned),
        meanings: None,
        invalid_after_due_date: false,
        subject: "Comunicazione per {{Nome}} {{Cognome}}",
        markdown: &markdown,
        payment,
        markdown_min: staffetta_domain::limits::MARKDOWN_MIN_DEFAULT,
        amount_max: Amount::from_cents(staffetta_domain::limits::SERVICE_AMOUNT_DEFAULT_CENTS).unwrap(),
    };
    ListPlan::new(input).unwrap()
}
