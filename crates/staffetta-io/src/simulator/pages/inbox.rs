//! What a citizen received, as the app shows it.

use super::html::{escape, page};
use super::markdown;
use crate::simulator::books::Found;
use jiff::tz::TimeZone;
use serde::Deserialize;
use staffetta_domain::{Amount, UnixMillis};

/// Most messages on a page.
const SHOWN_MAX: usize = 100;

#[derive(Deserialize)]
struct Kept {
    subject: String,
    markdown: String,
    #[serde(default)]
    due_date: Option<String>,
    #[serde(default)]
    payment_data: Option<KeptPayment>,
}

#[derive(Deserialize)]
struct KeptPayment {
    amount: i64,
    notice_number: String,
}

/// The page of a citizen, newest message first.
pub(super) fn draw(code: &str, messages: &[Found<'_>], texts_are_kept: bool) -> String {
    let count = match messages.len() {
        0 => "Nessun messaggio ricevuto.".to_owned(),
        1 => "Un messaggio ricevuto.".to_owned(),
        count if count > SHOWN_MAX => format!("{count} messaggi ricevuti; ecco gli ultimi {SHOWN_MAX}."),
        count => format!("{count} messaggi ricevuti."),
    };
    let note = if texts_are_kept { "" } else { "<p>Il simulatore non conserva i testi.</p>" };
    let cards: String = messages.iter().take(SHOWN_MAX).map(card).collect();
    page(
        &format!("Messaggi di {code}"),
        &format!(
            "<h1>Messaggi di {}</h1><p>{count}</p>{note}{cards}<p><a href=\"/\">Un altro codice fiscale</a></p>",
            escape(code)
        ),
    )
}

fn card(found: &Found<'_>) -> String {
    let record = found.record;
    let kept: Option<Kept> = record.content.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let subject = kept.as_ref().map_or("(testo non conservato)", |kept| &kept.subject);
    let body = kept.as_ref().map(body).unwrap_or_default();
    format!(
        "<article class=\"message\"><header><p class=\"service\">{}</p><h2>{}</h2><p class=\"sent\">{}</p></header>\
         {body}<p class=\"id\">Identificativo: {}</p></article>",
        escape(found.label),
        escape(subject),
        rome(record.created_at),
        escape(&record.id()),
    )
}

fn body(kept: &Kept) -> String {
    let due = kept.due_date.as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok());
    let due = due.map_or_else(String::new, |due| {
        let at = UnixMillis(due.as_millisecond());
        format!("<p class=\"due\">Scade il <strong>{}</strong></p>", rome(at))
    });
    let drawn = markdown::draw(&kept.markdown);
    let payment = kept.payment_data.as_ref().map(payment).unwrap_or_default();
    format!("{due}<div class=\"body\">{}</div>{}{payment}", drawn.html, actions(&drawn.actions))
}

fn payment(payment: &KeptPayment) -> String {
    let amount = Amount::from_cents(payment.amount).map(Amount::euro).unwrap_or_default();
    // As the app groups it: four digits at a time.
    let digits: Vec<char> = payment.notice_number.chars().collect();
    let number: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    format!(
        "<section class=\"payment\" aria-label=\"Avviso di pagamento\"><dl>\
         <dt>Importo</dt><dd>{}</dd><dt>Codice avviso</dt><dd>{}</dd></dl>{}</section>",
        escape(&amount),
        escape(&number.join(" ")),
        actions(&[format!("Paga {amount}")])
    )
}

fn actions(labels: &[String]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let items: String = labels.iter().map(|label| format!("<li>{}</li>", escape(label))).collect();
    format!("<ul class=\"actions\" aria-label=\"Pulsanti del messaggio\">{items}</ul>")
}

/// Date and time as they are in Italy.
fn rome(at: UnixMillis) -> String {
    let zone = TimeZone::get("Europe/Rome").unwrap_or(TimeZone::UTC);
    let time = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned_datetime(zone);
    time.strftime("%d/%m/%Y, ore %H:%M").to_string()
}
