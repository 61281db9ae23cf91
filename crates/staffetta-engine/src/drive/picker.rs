//! Chooses what is sent next: single notifications, and one row of each flow in turn, its retries first.

use crate::drive::active::FlowSwitch;
use crate::drive::ente::{Ente, Switches};
use crate::drive::send::Chosen;
use crate::drive::text::frozen;
use staffetta_domain::frozen_message::FrozenMessage;
use staffetta_domain::{FlowId, NotificationId};
use staffetta_store::StoreError;
use staffetta_store::forecasts::ForecastTurn;
use staffetta_store::ledger::{Candidate, CheckCandidate, SendingFlow};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Rows read from the ledger at a time.
const BATCH: i64 = 512;
/// Recipients of a forecast that are asked for before the next are read.
const FORECAST_ROWS: i64 = 256;
/// A flow with nothing left to choose is walked again after this long, in milliseconds, from the first row that was
/// left behind.
const WALK_AGAIN_MS: i64 = 1_000;

/// How often the ledger is told of a change in the calls available, at most.
const TELL_AVAILABLE_MS: i64 = 5_000;

/// A flow under way, as the picker walks it.
struct Walk {
    flow: SendingFlow,
    text: Arc<FrozenMessage>,
    switch: Arc<FlowSwitch>,
    /// Rows that come again, before those that were never tried.
    retries: VecDeque<Candidate>,
    rows: VecDeque<Candidate>,
    /// The last row that was read.
    reached: NotificationId,
    /// The end was reached: not read again before this, by the clock that never jumps.
    rests_until: i64,
}

/// What may be sent now, in the order in which it is sent.
pub(crate) struct Picker {
    ente: Arc<Ente>,
    walks: BTreeMap<FlowId, Walk>,
    /// The flow whose turn comes next.
    turn: FlowId,
    /// What the ledger was last told of the calls available, and when it may be told again.
    told: Option<Option<u32>>,
    told_at: i64,
    /// How far the rows of an interrupted flow are cancelled.
    cancelled_to: Option<NotificationId>,
}

impl Picker {
    pub(crate) fn new(ente: Arc<Ente>) -> Self {
        Self {
            ente,
            walks: BTreeMap::new(),
            turn: FlowId(0),
            told: None,
            told_at: i64::MIN,
            cancelled_to: None,
        }
    }

    /// Looks at the ledger again: what begins as planned, what was interrupted, which flows are under way, which
    /// services may be used, which retries are due. Gives whether something is to be sent.
    pub(crate) async fn refresh(&mut self) -> Result<bool, StoreError> {
        let ente = Arc::clone(&self.ente);
        let now = ente.clock.now();
        let Some(rules) = ente.store.sending_rules(ente.organization).await? else { return Ok(false) };
        ente.gate.set_quota(rules.quota, rules.share);
        self.tell_available().await?;
        for began in ente.store.begin_planned(ente.organization, now).await? {
            tracing::info!(organization = ente.organization.0, ?began, "the time of a planned start came");
        }
        self.cancelled_to = ente.store.cancel_interrupted(ente.organization, self.cancelled_to, now).await?;
        ente.beat.asks(ente.clock.monotonic_ms());
        let services = ente.store.sending_services(ente.organization, now).await?;
        ente.refresh_services(services);
        // Outside its hours an ente's flows rest as if they were paused.
        let open = rules.hours.are_open(now);
        let flows = if open { ente.store.sending_flows(ente.organization).await? } else { Vec::new() };
        self.leave_those_gone(&flows);
        for flow in flows {
            match self.walks.get_mut(&flow.id()) {
                // A pilot that was let go on.
                Some(walk) => walk.widen(&flow),
                None => self.begin(flow).await?,
            }
        }
        if open && self.walks.values().all(|walk| walk.retries.is_empty()) {
            self.read_retries().await?;
        }
        Ok(!self.walks.is_empty() || self.cancelled_to.is_some())
    }

    /// Gives the retries that are due to their flows: each has its own turn, however many another has.
    async fn read_retries(&mut self) -> Result<(), StoreError> {
        let ente = &self.ente;
        let (now, resting) = (ente.clock.now(), ente.resting());
        ente.active.begin_reading();
        for row in ente.store.next_retries(ente.organization, &resting, now, BATCH).await? {
            let walk = row.flow().and_then(|flow| self.walks.get_mut(&flow));
            if let Some(walk) = walk
                && ente.active.enter(row.id())
            {
                walk.retries.push_back(row);
            }
        }
        Ok(())
    }

    /// Writes down now and then how many calls the budget finds available, where that changed.
    async fn tell_available(&mut self) -> Result<(), StoreError> {
        let (ente, now) = (&self.ente, self.ente.clock.monotonic_ms());
        let available = ente.gate.available();
        if now < self.told_at || self.told == Some(available) {
            return Ok(());
        }
        let at = ente.clock.now();
        ente.store.tell_available(ente.organization, ente.epoch, available, at).await?;
        self.told = Some(available);
        self.told_at = now + TELL_AVAILABLE_MS;
        Ok(())
    }

    /// Flows that were paused, taken back or are over are walked no more.
    fn leave_those_gone(&mut self, flows: &[SendingFlow]) {
        let ente = &self.ente;
        let gone: Switches = self
            .walks
            .iter()
            .filter(|(id, walk)| {
                let same =
                    |flow: &SendingFlow| flow.id() == **id && flow.started_at() == walk.flow.started_at();
                !flows.iter().any(same)
            })
            .map(|(id, walk)| (*id, Arc::clone(&walk.switch)))
            .collect();
        for (id, switch) in gone {
            switch.live.store(false, Ordering::Relaxed);
            if let Some(walk) = self.walks.remove(&id) {
                ente.active.leave(walk.retries.iter().chain(&walk.rows).map(Candidate::id));
            }
        }
    }

