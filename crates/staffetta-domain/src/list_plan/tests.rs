//! What is found in a row, and that it is all that is wrong with it.

use super::*;
use crate::merge::written;
use crate::{ActionKind, DueDateError, FiscalCodeError, Format, TextError};
use proptest::prelude::*;

const CODE: &str = "RSSMRA85T10A562S";
const NOTICE: &str = "301000000012345678";

fn plan(subject: &str, markdown: &str, payment: bool) -> Result<ListPlan, Vec<PlanProblem>> {
    let header =
        ["Codice Fiscale", "Nome", "Scadenza", "Importo", "N. avviso", "Protocollo"].map(str::to_owned);
    ListPlan::new(PlanInput {
        header: &header,
        meanings: None,
        invalid_after_due_date: false,
        subject,
        markdown,
        payment,
        markdown_min: 80,
        amount_max: Amount::from_cents(100_000).unwrap(),
    })
}

fn good_plan(payment: bool) -> ListPlan {
    let markdown = format!("Gentile {{{{nome}}}},\n{}\n{{{{nome}}}}", "x".repeat(80));
    plan("Avviso per {{nome}}", &markdown, payment).unwrap()
}

fn faults(plan: &ListPlan, values: &[&str]) -> Vec<RowFault> {
    plan.check(values).err().unwrap_or_default().into_iter().map(|problem| problem.fault).collect()
}

#[test]
fn a_good_row_is_read() {
    let row = good_plan(true).check(&[CODE, "Anna", "15/12/2026", "19,99", NOTICE, "7"]).unwrap();
    assert_eq!((row.fiscal_code.as_str(), row.repaired), (CODE, false));
    assert_eq!(row.due_date.map(DueDate::iso).as_deref(), Some("2026-12-15T22:59:59Z"));
    assert_eq!(row.amount.map(Amount::cents), Some(1_999));
    assert_eq!(row.notice_number.unwrap().as_str(), NOTICE);
    let row =
        good_plan(true).check(&["rssmra85t10a562s", "Anna", " ", "19,99", NOTICE, "", "", " "]).unwrap();
    assert_eq!((row.repaired, row.due_date), (true, None));
}

#[test]
fn without_a_payment_amounts_are_words_like_others() {
    let row = good_plan(false).check(&[CODE, "Anna", "15/12/2026", "molto", "?", ""]).unwrap();
    assert_eq!((row.amount, row.notice_number), (None, None));
    assert!(row.due_date.is_some());
}

#[test]
fn all_faults_of_a_row_are_said_with_their_column() {
    let problems = good_plan(true).check(&["RSSMRA", "", "15/12/26", "2.000,00", "", ""]).unwrap_err();
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem.column.as_deref().unwrap(), problem.value.as_str(), &problem.fault))
        .collect();
    assert_eq!(
        found,
        [
            ("Codice Fiscale", "RSSMRA", &RowFault::FiscalCode(FiscalCodeError::Length { found: 6 })),
            ("Scadenza", "15/12/26", &RowFault::DueDate(DueDateError::TwoDigitYear)),
            (
                "Importo",
                "2.000,00",
                &RowFault::AmountOverService { max: Amount::from_cents(100_000).unwrap() }
            ),
            ("N. avviso", "", &RowFault::PaymentNeedsNotice),
            ("Nome", "", &RowFault::MissingValue { placeholder: "nome".into() }),
        ]
    );
    assert_eq!(
        faults(&good_plan(true), &[CODE, "A", "", "", "3,01E+17", ""]),
        [RowFault::PaymentNeedsAmount, RowFault::NoticeNumber(NoticeNumberError::AlteredBySpreadsheet),]
    );
}

#[test]
fn the_services_maximum_is_still_good() {
    let plan = good_plan(true);
    assert_eq!(faults(&plan, &[CODE, "Anna", "", "1.000,00", NOTICE, ""]), []);
    let over = RowFault::AmountOverService { max: Amount::from_cents(100_000).unwrap() };
    assert_eq!(faults(&plan, &[CODE, "Anna", "", "1000,01", NOTICE, ""]), [over]);
}

