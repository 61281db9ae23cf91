//! Every step that can be taken, and what it makes of the world.

use crate::rules::Rules;
use crate::world::{Call, Copied, Hand, Holder, Lease, NODES, Notification, Owner, World};
use staffetta_domain::NotificationState as State;
use staffetta_domain::protocol::{
    Decision, Expected, Hold, LEASE_MARGIN_MS, LEASE_MS, Mark, Permission, Row, Standing, claim_name,
};

/// A step; a node by its number, a notification by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// All leases that were not renewed meanwhile end.
    TimePasses,
    TakeOver(usize),
    Renew(usize),
    /// A node compares the ledger with the mark.
    LookBack(usize),
    Claim(usize, usize),
    /// The claim is durable, and the node is not told so.
    ClaimUnheard(usize, usize),
    WriteMark(usize, usize),
    Call(usize, usize),
    /// IO takes the message, and the answer is heard.
    Accept(usize, usize),
    /// IO takes the message, and the answer is lost.
    AcceptUnheard(usize, usize),
    Refuse(usize, usize),
    Lose(usize, usize),
    /// The node awaits the answer no longer, and the call is still on the wire.
    GiveUp(usize, usize),
    Record(usize, usize),
    StrayArrives(usize),
    StrayIsLost(usize),
    Crash(usize),
    Copy,
    PutBack,
    ReleaseGoesOn,
    ReleaseInDoubt,
    Decide(usize, Decision),
}

impl World {
    /// The world after a step; `None` where it cannot be taken.
    pub fn after(&self, rules: &Rules, step: Step) -> Option<Self> {
        let mut next = self.clone();
        let taken = match step {
            Step::TimePasses => next.time_passes(),
            Step::TakeOver(node) => next.take_over(rules, node),
            Step::Renew(node) => next.renew(node),
            Step::LookBack(node) => next.look_back(rules, node),
            Step::Claim(node, place) => next.claim(rules, node, place, true),
            Step::ClaimUnheard(node, place) => next.claim(rules, node, place, false),
            Step::WriteMark(node, place) if rules.marks_first => next.write_mark(rules, node, place),
            Step::WriteMark(..) => None,
            Step::Call(node, place) => next.call(rules, node, place),
            Step::Accept(node, place) => next.answer(node, place, State::Accepted, 1),
            Step::AcceptUnheard(node, place) => next.lose(node, place, rules.lost_answer, 1),
            Step::Lose(node, place) => next.lose(node, place, rules.lost_answer, 0),
            Step::Refuse(node, place) => next.refuse(node, place),
            Step::GiveUp(node, place) => next.give_up(rules, node, place),
            Step::Record(node, place) => next.record(rules, node, place),
            Step::StrayArrives(place) => next.stray(place, 1),
            Step::StrayIsLost(place) => next.stray(place, 0),
            Step::Crash(node) => next.crash(node),
            Step::Copy => next.copy(),
            Step::PutBack => next.put_back(),
            Step::ReleaseGoesOn => next.release_goes_on(rules),
            Step::ReleaseInDoubt => next.release_in_doubt(rules),
            Step::Decide(place, decision) => next.decide(rules, place, decision),
        };
        taken?;
        next.part_from_the_lost();
        next.sort();
        (next != *self).then_some(next)
    }

    fn time_passes(&mut self) -> Option<()> {
        self.lease.age_ms = LEASE_MS;
        self.held_ms = if self.standing.held.is_some() { LEASE_MS } else { 0 };
        for owner in self.nodes.iter_mut().flatten() {
            owner.age_ms = LEASE_MS;
        }
        Some(())
    }

    fn take_over(&mut self, rules: &Rules, node: usize) -> Option<()> {
        if self.nodes[node].is_some() || !self.lease.is_free_for(node) {
            return None;
        }
        self.stand((rules.taken_over)(self.standing, self.mark, false));
        self.lease = Lease { holder: Some(Holder::Node(node)), age_ms: 0 };
        self.leave_open(rules);
        let mark = Mark { epoch: self.standing.epoch, claim: self.standing.last_claim };
        self.mark = self.mark.max(Some(mark));
        let seen = self.mark.map_or(0, |mark| mark.claim);
        self.nodes[node] = Some(Owner { epoch: mark.epoch, seen, ..Owner::BEGINS });
        Some(())
    }

    fn renew(&mut self, node: usize) -> Option<()> {
        let is_holder = self.lease.holder == Some(Holder::Node(node));
        let owner = self.nodes[node].as_mut()?;
        if is_holder {
            self.lease.age_ms = 0;
        }
        if is_holder && owner.epoch == self.standing.epoch {
            owner.age_ms = 0;
        } else {
            owner.lost = true;
        }
        Some(())
    }