    async fn begin(&mut self, flow: SendingFlow) -> Result<(), StoreError> {
        let Some(text) = self.ente.store.sending_text(&flow).await? else { return Ok(()) };
        let Some(text) = frozen(&text) else {
            tracing::error!(flow = flow.id().0, "the text of this flow cannot be read; it waits");
            return Ok(());
        };
        let (first, _) = flow.list().bounds();
        let switch = Arc::new(FlowSwitch::of(flow.started_at()));
        let walk = Walk {
            text: Arc::new(text),
            switch,
            retries: VecDeque::new(),
            rows: VecDeque::new(),
            reached: first,
            rests_until: i64::MIN,
            flow,
        };
        self.walks.insert(walk.flow.id(), walk);
        Ok(())
    }

    /// The next row to send, or `None` when there is nothing now.
    pub(crate) async fn next(&mut self) -> Result<Option<Chosen>, StoreError> {
        for _ in 0..self.walks.len() {
            let after = std::ops::Bound::Excluded(self.turn);
            let next = self
                .walks
                .range((after, std::ops::Bound::Unbounded))
                .next()
                .or_else(|| self.walks.iter().next());
            let Some((id, _)) = next else { return Ok(None) };
            self.turn = *id;
            let Some(walk) = self.walks.get_mut(&self.turn) else { return Ok(None) };
            if let Some(chosen) = walk.next(&self.ente).await? {
                return Ok(Some(chosen));
            }
        }
        Ok(None)
    }

    /// Single notifications whose turn it is, at most `room`.
    pub(crate) async fn singles(&self, room: usize) -> Result<Vec<Chosen>, StoreError> {
        let ente = &self.ente;
        let (now, resting) = (ente.clock.now(), ente.resting());
        ente.active.begin_reading();
        let rows = ente.store.next_singles(ente.organization, &resting, now, BATCH).await?;
        let fresh = rows.into_iter().filter(|row| ente.active.enter(row.id())).take(room);
        Ok(fresh.map(|row| Chosen { row, text: None, flow: None }).collect())
    }

    /// The next stretch of a forecast.
    pub(crate) async fn forecast(&self) -> Result<Option<ForecastTurn>, StoreError> {
        let ente = &self.ente;
        ente.store.next_to_foretell(ente.organization, &ente.resting(), FORECAST_ROWS).await
    }

    /// Status checks that are due, at most `room`.
    pub(crate) async fn checks(&self, room: usize) -> Result<Vec<CheckCandidate>, StoreError> {
        let ente = &self.ente;
        if room == 0 {
            return Ok(Vec::new());
        }
        // Those under way are still due by the ledger: read past them.
        let limit = i64::try_from(room).unwrap_or(i64::MAX).saturating_add(BATCH);
        let (now, resting) = (ente.clock.now(), ente.resting());
        ente.active.begin_reading();
        let rows = ente.store.next_checks(ente.organization, &resting, now, limit).await?;
        Ok(rows.into_iter().filter(|row| ente.active.enter(row.id())).take(room).collect())
    }
}

impl Walk {
    /// A pilot that a person let go on is walked to the end.
    const fn widen(&mut self, flow: &SendingFlow) {
        self.flow = *flow;
    }

    fn chosen(&self, row: Candidate) -> Chosen {
        Chosen { row, text: Some(Arc::clone(&self.text)), flow: Some(Arc::clone(&self.switch)) }
    }

    async fn next(&mut self, ente: &Ente) -> Result<Option<Chosen>, StoreError> {
        let resting = ente
            .service(self.flow.service())
            .is_none_or(|service| !service.is_open() || service.health().rests(ente.clock.monotonic_ms()));
        if resting {
            // Kept, they would keep the retries of other flows from being read.
            ente.active.leave(self.retries.drain(..).map(|row| row.id()));
            return Ok(None);
        }
        if let Some(row) = self.retries.pop_front() {
            return Ok(Some(self.chosen(row)));
        }
        if self.rows.is_empty() {
            self.read(ente).await?;
        }
        Ok(self.rows.pop_front().map(|row| self.chosen(row)))
    }

    async fn read(&mut self, ente: &Ente) -> Result<(), StoreError> {
        let now = ente.clock.monotonic_ms();
        if now < self.rests_until {
            return Ok(());
        }
        ente.active.begin_reading();
        let pilot = self.flow.pilot();
        let rows = ente.store.next_fresh(self.flow.list(), self.reached, pilot, BATCH).await?;
        match rows.last() {
            Some(last) => self.reached = last.id(),
            None => {
                if pilot.is_some() && ente.store.end_pilot(self.flow.id(), ente.clock.now()).await? {
                    return Ok(());
                }
                self.rests_until = now + WALK_AGAIN_MS;
                if let Some(left) = self.switch.take_left_behind() {
                    self.reached = NotificationId(left.0 - 1);
                }
            }
        }
        for row in rows {
            if ente.active.enter(row.id()) {
                self.rows.push_back(row);
            } else {
                // Somebody has it in hand, perhaps for this flow before it was paused, and may put it back.
                self.switch.leave_behind(row.id());
            }
        }
        Ok(())
    }
}
