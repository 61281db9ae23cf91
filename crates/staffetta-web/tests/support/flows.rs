//! Flows of the town, as far on their way as a test wants them.

use super::Town;
use staffetta_desk::{FlowRequest, create_flow};
use staffetta_domain::{FlowId, NotificationId};
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
            accept_valid: false,
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
        self.store.start_flow(&self.whole, flow, self.clock.now()).await.unwrap();
        flow
    }

    /// The notification of a row of a flow.
    pub(crate) async fn row(&self, flow: FlowId, row: i64) -> NotificationId {
        let found = self.store.find_flow(&self.whole, flow).await.unwrap().unwrap();
        NotificationId::new(found.summary.list.unwrap(), row)
    }
}
