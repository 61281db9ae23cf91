//! `ATTESI.md`: every number that a reader must find.

use crate::csv::{euro, values};
use crate::list::{COLUMNS, Cell, Kind, Row};
use crate::outcome::Outcome;
use crate::plan::Plan;
use std::fmt::{Result, Write as _};

/// A list, its rows, and its files with the hash of each.
pub(crate) struct Written {
    /// What was asked for.
    pub(crate) plan: &'static Plan,
    /// The rows.
    pub(crate) rows: Vec<Row>,
    /// Name and SHA-256 of each file.
    pub(crate) files: Vec<(String, String)>,
}

const OPENING: &str = "\
# Risultati attesi

> Pagina scritta da `cargo xtask examples` insieme agli elenchi: non modificarla a mano.

Gli elenchi di questa cartella parlano di **persone che non esistono**. Nomi e cognomi sono accostati a
caso; i codici fiscali sono formalmente validi, ma il luogo di nascita (da `M900` in poi) non è di nessun
comune: non possono appartenere a nessuno. Inventati anche indirizzi, importi e numeri di avviso.

Chi è su IO, chi ha disattivato il servizio, chi riceve un errore lo decide il simulatore dal proprio
seme e dal codice fiscale, mai dall'ordine delle chiamate. Con i valori con cui il simulatore parte
(`--seed 1 --reach 0.85`) e con natura *Avviso di pagamento*, testo `avviso-tari.md`, i numeri sono
esattamente questi. Le righe sono numerate come nel foglio: la riga 1 è l'intestazione.
";

/// The page.
pub(crate) fn page(lists: &[Written]) -> std::result::Result<String, std::fmt::Error> {
    let mut out = String::from(OPENING);
    out.push_str("\n## Impronte dei file\n\nDa verificare in questa cartella con `sha256sum`.\n\n```\n");
    for (file, hash) in lists.iter().flat_map(|list| &list.files) {
        writeln!(out, "{hash}  {file}")?;
    }
    out.push_str("```\n");
    for list in lists {
        section(&mut out, list)?;
    }
    Ok(out)
}

fn section(out: &mut String, list: &Written) -> Result {
    let files: Vec<_> = list.files.iter().map(|(file, _)| format!("`{file}`")).collect();
    writeln!(out, "\n## {}\n", files.join(" e "))?;
    if files.len() > 1 {
        out.push_str("Le stesse righe nei due formati: i numeri sono gli stessi.\n\n");
    }
    let valid: Vec<_> = list.rows.iter().filter(|row| matches!(row.kind, Kind::Valid(_))).collect();
    let amounts: Vec<u64> = valid.iter().map(|row| cents(row)).collect();
    let count = |kind: fn(&Row) -> bool| list.rows.iter().filter(|row| kind(row)).count();
    out.push_str("| all'importazione | |\n|---|---:|\n");
    for (what, number) in [
        ("righe lette", list.rows.len().to_string()),
        ("righe scartate", count(|row| matches!(row.kind, Kind::Wrong(_))).to_string()),
        ("righe ripetute, tenute una volta sola", count(|row| row.kind == Kind::Again).to_string()),
        ("**righe valide, cioè messaggi**", format!("**{}**", valid.len())),
        ("di cui con il codice fiscale corretto dal programma", count(|row| row.repaired).to_string()),
        ("persone con due righe di contenuto diverso", list.plan.second.to_string()),
        ("totale degli importi validi", format!("{} €", euro(amounts.iter().sum()))),
        ("importo minimo", format!("{} €", euro(amounts.iter().copied().min().unwrap_or(0)))),
        ("importo massimo", format!("{} €", euro(amounts.iter().copied().max().unwrap_or(0)))),
    ] {
        writeln!(out, "| {what} | {number} |")?;
    }
    wrong_rows(out, &list.rows)?;
    said_rows(out, &list.rows)?;
    outcomes(out, &valid, list)
}

