//! A ledger with an ente, a service and a flow ready to be sent.

use secrecy::SecretString;
use staffetta_domain::{
    Amount, Content, FiscalCode, FlowId, Markdown, NotificationId, Quota, ServiceId, Subject, UnixMillis,
};
use staffetta_store::flows::NewFlow;
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::lists::{Cells, FlowSeen, ListFacts, NewRow};
use staffetta_store::notifications::{NewSingle, SingleAdded};
use staffetta_store::services::NewService;
use staffetta_store::settings::SettingsChange;
use staffetta_store::{Scope, Store};

/// The moment at which everything was made.
pub const NOW: UnixMillis = UnixMillis(1_800_000_000_000);
/// The key of the service.
pub const KEY: &str = "chiave-di-prova";
/// *Oggetto*.
pub const SUBJECT: &str = "Avviso per {{nome}}";
/// About as long as a real notice.
const PARAGRAPH: &str = "Gentile {{nome}}, la informiamo che è disponibile il suo avviso. Il pagamento può essere \
    fatto in app, in banca o alla posta; chi ha già pagato non tenga conto di questo messaggio. ";

/// *Contenuto*: 1.2 KB with its frame.
pub fn markdown() -> String {
    PARAGRAPH.repeat(6)
}

/// A code of the form that IO wants, of nobody.
pub fn fiscal_code(number: usize) -> FiscalCode {
    let letter = |place| u8::try_from(number / 26_usize.pow(place) % 26).expect("a letter");
    let letters: String = (0..6).map(|place| char::from(b'A' + letter(place))).collect();
    FiscalCode::from_ledger(&format!("{letters}80A01H501A")).expect("a code of the right form")
}

/// Name of a recipient.
pub fn name(number: usize) -> String {
    format!("PERSONA {number}")
}

/// An ente with a service and no flow.
pub struct Prepared {
    pub scope: Scope,
    pub service: ServiceId,
}

/// Gives the ente another quota.
pub async fn set_quota(store: &Store, scope: &Scope, quota: Quota) {
    let change = SettingsChange { quota: Some(quota), ..SettingsChange::default() };
    store.change_settings(scope, &change, NOW).await.expect("the ledger");
}

/// Makes the ente and its service.
pub async fn prepare(store: &Store, base_url: &str, quota: Quota) -> Prepared {
    let ente = store.make_organization("Comune di Prova", NOW).await.expect("the ledger").expect("an ente");
    let scope = Scope::whole(ente, "prova");
    set_quota(store, &scope, quota).await;
    let service = NewService {
        name: "Servizio",
        io_service_id: None,
        base_url,
        key: &SecretString::from(KEY),
        max_amount: Amount::from_cents(100).expect("an amount"),
    };
    let service = store.add_service(&scope, &service, NOW).await.expect("the ledger").expect("a service");
    Prepared { scope, service }
}

impl Prepared {
    /// A flow to `recipients` persons, sent.
    pub async fn send_flow(&self, store: &Store, recipients: std::ops::Range<usize>) -> FlowId {
        let flow = self.ready_flow(store, recipients).await;
        store.start_flow(&self.scope, flow, ActiveSeen::at(NOW), NOW).await.expect("the ledger");
        flow
    }

    /// A flow to `recipients` persons, ready to be sent.
    pub async fn ready_flow(&self, store: &Store, recipients: std::ops::Range<usize>) -> FlowId {
        let scope = &self.scope;
        let nature = store.nature_by_code(scope.organization, "informativo").await.expect("the ledger");
        let draft = NewFlow {
            service: self.service,
            nature: nature.expect("a nature").id,
            description: "Prova".to_owned(),
            reference: None,
            subject: SUBJECT.to_owned(),
            markdown: markdown(),
        };
        let flow = store.create_draft(scope, &draft, NOW).await.expect("the ledger").expect("a flow");
        let columns = ["codice fiscale".to_owned(), "nome".to_owned()];
        let list = store
            .begin_list(scope, flow, "prova.csv", &columns, NOW)
            .await
            .expect("the ledger")
            .expect("a list");
        let mut rows = (1_i64..).zip(recipients).map(|(row, number)| new_row(row, number));
        loop {
            // Never all at once: of a million rows a measurement would find its own list in the memory.
            let group: Vec<NewRow> = rows.by_ref().take(20_000).collect();
            if group.is_empty() {
                break;
            }
            assert!(store.add_rows(list, &group).await.expect("the ledger"));
        }
        let finished = store.finish_list(scope, list, ListFacts::default(), b"prova", FlowSeen::NEW).await;
        assert!(finished.expect("the ledger"));
        assert!(store.activate_flow(scope, flow, list, NOW).await.expect("the ledger"));
        flow
    }
}

impl Prepared {
    /// Single notifications to `recipients` persons; gives their numbers.
    pub async fn send_singles(
        &self,
        store: &Store,
        recipients: std::ops::Range<usize>,
    ) -> Vec<NotificationId> {
        let new = |number| new_single(self.service, fiscal_code(number));
        self.add(store, recipients.map(new)).await
    }

    /// Tests of a flow's message to `recipients` persons; gives their numbers.
    pub async fn send_tests(
        &self,
        store: &Store,
        flow: FlowId,
        recipients: std::ops::Range<usize>,
    ) -> Vec<NotificationId> {
        let new = |number| NewSingle { test_of: Some(flow), ..new_single(self.service, fiscal_code(number)) };
        self.add(store, recipients.map(new)).await
    }

    async fn add(&self, store: &Store, all: impl Iterator<Item = NewSingle>) -> Vec<NotificationId> {
        let mut added = Vec::new();
        for new in all {
            let single = store.add_single(&self.scope, &new, NOW).await.expect("the ledger");
            let SingleAdded::New(id) = single else { panic!("{single:?}") };
            added.push(id);
        }
        added
    }
}

/// A single notification as an office writes it.
pub fn new_single(service: ServiceId, fiscal_code: FiscalCode) -> NewSingle {
    NewSingle {
        service,
        fiscal_code,
        content: Content {
            subject: Subject::new("Appuntamento confermato").expect("a subject"),
            markdown: Markdown::new(&"Gentile cittadina, ".repeat(10), 120).expect("a text"),
            due_date: None,
            payment: None,
        },
        reference: None,
        form_token: None,
        corrects: None,
        test_of: None,
    }
}

fn new_row(row: i64, number: usize) -> NewRow {
    let code = fiscal_code(number);
    NewRow {
        row,
        fiscal_code: code,
        cells: Cells::from_iter([code.as_str(), &name(number)]),
        due_date: None,
        amount: None,
        notice_number: None,
        terms: staffetta_domain::PaymentTerms::default(),
    }
}
