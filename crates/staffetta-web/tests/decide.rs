//! Deciding on uncertain outcomes and asking IO for the open ones: who may, what is asked first, who comes too late.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod support;

use staffetta_domain::{NotificationId, NotificationState as State};
use staffetta_store::notifications::SingleAdded;
use staffetta_store::testing::for_each_ledger;
use support::{NOW, Town, single};

const WHY: [(&str, &str); 2] = [("why", "mancava <la> rete"), ("attempt", "1")];
/// Since when the doubts are such that the tests leave.
const UNTIL: (&str, &str) = ("until", "1760000000000");

async fn state(town: &Town, id: NotificationId) -> State {
    town.store.find_notification(&town.whole, id).await.unwrap().unwrap().row.state
}

#[tokio::test]
async fn one_of_two_who_decide_on_a_notification_wins() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        town.left_in_doubt(ledger, flow, &[2]).await;
        let id = town.row(flow, 2).await;
        let page = format!("/notifiche/{id}");
        let [resend, sent] = ["reinvia", "considera-inviata"].map(|choice| format!("{page}/decidi/{choice}"));
        town.bruno.get(&page).await.shows(200, &["Esito incerto", &resend, &sent]).hides(&["Verifica stato"]);
        for other in [&town.carla, &town.elsa] {
            other.get(&page).await.shows(200, &["Esito incerto"]).hides(&[&resend, &sent]);
            other.get(&resend).await.shows(403, &[]);
            other.post(&resend, &WHY).await.shows(403, &[]);
        }
        for stranger in [&town.dario, &town.elena] {
            stranger.get(&sent).await.shows(404, &[]);
            stranger.post(&sent, &WHY).await.shows(404, &[]);
        }
        town.bruno.get(&format!("{page}/decidi/altro")).await.shows(404, &[]);
        town.bruno.get(&resend).await.shows(200, &["lo riceverà due volte", "VRDLGI85M01F205D"]);
        town.bruno.get(&sent).await.shows(200, &["il cittadino non lo riceverà"]);
        let long = "x".repeat(501);
        for wrong in ["", "  ", &long] {
            town.bruno
                .post(&resend, &[("why", wrong), WHY[1]])
                .await
                .shows(422, &["why-fault", "aria-invalid"]);
        }
        assert_eq!(state(&town, id).await, State::Uncertain);
        town.bruno.post(&resend, &WHY).await.leads(&format!("{page}?fatto=reinviata"));
        assert_eq!(state(&town, id).await, State::Queued);
        let open = format!("update notification set state = 7, settled_at = 1760000000001 where id = {id}");
        ledger.raw(&open).await;
        town.bruno.post(&resend, &WHY).await.shows(409, &["qualcun altro ha già deciso"]);
        ledger.raw(&format!("update notification set state = 0 where id = {id}")).await;
        town.bruno.get(&format!("{page}?fatto=reinviata")).await.shows(
            200,
            &[
                "viene inviata di nuovo",
                "Esito incerto: deciso di reinviare",
                "da bruno</span>",
                "perché: mancava &#60;la&#62; rete",
            ],
        );
        town.ada.post(&sent, &WHY).await.shows(409, &["qualcun altro ha già deciso", "Da inviare"]);
        town.ada.get(&sent).await.shows(409, &["qualcun altro ha già deciso"]);
        assert_eq!(state(&town, id).await, State::Queued);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn all_of_a_flow_are_decided_on_by_their_number() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        town.left_in_doubt(ledger, flow, &[1, 3]).await;
        let page = format!("/flussi/{flow}");
        let [resend, sent] = ["reinvia", "considera-inviata"].map(|choice| format!("{page}/decidi/{choice}"));
        town.bruno.get(&page).await.shows(200, &["Di 2 notifiche non si sa l’esito", &resend, &sent]);
        for other in [&town.carla, &town.elsa] {
            other.get(&page).await.hides(&[&resend, &sent]);
            other.get(&sent).await.shows(403, &[]);
            other.post(&sent, &[("why", "perché sì"), ("count", "2"), UNTIL]).await.shows(403, &[]);
        }
        town.elena.post(&sent, &[("why", "perché sì"), ("count", "2"), UNTIL]).await.shows(404, &[]);
        town.bruno
            .get(&resend)
            .await
            .shows(200, &["lo riceverà due volte", "Per confermare, scrivi il numero"]);
        for (why, count, fault) in [
            ("visto in app", "3", "count-fault"),
            ("visto in app", "", "count-fault"),
            (" ", "2", "why-fault"),
        ] {
            town.bruno.post(&sent, &[("why", why), ("count", count), UNTIL]).await.shows(422, &[fault]);
        }
        let decided = town.bruno.post(&sent, &[("why", "visto in app"), ("count", " 2 "), UNTIL]).await;
        decided.leads(&format!("{page}?fatto=considerate&quante=2"));
        town.bruno
            .get(decided.location())
            .await
            .shows(
                200,
                &[
                    "2 notifiche sono considerate inviate",
                    "<strong>2</strong> Accettata da IO",
                    "deciso di considerare inviato",
                    "2 notifiche, perché: visto in app",
                ],
            )
            .hides(&["decidi/reinvia"]);
        let notification = format!("/notifiche/{}", town.row(flow, 1).await);
        town.bruno
            .get(&notification)
            .await
            .shows(200, &["Un operatore l’ha considerata inviata", "perché: visto in app"])
            .hides(&["<span>Accettata da IO</span>", "Verifica stato"]);
        let late = town.ada.post(&resend, &[("why", "di nuovo"), ("count", "2"), UNTIL]).await;
        late.shows(409, &["qualcun altro ha già deciso"]);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_resent_while_an_interrupted_flow_has_calls_on_the_wire() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        town.left_in_doubt(ledger, flow, &[1]).await;
        let on_the_wire = "interrupted = 1, queued = 1, in_flight = 1";
        ledger.raw(&format!("update flow set {on_the_wire} where id = {flow}")).await;
        let one = format!("/notifiche/{}/decidi/reinvia", town.row(flow, 1).await);
        town.bruno.post(&one, &WHY).await.shows(409, &["ancora in trasmissione", "Esito incerto"]);
        let all = format!("/flussi/{flow}/decidi/reinvia");
        let form = [WHY[0], ("count", "1"), UNTIL];
        town.bruno.post(&all, &form).await.shows(409, &["ancora in trasmissione"]);
        ledger
            .raw(&format!("update flow set queued = 0, in_flight = 0, cancelled = 2 where id = {flow}"))
            .await;
        town.bruno.post(&all, &form).await.leads(&format!("/flussi/{flow}?fatto=reinviate&quante=1"));
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_single_one_is_decided_on_by_who_writes_such() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let SingleAdded::New(id) =
            town.store.add_single(&town.whole, &single(town.tributi), NOW).await.unwrap()
        else {
            unreachable!("nothing else was added");
        };
        ledger.raw(&format!("update notification set state = 7, reason = 21 where id = {id}")).await;
        let path = format!("/notifiche/{id}/decidi/considera-inviata");
        let set = |rights: i64| format!("update operator_service set rights = {rights} where rights <> 0");
        ledger.raw(&set(2)).await;
        town.bruno.post(&path, &WHY).await.shows(403, &[]);
        ledger.raw(&set(4)).await;
        town.bruno.post(&path, &WHY).await.leads(&format!("/notifiche/{id}?fatto=considerata"));
        assert_eq!(state(&town, id).await, State::Accepted);
        town.store.close().await;
    })
    .await;
}

