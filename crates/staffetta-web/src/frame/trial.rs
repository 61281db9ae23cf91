//! *PROVA*: whether any citizen can receive anything.

use crate::app::App;
use staffetta_domain::OrganizationId;
use staffetta_io::BaseUrl;
use staffetta_store::StoreError;

/// Whether there are services and all write to a simulator on this machine: of an ente, or of all where it is not
/// known whose page it is. One real service is enough to reach somebody, whoever looks.
pub(crate) async fn is_trial(app: &App, organization: Option<OrganizationId>) -> Result<bool, StoreError> {
    let policy = &app.options().url_policy;
    let here = |url: &String| BaseUrl::parse(url, policy).is_ok_and(|url| url.is_loopback());
    let urls = app.store().base_urls(organization).await?;
    Ok(!urls.is_empty() && urls.iter().all(here))
}
