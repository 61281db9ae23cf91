//! What a person looks at: what the simulator is, what a citizen received, what was counted.

mod front_matter;
mod html;
mod inbox;
mod markdown;

use crate::simulator::answers::Answer;
use crate::simulator::payload::is_fiscal_code;
use crate::simulator::{Method, Request, Simulator};
use html::{escape, page};

/// No script, nothing from elsewhere, no framing; forms only to the simulator itself. The page's empty icon, which
/// keeps browsers from asking for one, is an address of its own kind.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";
const STYLE: &str = include_str!("pages/style.css");

/// The answer to a request outside IO's API.
pub(super) fn answer(simulator: &Simulator, request: &Request<'_>) -> Answer {
    match (request.method, request.path) {
        (Method::Get, "/") => shown(200, index(simulator, None)),
        (Method::Post, "/") => search(simulator, request.body),
        (Method::Get, "/_simulator/stats") => {
            let citizens = request.query.split('&').any(|pair| pair == "citizens=1");
            Answer::json(200, &simulator.stats(citizens)).with("cache-control", "no-store".to_owned())
        }
        (Method::Get, "/_simulator/style.css") => {
            Answer::text(200, "text/css; charset=utf-8", STYLE.to_owned())
        }
        (Method::Get, path) => match path.strip_prefix("/inbox/") {
            Some(code) => inbox_of(simulator, &code.to_ascii_uppercase()),
            None => Answer::gateway(404, "Resource not found"),
        },
        _ => Answer::gateway(404, "Resource not found"),
    }
}

fn shown(status: u16, body: String) -> Answer {
    Answer::text(status, "text/html; charset=utf-8", body)
        .with("content-security-policy", CONTENT_POLICY.to_owned())
        .with("x-content-type-options", "nosniff".to_owned())
        .with("referrer-policy", "no-referrer".to_owned())
        .with("cache-control", "no-store".to_owned())
}

fn inbox_of(simulator: &Simulator, code: &str) -> Answer {
    if !is_fiscal_code(code) {
        return shown(404, index(simulator, Some(code)));
    }
    let books = simulator.books();
    shown(200, inbox::draw(code, &books.inbox(code), simulator.options.keep_bodies))
}

/// The form's fiscal code leads to its inbox.
fn search(simulator: &Simulator, body: &[u8]) -> Answer {
    let text = String::from_utf8_lossy(body);
    let written = text.split('&').find_map(|pair| pair.strip_prefix("fiscal_code=")).unwrap_or_default();
    // Of a form's encoding only blanks matter: everything else is not in a fiscal code anyway.
    let code = written.replace(['+', ' '], "").replace("%20", "").to_ascii_uppercase();
    if !is_fiscal_code(&code) {
        return shown(422, index(simulator, Some(&code)));
    }
    Answer::bare(303).with("location", format!("/inbox/{code}"))
}

fn index(simulator: &Simulator, wrong: Option<&str>) -> String {
    let messages = simulator.books().len();
    let received = match messages {
        0 => "Finora non ha ricevuto messaggi.".to_owned(),
        1 => "Finora ha ricevuto un messaggio.".to_owned(),
        _ => format!("Finora ha ricevuto {messages} messaggi."),
    };
    let (error, described) = match wrong {
        Some(code) => (
            format!(
                "<p class=\"error\" id=\"error\" role=\"alert\">«{}» non è un codice fiscale di 16 caratteri.</p>",
                escape(&code.chars().take(40).collect::<String>())
            ),
            " aria-describedby=\"error\" aria-invalid=\"true\"",
        ),
        None => (String::new(), ""),
    };
    page(
        "Simulatore di IO",
        &format!(
            "<h1>Simulatore di IO</h1>\
             <p>Risponde come l’API di App IO, ma nessun messaggio esce da qui. {received}</p>\
             <form method=\"post\" action=\"/\">\
             <label for=\"fiscal_code\">Codice fiscale</label>\
             {error}\
             <input id=\"fiscal_code\" name=\"fiscal_code\" required autocomplete=\"off\" spellcheck=\"false\" maxlength=\"40\"{described}>\
             <button type=\"submit\">Mostra i messaggi ricevuti</button>\
             </form>\
             <p><a href=\"/_simulator/stats\">Conteggi in formato JSON</a></p>"
        ),
    )
}
