//! The configuration: a file, the environment, flags, in that order of rising strength.
//!
//! Nothing else in the program reads the environment. What can be set is listed once, in [`layer`].

mod layer;
mod secret;

use crate::arguments::Global;
use crate::failure::{Failure, system_words};
use layer::Layer;
use staffetta_domain::Phrase;
use staffetta_io::{ClientOptions, UrlPolicy};
use staffetta_store::StoreOptions;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

const DATA_DIR: &str = "staffetta-data";
const DATABASE_NAME: &str = "staffetta.db";
const KEY_NAME: &str = "staffetta.key";
const PORT: u16 = 8080;
/// Calls in flight at once: with IO's answers within a second they fill the largest quota that IO grants.
const IN_FLIGHT: u32 = 128;
const IN_FLIGHT_MAX: u32 = 4_096;
/// How long calls on the wire are waited for when asked to stop: a call's longest time and some room.
const STOP_SECONDS: u32 = 75;
const CALL_TIMEOUT_SECONDS_MAX: u32 = 600;

/// The form of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogForm {
    /// For people.
    Text,
    /// A JSON object a line.
    Json,
}

/// What the program goes by.
#[derive(Clone)]
pub(crate) struct Settings {
    /// The ledger.
    pub(crate) store: StoreOptions,
    /// Where files of ours are put that no flag names.
    pub(crate) data_dir: PathBuf,
    /// Whether the folder was named, or is the usual one.
    pub(crate) data_dir_named: bool,
    /// Whether the database was named, or is the usual one.
    pub(crate) database_named: bool,
    /// Where the pages listen.
    pub(crate) listen: SocketAddr,
    /// Their certificate.
    pub(crate) tls_cert: Option<PathBuf>,
    /// Its private key.
    pub(crate) tls_key: Option<PathBuf>,
    /// Whether a proxy in front of them ends the TLS.
    pub(crate) behind_proxy: bool,
    /// Which ente.
    pub(crate) organization: Option<String>,
    /// JSON for scripts.
    pub(crate) json: bool,
    /// Calls in flight at once.
    pub(crate) in_flight: usize,
    /// Name of this machine among the nodes.
    pub(crate) node_name: String,
    /// Whether a person is asked before anything leaves after nobody looked after an ente for long.
    pub(crate) ask_after_silence: bool,
    /// How IO is called.
    pub(crate) client: ClientOptions,
    /// How long calls on the wire are waited for when asked to stop.
    pub(crate) stop_ms: i64,
    /// Which log lines are written.
    pub(crate) log: Option<String>,
    /// Their form.
    pub(crate) log_form: LogForm,
}

impl Settings {
    /// Reads file and environment, and puts the flags above them.
    pub(crate) fn gather(flags: &Global) -> Result<Self, Failure> {
        let environment = Layer::from_environment(variable)?;
        let file = match flags.config.clone().or(variable("STAFFETTA_CONFIG")?.map(PathBuf::from)) {
            Some(path) => Layer::from_file(&path)?,
            None => Layer::default(),
        };
        let flags_layer = Layer {
            organization: flags.organization.clone(),
            database_url: flags.database.clone(),
            data_dir: flags.data_dir.clone(),
            ..Layer::default()
        };
        Self::from_layers(flags_layer, environment, file, flags.json)
    }

