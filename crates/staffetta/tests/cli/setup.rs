//! The ente, its people, and where the configuration comes from.

use crate::support::house::{KEY, SERVICE};
use crate::support::receiver::nobody;
use crate::support::{House, Program};
use serde_json::{Value, json};
use staffetta_store::Store;

#[test]
fn an_empty_database_becomes_a_house_on_sqlite() {
    set_up(&House::sqlite());
}

#[test]
fn an_empty_database_becomes_a_house_on_postgres() {
    if let Some(house) = House::postgres() {
        set_up(&house);
    }
}

fn set_up(house: &House) {
    // Whichever command comes first makes the database and an ente.
    let made = house.run(&["flow", "list", "--json"]).done();
    assert_eq!((made.stdout.as_str(), made.json_lines().len()), ("", 0));
    assert!(made.stderr.contains("database"), "{made:?}");
    assert_eq!(house.run(&["flow", "list", "--json"]).done().stderr, "", "it is told once");
    let first = house.json(&["organization", "show"]);
    assert_eq!((&first["quota"], &first["content_min"]), (&json!("150/5"), &json!(120)), "{first}");
    let renamed = house.json(&["organization", "set", "--name", "Comune di Prova", "--quota", "300/10"]);
    assert_eq!(renamed["id"], first["id"]);
    house.run(&["organization", "set", "--content-min", "80"]).done();
    let shown = house.run(&["organization", "show"]).done();
    shown.says("Comune di Prova").says("300 chiamate ogni 10 secondi").says("80 caratteri");
    for wrong in [["--content-min", "79"], ["--content-min", "121"], ["--quota", "tante"], ["--name", " "]] {
        house.run(&[&["organization", "set"], &wrong[..]].concat()).refused(2);
    }

    operators(house);

    // With a second ente a command must be told which.
    house.run(&["init", "--organization", "Unione dei Comuni"]).done().says("Unione dei Comuni");
    let which = house.run(&["service", "list"]).refused(2);
    which.says("--organization").says("Comune di Prova, Unione dei Comuni");
    house.run(&["service", "list", "--organization", "Comune"]).refused(1).says("non c'è");
    house
        .run(&["organization", "set", "--organization", "Unione dei Comuni", "--name", "Comune di Prova"])
        .refused(1);
    // What belongs to one is not seen by the other.
    let names = |ente: &str| {
        let services = house.list(&["service", "list", "--organization", ente]);
        services.iter().map(|service| service["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("Comune di Prova"), [json!(SERVICE)]);
    assert_eq!(names("Unione dei Comuni"), [] as [Value; 0]);
    assert_eq!(house.list(&["operator", "list", "--organization", "Unione dei Comuni"]), [] as [Value; 0]);
}

fn operators(house: &House) {
    let url = "http://127.0.0.1:9/api/v1";
    house.run(&["service", "add", "--name", SERVICE, "--key", KEY, "--base-url", url]).done();
    let add = |arguments: &[&str], password: &str| {
        house.run_with(&[&["operator", "add", "--json", "--name"], arguments].concat(), password)
    };
    let password = "una frase lunga abbastanza";
    let added =
        add(&["Anna", "--services", SERVICE, "--rights", "compose,send"], &format!("{password}\n")).done();
    assert_eq!(added.json()["name"], "Anna");
    add(&["Capo", "--rights", "admin"], password).done();
    add(&["Anna"], password).refused(1).says("C'è già un operatore");
    add(&["Bruno"], "corta\n").refused(1).says("almeno");
    add(&["Bruno"], "").refused(1).says("standard input");
    add(&["Bruno", "--services", "Anagrafe"], password).refused(1).says("non c'è");
    add(&["Bruno", "--rights", "tutto"], password).refused(2);
    let listed = house.list(&["operator", "list"]);
    let services = json!([{"name": SERVICE, "rights": "compose,send"}]);
    let rows: Vec<_> = listed.iter().map(|row| (&row["name"], &row["admin"], &row["services"])).collect();
    let (anna, capo) = ((json!("Anna"), services), (json!("Capo"), json!([])));
    assert_eq!(rows, [(&anna.0, &json!(false), &anna.1), (&capo.0, &json!(true), &capo.1)]);

    let set = |arguments: &[&str], password: &str| {
        house.run_with(&[&["operator", "set", "--name"], arguments].concat(), password)
    };
    set(&["Anna"], "").refused(2);
    set(&["Nessuno", "--rights", "look"], "").refused(1).says("operator list");
    set(&["Anna", "--password"], "corta\n").refused(1).says("almeno");
    set(&["Anna", "--rights", "look", "--password"], &format!("{password} due\n")).done().says("modificato");
    let services = &house.list(&["operator", "list"])[0]["services"];
    assert_eq!(services, &json!([{"name": SERVICE, "rights": "look"}]));
    set(&["Anna", "--rights", "admin"], "").done();
    assert_eq!(house.list(&["operator", "list"])[0]["admin"], true);
    set(&["Anna", "--services", SERVICE, "--rights", "send"], "").done();
    let anna = &house.list(&["operator", "list"])[0];
    assert_eq!((&anna["admin"], &anna["services"][0]["rights"]), (&json!(false), &json!("send")));
}

#[test]
fn init_makes_ente_and_administrator() {
    let house = House::sqlite();
    let init = ["init", "--organization", "Comune di Prova", "--admin", "Capo", "--json"];
    let made = house.run_with(&init, "una frase lunga abbastanza\n").done().json();
    assert_eq!((&made["name"], &made["admin"]), (&json!("Comune di Prova"), &json!(1)), "{made}");
    assert_eq!(house.json(&["organization", "show"])["name"], "Comune di Prova");
    assert_eq!(house.list(&["operator", "list"])[0]["admin"], true);
    house.run_with(&init, "una frase lunga abbastanza\n").refused(1).says("C'è già un operatore");
    assert_eq!(house.list(&["operator", "list"]).len(), 1);
}

#[test]
fn flags_are_stronger_than_the_environment_and_that_than_the_file() {
    let house = House::sqlite();
    for name in ["di-file", "di-ambiente", "di-flag"] {
        house.run(&["init", "--data-dir", &house.at(name), "--organization", name]).done();
    }
    let config =
        house.write("staffetta.toml", format!("data_dir = '{}'\nin_flight = 3\n", house.at("di-file")));
    let name = |environment: &[(&str, &str)], flags: &[&str]| {
        let mut command = house.command(&[&["organization", "show", "--json"], flags].concat());
        command.env_remove("STAFFETTA_DATA_DIR").envs(environment.iter().copied());
        Program::start(&mut command, "").finish().done().json()["name"].as_str().unwrap().to_owned()
    };
    let (data, from) = (house.at("di-ambiente"), ("STAFFETTA_CONFIG", config.as_str()));
    assert_eq!(name(&[], &["--config", &config]), "di-file");
    assert_eq!(name(&[from], &[]), "di-file");
    let environment = [from, ("STAFFETTA_DATA_DIR", data.as_str())];
    assert_eq!(name(&environment, &[]), "di-ambiente");
    let flag = house.at("di-flag");
    assert_eq!(name(&environment, &["--data-dir", &flag]), "di-flag");
    let database = format!("sqlite:{flag}/staffetta.db");
    assert_eq!(name(&[("STAFFETTA_DATABASE_URL", &database)], &["--config", &config]), "di-flag");

    let wrong = house.write("sbagliato.toml", "databse_url = 'postgres://u:segreto@h/d'\n");
    for command in [
        house.command(&["flow", "list", "--config", &wrong]),
        house.command(&["flow", "list", "--config", &house.at("non-c-e.toml")]),
        house.command(&["flow", "list", "--database", "mysql://u:segreto@h/d"]),
    ] {
        let mut command = command;
        let refused = Program::start(&mut command, "").finish().refused(2);
        assert!(!refused.stderr.contains("segreto"), "{refused:?}");
    }
    let mut command = house.command(&["flow", "list"]);
    Program::start(command.env("STAFFETTA_IN_FLIGHT", "0"), "").finish().refused(2).says("in_flight");
    let mut command = house.command(&["flow", "list"]);
    let truth = Program::start(command.env("STAFFETTA_ALLOW_PRIVATE_URLS", "si"), "").finish();
    truth.refused(2).says("true oppure false");
}

#[test]
fn a_database_of_the_demonstration_and_a_real_one_are_not_mixed_up() {
    let house = House::sqlite();
    let url = "https://api.io.pagopa.it/api/v1";
    // Not a name of the demonstration's own, whose services lead to its simulator whatever was written.
    house.run(&["service", "add", "--name", "Vero", "--key", KEY, "--base-url", url]).done();
    let real = house.data_dir();
    let demo = |folder: &std::path::Path| {
        let folder = folder.to_str().unwrap();
        house.run(&["demo", "--once", "--simulator-listen", "127.0.0.1:0", "--data-dir", folder])
    };
    demo(&real).refused(1).says("non è della dimostrazione").says("--data-dir");

    crate::support::block_on(async {
        let store = Store::open(&house.options()).await.unwrap();
        store.mark_demo().await.unwrap();
        store.close().await;
    });
    house.run(&["work"]).refused(1).says("database della dimostrazione");
    let add = ["service", "add", "--name", "Altro", "--key", KEY, "--base-url", url];
    house.run(&add).refused(1).says("porta fuori da questa macchina");
    house.run(&["service", "set", "Vero", "--key", KEY, "--base-url", url]).refused(1);
    // Its service leads to citizens.
    demo(&real).refused(1).says("porta fuori da questa macchina");
}

#[test]
fn a_database_that_cannot_be_used_is_told_with_the_reason() {
    let house = House::sqlite();
    let list = |database: &str| house.run(&["flow", "list", "--database", database]);
    // What was waited for meanwhile is no reason.
    let nobody = format!("postgres://utente:segreto@{}/registro", nobody());
    let refused = list(&nobody).refused(1).says("refused").says("acceso e raggiungibile");
    assert!(!refused.stderr.contains("segreto"), "{refused:?}");
    let file = house.write("altro.db", "x".repeat(10_000));
    list(&format!("sqlite:{file}")).refused(1).says("non un database di Staffetta");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "x".repeat(10_000), "it was somebody's");

    house.run(&["organization", "show"]).done();
    let key = house.data_dir().join("staffetta.key");
    let text = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    house.run(&["flow", "list"]).refused(1).says("staffetta.key").says("Rimetti al suo posto");
    std::fs::write(&key, "non una chiave").unwrap();
    house.run(&["flow", "list"]).refused(1).says("non contiene una chiave");
    let other = house.at("altra");
    house.run(&["organization", "show", "--data-dir", &other]).done();
    std::fs::copy(house.path("altra/staffetta.key"), &key).unwrap();
    house.run(&["flow", "list"]).refused(1).says("non è quello con cui è stato creato");
    std::fs::write(&key, text).unwrap();
    house.run(&["flow", "list"]).done();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(&key, mode).unwrap();
    house.run(&["flow", "list"]).done().says("chmod 600");
}
