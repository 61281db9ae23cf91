//! A list with several days of sending becomes a draft for each, whole or not at all; on both databases.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use staffetta_desk::{
    Activation, CreateError, DraftText, FlowRequest, ListRead, ListReady, NotReady, Parted, PartsCreated,
    STARTS_MAX, Upload, activate, balance, choose_columns, create_draft, create_parts,
    leave_out_already_sent, part_flow, read_list, upload_exclusion, upload_list,
};
use staffetta_domain::time::{date_and_hour, italian_date_time};
use staffetta_domain::{Expedition, FlowId, PlanProblem};
use staffetta_store::flows::{FlowSearch, Parting};
use staffetta_store::settings::SettingsChange;
use staffetta_store::testing::{TestLedger, for_each_ledger};
use std::path::PathBuf;
use support::{NOW, Office, example, office};

/// Eight rows of GovIO’s trace, for two days and for none; the fifth repeats the second, for another day. The sixth
/// is wrong, and the seventh says a day that is none.
const TRACE: &str = "taxcode,expedition_date,due_date,notice_number,amount
RSSMRA85T10A562S,2027-01-10T10:00:00,2027-12-03T10:15:30,301000000000000001,1999
MRTMTT25D09F205Z,2027-01-04,2027-12-03T10:15:30,301000000000000002,250
LTTMME92P66M919R,,2027-12-03T10:15:30,301000000000000003,300
RSSMRA85T10A562S,2027-01-04,2027-12-03T10:15:30,301000000000000004,700
MRTMTT25D09F205Z,2027-01-10T10:00:00,2027-12-03T10:15:30,301000000000000002,250
PCCDTL00D50M926Y,2027-01-04,2027-12-03T10:15:30,301000000000000005,niente
BNSNNA95R55M938J,presto,2027-12-03T10:15:30,301000000000000006,800
CLVPQL65R16M934R,2027-01-04,2027-12-03T10:15:30,301000000000000007,900
";
const PAID: &str = "numero avviso\n301000000000000007\n";

impl Office {
    async fn draft(&self) -> FlowId {
        let text = DraftText {
            service: self.service,
            nature: "pagamento",
            description: "Rate",
            reference: Some("rate-2027"),
            subject: "Avviso di pagamento",
            markdown: &"Le scriviamo per un avviso di pagamento a suo nome. ".repeat(5),
        };
        create_draft(&self.store, &self.scope, text, NOW).await.unwrap()
    }

    async fn read(&self, flow: FlowId) -> ListRead {
        read_list(&self.store, &self.scope, flow, true, NOW).await.unwrap()
    }

    async fn ready(&self, flow: FlowId) -> ListReady {
        match self.read(flow).await {
            ListRead::Ready(ready) => *ready,
            other => panic!("{other:?}"),
        }
    }

    /// A draft with the trace, those who have paid left out.
    async fn parted(&self, ledger: &TestLedger) -> (FlowId, ListReady) {
        let flow = self.draft().await;
        let file = |name: &'static str, text| (written(ledger, name, text), name);
        for (file, excludes) in [(file("traccia.csv", TRACE), false), (file("pagati.csv", PAID), true)] {
            let upload = Upload { path: &file.0, file_name: file.1, accept_valid: false };
            if excludes {
                upload_exclusion(&self.store, &self.scope, flow, upload, NOW).await.unwrap();
            } else {
                upload_list(&self.store, &self.scope, flow, upload, NOW).await.unwrap();
            }
        }
        (flow, self.ready(flow).await)
    }

    async fn part(&self, flow: FlowId, ready: &ListReady) -> Parted {
        part_flow(&self.store, &self.scope, flow, ready.list, NOW).await.unwrap()
    }

    async fn notices(&self, flow: FlowId) -> Vec<String> {
        let rows = self.store.flow_rows(&self.scope, flow, None, 100).await.unwrap().rows;
        let notices = rows.iter().filter_map(|row| row.notice_number);
        notices.map(|notice| notice.as_str()[17..].to_owned()).collect()
    }

    async fn flows(&self) -> Vec<String> {
        let page = self.store.search_flows(&self.scope, &FlowSearch::default(), None, 50).await.unwrap();
        let mut flows: Vec<String> = page.iter().map(|flow| flow.description.clone()).collect();
        flows.sort();
        flows
    }
}

