//! *Nodi*, for administrators: the running programs, and which of them works this ente. Of other enti it shows how
//! many a node works, and nothing else.

use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Admin, Frame, Place, Watcher};
use crate::states::StateShown;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use staffetta_domain::Phrase;
use staffetta_store::Scope;
use staffetta_store::nodes::Node;
use staffetta_words::{say, text};

/// Characters of a node's number that tell it from another on the same machine.
const SHORT: usize = 6;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/nodi", get(show)).route("/nodi/elenco", get(again))
}

#[derive(Template)]
#[template(path = "nodes/list.html")]
struct Page {
    frame: Frame,
    nodes: Nodes,
}

/// The nodes as they are now.
#[derive(Template)]
#[template(path = "nodes/table.html")]
struct Nodes {
    lines: Vec<Line>,
    /// Who works this ente.
    worker: String,
}

struct Line {
    short_id: String,
    node: Node,
    state: StateShown,
    /// It works this ente.
    is_ours: bool,
}

async fn show(State(app): State<App>, Admin(person): Admin) -> Result<Html<String>, Fault> {
    let nodes = Nodes::of(&app, person.scope()).await?;
    frame::page(&Page { frame: Frame::of(&app, &person, Place::Nodes).await?, nodes })
}

/// What a page that stays open asks for.
async fn again(State(app): State<App>, watcher: Watcher) -> Result<Html<String>, Fault> {
    if !watcher.person.is_admin() {
        return Err(Fault::Forbidden);
    }
    frame::page(&Nodes::of(&app, watcher.person.scope()).await?)
}

impl Nodes {
    async fn of(app: &App, scope: &Scope) -> Result<Self, Fault> {
        let nodes = app.store().nodes_of(scope, app.now()).await?;
        let lines: Vec<Line> = nodes
            .into_iter()
            .map(|(node, is_ours)| Line {
                short_id: node.id.chars().take(SHORT).collect(),
                state: state(&node),
                node,
                is_ours,
            })
            .collect();
        let worker = match lines.iter().find(|line| line.is_ours) {
            Some(line) => {
                let phrase = Phrase::new("nodes-worker").with("name", &line.node.name);
                say(&phrase.with("id", &line.short_id))
            }
            None => text("nodes-no-worker"),
        };
        Ok(Self { lines, worker })
    }
}

/// What a node does, with the colour of a flow's state that is like it.
fn state(node: &Node) -> StateShown {
    let (code, key) = match node {
        Node { alive: false, .. } => ("alarming", "nodes-gone"),
        Node { stopping: true, works: false, .. } => ("alarming", "nodes-unable"),
        Node { stopping: true, .. } => ("incomplete", "nodes-stopping"),
        Node { works: true, .. } => ("sent", "nodes-works"),
        Node { .. } => ("inactive", "nodes-pages"),
    };
    StateShown { code, words: text(key) }
}