    /// A node compares the ledger with what it knows of the mark: a new epoch without an owner, where it went back.
    fn look_back(&mut self, rules: &Rules, node: usize) -> Option<()> {
        let owner = self.nodes[node]?;
        // What it wrote itself is not hidden by what a later owner wrote.
        let own = Mark { epoch: owner.epoch, claim: owner.seen };
        let told = [Some(own), self.mark].into_iter().flatten();
        let mark = told.filter(|mark| self.standing.is_behind(*mark)).max()?;
        self.stand((rules.taken_over)(self.standing, Some(mark), false));
        self.leave_open(rules);
        Some(())
    }

    fn leave_open(&mut self, rules: &Rules) {
        let held = self.standing.held;
        for place in 0..self.notifications.len() {
            self.change(place, |row| (rules.left_open)(row, held));
        }
    }

    fn stand(&mut self, standing: Standing) {
        if self.standing.held != standing.held {
            self.held_ms = 0;
        }
        self.standing = standing;
    }

    fn claim(&mut self, rules: &Rules, node: usize, place: usize, heard: bool) -> Option<()> {
        let one = *self.notifications.get(place)?;
        if one.hands[node] != Hand::Empty || rules.marks_first && self.is_writing(node) {
            return None;
        }
        let owner = self.nodes[node].as_mut().filter(|owner| !owner.lost)?;
        let claim = claim_name(owner.epoch, owner.numbers + 1);
        let row = one.row.claimed(one.row.attempt, claim)?;
        match (rules.permission)(&self.standing, owner.epoch, owner.seen) {
            Permission::Held => return None,
            Permission::Lost => {
                owner.lost = true;
                return heard.then_some(());
            }
            Permission::Granted => {}
        }
        owner.claims += 1;
        owner.numbers += 1;
        self.standing = self.standing.claimed(claim);
        self.change(place, |_| Some(row));
        let call = Call { claim, attempt: one.row.attempt };
        self.notifications[place].hands[node] =
            if heard { Hand::Claimed(call) } else { outcome(call, State::Queued) };
        self.troubles.doubts += u8::from(!heard);
        Some(())
    }

    /// Beside the database, where a later owner may have written meanwhile.
    fn write_mark(&mut self, rules: &Rules, node: usize, place: usize) -> Option<()> {
        let Hand::Claimed(call) = *self.hand(node, place)? else { return None };
        let owner = self.nodes[node].as_mut()?;
        let hand = if self.mark.is_none_or(|mark| (rules.admits)(mark, owner.epoch)) {
            owner.seen = owner.seen.max(call.claim);
            self.mark = self.mark.max(Some(Mark { epoch: owner.epoch, claim: call.claim }));
            Hand::Marked(call)
        } else {
            outcome(call, State::Queued)
        };
        *self.hand(node, place)? = hand;
        Some(())
    }

    /// The call leaves, if the node still believes in its lease; its clock may be slow by the margin.
    fn call(&mut self, rules: &Rules, node: usize, place: usize) -> Option<()> {
        let owner = self.nodes[node]?;
        let ((Hand::Marked(call), true) | (Hand::Claimed(call), false)) =
            (*self.hand(node, place)?, rules.marks_first)
        else {
            return None;
        };
        let believes = !owner.lost && owner.age_ms - LEASE_MARGIN_MS < (rules.lease_ends_ms)(0);
        if !believes {
            *self.hand(node, place)? = outcome(call, State::Queued);
            return Some(());
        }
        let row = self.notifications[place].row;
        let is_known = row.state == State::InFlight && row.claim == Some(call.claim);
        self.unknown_call |= !is_known && self.troubles.put_back == 0;
        *self.hand(node, place)? = Hand::Calling(call);
        Some(())
    }

    fn calling(&mut self, node: usize, place: usize) -> Option<(&mut Hand, Call)> {
        let hand = self.hand(node, place)?;
        let Hand::Calling(call) = *hand else { return None };
        Some((hand, call))
    }

    fn answer(&mut self, node: usize, place: usize, to: State, taken: u8) -> Option<()> {
        let (hand, call) = self.calling(node, place)?;
        *hand = outcome(call, to);
        self.notifications[place].taken += taken;
        Some(())
    }

    fn lose(&mut self, node: usize, place: usize, to: State, taken: u8) -> Option<()> {
        self.troubles.losses += 1;
        self.answer(node, place, to, taken)
    }

    fn refuse(&mut self, node: usize, place: usize) -> Option<()> {
        self.troubles.refusals += 1;
        self.answer(node, place, State::Queued, 0)
    }

    fn give_up(&mut self, rules: &Rules, node: usize, place: usize) -> Option<()> {
        self.lose(node, place, rules.lost_answer, 0)?;
        self.notifications[place].strays += 1;
        Some(())
    }

