//! An ente with two services and an operator of the first, for the tests of this crate.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod sending;

use secrecy::SecretString;
use staffetta_domain::{
    Amount, Content, DueDate, FlowId, ListId, Markdown, NatureId, NoticeNumber, NotificationId, Payment,
    Rights, ServiceId, Subject, UnixMillis,
};
use staffetta_store::Scope;
use staffetta_store::flows::NewFlow;
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::notifications::NewSingle;
use staffetta_store::passwords::{HashedPassword, hash_password};
use staffetta_store::services::NewService;
use staffetta_store::testing::{TestLedger, person};
use std::sync::LazyLock;

pub(crate) const NOW: UnixMillis = UnixMillis(1_760_000_000_000);

/// Hashing is slow on purpose: once is enough.
pub(crate) static PASSWORD: LazyLock<HashedPassword> =
    LazyLock::new(|| hash_password(&SecretString::from("una frase lunga abbastanza")).unwrap());

pub(crate) struct House {
    /// The whole ente.
    pub(crate) whole: Scope,
    /// An operator who has every right on the first service and none on the second.
    pub(crate) operator: Scope,
    /// An operator who may only look at the first service.
    pub(crate) looker: Scope,
    /// Another ente.
    pub(crate) stranger: Scope,
    pub(crate) tributi: ServiceId,
    pub(crate) anagrafe: ServiceId,
    pub(crate) nature: NatureId,
    pub(crate) payment_nature: NatureId,
}

pub(crate) async fn house(ledger: &TestLedger) -> House {
    let organization = ledger.make_organization("Comune di Prova", NOW).await.unwrap().unwrap();
    let other = ledger.make_organization("Comune vicino", NOW).await.unwrap().unwrap();
    let whole = Scope::whole(organization, "anna");
    let tributi = service(ledger, &whole, "Tributi").await;
    let anagrafe = service(ledger, &whole, "Anagrafe").await;
    let all = Rights(Rights::COMPOSE.0 | Rights::SEND.0 | Rights::SINGLE.0);
    let operator = operator(ledger, &whole, "bruno", tributi, all).await;
    let looker = self::operator(ledger, &whole, "carla", tributi, Rights::LOOK).await;
    let nature = |code| ledger.nature_by_code(organization, code);
    House {
        operator,
        looker,
        stranger: Scope::whole(other, "dario"),
        tributi,
        anagrafe,
        nature: nature("informativo").await.unwrap().unwrap().id,
        payment_nature: nature("pagamento").await.unwrap().unwrap().id,
        whole,
    }
}

pub(crate) async fn service(ledger: &TestLedger, scope: &Scope, name: &str) -> ServiceId {
    let key = SecretString::from(format!("chiave di {name}"));
    let max_amount = Amount::from_cents(1_000_000).unwrap();
    let new = NewService { name, io_service_id: None, base_url: "http://127.0.0.1:1", key: &key, max_amount };
    ledger.add_service(scope, &new, NOW).await.unwrap().unwrap()
}

async fn operator(
    ledger: &TestLedger,
    whole: &Scope,
    name: &str,
    service: ServiceId,
    rights: Rights,
) -> Scope {
    let services = [(service, rights)];
    let id = ledger.add_operator(whole.organization, name, &PASSWORD, false, &services, NOW).await.unwrap();
    ledger.scope_of(whole.organization, id.unwrap()).await.unwrap().unwrap()
}

pub(crate) fn new_flow(house: &House, service: ServiceId, description: &str) -> NewFlow {
    NewFlow {
        service,
        nature: house.nature,
        description: description.to_owned(),
        reference: None,
        subject: "Avviso per {{nome}}".to_owned(),
        markdown: "Gentile {{nome}}, ".repeat(12),
    }
}

pub(crate) async fn flow(
    ledger: &TestLedger,
    house: &House,
    service: ServiceId,
    description: &str,
) -> FlowId {
    ledger.create_draft(&house.whole, &new_flow(house, service, description), NOW).await.unwrap().unwrap()
}

pub(crate) fn new_row(row: i64, who: i64) -> NewRow {
    NewRow {
        row,
        fiscal_code: person(who),
        cells: [person(who).as_str(), "D'Angelo \"Ciro\"\t\\N", ""].into_iter().collect::<Cells>(),
        due_date: Some(DueDate::at(UnixMillis(NOW.0 + row))),
        amount: Amount::from_cents(100 + row),
        notice_number: NoticeNumber::read(&notice(who)).ok(),
        terms: staffetta_domain::PaymentTerms::default(),
    }
}

pub(crate) fn notice(who: i64) -> String {
    format!("3{who:017}")
}

pub(crate) fn columns() -> Vec<String> {
    ["codice_fiscale", "nome", "note"].map(str::to_owned).to_vec()
}

/// A list of `rows` people, from `first` on, that becomes the flow's.
pub(crate) async fn fill(ledger: &TestLedger, house: &House, flow: FlowId, first: i64, rows: i64) -> ListId {
    fill_as(ledger, &house.whole, flow, first, rows).await
}

pub(crate) async fn fill_as(
    ledger: &TestLedger,
    scope: &Scope,
    flow: FlowId,
    first: i64,
    rows: i64,
) -> ListId {
    let known = ledger.find_flow(scope, flow).await.unwrap().unwrap();
    let list = ledger.begin_list(scope, flow, "elenco.csv", &columns(), NOW).await.unwrap().unwrap();
    let people: Vec<NewRow> = (1..=rows).map(|row| new_row(row, first + row - 1)).collect();
    for group in people.chunks(1_000) {
        assert!(ledger.add_rows(list, group).await.unwrap());
    }
    let seen = FlowSeen {
        list: known.summary.list,
        version: known.version,
        file: known.file,
        revision: known.revision,
    };
    assert!(ledger.finish_list(scope, list, ListFacts::default(), b"same", seen).await.unwrap());
    list
}

/// A flow of `rows` people that was activated.
pub(crate) async fn active(
    ledger: &TestLedger,
    house: &House,
    service: ServiceId,
    first: i64,
    rows: i64,
) -> (FlowId, ListId) {
    let flow = flow(ledger, house, service, "Avvisi").await;
    let list = fill(ledger, house, flow, first, rows).await;
    assert!(ledger.activate_flow(&house.whole, flow, list, NOW).await.unwrap());
    (flow, list)
}

pub(crate) fn single(service: ServiceId, who: i64, reference: Option<&str>) -> NewSingle {
    NewSingle {
        service,
        fiscal_code: person(who),
        content: Content {
            subject: Subject::new("Appuntamento confermato").unwrap(),
            markdown: Markdown::new(&"Gentile cittadina, ".repeat(10), 120).unwrap(),
            due_date: None,
            payment: Some(Payment {
                amount: Amount::from_cents(1_999).unwrap(),
                notice_number: NoticeNumber::read(&notice(who)).unwrap(),
                terms: staffetta_domain::PaymentTerms::default(),
            }),
        },
        reference: reference.map(str::to_owned),
        form_token: None,
        corrects: None,
        test_of: None,
    }
}

/// Brings a notification about as the engine would leave it.
pub(crate) async fn outcome(ledger: &TestLedger, id: NotificationId, state: i16, handled_at: i64) {
    let io_id = format!("IO{}", id.0);
    ledger
        .raw(&format!(
            "update notification set state = {state}, handled_at = {handled_at}, io_message_id = '{io_id}'
             where id = {id}"
        ))
        .await;
}
