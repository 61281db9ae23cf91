//! `node`: the programs at work on this database.

use crate::failure::Failure;
use crate::json::Instant;
use crate::output;
use crate::session::Session;
use crate::table::{Align, lines};
use clap::Subcommand;
use serde::Serialize;
use staffetta_domain::time::italian_date_time;
use staffetta_store::nodes::Node;
use staffetta_words::text;

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// List the programs at work on this database, with how many enti each works
    List,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    name: &'a str,
    version: &'a str,
    works: bool,
    stopping: bool,
    alive: bool,
    organizations: i64,
    started_at: Instant,
    seen_at: Instant,
}

impl Verb {
    pub(crate) async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::List => list(session).await,
        }
    }
}

async fn list(session: &Session) -> Result<(), Failure> {
    let nodes = session.store.nodes(session.now()).await?;
    if session.settings.json {
        return nodes.iter().try_for_each(|node| output::json(&line(node)));
    }
    if nodes.is_empty() {
        output::notice(&text("cli-no-nodes"));
        return Ok(());
    }
    let header = [
        (text("cli-column-node"), Align::Left),
        (text("cli-column-version"), Align::Left),
        (text("cli-column-node-work"), Align::Left),
        (text("cli-column-organizations"), Align::Right),
        (text("cli-column-started"), Align::Left),
        (text("cli-column-seen"), Align::Left),
    ];
    let rows: Vec<[String; 6]> = nodes
        .iter()
        .map(|node| {
            [
                node.name.clone(),
                node.version.clone(),
                text(work(node)),
                node.organizations.to_string(),
                italian_date_time(node.started_at),
                italian_date_time(node.seen_at),
            ]
        })
        .collect();
    lines(header, &rows).iter().try_for_each(|line| output::line(line))
}

const fn work(node: &Node) -> &'static str {
    match node {
        Node { alive: false, .. } => "cli-node-gone",
        Node { stopping: true, .. } => "cli-node-stopping",
        Node { works: true, .. } => "cli-node-sends",
        Node { .. } => "cli-node-pages",
    }
}

fn line(node: &Node) -> Line<'_> {
    Line {
        id: &node.id,
        name: &node.name,
        version: &node.version,
        works: node.works,
        stopping: node.stopping,
        alive: node.alive,
        organizations: node.organizations,
        started_at: Instant(node.started_at),
        seen_at: Instant(node.seen_at),
    }
}
