//! `operator list`.

use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use crate::table::{Align, lines};
use serde::Serialize;
use staffetta_domain::{OperatorId, Rights, ServiceId};
use staffetta_store::operators::Operator;
use staffetta_words::text;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Line<'a> {
    id: OperatorId,
    name: &'a str,
    admin: bool,
    services: Vec<Enabled<'a>>,
}

#[derive(Serialize)]
struct Enabled<'a> {
    name: &'a str,
    rights: String,
}

pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let services = session.store.services(&session.scope, Rights::LOOK).await?;
    let names: BTreeMap<ServiceId, &str> =
        services.iter().map(|service| (service.id, service.name.as_str())).collect();
    let operators = session.store.operators(session.organization.id).await?;
    if session.settings.json {
        return operators.iter().try_for_each(|operator| output::json(&line(operator, &names)));
    }
    if operators.is_empty() {
        output::notice(&text("cli-no-operators"));
        return Ok(());
    }
    let header = [(text("cli-column-name"), Align::Left), (text("cli-column-services"), Align::Left)];
    let rows: Vec<[String; 2]> =
        operators.iter().map(|operator| [operator.name.clone(), may(operator, &names)]).collect();
    lines(header, &rows).iter().try_for_each(|line| output::line(line))
}

fn enabled<'a>(operator: &Operator, names: &BTreeMap<ServiceId, &'a str>) -> Vec<Enabled<'a>> {
    let known = operator.services.iter().filter_map(|(id, rights)| Some((names.get(id)?, rights)));
    known.map(|(name, rights)| Enabled { name, rights: rights.to_string() }).collect()
}

fn line<'a>(operator: &'a Operator, names: &BTreeMap<ServiceId, &'a str>) -> Line<'a> {
    Line { id: operator.id, name: &operator.name, admin: operator.admin, services: enabled(operator, names) }
}

fn may(operator: &Operator, names: &BTreeMap<ServiceId, &str>) -> String {
    if operator.admin {
        return text("cli-operator-admin");
    }
    let words: Vec<String> = enabled(operator, names)
        .iter()
        .map(|enabled| format!("{} ({})", enabled.name, enabled.rights))
        .collect();
    words.join(", ")
}
