//! `service list`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::table::{Align, lines};
use serde::Serialize;
use staffetta_domain::{Phrase, Rights, ServiceId};
use staffetta_store::services::Service;
use staffetta_words::{say, text};

#[derive(Serialize)]
struct Line<'a> {
    id: ServiceId,
    name: &'a str,
    io_service_id: Option<&'a str>,
    base_url: &'a str,
    max_amount_cents: i64,
    enabled: bool,
    paused_reason: Option<&'static str>,
}

pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let services = session.store.services(&session.scope, Rights::LOOK).await?;
    if session.settings.json {
        return services.iter().try_for_each(|service| output::json(&line(service)));
    }
    if services.is_empty() {
        output::notice(&text("cli-no-services"));
        return Ok(());
    }
    let header = [
        (text("cli-column-number"), Align::Right),
        (text("cli-column-name"), Align::Left),
        (text("cli-column-address"), Align::Left),
        (text("cli-column-max-amount"), Align::Right),
        (text("cli-column-state"), Align::Left),
    ];
    let rows: Vec<[String; 5]> = services
        .iter()
        .map(|service| {
            [
                service.id.to_string(),
                service.name.clone(),
                service.base_url.clone(),
                service.max_amount.euro(),
                state(service),
            ]
        })
        .collect();
    lines(header, &rows).iter().try_for_each(|line| output::line(line))
}

fn line(service: &Service) -> Line<'_> {
    Line {
        id: service.id,
        name: &service.name,
        io_service_id: service.io_service_id.as_deref(),
        base_url: &service.base_url,
        max_amount_cents: service.max_amount.cents(),
        enabled: service.enabled,
        paused_reason: service.paused.as_ref().map(|pause| pause.reason.code()),
    }
}

fn state(service: &Service) -> String {
    match &service.paused {
        Some(pause) => say(&Phrase::new("cli-service-paused").with("why", say(&pause.reason.phrase()))),
        None => text(if service.enabled { "cli-service-enabled" } else { "cli-service-off" }),
    }
}