fn written(ledger: &TestLedger, name: &str, text: &str) -> PathBuf {
    let path = ledger.folder().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn day(text: &str) -> Option<Expedition> {
    Expedition::from_ledger(text)
}

#[tokio::test]
async fn every_row_goes_to_the_draft_of_its_day_and_to_no_other() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, whole) = office.parted(ledger).await;
        let days = [(None, 1), (day("2027-01-04"), 2), (day("2027-01-10T10:00"), 1)];
        assert_eq!(whole.report.starts.clone().into_iter().collect::<Vec<_>>(), days);
        let kept = office.store.find_flow(&office.scope, flow).await.unwrap().unwrap().list.unwrap();
        assert_eq!(kept.starts, days.map(|(day, rows)| (day, i64::try_from(rows).unwrap())));
        let report = &whole.report;
        assert_eq!(
            (report.valid_rows, report.wrong_rows, report.same_rows, report.excluded_rows),
            (4, 2, 1, 1)
        );

        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        assert_eq!((flows.len(), flows[0]), (3, flow));
        let mut sums = [0; 3];
        for (part, notices) in flows.iter().zip([&["3"][..], &["2", "4"], &["1"]]) {
            // Nothing of the whole can be activated as one of its parts.
            assert!(matches!(
                balance(&office.store, &office.scope, *part, NOW).await,
                Err(NotReady::NotChecked | NotReady::NotTaken)
            ));
            let report = office.ready(*part).await.report;
            assert_eq!(office.notices(*part).await, notices);
            assert_eq!(report.starts.len(), 1);
            assert_eq!(report.different_rows, 0, "what else a person gets on another day is no matter");
            for (sum, rows) in
                sums.iter_mut().zip([report.valid_rows, report.same_rows, report.excluded_rows])
            {
                *sum += rows;
            }
            // Of the day that is none nobody knows whose it is: each part has it among what is to be put right.
            let wrong =
                office.store.wrong_rows(&office.scope, office.list(*part).await, None, 10).await.unwrap();
            assert!(wrong.iter().any(|row| row.line == 8), "{wrong:?}");
        }
        assert_eq!(sums, [report.valid_rows, report.same_rows, report.excluded_rows]);
        assert_eq!(
            office.flows().await,
            [
                "Rate – spedizione 04/01/2027",
                "Rate – spedizione 10/01/2027 10:00",
                "Rate – spedizione senza data"
            ]
        );
        // It was parted, and has one day now.
        assert_eq!(office.part(flow, &whole).await, Parted::NotNow);
        let now = ListReady { list: office.list(flow).await, ..whole };
        assert_eq!(office.part(flow, &now).await, Parted::NotNow);
        office.store.close().await;
    })
    .await;
}

impl Office {
    async fn list(&self, flow: FlowId) -> staffetta_domain::ListId {
        self.store.find_flow(&self.scope, flow).await.unwrap().unwrap().list.unwrap().id
    }
}

/// The row whose day is none gets one on the page: a part that it is not of keeps it among what is to be put right.
#[tokio::test]
async fn a_row_that_gets_another_day_vanishes_from_no_part_unseen() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let (flow, whole) = office.parted(ledger).await;
        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        for (part, wrong, notices) in [(flows[1], 1, &["2", "4", "6"][..]), (flows[2], 1, &["1"])] {
            office.ready(part).await;
            let file = store.draft_file(scope, part).await.unwrap().unwrap().id;
            let day = (file, 8, "expedition_date", "04/01/2027");
            staffetta_desk::fix_cell(store, scope, part, day, NOW.plus_ms(1)).await.unwrap();
            let report = office.ready(part).await.report;
            assert_eq!(
                (report.wrong_rows, office.notices(part).await),
                (wrong, notices.iter().map(ToString::to_string).collect())
            );
            let elsewhere = report.kinds.iter().any(|kind| kind.key == "problem-expedition-elsewhere");
            assert_eq!(elsewhere, part == flows[2]);
        }
        office.store.close().await;
    })
    .await;
}

/// What was put right before has its place in one part, and the others say nothing of it.
#[tokio::test]
async fn a_day_that_was_put_right_before_the_parting_is_of_one_part() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let (flow, _) = office.parted(ledger).await;
        let file = store.draft_file(scope, flow).await.unwrap().unwrap().id;
        let day = (file, 8, "expedition_date", "04/01/2027");
        staffetta_desk::fix_cell(store, scope, flow, day, NOW).await.unwrap();
        let whole = office.ready(flow).await;
        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        for (part, (wrong, notices)) in
            flows.iter().zip([(0, &["3"][..]), (1, &["2", "4", "6"]), (0, &["1"])])
        {
            let report = office.ready(*part).await.report;
            assert_eq!(
                (report.wrong_rows, office.notices(*part).await),
                (wrong, notices.iter().map(ToString::to_string).collect())
            );
        }
        office.store.close().await;
    })
    .await;
}