fn wrong_rows(out: &mut String, rows: &[Row]) -> Result {
    out.push_str("\n### Righe scartate\n\n| riga | colonna | valore | motivo |\n|---:|---|---|---|\n");
    for (line, row) in (2..).zip(rows) {
        if let Kind::Wrong(wrong) = row.kind {
            let value = &values(row)[wrong.column()];
            let value = if value.is_empty() { "(vuoto)".to_owned() } else { format!("`{value}`") };
            writeln!(out, "| {line} | {} | {value} | {} |", COLUMNS[wrong.column()], wrong.reason())?;
        }
    }
    Ok(())
}

/// Rows that are taken, and of which something is said.
fn said_rows(out: &mut String, rows: &[Row]) -> Result {
    out.push_str("\n### Righe segnalate\n\n| riga | che cosa |\n|---:|---|\n");
    for (place, row) in rows.iter().enumerate() {
        let first = rows
            .iter()
            .position(|other| other.notice == row.notice || same_person(other, row))
            .unwrap_or(place);
        let what = match row.kind {
            Kind::Again => format!("uguale alla riga {}: tenuta una volta sola", first + 2),
            _ if row.repaired => {
                format!("codice fiscale scritto `{}`: letto `{}`", row.code, clean(&row.code))
            }
            Kind::Valid(_) if first < place => {
                format!("la stessa persona della riga {}, con altro contenuto: due messaggi", first + 2)
            }
            _ => continue,
        };
        writeln!(out, "| {} | {what} |", place + 2)?;
    }
    Ok(())
}

fn outcomes(out: &mut String, valid: &[&Row], list: &Written) -> Result {
    out.push_str("\n### Dopo l'invio al simulatore\n\n");
    out.push_str("| stato | `flow show --json` | motivo | messaggi | importi |\n|---|---|---|---:|---:|\n");
    for outcome in Outcome::ALL {
        let of: Vec<_> = valid.iter().filter(|row| row.kind == Kind::Valid(outcome)).collect();
        let sum = euro(of.iter().map(|row| cents(row)).sum());
        let (state, code, reason) = (outcome.state(), outcome.code(), outcome.reason());
        writeln!(out, "| {state} | `{code}` | {reason} | {} | {sum} € |", of.len())?;
    }
    let count = |outcome| valid.iter().filter(|row| row.kind == Kind::Valid(outcome)).count();
    let unreachable = count(Outcome::NotOnIo) + count(Outcome::ServiceOff);
    let examine = valid.len() - unreachable - count(Outcome::Delivered);
    writeln!(out, "| | | **in tutto** | **{}** | |", valid.len())?;
    writeln!(
        out,
        "\nIl flusso finisce in *Invio incompleto*: **{unreachable} non raggiungibili · {examine} da esaminare**. \
         Il simulatore ha ricevuto {} messaggi: i disponibili, più {} che IO ha preso e poi non ha recapitato o \
         non ha lavorato, più {} di cui si è persa la risposta.",
        count(Outcome::Delivered)
            + count(Outcome::RejectedLater)
            + count(Outcome::FailedLater)
            + count(Outcome::LostAnswer),
        count(Outcome::RejectedLater) + count(Outcome::FailedLater),
        count(Outcome::LostAnswer),
    )?;
    out.push_str("\nLe righe da esaminare:\n\n| riga | stato | motivo |\n|---:|---|---|\n");
    for (line, row) in (2..).zip(&list.rows) {
        if let Kind::Valid(outcome) = row.kind
            && !matches!(outcome, Outcome::Delivered | Outcome::NotOnIo | Outcome::ServiceOff)
        {
            writeln!(out, "| {line} | {} | {} |", outcome.state(), outcome.reason())?;
        }
    }
    Ok(())
}

fn same_person(one: &Row, other: &Row) -> bool {
    !one.code.is_empty() && clean(&one.code) == clean(&other.code)
}

fn clean(code: &str) -> String {
    code.replace(' ', "").to_uppercase()
}

fn cents(row: &Row) -> u64 {
    if let Cell::Cents(cents) = row.amount { u64::from(cents) } else { 0 }
}
