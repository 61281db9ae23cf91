//! *Nodi*, for administrators: the running programs, and which of them works this ente. Of other enti it shows how
//! many a node works, and nothing else.

use crate::app::App;
use crate::fault::Fault;
use crate::filters;
use crate::frame::{self, Admin, Frame, Place};
use crate::states::StateShown;
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Html;
use axum::routing::get;
use staffetta_domain::Phrase;
use staffetta_store::nodes::Node;
use staffetta_words::{say, text};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/nodi", get(show))
}

struct Line {
    node: Node,
    state: StateShown,
    /// It works this ente.
    is_ours: bool,
}

#[derive(Template)]
#[template(path = "nodes/list.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    /// Who works this ente.
    worker: String,
}

async fn show(State(app): State<App>, Admin(person): Admin) -> Result<Html<String>, Fault> {
    let nodes = app.store().nodes_of(person.scope(), app.now()).await?;
    let worker = nodes.iter().find(|(_, is_ours)| *is_ours).map(|(node, _)| node.name.clone());
    let page = Page {
        frame: Frame::of(&app, &person, Place::Nodes).await?,
        worker: match worker {
            Some(name) => say(&Phrase::new("nodes-worker").with("name", name)),
            None => text("nodes-no-worker"),
        },
        lines: nodes.into_iter().map(|(node, is_ours)| Line { state: state(&node), node, is_ours }).collect(),
    };
    frame::page(&page)
}

/// What a node does, with the colour of a flow's state that is like it.
fn state(node: &Node) -> StateShown {
    let (code, key) = match node {
        Node { alive: false, .. } => ("alarming", "nodes-gone"),
        Node { stopping: true, .. } => ("incomplete", "nodes-stopping"),
        Node { works: true, .. } => ("sent", "nodes-works"),
        Node { .. } => ("inactive", "nodes-pages"),
    };
    StateShown { code, words: text(key) }
}
