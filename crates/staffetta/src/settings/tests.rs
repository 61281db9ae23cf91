//! Which source wins, and what is refused.

use super::layer::NAMES;
use super::*;

fn layer(text: &str) -> Layer {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staffetta.toml");
    std::fs::write(&path, text).unwrap();
    Layer::from_file(&path).unwrap()
}

fn words(failure: Option<Failure>) -> String {
    format!("{:?}", failure.unwrap())
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let environment = Layer::from_environment(|name| {
        Ok(match name {
            "STAFFETTA_DATA_DIR" => Some("of-environment".to_owned()),
            "STAFFETTA_IN_FLIGHT" => Some("7".to_owned()),
            "STAFFETTA_ALLOW_PRIVATE_URLS" => Some("true".to_owned()),
            _ => None,
        })
    })
    .unwrap();
    let flags = Layer { data_dir: Some("of-flags".into()), ..Layer::default() };
    let file = layer("data_dir = 'of-file'\nin_flight = 9\nstop_seconds = 3\norganization = ' '\n");
    let settings = Settings::from_layers(flags, environment, file, false).unwrap();
    assert_eq!(settings.data_dir, Path::new("of-flags"));
    assert_eq!(settings.store.url, "sqlite:of-flags/staffetta.db");
    assert_eq!((settings.in_flight, settings.stop_ms), (7, 3_000));
    assert_eq!(settings.organization, None);
    assert!(settings.client.url_policy.allow_loopback && settings.client.url_policy.allow_private);
}

#[test]
fn every_setting_has_one_name_in_the_file_and_the_environment() {
    for (name, variable) in NAMES {
        assert_eq!(*variable, format!("STAFFETTA_{}", name.to_uppercase()));
    }
}

#[test]
fn every_setting_is_in_the_reference_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/configuration.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `STAFFETTA_")).collect();
    let told: Vec<String> =
        NAMES.iter().map(|(name, variable)| format!("| `{variable}` | `{name}` |")).collect();
    assert_eq!(rows.len(), told.len(), "{rows:?}");
    for (row, told) in rows.iter().zip(&told) {
        assert!(row.starts_with(told), "{row}");
    }
}

#[test]
fn the_key_stands_beside_its_database() {
    let key = |url: Option<&str>, key: Option<&str>| {
        store_options(url, key.map(Path::new), Path::new("data")).key_file.display().to_string()
    };
    assert_eq!(key(None, None), "data/staffetta.key");
    assert_eq!(key(Some("sqlite:/srv/other.db"), None), "/srv/staffetta.key");
    assert_eq!(key(Some("postgres://u@h/d"), None), "data/staffetta.key");
    assert_eq!(key(Some("sqlite:/srv/other.db"), Some("/keys/k")), "/keys/k");
}

#[test]
fn a_secret_may_stand_in_a_file_but_not_in_two_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    std::fs::write(&path, "postgres://u:p@h/d\r\n").unwrap();
    let from_file = || Layer { database_url_file: Some(path.clone()), ..Layer::default() };
    let settings = Settings::from_layers(from_file(), Layer::default(), Layer::default(), false).unwrap();
    assert_eq!(settings.store.url, "postgres://u:p@h/d");
    let both = Layer { database_url: Some("sqlite:x".to_owned()), ..from_file() };
    assert!(words(both.with_secrets().err()).contains("cli-setting-twice"));
    // A weaker source's file does not contradict a stronger one's value: it gives way.
    let flags = Layer { database_url: Some("sqlite:x".to_owned()), ..Layer::default() };
    let settings = Settings::from_layers(flags, from_file(), Layer::default(), false).unwrap();
    assert_eq!(settings.store.url, "sqlite:x");
}

#[test]
fn slips_of_the_pen_are_refused_without_repeating_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("staffetta.toml");
    std::fs::write(&path, "databse_url = 'postgres://u:segreto@h/d'\n").unwrap();
    let said = words(Layer::from_file(&path).err());
    assert!(said.contains("databse_url") && !said.contains("segreto"), "{said}");
    let said = words(
        Layer::from_environment(|name| Ok((name == "STAFFETTA_IN_FLIGHT").then(|| "molte".into()))).err(),
    );
    assert!(said.contains("STAFFETTA_IN_FLIGHT") && !said.contains("molte"), "{said}");
    let settings = Settings::from_layers(Layer::default(), Layer::default(), layer("in_flight = 0"), false);
    assert!(words(settings.err()).contains("cli-setting-range"));
}
