//! What a command works with: the open ledger, the ente, who asks, the time.

use crate::failure::{Failure, system_words};
use crate::output;
use crate::private_file;
use crate::settings::Settings;
use staffetta_domain::{NatureId, Phrase, ServiceId, UnixMillis};
use staffetta_io::{Clock, SystemClock};
use staffetta_store::organizations::Organization;
use staffetta_store::services::Service;
use staffetta_store::{Scope, Store, StoreOptions};
use staffetta_words::{say, text};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

/// An open ledger, as one ente sees it.
pub(crate) struct Session {
    pub(crate) store: Arc<Store>,
    pub(crate) scope: Scope,
    pub(crate) organization: Organization,
    pub(crate) settings: Settings,
    pub(crate) clock: SystemClock,
}

impl Session {
    /// Opens the ledger, made and migrated where needed, and finds or makes the ente. A command for `all` enti is asked
    /// for none, however many there are.
    pub(crate) async fn open(settings: Settings, all: bool) -> Result<Self, Failure> {
        let store = open_store(&settings.store).await?;
        let now = SystemClock.now();
        if store.organizations().await?.is_empty() {
            // A slip of the pen in its name must not pass for an empty archive.
            output::notice(&say(&settings.store.sqlite_path().map_or_else(
                || Phrase::new("cli-new-database-elsewhere"),
                |path| Phrase::new("cli-new-database").with("path", path.display()),
            )));
        }
        let first = if all { store.organizations().await?.into_iter().next() } else { None };
        let organization = match first {
            Some(first) => first,
            None => find_organization(&store, settings.organization.as_deref(), now).await?,
        };
        Ok(Self::of(store, organization, settings))
    }

    /// The session of an ente on an open ledger.
    pub(crate) fn of(store: Arc<Store>, organization: Organization, settings: Settings) -> Self {
        let scope = Scope::whole(organization.id, text("cli-actor"));
        Self { store, scope, organization, settings, clock: SystemClock }
    }

    /// The time.
    pub(crate) fn now(&self) -> UnixMillis {
        self.clock.now()
    }

    /// A service by its name, or by its number.
    pub(crate) async fn service(&self, wanted: &str) -> Result<Service, Failure> {
        let wanted = wanted.trim();
        let mut found = self.store.service_by_name(&self.scope, wanted).await?;
        if found.is_none()
            && let Ok(id) = wanted.parse::<ServiceId>()
        {
            found = self.store.service(&self.scope, id).await?;
        }
        found.ok_or_else(|| {
            Failure::failed(Phrase::new("cli-no-service").with("name", wanted))
                .remedy(Phrase::new("cli-no-service-remedy"))
        })
    }
}

impl Session {
    /// A nature of the ente by its word; the words of a failure tell which there are.
    pub(crate) async fn nature(&self, code: &str) -> Result<NatureId, Failure> {
        if let Some(found) = self.store.nature_by_code(self.organization.id, code).await? {
            return Ok(found.id);
        }
        let natures = self.store.natures(self.organization.id).await?;
        let names: Vec<&str> = natures.iter().map(|nature| nature.nature.code.as_str()).collect();
        Err(Failure::failed(Phrase::new("cli-no-nature").with("name", code).with("names", names.join(", "))))
    }
}

/// Opens the ledger; the folders of a new one, and the database, are for their owner only: citizens' data is in it.
pub(crate) async fn open_store(options: &StoreOptions) -> Result<Arc<Store>, Failure> {
    if let Some(database) = options.sqlite_path() {
        make_folder_of(&database)?;
        make_private(&database).map_err(|error| cannot_make(&database, &error))?;
    }
    make_folder_of(&options.key_file)?;
    let store = Arc::new(Store::open(options).await?);
    warn_of_open_key(&options.key_file);
    Ok(store)
}

/// Whoever reads the key file and the database has the services' keys.
fn warn_of_open_key(key_file: &Path) {
    #[cfg(unix)]
    if std::fs::metadata(key_file)
        .is_ok_and(|file| std::os::unix::fs::PermissionsExt::mode(&file.permissions()) & 0o077 != 0)
    {
        output::notice(&say(&Phrase::new("cli-key-file-open").with("path", key_file.display())));
    }
}

/// Makes a folder that only its owner may look into; one that is there stays as it is.
pub(crate) fn make_folder(folder: &Path) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| cannot_make(folder, &error))
}

/// The same for the folder of a file.
pub(crate) fn make_folder_of(file: &Path) -> Result<(), Failure> {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => make_folder(folder),
        _ => Ok(()),
    }
}

/// An empty file is an empty database to SQLite, which gives its helpers the rights of the file.
fn make_private(database: &Path) -> std::io::Result<()> {
    match private_file::create(database) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn cannot_make(path: &Path, error: &std::io::Error) -> Failure {
    Failure::failed(
        Phrase::new("cli-cannot-make").with("path", path.display()).with("error", system_words(error)),
    )
}

/// The ente of this name, or the only one; on an empty database the first one is made.
async fn find_organization(
    store: &Store,
    wanted: Option<&str>,
    now: UnixMillis,
) -> Result<Organization, Failure> {
    let known = store.organizations().await?;
    let names = || {
        let names: Vec<&str> = known.iter().map(|organization| organization.name.as_str()).collect();
        names.join(", ")
    };
    match (wanted.map(str::trim), known.as_slice()) {
        (None, [only]) => Ok(only.clone()),
        (None, []) => make_organization(store, &text("cli-first-organization"), now).await,
        (Some(name), []) => make_organization(store, name, now).await,
        (None, _) => Err(Failure::usage(Phrase::new("cli-which-organization").with("names", names()))),
        (Some(name), _) => {
            let found = known.iter().find(|organization| organization.name == name);
            found.cloned().ok_or_else(|| {
                Failure::failed(Phrase::new("cli-no-organization").with("name", name).with("names", names()))
            })
        }
    }
}

/// Makes an ente, or finds the one that another command made a moment ago.
pub(crate) async fn make_organization(
    store: &Store,
    name: &str,
    now: UnixMillis,
) -> Result<Organization, Failure> {
    store.make_organization(name, now).await?;
    let made = store.organization_by_name(name).await?;
    made.ok_or_else(|| Failure::failed(Phrase::new("cli-organization-gone").with("name", name)))
}