#[test]
fn the_shape_of_a_row_is_checked_first() {
    let plan = good_plan(false);
    assert_eq!(faults(&plan, &[CODE, "Anna"]), [RowFault::FewerCells { found: 2, expected: 6 }]);
    assert_eq!(
        faults(&plan, &[CODE, "Anna", "", "", "", "", "più"]),
        [RowFault::MoreCells { found: 7, expected: 6 }]
    );
    let long = "x".repeat(ROW_MAX_BYTES);
    assert_eq!(faults(&plan, &[CODE, &long, "", "", "", ""]), [RowFault::RowTooLong { max: ROW_MAX_BYTES }]);
}

#[test]
fn merged_lengths_are_checked_in_ios_units() {
    let plan = good_plan(false);
    let check = |name: &str| faults(&plan, &[CODE, name, "", "", "", ""]);
    // "Avviso per " takes 11 of 120 units; an emoji takes two.
    assert_eq!(check(&"😀".repeat(54)), []);
    assert_eq!(check(&"😀".repeat(55)), [RowFault::Subject(TextError::TooLong { max: 120, found: 121 })]);
}

#[test]
fn a_plan_says_all_that_is_wrong() {
    let header = ["CF", "Nome"].map(str::to_owned);
    let problems = ListPlan::new(PlanInput {
        header: &header,
        meanings: None,
        invalid_after_due_date: false,
        subject: "Avviso {{via}}",
        markdown: "Breve",
        payment: true,
        markdown_min: 120,
        amount_max: Amount::MAX,
    })
    .unwrap_err();
    assert_eq!(
        problems,
        [
            PlanProblem::NoAmountColumn,
            PlanProblem::NoNoticeNumberColumn,
            PlanProblem::UnknownPlaceholder { name: "via".into(), columns: header.to_vec() },
            PlanProblem::Markdown(TextError::TooShort { min: 120, found: 5 }),
        ]
    );
}

#[test]
fn same_is_what_reaches_the_citizen() {
    let plan = good_plan(true);
    let base = [CODE, "Anna", "15/12/2026", "19,99", NOTICE, "1"];
    let same = |values: &[&str]| plan.check(values).unwrap().same;
    assert_eq!(same(&base), same(&["rssmra85t10a562s", " Anna", "2026-12-15", "€ 19.99", NOTICE, "2"]));
    for (position, other) in [
        (0, "MRTMTT25D09F205Z"),
        (1, "Anno"),
        (2, ""),
        (2, "16/12/2026"),
        (3, "19,98"),
        (4, "301000000012345679"),
    ] {
        let mut values = base;
        values[position] = other;
        assert_ne!(same(&base), same(&values), "{other}");
    }
}

#[test]
fn what_is_written_alike_is_the_same() {
    let markdown = format!("{{{{importo|euro}}}} entro {{{{scadenza|data_estesa}}}} {}", "x".repeat(80));
    let plan = plan("Avviso di pagamento", &markdown, false).unwrap();
    let same = |amount: &str, date: &str| plan.check(&[CODE, "A", date, amount, "", ""]).unwrap().same;
    assert_eq!(same("1.234,50", "15/12/2026"), same("1234,5", "2026-12-15"));
    assert_ne!(same("1.234,50", "15/12/2026"), same("1.234,51", "15/12/2026"));
    let problems = plan.check(&[CODE, "A", "15/12/2026", "molto", "", ""]).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(matches!(problems[0].fault, RowFault::Amount(_)));
    assert_eq!(problems[0].column.as_deref(), Some("Importo"));
    // A due date that is none is told once, though it is IO's and the text's.
    assert_eq!(plan.check(&[CODE, "A", "domani", "5", "", ""]).unwrap_err().len(), 1);
    assert_eq!(faults(&plan, &[CODE, "A", "", "5", "", ""]).len(), 1);
}

fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        r"[-+=.!a1 \\`*_()#<>|~&\[\]\n\r\t😀è]{0,30}",
        any::<String>(),
        "[A-Z][a-z]{2,8}",
        Just("https://example.org/a_b".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_was_checked_can_be_sent(
        name in any_value(), note in any_value(), min in 80..=120_usize,
        subject in r"(Avviso |\n|- |😀|\{\{nome\}\}|\{\{protocollo\}\}){1,12}",
        markdown in r"(Gentile |\r\n|- |\\|# |😀|1\. |--|\{\{Nome\}\}|\{\{ protocollo \}\}|\{\{nome\|MAIUSCOLO\}\}|\{\{protocollo\|iniziali_maiuscole\}\}){1,40}",
    ) {
        let header = ["cf", "nome", "protocollo"].map(str::to_owned);
        let plan = ListPlan::new(PlanInput {
            header: &header, subject: &subject, markdown: &markdown, payment: false,
            meanings: None,
            invalid_after_due_date: false,
            markdown_min: min, amount_max: Amount::MAX,
        });
        let Ok(plan) = plan else { return Ok(()) };
        let values = [CODE, name.as_str(), note.as_str()];
        let content = plan.message().content(&values, None, None, None);
        match plan.check(&values) {
            Ok(_) => {
                let content = content.unwrap();
                let ways = [None, Some(Format::Upper), Some(Format::Capitals)];
                let all = values.map(|value| {
                    let tidy = tidy_value(value);
                    ways.map(|way| written(way, &tidy).unwrap().into_owned())
                });
                let value = |at: usize, way| all[at][ways.iter().position(|one| *one == way).unwrap()].as_str();
                prop_assert_eq!(plan.message.subject.units(value), text::utf16_len(content.subject.as_str()));
                prop_assert_eq!(plan.message.markdown.units(value), text::utf16_len(content.markdown.as_str()));
            }
            Err(problems) => {
                // The check says all; the merge stops at its first fault, and does not look for values first.
                let fault = content.unwrap_err();
                prop_assert!(
                    problems.iter().any(|problem| {
                        problem.fault == fault || matches!(problem.fault, RowFault::MissingValue { .. })
                    }),
                    "{:?}", fault
                );
            }
        }
    }
}

#[test]
fn a_cell_that_a_button_leads_to_is_looked_at_with_its_row() {
    let front = |target: &str| {
        format!(
            "---\nit:\n  cta_1: {{text: \"Apri\", action: \"iohandledlink://{target}\"}}\n---\n{}",
            "x".repeat(80)
        )
    };
    let wrong = |target: &str, cell: &str| {
        let plan = plan("Avviso importante", &front(target), false).unwrap();
        let row = [CODE, "Anna", "", "", "", cell];
        let found = plan.check(&row).err().unwrap_or_default();
        let sent = plan.message().content(&row, None, None, None);
        assert_eq!(found.is_empty(), sent.is_ok(), "what is checked is what can be sent");
        found.into_iter().map(|problem| (problem.column.unwrap(), problem.fault)).collect::<Vec<_>>()
    };
    let fault = |kind| vec![("Protocollo".to_owned(), RowFault::ButtonTarget(kind))];
    assert_eq!(wrong("{{protocollo}}", "https://www.example.it/12"), []);
    assert_eq!(wrong("{{protocollo}}", "www.example.it"), fault(ActionKind::Web));
    assert_eq!(wrong("tel:{{protocollo}}", "06 123"), []);
    assert_eq!(wrong("tel:{{protocollo}}", "centralino"), fault(ActionKind::Phone));
    // Inside of an address any value is a piece of it.
    assert_eq!(wrong("https://www.example.it/{{protocollo}}", "../\"12\" è"), []);
    let missing = RowFault::MissingValue { placeholder: "protocollo".to_owned() };
    assert_eq!(wrong("https://www.example.it/{{protocollo}}", " "), [("Protocollo".to_owned(), missing)]);
}

#[test]
fn buttons_count_for_ios_maximum() {
    let text = format!(
        "---\nit:\n  cta_1: {{text: \"{{{{protocollo}}}}\", action: \"iohandledlink://copy:x\"}}\n---\n{}",
        "x".repeat(9_900)
    );
    let plan = plan("Avviso importante", &text, false).unwrap();
    assert_eq!(faults(&plan, &[CODE, "", "", "", "", "1"]), []);
    let long = "y".repeat(50);
    let found = faults(&plan, &[CODE, "", "", "", "", &long]);
    assert!(matches!(found[..], [RowFault::Markdown(TextError::TooLong { max: 10_000, .. })]), "{found:?}");
}
