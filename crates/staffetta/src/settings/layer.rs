//! What can be set, once for the file and the environment.

use super::secret;
use crate::failure::Failure;
use serde::Deserialize;
use staffetta_domain::Phrase;
use std::path::{Path, PathBuf};

/// A value written as text in the environment.
trait FromText: Sized {
    /// What may be written, for who wrote something else.
    const VALUES: &'static str;

    fn from_text(text: String) -> Option<Self>;
}

impl FromText for String {
    const VALUES: &'static str = "setting-text";

    fn from_text(text: String) -> Option<Self> {
        Some(text)
    }
}

impl FromText for PathBuf {
    const VALUES: &'static str = "setting-text";

    fn from_text(text: String) -> Option<Self> {
        Some(text.into())
    }
}

impl FromText for u32 {
    const VALUES: &'static str = "setting-number";

    fn from_text(text: String) -> Option<Self> {
        text.trim().parse().ok()
    }
}

impl FromText for bool {
    const VALUES: &'static str = "setting-truth";

    fn from_text(text: String) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => Some(true),
            "0" | "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }
}

/// Makes the struct from one list, so that file and environment cannot come to know different things.
macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $variable:literal,)*) => {
        /// One source of settings; what it does not say is left to the next.
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct Layer {
            $($(#[$doc])* pub(crate) $name: Option<$type>,)*
        }

        impl Layer {
            /// What the environment says.
            pub(crate) fn from_environment(
                variable: impl Fn(&str) -> Result<Option<String>, Failure>,
            ) -> Result<Self, Failure> {
                Ok(Self { $($name: read(&variable, $variable)?,)* })
            }

            /// What this layer says, and where it says nothing the other.
            #[must_use]
            pub(crate) fn over(self, weaker: Self) -> Self {
                Self { $($name: self.$name.or(weaker.$name),)* }
            }
        }

        /// Names in the file and in the environment.
        #[cfg(test)]
        pub(crate) const NAMES: &[(&str, &str)] = &[$((stringify!($name), $variable),)*];
    };
}

settings! {
    /// Which ente.
    organization: String = "STAFFETTA_ORGANIZATION",
    /// `sqlite:PATH` or `postgres://…`, perhaps with a password.
    database_url: String = "STAFFETTA_DATABASE_URL",
    /// A file that holds it.
    database_url_file: PathBuf = "STAFFETTA_DATABASE_URL_FILE",
    /// Folder of the database and of what else no other setting names.
    data_dir: PathBuf = "STAFFETTA_DATA_DIR",
    /// The file with the key that seals the services' keys.
    key_file: PathBuf = "STAFFETTA_KEY_FILE",
    /// Where the pages are.
    listen: String = "STAFFETTA_LISTEN",
    /// Their certificate, with its chain, in PEM.
    tls_cert: PathBuf = "STAFFETTA_TLS_CERT",
    /// Its private key, in PEM.
    tls_key: PathBuf = "STAFFETTA_TLS_KEY",
    /// Whether a proxy in front of them ends the TLS.
    behind_proxy: bool = "STAFFETTA_BEHIND_PROXY",
    /// Calls in flight at once.
    in_flight: u32 = "STAFFETTA_IN_FLIGHT",
    /// Name of this machine among the nodes.
    node_name: String = "STAFFETTA_NODE_NAME",
    /// Whether a person is asked before anything leaves after nobody looked after an ente for long.
    ask_after_silence: bool = "STAFFETTA_ASK_AFTER_SILENCE",
    /// Longest time of a call.
    call_timeout_seconds: u32 = "STAFFETTA_CALL_TIMEOUT_SECONDS",
    /// How long calls on the wire are waited for when asked to stop.
    stop_seconds: u32 = "STAFFETTA_STOP_SECONDS",
    /// Proxy to IO, perhaps with user and password.
    proxy: String = "STAFFETTA_PROXY",
    /// A file that holds it.
    proxy_file: PathBuf = "STAFFETTA_PROXY_FILE",
    /// Certificate authorities besides the system's, in PEM.
    extra_ca_file: PathBuf = "STAFFETTA_EXTRA_CA_FILE",
    /// Whether a service's address may be this machine, also without TLS.
    allow_loopback_urls: bool = "STAFFETTA_ALLOW_LOOPBACK_URLS",
    /// Whether it may be in a private network, or this machine.
    allow_private_urls: bool = "STAFFETTA_ALLOW_PRIVATE_URLS",
    /// Which log lines are written, as `info` or `staffetta_engine=debug`.
    log: String = "STAFFETTA_LOG",
    /// `text` or `json`.
    log_format: String = "STAFFETTA_LOG_FORMAT",
}

impl Layer {
    /// What a file says. A name that nobody knows is an error: a slip of the pen must not pass for a setting.
    pub(crate) fn from_file(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| super::unreadable(path, &error))?;
        toml::from_str(&text).map_err(|error| {
            // The message alone: the excerpt that the parser would show may hold a password.
            let phrase =
                Phrase::new("cli-config-file").with("path", path.display()).with("error", error.message());
            Failure::usage(phrase)
        })
    }

    /// The same with the secrets that stand in files of their own. Both ways at once is a contradiction.
    pub(crate) fn with_secrets(mut self) -> Result<Self, Failure> {
        let Self { database_url, database_url_file, proxy, proxy_file, .. } = &mut self;
        secret::take("database_url", database_url, database_url_file.take())?;
        secret::take("proxy", proxy, proxy_file.take())?;
        Ok(self)
    }
}

fn read<T: FromText>(
    variable: &impl Fn(&str) -> Result<Option<String>, Failure>,
    name: &'static str,
) -> Result<Option<T>, Failure> {
    let Some(text) = variable(name)? else { return Ok(None) };
    match T::from_text(text) {
        Some(value) => Ok(Some(value)),
        // Its value is not repeated: it may be a secret in the wrong place.
        None => {
            let values = staffetta_words::text(T::VALUES);
            Err(Failure::usage(Phrase::new("cli-setting-value").with("name", name).with("values", values)))
        }
    }
}