    fn from_layers(flags: Layer, environment: Layer, file: Layer, json: bool) -> Result<Self, Failure> {
        let layer = flags.with_secrets()?.over(environment.with_secrets()?).over(file.with_secrets()?);
        let data_dir = layer.data_dir.clone().unwrap_or_else(|| PathBuf::from(DATA_DIR));
        let store = store_options(layer.database_url.as_deref(), layer.key_file.as_deref(), &data_dir);
        let log_form = match layer.log_format.as_deref() {
            None | Some("text") => LogForm::Text,
            Some("json") => LogForm::Json,
            Some(_) => return Err(Failure::usage(Phrase::new("cli-log-format"))),
        };
        let in_flight = within("in_flight", layer.in_flight, 1, IN_FLIGHT, IN_FLIGHT_MAX)?;
        let stop_seconds =
            within("stop_seconds", layer.stop_seconds, 0, STOP_SECONDS, CALL_TIMEOUT_SECONDS_MAX)?;
        Ok(Self {
            store,
            data_dir_named: layer.data_dir.is_some(),
            data_dir,
            database_named: layer.database_url.is_some(),
            json,
            in_flight: usize::try_from(in_flight).unwrap_or(1),
            node_name: layer.node_name.clone().unwrap_or_else(machine_name),
            ask_after_silence: layer.ask_after_silence.unwrap_or(true),
            stop_ms: i64::from(stop_seconds) * 1_000,
            listen: listen(layer.listen.as_deref())?,
            tls_cert: layer.tls_cert.clone(),
            tls_key: layer.tls_key.clone(),
            behind_proxy: layer.behind_proxy.unwrap_or(false),
            client: client_options(&layer)?,
            organization: layer.organization.filter(|name| !name.trim().is_empty()),
            log: layer.log,
            log_form,
        })
    }

    /// The same, with the ledger elsewhere.
    pub(crate) fn with_data_dir(mut self, data_dir: PathBuf) -> Self {
        if !self.database_named {
            self.store = store_options(None, None, &data_dir);
        }
        self.data_dir = data_dir;
        self
    }
}

fn client_options(layer: &Layer) -> Result<ClientOptions, Failure> {
    let usual = ClientOptions::default();
    let usual_seconds = u32::try_from(usual.timeout_ms / 1_000).unwrap_or(CALL_TIMEOUT_SECONDS_MAX);
    let seconds = within(
        "call_timeout_seconds",
        layer.call_timeout_seconds,
        1,
        usual_seconds,
        CALL_TIMEOUT_SECONDS_MAX,
    )?;
    let extra_ca_pem = layer.extra_ca_file.as_deref().map(read_certificates).transpose()?;
    let allow_private = layer.allow_private_urls.unwrap_or(false);
    Ok(ClientOptions {
        timeout_ms: i64::from(seconds) * 1_000,
        proxy: layer.proxy.clone(),
        extra_ca_pem,
        // Whoever lets the program into private networks lets it reach this machine, too.
        url_policy: UrlPolicy {
            allow_loopback: allow_private || layer.allow_loopback_urls.unwrap_or(false),
            only_loopback: false,
            allow_private,
        },
        ..usual
    })
}

/// SQLite's key file stands beside its database, wherever the command is given from; PostgreSQL's in the data folder.
fn store_options(url: Option<&str>, key_file: Option<&Path>, data_dir: &Path) -> StoreOptions {
    let url = url.map_or_else(|| format!("sqlite:{}", data_dir.join(DATABASE_NAME).display()), str::to_owned);
    let mut options = StoreOptions { url, key_file: data_dir.join(KEY_NAME) };
    if let Some(path) = key_file {
        options.key_file = path.to_owned();
    } else if let Some(database) = options.sqlite_path() {
        options.key_file = database.with_file_name(KEY_NAME);
    }
    options
}

fn machine_name() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}

fn listen(text: Option<&str>) -> Result<SocketAddr, Failure> {
    let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
    let wrong = |_| Failure::usage(Phrase::new("cli-setting-value").with("name", "listen"));
    text.map_or(Ok(usual), |text| text.trim().parse().map_err(wrong))
}

fn within(name: &'static str, value: Option<u32>, least: u32, usual: u32, most: u32) -> Result<u32, Failure> {
    let value = value.unwrap_or(usual);
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let phrase = Phrase::new("cli-setting-range").with("name", name).with("min", least).with("max", most);
    Err(Failure::usage(phrase))
}

fn read_certificates(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

/// A file that the configuration names cannot be read.
fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(
        Phrase::new("cli-file-unreadable").with("path", path.display()).with("error", system_words(error)),
    )
}

/// A variable of the environment; an empty one counts as not set, as deployment tools write it.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            Err(Failure::usage(Phrase::new("cli-setting-not-text").with("name", name)))
        }
    }
}

#[cfg(test)]
mod tests;
