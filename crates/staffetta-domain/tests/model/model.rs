//! The world as a model that is explored within bounds, and what must be true of it.

use crate::rules::{AGAIN, ENDS, EXISTS, Rules, TWICE, UNKNOWN, UNTRUE};
use crate::steps::Step;
use crate::world::{Hand, NODES, Notification, World};
use staffetta_domain::NotificationState as State;
use staffetta_domain::protocol::Decision;
use stateright::{Model, Property};

/// How far it is explored.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    pub notifications: usize,
    /// Owners, one after the other.
    pub epochs: i64,
    /// Claims of one owner.
    pub claims: u8,
    pub crashes: u8,
    pub losses: u8,
    pub refusals: u8,
    pub doubts: u8,
    pub put_back: u8,
    pub resends: u8,
}

impl Bounds {
    /// What is not named does not happen.
    const QUIET: Self = Self {
        notifications: 1,
        epochs: 2,
        claims: 2,
        crashes: 0,
        losses: 0,
        refusals: 0,
        doubts: 0,
        put_back: 0,
        resends: 0,
    };
    pub const CRASH: Self = Self { notifications: 3, claims: 3, crashes: 1, ..Self::QUIET };
    pub const LOSS: Self = Self { notifications: 3, losses: 1, ..Self::QUIET };
    pub const PUT_BACK: Self = Self { notifications: 2, crashes: 1, put_back: 1, ..Self::QUIET };
    pub const PUT_BACK_AND_DECIDED: Self =
        Self { losses: 1, doubts: 1, put_back: 1, resends: 1, ..Self::QUIET };
    pub const DECIDED: Self = Self { notifications: 2, losses: 1, refusals: 1, resends: 1, ..Self::QUIET };
    /// In one of these each variant is found.
    pub const BROKEN: [Self; 2] = [
        Self { crashes: 1, losses: 1, put_back: 1, ..Self::QUIET },
        Self {
            epochs: 3,
            crashes: 1,
            losses: 1,
            refusals: 1,
            doubts: 1,
            put_back: 1,
            resends: 1,
            ..Self::QUIET
        },
    ];
}

pub struct Protocol {
    pub rules: Rules,
    pub bounds: Bounds,
}

impl Protocol {
    fn is_within(&self, world: &World) -> bool {
        let (troubles, bounds) = (&world.troubles, &self.bounds);
        let epoch = world.standing.epoch.max(world.mark.map_or(0, |mark| mark.epoch));
        let claims = world.nodes.iter().flatten().map(|owner| owner.claims).max();
        let resends: u8 = world.notifications.iter().map(|one| one.resends).sum();
        epoch <= bounds.epochs
            && claims <= Some(bounds.claims)
            && troubles.crashes <= bounds.crashes
            && troubles.losses <= bounds.losses
            && troubles.refusals <= bounds.refusals
            && troubles.doubts <= bounds.doubts
            && troubles.put_back <= bounds.put_back
            && resends <= bounds.resends
    }
}

impl Model for Protocol {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::begin(self.bounds.notifications)]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        steps.extend([Step::TimePasses, Step::ReleaseGoesOn, Step::ReleaseInDoubt, Step::PutBack]);
        if world.troubles.put_back < self.bounds.put_back && world.copy.is_none() {
            steps.push(Step::Copy);
        }
        for node in 0..NODES {
            steps.extend([Step::TakeOver(node), Step::Renew(node), Step::LookBack(node), Step::Crash(node)]);
        }
        for (place, one) in world.notifications.iter().enumerate() {
            if place > 0 && world.notifications[place - 1] == *one {
                continue;
            }
            steps.extend(
                [Decision::Resend, Decision::ConsiderSent].map(|decision| Step::Decide(place, decision)),
            );
            steps.extend([Step::StrayArrives(place), Step::StrayIsLost(place)]);
            for node in 0..NODES {
                match one.hands[node] {
                    Hand::Empty => steps.extend([Step::Claim(node, place), Step::ClaimUnheard(node, place)]),
                    Hand::Claimed(_) => steps.extend([Step::WriteMark(node, place), Step::Call(node, place)]),
                    Hand::Marked(_) => steps.push(Step::Call(node, place)),
                    Hand::Calling(_) => steps.extend([
                        Step::Accept(node, place),
                        Step::AcceptUnheard(node, place),
                        Step::Refuse(node, place),
                        Step::Lose(node, place),
                        Step::GiveUp(node, place),
                    ]),
                    Hand::Outcome(..) => steps.push(Step::Record(node, place)),
                }
            }
        }
    }

    fn next_state(&self, world: &World, step: Step) -> Option<World> {
        world.after(&self.rules, step).filter(|next| self.is_within(next))
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let mut properties = vec![
            Property::always(TWICE, |_, world: &World| {
                world.notifications.iter().all(|one| one.taken <= 1 + one.resends)
            }),
            Property::always(AGAIN, |_, world: &World| {
                let may_be_claimed = world.standing.held.is_none() && !world.is_behind();
                let waits_again = |one: &Notification| {
                    one.row.state == State::Queued && one.taken + one.calls() > one.resends
                };
                !may_be_claimed || !world.notifications.iter().any(waits_again)
            }),
            Property::always(UNKNOWN, |_, world: &World| !world.unknown_call),
            Property::always(UNTRUE, |_, world: &World| {
                let counts = |one: &&Notification| one.row.state == State::Accepted;
                world.notifications.iter().filter(counts).all(|one| one.taken > 0 || one.declared)
            }),
            Property::always(EXISTS, |_, world: &World| !world.forbidden),
            Property::always(ENDS, |model: &Self, world: &World| world.can_end(&model.rules)),
            Property::sometimes("all are settled", |_, world: &World| world.is_settled()),
        ];
        if self.bounds.put_back > 0 {
            properties.push(Property::sometimes("an ente is held", |_, world: &World| {
                world.standing.held.is_some()
            }));
        }
        if self.bounds.resends > 0 {
            properties.push(Property::sometimes(
                "a citizen gets two, because a person said so",
                |_, world: &World| world.notifications.iter().any(|one| one.taken > 1),
            ));
        }
        properties
    }
}