#[tokio::test]
async fn io_is_asked_now_for_what_is_not_final() {
    for_each_ledger(async |ledger| {
        let town = Town::open(ledger).await;
        let flow = town.sending().await;
        let page = format!("/flussi/{flow}");
        town.bruno.get(&page).await.hides(&["Verifica stato"]);
        town.bruno
            .post(&format!("{page}/verifica"), &[])
            .await
            .shows(409, &["Non c&#39;è niente da chiedere"]);
        for row in [1, 2] {
            let id = town.row(flow, row).await;
            let later = NOW.plus_ms(60_000).0;
            let set =
                format!("state = 2, io_message_id = '01A{row}', accepted_at = 1, next_check_at = {later}");
            ledger.raw(&format!("update notification set {set} where id = {id}")).await;
        }
        ledger.raw(&format!("update flow set queued = 1, accepted = 2 where id = {flow}")).await;
        let one = format!("/notifiche/{}", town.row(flow, 1).await);
        for path in [&page, &one] {
            town.bruno.get(path).await.shows(200, &["Verifica stato"]);
            town.carla.get(path).await.shows(200, &[]).hides(&["Verifica stato"]);
            town.carla.post(&format!("{path}/verifica"), &[]).await.shows(403, &[]);
            town.elena.post(&format!("{path}/verifica"), &[]).await.shows(404, &[]);
        }
        let told = format!("{one}?fatto=verifica");
        town.bruno.post(&format!("{one}/verifica"), &[]).await.leads(&told);
        town.bruno.post(&format!("{one}/verifica"), &[]).await.leads(&told);
        town.bruno.get(&told).await.shows(200, &["A IO si chiede adesso l’esito"]);
        let asked = town.bruno.post(&format!("{page}/verifica"), &[]).await;
        asked.leads(&format!("{page}?fatto=verifica&quante=1"));
        town.bruno.get(asked.location()).await.shows(200, &["adesso l’esito di una notifica"]);
        town.bruno.post(&format!("{page}/verifica"), &[]).await.shows(409, &["o si stanno già chiedendo"]);
        let due = town.store.next_checks(town.whole.organization, &[], NOW, 9).await.unwrap();
        assert_eq!(due.len(), 2, "{}", ledger.kind());
        town.store.close().await;
    })
    .await;
}
