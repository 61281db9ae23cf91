//! Three people who do not exist, for the rows of an example.
//!
//! Their codes are right in form and belong to nobody: no place of birth has the numbers from M900 on.

use staffetta_domain::columns::key;
use staffetta_domain::time::italian_date;
use staffetta_domain::{Format, Meaning, UnixMillis};

/// How many there are.
pub(crate) const PEOPLE: usize = 3;

const DAY_MS: i64 = 86_400_000;

struct Invented {
    code: &'static str,
    name: &'static str,
    surname: &'static str,
    address: &'static str,
    amount: &'static str,
    cents: &'static str,
    notice: &'static str,
    /// Days until what is due.
    days: i64,
}

const INVENTED: [Invented; PEOPLE] = [
    Invented {
        code: "RSSMRA80A41M901L",
        name: "Maria",
        surname: "Rossi",
        address: "Via della Prova 1",
        amount: "125,50",
        cents: "12550",
        notice: "399000000000000001",
        days: 30,
    },
    Invented {
        code: "BNCLCU75D12M902X",
        name: "Luca",
        surname: "Bianchi",
        address: "Piazza Esempio 2",
        amount: "84,00",
        cents: "8400",
        notice: "399000000000000002",
        days: 45,
    },
    Invented {
        code: "VRDLSN92S50M903V",
        name: "Alessandra",
        surname: "Verdi",
        address: "Viale Inventato 33",
        amount: "210,75",
        cents: "21075",
        notice: "399000000000000003",
        days: 60,
    },
];

/// The date so many days from now, as offices write it.
pub(crate) fn date(now: UnixMillis, days: i64) -> String {
    italian_date(now.plus_ms(days * DAY_MS))
}

/// What stands in a column of an invented row; `format` is how the text writes it.
pub(crate) fn value(
    row: usize,
    (name, meaning, format): (&str, Option<Meaning>, Option<Format>),
    now: UnixMillis,
) -> String {
    let person = &INVENTED[row % PEOPLE];
    let day = || date(now, person.days);
    match (meaning, format) {
        (Some(Meaning::FiscalCode), _) => person.code.to_owned(),
        (Some(Meaning::DueDate), _) | (None, Some(Format::Date | Format::LongDate)) => day(),
        (Some(Meaning::AmountInCents), _) => person.cents.to_owned(),
        (Some(Meaning::Amount), _) | (None, Some(Format::Euro | Format::EuroOfCents)) => {
            person.amount.to_owned()
        }
        (Some(Meaning::NoticeNumber), _) => person.notice.to_owned(),
        (Some(Meaning::InvalidAfterDueDate), _) => "no".to_owned(),
        // Most notices are paid to who writes, and most lists are sent on one day.
        (Some(Meaning::Payee | Meaning::ExpeditionDate), _) => String::new(),
        (None, _) => named(&key(name), person, &day()),
    }
}

/// What a column's name suggests; the key is without case, accents and blanks.
fn named(key: &str, person: &Invented, day: &str) -> String {
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    match key {
        "cognome" => person.surname.to_owned(),
        "nome" => person.name.to_owned(),
        "anno" => day.rsplit('/').next().unwrap_or_default().to_owned(),
        "cap" => "00000".to_owned(),
        _ if has(&["nominativo", "intestatario", "cognome", "contribuente"]) => {
            format!("{} {}", person.surname, person.name)
        }
        _ if has(&["indirizzo", "residenza", "domicilio"]) => person.address.to_owned(),
        _ if has(&["comune", "citta", "localita"]) => "Comune di Prova".to_owned(),
        _ if has(&["nascita"]) => "01/01/1980".to_owned(),
        _ if key.starts_with("data") || has(&["scadenza"]) => day.to_owned(),
        _ if has(&["orario"]) || key == "ora" => "9:30".to_owned(),
        _ if has(&["importo", "totale"]) => person.amount.to_owned(),
        _ if key == "rata" || key.starts_with("num") => "1".to_owned(),
        _ => "esempio".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use staffetta_domain::{Amount, FiscalCode, NoticeNumber};

    const NOW: UnixMillis = UnixMillis(1_795_000_000_000);

    fn of(name: &str, meaning: Option<Meaning>, format: Option<Format>) -> String {
        value(0, (name, meaning, format), NOW)
    }

    #[test]
    fn nobody_is_who_stands_in_an_example() {
        for person in &INVENTED {
            assert_eq!(FiscalCode::read(person.code).map(|read| read.repaired), Ok(false));
            assert!(person.code[11..].starts_with("M9"));
            assert!(NoticeNumber::read(person.notice).is_ok());
            assert_eq!(Amount::read(person.amount), Amount::read_cents(person.cents));
        }
    }

    #[test]
    fn a_column_holds_what_its_name_and_its_place_in_the_text_say() {
        assert_eq!(of("Intestatario", None, None), "Rossi Maria");
        assert_eq!(of("Cognome e nome", None, None), "Rossi Maria");
        assert_eq!(of("COGNOME", None, None), "Rossi");
        assert_eq!(of("Data di nascita", None, None), "01/01/1980");
        assert_eq!(of("Data dell'avviso", None, None), "18/12/2026");
        assert_eq!(of("dal", None, Some(Format::LongDate)), "18/12/2026");
        assert_eq!(of("saldo", None, Some(Format::Euro)), "125,50");
        assert_eq!(of("scadenza", Some(Meaning::FiscalCode), None), "RSSMRA80A41M901L");
        assert_eq!(of("boh", None, None), "esempio");
    }
}
