//! What there is: a ledger, a mark beside it, two nodes with calls in their hands, and what IO has taken.
//!
//! All that belongs to one notification stands together, so that notifications which differ in nothing but their
//! place are one state: they are kept sorted.

use staffetta_domain::NotificationState as State;
use staffetta_domain::protocol::{LEASE_MS, Mark, Row, Standing};

pub const NODES: usize = 2;

/// Who stands in the ledger as the holder of the lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    Node(usize),
    /// A run of the program that is gone.
    Gone,
}

/// The lease, as the ledger has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lease {
    pub holder: Option<Holder>,
    /// Since it was renewed, by the database's clock; [`LEASE_MS`] at most.
    pub age_ms: i64,
}

impl Lease {
    pub const NONE: Self = Self { holder: None, age_ms: LEASE_MS };

    pub fn is_free_for(self, node: usize) -> bool {
        self.age_ms >= LEASE_MS || self.holder.is_none_or(|holder| holder == Holder::Node(node))
    }
}

/// A node at work on the ente.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    pub epoch: i64,
    /// The last claim that it saw written, in the mark or by itself.
    pub seen: i64,
    /// Claims that it made in this epoch.
    pub claims: u8,
    /// Groups that it wrote in this epoch, each with a number: claims and outcomes.
    pub numbers: i64,
    /// Since it renewed its lease; [`LEASE_MS`] at most.
    pub age_ms: i64,
    /// It knows that the ente is no longer its own: it claims nothing, and what it has in hand finishes.
    pub lost: bool,
}

impl Owner {
    pub const BEGINS: Self = Self { epoch: 0, seen: 0, claims: 0, numbers: 0, age_ms: 0, lost: false };
}

/// A call, by its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call {
    pub claim: i64,
    pub attempt: i16,
}

/// What a node has in hand of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hand {
    Empty,
    /// Its claim is durable.
    Claimed(Call),
    /// The mark tells of it.
    Marked(Call),
    /// Its call is on the wire.
    Calling(Call),
    /// What is to be written of the claim: the number of a state.
    Outcome(Call, i16),
}

/// A notification, wherever something of it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Notification {
    /// In the ledger.
    pub row: Row,
    /// In the copy of the ledger.
    pub copied: Option<Row>,
    pub hands: [Hand; NODES],
    /// Calls on the wire whose answer nobody awaits any more.
    pub strays: u8,
    /// Messages that IO has taken.
    pub taken: u8,
    /// How often a person said *Reinvia*, in whatever ledger.
    pub resends: u8,
    /// A person said *Considera inviata*.
    pub declared: bool,
}

impl Notification {
    pub const FRESH: Self = Self {
        row: Row::FRESH,
        copied: None,
        hands: [Hand::Empty; NODES],
        strays: 0,
        taken: 0,
        resends: 0,
        declared: false,
    };

    /// Calls that are on the wire.
    pub fn calls(&self) -> u8 {
        let awaited = self.hands.iter().filter(|hand| matches!(hand, Hand::Calling(_))).count();
        self.strays + u8::try_from(awaited).unwrap()
    }

    fn order(&self) -> impl Ord {
        let row = |row: Row| (row.state as i16, row.attempt, row.claim);
        let kept = (self.strays, self.taken, self.resends, self.declared);
        (row(self.row), self.copied.map(row), self.hands, kept)
    }
}

/// A copy of the ledger; its rows stand with the notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Copied {
    pub standing: Standing,
    pub holder: Option<Holder>,
}

/// What went wrong so far: each is bounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Troubles {
    pub crashes: u8,
    /// Answers that never came, and calls that nobody awaits any more.
    pub losses: u8,
    /// Calls that IO did not take and said so.
    pub refusals: u8,
    /// Commits of which a node does not know whether they were made.
    pub doubts: u8,
    pub put_back: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct World {
    pub standing: Standing,
    pub lease: Lease,
    /// Since the ente was held; a person needs longer than a lease to look.
    pub held_ms: i64,
    pub mark: Option<Mark>,
    pub copy: Option<Copied>,
    pub nodes: [Option<Owner>; NODES],
    pub notifications: Vec<Notification>,
    pub troubles: Troubles,
    /// A call left of which the ledger did not know, although it never went back in time.
    pub unknown_call: bool,
    /// A row was counted in no state, or in two: one that was expected changed to what its guard forbids.
    pub forbidden: bool,
}

impl World {
    pub fn begin(notifications: usize) -> Self {
        Self {
            standing: Standing::default(),
            lease: Lease::NONE,
            held_ms: 0,
            mark: None,
            copy: None,
            nodes: [None; NODES],
            notifications: vec![Notification::FRESH; notifications],
            troubles: Troubles::default(),
            unknown_call: false,
            forbidden: false,
        }
    }

    pub fn sort(&mut self) {
        self.notifications.sort_by(|one, other| one.order().cmp(&other.order()));
    }

    /// Whether the ledger went back in time, as far as the mark can tell.
    pub fn is_behind(&self) -> bool {
        self.mark.is_some_and(|mark| self.standing.is_behind(mark))
    }

    /// Whether an undecided row can still change without a person.
    pub fn is_settled(&self) -> bool {
        self.notifications.iter().all(|one| one.row.state == State::Accepted)
    }
}
