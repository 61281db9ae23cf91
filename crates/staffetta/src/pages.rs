//! The pages on an address.

use crate::failure::Failure;
use crate::session::Session;
use staffetta_domain::Phrase;
use staffetta_io::{IoClient, SystemClock};
use staffetta_web::{App, AppOptions};
use std::sync::Arc;
use tokio::net::TcpListener;

/// The pages of this installation.
pub(crate) fn app(session: &Session) -> Result<App, Failure> {
    let client = &session.settings.client;
    let io = IoClient::new(client)
        .map_err(|error| Failure::usage(Phrase::new("cli-client").with("error", error)))?;
    let options = AppOptions {
        url_policy: client.url_policy,
        https: false,
        temporary: session.settings.data_dir.clone(),
    };
    Ok(App::new(Arc::clone(&session.store), Arc::new(io), Arc::new(SystemClock), options))
}

/// Serves until dropped.
pub(crate) async fn serve(listener: TcpListener, app: App) -> Result<(), Failure> {
    let served = axum::serve(listener, staffetta_web::router(app)).await;
    served.map_err(|error| Failure::system("cli-pages-stopped", &error))
}