/// Everybody of one day has paid: the day is one of the list's all the same, for whom is put back.
#[tokio::test]
async fn a_day_whose_rows_are_all_left_out_is_still_one() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, _) = office.parted(ledger).await;
        let path = written(ledger, "tutti.csv", "numero avviso\n301000000000000001\n301000000000000002\n");
        let upload = Upload { path: &path, file_name: "tutti.csv", accept_valid: false };
        upload_exclusion(&office.store, &office.scope, flow, upload, NOW).await.unwrap();
        let ready = office.ready(flow).await;
        let days = [(None, 1), (day("2027-01-04"), 2), (day("2027-01-10T10:00"), 0)];
        assert_eq!(ready.report.starts.clone().into_iter().collect::<Vec<_>>(), days);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn who_was_left_out_by_rows_is_in_no_part() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, whole) = office.parted(ledger).await;
        let rows = office.store.flow_rows(&office.scope, flow, None, 100).await.unwrap().rows;
        let out = rows.iter().find(|row| row.notice_number.unwrap().as_str().ends_with('4')).unwrap().id;
        // As if the person had got the same message; which one it was is no matter here.
        office.store.add_already_sent(&[(out, out)]).await.unwrap();
        ledger.raw(&format!("update notification set state = 3 where id = {out}")).await;
        assert_eq!(leave_out_already_sent(&office.store, &office.scope, flow, NOW).await.unwrap(), 1);
        let left = office.ready(flow).await;
        assert_eq!(left.report.valid_rows, whole.report.valid_rows - 1);
        let Parted::Done(flows) = office.part(flow, &left).await else { panic!() };
        let mut notices = Vec::new();
        for part in flows {
            office.ready(part).await;
            notices.extend(office.notices(part).await);
        }
        notices.sort();
        assert_eq!(notices, ["1", "2", "3"]);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_part_that_gets_another_file_reads_its_own_day_of_it() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, whole) = office.parted(ledger).await;
        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        for (part, notices) in flows.iter().zip([&["3"][..], &["2", "4"], &["1"]]) {
            let path = written(ledger, "corretta.csv", TRACE);
            let upload = Upload { path: &path, file_name: "corretta.csv", accept_valid: false };
            upload_list(&office.store, &office.scope, *part, upload, NOW).await.unwrap();
            office.ready(*part).await;
            assert_eq!(office.notices(*part).await, notices);
        }
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_part_without_its_column_is_no_list() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (flow, whole) = office.parted(ledger).await;
        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        let file = office.store.draft_file(&office.scope, flows[1]).await.unwrap().unwrap();
        let mut meanings = staffetta_domain::Columns::from_ledger(file.columns).meanings();
        meanings[1] = None;
        assert!(
            choose_columns(&office.store, &office.scope, flows[1], (meanings, false), NOW).await.unwrap()
        );
        // Otherwise it would take the rows of all days, which the others have.
        let ListRead::Plan(problems) = office.read(flows[1]).await else { panic!() };
        assert_eq!(problems, [PlanProblem::NoExpeditionColumn]);
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_parting_that_is_cut_off_changes_nothing_and_is_swept_away() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let (flow, whole) = office.parted(ledger).await;
        let draft = store.find_flow(scope, flow).await.unwrap().unwrap();
        let seen = Parting {
            flow,
            version: draft.version,
            file: draft.file.unwrap(),
            revision: draft.revision.unwrap(),
        };
        let part = staffetta_store::flows::Part { day: day("2027-01-04"), description: "Metà".to_owned() };
        let hidden = store.begin_part(scope, seen, &part, NOW).await.unwrap().unwrap();
        assert!(store.find_flow(scope, hidden.flow).await.unwrap().is_none(), "nobody sees it");
        assert_eq!(office.flows().await, ["Rate"]);
        let after = store.find_flow(scope, flow).await.unwrap().unwrap();
        assert_eq!((after.revision, after.checked_version), (draft.revision, draft.checked_version));

        // What changed meanwhile keeps it from being parted: here a cell that was put right.
        let file = draft.file.unwrap();
        let fixed = staffetta_desk::fix_cell(store, scope, flow, (file, 7, "amount", "100"), NOW).await;
        assert!(fixed.is_ok());
        assert!(!store.end_parting(scope, seen, &part, &[hidden], NOW).await.unwrap());
        assert!(
            store.begin_part(scope, Parting { version: 99, ..seen }, &part, NOW).await.unwrap().is_none()
        );
        assert_eq!(office.part(flow, &whole).await, Parted::NotNow);

        let day_after = NOW.plus_ms(25 * 3_600_000);
        assert_eq!(store.sweep_imports(day_after).await.unwrap(), 1);
        store.sweep_files(day_after).await.unwrap();
        let left = "select cast(count(*) as text) from draft_file where flow_id is null or complete = 0";
        assert_eq!(ledger.raw(left).await, ["0"]);
        // And now as it should be.
        let again = office.ready(flow).await;
        assert!(matches!(office.part(flow, &again).await, Parted::Done(flows) if flows.len() == 3));
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn the_start_is_planned_for_the_day_that_the_file_says() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let hours = SettingsChange {
            hours: Some("08:30-18:00 lun,mar,mer,gio,ven".parse().unwrap()),
            ..SettingsChange::default()
        };
        store.change_settings(scope, &hours, NOW).await.unwrap();
        let (flow, whole) = office.parted(ledger).await;
        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        for (part, begins) in flows.iter().zip([None, Some("04/01/2027 08:30"), Some("10/01/2027 10:00")]) {
            let list = office.ready(*part).await.list;
            let reckoned = balance(store, scope, *part, NOW).await.unwrap();
            assert_eq!(reckoned.start.map(|start| italian_date_time(start.at)).as_deref(), begins);
            let agreed = Activation { plan_start: true, ..Activation::of(list) };
            activate(store, scope, *part, agreed, NOW).await.unwrap();
            let planned = store.find_flow(scope, *part).await.unwrap().unwrap().summary.planned;
            assert_eq!(planned.map(|planned| italian_date_time(planned.at)).as_deref(), begins);
        }
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_day_that_has_passed_is_asked_about() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let (flow, whole) = office.parted(ledger).await;
        let Parted::Done(flows) = office.part(flow, &whole).await else { panic!() };
        let list = office.ready(flows[1]).await.list;
        let later = date_and_hour("05/01/2027 00:00").unwrap();
        assert!(balance(store, scope, flows[1], later).await.unwrap().start.unwrap().passed);
        let agreed = Activation { plan_start: true, ..Activation::of(list) };
        let told = activate(store, scope, flows[1], agreed, later).await;
        assert!(
            matches!(told, Err(NotReady::PastStart(passed)) if Some(passed) == day("2027-01-04")),
            "{told:?}"
        );
        let agreed = Activation { accept_past_start: true, ..agreed };
        activate(store, scope, flows[1], agreed, later).await.unwrap();
        let summary = store.find_flow(scope, flows[1]).await.unwrap().unwrap().summary;
        assert_eq!(summary.planned, None, "a person sends it");
        office.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn flows_are_made_of_a_file_for_each_day_or_none() {
    for_each_ledger(async |ledger| {
        let office = office(ledger).await;
        let (store, scope) = (&office.store, &office.scope);
        let path = written(ledger, "traccia.csv", TRACE);
        let markdown = "Le scriviamo per un avviso di pagamento a suo nome. ".repeat(5);
        let request = FlowRequest {
            model: None,
            service: office.service,
            nature: "pagamento",
            description: "Rate",
            reference: None,
            subject: "Avviso di pagamento",
            markdown: &markdown,
            file: &path,
            file_name: "traccia.csv",
            sheet: None,
            accept_valid: false,
        };
        let refused = create_parts(store, scope, request, NOW, |_| {}).await;
        assert!(matches!(refused, Err(CreateError::WrongRows(_))), "{refused:?}");
        assert!(office.flows().await.is_empty());

        let request = FlowRequest { accept_valid: true, ..request };
        let made = create_parts(store, scope, request, NOW, |_| {}).await.unwrap();
        let PartsCreated::Several(whole, parts) = made else { panic!() };
        let rows: Vec<u64> = parts.iter().map(|(_, created)| created.report.valid_rows).collect();
        assert_eq!((rows.iter().sum::<u64>(), rows), (whole.valid_rows, vec![1, 3, 1]));
        assert_eq!(office.flows().await.len(), 3);
        for (_, created) in &parts {
            assert!(balance(store, scope, created.id, NOW).await.is_ok());
        }

        let (code, days) = ("RSSMRA85T10A562S", 1..=STARTS_MAX + 1);
        let lines: String =
            days.map(|n| format!("{code},{}-01-01,,3010000000000000{n:02},100\n", 2040 + n)).collect();
        let many = format!("taxcode,expedition_date,due_date,notice_number,amount\n{lines}");
        let request = FlowRequest { file: &written(ledger, "molti.csv", &many), ..request };
        let refused = create_parts(store, scope, request, NOW, |_| {}).await;
        assert!(matches!(refused, Err(CreateError::TooManyStarts)), "{refused:?}");

        let request = FlowRequest { file: &example("elenco-300.csv"), ..request };
        let one = create_parts(store, scope, request, NOW, |_| {}).await.unwrap();
        assert!(matches!(one, PartsCreated::One(created) if created.report.starts.is_empty()));
        assert_eq!(office.flows().await.len(), 4);
        office.store.close().await;
    })
    .await;
}