    /// An outcome is written whoever has the ente; by its owner it is numbered, so that its loss is missed.
    fn record(&mut self, rules: &Rules, node: usize, place: usize) -> Option<()> {
        let Hand::Outcome(Call { claim, attempt }, to) = *self.hand(node, place)? else { return None };
        let to = State::from_number(to)?;
        if rules.marks_first && self.is_writing(node) {
            return None;
        }
        *self.hand(node, place)? = Hand::Empty;
        let owner = self.nodes[node].as_mut()?;
        match (rules.permission)(&self.standing, owner.epoch, owner.seen) {
            Permission::Granted if rules.numbers_outcomes => {
                owner.numbers += 1;
                owner.seen = claim_name(owner.epoch, owner.numbers);
                self.standing = self.standing.claimed(owner.seen);
            }
            Permission::Lost => owner.lost = true,
            Permission::Granted | Permission::Held => {}
        }
        if !rules.marks_first {
            self.mark = self.mark.max(Some(Mark { epoch: owner.epoch, claim }));
        }
        self.change(place, |row| (rules.recorded)(row, Expected::Claimed { claim, attempt }, to));
        Some(())
    }

    fn stray(&mut self, place: usize, taken: u8) -> Option<()> {
        let one = self.notifications.get_mut(place)?;
        one.strays = one.strays.checked_sub(1)?;
        one.taken += taken;
        Some(())
    }

    fn crash(&mut self, node: usize) -> Option<()> {
        self.nodes[node].take()?;
        self.troubles.crashes += 1;
        for one in &mut self.notifications {
            one.strays += u8::from(matches!(one.hands[node], Hand::Calling(_)));
            one.hands[node] = Hand::Empty;
        }
        for holder in [Some(&mut self.lease.holder), self.copy.as_mut().map(|copy| &mut copy.holder)] {
            if let Some(holder) = holder
                && *holder == Some(Holder::Node(node))
            {
                *holder = Some(Holder::Gone);
            }
        }
        Some(())
    }

    fn copy(&mut self) -> Option<()> {
        self.copy = Some(Copied { standing: self.standing, holder: self.lease.holder });
        for one in &mut self.notifications {
            one.copied = Some(one.row);
        }
        Some(())
    }

    /// The leases of a copy are over; the mark is not part of it.
    fn put_back(&mut self) -> Option<()> {
        let copy = self.copy.take()?;
        self.troubles.put_back += 1;
        self.held_ms = 0;
        self.standing = copy.standing;
        self.lease = Lease { holder: copy.holder, age_ms: LEASE_MS };
        for one in &mut self.notifications {
            one.row = one.copied.take()?;
        }
        Some(())
    }

    fn is_releasable(&self) -> bool {
        self.standing.held.is_some() && self.held_ms >= LEASE_MS
    }

    /// Nothing of what waits has left, or is on its way: a person looked.
    fn release_goes_on(&mut self, rules: &Rules) -> Option<()> {
        let waits = |one: &&Notification| one.row.state == State::Queued;
        let left = |one: &Notification| one.taken + one.calls() > one.resends;
        if !self.is_releasable() || rules.looks && self.notifications.iter().filter(waits).any(left) {
            return None;
        }
        self.release()
    }

    fn release_in_doubt(&mut self, rules: &Rules) -> Option<()> {
        if !self.is_releasable() {
            return None;
        }
        for place in 0..self.notifications.len() {
            self.change(place, rules.put_in_doubt);
        }
        self.release()
    }

    fn release(&mut self) -> Option<()> {
        self.standing.held = None::<Hold>;
        self.held_ms = 0;
        Some(())
    }

    fn decide(&mut self, rules: &Rules, place: usize, decision: Decision) -> Option<()> {
        let before = self.notifications.get(place)?.row;
        self.change(place, |row| (rules.decided)(row, decision));
        let one = &mut self.notifications[place];
        if one.row == before {
            return None;
        }
        match decision {
            Decision::Resend => one.resends += 1,
            Decision::ConsiderSent => one.declared = true,
        }
        Some(())
    }

    /// A node writes one group after the other, each with its mark.
    fn is_writing(&self, node: usize) -> bool {
        self.notifications.iter().any(|one| matches!(one.hands[node], Hand::Claimed(_)))
    }

    fn hand(&mut self, node: usize, place: usize) -> Option<&mut Hand> {
        self.notifications.get_mut(place).map(|one| &mut one.hands[node])
    }

    /// Changes a row as the ledger does: if its guard lets it.
    fn change(&mut self, place: usize, change: impl FnOnce(Row) -> Option<Row>) {
        let row = &mut self.notifications[place].row;
        if let Some(changed) = change(*row) {
            self.forbidden |= changed.state != row.state && !row.state.may_become(changed.state);
            *row = changed;
        }
    }

    /// A worker that lost its ente ends when its hands are empty, and gives the lease back if it is still its own.
    fn part_from_the_lost(&mut self) {
        for node in 0..NODES {
            let is_lost = self.nodes[node].is_some_and(|owner| owner.lost);
            let empty = |one: &Notification| one.hands[node] == Hand::Empty;
            if is_lost && self.notifications.iter().all(empty) {
                let epoch = self.nodes[node].take().map(|owner| owner.epoch);
                if self.lease.holder == Some(Holder::Node(node)) && epoch == Some(self.standing.epoch) {
                    self.lease.holder = None;
                }
            }
        }
    }
}

fn outcome(call: Call, to: State) -> Hand {
    Hand::Outcome(call, to as i16)
}
