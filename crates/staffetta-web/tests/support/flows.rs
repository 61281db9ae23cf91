//! Flows of the town, as far on their way as a test wants them.

use super::Town;
use staffetta_desk::{FlowRequest, create_flow};
use staffetta_domain::{FlowId, NotificationId};
use staffetta_store::ledger::ActiveSeen;
use staffetta_store::testing::TestLedger;
use std::path::{Path, PathBuf};

/// People of the example, who do not exist.
const LIST: &str = "\
codice_fiscale;nome;importo;numero_avviso
RSSMRA80A01H501U;Maria;19,99;301000000000000001
VRDLGI85M01F205D;Luigi;1.234,56;301000000000000002
BNCNNA90D41L219R;Anna;5,00;301000000000000003
";

/// A file of `examples/`.
pub(crate) fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

/// Where a flow's list is uploaded and looked at.
pub(crate) fn recipients(flow: FlowId) -> String {
    format!("/flussi/{flow}/destinatari")
}

impl Town {
    /// A flow of three people, *Inattivo*.
    pub(crate) async fn inactive(&self) -> FlowId {
        let path = self.folder.join("elenco.csv");
        std::fs::write(&path, LIST).unwrap();
        let request = FlowRequest {
            service: self.tributi,
            nature: "pagamento",
            description: "TARI di prova",
            reference: None,
            subject: "TARI di {{nome}}: il tuo avviso",
            markdown: &"Gentile **{{nome}}**, ecco il tuo avviso. ".repeat(5),
            file: &path,
            file_name: "elenco.csv",
            sheet: None,
            accept_valid: false,
            model: None,
        };
        let made = create_flow(&self.store, &self.whole, request, self.clock.now(), |_| ()).await.unwrap();
        std::fs::remove_file(path).unwrap();
        made.id
    }

    /// The same, *Attivo*.
    pub(crate) async fn active(&self) -> FlowId {
        let flow = self.inactive().await;
        let list = self.store.find_flow(&self.whole, flow).await.unwrap().unwrap().summary.list.unwrap();
        assert!(self.store.activate_flow(&self.whole, flow, list, self.clock.now()).await.unwrap());
        flow
    }

    /// The same, *In invio*; nothing sends it.
    pub(crate) async fn sending(&self) -> FlowId {
        let flow = self.active().await;
        self.store
            .start_flow(&self.whole, flow, ActiveSeen::at(self.clock.now()), self.clock.now())
            .await
            .unwrap();
        flow
    }

    /// A flow to all the good rows of the sample list, *Attivo*; and how many they are.
    pub(crate) async fn active_to_many(&self) -> (FlowId, i64) {
        let request = FlowRequest {
            service: self.tributi,
            nature: "informativo",
            description: "Lavori in corso",
            reference: None,
            subject: "Lavori in via Roma",
            markdown: &"Gentile cittadina o cittadino, cominciano i lavori. ".repeat(5),
            file: &example("elenco-300.csv"),
            file_name: "elenco-300.csv",
            sheet: None,
            accept_valid: true,
            model: None,
        };
        let made = create_flow(&self.store, &self.whole, request, self.clock.now(), |_| ()).await.unwrap();
        let flow = self.store.find_flow(&self.whole, made.id).await.unwrap().unwrap().summary;
        let list = flow.list.unwrap();
        assert!(self.store.activate_flow(&self.whole, made.id, list, self.clock.now()).await.unwrap());
        (made.id, flow.recipients)
    }

    /// *Esito incerto*: these rows of a flow that is being sent.
    pub(crate) async fn left_in_doubt(&self, ledger: &TestLedger, flow: FlowId, rows: &[i64]) {
        for row in rows {
            let id = self.row(flow, *row).await;
            let set = "state = 7, reason = 20, handled_at = 1760000000000, settled_at = 1760000000000";
            ledger.raw(&format!("update notification set {set} where id = {id}")).await;
        }
        let count = rows.len();
        let tally = format!("queued = queued - {count}, uncertain = uncertain + {count}");
        ledger.raw(&format!("update flow set {tally} where id = {flow}")).await;
    }

    /// The notification of a row of a flow.
    pub(crate) async fn row(&self, flow: FlowId, row: i64) -> NotificationId {
        let found = self.store.find_flow(&self.whole, flow).await.unwrap().unwrap();
        NotificationId::new(found.summary.list.unwrap(), row)
    }
}
