//! The simulator as a sender meets it: the same story in process and over sockets.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod support;

use staffetta_domain::{FiscalCode, Reason, UnixMillis};
use staffetta_io::simulator::{Grant, SimulatedService, http};
use staffetta_io::{
    Connection, Fate, Faults, IoClient, IoState, ManualClock, ProfileAnswer, SendAnswer, Simulator,
    SimulatorOptions, StatusAnswer,
};
use std::sync::Arc;
use support::{client, code, connection, content, payment, person};
use tokio::net::TcpListener;

const START: UnixMillis = UnixMillis(1_795_000_000_000);
const SEED: u64 = 5;
const REACH: f64 = 0.85;

/// A simulator, and clients that reach it in process and over a socket.
struct Stage {
    simulator: Arc<Simulator>,
    clock: ManualClock,
    clients: [(IoClient, String); 2],
}

impl Stage {
    async fn new(options: SimulatorOptions) -> Self {
        let clock = ManualClock::new(START);
        let simulator = Arc::new(Simulator::open(options, Arc::new(clock.clone())).unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(http::serve(listener, simulator.clone()));
        let clients =
            [(IoClient::in_process(simulator.clone()), "127.0.0.1:1".to_owned()), (client(20_000), address)];
        Self { simulator, clock, clients }
    }
}

fn options() -> SimulatorOptions {
    SimulatorOptions { seed: SEED, reach: REACH, ..SimulatorOptions::default() }
}

fn id_of(answer: SendAnswer) -> String {
    match answer {
        SendAnswer::Accepted { message_id: Some(message_id) } => message_id,
        other => panic!("{other:?}"),
    }
}

async fn state(client: &IoClient, at: &Connection, to: &FiscalCode, id: &str) -> StatusAnswer {
    client.status(at, to, id).await.answer
}

fn known(state: IoState) -> StatusAnswer {
    StatusAnswer::Known { state, email_status: None }
}

#[tokio::test]
async fn a_message_is_taken_and_comes_to_its_end() {
    let stage = Stage::new(options()).await;
    stage.simulator.register_service("Anagrafe", "chiave-1");
    for (client, address) in &stage.clients {
        let at = connection(address, "chiave-1");
        for (fate, end) in [
            (Fate::OnIo, IoState::Processed),
            (Fate::RejectedLater, IoState::Rejected),
            (Fate::FailedLater, IoState::Failed),
            (Fate::NotOnIo, IoState::Rejected),
            (Fate::ServiceOff, IoState::Rejected),
        ] {
            let to = person(SEED, REACH, fate);
            let id = id_of(client.send(&at, &to, &content("Prova.")).await.answer);
            assert_eq!(id.len(), 26);
            assert_eq!(state(client, &at, &to, &id).await, known(IoState::Accepted));
            stage.clock.advance(999);
            assert_eq!(state(client, &at, &to, &id).await, known(IoState::Accepted));
            stage.clock.advance(3_001);
            assert_eq!(state(client, &at, &to, &id).await, known(end), "{fate:?}");
            assert_eq!(state(client, &at, &code(1), &id).await, StatusAnswer::NotFound);
        }
        assert_eq!(state(client, &at, &code(1), "01ARZ3NDEKTSV4RRFFQ69G5FAV").await, StatusAnswer::NotFound);
    }
    // Each body came twice, once by each client.
    let stats = stage.simulator.stats(true);
    assert_eq!(
        (&stats["messages"], &stats["distinct_bodies"], &stats["twice"]),
        (&10.into(), &5.into(), &5.into())
    );
    assert_eq!(stats["citizens"].as_object().unwrap().len(), 5);
}

#[tokio::test]
async fn profiles_tell_who_can_be_reached() {
    let stage = Stage::new(options()).await;
    for (client, address) in &stage.clients {
        let at = connection(address, "qualunque");
        for (fate, answer) in [
            (Fate::OnIo, ProfileAnswer::Allowed),
            (Fate::NotOnIo, ProfileAnswer::Unreachable(Reason::NotOnIo)),
            (Fate::ServiceOff, ProfileAnswer::Unreachable(Reason::ServiceOff)),
            (Fate::LostAnswer, ProfileAnswer::Allowed),
        ] {
            assert_eq!(client.profile(&at, &person(SEED, REACH, fate)).await.answer, answer);
        }
        assert_eq!(client.profile(&at, &FiscalCode::FICTITIOUS).await.answer, ProfileAnswer::Allowed);
    }
}

#[tokio::test]
async fn refusals_say_where_and_nothing_more() {
    let stage = Stage::new(options()).await;
    for (client, address) in &stage.clients {
        let at = connection(address, "qualunque");
        let refused = |reason, detail: &str| SendAnswer::Refused { reason, detail: Some(detail.to_owned()) };
        let to = person(SEED, REACH, Fate::Refused);
        let answer = client.send(&at, &to, &content("Gentile Mario.")).await.answer;
        assert_eq!(answer, refused(Reason::PayloadRefused, "content.markdown"));
        let answer = client.send(&at, &code(1), &payment(1_000_001)).await.answer;
        assert_eq!(answer, refused(Reason::AmountOverLimit, "1000001 > 1000000"));
        assert!(matches!(
            client.send(&at, &FiscalCode::FICTITIOUS, &payment(1_000_000)).await.answer,
            SendAnswer::Accepted { .. }
        ));
    }
}

#[tokio::test]
async fn keys_and_grants_are_kept_apart() {
    let stage = Stage::new(options()).await;
    let service = |label: &str, key: &str, grant| SimulatedService {
        account: "ente".to_owned(),
        label: label.to_owned(),
        key: key.to_owned(),
        grant,
    };
    stage.simulator.register_service("Servizio con stato mail", "chiave-1");
    stage.simulator.register(service("In prova", "chiave-2", Grant::TestRecipients));
    stage.simulator.register(service("Sconosciuto", "chiave-3", Grant::Nothing));
    let to = person(SEED, REACH, Fate::OnIo);
    for (client, address) in &stage.clients {
        let [mail, trial, nothing, wrong] =
            ["chiave-1", "chiave-2", "chiave-3", "chiave-4"].map(|key| connection(address, key));
        let stopped = |answer| match answer {
            SendAnswer::ServiceStopped { reason, .. } => Some(reason),
            _ => None,
        };
        let text = content("Prova.");
        assert_eq!(stopped(client.send(&wrong, &to, &text).await.answer), Some(Reason::KeyRefused));
        assert_eq!(stopped(client.send(&nothing, &to, &text).await.answer), Some(Reason::NotPermitted));
        let answer = client.send(&trial, &to, &text).await.answer;
        assert!(matches!(answer, SendAnswer::Refused { reason: Reason::RecipientForbidden, .. }));
        let answer = client.profile(&trial, &to).await.answer;
        assert!(matches!(answer, ProfileAnswer::Refused { reason: Reason::RecipientForbidden, .. }));
        assert!(matches!(
            client.send(&trial, &FiscalCode::FICTITIOUS, &text).await.answer,
            SendAnswer::Accepted { .. }
        ));
        let id = id_of(client.send(&mail, &to, &text).await.answer);
        stage.clock.advance(4_000);
        let email_status = Some("SENT".to_owned());
        assert_eq!(
            state(client, &mail, &to, &id).await,
            StatusAnswer::Known { state: IoState::Processed, email_status }
        );
        // Only the service that sent it may ask.
        assert!(matches!(state(client, &trial, &to, &id).await, StatusAnswer::NotTold { .. }));
    }
    assert_eq!(stage.simulator.stats(false)["unknown_keys"], 2);
}

#[tokio::test]
async fn the_quota_is_kept_to_the_call_and_to_the_millisecond() {
    let stage = Stage::new(options()).await;
    stage.simulator.register_service("Uno", "chiave-1");
    stage.simulator.register_service("Due", "chiave-2");
    stage.simulator.register(SimulatedService {
        account: "altro ente".to_owned(),
        label: "Tre".to_owned(),
        key: "chiave-3".to_owned(),
        grant: Grant::Full,
    });
    let (client, _) = &stage.clients[0];
    let [one, two, other] = ["chiave-1", "chiave-2", "chiave-3"].map(|key| connection("127.0.0.1:1", key));
    for call in 1..=150 {
        let at = if call % 2 == 0 { &one } else { &two };
        let reply = client.profile(at, &code(call)).await;
        assert_eq!(reply.remaining, Some(150 - call));
    }
    for (client, address) in &stage.clients {
        let reply = client.send(&connection(address, "chiave-1"), &code(1), &content("Prova.")).await;
        assert_eq!((reply.answer, reply.remaining), (SendAnswer::RateLimited { after_ms: 5_000 }, Some(0)));
    }
    assert_eq!(client.profile(&other, &FiscalCode::FICTITIOUS).await.remaining, Some(149));
    stage.clock.advance(4_999);
    assert_eq!(client.profile(&one, &code(1)).await.answer, ProfileAnswer::RateLimited { after_ms: 1_000 });
    stage.clock.advance(1);
    assert_eq!(client.profile(&one, &FiscalCode::FICTITIOUS).await.answer, ProfileAnswer::Allowed);
    let stats = stage.simulator.stats(false);
    let ente = &stats["accounts"][1];
    assert_eq!(
        (&ente["account"], &ente["rate_limited"], &ente["max_in_window"]),
        (&"ente".into(), &3.into(), &153.into())
    );
    assert_eq!(ente["calls"], serde_json::json!({"profiles": 152, "messages": 2, "status": 0}));
}

#[tokio::test]
async fn each_fault_is_read_as_what_it_is() {
    let later = SendAnswer::Later { reason: Reason::IoBusy, after_ms: None };
    let unknown = |reason| SendAnswer::Unknown { reason };
    for (faults, answer, messages) in [
        ("lost=1", unknown(Reason::ConnectionBroken), 2),
        ("reset=1", unknown(Reason::ConnectionBroken), 0),
        ("e500=1", unknown(Reason::AnswerUnclear), 0),
        ("e500p=1", later, 0),
        ("r429=1", SendAnswer::RateLimited { after_ms: 1_000 }, 0),
    ] {
        let stage = Stage::new(SimulatorOptions { faults: faults.parse().unwrap(), ..options() }).await;
        for (client, address) in &stage.clients {
            let at = connection(address, "qualunque");
            let reply = client.send(&at, &FiscalCode::FICTITIOUS, &content("Prova.")).await;
            assert_eq!(reply.answer, answer, "{faults}");
            let reply = client.profile(&at, &FiscalCode::FICTITIOUS).await;
            assert!(matches!(reply.answer, ProfileAnswer::Later { .. } | ProfileAnswer::RateLimited { .. }));
        }
        assert_eq!(stage.simulator.stats(false)["messages"], messages, "{faults}");
    }
}

#[tokio::test]
async fn the_first_answer_is_lost_and_the_second_is_not() {
    let stage = Stage::new(options()).await;
    let to = person(SEED, REACH, Fate::LostAnswer);
    for (round, (client, address)) in stage.clients.iter().enumerate() {
        let (at, text) = (connection(address, "qualunque"), content(&format!("Giro {round}.")));
        let lost = client.send(&at, &to, &text).await.answer;
        assert_eq!(lost, SendAnswer::Unknown { reason: Reason::ConnectionBroken });
        id_of(client.send(&at, &to, &text).await.answer);
    }
    let stats = stage.simulator.stats(false);
    assert_eq!((&stats["messages"], &stats["twice"]), (&4.into(), &2.into()));
    let calm = Stage::new(SimulatorOptions { faults: Faults::none(), ..options() }).await;
    id_of(calm.clients[0].0.send(&connection("127.0.0.1:1", "x"), &to, &content("Prova.")).await.answer);
}

#[tokio::test]
async fn waiting_is_by_the_simulators_clock() {
    let clock = ManualClock::automatic(START);
    let start = |faults: &str, latency_ms| {
        let options = SimulatorOptions { latency_ms, faults: faults.parse().unwrap(), ..options() };
        IoClient::in_process(Arc::new(Simulator::open(options, Arc::new(clock.clone())).unwrap()))
    };
    let at = connection("127.0.0.1:1", "qualunque");
    for (faults, latency_ms, answer, took_ms) in [
        ("", 80, None, 80),
        ("slow=1:3000", 80, None, 3_080),
        ("slow=1:90000", 0, Some(Reason::AnswerTimedOut), 60_000),
        ("hang=1", 80, Some(Reason::AnswerTimedOut), 60_000),
        ("lost=1", 80, Some(Reason::ConnectionBroken), 80),
    ] {
        let before = staffetta_io::Clock::monotonic_ms(&clock);
        let answered =
            start(faults, latency_ms).send(&at, &FiscalCode::FICTITIOUS, &content("Prova.")).await.answer;
        match answer {
            Some(reason) => assert_eq!(answered, SendAnswer::Unknown { reason }, "{faults}"),
            None => assert_eq!(id_of(answered).len(), 26),
        }
        assert_eq!(staffetta_io::Clock::monotonic_ms(&clock) - before, took_ms, "{faults}");
    }
}

#[tokio::test]
async fn the_order_of_calls_changes_nothing() {
    let faults: Faults = "lost=0.1,reset=0.1,e500=0.1,e500p=0.1,e503=0.1,r429=0.1".parse().unwrap();
    let mut stories = Vec::new();
    for step in [1, 7, 63] {
        let quota = staffetta_domain::Quota::NONE;
        let stage = Stage::new(SimulatorOptions { faults, quota, ..options() }).await;
        let (client, at) = (&stage.clients[0].0, connection("127.0.0.1:1", "qualunque"));
        let mut story = vec![Vec::new(); 64];
        for call in 0..256_u32 {
            let citizen = call * step % 64;
            let answer = client.send(&at, &code(citizen), &content("Prova.")).await.answer;
            story[usize::try_from(citizen).unwrap()].push(format!("{answer:?}"));
        }
        stories.push((story, stage.simulator.stats(true).to_string()));
    }
    assert_eq!(stories[0].0, stories[1].0);
    assert_eq!(stories[0], stories[2]);
}
