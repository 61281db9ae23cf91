//! Wherever a column stands and whatever it is called, what a person says of it is what is read.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use staffetta_domain::{Amount, ListPlan, Meaning, PlanInput};

/// The columns of a list of payments: what each means and its value.
const CELLS: [(Option<Meaning>, &str); 8] = [
    (Some(Meaning::FiscalCode), "RSSMRA85T10A562S"),
    (Some(Meaning::AmountInCents), "1999"),
    (Some(Meaning::DueDate), "30/06/2027"),
    (Some(Meaning::NoticeNumber), "301000000000000001"),
    (Some(Meaning::InvalidAfterDueDate), "sì"),
    (Some(Meaning::Payee), "80012345676"),
    (None, "Mario"),
    (None, "MRTMTT25D09F205Z"),
];

fn plan(header: &[String], meanings: &[Option<Meaning>]) -> ListPlan {
    ListPlan::new(PlanInput {
        header,
        meanings: Some(meanings),
        invalid_after_due_date: false,
        subject: "Avviso di pagamento",
        markdown: &"Le scriviamo per un avviso di pagamento a suo nome. ".repeat(5),
        payment: true,
        markdown_min: 80,
        amount_max: Amount::from_cents(1_000_000).unwrap(),
    })
    .unwrap()
}

proptest! {
    #[test]
    fn a_row_is_read_by_what_its_columns_mean(
        order in Just((0..CELLS.len()).collect::<Vec<_>>()).prop_shuffle(),
        // Names that say something else: none is believed.
        names in Just(
            ["Scadenza", "Importo", "CF", "Nome", "payee", "Numero avviso", "Note", "taxcode"].map(String::from),
        ).prop_shuffle(),
    ) {
        let usual: Vec<String> = (0..CELLS.len()).map(|place| format!("c{place}")).collect();
        let meanings: Vec<Option<Meaning>> = CELLS.iter().map(|(meaning, _)| *meaning).collect();
        let values: Vec<&str> = CELLS.iter().map(|(_, value)| *value).collect();
        let expected = plan(&usual, &meanings).check(&values).unwrap();

        let meanings: Vec<Option<Meaning>> = order.iter().map(|place| CELLS[*place].0).collect();
        let values: Vec<&str> = order.iter().map(|place| CELLS[*place].1).collect();
        prop_assert_eq!(plan(&names, &meanings).check(&values).unwrap(), expected);
        prop_assert!(expected.terms.invalid_after_due_date && expected.terms.payee.is_some());
    }
}
